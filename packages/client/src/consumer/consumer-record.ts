/**
 * What a consumer hands out: batches, and the records in them, decoded when they are asked for.
 *
 * Keys and values are views of the memory that the batch arrived in. That memory is never used again, so they may
 * be kept; a small value that is kept for long keeps its whole batch: copy it with `Buffer.from(value)` then.
 */
import {
  decodeHeaders,
  readZigzagVarint,
  type ByteCursor,
  type RecordBatch,
  type RecordCursor,
  type RecordHeader,
} from '@tidelog/record';
import { deserializeValue, type Deserializer } from '../serializers.ts';

/** How keys and values become what the program sees. */
export interface RecordDecoders<K, V> {
  readonly key: Deserializer<K> | undefined;
  readonly value: Deserializer<V> | undefined;
}

/** What deserializers gave for one record. */
interface Decoded<K, V> {
  key?: K;
  value?: V;
}

/**
 * One record. Reading a property decodes it; a deserializer runs once per record and field.
 *
 * It holds as little as it can: where the key is, and how long. What lies behind the key is found again when it is
 * asked for, because most programs ask for less than everything and making a smaller object costs less than reading
 * a length twice.
 */
export class ConsumerRecord<K = Buffer, V = Buffer> {
  private readonly batch: ConsumerBatch<K, V>;
  private readonly offsetDelta: number;
  private readonly timestampDeltaMs: number;
  private readonly keyPosition: number;
  private readonly keySizeBytes: number;
  private decoded: Decoded<K, V> | undefined;

  /** Takes the record that the cursor stands on. */
  constructor(batch: ConsumerBatch<K, V>, cursor: RecordCursor) {
    this.batch = batch;
    this.offsetDelta = cursor.offsetDelta;
    this.timestampDeltaMs = cursor.timestampDeltaMs;
    this.keyPosition = cursor.keyPosition;
    this.keySizeBytes = cursor.keySizeBytes;
    this.decoded = undefined;
  }

  get topic(): string {
    return this.batch.topic;
  }

  get partition(): number {
    return this.batch.partition;
  }

  /** Where the batch of the record was read. @internal */
  get origin(): BatchOrigin {
    return this.batch.origin;
  }

  /** The leader epoch of the record's batch. @internal */
  get leaderEpoch(): number {
    return this.batch.leaderEpoch;
  }

  get offset(): number {
    return this.batch.baseOffset + this.offsetDelta;
  }

  /** Milliseconds since the Unix epoch: the producer's, or the broker's where the topic stamps records; −1: none. */
  get timestampMs(): number {
    return this.batch.timestampOf(this.timestampDeltaMs);
  }

  /** The key's bytes as stored, or null. A new Buffer on each access. */
  get keyBytes(): Buffer | null {
    if (this.keySizeBytes < 0) return null;
    return this.batch.recordsBytes.subarray(this.keyPosition, this.keyPosition + this.keySizeBytes);
  }

  /** The value's bytes as stored, or null. A new Buffer on each access. */
  get valueBytes(): Buffer | null {
    const reader = this.readerBehindKey();
    const sizeBytes = readZigzagVarint(reader);
    if (sizeBytes < 0) return null;
    return this.batch.recordsBytes.subarray(reader.position, reader.position + sizeBytes);
  }

  /** The key, or null for a record without one. Throws SERIALIZATION_FAILED when the deserializer does. */
  get key(): K | null {
    if (this.decoded?.key !== undefined) return this.decoded.key;
    const bytes = this.keyBytes;
    if (bytes === null) return null;
    const { key: deserializer } = this.batch.decoders;
    if (deserializer === undefined) return bytes as K;
    const key = deserializeValue(deserializer, bytes, { topic: this.topic, isKey: true }, this);
    (this.decoded ??= {}).key = key;
    return key;
  }

  /** The value, or null for a tombstone. Throws SERIALIZATION_FAILED when the deserializer does. */
  get value(): V | null {
    if (this.decoded?.value !== undefined) return this.decoded.value;
    const bytes = this.valueBytes;
    if (bytes === null) return null;
    const { value: deserializer } = this.batch.decoders;
    if (deserializer === undefined) return bytes as V;
    const value = deserializeValue(deserializer, bytes, { topic: this.topic, isKey: false }, this);
    (this.decoded ??= {}).value = value;
    return value;
  }

  /** The headers in their order, decoded on each access; a key may appear more than once. */
  get headers(): readonly RecordHeader[] {
    const reader = this.readerBehindKey();
    const valueSizeBytes = readZigzagVarint(reader);
    reader.position += Math.max(0, valueSizeBytes);
    const headerCount = readZigzagVarint(reader);
    return decodeHeaders(this.batch.recordsBytes, reader.position, headerCount);
  }

  /** The record as plain data, for logging: bytes as UTF-8 text. */
  toJSON(): Readonly<globalThis.Record<string, unknown>> {
    const { topic, partition, offset, timestampMs } = this;
    const text = (data: unknown): unknown => (Buffer.isBuffer(data) ? data.toString('utf8') : data);
    return { topic, partition, offset, timestampMs, key: text(this.key), value: text(this.value) };
  }

  /** At the length of the value. The cursor has checked everything that is read from here on. */
  private readerBehindKey(): ByteCursor {
    const bytes = this.batch.recordsBytes;
    return { bytes, position: this.keyPosition + Math.max(0, this.keySizeBytes), end: bytes.length };
  }
}

/** The reading of a partition that a batch comes from. */
export interface BatchOrigin {
  /** Aborts when the partition is taken away from this consumer. */
  readonly signal: AbortSignal;
}

/** The header of a batch and where it comes from. */
export interface ConsumerBatchSource<K, V> {
  readonly topic: string;
  readonly partition: number;
  readonly recordBatch: RecordBatch;
  /** Records below are not handed out: they were read before, or lie before where reading started. */
  readonly fromOffset: number;
  readonly highWatermark: number;
  readonly decoders: RecordDecoders<K, V>;
  readonly origin: BatchOrigin;
}

/** The records of one stored batch of one partition. Iterate it, more than once if need be. */
export class ConsumerBatch<K = Buffer, V = Buffer> implements Iterable<ConsumerRecord<K, V>> {
  readonly topic: string;
  readonly partition: number;
  /** The offset of the batch's first record; below `fromOffset` when reading starts inside the batch. */
  readonly baseOffset: number;
  /** The first offset that iterating may give. */
  readonly fromOffset: number;
  /** Inclusive. */
  readonly lastOffset: number;
  /** Records of the stored batch, those below `fromOffset` included. */
  readonly recordCount: number;
  /** Bytes as stored, compressed. */
  readonly sizeBytes: number;
  /** The partition's, when the batch was fetched: the next offset that readers will see. */
  readonly highWatermark: number;
  /** The leader epoch that the batch was written in. */
  readonly leaderEpoch: number;
  /** @internal */
  readonly decoders: RecordDecoders<K, V>;
  /** @internal */
  readonly origin: BatchOrigin;
  /** What positions in records refer to. @internal */
  readonly recordsBytes: Buffer;
  readonly #recordBatch: RecordBatch;
  readonly #timestampMs: number;
  readonly #isAppendTime: boolean;

  constructor(source: ConsumerBatchSource<K, V>) {
    const { header } = source.recordBatch;
    this.topic = source.topic;
    this.partition = source.partition;
    this.baseOffset = header.baseOffset;
    this.fromOffset = Math.max(source.fromOffset, header.baseOffset);
    this.lastOffset = header.lastOffset;
    this.recordCount = header.recordCount;
    this.sizeBytes = header.sizeBytes;
    this.highWatermark = source.highWatermark;
    this.leaderEpoch = header.partitionLeaderEpoch;
    this.decoders = source.decoders;
    this.origin = source.origin;
    this.recordsBytes = source.recordBatch.cursor().bytes;
    this.#recordBatch = source.recordBatch;
    this.#isAppendTime = header.timestampType === 'LogAppendTime';
    this.#timestampMs = this.#isAppendTime ? header.maxTimestampMs : header.baseTimestampMs;
  }

  /** Aborts when the partition is taken away from this consumer; pass it on to what works with the records. */
  get signal(): AbortSignal {
    return this.origin.signal;
  }

  /** The records in order; each may be kept. `next` throws CORRUPT_MESSAGE at a record that is malformed. */
  [Symbol.iterator](): IterableIterator<ConsumerRecord<K, V>> {
    return new BatchIterator(this, this.#recordBatch.cursor());
  }

  /** @internal */
  timestampOf(deltaMs: number): number {
    return this.#isAppendTime ? this.#timestampMs : this.#timestampMs + deltaMs;
  }
}

class BatchIterator<K, V> implements IterableIterator<ConsumerRecord<K, V>> {
  readonly #batch: ConsumerBatch<K, V>;
  readonly #cursor: RecordCursor;
  readonly #firstDelta: number;

  constructor(batch: ConsumerBatch<K, V>, cursor: RecordCursor) {
    this.#batch = batch;
    this.#cursor = cursor;
    this.#firstDelta = batch.fromOffset - batch.baseOffset;
  }

  [Symbol.iterator](): this {
    return this;
  }

  next(): IteratorResult<ConsumerRecord<K, V>, undefined> {
    const cursor = this.#cursor;
    while (cursor.next()) {
      if (cursor.offsetDelta < this.#firstDelta) continue;
      return { done: false, value: new ConsumerRecord(this.#batch, cursor) };
    }
    return { done: true, value: undefined };
  }
}
