/**
 * `consumer.run()`: calls the program for every record or batch, several partitions at a time if it likes.
 *
 * Each partition is read in order by one worker at a time. When a call fails, no new calls are made, those under
 * way are waited for, and `run` rejects with the failure; the record or batch of the failed call comes again in
 * the next loop.
 */
import { TidelogError } from '@tidelog/record/errors';
import type { BatchSource, Lease } from './batch-source.ts';
import type { ConsumerBatch, ConsumerRecord } from './consumer-record.ts';

export interface EachMessagePayload<K, V> {
  readonly topic: string;
  readonly partition: number;
  readonly message: ConsumerRecord<K, V>;
}

export interface EachBatchPayload<K, V> {
  readonly batch: ConsumerBatch<K, V>;
}

export interface RunOptions<K = Buffer, V = Buffer> {
  /** Called for every record; the next one of its partition waits for it. Either this or `eachBatch`. */
  readonly eachMessage?: (payload: EachMessagePayload<K, V>) => Promise<void> | void;
  /** Called for every batch; the next one of its partition waits for it. */
  readonly eachBatch?: (payload: EachBatchPayload<K, V>) => Promise<void> | void;
  /** How many partitions may be processed at the same time, 1 … 10000; 1 unless given. */
  readonly concurrency?: number;
  /** Aborting it ends the run after the calls under way. */
  readonly signal?: AbortSignal;
}

const MAX_CONCURRENCY = 10_000;

/** Checks the options of `run`. Throws INVALID_ARGUMENT. */
export function requireRunOptions<K, V>(options: RunOptions<K, V>): void {
  const { eachMessage, eachBatch, concurrency = 1 } = options;
  const isOneGiven = (typeof eachMessage === 'function') !== (typeof eachBatch === 'function');
  if (!isOneGiven) {
    throw new TidelogError('INVALID_ARGUMENT', 'run needs either eachMessage or eachBatch, a function');
  }
  if (Number.isInteger(concurrency) && concurrency >= 1 && concurrency <= MAX_CONCURRENCY) return;
  throw new TidelogError(
    'INVALID_ARGUMENT',
    `run: concurrency is ${String(concurrency)}; it must be an integer from 1 to ${MAX_CONCURRENCY}`,
  );
}

/** Runs until the source is closed, the signal aborts, or a call fails. */
export async function runLoop<K, V>(source: BatchSource<K, V>, options: RunOptions<K, V>): Promise<void> {
  const stop = new AbortController();
  const signal = options.signal === undefined ? stop.signal : AbortSignal.any([options.signal, stop.signal]);
  let failure: { readonly thrown: unknown } | undefined;
  const work = async (): Promise<void> => {
    try {
      for (let lease = await source.take(signal); lease !== undefined; lease = await source.take(signal)) {
        try {
          await processLease(source, lease, options, signal);
        } finally {
          source.release(lease);
        }
      }
    } catch (thrown) {
      failure ??= { thrown };
      stop.abort();
    }
  };
  await Promise.all(Array.from({ length: options.concurrency ?? 1 }, work));
  if (failure !== undefined) throw failure.thrown;
}

async function processLease<K, V>(
  source: BatchSource<K, V>,
  lease: Lease<K, V>,
  { eachMessage, eachBatch }: RunOptions<K, V>,
  signal: AbortSignal,
): Promise<void> {
  const { batch, reader } = lease;
  const { topic, partition } = batch;
  const endOffset = batch.lastOffset + 1;
  if (eachBatch !== undefined) {
    await eachBatch({ batch });
    lease.delivered(endOffset);
    lease.processed(endOffset);
    return;
  }
  for (const message of recordsOf(source, lease)) {
    if (!lease.isCurrent || reader.isSuspended || source.isClosed || signal.aborted) return;
    await eachMessage?.({ topic, partition, message });
    const nextOffset = message.offset + 1;
    lease.delivered(nextOffset);
    lease.processed(nextOffset);
  }
  lease.delivered(endOffset);
  lease.processed(endOffset);
}

function* recordsOf<K, V>(source: BatchSource<K, V>, lease: Lease<K, V>): Iterable<ConsumerRecord<K, V>> {
  const records = lease.batch[Symbol.iterator]();
  for (;;) {
    let result: IteratorResult<ConsumerRecord<K, V>, unknown>;
    try {
      result = records.next();
    } catch (thrown) {
      throw source.unreadable(lease, thrown);
    }
    if (result.done === true) return;
    yield result.value;
  }
}
