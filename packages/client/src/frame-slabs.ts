/**
 * The memory that a connection reads into. It is handed out with what was read and never used again, so that
 * records can be views of it; it is laid out so that a frame lies in one piece and costs little memory beside it.
 *
 *   landing   A slab for the beginnings of frames and for frames that are small. Reads go behind each other.
 *   frame     A buffer of its own for a frame that does not fit in what is left of the landing slab: the bytes
 *             that came are copied over (at most MAX_LANDING_READ_BYTES of a large frame), the rest is read to
 *             where it stays, and nothing behind the frame is.
 *
 * Knowing frames is only for the layout: whoever takes the chunks cuts them into frames and judges their lengths
 * (FrameDecoder). A frame beyond MAX_GATHERED_BYTES is handed on as it comes.
 *
 * Invariants: what `received` hands out, laid end to end, is what was read. Memory for a frame is at most
 * GROWTH_FACTOR times the bytes of it that came, whatever length it declares. While a frame is gathered nothing
 * of it was handed out.
 */
import { FRAME_LENGTH_BYTES } from '@tidelog/protocol';

const LANDING_BYTES = 256 * 1024;
/** A landing slab with less room than this is left: small reads cost a system call each. */
const MIN_READ_BYTES = 16 * 1024;
/** Bounds what is copied when a large frame gets a buffer of its own. */
const MAX_LANDING_READ_BYTES = 64 * 1024;
const GROWTH_FACTOR = 32;
const MAX_GATHERED_BYTES = 64 * 1024 * 1024;

export class FrameSlabs {
  #landing: Buffer = Buffer.alloc(0);
  /** What of the landing slab was received and not handed out: the beginning of a frame. */
  #start = 0;
  #end = 0;
  /** The frame with a buffer of its own, its size with the length field, and how much of it came. */
  #frame: Buffer | undefined;
  #frameBytes = 0;
  #framePosition = 0;
  /** What is to come of a frame that is handed on as it comes. */
  #ungatheredBytes = 0;

  /** Where the next read goes; never empty. */
  room(): Buffer {
    if (this.#frame !== undefined) return this.#frameRoom(this.#frame);
    if (this.#landing.length - this.#end < MIN_READ_BYTES) {
      const landing = Buffer.allocUnsafeSlow(LANDING_BYTES);
      this.#landing.copy(landing, 0, this.#start, this.#end);
      this.#landing = landing;
      this.#end -= this.#start;
      this.#start = 0;
    }
    return this.#landing.subarray(this.#end, this.#end + MAX_LANDING_READ_BYTES);
  }

  /** A read filled the first `sizeBytes` of the last `room`. Hands out what can be: whole frames, mostly. */
  received(sizeBytes: number, handOut: (chunk: Buffer) => void): void {
    if (this.#frame !== undefined) {
      this.#framePosition += sizeBytes;
      if (this.#framePosition < this.#frameBytes) return;
      const frame = this.#frame;
      this.#frame = undefined;
      handOut(frame);
      return;
    }
    this.#end += sizeBytes;
    const wholeEnd = this.#endOfWholeFrames();
    const start = this.#start;
    this.#start = wholeEnd;
    // Before it is handed out: the receiver may cause whatever it likes.
    const chunk = this.#landing.subarray(start, wholeEnd);
    this.#settlePartialFrame();
    if (chunk.length > 0) handOut(chunk);
  }

  #frameRoom(frame: Buffer): Buffer {
    if (this.#framePosition < frame.length) return frame.subarray(this.#framePosition);
    const larger = Buffer.allocUnsafeSlow(Math.min(this.#frameBytes, frame.length * GROWTH_FACTOR));
    frame.copy(larger);
    this.#frame = larger;
    return larger.subarray(this.#framePosition);
  }

  /** Where in the landing slab the last frame ends that is there whole; bytes that are not gathered count as such. */
  #endOfWholeFrames(): number {
    let position = this.#start;
    for (;;) {
      const skippedBytes = Math.min(this.#ungatheredBytes, this.#end - position);
      position += skippedBytes;
      this.#ungatheredBytes -= skippedBytes;
      const frameBytes = this.#ungatheredBytes > 0 ? undefined : this.#frameBytesAt(position);
      if (frameBytes === undefined) return position;
      if (frameBytes > MAX_GATHERED_BYTES) this.#ungatheredBytes = frameBytes;
      else if (position + frameBytes > this.#end) return position;
      else position += frameBytes;
    }
  }

  /** The size of the frame at a position, with its length field; undefined while that has not come whole. */
  #frameBytesAt(position: number): number | undefined {
    if (this.#end - position < FRAME_LENGTH_BYTES) return undefined;
    return FRAME_LENGTH_BYTES + this.#landing.readUInt32BE(position);
  }

  /** Gives the frame at the end of the landing slab a buffer of its own when it does not fit there. */
  #settlePartialFrame(): void {
    const frameBytes = this.#frameBytesAt(this.#start);
    if (frameBytes === undefined || this.#start + frameBytes <= this.#landing.length) return;
    const heldBytes = this.#end - this.#start;
    this.#frame = Buffer.allocUnsafeSlow(Math.min(frameBytes, heldBytes * GROWTH_FACTOR));
    this.#landing.copy(this.#frame, 0, this.#start, this.#end);
    this.#frameBytes = frameBytes;
    this.#framePosition = heldBytes;
    // Nobody has seen these bytes: the next read may go there.
    this.#end = this.#start;
  }
}
