/**
 * `consumer.run()`: calls the program for every record or batch, as many at a time as it likes.
 *
 *   concurrency n, or by 'partition'   each partition is read in order by one worker at a time
 *   concurrency by 'key'               records of one key in order, others at the same time (key-ordered-run.ts)
 *
 * When a call fails for good, no new calls are made, those under way are waited for, and `run` rejects with the
 * failure; the record or batch of the failed call, and what was not processed behind it, comes again in the next
 * loop.
 */
import { TidelogError } from '@tidelog/record/errors';
import type { ClientSettings } from '../client-options.ts';
import type { ClusterMetadata } from '../cluster-metadata.ts';
import type { BatchSource, Lease } from './batch-source.ts';
import type { ConsumerBatch, ConsumerRecord } from './consumer-record.ts';
import { CallSignals, isGivenUp } from './processing/call-signals.ts';
import { Deferrals } from './processing/deferrals.ts';
import { FailureRoutes } from './processing/failure-routes.ts';
import type { HandlerWatch } from './processing/handler-watch.ts';
import { KeyOrderedRun } from './processing/key-ordered-run.ts';
import { RecordProcessor, type EachMessage } from './processing/record-processor.ts';
import {
  FailureTopics,
  resolveRetryOptions,
  type RetryOptions,
  type RetrySettings,
  type SubscribedTopics,
} from './processing/retry-options.ts';

/** What `eachBatch` is called with. */
export interface EachBatchPayload<K, V> {
  readonly batch: ConsumerBatch<K, V>;
  /** Aborts when the partition is taken away from this consumer, and when the run ends. */
  readonly signal: AbortSignal;
  /**
   * Everything up to and including this offset of the batch is processed: it may be committed now, and when the
   * call fails later, only the rest comes again. A batch is processed when its call ends, unless the call was to
   * stop (`signal` has aborted and it named an offset, or `isRunning` said false): then only what it named is.
   * Throws INVALID_ARGUMENT for what is no offset.
   */
  resolveOffset(offset: number): void;
  /** False once the run ends, or the consumer is closed. */
  isRunning(): boolean;
  /** True once the rest of the batch is not wanted any more: after a seek, or when the partition was lost. */
  isStale(): boolean;
}

/** How many calls of `run` may be under way at a time, and what waits for what. */
export type RunConcurrency =
  /** As `{ by: 'partition', max }`. */
  | number
  | {
      /** Each partition in order, one call at a time. */
      readonly by: 'partition';
      /** Partitions at a time, 1 … 10000. */
      readonly max: number;
    }
  | {
      /** Records of one key in order, one call at a time; those of other keys, and without a key, meanwhile. */
      readonly by: 'key';
      /** Calls at a time over all partitions, 1 … 10000. */
      readonly max: number;
      /**
       * How far a partition is processed beyond its first record that is not finished, in records, 1 … 100000;
       * 1000 unless given. So many may come again after a crash.
       */
      readonly maxRecordsAhead?: number;
    };

export interface RunOptions<K = Buffer, V = Buffer> {
  /** Called for every record. Either this or `eachBatch`. */
  readonly eachMessage?: EachMessage<K, V>;
  /** Called for every batch; the next one of its partition waits for it. */
  readonly eachBatch?: (payload: EachBatchPayload<K, V>) => Promise<void> | void;
  /** What may be processed at the same time; 1 unless given: one record or batch after the other. */
  readonly concurrency?: RunConcurrency;
  /** What happens to records that `eachMessage` fails with, before the run fails with them. */
  readonly retry?: RetryOptions<K, V>;
  /**
   * Where a record goes that could not be handled, so that the run goes on. true: `<group>.<topic>.dead-letters`,
   * without a group `<topic>.dead-letters`. Needs `eachMessage`.
   */
  readonly deadLetterTopic?: true | string;
  /** Aborting it ends the run after the calls under way. */
  readonly signal?: AbortSignal;
}

/** What a run needs of its consumer. */
export interface RunContext<K, V> {
  readonly source: BatchSource<K, V>;
  readonly client: ClientSettings;
  readonly metadata: ClusterMetadata;
  readonly watch: HandlerWatch;
  readonly subscribed: SubscribedTopics;
  /** A partition that holds so many bytes that are being processed gets no further batch. */
  readonly maxPartitionFetchBytes: number;
  /** Aborts when the consumer closes: nothing more is handed out. */
  readonly stopped: AbortSignal;
  /** Aborts once the consumer is closed and has waited for its calls. */
  readonly ended: AbortSignal;
  /** Reads these topics too. */
  readonly readAlso: (topics: readonly string[], signal: AbortSignal) => Promise<void>;
}

/** The options with defaults filled in. */
export interface RunSettings<K, V> {
  readonly eachMessage: EachMessage<K, V> | undefined;
  readonly eachBatch: ((payload: EachBatchPayload<K, V>) => Promise<void> | void) | undefined;
  readonly by: 'partition' | 'key';
  readonly max: number;
  readonly maxRecordsAhead: number;
  readonly retry: RetrySettings;
  /** Undefined: there is neither a retry topic nor a dead-letter topic. */
  readonly failureTopics: FailureTopics | undefined;
  readonly hasDeadLetterTopic: boolean;
  readonly signal: AbortSignal | undefined;
}

const MAX_CONCURRENCY = 10_000;
const MAX_RECORDS_AHEAD = 100_000;
const DEFAULT_RECORDS_AHEAD = 1_000;

/** Checks the options of `run`. Throws INVALID_ARGUMENT or INVALID_TOPIC_EXCEPTION. */
export function resolveRunOptions<K, V>(
  options: RunOptions<K, V>,
  subscribed: SubscribedTopics,
): RunSettings<K, V> {
  const { eachMessage, eachBatch, concurrency = 1, retry, deadLetterTopic, signal } = options;
  const isOneGiven = (typeof eachMessage === 'function') !== (typeof eachBatch === 'function');
  if (!isOneGiven) throw invalid('run needs either eachMessage or eachBatch, a function');
  const { by, max, maxRecordsAhead = DEFAULT_RECORDS_AHEAD } = concurrencyOf(concurrency);
  requireCount('concurrency', max, MAX_CONCURRENCY);
  requireCount('maxRecordsAhead', maxRecordsAhead, MAX_RECORDS_AHEAD);
  if (eachBatch !== undefined && by === 'key') {
    throw invalid("run: concurrency by 'key' needs eachMessage: the records of a batch have many keys");
  }
  if (eachBatch !== undefined && (retry !== undefined || deadLetterTopic !== undefined)) {
    throw invalid(
      'run: retry and deadLetterTopic need eachMessage: of a batch it is not known which record failed',
    );
  }
  const retrySettings = resolveRetryOptions(retry);
  const choice = { retryTopic: retrySettings.retryTopic, deadLetterTopic };
  const hasRoutes = choice.retryTopic !== undefined || deadLetterTopic !== undefined;
  return {
    eachMessage,
    eachBatch,
    by,
    max,
    maxRecordsAhead,
    retry: retrySettings,
    failureTopics: hasRoutes ? new FailureTopics(choice, subscribed) : undefined,
    hasDeadLetterTopic: deadLetterTopic !== undefined,
    signal,
  };
}

function concurrencyOf(concurrency: RunConcurrency): {
  readonly by: 'partition' | 'key';
  readonly max: number;
  readonly maxRecordsAhead?: number;
} {
  if (typeof concurrency === 'number') return { by: 'partition', max: concurrency };
  const by: unknown = (concurrency as Partial<typeof concurrency> | null)?.by;
  if (by === 'partition' || by === 'key') return concurrency;
  throw invalid("run: concurrency is a number, or { by: 'partition' or 'key', max }");
}

function requireCount(what: string, value: number, max: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= max) return;
  throw invalid(`run: ${what} is ${String(value)}; it must be an integer from 1 to ${max}`);
}

function invalid(message: string): TidelogError {
  return new TidelogError('INVALID_ARGUMENT', message);
}

/** Runs until the source is closed, the signal aborts, or a call fails. */
export async function runLoop<K, V>(context: RunContext<K, V>, settings: RunSettings<K, V>): Promise<void> {
  const stop = new AbortController();
  const given = settings.signal === undefined ? [] : [settings.signal];
  const signal = AbortSignal.any([...given, context.stopped, stop.signal]);
  const { eachMessage, eachBatch } = settings;
  const signals = new CallSignals(signal);
  if (eachBatch !== undefined) {
    await runWorkers(context, settings, {
      signal,
      stop,
      work: (lease) =>
        processBatch(context, lease, { eachBatch, runSignal: signal, signal: signals.of(lease.reader) }),
    });
  } else if (eachMessage !== undefined) {
    await runMessages(context, settings, { signal, signals, stop, eachMessage });
  }
}

interface Running {
  /** Aborts when the run ends. */
  readonly signal: AbortSignal;
  readonly stop: AbortController;
}

async function runMessages<K, V>(
  context: RunContext<K, V>,
  settings: RunSettings<K, V>,
  running: Running & { readonly signals: CallSignals; readonly eachMessage: EachMessage<K, V> },
): Promise<void> {
  const { source, client, watch } = context;
  const { retry, hasDeadLetterTopic } = settings;
  const { signal, signals, stop, eachMessage } = running;
  const routes = await openRoutes(context, settings, signal);
  const deferrals = new Deferrals(source, client.clock);
  const { clock, random } = client;
  const processor = new RecordProcessor<K, V>({
    ...{ eachMessage, signals, clock, random, watch },
    ...{ deferrals, retry, routes, hasDeadLetterTopic },
  });
  try {
    if (settings.by === 'key') {
      const run = new KeyOrderedRun(source, {
        max: settings.max,
        maxRecordsAhead: settings.maxRecordsAhead,
        maxHeldBytes: context.maxPartitionFetchBytes,
        isDue: (record, reader) => processor.isDue(record, reader),
        process: (record, reader) => processor.process(record, reader),
        signal,
        onFailed: () => stop.abort(),
      });
      await run.run();
    } else {
      const work = (lease: Lease<K, V>): Promise<void> => processRecords(context, lease, processor, signal);
      await runWorkers(context, settings, { signal, stop, work });
    }
  } finally {
    // Whoever waits for a signal of this run is told that it has ended.
    stop.abort();
    deferrals.close();
    await routes?.close();
  }
}

/** Finds the topics for records that cannot be handled, and reads those that hold retries. */
async function openRoutes<K, V>(
  { client, metadata, subscribed, ended, readAlso }: RunContext<K, V>,
  { failureTopics, retry }: RunSettings<K, V>,
  signal: AbortSignal,
): Promise<FailureRoutes | undefined> {
  if (failureTopics === undefined) return undefined;
  const { retryDelayMs } = retry;
  const { groupId } = subscribed;
  const options = { client, metadata, topics: failureTopics, groupId, retryDelayMs, ended };
  const routes = await FailureRoutes.open(options, signal);
  try {
    if (failureTopics.retryTopics.size > 0) await readAlso([...failureTopics.retryTopics], signal);
  } catch (thrown) {
    await routes.close();
    throw thrown;
  }
  return routes;
}

/** `max` workers, each with one batch at a time. */
async function runWorkers<K, V>(
  { source }: RunContext<K, V>,
  { max }: RunSettings<K, V>,
  { signal, stop, work }: Running & { readonly work: (lease: Lease<K, V>) => Promise<void> },
): Promise<void> {
  let failure: { readonly thrown: unknown } | undefined;
  const worker = async (): Promise<void> => {
    try {
      for (let lease = await source.take(signal); lease !== undefined; lease = await source.take(signal)) {
        try {
          await work(lease);
        } finally {
          source.release(lease);
        }
      }
    } catch (thrown) {
      failure ??= { thrown };
      stop.abort();
    }
  };
  await Promise.all(Array.from({ length: max }, worker));
  stop.abort();
  if (failure !== undefined) throw failure.thrown;
}

async function processBatch<K, V>(
  { source, watch }: RunContext<K, V>,
  lease: Lease<K, V>,
  how: {
    readonly eachBatch: (payload: EachBatchPayload<K, V>) => Promise<void> | void;
    readonly runSignal: AbortSignal;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const { batch, reader } = lease;
  const { topic, partition, fromOffset, lastOffset } = batch;
  const { eachBatch, runSignal, signal } = how;
  const call = watch.began('eachBatch', { topic, partition, offset: fromOffset });
  let isOver = false;
  let hasNamed = false;
  let isToldToStop = false;
  const resolve = (nextOffset: number): void => {
    if (isOver || nextOffset <= lease.nextOffset) return;
    lease.delivered(nextOffset);
    lease.processed(nextOffset);
  };
  try {
    await eachBatch({
      batch,
      signal,
      resolveOffset: (offset) => {
        if (!Number.isSafeInteger(offset)) throw invalid(`resolveOffset: ${String(offset)} is no offset`);
        hasNamed = true;
        resolve(Math.min(offset, lastOffset) + 1);
      },
      isRunning: () => {
        const isRunning = !runSignal.aborted && !source.isClosed;
        isToldToStop ||= !isRunning;
        return isRunning;
      },
      isStale: () => !lease.isCurrent,
    });
    // Who stops early returns as well as who is done.
    if (!isToldToStop && !(hasNamed && signal.aborted)) resolve(lastOffset + 1);
  } catch (thrown) {
    if (!isGivenUp(thrown, reader, signal)) throw thrown;
  } finally {
    isOver = true;
    watch.ended(call);
  }
}

async function processRecords<K, V>(
  { source }: RunContext<K, V>,
  lease: Lease<K, V>,
  processor: RecordProcessor<K, V>,
  signal: AbortSignal,
): Promise<void> {
  const { reader, batch } = lease;
  const endOffset = batch.lastOffset + 1;
  for (const record of recordsOf(source, lease)) {
    if (!lease.isCurrent || reader.isSuspended || source.isClosed || signal.aborted) return;
    if (!processor.isDue(record, reader)) return;
    if (!(await processor.process(record, reader))) return;
    const nextOffset = record.offset + 1;
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
