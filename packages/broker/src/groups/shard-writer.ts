/**
 * The way of a shard's records into its partition: those of all decisions of one turn of the event loop in one
 * batch, those of one decision never in two.
 *
 * Decisions are numbered from 1 in the order in which they come. `onCommitted` tells up to which number the high
 * watermark has passed; it rises and reaches every number unless `onFailed` is called, once, after which nothing
 * is written any more.
 *
 * Invariants:
 * - One append is written at a time: what was decided on top of a batch is never in the log without it. Waiting for
 *   durability and replicas is pipelined.
 * - A batch is at most `maxBatchBytes` large, except for a single decision that is larger by itself.
 *
 * A crash leaves whole decisions: batches are atomic in the log, and a decision lies in one of them.
 */
import type { Clock } from '@tidelog/log';
import { BATCH_HEADER_BYTES, BatchBuilder } from '@tidelog/record';
import { TidelogError } from '@tidelog/record/errors';
import type { Partition } from '../partitions/partition.ts';
import type { EncodedRecord } from './group-record-codec.ts';

/** Batches are closed at this size, as Kafka's are by default. */
const TARGET_BATCH_BYTES = 1024 * 1024;
/** Memory of a builder that is worth keeping for the next batch. */
const KEPT_MEMORY_BYTES = 256 * 1024;
/** Nobody waits longer for an answer, and giving up would leave the outcome unknown. */
const ACKNOWLEDGE_TIMEOUT_MS = 0x7fff_ffff;

export interface ShardWriterOptions {
  readonly partition: Pick<Partition, 'append' | 'whenAcknowledged' | 'insyncProblem' | 'maxBatchBytes'>;
  readonly clock: Clock;
  /** Every decision up to this number is committed. */
  readonly onCommitted: (decisionNumber: number) => void;
  readonly onFailed: (error: TidelogError) => void;
  /** Raised by what is written; for metrics. */
  readonly counts: { writtenRecords: number; writtenBatches: number };
}

interface OpenBatch {
  readonly builder: BatchBuilder;
  lastDecision: number;
}

export class ShardWriter {
  readonly #options: ShardWriterOptions;
  /** In order; the last one is still being filled. */
  #open: OpenBatch[] = [];
  #lastDecision = 0;
  #committedDecision = 0;
  #isScheduled = false;
  #writing: Promise<void> | undefined;
  readonly #acknowledging = new Set<Promise<void>>();
  #failure: TidelogError | undefined;
  /** Of a batch that was written, for the next. */
  #memory: Buffer | undefined;

  constructor(options: ShardWriterOptions) {
    this.#options = options;
  }

  /** The number of the decision that was added last; 0 for none. */
  get lastDecision(): number {
    return this.#lastDecision;
  }

  /** Every decision up to this number is committed. */
  get committedDecision(): number {
    return this.#committedDecision;
  }

  /** @throws MESSAGE_TOO_LARGE when a decision of these records fits no batch */
  checkSize(records: readonly EncodedRecord[]): void {
    const { maxBatchBytes } = this.#options.partition;
    const sizeBytes = BATCH_HEADER_BYTES + sizeOf(records);
    if (sizeBytes <= maxBatchBytes) return;
    throw new TidelogError(
      'MESSAGE_TOO_LARGE',
      `what this writes for the group takes ${sizeBytes} bytes; max.message.bytes of the offsets topic allows ${maxBatchBytes}`,
    );
  }

  /** Takes the records of one decision, to be written at the end of the turn. They passed `checkSize`. */
  add(records: readonly EncodedRecord[], timestampMs: number): void {
    if (this.#failure !== undefined) return;
    const batch = this.#batchWithRoom(records);
    for (const { key, value } of records) batch.builder.append(timestampMs, key, value);
    batch.lastDecision = ++this.#lastDecision;
    this.#schedule();
  }

  /** Resolves when nothing is being written or awaited any more, whatever became of it. Never rejects. */
  async settled(): Promise<void> {
    while (this.#writing !== undefined || this.#acknowledging.size > 0 || this.#hasUnwritten()) {
      if (this.#writing === undefined && this.#hasUnwritten()) this.#beginWriting();
      await (this.#writing ?? Promise.allSettled(this.#acknowledging));
    }
  }

  /** Writes no more; what is under way goes on. */
  abandon(reason: TidelogError): void {
    this.#failure ??= reason;
    this.#open = [];
  }

  #hasUnwritten(): boolean {
    return this.#failure === undefined && this.#open.length > 0;
  }

  #batchWithRoom(records: readonly EncodedRecord[]): OpenBatch {
    const last = this.#open.at(-1);
    if (last !== undefined) {
      const limitBytes = Math.min(TARGET_BATCH_BYTES, this.#options.partition.maxBatchBytes);
      if (last.builder.sizeBytes + sizeOf(records) <= limitBytes) return last;
    }
    const memory = this.#memory;
    this.#memory = undefined;
    const batch = { builder: new BatchBuilder(memory === undefined ? {} : { memory }), lastDecision: 0 };
    this.#open.push(batch);
    return batch;
  }

  #schedule(): void {
    if (this.#isScheduled || this.#writing !== undefined) return;
    this.#isScheduled = true;
    this.#options.clock.defer(() => {
      this.#isScheduled = false;
      if (this.#writing === undefined && this.#hasUnwritten()) this.#beginWriting();
    });
  }

  #beginWriting(): void {
    this.#writing = this.#writeAll().finally(() => {
      this.#writing = undefined;
      if (this.#hasUnwritten()) this.#beginWriting();
    });
  }

  async #writeAll(): Promise<void> {
    for (let batch = this.#open.shift(); batch !== undefined; batch = this.#open.shift()) {
      try {
        await this.#write(batch);
      } catch (thrown) {
        this.#fail(TidelogError.from(thrown));
      }
    }
  }

  async #write({ builder, lastDecision }: OpenBatch): Promise<void> {
    const { partition } = this.#options;
    const problem = partition.insyncProblem();
    if (problem !== undefined) throw problem;
    const { recordCount } = builder;
    const { lastOffset } = await partition.append(builder.buildSync());
    if (builder.memory.length <= KEPT_MEMORY_BYTES) this.#memory = builder.memory;
    this.#options.counts.writtenBatches++;
    this.#options.counts.writtenRecords += recordCount;
    const acknowledged = this.#acknowledge(lastOffset, lastDecision);
    this.#acknowledging.add(acknowledged);
    void acknowledged.finally(() => this.#acknowledging.delete(acknowledged));
  }

  async #acknowledge(lastOffset: number, decisionNumber: number): Promise<void> {
    try {
      await this.#options.partition.whenAcknowledged({
        offset: lastOffset + 1,
        timeoutMs: ACKNOWLEDGE_TIMEOUT_MS,
      });
    } catch (thrown) {
      this.#fail(TidelogError.from(thrown));
      return;
    }
    // After a failure the shard is loading again and answers nobody from the old state.
    if (this.#failure !== undefined || decisionNumber <= this.#committedDecision) return;
    this.#committedDecision = decisionNumber;
    this.#options.onCommitted(decisionNumber);
  }

  #fail(error: TidelogError): void {
    if (this.#failure !== undefined) return;
    this.#failure = error;
    this.#open = [];
    this.#options.onFailed(error);
  }
}

/** At most so many bytes of a batch. */
function sizeOf(records: readonly EncodedRecord[]): number {
  let sizeBytes = 0;
  for (const { key, value } of records) sizeBytes += BatchBuilder.estimateRecordBytes(key, value);
  return sizeBytes;
}
