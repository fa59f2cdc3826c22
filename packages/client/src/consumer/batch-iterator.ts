/**
 * The loops of a program over a consumer: batch by batch, or record by record.
 *
 * Both end when the consumer is closed or the signal aborts, and reject with the error of a partition that cannot
 * be read on. A batch or record counts as delivered when it is handed out, and as processed when the next one is
 * asked for: a loop that is left does not count its current one as processed.
 *
 * Invariants: at most one loop reads a consumer at a time (`LoopGuard`); it lets go when it ends, is left, or fails.
 * Calls of `next` follow each other, also when a program does not wait for the one before; leaving a loop ends a
 * `next` that waits, and no batch is left leased.
 */
import { TidelogError } from '@tidelog/record/errors';
import type { BatchSource, Lease } from './batch-source.ts';
import type { ConsumerBatch, ConsumerRecord } from './consumer-record.ts';

/** Lets one loop at a time read. */
export class LoopGuard {
  #owner: object | undefined;

  /** Throws CONCURRENT_ITERATION while another loop reads. Entering again changes nothing. */
  enter(owner: object): void {
    if (this.#owner !== undefined && this.#owner !== owner) {
      throw new TidelogError(
        'CONCURRENT_ITERATION',
        'this consumer is being read by another loop; leave that one first, use run() with concurrency, or make a second consumer',
      );
    }
    this.#owner = owner;
  }

  leave(owner: object): void {
    if (this.#owner === owner) this.#owner = undefined;
  }
}

export interface LoopContext<K, V> {
  readonly source: BatchSource<K, V>;
  readonly guard: LoopGuard;
  /** Resolves when the consumer knows its partitions. */
  readonly start: () => Promise<void>;
  readonly signal: AbortSignal | undefined;
}

/** The batches that a loop gets until it is left. */
class LoopBatches<K, V> {
  readonly #source: BatchSource<K, V>;
  readonly #left = new AbortController();
  readonly #end: AbortSignal;

  constructor({ source, signal }: LoopContext<K, V>) {
    this.#source = source;
    this.#end = signal === undefined ? this.#left.signal : AbortSignal.any([signal, this.#left.signal]);
  }

  /** The next batch; undefined when the loop ends or was left, and nothing is leased then. */
  async take(): Promise<Lease<K, V> | undefined> {
    const lease = await this.#source.take(this.#end);
    if (lease === undefined || !this.#left.signal.aborted) return lease;
    this.#source.release(lease);
    return undefined;
  }

  /** Ends a `take` that waits, and every later one. */
  leave(): void {
    this.#left.abort();
  }
}

const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined };

/** Batches, as fast as they come. */
export class BatchLoop<K, V> implements AsyncIterableIterator<ConsumerBatch<K, V>> {
  readonly #context: LoopContext<K, V>;
  readonly #batches: LoopBatches<K, V>;
  #lease: Lease<K, V> | undefined;
  /** Resolves when the `next` under way has ended, well or badly. */
  #nexting: Promise<void> | undefined;
  #isDone = false;

  constructor(context: LoopContext<K, V>) {
    this.#context = context;
    this.#batches = new LoopBatches(context);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<ConsumerBatch<K, V>, undefined>> {
    if (this.#nexting !== undefined) return this.#nexting.then(() => this.next());
    if (this.#isDone) return Promise.resolve(DONE);
    const next = this.#nextBatch();
    const ended = (): void => (this.#nexting = undefined);
    this.#nexting = next.then(ended, ended);
    return next;
  }

  async #nextBatch(): Promise<IteratorResult<ConsumerBatch<K, V>, undefined>> {
    const { guard, start } = this.#context;
    guard.enter(this);
    try {
      await start();
      this.#finishBatch();
      const lease = await this.#batches.take();
      if (lease === undefined) return await this.return();
      this.#lease = lease;
      lease.delivered(lease.batch.lastOffset + 1);
      return { done: false, value: lease.batch };
    } catch (thrown) {
      await this.return();
      throw thrown;
    }
  }

  /** The loop is left. */
  return(): Promise<IteratorReturnResult<undefined>> {
    this.#isDone = true;
    this.#batches.leave();
    if (this.#lease !== undefined) this.#context.source.release(this.#lease);
    this.#lease = undefined;
    this.#context.guard.leave(this);
    return Promise.resolve(DONE);
  }

  #finishBatch(): void {
    const lease = this.#lease;
    if (lease === undefined) return;
    this.#lease = undefined;
    lease.processed(lease.batch.lastOffset + 1);
    this.#context.source.release(lease);
  }
}

/** Records, one by one. */
export class RecordLoop<K, V> implements AsyncIterableIterator<ConsumerRecord<K, V>> {
  readonly #context: LoopContext<K, V>;
  readonly #batches: LoopBatches<K, V>;
  #lease: Lease<K, V> | undefined;
  #records: IterableIterator<ConsumerRecord<K, V>> | undefined;
  /** The offset of the record that is with the program; −1: none. */
  #currentOffset = -1;
  /** Resolves when the `next` that waits for a batch has ended, well or badly. */
  #nexting: Promise<void> | undefined;
  #isDone = false;

  constructor(context: LoopContext<K, V>) {
    this.#context = context;
    this.#batches = new LoopBatches(context);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<ConsumerRecord<K, V>, undefined>> {
    if (this.#nexting !== undefined) return this.#nexting.then(() => this.next());
    try {
      const result = this.#isDone ? DONE : this.#nextInBatch();
      if (result !== undefined) return Promise.resolve(result);
    } catch (thrown) {
      void this.return();
      return Promise.reject(thrown as Error);
    }
    const next = this.#nextBatch();
    const ended = (): void => (this.#nexting = undefined);
    this.#nexting = next.then(ended, ended);
    return next;
  }

  /** The loop is left: the current record does not count as processed. */
  return(): Promise<IteratorReturnResult<undefined>> {
    this.#isDone = true;
    this.#batches.leave();
    if (this.#lease !== undefined) this.#context.source.release(this.#lease);
    this.#lease = undefined;
    this.#records = undefined;
    this.#context.guard.leave(this);
    return Promise.resolve(DONE);
  }

  /** The next record of the batch at hand, or undefined when it has none that is wanted. */
  #nextInBatch(): IteratorResult<ConsumerRecord<K, V>, undefined> | undefined {
    const lease = this.#lease;
    if (lease === undefined || this.#records === undefined) return undefined;
    const { signal, source } = this.#context;
    const isWanted = lease.isCurrent && !lease.reader.isSuspended && !source.isClosed;
    if (!isWanted || signal?.aborted === true) return undefined;
    if (this.#currentOffset >= 0) lease.processed(this.#currentOffset + 1);
    this.#currentOffset = -1;
    const result = this.#readRecord(lease, this.#records);
    if (result.done === true) {
      lease.delivered(lease.batch.lastOffset + 1);
      lease.processed(lease.batch.lastOffset + 1);
      return undefined;
    }
    this.#currentOffset = result.value.offset;
    lease.delivered(this.#currentOffset + 1);
    return result;
  }

  #readRecord(
    lease: Lease<K, V>,
    records: IterableIterator<ConsumerRecord<K, V>>,
  ): IteratorResult<ConsumerRecord<K, V>, undefined> {
    try {
      return records.next() as IteratorResult<ConsumerRecord<K, V>, undefined>;
    } catch (thrown) {
      throw this.#context.source.unreadable(lease, thrown);
    }
  }

  async #nextBatch(): Promise<IteratorResult<ConsumerRecord<K, V>, undefined>> {
    const { guard, start } = this.#context;
    guard.enter(this);
    try {
      await start();
      for (;;) {
        this.#finishBatch();
        const lease = await this.#batches.take();
        if (lease === undefined) return await this.return();
        this.#lease = lease;
        this.#records = lease.batch[Symbol.iterator]();
        const result = this.#nextInBatch();
        if (result !== undefined) return result;
      }
    } catch (thrown) {
      await this.return();
      throw thrown;
    }
  }

  #finishBatch(): void {
    const lease = this.#lease;
    if (lease === undefined) return;
    if (this.#currentOffset >= 0) lease.processed(this.#currentOffset + 1);
    this.#currentOffset = -1;
    this.#lease = undefined;
    this.#records = undefined;
    this.#context.source.release(lease);
  }
}
