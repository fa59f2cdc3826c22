/**
 * The protobuf writer of every outgoing frame. protobufjs writes a bigint, or anything else that is not a Long,
 * as 0 without a word, and cuts a number that does not fit 32 bits; here both throw INVALID_ARGUMENT.
 *
 * States: two writers are reused from frame to frame, since encoding is synchronous: `scratchWriter` hands them
 * out empty. Their memory never leaves this package: `takeBytes` copies into a buffer of the exact size.
 */
import protobuf from 'protobufjs/minimal.js';
import Long from 'long';
import { TidelogError } from '@tidelog/record/errors';

/** A scratch buffer that a rare large message made bigger than this is not kept. */
const MAX_KEPT_BYTES = 256 * 1024;

export class CheckedWriter extends protobuf.BufferWriter {
  override uint32(value: number): this {
    if (value >>> 0 !== value) throw outOfRange(value, 'an unsigned 32-bit integer');
    super.uint32(value);
    return this;
  }

  override int32(value: number): this {
    if ((value | 0) !== value) throw outOfRange(value, 'a 32-bit integer');
    super.int32(value);
    return this;
  }

  override sint32(value: number): this {
    if ((value | 0) !== value) throw outOfRange(value, 'a 32-bit integer');
    super.sint32(value);
    return this;
  }

  override int32s(values: number[]): this {
    for (const value of values) {
      if ((value | 0) !== value) throw outOfRange(value, 'a list of 32-bit integers');
    }
    super.int32s(values);
    return this;
  }

  override int64(value: Long | number | string): this {
    super.int64(requireLong(value));
    return this;
  }

  override sint64(value: Long | number | string): this {
    super.sint64(requireLong(value));
    return this;
  }

  override string(value: string): this {
    // A lone surrogate would leave as bytes that are not UTF-8, and the peer would refuse the whole frame.
    super.string(value.isWellFormed() ? value : value.toWellFormed());
    return this;
  }

  /** What was written, in a buffer of its own. */
  takeBytes(): Buffer {
    const bytes = Buffer.allocUnsafe(this.pos);
    bytes.set(this.buf.subarray(0, this.pos));
    return bytes;
  }

  /** What was written, as a view that the next write spoils. */
  peekBytes(): Uint8Array {
    return this.buf.subarray(0, this.pos);
  }

  /** Empty again, whatever state the last use left. */
  clear(): this {
    this.states = null;
    this.pos = 0;
    return this;
  }
}

function requireLong(value: unknown): Long {
  if (Long.isLong(value)) return value;
  throw outOfRange(value, 'a Long (convert with fromSafeNumber)');
}

function outOfRange(value: unknown, expected: string): TidelogError {
  return new TidelogError(
    'INVALID_ARGUMENT',
    `a field takes ${expected}, got ${typeof value} ${String(value)}`,
  );
}

const scratch: CheckedWriter[] = [new CheckedWriter(), new CheckedWriter()];

/**
 * One of two reusable writers, empty: `frame` for the frame as it grows, `part` for a nested message whose size
 * must be known first. Valid until the next call with the same name.
 */
export function scratchWriter(name: 'frame' | 'part'): CheckedWriter {
  const index = name === 'frame' ? 0 : 1;
  let writer = scratch[index] as CheckedWriter;
  if (writer.buf.length > MAX_KEPT_BYTES) {
    writer = new CheckedWriter();
    scratch[index] = writer;
  }
  return writer.clear();
}
