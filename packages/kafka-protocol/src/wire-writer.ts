/**
 * Writes Kafka's primitive types into a list of pieces for one gathered write.
 *
 * Small values go into a slab of memory that all writers share one after the other; large byte ranges are put into
 * the list by reference. A slab is never written twice, so pieces stay valid as long as somebody holds them; a held
 * piece keeps at most its slab alive.
 *
 * Invariants: one message is written at a time (encoding never waits). A writer that is abandoned after an error
 * has given nothing out, and its part of the slab is used again.
 */
import { unencodable } from './codec-fault.ts';
import { isUuid } from './uuid.ts';
import { MAX_STRING_BYTES } from './wire-reader.ts';

const SLAB_BYTES = 16 * 1024;
/** Ranges from this size on are not copied; below it, one more piece costs the socket more than the copy. */
export const BY_REFERENCE_BYTES = 1024;
const ASCII_LOOP_LENGTH = 48;
const TWO_TO_32 = 4294967296;

const shared: { slab: Buffer; position: number } = { slab: Buffer.allocUnsafeSlow(SLAB_BYTES), position: 0 };

export class WireWriter {
  readonly #isShared: boolean;
  #slab: Buffer<ArrayBufferLike>;
  /** Where the piece begins that is being written. */
  #start: number;
  #position: number;
  #pieces: Buffer[] = [];
  #piecesBytes = 0;

  /** @param ownBytes memory of its own of this size, for a writer that works while another one does */
  constructor(ownBytes?: number) {
    this.#isShared = ownBytes === undefined;
    this.#slab = ownBytes === undefined ? shared.slab : Buffer.allocUnsafe(ownBytes);
    this.#start = ownBytes === undefined ? shared.position : 0;
    this.#position = this.#start;
  }

  /** Bytes written so far. */
  get sizeBytes(): number {
    return this.#piecesBytes + this.#position - this.#start;
  }

  /** Ends the message; the writer is not used afterwards. */
  finish(): Buffer[] {
    this.#cut();
    if (this.#isShared) {
      shared.slab = this.#slab;
      shared.position = this.#position;
    }
    return this.#pieces;
  }

  /** Moves what was written since the last piece into the list. */
  #cut(): void {
    if (this.#position === this.#start) return;
    this.#pieces.push(this.#slab.subarray(this.#start, this.#position));
    this.#piecesBytes += this.#position - this.#start;
    this.#start = this.#position;
  }

  /** Makes room for bytes that must be contiguous and returns where they go. */
  #take(sizeBytes: number): number {
    if (this.#slab.length - this.#position < sizeBytes) {
      this.#cut();
      this.#slab = Buffer.allocUnsafeSlow(Math.max(SLAB_BYTES, sizeBytes));
      this.#start = 0;
      this.#position = 0;
    }
    const position = this.#position;
    this.#position = position + sizeBytes;
    return position;
  }

  int8(value: number): void {
    checkInteger(value, 0x7f);
    const at = this.#take(1);
    this.#slab[at] = value;
  }

  int16(value: number): void {
    checkInteger(value, 0x7fff);
    const at = this.#take(2);
    this.#slab[at] = value >> 8;
    this.#slab[at + 1] = value;
  }

  int32(value: number): void {
    checkInteger(value, 0x7fffffff);
    const at = this.#take(4);
    this.#slab.writeInt32BE(value, at);
  }

  int64(value: number): void {
    if (!Number.isSafeInteger(value)) throw unencodable(`${value} is no integer within ±(2^53 − 1)`);
    const at = this.#take(8);
    this.#slab.writeInt32BE(Math.floor(value / TWO_TO_32), at);
    this.#slab.writeInt32BE(value | 0, at + 4);
  }

  bigint64(value: bigint): void {
    if (BigInt.asIntN(64, value) !== value) throw unencodable(`${value} does not fit 64 bits`);
    const at = this.#take(8);
    this.#slab.writeBigInt64BE(value, at);
  }

  bool(value: boolean): void {
    const at = this.#take(1);
    this.#slab[at] = value ? 1 : 0;
  }

  uuid(value: string): void {
    if (!isUuid(value)) throw unencodable(`${JSON.stringify(value)} is no uuid of 22 characters (base64url)`);
    const at = this.#take(16);
    this.#slab.write(value, at, 16, 'base64url');
  }

  /** An unsigned 32-bit integer, 7 bits a byte, least significant first. */
  varint(value: number): void {
    let at = this.#take(varintBytes(value));
    let rest = value;
    for (; rest >= 0x80; rest >>>= 7) this.#slab[at++] = rest | 0x80;
    this.#slab[at] = rest;
  }

  /** Length and characters, as UTF-8. */
  string(text: string, { compact }: { readonly compact: boolean }): void {
    if (text.length < ASCII_LOOP_LENGTH && this.#shortAscii(text, compact ? 1 : 2)) return;
    const lengthBytes = Buffer.byteLength(text);
    if (lengthBytes > MAX_STRING_BYTES) {
      throw unencodable(`a string of ${lengthBytes} bytes (at most ${MAX_STRING_BYTES})`);
    }
    if (compact) this.varint(lengthBytes + 1);
    else this.int16(lengthBytes);
    const at = this.#take(lengthBytes);
    this.#slab.write(text, at, lengthBytes, 'utf8');
  }

  /** Writes a short string whose length fits one byte; false, with nothing written, when it is not ASCII. */
  #shortAscii(text: string, prefixBytes: 1 | 2): boolean {
    const length = text.length;
    const at = this.#take(prefixBytes + length);
    const slab = this.#slab;
    for (let index = 0; index < length; index++) {
      const code = text.charCodeAt(index);
      if (code >= 0x80) {
        this.#position = at;
        return false;
      }
      slab[at + prefixBytes + index] = code;
    }
    slab[at] = prefixBytes === 1 ? length + 1 : 0;
    if (prefixBytes === 2) slab[at + 1] = length;
    return true;
  }

  /** Bytes without a length: copied when few, else put into the list by reference. */
  raw(bytes: Uint8Array): void {
    if (bytes.length < BY_REFERENCE_BYTES) {
      const at = this.#take(bytes.length);
      this.#slab.set(bytes, at);
      return;
    }
    this.#cut();
    this.#pieces.push(
      Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    );
    this.#piecesBytes += bytes.length;
  }
}

function checkInteger(value: number, max: number): void {
  if (value !== (value | 0) || value > max || value < ~max) {
    throw unencodable(`${String(value)} is no integer within ${~max} … ${max}`);
  }
}

function varintBytes(value: number): number {
  return value < 0x80 ? 1 : value < 0x4000 ? 2 : value < 0x200000 ? 3 : value < 0x10000000 ? 4 : 5;
}
