/**
 * The protobuf writer of every outgoing frame. protobufjs writes a bigint, or anything else that is not a Long,
 * as 0 without a word; here a 64-bit field takes a Long, or it throws.
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
  override int64(value: Long | number | string): this {
    super.int64(requireLong(value));
    return this;
  }

  override sint64(value: Long | number | string): this {
    super.sint64(requireLong(value));
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
  throw new TidelogError(
    'INVALID_ARGUMENT',
    `a 64-bit field was given ${typeof value} ${String(value)}; convert it with fromSafeNumber`,
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
