/**
 * Who wants to know how the records of one batch fared: callbacks of `enqueue` and waiting `send`s.
 *
 * One object per batch, with room per record only once somebody asks: a record without a callback costs nothing
 * here, and no record ever has a promise. RecordMetadata objects are made when the batch is settled, for those
 * who asked.
 */
import { TidelogError } from '@tidelog/record/errors';
import { callUser } from '../user-code.ts';
import type { DeliveryCallback, RecordMetadata } from './message.ts';

/** The outcome of a batch that was stored. */
export interface StoredBatch {
  readonly topic: string;
  readonly partition: number;
  /** −1: unknown. */
  readonly baseOffset: number;
  /** −1: the records keep their own timestamps. */
  readonly logAppendTimeMs: number;
}

/** The records of one `send`, spread over batches. */
export class SendCollector {
  readonly promise: Promise<readonly RecordMetadata[]>;
  readonly #results: RecordMetadata[];
  #remaining: number;
  #failedCount = 0;
  #firstError: TidelogError | undefined;
  readonly #settle: PromiseWithResolvers<readonly RecordMetadata[]>;

  constructor(recordCount: number) {
    this.#results = new Array<RecordMetadata>(recordCount);
    this.#remaining = recordCount;
    this.#settle = Promise.withResolvers();
    this.promise = this.#settle.promise;
  }

  /** The record at `slot` of the send was stored. */
  stored(slot: number, metadata: RecordMetadata): void {
    this.#results[slot] = metadata;
    this.#remaining -= 1;
    this.#finishWhenDone();
  }

  /** `count` records of the send failed. */
  failed(count: number, error: TidelogError): void {
    this.#remaining -= count;
    this.#failedCount += count;
    this.#firstError ??= error;
    this.#finishWhenDone();
  }

  #finishWhenDone(): void {
    if (this.#remaining > 0) return;
    const error = this.#firstError;
    if (error === undefined) this.#settle.resolve(this.#results);
    else this.#settle.reject(this.#results.length === 1 ? error : this.#partial(error));
  }

  #partial(first: TidelogError): TidelogError {
    const { code, topic, partition, retriable } = first;
    const counts = `${this.#failedCount} of ${this.#results.length} records failed`;
    return new TidelogError(code, `${counts}; the first: ${first.message}`, {
      cause: first,
      retriable,
      ...(topic === undefined ? {} : { topic }),
      ...(partition === undefined ? {} : { partition }),
    });
  }
}

/** Records of one send that lie next to each other in a batch. */
interface SendRun {
  readonly collector: SendCollector;
  readonly firstIndex: number;
  readonly firstSlot: number;
  count: number;
}

export class Deliveries {
  #callbacks: (DeliveryCallback | undefined)[] | undefined;
  #runs: SendRun[] | undefined;
  /** By index; kept for records that somebody asked about. */
  #timestampsMs: number[] | undefined;

  /** How many records of the batch nobody asked about. */
  unobservedCount(recordCount: number): number {
    let observed = 0;
    for (const callback of this.#callbacks ?? []) if (callback !== undefined) observed += 1;
    for (const run of this.#runs ?? []) observed += run.count;
    return recordCount - observed;
  }

  /** The record at `index` (rising from call to call) has a callback. */
  addCallback(index: number, timestampMs: number, callback: DeliveryCallback): void {
    const callbacks = (this.#callbacks ??= []);
    while (callbacks.length < index) callbacks.push(undefined);
    callbacks.push(callback);
    this.keepTimestamp(index, timestampMs);
  }

  /** The record at `index` (rising from call to call) is the one at `slot` of a send. */
  addSend(index: number, timestampMs: number, collector: SendCollector, slot: number): void {
    const runs = (this.#runs ??= []);
    const last = runs.at(-1);
    if (
      last?.collector === collector &&
      last.firstIndex + last.count === index &&
      last.firstSlot + last.count === slot
    ) {
      last.count += 1;
    } else {
      runs.push({ collector, firstIndex: index, firstSlot: slot, count: 1 });
    }
    this.keepTimestamp(index, timestampMs);
  }

  /** Tells everybody that the batch was stored. */
  stored(batch: StoredBatch): void {
    this.#callbacks?.forEach((callback, index) => {
      if (callback === undefined) return;
      const metadata = this.metadataAt(batch, index);
      callUser(() => callback(undefined, metadata));
    });
    for (const { collector, firstIndex, firstSlot, count } of this.#runs ?? []) {
      for (let i = 0; i < count; i++) {
        collector.stored(firstSlot + i, this.metadataAt(batch, firstIndex + i));
      }
    }
  }

  /** Tells everybody that the batch failed. */
  failed(error: TidelogError): void {
    for (const callback of this.#callbacks ?? []) {
      if (callback !== undefined) callUser(() => callback(error, undefined));
    }
    for (const { collector, count } of this.#runs ?? []) collector.failed(count, error);
  }

  /** The deliveries of the records from `start` up to `end` (exclusive), as a batch of its own. */
  slice(start: number, end: number): Deliveries {
    const part = new Deliveries();
    const timestamps = this.#timestampsMs ?? [];
    this.#callbacks?.slice(start, end).forEach((callback, index) => {
      if (callback !== undefined) part.addCallback(index, timestamps[start + index] ?? -1, callback);
    });
    for (const { collector, firstIndex, firstSlot, count } of this.#runs ?? []) {
      for (let i = Math.max(firstIndex, start); i < Math.min(firstIndex + count, end); i++) {
        part.addSend(i - start, timestamps[i] ?? -1, collector, firstSlot + i - firstIndex);
      }
    }
    return part;
  }

  /** Remembers the timestamp of the record at `index` for its metadata. */
  keepTimestamp(index: number, timestampMs: number): void {
    const timestamps = (this.#timestampsMs ??= []);
    if (timestamps.length > index) return;
    while (timestamps.length < index) timestamps.push(-1);
    timestamps.push(timestampMs);
  }

  /** Where the record at `index` was stored. */
  metadataAt(batch: StoredBatch, index: number): RecordMetadata {
    return {
      topic: batch.topic,
      partition: batch.partition,
      offset: batch.baseOffset < 0 ? -1 : batch.baseOffset + index,
      timestampMs: batch.logAppendTimeMs >= 0 ? batch.logAppendTimeMs : (this.#timestampsMs?.[index] ?? -1),
    };
  }
}
