/**
 * Cuts a byte stream into frames; holds no socket.
 *
 *   uint32 big-endian length (itself excluded) | payload of that many bytes
 *
 * States: between frames; inside a length (0–3 of its bytes seen); inside a payload; failed. After an error the
 * stream cannot be cut any more: the decoder stays failed and throws the same error again.
 *
 * Memory: a payload that lies inside one pushed chunk is a view of the chunk. One that spans chunks is gathered
 * in a buffer of the decoder's own, which grows with the bytes that came (at most twice them, at most the
 * frame's length) and never from a declared length alone: a peer that declares 100 MB and sends ten bytes costs
 * a kilobyte. Copying a frame costs at most three times its size in all, however small the chunks are.
 *
 * Lifetime: a frame handed out aliases either the chunk that was pushed last or memory of its own. Once `next`
 * has returned undefined the decoder holds no reference to any chunk, so the chunk may be reused as soon as the
 * frames cut from it are no longer needed.
 */
import { TidelogError } from '@tidelog/record/errors';
import { FRAME_LENGTH_BYTES } from './frame-writer.ts';

/** Room for the first bytes of a frame that spans chunks, so that a trickle does not reallocate byte by byte. */
const MIN_GATHER_BYTES = 1024;
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
  /** Bytes pushed and not yet returned, in chunks and in #gathered. */
  #bufferedBytes = 0;
  /** Payload length of the frame being read; undefined while its length is incomplete. */
  #frameBytes: number | undefined;
  #lengthSoFar = 0;
  #lengthBytesSeen = 0;
  /** The first #gatheredBytes of a payload that spans chunks. */
  #gathered: Buffer | undefined;
  #gatheredBytes = 0;
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
   * Takes the next bytes of the stream, by reference. Call `next` until it returns undefined before the memory
   * of the chunk is reused.
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
    const missingBytes = frameBytes - this.#gatheredBytes;
    const availableBytes = Math.min(missingBytes, chunk.length - this.#position);
    if (this.#gathered === undefined && availableBytes === frameBytes) {
      const frame = chunk.subarray(this.#position, this.#position + frameBytes);
      this.#position += frameBytes;
      return this.#finishFrame(frame);
    }
    if (availableBytes === 0) return undefined;
    const gathered = this.#gatherRoom(this.#gatheredBytes + availableBytes, frameBytes);
    chunk.copy(gathered, this.#gatheredBytes, this.#position, this.#position + availableBytes);
    this.#position += availableBytes;
    this.#gatheredBytes += availableBytes;
    if (this.#gatheredBytes < frameBytes) return undefined;
    return this.#finishFrame(gathered.subarray(0, frameBytes));
  }

  /** #gathered with room for `neededBytes`, which have all been received. */
  #gatherRoom(neededBytes: number, frameBytes: number): Buffer {
    if (this.#gathered !== undefined && this.#gathered.length >= neededBytes) return this.#gathered;
    const doubledBytes = Math.max(MIN_GATHER_BYTES, (this.#gathered?.length ?? 0) * 2);
    const room = Buffer.allocUnsafe(Math.min(frameBytes, Math.max(neededBytes, doubledBytes)));
    this.#gathered?.copy(room, 0, 0, this.#gatheredBytes);
    this.#gathered = room;
    return room;
  }

  #finishFrame(frame: Buffer): Buffer {
    this.#bufferedBytes -= FRAME_LENGTH_BYTES + frame.length;
    this.#frameBytes = undefined;
    this.#gathered = undefined;
    this.#gatheredBytes = 0;
    return frame;
  }

  #fail(error: TidelogError): never {
    this.#failure = error;
    this.#chunks.length = 0;
    this.#firstChunk = 0;
    this.#gathered = undefined;
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
