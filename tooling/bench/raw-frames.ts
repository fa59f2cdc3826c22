/**
 * Frames of the native protocol as bytes, for load that does not pass through the client: requests made once and
 * sent many times, and a cutter that finds the correlation ids in a stream of frames without keeping them.
 */

/** What the cutter has to see of a request: length prefix, header length, api with its tag, an id of 3 bytes. */
export const REQUEST_HEAD_BYTES = 12;
/** The same of a response, which has no api; one with an empty row is no longer than that. */
export const RESPONSE_HEAD_BYTES = 9;

/** Finds frames in a stream and returns, per chunk, the correlation ids of those that end in it. */
export class FrameCutter {
  readonly #correlationOf: (head: Buffer) => number;
  readonly #head: Buffer;
  #headLength = 0;
  #remaining = 0;
  #id = 0;

  /** @param headBytes no frame is shorter */
  constructor(correlationOf: (head: Buffer) => number, headBytes: number) {
    this.#correlationOf = correlationOf;
    this.#head = Buffer.alloc(headBytes);
  }

  push(bytes: Buffer): number[] {
    const ids: number[] = [];
    const headBytes = this.#head.length;
    let at = 0;
    while (at < bytes.length) {
      if (this.#remaining === 0) {
        const taken = Math.min(headBytes - this.#headLength, bytes.length - at);
        bytes.copy(this.#head, this.#headLength, at, at + taken);
        this.#headLength += taken;
        at += taken;
        if (this.#headLength < headBytes) break;
        this.#headLength = 0;
        this.#remaining = this.#head.readUInt32BE(0) + 4 - headBytes;
        this.#id = this.#correlationOf(this.#head);
        if (this.#remaining > 0) continue;
      } else {
        const taken = Math.min(this.#remaining, bytes.length - at);
        this.#remaining -= taken;
        at += taken;
      }
      if (this.#remaining === 0) ids.push(this.#id);
    }
    return ids;
  }
}

function varint(head: Buffer, position: number): number {
  let value = 0;
  for (let shift = 0, at = position; at < head.length; shift += 7, at++) {
    const byte = head[at] as number;
    value |= (byte & 127) << shift;
    if (byte < 128) break;
  }
  return value;
}

/** In a request frame: length, header length, tag of api and its byte, tag of the correlation id, varint. */
export function requestCorrelationId(head: Buffer): number {
  return varint(head, 8);
}

/** In a response frame: length, header length, tag of the correlation id, varint. */
export function responseCorrelationId(head: Buffer): number {
  return varint(head, 6);
}

/** A response of at least 16 bytes with nothing in it but its header. */
export function responseFrame(correlationId: number, sizeBytes: number): Buffer {
  const frame = Buffer.alloc(Math.max(sizeBytes, 16));
  frame.writeUInt32BE(frame.length - 4, 0);
  frame.set(
    [4, 0x08, (correlationId & 127) | 128, ((correlationId >> 7) & 127) | 128, correlationId >> 14],
    4,
  );
  return frame;
}
