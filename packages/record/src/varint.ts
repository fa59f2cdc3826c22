/**
 * Zigzag varints, as records use them for every length and delta (Protocol Buffers encoding, "signed integers").
 *
 * Format: zigzag maps 0, −1, 1, −2 … to 0, 1, 2, 3 …; the result is written 7 bits at a time, least significant
 * first, bit 7 set on every byte but the last. A varint holds an int32 in 1–5 bytes, a varlong an int64 in 1–10;
 * for equal values the bytes are equal.
 *
 * Reading is strict: at most 5 or 10 bytes, no bits beyond 32 or 64, no zero byte at the end of a longer number
 * (an overlong form), values within ±(2^53 − 1), and never past the end of the range that the cursor was given.
 */
import { TidelogError } from './errors.ts';

const TWO_TO_32 = 4294967296;

/** Largest number of bytes of a varint. */
export const VARINT_MAX_BYTES = 5;
/** Largest number of bytes of a varlong. */
export const VARLONG_MAX_BYTES = 10;

/** A position in a range of bytes; the read functions advance it. */
export interface ByteCursor {
  readonly bytes: Uint8Array;
  /** The next byte to read; never beyond `end`. */
  position: number;
  /** The first byte that may not be read. */
  readonly end: number;
}

/** How many bytes `writeZigzagVarint` writes for an int32. */
export function zigzagVarintSize(value: number): number {
  const zigzag = (value << 1) ^ (value >> 31);
  // ⌊(bits + 6) / 7⌋ for 1 to 32 bits; 37 / 256 stands for a seventh.
  return ((38 - Math.clz32(zigzag | 1)) * 37) >>> 8;
}

/** How many bytes `writeZigzagVarlong` writes for a safe integer. */
export function zigzagVarlongSize(value: number): number {
  if (value === (value | 0)) return zigzagVarintSize(value);
  // The zigzag form may pass 2^53, where doubling still is exact; the thresholds are powers of two.
  let zigzag = value >= 0 ? value * 2 : -value * 2 - 1;
  let sizeBytes = 1;
  for (; zigzag >= 128; zigzag = Math.floor(zigzag / 128)) sizeBytes++;
  return sizeBytes;
}

/** Writes an int32 at `position` and returns the position after it. The bytes must exist (at most 5). */
export function writeZigzagVarint(target: Uint8Array, position: number, value: number): number {
  let zigzag = ((value << 1) ^ (value >> 31)) >>> 0;
  // No loop for one and two bytes, so that the engine inlines this into the writer of records.
  if (zigzag >= 0x80) {
    target[position++] = zigzag | 0x80;
    zigzag >>>= 7;
    if (zigzag >= 0x80) return writeUnsigned(target, position, zigzag);
  }
  target[position] = zigzag;
  return position + 1;
}

function writeUnsigned(target: Uint8Array, position: number, value: number): number {
  while (value >= 0x80) {
    target[position++] = value | 0x80;
    value >>>= 7;
  }
  target[position] = value;
  return position + 1;
}

/** Writes a safe integer at `position` and returns the position after it. The bytes must exist (at most 10). */
export function writeZigzagVarlong(target: Uint8Array, position: number, value: number): number {
  if (value === (value | 0)) return writeZigzagVarint(target, position, value);
  const high = Math.floor(value / TWO_TO_32);
  const sign = high >> 31;
  let zigzagLow = ((value << 1) ^ sign) >>> 0;
  let zigzagHigh = (((high << 1) | ((value | 0) >>> 31)) ^ sign) >>> 0;
  while (zigzagHigh !== 0 || zigzagLow >= 0x80) {
    target[position++] = zigzagLow | 0x80;
    zigzagLow = ((zigzagLow >>> 7) | (zigzagHigh << 25)) >>> 0;
    zigzagHigh >>>= 7;
  }
  target[position++] = zigzagLow;
  return position;
}

function corruptVarint(cursor: ByteCursor, start: number, reason: string): TidelogError {
  return new TidelogError('CORRUPT_MESSAGE', `varint at byte ${start} of ${cursor.end}: ${reason}`);
}

/**
 * Reads an int32 and moves the cursor behind it.
 * Throws CORRUPT_MESSAGE when the number runs past the cursor's end, is longer than it need be or exceeds 32 bits.
 */
export function readZigzagVarint(cursor: ByteCursor): number {
  const { bytes, position: start, end } = cursor;
  let zigzag = 0;
  for (let index = 0; index < VARINT_MAX_BYTES; index++) {
    if (start + index >= end) throw corruptVarint(cursor, start, 'runs past the end of its record or batch');
    const byte = bytes[start + index]!;
    zigzag |= (byte & 0x7f) << (7 * index);
    if (byte >= 0x80) continue;
    if (byte === 0 && index > 0) throw corruptVarint(cursor, start, 'is longer than its value needs');
    if (index === 4 && byte > 0x0f) throw corruptVarint(cursor, start, 'exceeds 32 bits');
    cursor.position = start + index + 1;
    return (zigzag >>> 1) ^ -(zigzag & 1);
  }
  throw corruptVarint(cursor, start, `is longer than ${VARINT_MAX_BYTES} bytes`);
}

/**
 * Reads an int64 and moves the cursor behind it.
 * Throws CORRUPT_MESSAGE when the number runs past the cursor's end, is longer than it need be, exceeds 64 bits or
 * lies beyond ±(2^53 − 1).
 */
export function readZigzagVarlong(cursor: ByteCursor): number {
  const { bytes, position: start, end } = cursor;
  // 28 + 28 + 8 bits: bitwise operators work on 32.
  const parts = { low: 0, middle: 0, high: 0 };
  for (let index = 0; index < VARLONG_MAX_BYTES; index++) {
    if (start + index >= end) throw corruptVarint(cursor, start, 'runs past the end of its record or batch');
    const byte = bytes[start + index]!;
    if (index < 4) parts.low |= (byte & 0x7f) << (7 * index);
    else if (index < 8) parts.middle |= (byte & 0x7f) << (7 * (index - 4));
    else parts.high |= (byte & 0x7f) << (7 * (index - 8));
    if (byte >= 0x80) continue;
    if (byte === 0 && index > 0) throw corruptVarint(cursor, start, 'is longer than its value needs');
    if (index === 9 && byte > 1) throw corruptVarint(cursor, start, 'exceeds 64 bits');
    cursor.position = start + index + 1;
    const zigzagLow = parts.low | (parts.middle << 28);
    const zigzagHigh = (parts.middle >>> 4) | (parts.high << 24);
    const sign = -(zigzagLow & 1);
    const low = (((zigzagLow >>> 1) | (zigzagHigh << 31)) ^ sign) >>> 0;
    const value = ((zigzagHigh >>> 1) ^ sign) * TWO_TO_32 + low;
    if (!Number.isSafeInteger(value)) throw corruptVarint(cursor, start, 'lies beyond ±(2^53 − 1)');
    return value;
  }
  throw corruptVarint(cursor, start, `is longer than ${VARLONG_MAX_BYTES} bytes`);
}
