/**
 * Cuts a byte stream into frames; holds no socket.
 *
 *   uint32 big-endian length (itself excluded) | payload of that many bytes
 *
 * States: between frames; inside a length (0–3 of its bytes seen); inside a payload; failed. After an error the
 * stream cannot be cut any more: the decoder stays failed and throws the same error again.
 *
 * Memory: a payload that lies in one stretch of memory (inside one chunk, or in chunks that a reader filled one
 * behind the other) is a view of it. Any other is copied together once it is complete. Nothing is allocated from
 * a declared length: a peer that declares 2 GB and sends ten bytes costs the chunk that they came in.
 *
 * Lifetime: frames alias the chunks, and chunks of an incomplete frame are kept by reference. The memory of a
 * chunk must not be written to again until the frames that it had a part in are done with.
 */
import { TidelogError } from '@tidelog/record/errors';
import { FRAME_LENGTH_BYTES } from './frame-writer.ts';
import { PieceList } from './piece-list.ts';

/** What four bytes can declare. */
const MAX_LENGTH = 0xffff_ffff;

export interface FrameDecoderOptions {
  /** The largest payload that is accepted, in bytes; 1 … 2^32 − 1. */
  readonly maxFrameBytes: number;
}

export class FrameDecoder {
  #maxFrameBytes = 0;
  /** Pushed and not fully read: those from #firstChunk on. Empty whenever `next` has returned undefined. */
  readonly #chunks: Buffer[] = [];
  #firstChunk = 0;
  /** Position in the first of them. */
  #position = 0;
  /** Bytes pushed and not yet returned, in #chunks and in #payload, and the length of the frame being read. */
  #bufferedBytes = 0;
  /** Payload length of the frame being read; undefined while its length is incomplete. */
  #frameBytes: number | undefined;
  #lengthSoFar = 0;
  #lengthBytesSeen = 0;
  /** What has come of a payload that did not come whole. */
  readonly #payload = new PieceList();
  #failure: TidelogError | undefined;

  /** @throws INVALID_ARGUMENT when the limit is out of its range */
  constructor({ maxFrameBytes }: FrameDecoderOptions) {
    this.maxFrameBytes = maxFrameBytes;
  }

  /**
   * The largest payload that is accepted, in bytes. It may be changed at any time (a broker starts low and raises
   * it once the peer has authenticated) and holds for frames whose length has not been read yet.
   */
  get maxFrameBytes(): number {
    return this.#maxFrameBytes;
  }

  set maxFrameBytes(maxFrameBytes: number) {
    if (!Number.isInteger(maxFrameBytes) || maxFrameBytes < 1 || maxFrameBytes > MAX_LENGTH) {
      throw new TidelogError(
        'INVALID_ARGUMENT',
        `maxFrameBytes must be an integer from 1 to ${MAX_LENGTH}, got ${maxFrameBytes}`,
      );
    }
    this.#maxFrameBytes = maxFrameBytes;
  }

  /** Bytes that were pushed and not yet returned as frames, lengths of incomplete frames included. */
  get bufferedBytes(): number {
    return this.#bufferedBytes;
  }

  /**
   * Takes the next bytes of the stream, by reference; then call `next` until it returns undefined.
   *
   * @throws the error of an earlier failure
   */
  push(chunk: Buffer): void {
    if (this.#failure !== undefined) throw this.#failure;
    if (chunk.length === 0) return;
    this.#chunks.push(chunk);
    this.#bufferedBytes += chunk.length;
  }

  /**
   * The payload of the next complete frame, or undefined when more bytes are needed.
   *
   * @throws FRAME_TOO_LARGE when a frame declares more than maxFrameBytes; MALFORMED_FRAME for a length of 0;
   *   from then on always the same error
   */
  next(): Buffer | undefined {
    if (this.#failure !== undefined) throw this.#failure;
    while (this.#firstChunk < this.#chunks.length) {
      const chunk = this.#chunks[this.#firstChunk] as Buffer;
      if (this.#frameBytes === undefined) this.#readLength(chunk);
      const frame = this.#frameBytes === undefined ? undefined : this.#readPayload(chunk, this.#frameBytes);
      if (this.#position === chunk.length) {
        this.#firstChunk++;
        this.#position = 0;
      }
      if (frame !== undefined) return frame;
    }
    this.#chunks.length = 0;
    this.#firstChunk = 0;
    return undefined;
  }

  #readLength(chunk: Buffer): void {
    while (this.#lengthBytesSeen < FRAME_LENGTH_BYTES && this.#position < chunk.length) {
      this.#lengthSoFar = this.#lengthSoFar * 256 + (chunk[this.#position++] as number);
      this.#lengthBytesSeen++;
    }
    if (this.#lengthBytesSeen < FRAME_LENGTH_BYTES) return;
    const frameBytes = this.#lengthSoFar;
    if (frameBytes === 0) this.#fail(new TidelogError('MALFORMED_FRAME', 'a frame declares a length of 0'));
    if (frameBytes > this.#maxFrameBytes) this.#fail(tooLarge(frameBytes, this.#maxFrameBytes));
    this.#frameBytes = frameBytes;
    this.#lengthSoFar = 0;
    this.#lengthBytesSeen = 0;
  }

  #readPayload(chunk: Buffer, frameBytes: number): Buffer | undefined {
    const start = this.#position;
    const missingBytes = frameBytes - this.#payload.sizeBytes;
    const end = Math.min(chunk.length, start + missingBytes);
    if (end === start) return undefined;
    const piece = chunk.subarray(start, end);
    this.#position = end;
    const isWhole = piece.length === frameBytes;
    if (!isWhole) this.#payload.add(piece);
    if (piece.length < missingBytes) return undefined;
    this.#bufferedBytes -= FRAME_LENGTH_BYTES + frameBytes;
    this.#frameBytes = undefined;
    return isWhole ? piece : this.#payload.join();
  }

  #fail(error: TidelogError): never {
    this.#failure = error;
    this.#chunks.length = 0;
    this.#firstChunk = 0;
    this.#payload.clear();
    this.#bufferedBytes = 0;
    throw error;
  }
}

function tooLarge(frameBytes: number, maxFrameBytes: number): TidelogError {
  const hint = foreignProtocol(frameBytes);
  return new TidelogError(
    'FRAME_TOO_LARGE',
    `a frame declares ${frameBytes} bytes, the limit is ${maxFrameBytes}${hint === undefined ? '' : `; its first bytes look like ${hint}`}`,
  );
}

/** What a client of another protocol sends first, read as a length: a wrong port is the usual reason. */
function foreignProtocol(length: number): string | undefined {
  const firstBytes = Buffer.alloc(FRAME_LENGTH_BYTES);
  firstBytes.writeUInt32BE(length);
  if (firstBytes[0] === 0x16 && firstBytes[1] === 0x03) return 'a TLS handshake';
  const text = firstBytes.toString('latin1');
  return /^(?:GET |POST|PUT |HEAD|DELE|OPTI|HTTP|PRI )$/.test(text) ? 'HTTP' : undefined;
}
