/**
 * The border between 64-bit integers on the wire and numbers in memory.
 *
 * Offsets, timestamps and producer ids are `number` everywhere else. Here, and only here, the Long of the
 * generated code becomes a number and back, and a value that a number cannot hold exactly is refused.
 *
 * Invariant: toSafeNumber(fromSafeNumber(n)) === n for every safe integer n. (−0 becomes 0.)
 */
import Long from 'long';
import { TidelogError } from '@tidelog/record/errors';

/**
 * A decoded 64-bit value as a number.
 *
 * @param field what the value is, for the message
 * @throws MALFORMED_FRAME when it lies outside ±(2^53 − 1)
 */
export function toSafeNumber(value: Long | number, field = 'a 64-bit field'): number {
  // Long.toNumber rounds to the nearest double, which for an unsafe value is an unsafe double: none slips through.
  const result = typeof value === 'number' ? value : value.toNumber();
  if (!Number.isSafeInteger(result)) {
    throw new TidelogError(
      'MALFORMED_FRAME',
      `${field} is ${value.toString()}, outside the range ±(2^53 − 1) that offsets and timestamps may have`,
    );
  }
  return result;
}

/**
 * A number as the Long that the generated encoders take.
 *
 * @param field what the value is, for the message
 * @throws INVALID_ARGUMENT for anything but a safe integer; a bigint too, which the encoders would write as 0
 */
export function fromSafeNumber(value: number, field = 'a 64-bit field'): Long {
  if (!Number.isSafeInteger(value)) {
    throw new TidelogError(
      'INVALID_ARGUMENT',
      `${field} must be an integer within ±(2^53 − 1), got ${typeof value} ${String(value)}`,
    );
  }
  return Long.fromNumber(value);
}
