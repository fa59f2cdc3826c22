/**
 * The work with one record: the program's call, tried again as `retry` says, and where the record goes when that
 * does not help.
 *
 * A record is processed when a call ended well, or a copy of it is safe in a retry or dead-letter topic. When its
 * partition is taken away, or the run ends, it is neither processed nor failed: it comes again, here or elsewhere.
 */
import { TidelogError } from '@tidelog/record/errors';
import { delay } from '../../abortable.ts';
import { backoffMs } from '../../backoff-policy.ts';
import type { Clock } from '../../clock.ts';
import type { Random } from '../../random.ts';
import type { ConsumerRecord } from '../consumer-record.ts';
import type { PartitionReader } from '../partition-reader.ts';
import { isGivenUp, type CallSignals } from './call-signals.ts';
import type { Deferrals } from './deferrals.ts';
import type { FailureRoutes } from './failure-routes.ts';
import type { HandlerWatch } from './handler-watch.ts';
import { historyOf, type RecordHistory, type RecordOrigin } from './origin-headers.ts';
import type { RetrySettings } from './retry-options.ts';
import { stepAfter, type RetryPolicy } from './retry-policy.ts';

/** What `eachMessage` is called with. */
export interface EachMessagePayload<K, V> {
  /** Where the record was read: the retry topic, for one that is tried again from there. */
  readonly topic: string;
  readonly partition: number;
  readonly message: ConsumerRecord<K, V>;
  /** Aborts when the partition is taken away from this consumer, and when the run ends. */
  readonly signal: AbortSignal;
  /** 1 for the first call with this record; counts on through retry topics. */
  readonly attempt: number;
  /** Where the record was read at first; its own place unless it comes from a retry topic. */
  readonly origin: RecordOrigin;
}

export type EachMessage<K, V> = (payload: EachMessagePayload<K, V>) => Promise<void> | void;

export interface RecordProcessorOptions<K, V> {
  readonly eachMessage: EachMessage<K, V>;
  readonly signals: CallSignals;
  readonly clock: Clock;
  readonly random: Random;
  readonly watch: HandlerWatch;
  readonly deferrals: Deferrals;
  readonly retry: RetrySettings;
  /** Undefined: there is neither a retry topic nor a dead-letter topic. */
  readonly routes: FailureRoutes | undefined;
  readonly hasDeadLetterTopic: boolean;
}

export class RecordProcessor<K, V> {
  readonly #options: RecordProcessorOptions<K, V>;
  readonly #policy: RetryPolicy;

  constructor(options: RecordProcessorOptions<K, V>) {
    this.#options = options;
    const { retry, hasDeadLetterTopic } = options;
    this.#policy = {
      maxAttempts: retry.maxAttempts,
      maxRetryRounds: retry.retryTopic === undefined ? 0 : retry.maxRetryRounds,
      hasDeadLetterTopic,
    };
  }

  /** False for a record of a retry topic that has to wait: its partition is then held back until it is due. */
  isDue(record: ConsumerRecord<K, V>, reader: PartitionReader): boolean {
    const waitMs = this.#options.routes?.waitMs(record) ?? 0;
    if (waitMs === 0) return true;
    this.#options.deferrals.defer(reader, waitMs);
    return false;
  }

  /** True: the record was processed. False: it was given up without a failure. Rejects with the failure. */
  async process(record: ConsumerRecord<K, V>, reader: PartitionReader): Promise<boolean> {
    const { watch, eachMessage, signals } = this.#options;
    const { topic, partition } = record;
    const signal = signals.of(reader);
    const history = this.#options.routes?.isRetry(record) === true ? historyOf(record) : unmoved(record);
    const { origin } = history;
    const call = watch.began('eachMessage', record);
    try {
      for (let attempt = 1; ; attempt++) {
        try {
          const tried = history.attempts + attempt;
          await eachMessage({ topic, partition, message: record, signal, attempt: tried, origin });
          return true;
        } catch (error) {
          if (isGivenUp(error, reader, signal)) return false;
          if ((await this.#afterFailure(record, { error, attempt, history, signal })) === 'processed')
            return true;
        }
      }
    } catch (thrown) {
      if (isGivenUp(thrown, reader, signal)) return false;
      throw thrown;
    } finally {
      watch.ended(call);
    }
  }

  /** Waits until the next try, or hands the record on. Rejects with the error when there is nothing left to do. */
  async #afterFailure(
    record: ConsumerRecord<K, V>,
    failed: {
      readonly error: unknown;
      readonly attempt: number;
      readonly history: RecordHistory;
      readonly signal: AbortSignal;
    },
  ): Promise<'again' | 'processed'> {
    const { retry, routes, clock, random } = this.#options;
    const { error, attempt, history, signal } = failed;
    const isRetriable = retry.shouldRetry?.(error, record) ?? !isUnreadable(error);
    const step = stepAfter({ attempt, round: history.round, isRetriable }, this.#policy);
    if (step === 'fail' || (step !== 'again' && routes === undefined)) throw error;
    if (step === 'again') {
      const limits = { initialMs: retry.backoffMs, maxMs: retry.maxBackoffMs };
      await delay(clock, backoffMs(attempt, limits, random), signal);
      return 'again';
    }
    const attempts = history.attempts + attempt;
    await routes?.handOn(record, { to: step, history: { ...history, attempts }, error });
    return 'processed';
  }
}

function unmoved(record: ConsumerRecord<unknown, unknown>): RecordHistory {
  const { topic, partition, offset, timestampMs } = record;
  return { origin: { topic, partition, offset, timestampMs }, attempts: 0, round: 0, notBeforeMs: 0 };
}

/** Bytes that a deserializer refused are refused again. */
function isUnreadable(error: unknown): boolean {
  return error instanceof TidelogError && error.code === 'SERIALIZATION_FAILED';
}
