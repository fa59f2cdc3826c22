/**
 * Builds one record batch: records are written straight into their final bytes, the header when the batch is built.
 *
 * States: open (`append`), then built (`build` or `buildSync`, once); a built builder takes no more records.
 *
 * Memory: the records lie in one Buffer that doubles when it is full. An uncompressed batch is a view of that
 * memory, handed over with the batch; a compressed one has memory of its own. `memory` gives the Buffer back to a
 * caller who wants to build the next batch in it, once nobody reads this one any more.
 *
 * Cost per record: every field is written once, straight after the one before it. A record and a string start with
 * their length as a varint, whose own size is guessed from the length in characters; where the guess was wrong (text
 * beyond ASCII, sizes just at a limit) the bytes are moved. Room for the largest form is made before the first byte.
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
import { writeZigzagVarint, writeZigzagVarlong, zigzagVarintSize } from './varint.ts';

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
/** The length −1 of a null field, as a varint. */
const NULL_LENGTH_BYTE = 1;
/** Up to this length a loop is faster than a call of `set` or `write`. */
const LOOP_COPY_MAX_LENGTH = 12;
/** Strings up to this length get room for three bytes per character; longer ones are measured first. */
const UNMEASURED_TEXT_MAX_LENGTH = 1024;
/** Length, attributes, timestamp delta, offset delta, two lengths and the header count of a record at their largest. */
const RECORD_OVERHEAD_MAX_BYTES = 36;
/** The same as they mostly are: how far the size of a record exceeds that of its data. */
const RECORD_OVERHEAD_LIKELY_BYTES = 8;
/** Two lengths at their largest. */
const HEADER_OVERHEAD_MAX_BYTES = 10;

/** Bytes of an array, characters of a string, 0 for null. Throws INVALID_ARGUMENT for anything else. */
function lengthOf(data: HeaderValue): number {
  return data instanceof Uint8Array ? data.length : textLength(data);
}

function textLength(data: string | null): number {
  if (data === null) return 0;
  if (typeof data === 'string') return data.length;
  throw new TidelogError(
    'INVALID_ARGUMENT',
    `keys, values and header values are strings, Uint8Arrays or null; got ${typeof data}`,
  );
}

/** How many bytes a string may take beyond one per character; 0 for bytes. */
function textSlackBytes(data: HeaderValue): number {
  if (typeof data !== 'string') return 0;
  return data.length <= UNMEASURED_TEXT_MAX_LENGTH ? data.length * 2 : Buffer.byteLength(data) - data.length;
}

/** Upper bound of what `writeHeaders` writes after the count. */
function headersMaxBytes(headers: readonly RecordHeaderInput[]): number {
  let sizeBytes = 0;
  for (const { key, value } of headers) {
    if (typeof key !== 'string')
      throw new TidelogError('INVALID_ARGUMENT', 'the key of a header is a string');
    sizeBytes += HEADER_OVERHEAD_MAX_BYTES + key.length + textSlackBytes(key);
    sizeBytes += lengthOf(value) + textSlackBytes(value);
  }
  return sizeBytes;
}

function writeHeaders(target: Buffer, start: number, headers: readonly RecordHeaderInput[]): number {
  let position = writeZigzagVarint(target, start, headers.length);
  for (const { key, value } of headers) {
    position = writeText(target, position, key);
    position = writeNullable(target, position, value);
  }
  return position;
}

/** Writes length and data; returns the position after them. */
function writeNullable(target: Buffer, start: number, data: HeaderValue): number {
  if (typeof data === 'string') return writeText(target, start, data);
  if (data === null) {
    target[start] = NULL_LENGTH_BYTE;
    return start + 1;
  }
  const sizeBytes = data.length;
  const position = writeZigzagVarint(target, start, sizeBytes);
  if (sizeBytes > LOOP_COPY_MAX_LENGTH) target.set(data, position);
  else for (let index = 0; index < sizeBytes; index++) target[position + index] = data[index]!;
  return position + sizeBytes;
}

/** Writes the length in UTF-8 and the text; returns the position after them. */
function writeText(target: Buffer, start: number, text: string): number {
  if (text.length <= LOOP_COPY_MAX_LENGTH) {
    let bits = 0;
    for (let index = 0; index < text.length; index++) {
      const unit = text.charCodeAt(index);
      bits |= unit;
      target[start + 1 + index] = unit;
    }
    if (bits < 0x80) {
      target[start] = text.length * 2;
      return start + 1 + text.length;
    }
  }
  const guessedBytes = zigzagVarintSize(text.length);
  const sizeBytes = target.write(text, start + guessedBytes);
  return placeLength(target, { start, guessedBytes, sizeBytes });
}

/**
 * Writes the length of the `sizeBytes` bytes that stand `guessedBytes` after `start`, and moves them when their
 * length takes more or fewer bytes than that. Returns the position after them.
 */
function placeLength(
  target: Buffer,
  body: { readonly start: number; readonly guessedBytes: number; readonly sizeBytes: number },
): number {
  const { start, guessedBytes, sizeBytes } = body;
  const lengthBytes = zigzagVarintSize(sizeBytes);
  if (lengthBytes !== guessedBytes) {
    target.copyWithin(start + lengthBytes, start + guessedBytes, start + guessedBytes + sizeBytes);
  }
  return writeZigzagVarint(target, start, sizeBytes) + sizeBytes;
}

/** Collects records and makes one batch of them. See the head of this file for states and memory. */
export class BatchBuilder {
  #memory: Buffer;
  #position: number = BATCH_HEADER_BYTES;
  #recordCount: number = 0;
  /** Of the record appended last; NaN before the first and once the batch is built: `append` then checks. */
  #timestampMs: number = NaN;
  /** The delta of that timestamp from the first as a varlong of one byte; −1 when it takes more. */
  #timestampByte: number = -1;
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

  /** Upper bound of the bytes that a record adds to a batch; cheap, because a character may count as three bytes. */
  static estimateRecordBytes(
    key: HeaderValue,
    value: HeaderValue,
    headers: readonly RecordHeaderInput[] = [],
  ): number {
    const dataBytes = lengthOf(key) + textSlackBytes(key) + lengthOf(value) + textSlackBytes(value);
    return RECORD_OVERHEAD_MAX_BYTES + dataBytes + headersMaxBytes(headers);
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
    let likelyBytes = lengthOf(key) + lengthOf(value) + RECORD_OVERHEAD_LIKELY_BYTES;
    let slackBytes = RECORD_OVERHEAD_MAX_BYTES;
    if (typeof key === 'string') slackBytes += textSlackBytes(key);
    if (typeof value === 'string') slackBytes += textSlackBytes(value);
    if (headers !== undefined) likelyBytes += headersMaxBytes(headers);
    const start = this.#position;
    if (start + likelyBytes + slackBytes > this.#memory.length) this.#grow(start + likelyBytes + slackBytes);
    if (timestampMs !== this.#timestampMs) this.#setTimestamp(timestampMs);

    const memory = this.#memory;
    const guessedBytes = zigzagVarintSize(likelyBytes);
    let position = start + guessedBytes;
    memory[position++] = 0;
    if (this.#timestampByte >= 0) memory[position++] = this.#timestampByte;
    else position = writeZigzagVarlong(memory, position, timestampMs - this.#baseTimestampMs);
    position = writeZigzagVarint(memory, position, this.#recordCount);
    position = writeNullable(memory, position, key);
    position = writeNullable(memory, position, value);
    if (headers === undefined) memory[position++] = 0;
    else position = writeHeaders(memory, position, headers);

    const sizeBytes = position - start - guessedBytes;
    if (zigzagVarintSize(sizeBytes) === guessedBytes) writeZigzagVarint(memory, start, sizeBytes);
    else position = placeLength(memory, { start, guessedBytes, sizeBytes });
    this.#position = position;
    this.#recordCount++;
    return position;
  }

  /** The rare part of `append`: most records of a batch carry the timestamp of the one before. */
  #setTimestamp(timestampMs: number): void {
    if (this.#isBuilt) throw new TidelogError('CLOSED', 'the batch was built; use a new BatchBuilder');
    if (!Number.isSafeInteger(timestampMs) || timestampMs < -1) {
      throw new TidelogError(
        'INVALID_ARGUMENT',
        `timestampMs is ${timestampMs}; it must be milliseconds since 1970 as an integer, or -1`,
      );
    }
    if (this.#recordCount === 0) this.#baseTimestampMs = timestampMs;
    this.#timestampMs = timestampMs;
    const deltaMs = timestampMs - this.#baseTimestampMs;
    this.#timestampByte = deltaMs >= -64 && deltaMs < 64 ? (deltaMs << 1) ^ (deltaMs >> 31) : -1;
    if (timestampMs > this.#maxTimestampMs) this.#maxTimestampMs = timestampMs;
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
    this.#timestampMs = NaN;
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
