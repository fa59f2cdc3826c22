/**
 * Builds one record batch: records are written straight into their final bytes, the header when the batch is built.
 *
 * States: open (`append`), then built (`build` or `buildSync`, once); a built builder takes no more records.
 *
 * Memory: the records lie in one Buffer that doubles when it is full. An uncompressed batch is a view of that
 * memory, handed over with the batch; a compressed one has memory of its own. `memory` gives the Buffer back to a
 * caller who wants to build the next batch in it, once nobody reads this one any more.
 *
 * Cost per record: the sizes of all fields are added up before the first byte is written, because a record starts
 * with its length. A short string is taken for ASCII, one byte per character, and written; only when that turns out
 * wrong is its length in UTF-8 computed and the record written again.
 */
import {
  ATTRIBUTE_CONTROL,
  ATTRIBUTE_TRANSACTIONAL,
  ATTRIBUTES_POSITION,
  BASE_SEQUENCE_POSITION,
  BASE_TIMESTAMP_POSITION,
  BATCH_HEADER_BYTES,
  BATCH_LENGTH_POSITION,
  BATCH_LOG_OVERHEAD_BYTES,
  BATCH_MAX_BYTES,
  CRC_POSITION,
  LAST_OFFSET_DELTA_POSITION,
  MAGIC_POSITION,
  MAGIC_V2,
  MAX_TIMESTAMP_POSITION,
  PRODUCER_EPOCH_POSITION,
  PRODUCER_ID_POSITION,
  RECORD_COUNT_POSITION,
} from './batch-format.ts';
import { patchBaseOffset, patchPartitionLeaderEpoch } from './batch-header.ts';
import { compress, compressSync } from './compression/codecs.ts';
import { compressionCode, type CompressionType } from './compression/compression-type.ts';
import { crc32cOfRange } from './crc32c.ts';
import { TidelogError } from './errors.ts';
import { writeSafeInt64 } from './safe-int64.ts';
import { writeZigzagVarint, writeZigzagVarlong, zigzagVarintSize, zigzagVarlongSize } from './varint.ts';

/** What a header may carry; a string is written in UTF-8. */
export type HeaderValue = string | Uint8Array | null;

/** One header of a record to be written. A key may appear more than once in a record. */
export interface RecordHeaderInput {
  readonly key: string;
  readonly value: HeaderValue;
}

export interface BatchBuilderOptions {
  /** First size of the builder's memory in bytes; 16 KiB unless given. */
  readonly initialBytes?: number;
  /** Memory to build in, instead of new memory. The caller gives it away until the batch is no longer read. */
  readonly memory?: Buffer;
}

/** The header fields that a producer decides. */
export interface BuildOptions {
  /** `none` unless given. */
  readonly compression?: CompressionType;
  /** See `CompressOptions.level`. */
  readonly compressionLevel?: number | undefined;
  /** −1 (not idempotent) unless given. */
  readonly producerId?: number;
  /** −1 unless given; 0–32767 with a producer id. */
  readonly producerEpoch?: number;
  /** −1 unless given; 0 … 2^31 − 1 with a producer id. */
  readonly baseSequence?: number;
  readonly isTransactional?: boolean;
  /** Marks the batch as one of transaction markers. */
  readonly isControl?: boolean;
  /** 0 unless given: the leader assigns offsets. */
  readonly baseOffset?: number;
  /** −1 unless given: the leader assigns its epoch. */
  readonly partitionLeaderEpoch?: number;
}

const DEFAULT_INITIAL_BYTES = 16384;
/** Up to this many bytes a loop is faster than a call of `set`. */
const LOOP_COPY_MAX_BYTES = 12;
/** Up to this many characters a string is first taken for ASCII; three times as many bytes are reserved for it. */
const OPTIMISTIC_MAX_LENGTH = 1024;

/** Bytes of a string or byte array, −1 for null; for a short string its length, which is right for ASCII only. */
function likelySizeBytes(data: HeaderValue): number {
  if (typeof data === 'string' && data.length <= OPTIMISTIC_MAX_LENGTH) return data.length;
  return exactSizeBytes(data);
}

/** Bytes of a string in UTF-8 or of a byte array, −1 for null. Throws INVALID_ARGUMENT for anything else. */
function exactSizeBytes(data: HeaderValue): number {
  if (data === null) return -1;
  if (data instanceof Uint8Array) return data.length;
  if (typeof data === 'string') return Buffer.byteLength(data);
  throw new TidelogError(
    'INVALID_ARGUMENT',
    `keys, values and header values are strings, Uint8Arrays or null; got ${typeof data}`,
  );
}

/** Writes a string or bytes at `position`; returns how many bytes that took. */
function writeData(target: Buffer, position: number, data: string | Uint8Array): number {
  if (typeof data === 'string') return target.write(data, position);
  const sizeBytes = data.length;
  if (sizeBytes > LOOP_COPY_MAX_BYTES) target.set(data, position);
  else for (let index = 0; index < sizeBytes; index++) target[position + index] = data[index]!;
  return sizeBytes;
}

function headersSizeBytes(headers: readonly RecordHeaderInput[]): number {
  let sizeBytes = zigzagVarintSize(headers.length);
  for (const { key, value } of headers) {
    const keyBytes = Buffer.byteLength(key);
    const valueBytes = exactSizeBytes(value);
    sizeBytes +=
      zigzagVarintSize(keyBytes) + keyBytes + zigzagVarintSize(valueBytes) + Math.max(0, valueBytes);
  }
  return sizeBytes;
}

function writeHeaders(target: Buffer, start: number, headers: readonly RecordHeaderInput[]): number {
  let position = writeZigzagVarint(target, start, headers.length);
  for (const { key, value } of headers) {
    position = writeZigzagVarint(target, position, Buffer.byteLength(key));
    position += writeData(target, position, key);
    position = writeZigzagVarint(target, position, exactSizeBytes(value));
    if (value !== null) position += writeData(target, position, value);
  }
  return position;
}

/** Collects records and makes one batch of them. See the head of this file for states and memory. */
export class BatchBuilder {
  #memory: Buffer;
  #position: number = BATCH_HEADER_BYTES;
  #recordCount: number = 0;
  #baseTimestampMs: number = -1;
  #maxTimestampMs: number = -1;
  #isBuilt: boolean = false;

  constructor(options: BatchBuilderOptions = {}) {
    const memory = options.memory ?? Buffer.allocUnsafeSlow(options.initialBytes ?? DEFAULT_INITIAL_BYTES);
    this.#memory =
      memory.length >= BATCH_HEADER_BYTES ? memory : Buffer.allocUnsafeSlow(DEFAULT_INITIAL_BYTES);
  }

  /** Records appended so far. */
  get recordCount(): number {
    return this.#recordCount;
  }

  /** Bytes of the batch so far, header included, uncompressed. */
  get sizeBytes(): number {
    return this.#position;
  }

  /** Largest timestamp appended so far, −1 before the first. */
  get maxTimestampMs(): number {
    return this.#maxTimestampMs;
  }

  /** The memory that the batch is built in; larger than `sizeBytes`, and another Buffer after it grew. */
  get memory(): Buffer {
    return this.#memory;
  }

  /** Upper bound of the bytes that a record adds to a batch; cheap, because a character counts as three bytes. */
  static estimateRecordBytes(
    key: HeaderValue,
    value: HeaderValue,
    headers: readonly RecordHeaderInput[] = [],
  ): number {
    const bound = (data: HeaderValue): number =>
      data === null ? 0 : typeof data === 'string' ? data.length * 3 : data.length;
    // Length, attributes, timestamp delta, offset delta, two lengths and the header count at their largest.
    let sizeBytes = 5 + 1 + 10 + 5 + 5 + 5 + 5 + bound(key) + bound(value);
    for (const header of headers) sizeBytes += 10 + bound(header.key) + bound(header.value);
    return sizeBytes;
  }

  /**
   * Adds a record and returns the size of the batch so far in bytes, uncompressed. Copies key, value and headers.
   * `timestampMs` is an integer of at least −1 (no timestamp).
   * Throws INVALID_ARGUMENT for another timestamp or for data that is neither string, bytes nor null,
   * MESSAGE_TOO_LARGE when the batch would pass 2 GiB, CLOSED after `build`. The batch is then as before.
   */
  append(
    timestampMs: number,
    key: string | Uint8Array | null,
    value: string | Uint8Array | null,
    headers?: readonly RecordHeaderInput[],
  ): number {
    if (
      !this.#tryAppend(timestampMs, key, value, headers, likelySizeBytes(key), likelySizeBytes(value)) &&
      !this.#tryAppend(timestampMs, key, value, headers, exactSizeBytes(key), exactSizeBytes(value))
    ) {
      throw new TidelogError('INVALID_ARGUMENT', 'a key or value changed its length while it was appended');
    }
    return this.#position;
  }

  /** Writes the record with the given sizes; false, and nothing appended, when a string turned out longer. */
  #tryAppend(
    timestampMs: number,
    key: string | Uint8Array | null,
    value: string | Uint8Array | null,
    headers: readonly RecordHeaderInput[] | undefined,
    keyBytes: number,
    valueBytes: number,
  ): boolean {
    if (this.#isBuilt) throw new TidelogError('CLOSED', 'the batch was built; use a new BatchBuilder');
    if (!Number.isSafeInteger(timestampMs) || timestampMs < -1) {
      throw new TidelogError(
        'INVALID_ARGUMENT',
        `timestampMs is ${timestampMs}; it must be milliseconds since 1970 as an integer, or -1`,
      );
    }
    const delta = this.#recordCount === 0 ? 0 : timestampMs - this.#baseTimestampMs;
    const headersBytes = headers === undefined || headers.length === 0 ? 1 : headersSizeBytes(headers);
    const bodyBytes =
      1 +
      zigzagVarlongSize(delta) +
      zigzagVarintSize(this.#recordCount) +
      zigzagVarintSize(keyBytes) +
      (keyBytes > 0 ? keyBytes : 0) +
      zigzagVarintSize(valueBytes) +
      (valueBytes > 0 ? valueBytes : 0) +
      headersBytes;
    const end = this.#position + zigzagVarintSize(bodyBytes) + bodyBytes;
    // A string that is not ASCII is written beyond `end` before that is noticed: up to two more bytes per character.
    const slack =
      (typeof key === 'string' ? keyBytes * 2 : 0) + (typeof value === 'string' ? valueBytes * 2 : 0);
    if (end + slack > this.#memory.length) this.#grow(end + slack);
    const memory = this.#memory;

    let position = writeZigzagVarint(memory, this.#position, bodyBytes);
    memory[position++] = 0;
    position = writeZigzagVarlong(memory, position, delta);
    position = writeZigzagVarint(memory, position, this.#recordCount);
    position = writeZigzagVarint(memory, position, keyBytes);
    if (key !== null) {
      if (writeData(memory, position, key) !== keyBytes) return false;
      position += keyBytes;
    }
    position = writeZigzagVarint(memory, position, valueBytes);
    if (value !== null) {
      if (writeData(memory, position, value) !== valueBytes) return false;
      position += valueBytes;
    }
    if (headersBytes === 1) memory[position] = 0;
    else writeHeaders(memory, position, headers!);

    if (this.#recordCount === 0) this.#baseTimestampMs = timestampMs;
    if (timestampMs > this.#maxTimestampMs) this.#maxTimestampMs = timestampMs;
    this.#position = end;
    this.#recordCount++;
    return true;
  }

  #grow(neededBytes: number): void {
    if (neededBytes > BATCH_MAX_BYTES) {
      throw new TidelogError(
        'MESSAGE_TOO_LARGE',
        `the batch would take up to ${neededBytes} bytes; its length field holds ${BATCH_MAX_BYTES}`,
      );
    }
    const sizeBytes = Math.min(BATCH_MAX_BYTES, Math.max(neededBytes, this.#memory.length * 2));
    const memory = Buffer.allocUnsafeSlow(sizeBytes);
    memory.set(this.#memory.subarray(BATCH_HEADER_BYTES, this.#position), BATCH_HEADER_BYTES);
    this.#memory = memory;
  }

  /**
   * Ends the batch, compresses it off the main thread and resolves to its bytes.
   * Throws INVALID_ARGUMENT for an empty batch or a field outside its range, CLOSED for a second call, and what
   * `compress` throws; the builder is used up in every case but the first.
   */
  async build(options: BuildOptions = {}): Promise<Buffer> {
    const compression = options.compression ?? 'none';
    this.#finish(options);
    if (compression === 'none') return this.#uncompressed(options);
    const records = this.#memory.subarray(BATCH_HEADER_BYTES, this.#position);
    return this.#compressed(
      await compress(compression, records, { level: options.compressionLevel }),
      options,
    );
  }

  /** As `build`, on this thread: the way for uncompressed batches, and for small ones. */
  buildSync(options: BuildOptions = {}): Buffer {
    const compression = options.compression ?? 'none';
    this.#finish(options);
    if (compression === 'none') return this.#uncompressed(options);
    const records = this.#memory.subarray(BATCH_HEADER_BYTES, this.#position);
    return this.#compressed(compressSync(compression, records, { level: options.compressionLevel }), options);
  }

  #finish(options: BuildOptions): void {
    if (this.#isBuilt) throw new TidelogError('CLOSED', 'the batch was built; use a new BatchBuilder');
    if (this.#recordCount === 0)
      throw new TidelogError('INVALID_ARGUMENT', 'a batch holds at least one record');
    checkBuildOptions(options);
    this.#isBuilt = true;
  }

  #uncompressed(options: BuildOptions): Buffer {
    const batch = this.#memory.subarray(0, this.#position);
    this.#writeHeader(batch, options);
    return batch;
  }

  #compressed(records: Buffer, options: BuildOptions): Buffer {
    const batch = Buffer.allocUnsafeSlow(BATCH_HEADER_BYTES + records.length);
    batch.set(records, BATCH_HEADER_BYTES);
    this.#writeHeader(batch, options);
    return batch;
  }

  #writeHeader(batch: Buffer, options: BuildOptions): void {
    let attributes = compressionCode(options.compression ?? 'none');
    if (options.isTransactional === true) attributes |= ATTRIBUTE_TRANSACTIONAL;
    if (options.isControl === true) attributes |= ATTRIBUTE_CONTROL;
    patchBaseOffset(batch, 0, options.baseOffset ?? 0);
    batch.writeInt32BE(batch.length - BATCH_LOG_OVERHEAD_BYTES, BATCH_LENGTH_POSITION);
    patchPartitionLeaderEpoch(batch, 0, options.partitionLeaderEpoch ?? -1);
    batch[MAGIC_POSITION] = MAGIC_V2;
    batch.writeUInt16BE(attributes, ATTRIBUTES_POSITION);
    batch.writeInt32BE(this.#recordCount - 1, LAST_OFFSET_DELTA_POSITION);
    writeSafeInt64(batch, BASE_TIMESTAMP_POSITION, this.#baseTimestampMs);
    writeSafeInt64(batch, MAX_TIMESTAMP_POSITION, this.#maxTimestampMs);
    writeSafeInt64(batch, PRODUCER_ID_POSITION, options.producerId ?? -1);
    batch.writeInt16BE(options.producerEpoch ?? -1, PRODUCER_EPOCH_POSITION);
    batch.writeInt32BE(options.baseSequence ?? -1, BASE_SEQUENCE_POSITION);
    batch.writeInt32BE(this.#recordCount, RECORD_COUNT_POSITION);
    batch.writeUInt32BE(crc32cOfRange(batch, ATTRIBUTES_POSITION, batch.length), CRC_POSITION);
  }
}

function checkBuildOptions(options: BuildOptions): void {
  const check = (name: keyof BuildOptions, max: number): void => {
    const value = options[name] ?? -1;
    if (Number.isSafeInteger(value) && (value as number) >= -1 && (value as number) <= max) return;
    throw new TidelogError(
      'INVALID_ARGUMENT',
      `${name} is ${String(value)}; it must be an integer from -1 to ${max}`,
    );
  };
  check('producerId', Number.MAX_SAFE_INTEGER);
  check('producerEpoch', 0x7fff);
  check('baseSequence', 0x7fffffff);
  check('baseOffset', Number.MAX_SAFE_INTEGER);
  check('partitionLeaderEpoch', 0x7fffffff);
}
