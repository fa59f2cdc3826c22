/**
 * Keeps what the client knows of the cluster fresh (the knowledge itself: metadata-state.ts).
 *
 * Refreshed for the topics in use: when somebody found it to be wrong (`requestRefresh`), when it gets older
 * than metadataMaxAgeMs, and when a topic is looked for that is not known yet (`findTopic`).
 *
 * Invariants: at most one refresh of the topics in use is under way; refreshes are at least retryBackoffMs
 * apart, more after failures.
 */
import { topicIdToBytes, type RequestInputs, type TopicId } from '@tidelog/protocol';
import { TidelogError } from '@tidelog/record/errors';
import { abortedError, delay, isAborted, untilAborted } from './abortable.ts';
import { backoffMs } from './backoff-policy.ts';
import type { ClientSettings } from './client-options.ts';
import type { Timer } from './clock.ts';
import { ControlChannel } from './control-channel.ts';
import { CoordinatorLookup } from './coordinator-lookup.ts';
import { EMPTY_METADATA, mergeMetadata, type MetadataSnapshot, type TopicInfo } from './metadata-state.ts';

export interface FindTopicOptions {
  /** Ask the broker to create the topic when it does not exist. False unless given. */
  readonly allowAutoTopicCreation?: boolean;
  readonly signal?: AbortSignal | undefined;
}

export class ClusterMetadata {
  readonly control: ControlChannel;
  readonly coordinators: CoordinatorLookup;
  readonly #settings: ClientSettings;
  readonly #listeners = new Set<() => void>();
  /** How many producers and consumers use a topic. */
  readonly #usersOfTopic = new Map<string, number>();
  #snapshot: MetadataSnapshot = EMPTY_METADATA;
  #refreshing: Promise<void> | undefined;
  #isRefreshScheduled = false;
  #failures = 0;
  #lastRefreshAtMs = -Infinity;
  #lastError: TidelogError | undefined;
  #ageTimer: Timer | undefined;
  #paceTimer: Timer | undefined;
  #isClosed = false;

  constructor(settings: ClientSettings) {
    this.#settings = settings;
    this.control = new ControlChannel(settings);
    this.coordinators = new CoordinatorLookup(settings, this.control);
  }

  /** The current knowledge. A new object after every change. */
  get snapshot(): MetadataSnapshot {
    return this.#snapshot;
  }

  /** Why the last refresh failed; undefined when it did not. */
  get lastError(): TidelogError | undefined {
    return this.#lastError;
  }

  /** A topic as it is known, or undefined. */
  topic(name: string): TopicInfo | undefined {
    return this.#snapshot.topics.get(name);
  }

  /** A topic by its id as it is known, or undefined. */
  topicById(topicId: TopicId): TopicInfo | undefined {
    for (const topic of this.#snapshot.topics.values()) if (topic.topicId === topicId) return topic;
    return undefined;
  }

  /** Asks for topics by their ids, once. Those that the cluster has are known then. Rejects as `refresh`. */
  async askForIds(topicIds: readonly TopicId[]): Promise<void> {
    await this.#fetch({ topicIds: topicIds.map(topicIdToBytes) });
  }

  /** Calls `listener` after every answer. Returns the function that ends it. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Keeps a topic fresh until the returned function is called. */
  use(name: string): () => void {
    this.#usersOfTopic.set(name, (this.#usersOfTopic.get(name) ?? 0) + 1);
    this.#armAgeTimer();
    let isUsed = true;
    return () => {
      if (!isUsed) return;
      isUsed = false;
      const users = (this.#usersOfTopic.get(name) ?? 1) - 1;
      if (users > 0) this.#usersOfTopic.set(name, users);
      else this.#usersOfTopic.delete(name);
    };
  }

  /** Something was found to be out of date: refresh soon. Many calls make one refresh. */
  requestRefresh(): void {
    if (this.#isClosed || this.#isRefreshScheduled) return;
    this.#isRefreshScheduled = true;
    const { clock, random, retryBackoffMs, retryBackoffMaxMs } = this.#settings;
    const limits = { initialMs: retryBackoffMs, maxMs: retryBackoffMaxMs };
    const earliestMs = this.#lastRefreshAtMs + backoffMs(this.#failures + 1, limits, random);
    const waitMs = Math.max(0, earliestMs - clock.monotonicMs());
    this.#paceTimer = clock.setTimer(waitMs, () => {
      this.#isRefreshScheduled = false;
      this.refresh().catch(() => this.requestRefresh());
    });
  }

  /**
   * Asks for the brokers and the topics in use now. Joins a refresh that is under way.
   * Rejects with CONNECTION_FAILED when no broker could be reached.
   */
  refresh(): Promise<void> {
    this.#refreshing ??= this.#fetch({ topicNames: [...this.#usersOfTopic.keys()] }).finally(() => {
      this.#refreshing = undefined;
      this.#armAgeTimer();
    });
    return this.#refreshing;
  }

  /**
   * The topic, from what is known or by asking until metadataTimeoutMs.
   * Rejects with UNKNOWN_TOPIC_OR_PARTITION, CONNECTION_FAILED, ABORTED, CLOSED, or at once with an error that
   * no waiting changes (INVALID_TOPIC_EXCEPTION, TOPIC_AUTHORIZATION_FAILED).
   */
  async findTopic(name: string, options: FindTopicOptions = {}): Promise<TopicInfo> {
    const { clock, random, metadataTimeoutMs, retryBackoffMs, retryBackoffMaxMs } = this.#settings;
    const limits = { initialMs: retryBackoffMs, maxMs: retryBackoffMaxMs };
    const deadlineMs = clock.monotonicMs() + metadataTimeoutMs;
    let error: TidelogError | undefined;
    for (let tries = 1; ; tries++) {
      const known = this.topic(name);
      if (known !== undefined && known.partitions.length > 0) return known;
      error = await this.#tryToFind(name, options, deadlineMs);
      if (error === undefined) continue;
      const waitMs = backoffMs(tries, limits, random);
      if (!error.retriable || clock.monotonicMs() + waitMs > deadlineMs) {
        throw notFound(name, error, metadataTimeoutMs);
      }
      await delay(clock, waitMs, options.signal);
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#ageTimer?.cancel();
    this.#paceTimer?.cancel();
    this.control.close();
    this.#listeners.clear();
  }

  /** One try; the reason when the topic is still not known after it. */
  async #tryToFind(
    name: string,
    options: FindTopicOptions,
    deadlineMs: number,
  ): Promise<TidelogError | undefined> {
    if (this.#isClosed) throw new TidelogError('CLOSED', 'the client was closed');
    const { signal, allowAutoTopicCreation = false } = options;
    if (signal?.aborted === true) throw abortedError(`looking for topic ${JSON.stringify(name)}`, signal);
    const what = `looking for topic ${JSON.stringify(name)}`;
    const giveUp = new AbortController();
    const leftMs = Math.max(0, deadlineMs - this.#settings.clock.monotonicMs());
    const timer = this.#settings.clock.setTimer(leftMs, () => giveUp.abort());
    const waits = signal === undefined ? giveUp.signal : AbortSignal.any([signal, giveUp.signal]);
    try {
      await untilAborted(this.#fetch({ topicNames: [name], allowAutoTopicCreation }), what, waits);
    } catch (thrown) {
      if (isAborted(signal)) throw abortedError(what, signal);
      if (giveUp.signal.aborted) return this.#lastError ?? unreachable();
      return TidelogError.from(thrown);
    } finally {
      timer.cancel();
    }
    if ((this.topic(name)?.partitions.length ?? 0) > 0) return undefined;
    return (
      this.#snapshot.topicErrors.get(name) ??
      new TidelogError('UNKNOWN_TOPIC_OR_PARTITION', 'the cluster does not know it', { topic: name })
    );
  }

  async #fetch(request: RequestInputs['METADATA']): Promise<void> {
    if (this.#isClosed) throw new TidelogError('CLOSED', 'the client was closed');
    try {
      const answer = await this.control.request('METADATA', request);
      this.#snapshot = mergeMetadata(this.#snapshot, answer);
      this.#failures = 0;
      this.#lastError = undefined;
    } catch (thrown) {
      this.#failures += 1;
      this.#lastError = TidelogError.from(thrown);
      throw this.#lastError;
    } finally {
      this.#lastRefreshAtMs = this.#settings.clock.monotonicMs();
    }
    this.control.setBrokers([...this.#snapshot.brokers.values()].map((broker) => broker.endpoint));
    for (const listener of [...this.#listeners]) listener();
  }

  #armAgeTimer(): void {
    this.#ageTimer?.cancel();
    if (this.#isClosed || this.#usersOfTopic.size === 0) return;
    this.#ageTimer = this.#settings.clock.setIdleTimer(this.#settings.metadataMaxAgeMs, () =>
      this.requestRefresh(),
    );
  }
}

function unreachable(): TidelogError {
  return new TidelogError('CONNECTION_FAILED', 'no broker answered in time');
}

function notFound(name: string, error: TidelogError, timeoutMs: number): TidelogError {
  const topic = JSON.stringify(name);
  if (error.code === 'UNKNOWN_TOPIC_OR_PARTITION' || error.code === 'LEADER_NOT_AVAILABLE') {
    return new TidelogError(
      'UNKNOWN_TOPIC_OR_PARTITION',
      `topic ${topic} does not exist (looked for ${timeoutMs} ms); check the name, or create it: tidelog topic create ${name}`,
      { topic: name, cause: error },
    );
  }
  const message = `cannot find topic ${topic}: ${error.message}`;
  return new TidelogError(error.code, message, { topic: name, cause: error, retriable: error.retriable });
}
