/**
 * Gathers records into batches, one open batch per partition, and says when a batch may go: when it is full,
 * when its linger time is over, or when somebody flushes.
 *
 * Sizes are those of the encoded records before compression. A batch that is due stays open until it is taken,
 * so that it goes on filling while its broker is busy.
 *
 * Invariants: `bufferedBytes` is the sum of the sizes of all batches that are not settled. Batches enter
 * `#lingering` and the deadlines in the order of their creation, so that one timer each serves them all.
 */
import { BATCH_HEADER_BYTES, type RecordHeaderInput } from '@tidelog/record';
import { TidelogError } from '@tidelog/record/errors';
import type { Clock, Timer } from '../clock.ts';
import type { Bytes } from '../serializers.ts';
import { BatchMemory } from './batch-memory.ts';
import type { PartitionQueue } from './partition-queue.ts';
import { ProducerBatch } from './producer-batch.ts';

/** Batches that were taken are dropped from the list when it has twice what was left the last time, and this many. */
const MIN_COMPACT_COUNT = 1_024;
/** Length, attributes, both deltas, two lengths and the header count of a record at their largest. */
const RECORD_OVERHEAD_BYTES = 36;

export interface AccumulatorOptions {
  readonly batchSizeBytes: number;
  readonly lingerMs: number;
  readonly maxRequestSizeBytes: number;
  readonly bufferMemoryBytes: number;
  readonly clock: Clock;
}

export interface AccumulatorHandlers {
  /** A batch was opened. */
  onOpened(queue: PartitionQueue, batch: ProducerBatch): void;
  /** A batch takes no more records. */
  onSealed(queue: PartitionQueue, batch: ProducerBatch): void;
  /** Linger is over for these queues. */
  onDue(queues: readonly PartitionQueue[]): void;
}

interface Lingering {
  readonly queue: PartitionQueue;
  readonly batch: ProducerBatch;
}

export class Accumulator {
  /** Bytes of records that are not settled. */
  bufferedBytes = 0;
  readonly #options: AccumulatorOptions;
  readonly #handlers: AccumulatorHandlers;
  readonly #batchSizeBytes: number;
  readonly #memory: BatchMemory;
  /** Oldest first; batches that were taken meanwhile are passed over. */
  #lingering: Lingering[] = [];
  #compactAtCount = MIN_COMPACT_COUNT;
  #isLingerArmed = false;
  #lingerTimer: Timer | undefined;
  #nextBatchId = 0;
  #lastBatchBytes = 0;

  constructor(options: AccumulatorOptions, handlers: AccumulatorHandlers) {
    this.#options = options;
    this.#handlers = handlers;
    this.#batchSizeBytes = options.batchSizeBytes;
    this.#memory = new BatchMemory({
      batchSizeBytes: options.batchSizeBytes,
      maxKeptBytes: options.bufferMemoryBytes,
    });
  }

  /** An id for a batch; rising. */
  readonly nextBatchId = (): number => this.#nextBatchId++;

  /**
   * Adds a record and returns the batch that has it now, as its last. The bytes are copied.
   * Throws MESSAGE_TOO_LARGE beyond maxRequestSizeBytes, INVALID_ARGUMENT for a bad timestamp; nothing was added.
   */
  append(
    queue: PartitionQueue,
    timestampMs: number,
    key: Bytes | null,
    value: Bytes | null,
    headers: RecordHeaderInput[] | undefined,
  ): ProducerBatch {
    let batch = queue.open;
    if (
      batch === undefined ||
      batch.sizeBytes + recordBytesBound(key, value, headers) > this.#batchSizeBytes
    ) {
      batch = this.#batchWithRoom(queue, key, value, headers);
    }
    const sizeBytes = batch.builder.append(timestampMs, key, value, headers);
    this.bufferedBytes += sizeBytes - batch.sizeBytes;
    batch.sizeBytes = sizeBytes;
    batch.recordCount += 1;
    return batch;
  }

  /**
   * The size of a record, its small integers taken at their largest.
   * Throws MESSAGE_TOO_LARGE when it is above maxRequestSizeBytes.
   */
  requireSendable(
    topic: string,
    key: Bytes | null,
    value: Bytes | null,
    headers: RecordHeaderInput[] | undefined,
  ): number {
    const recordBytes = recordBytesAtMost(key, value, headers);
    const { maxRequestSizeBytes } = this.#options;
    if (recordBytes + BATCH_HEADER_BYTES <= maxRequestSizeBytes) return recordBytes;
    throw new TidelogError(
      'MESSAGE_TOO_LARGE',
      `a record of about ${recordBytes} bytes for topic ${JSON.stringify(topic)} is larger than maxRequestSizeBytes (${maxRequestSizeBytes}); raise it together with the topic's max.message.bytes, or split the value`,
      { topic },
    );
  }

  /** Closes the open batch of a queue, if there is one. */
  seal(queue: PartitionQueue): void {
    const batch = queue.open;
    if (batch === undefined) return;
    queue.open = undefined;
    queue.sealed.push(batch);
    this.#lastBatchBytes = batch.sizeBytes;
    this.#handlers.onSealed(queue, batch);
  }

  /** Gives the bytes of a settled batch back. `isReusable`: nobody reads its memory any more. */
  settled(batch: ProducerBatch, options: { readonly isReusable: boolean }): void {
    this.bufferedBytes -= batch.sizeBytes;
    this.#lastBatchBytes = batch.sizeBytes;
    if (options.isReusable) this.#memory.release(batch.builder.memory);
  }

  /** A batch was replaced by parts that hold the same records. */
  replaced(batch: ProducerBatch, parts: readonly ProducerBatch[]): void {
    this.bufferedBytes -= batch.sizeBytes;
    for (const part of parts) this.bufferedBytes += part.sizeBytes;
  }

  /** Ends lingering for all open batches and returns their queues; nothing is told to the handlers. */
  makeAllDue(): PartitionQueue[] {
    const queues = this.#lingering.filter(isOpen).map(({ queue, batch }) => {
      batch.isDue = true;
      return queue;
    });
    this.#lingering = [];
    this.#lingerTimer?.cancel();
    this.#isLingerArmed = false;
    return queues;
  }

  #batchWithRoom(
    queue: PartitionQueue,
    key: Bytes | null,
    value: Bytes | null,
    headers: RecordHeaderInput[] | undefined,
  ): ProducerBatch {
    const recordBytes = recordBytesAtMost(key, value, headers);
    if (queue.open !== undefined && queue.open.sizeBytes + recordBytes <= this.#batchSizeBytes)
      return queue.open;
    if (recordBytes > this.#batchSizeBytes) this.requireSendable(queue.topic, key, value, headers);
    this.seal(queue);
    const { clock } = this.#options;
    const batch = new ProducerBatch({
      id: this.#nextBatchId++,
      topic: queue.topic,
      partition: queue.partition,
      builder: this.#memory.builder(Math.max(recordBytes, this.#lastBatchBytes)),
      createdAtMs: clock.monotonicMs(),
    });
    queue.open = batch;
    this.#lingering.push({ queue, batch });
    if (this.#lingering.length >= this.#compactAtCount) this.#dropTaken();
    this.#armLinger(batch.createdAtMs);
    this.#handlers.onOpened(queue, batch);
    return batch;
  }

  /** A batch that is settled long before its linger time is over must not stay in memory until then. */
  #dropTaken(): void {
    this.#lingering = this.#lingering.filter(isOpen);
    this.#compactAtCount = Math.max(MIN_COMPACT_COUNT, 2 * this.#lingering.length);
  }

  #armLinger(nowMs: number): void {
    if (this.#isLingerArmed) return;
    const oldest = this.#lingering[0];
    if (oldest === undefined) return;
    this.#isLingerArmed = true;
    const { clock, lingerMs } = this.#options;
    if (lingerMs === 0) {
      clock.defer(() => this.#lingerOver());
      return;
    }
    const leftMs = Math.max(0, oldest.batch.createdAtMs + lingerMs - nowMs);
    this.#lingerTimer = clock.setTimer(leftMs, () => this.#lingerOver());
  }

  #lingerOver(): void {
    if (!this.#isLingerArmed) return;
    this.#isLingerArmed = false;
    const nowMs = this.#options.clock.monotonicMs();
    // A timer may fire a fraction of a millisecond early.
    const bornBeforeMs = nowMs - this.#options.lingerMs + 1;
    const due: PartitionQueue[] = [];
    let position = 0;
    for (; position < this.#lingering.length; position++) {
      const entry = this.#lingering[position] as Lingering;
      if (!isOpen(entry)) continue;
      if (entry.batch.createdAtMs > bornBeforeMs) break;
      entry.batch.isDue = true;
      due.push(entry.queue);
    }
    this.#lingering.splice(0, position);
    this.#armLinger(nowMs);
    if (due.length > 0) this.#handlers.onDue(due);
  }
}

function isOpen({ queue, batch }: Lingering): boolean {
  return queue.open === batch;
}

/** An upper bound without looking at the characters of a string. */
function recordBytesBound(
  key: Bytes | null,
  value: Bytes | null,
  headers: RecordHeaderInput[] | undefined,
): number {
  if (headers !== undefined) return Number.MAX_SAFE_INTEGER;
  return (
    RECORD_OVERHEAD_BYTES +
    (key === null ? 0 : typeof key === 'string' ? key.length * 3 : key.length) +
    (value === null ? 0 : typeof value === 'string' ? value.length * 3 : value.length)
  );
}

/** The size of a record, its small integers taken at their largest. */
function recordBytesAtMost(
  key: Bytes | null,
  value: Bytes | null,
  headers: RecordHeaderInput[] | undefined,
): number {
  let sizeBytes = RECORD_OVERHEAD_BYTES + bytesOf(key) + bytesOf(value);
  for (const header of headers ?? []) sizeBytes += 10 + bytesOf(header.key) + bytesOf(header.value);
  return sizeBytes;
}

function bytesOf(data: Bytes | null): number {
  if (data === null) return 0;
  return typeof data === 'string' ? Buffer.byteLength(data) : data.length;
}
