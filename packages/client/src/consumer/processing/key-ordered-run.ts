/**
 * Calls the program for records of many keys at a time, those of one key one after the other.
 *
 * At most `max` calls are under way, over all partitions, which take turns record by record (partition-work.ts has
 * the order within each). Another batch is taken only when a call could be made and no record is at hand.
 *
 * States: running → stopping (closed, aborted, or a call failed: no call begins) → ended (all calls have ended; what
 * was not finished comes again in the next loop).
 */
import type { BatchSource, Lease } from '../batch-source.ts';
import type { ConsumerRecord } from '../consumer-record.ts';
import type { PartitionReader } from '../partition-reader.ts';
import { PartitionWork, type PartitionWorkLimits, type RecordTask } from './partition-work.ts';

export interface KeyOrderedOptions<K, V> extends PartitionWorkLimits<K, V> {
  /** Calls under way at a time. */
  readonly max: number;
  /** The work with one record; false: it was not processed, though nothing is wrong. Its rejection ends the run. */
  readonly process: (record: ConsumerRecord<K, V>, reader: PartitionReader) => Promise<boolean>;
  readonly signal: AbortSignal;
  /** Called at the first failure: nothing more should begin anywhere. */
  readonly onFailed: () => void;
}

export class KeyOrderedRun<K, V> {
  readonly #source: BatchSource<K, V>;
  readonly #options: KeyOrderedOptions<K, V>;
  readonly #works = new Map<PartitionReader, PartitionWork<K, V>>();
  /** Those that may have a record to run, in the order of their turns. */
  readonly #runnable = new Set<PartitionWork<K, V>>();
  readonly #ended = Promise.withResolvers<void>();
  #callCount = 0;
  #isTaking = false;
  #isPumping = false;
  #failure: { readonly thrown: unknown } | undefined;

  constructor(source: BatchSource<K, V>, options: KeyOrderedOptions<K, V>) {
    this.#source = source;
    this.#options = options;
  }

  /** Resolves when the source is closed or the signal aborts. Rejects with the first failure. Called once. */
  async run(): Promise<void> {
    const pump = (): void => this.#pump();
    const stopListening = this.#source.onChange((reader) => this.#changed(reader));
    this.#options.signal.addEventListener('abort', pump);
    try {
      pump();
      await this.#ended.promise;
    } finally {
      stopListening();
      this.#options.signal.removeEventListener('abort', pump);
      for (const work of this.#works.values()) work.stop();
    }
    if (this.#failure !== undefined) throw this.#failure.thrown;
  }

  get #isStopped(): boolean {
    return this.#failure !== undefined || this.#options.signal.aborted || this.#source.isClosed;
  }

  #changed(reader: PartitionReader): void {
    const work = this.#works.get(reader);
    if (work === undefined) return;
    work.refresh();
    this.#runnable.add(work);
    this.#pump();
  }

  /** Begins as many calls as there may be. */
  #pump(): void {
    if (this.#isPumping) return;
    this.#isPumping = true;
    for (const work of this.#runnable) {
      if (this.#callCount >= this.#options.max || this.#isStopped) break;
      const task = this.#nextTask(work);
      this.#runnable.delete(work);
      if (task === undefined) {
        if (work.isIdle) this.#forget(work);
        continue;
      }
      this.#runnable.add(work);
      void this.#call(work, task);
    }
    this.#isPumping = false;
    if (!this.#isStopped && this.#callCount < this.#options.max) void this.#takeBatch();
    if (this.#isStopped && this.#callCount === 0 && !this.#isTaking) this.#ended.resolve();
  }

  #nextTask(work: PartitionWork<K, V>): RecordTask<K, V> | undefined {
    try {
      return work.next();
    } catch (thrown) {
      this.#fail(thrown);
      return undefined;
    }
  }

  async #call(work: PartitionWork<K, V>, task: RecordTask<K, V>): Promise<void> {
    this.#callCount += 1;
    let isProcessed = false;
    try {
      isProcessed = await this.#options.process(task.record, work.reader);
    } catch (thrown) {
      this.#fail(thrown);
    }
    this.#callCount -= 1;
    work.end(task, { isProcessed });
    this.#runnable.add(work);
    this.#pump();
  }

  async #takeBatch(): Promise<void> {
    if (this.#isTaking) return;
    this.#isTaking = true;
    let lease: Lease<K, V> | undefined;
    try {
      lease = await this.#source.take(this.#options.signal);
    } catch (thrown) {
      this.#fail(thrown);
    }
    this.#isTaking = false;
    if (lease !== undefined) {
      const work = this.#workOf(lease.reader);
      work.add(lease);
      this.#runnable.add(work);
    }
    this.#pump();
  }

  #workOf(reader: PartitionReader): PartitionWork<K, V> {
    const known = this.#works.get(reader);
    if (known !== undefined) return known;
    const work = new PartitionWork(this.#source, reader, this.#options);
    this.#works.set(reader, work);
    return work;
  }

  /** Readers come and go with the group's rebalances. */
  #forget(work: PartitionWork<K, V>): void {
    this.#works.delete(work.reader);
    this.#runnable.delete(work);
  }

  #fail(thrown: unknown): void {
    this.#failure ??= { thrown };
    this.#options.onFailed();
  }
}
