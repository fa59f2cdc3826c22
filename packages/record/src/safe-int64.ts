/**
 * 64-bit big-endian integers of the batch header as JavaScript numbers.
 *
 * Invariant: a value that leaves this file is a safe integer (at most 2^53 − 1 from zero) or has been refused;
 * nothing above works with rounded offsets. 2^53 records last 28 years at ten million a second.
 */
import { TidelogError } from './errors.ts';

const TWO_TO_32 = 4294967296;

/**
 * The signed 64-bit integer at `position`. The eight bytes must exist.
 * Throws CORRUPT_MESSAGE, which names `field`, when the value lies beyond ±(2^53 − 1).
 */
export function readSafeInt64(bytes: Buffer, position: number, field: string): number {
  const value = bytes.readInt32BE(position) * TWO_TO_32 + bytes.readUInt32BE(position + 4);
  if (!Number.isSafeInteger(value)) {
    throw new TidelogError(
      'CORRUPT_MESSAGE',
      `${field} at byte ${position} is ${bytes.readBigInt64BE(position)}; values beyond ±(2^53 − 1) are not supported`,
    );
  }
  return value;
}

/** Writes a safe integer as a signed 64-bit integer at `position`. Returns nothing; the eight bytes must exist. */
export function writeSafeInt64(target: Buffer, position: number, value: number): void {
  target.writeInt32BE(Math.floor(value / TWO_TO_32), position);
  target.writeInt32BE(value | 0, position + 4);
}
