/**
 * Walks the batches of a segment file from a position to an end, with a bounded buffer: what recovery, the
 * rebuilding of indexes and producer state, and searches by time are made of.
 *
 * With `verifyCrc` every byte is read and compared; without it only headers are, so that large batches are
 * stepped over unread. The walk ends at the end position or at the first batch that cannot be right.
 *
 * Invariant: memory is bounded by the buffer, whatever a length field claims; a batch larger than the buffer is
 * read through it in parts.
 */
import {
  ATTRIBUTES_POSITION,
  BATCH_HEADER_BYTES,
  crc32c,
  readBatchHeader,
  STORED_BATCH_RULES,
  validateBatch,
  type BatchHeader,
} from '@tidelog/record';
import type { FileHandle } from './file-system.ts';

export type ScanStep =
  | { readonly kind: 'batch'; readonly header: BatchHeader; readonly position: number }
  | { readonly kind: 'damage'; readonly position: number; readonly reason: string }
  | { readonly kind: 'end' };

export interface ScanOptions {
  readonly file: Pick<FileHandle, 'read'>;
  /** Where a batch begins. */
  readonly position: number;
  /** Exclusive: the size of the file, or the part of it that counts. */
  readonly endPosition: number;
  readonly verifyCrc: boolean;
  /** Bytes read at once when every byte is read; 1 MiB unless given. At least 512. */
  readonly bufferBytes?: number;
}

const DEFAULT_BUFFER_BYTES = 1024 * 1024;
/** What is read at once for headers alone: one header of large batches, more and more of small ones. */
const HEADERS_BUFFER_BYTES = 65536;
const ONE_HEADER_BYTES = 256;
const LARGE_BATCH_BYTES = 4096;
const END: ScanStep = { kind: 'end' };

export class BatchScanner {
  readonly #file: Pick<FileHandle, 'read'>;
  readonly #endPosition: number;
  readonly #verifyCrc: boolean;
  readonly #bufferBytes: number;
  #buffer: Buffer = Buffer.alloc(0);
  /** Position in the file of the buffer's first byte, and how many bytes of it are filled. */
  #bufferPosition = 0;
  #filledBytes = 0;
  /** Where the next batch begins. */
  #position: number;
  #lastBatchBytes = 0;
  #scannedBytes = 0;

  constructor(options: ScanOptions) {
    this.#file = options.file;
    this.#position = options.position;
    this.#endPosition = options.endPosition;
    this.#verifyCrc = options.verifyCrc;
    this.#bufferBytes =
      options.bufferBytes ?? (options.verifyCrc ? DEFAULT_BUFFER_BYTES : HEADERS_BUFFER_BYTES);
  }

  /** Bytes of the batches given so far. */
  get scannedBytes(): number {
    return this.#scannedBytes;
  }

  /** The next step as far as the bytes in memory tell; undefined: call `fill`, which gives the step instead. */
  next(): ScanStep | undefined {
    if (this.#position >= this.#endPosition) return END;
    const at = this.#position - this.#bufferPosition;
    const inBuffer = this.#filledBytes - at;
    if (at < 0 || inBuffer < BATCH_HEADER_BYTES) return undefined;
    let header: BatchHeader;
    try {
      header = readBatchHeader(this.#buffer, at);
      if (header.sizeBytes > this.#endPosition - this.#position) return this.#incomplete(header.sizeBytes);
      if (this.#verifyCrc) {
        if (header.sizeBytes > inBuffer) return undefined;
        validateBatch(this.#buffer.subarray(at, at + header.sizeBytes), 0, STORED_BATCH_RULES);
      }
    } catch (error) {
      return this.#damage((error as Error).message);
    }
    return this.#accept(header);
  }

  /**
   * The bytes of the batch that the last step gave, valid until the next `fill`; undefined when it is larger than the
   * buffer, or was stepped over unread.
   */
  get lastBatch(): Buffer | undefined {
    const at = this.#position - this.#lastBatchBytes - this.#bufferPosition;
    if (this.#lastBatchBytes === 0 || at < 0 || at + this.#lastBatchBytes > this.#filledBytes)
      return undefined;
    return this.#buffer.subarray(at, at + this.#lastBatchBytes);
  }

  /** Reads on and gives the next step. Throws what the file system throws. */
  async fill(): Promise<ScanStep> {
    const remainingBytes = this.#endPosition - this.#position;
    if (remainingBytes <= 0) return END;
    if (remainingBytes < BATCH_HEADER_BYTES) return this.#incomplete(BATCH_HEADER_BYTES);
    const wantBytes = Math.min(remainingBytes, this.#readAheadBytes());
    if (this.#buffer.length < wantBytes) this.#buffer = Buffer.allocUnsafe(wantBytes);
    this.#bufferPosition = this.#position;
    this.#filledBytes = await this.#file.read(this.#buffer.subarray(0, wantBytes), this.#position);
    if (this.#filledBytes < wantBytes) return this.#damage('the file is shorter than it was');
    return this.next() ?? this.#acceptLarge();
  }

  #readAheadBytes(): number {
    if (this.#verifyCrc) return this.#bufferBytes;
    const isLarge = this.#lastBatchBytes === 0 || this.#lastBatchBytes > LARGE_BATCH_BYTES;
    return isLarge ? ONE_HEADER_BYTES : Math.min(this.#bufferBytes, Math.max(1024, this.#buffer.length * 4));
  }

  /** The batch at the buffer's start is larger than the buffer: its CRC is computed part by part. */
  async #acceptLarge(): Promise<ScanStep> {
    const header = readBatchHeader(this.#buffer, 0);
    const end = this.#position + header.sizeBytes;
    let crc = crc32c(this.#buffer.subarray(ATTRIBUTES_POSITION, this.#filledBytes));
    for (let at = this.#position + this.#filledBytes; at < end;) {
      const part = this.#buffer.subarray(0, Math.min(this.#buffer.length, end - at));
      // The buffer no longer holds what #bufferPosition says.
      this.#filledBytes = 0;
      const readBytes = await this.#file.read(part, at);
      if (readBytes < part.length) return this.#damage('the file is shorter than it was');
      crc = crc32c(part, crc);
      at += readBytes;
    }
    if (crc !== header.crc) return this.#damage('its CRC does not match its bytes');
    return this.#accept(header);
  }

  #accept(header: BatchHeader): ScanStep {
    const position = this.#position;
    this.#position += header.sizeBytes;
    this.#lastBatchBytes = header.sizeBytes;
    this.#scannedBytes += header.sizeBytes;
    return { kind: 'batch', header, position };
  }

  #incomplete(sizeBytes: number): ScanStep {
    return this.#damage(
      `a batch of ${sizeBytes} bytes or more begins and only ${this.#endPosition - this.#position} bytes are there`,
    );
  }

  #damage(reason: string): ScanStep {
    return { kind: 'damage', position: this.#position, reason };
  }
}
