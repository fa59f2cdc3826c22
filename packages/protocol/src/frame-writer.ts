/**
 * The protobuf writer of every outgoing frame. What it adds to protobufjs's:
 *
 * - Large `bytes` go by reference. protobufjs would copy record batches into its buffer; here a value of
 *   BY_REFERENCE_BYTES or more is only noted, with the position where it belongs (a cut), and `finishFrame`
 *   gives the list of buffers for one gathered write: slices of the written bytes between the caller's own.
 *   Laid end to end the list is what protobufjs would have written.
 * - A value that does not fit its field throws INVALID_ARGUMENT. protobufjs writes a bigint as 0 and cuts a
 *   number to 32 bits without a word, and lets a lone surrogate leave as bytes that are not UTF-8.
 *
 * States: empty → written to → finished. One writer is reused from frame to frame, since encoding is
 * synchronous; none of its memory leaves in a frame, `finishFrame` copies into a buffer of the exact size.
 */
import protobuf from 'protobufjs/minimal.js';
import Long from 'long';
import { TidelogError } from '@tidelog/record/errors';

/** The size of the length before each frame. */
export const FRAME_LENGTH_BYTES = 4;
/** Protobuf bounds a message at 2 GiB − 1; so is a frame. */
export const MAX_ENCODED_FRAME_BYTES = 0x7fff_ffff;
/** Below this, copying is cheaper than one more buffer in the gathered write. */
export const BY_REFERENCE_BYTES = 1024;
/** A writer that a rare large message made bigger than this is not kept. */
const MAX_KEPT_BYTES = 256 * 1024;

/** A value of a `bytes` field: one buffer, or several that are sent back to back. */
export type BytesInput = Uint8Array | readonly Uint8Array[];

export class FrameWriter extends protobuf.BufferWriter {
  /** What goes by reference, in order. The arrays are reused: only the first #cutCount entries count. */
  #cutCount = 0;
  /** Where in the written bytes each one belongs; ascending. */
  readonly #cutPositions: number[] = [];
  readonly #cutSizesBytes: number[] = [];
  readonly #cutPieces: (Buffer | readonly Buffer[] | undefined)[] = [];
  #outsideBytes = 0;

  override uint32(value: number): this {
    if (value >>> 0 !== value) throw unfit(value, 'an unsigned 32-bit integer');
    super.uint32(value);
    return this;
  }

  override int32(value: number): this {
    if ((value | 0) !== value) throw unfit(value, 'a 32-bit integer');
    super.int32(value);
    return this;
  }

  override sint32(value: number): this {
    if ((value | 0) !== value) throw unfit(value, 'a 32-bit integer');
    super.sint32(value);
    return this;
  }

  override int32s(values: number[]): this {
    for (const value of values) if ((value | 0) !== value) throw unfit(value, 'a list of 32-bit integers');
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
    super.string(value.isWellFormed() ? value : value.toWellFormed());
    return this;
  }

  override bytes(value: BytesInput | string): this {
    if (value instanceof Uint8Array) {
      if (value.length < BY_REFERENCE_BYTES) super.bytes(value);
      else this.#cut(asBuffer(value), value.length);
    } else if (Array.isArray(value)) this.#list(value as readonly Uint8Array[]);
    else throw unfit(value, 'bytes: a Uint8Array or a list of them');
    return this;
  }

  override ldelim(): this {
    const lengthPosition = this.#cutCount === 0 ? undefined : this.states?.at(-1);
    const outsideBytes = lengthPosition === undefined ? 0 : this.#outsideSince(lengthPosition);
    if (outsideBytes === 0) super.ldelim();
    else this.#endMessage(this.states?.pop() as number, outsideBytes);
    return this;
  }

  /** Empty, with room for a frame's length. */
  startFrame(): this {
    this.pos = 0;
    if (this.states !== null && this.states.length > 0) this.states.length = 0; // an encoder threw
    this.#forgetCuts();
    this.fixed32(0);
    return this;
  }

  /**
   * The frame as a list of buffers for one gathered write.
   *
   * @throws FRAME_TOO_LARGE beyond MAX_ENCODED_FRAME_BYTES
   */
  finishFrame(): Buffer[] {
    const head = Buffer.allocUnsafe(this.pos);
    (this.buf as Buffer).copy(head, 0, 0, this.pos);
    const lengthBytes = this.pos + this.#outsideBytes - FRAME_LENGTH_BYTES;
    requireEncodable(lengthBytes);
    head.writeUInt32BE(lengthBytes, 0);
    if (this.#cutCount === 0) return [head];
    const buffers: Buffer[] = [];
    let start = 0;
    for (let index = 0; index < this.#cutCount; index++) {
      const position = this.#cutPositions[index] as number;
      buffers.push(head.subarray(start, position));
      start = position;
      const pieces = this.#cutPieces[index] as Buffer | readonly Buffer[];
      if (Buffer.isBuffer(pieces)) buffers.push(pieces);
      else for (const piece of pieces) buffers.push(piece);
    }
    if (start < head.length) buffers.push(head.subarray(start));
    this.#forgetCuts();
    return buffers;
  }

  #list(values: readonly Uint8Array[]): void {
    const pieces: Buffer[] = [];
    for (const value of values) {
      if (!(value instanceof Uint8Array)) throw unfit(value, 'bytes: a Uint8Array or a list of them');
      if (value.length > 0) pieces.push(asBuffer(value));
    }
    const sizeBytes = frameSizeBytes(pieces);
    if (sizeBytes < BY_REFERENCE_BYTES) super.bytes(Buffer.concat(pieces));
    else this.#cut(pieces, sizeBytes);
  }

  #cut(pieces: Buffer | readonly Buffer[], sizeBytes: number): void {
    this.#outsideBytes += sizeBytes;
    requireEncodable(this.#outsideBytes);
    super.uint32(sizeBytes);
    this.#cutPositions[this.#cutCount] = this.pos;
    this.#cutSizesBytes[this.#cutCount] = sizeBytes;
    this.#cutPieces[this.#cutCount] = pieces;
    this.#cutCount++;
  }

  /** What goes by reference from a position on. */
  #outsideSince(position: number): number {
    let sizeBytes = 0;
    for (let index = this.#cutCount - 1; index >= 0; index--) {
      if ((this.#cutPositions[index] as number) <= position) break;
      sizeBytes += this.#cutSizesBytes[index] as number;
    }
    return sizeBytes;
  }

  /** Writes the length of the nested message whose one reserved length byte is at `lengthPosition`. */
  #endMessage(lengthPosition: number, outsideBytes: number): void {
    const end = this.pos;
    const sizeBytes = end - lengthPosition - 1 + outsideBytes;
    const shiftBytes = varintSizeBytes(sizeBytes) - 1;
    super.fixed32(0); // room for the shift, which is at most 4
    this.buf.copyWithin(lengthPosition + 1 + shiftBytes, lengthPosition + 1, end);
    this.pos = lengthPosition;
    super.uint32(sizeBytes);
    this.pos = end + shiftBytes;
    for (let index = this.#cutCount - 1; index >= 0; index--) {
      const position = this.#cutPositions[index] as number;
      if (position <= lengthPosition) break;
      this.#cutPositions[index] = position + shiftBytes;
    }
  }

  /** Lets go of the caller's buffers. */
  #forgetCuts(): void {
    for (let index = 0; index < this.#cutCount; index++) this.#cutPieces[index] = undefined;
    this.#cutCount = 0;
    this.#outsideBytes = 0;
  }
}

/** The sum of the sizes of a frame's buffers: what the gathered write will take. */
export function frameSizeBytes(buffers: readonly Uint8Array[]): number {
  let sizeBytes = 0;
  for (const buffer of buffers) sizeBytes += buffer.length;
  return sizeBytes;
}

let reusedWriter = new FrameWriter();

/** The writer that all frames share; valid until the next call. */
export function frameWriter(): FrameWriter {
  if (reusedWriter.buf.length > MAX_KEPT_BYTES) reusedWriter = new FrameWriter();
  return reusedWriter;
}

function varintSizeBytes(value: number): number {
  if (value < 0x80) return 1;
  if (value < 0x4000) return 2;
  if (value < 0x20_0000) return 3;
  return value < 0x1000_0000 ? 4 : 5;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function requireEncodable(sizeBytes: number): void {
  if (sizeBytes <= MAX_ENCODED_FRAME_BYTES) return;
  throw new TidelogError(
    'FRAME_TOO_LARGE',
    `a frame of ${sizeBytes} bytes is beyond the format's limit of ${MAX_ENCODED_FRAME_BYTES}; send fewer records`,
  );
}

function requireLong(value: unknown): Long {
  if (Long.isLong(value)) return value;
  throw unfit(value, 'a Long (convert with fromSafeNumber)');
}

function unfit(value: unknown, expected: string): TidelogError {
  return new TidelogError(
    'INVALID_ARGUMENT',
    `a field takes ${expected}, got ${typeof value} ${String(value)}`,
  );
}
