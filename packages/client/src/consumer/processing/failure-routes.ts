/**
 * Puts records that could not be handled into retry and dead-letter topics, and knows when those in a retry topic
 * are due.
 *
 * A record is handed on as it is: key, value and headers byte for byte, ours behind them (origin-headers.ts), the
 * partition chosen by its key. Its timestamp is the time of the handing-on, so that retention counts from then.
 *
 * Invariants: the record counts as processed only after all in-sync replicas have its copy; a crash between the two
 * makes a second copy, never none.
 */
import { TidelogError } from '@tidelog/record/errors';
import type { ClientSettings } from '../../client-options.ts';
import type { ClusterMetadata } from '../../cluster-metadata.ts';
import { Producer } from '../../producer/producer.ts';
import { resolveProducerOptions } from '../../producer/producer-options.ts';
import type { Bytes } from '../../serializers.ts';
import type { ConsumerRecord } from '../consumer-record.ts';
import { headersFor, historyOf, type RecordHistory } from './origin-headers.ts';
import type { FailureTopics } from './retry-options.ts';

/** Large enough for whatever a topic accepts: the broker judges. */
const MAX_REQUEST_BYTES = 104_857_600;

export interface FailureRoutesOptions {
  readonly client: ClientSettings;
  readonly metadata: ClusterMetadata;
  readonly topics: FailureTopics;
  readonly groupId: string | undefined;
  readonly retryDelayMs: number;
  /** Copies are not waited for any more once it aborts. */
  readonly ended: AbortSignal;
}

export class FailureRoutes {
  readonly #options: FailureRoutesOptions;
  readonly #producer: Producer<Bytes, Bytes>;

  private constructor(options: FailureRoutesOptions) {
    this.#options = options;
    const settings = resolveProducerOptions<Bytes, Bytes>({
      acks: 'all',
      lingerMs: 0,
      maxRequestSizeBytes: MAX_REQUEST_BYTES,
    });
    this.#producer = new Producer(options.client, options.metadata, settings, () => undefined);
  }

  /**
   * Makes sure that every topic is there. Rejects with UNKNOWN_TOPIC_OR_PARTITION that names the one that is not,
   * unless the client's allowAutoTopicCreation has it created.
   */
  static async open(options: FailureRoutesOptions, signal: AbortSignal): Promise<FailureRoutes> {
    const { metadata, topics, client } = options;
    const { allowAutoTopicCreation } = client;
    const names = [...topics.retryTopics, ...topics.deadLetterTopics];
    await Promise.all(names.map((name) => metadata.findTopic(name, { allowAutoTopicCreation, signal })));
    return new FailureRoutes(options);
  }

  /** How long a record has to wait before it is due; 0: not at all. */
  waitMs(record: ConsumerRecord<unknown, unknown>): number {
    if (!this.isRetry(record)) return 0;
    const { client, retryDelayMs } = this.#options;
    // A delay that was made shorter holds for what waits already.
    const latestMs = record.timestampMs < 0 ? Infinity : record.timestampMs + retryDelayMs;
    const dueMs = Math.min(historyOf(record).notBeforeMs, latestMs);
    return Math.max(0, dueMs - client.clock.nowMs());
  }

  isRetry({ topic }: ConsumerRecord<unknown, unknown>): boolean {
    return this.#options.topics.retryTopics.has(topic);
  }

  /**
   * Hands a record on and resolves when its copy is safe. Rejects with the reason why it is not. A copy that is on
   * its way is waited for also when its partition is taken away or the run ends, so that it is not made twice; ABORTED
   * once the consumer has ended.
   */
  async handOn(
    record: ConsumerRecord<unknown, unknown>,
    how: {
      readonly to: 'retry-topic' | 'dead-letter';
      readonly history: RecordHistory;
      readonly error: unknown;
    },
  ): Promise<void> {
    const { topics, client, retryDelayMs, groupId } = this.#options;
    const { attempts, round } = how.history;
    // Also of a record that some consumer put into the topic that this one reads.
    const { origin } = historyOf(record);
    const isRetry = how.to === 'retry-topic';
    const topic = isRetry ? topics.retryTopicOf(origin.topic) : topics.deadLetterTopicOf(origin.topic);
    const history: RecordHistory = {
      origin,
      attempts,
      round: isRetry ? round + 1 : round,
      notBeforeMs: isRetry ? client.clock.nowMs() + retryDelayMs : 0,
    };
    const headers = headersFor(record.headers, history, { error: how.error, groupId });
    const message = { key: record.keyBytes, value: record.valueBytes, headers };
    try {
      await this.#producer.send({ topic, messages: [message] }, { signal: this.#options.ended });
    } catch (thrown) {
      throw handingOnFailed(record, topic, { cause: TidelogError.from(thrown), handlerError: how.error });
    }
  }

  /** Waits for nothing: what is not acknowledged was given up. */
  async close(): Promise<void> {
    await this.#producer.close({ signal: AbortSignal.abort() }).catch(() => undefined);
  }
}

function handingOnFailed(
  { topic, partition, offset }: ConsumerRecord<unknown, unknown>,
  to: string,
  why: { readonly cause: TidelogError; readonly handlerError: unknown },
): TidelogError {
  const { cause, handlerError } = why;
  if (cause.code === 'ABORTED') return cause;
  const place = `topic ${JSON.stringify(topic)} partition ${partition} offset ${offset}`;
  return new TidelogError(
    cause.code,
    `the record at ${place} could not be handled, nor put into topic ${JSON.stringify(to)}: ${cause.message}`,
    { topic, partition, offset, cause: new AggregateError([cause, handlerError]), retriable: false },
  );
}
