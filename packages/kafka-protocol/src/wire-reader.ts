/**
 * A cursor over received bytes, with Kafka's primitive types (https://kafka.apache.org/protocol#protocol_types).
 *
 * Invariants: nothing is read at or beyond `end`; a length is compared with what is left before anything is made
 * of it; elements of arrays and unknown tagged fields count against one budget for the whole message, because a
 * byte or two on the wire become an object of a hundred in memory.
 */
import { malformed } from './codec-fault.ts';

const TWO_TO_32 = 4294967296;
/** Strings are at most int16 long, in the compact form too, as in Kafka. */
export const MAX_STRING_BYTES = 0x7fff;
/** Arrays of more elements are refused. */
export const MAX_ARRAY_ELEMENTS = 1_000_000;
/** Below this, a loop over the bytes is faster than a call into the engine. */
const SHORT_STRING_BYTES = 24;

export class WireReader {
  readonly bytes: Buffer;
  /** The next byte to read. */
  position: number;
  /** The first byte that may not be read. */
  end: number;
  #elementsLeft: number;

  constructor(bytes: Buffer, maxElements: number) {
    this.bytes = bytes;
    this.position = 0;
    this.end = bytes.length;
    this.#elementsLeft = maxElements;
  }

  get remaining(): number {
    return this.end - this.position;
  }

  /** Moves behind the next bytes and returns where they begin. */
  take(sizeBytes: number): number {
    const start = this.position;
    if (sizeBytes > this.end - start) {
      throw malformed(`needs ${sizeBytes} bytes at byte ${start}, ${this.end - start} are left`);
    }
    this.position = start + sizeBytes;
    return start;
  }

  /** Counts elements against the budget of the message. */
  spend(elements: number): void {
    this.#elementsLeft -= elements;
    if (this.#elementsLeft < 0) throw malformed('the message has more array elements than are accepted');
  }

  int8(): number {
    return this.bytes.readInt8(this.take(1));
  }

  int16(): number {
    return this.bytes.readInt16BE(this.take(2));
  }

  int32(): number {
    return this.bytes.readInt32BE(this.take(4));
  }

  /** Replicas and partitions: the arrays that are read most. */
  int32s(count: number): number[] {
    const start = this.take(4 * count);
    const values: number[] = [];
    for (let index = 0; index < count; index++) values.push(this.bytes.readInt32BE(start + 4 * index));
    return values;
  }

  /** A 64-bit integer; refused beyond ±(2^53 − 1). */
  int64(): number {
    const start = this.take(8);
    const value = this.bytes.readInt32BE(start) * TWO_TO_32 + this.bytes.readUInt32BE(start + 4);
    if (!Number.isSafeInteger(value)) {
      throw malformed(`${this.bytes.readBigInt64BE(start)} at byte ${start} lies beyond ±(2^53 − 1)`);
    }
    return value;
  }

  /** A 64-bit integer, cut to ±(2^53 − 1). */
  clampedInt64(): number {
    const start = this.take(8);
    const value = this.bytes.readInt32BE(start) * TWO_TO_32 + this.bytes.readUInt32BE(start + 4);
    return Math.max(Number.MIN_SAFE_INTEGER, Math.min(value, Number.MAX_SAFE_INTEGER));
  }

  bigint64(): bigint {
    return this.bytes.readBigInt64BE(this.take(8));
  }

  bool(): boolean {
    return this.bytes[this.take(1)] !== 0;
  }

  uuid(): string {
    const start = this.take(16);
    return this.bytes.toString('base64url', start, start + 16);
  }

  /** An unsigned 32-bit integer, 7 bits a byte, least significant first, in at most 5 bytes. */
  varint(): number {
    const start = this.position;
    let value = 0;
    for (let index = 0; index < 5; index++) {
      const byte = this.bytes[this.take(1)]!;
      if (index === 4 && byte > 0x0f) break;
      value |= (byte & 0x7f) << (7 * index);
      if (byte < 0x80) return value >>> 0;
    }
    throw malformed(`the varint at byte ${start} exceeds 32 bits`);
  }

  /** The length of a string, of bytes or of an array; −1 for null. */
  compactLength(): number {
    return this.varint() - 1;
  }

  string(lengthBytes: number): string {
    if (lengthBytes > MAX_STRING_BYTES)
      throw malformed(`a string of ${lengthBytes} bytes (at most ${MAX_STRING_BYTES})`);
    const start = this.take(lengthBytes);
    if (lengthBytes <= SHORT_STRING_BYTES) {
      const text = this.#shortAscii(start, lengthBytes);
      if (text !== undefined) return text;
    }
    return this.bytes.toString('utf8', start, start + lengthBytes);
  }

  #shortAscii(start: number, lengthBytes: number): string | undefined {
    let text = '';
    for (let index = start; index < start + lengthBytes; index++) {
      const byte = this.bytes[index]!;
      if (byte >= 0x80) return undefined;
      text += String.fromCharCode(byte);
    }
    return text;
  }

  /** A view of the next bytes. */
  view(lengthBytes: number): Buffer {
    const start = this.take(lengthBytes);
    return this.bytes.subarray(start, start + lengthBytes);
  }

  /** Checks the count of an array whose elements take at least `minElementBytes` each. */
  checkCount(count: number, minElementBytes: number): void {
    if (count > MAX_ARRAY_ELEMENTS) {
      throw malformed(`an array of ${count} elements (at most ${MAX_ARRAY_ELEMENTS})`);
    }
    if (count * minElementBytes > this.remaining) {
      throw malformed(
        `an array of ${count} elements needs at least ${count * minElementBytes} bytes, ${this.remaining} are left`,
      );
    }
    this.spend(count);
  }
}
