/**
 * A record batch for reading: the header at once, the records lazily, each as a view.
 *
 * Values are never copied. Every key, value and header value is a Buffer that shares memory with the batch (or
 * with its decompressed records) and keeps all of it alive: copy a value (`Buffer.from(value)`) that is to outlive
 * its batch by long. The bytes must not change while the batch or anything taken from it is in use.
 *
 * States: an uncompressed batch is readable from the start; a compressed one after `decompress` or
 * `decompressSync`, which bound the output. Reading it before throws.
 *
 * Structure is checked as records are walked (record-cursor.ts); the CRC is not: that is `validateBatch`, once,
 * where the bytes came in.
 */
import { BATCH_HEADER_BYTES, BATCH_LOG_OVERHEAD_BYTES, RECORD_MIN_BYTES } from './batch-format.ts';
import { batchSizeBytesAt, readBatchHeader, type BatchHeader } from './batch-header.ts';
import { decompress, decompressSync } from './compression/codecs.ts';
import { TidelogError } from './errors.ts';
import { decodeHeaders, RecordCursor, type RecordHeader } from './record-cursor.ts';

/** Largest decompressed size that is accepted unless the caller says otherwise: 128 MiB. */
export const DEFAULT_MAX_DECOMPRESSED_BYTES = 134217728;

export interface DecompressOptions {
  /** Largest decompressed size of the records in bytes; more is refused (MESSAGE_TOO_LARGE). 128 MiB by default. */
  readonly maxOutputBytes?: number;
}

/** One record: positions in its batch; key, value and headers are made when they are asked for. Never throws. */
export class Record {
  private readonly batch: RecordBatch;
  private readonly bytes: Buffer;
  private readonly offsetDelta: number;
  private readonly timestampDeltaMs: number;
  private readonly keyPosition: number;
  /** −1: the key is null. */
  readonly keySizeBytes: number;
  /** −1: the value is null. */
  readonly valueSizeBytes: number;
  private readonly valueEnd: number;
  private readonly headersPosition: number;
  readonly headerCount: number;

  /** Takes the record that the cursor stands on. */
  constructor(batch: RecordBatch, cursor: RecordCursor) {
    this.batch = batch;
    this.bytes = cursor.bytes;
    this.offsetDelta = cursor.offsetDelta;
    this.timestampDeltaMs = cursor.timestampDeltaMs;
    this.keyPosition = cursor.keyPosition;
    this.keySizeBytes = cursor.keySizeBytes;
    this.valueSizeBytes = cursor.valueSizeBytes;
    this.valueEnd = cursor.valueEnd;
    this.headersPosition = cursor.headersPosition;
    this.headerCount = cursor.headerCount;
  }

  /** Position of the record in its partition. */
  get offset(): number {
    return this.batch.header.baseOffset + this.offsetDelta;
  }

  /** Milliseconds since the Unix epoch: the producer's, or the append's for LogAppendTime; −1: none. */
  get timestampMs(): number {
    const { header } = this.batch;
    if (header.timestampType === 'LogAppendTime') return header.maxTimestampMs;
    return header.baseTimestampMs + this.timestampDeltaMs;
  }

  /** The key as a view of the batch, a new Buffer on each access, or null. */
  get key(): Buffer | null {
    if (this.keySizeBytes < 0) return null;
    return this.bytes.subarray(this.keyPosition, this.keyPosition + this.keySizeBytes);
  }

  /** The value as a view of the batch, a new Buffer on each access, or null (a tombstone). */
  get value(): Buffer | null {
    if (this.valueSizeBytes < 0) return null;
    return this.bytes.subarray(this.valueEnd - this.valueSizeBytes, this.valueEnd);
  }

  /** The headers in their order, decoded on each access; a key may appear more than once. */
  get headers(): readonly RecordHeader[] {
    return decodeHeaders(this.bytes, this.headersPosition, this.headerCount);
  }

  /** The record as plain data, for logging: keys and values as UTF-8 text. */
  toJSON(): { offset: number; timestampMs: number; key: string | null; value: string | null } {
    const { offset, timestampMs } = this;
    return {
      offset,
      timestampMs,
      key: this.key?.toString() ?? null,
      value: this.value?.toString() ?? null,
    };
  }
}

/** A batch over bytes that somebody else owns. See the head of this file for what its values share. */
export class RecordBatch implements Iterable<Record> {
  readonly header: BatchHeader;
  /** The whole batch as it came, header included: a view. */
  readonly bytes: Buffer;
  /** The uncompressed records, header excluded; undefined until they are decompressed. */
  #records: Buffer | undefined;

  private constructor(bytes: Buffer, header: BatchHeader) {
    this.bytes = bytes;
    this.header = header;
    if (header.compression === 'none') this.#accept(bytes.subarray(BATCH_HEADER_BYTES));
  }

  /**
   * The batch that starts at `position`; more bytes may follow it. The CRC is not compared (`validateBatch`).
   * Throws as `readBatchHeader`, and CORRUPT_MESSAGE when the batch is incomplete or cannot hold its record count.
   */
  static read(bytes: Buffer, position: number = 0): RecordBatch {
    const header = readBatchHeader(bytes, position);
    if (header.sizeBytes > bytes.length - position) {
      throw new TidelogError(
        'CORRUPT_MESSAGE',
        `batch at byte ${position}: only ${bytes.length - position} of its ${header.sizeBytes} bytes are there`,
      );
    }
    return new RecordBatch(bytes.subarray(position, position + header.sizeBytes), header);
  }

  /** False for a compressed batch that was not decompressed yet. */
  get isReadable(): boolean {
    return this.#records !== undefined;
  }

  /**
   * Decompresses the records off the main thread; returns at once when they are readable.
   * Throws MESSAGE_TOO_LARGE beyond `maxOutputBytes`, CORRUPT_MESSAGE for bytes that the codec refuses,
   * CODEC_UNAVAILABLE when the codec's optional package is not installed.
   */
  async decompress(options: DecompressOptions = {}): Promise<void> {
    if (this.isReadable) return;
    const maxOutputBytes = options.maxOutputBytes ?? DEFAULT_MAX_DECOMPRESSED_BYTES;
    const compressed = this.bytes.subarray(BATCH_HEADER_BYTES);
    this.#accept(await decompress(this.header.compression, compressed, { maxOutputBytes }));
  }

  /** As `decompress`, on this thread: faster for small batches, blocking for large ones. */
  decompressSync(options: DecompressOptions = {}): void {
    if (this.isReadable) return;
    const maxOutputBytes = options.maxOutputBytes ?? DEFAULT_MAX_DECOMPRESSED_BYTES;
    const compressed = this.bytes.subarray(BATCH_HEADER_BYTES);
    this.#accept(decompressSync(this.header.compression, compressed, { maxOutputBytes }));
  }

  /** A cursor before the first record: the cheapest way to read. Throws INVALID_ARGUMENT before `decompress`. */
  cursor(): RecordCursor {
    const records = this.#records;
    if (records === undefined) {
      throw new TidelogError(
        'INVALID_ARGUMENT',
        `the batch at offset ${this.header.baseOffset} is compressed (${this.header.compression}); await decompress() before reading its records`,
      );
    }
    return new RecordCursor(records, { position: 0, end: records.length }, this.header);
  }

  /**
   * The records in order. Each is an object of its own that may be kept.
   * `next` throws CORRUPT_MESSAGE at a malformed record, INVALID_ARGUMENT before `decompress`.
   */
  records(): IterableIterator<Record> {
    return new RecordIterator(this);
  }

  [Symbol.iterator](): IterableIterator<Record> {
    return new RecordIterator(this);
  }

  #accept(records: Buffer): void {
    const { recordCount, baseOffset } = this.header;
    if (recordCount * RECORD_MIN_BYTES > records.length) {
      throw new TidelogError(
        'CORRUPT_MESSAGE',
        `the batch at offset ${baseOffset} claims ${recordCount} records; its ${records.length} bytes cannot hold them`,
        { offset: baseOffset },
      );
    }
    this.#records = records;
  }
}

class RecordIterator implements IterableIterator<Record> {
  readonly #batch: RecordBatch;
  readonly #cursor: RecordCursor;

  constructor(batch: RecordBatch) {
    this.#batch = batch;
    this.#cursor = batch.cursor();
  }

  [Symbol.iterator](): this {
    return this;
  }

  next(): IteratorResult<Record, undefined> {
    if (!this.#cursor.next()) return { done: true, value: undefined };
    return { done: false, value: new Record(this.#batch, this.#cursor) };
  }
}

/**
 * The batches that lie back to back in `bytes`, as fetched or as on disk. Stops before an incomplete last one.
 * Throws as `RecordBatch.read` at a batch that is damaged.
 */
export function* batchesOf(bytes: Buffer): Generator<RecordBatch, void, undefined> {
  let position = 0;
  while (bytes.length - position >= BATCH_LOG_OVERHEAD_BYTES) {
    const sizeBytes = batchSizeBytesAt(bytes, position);
    if (sizeBytes > bytes.length - position) return;
    yield RecordBatch.read(bytes, position);
    position += sizeBytes;
  }
}
