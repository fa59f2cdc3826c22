/**
 * One partition on this broker: its log, opened on first use, its replication state, and those who wait.
 *
 * States: unopened → opening → open, and closed from any of them. An open that failed leaves it unopened: the
 * next request tries again.
 *
 * Invariants:
 * - Work on the log begins in the order of the calls, also of those that came while it was opening.
 * - A batch counts as acknowledged to acks=all only when the high watermark has passed it; readers see nothing
 *   beyond the high watermark.
 * - A log that failed keeps failing its appends by itself; what was readable stays readable.
 */
import { TidelogError } from '@tidelog/record/errors';
import { LOG_CONFIG } from '@tidelog/log';
import type { AppendResult, Clock, Log, LogRead } from '@tidelog/log';
import type { TopicId } from '@tidelog/protocol';
import type { PartitionAssignment } from '../metadata/metadata-records.ts';
import { showTopic } from '../metadata/topic-name.ts';
import type { Histogram } from '../metrics.ts';
import type { ResolvedTopicConfig } from '../topic-config.ts';
import { OffsetWaiters } from './offset-waiters.ts';
import { hasEnoughReplicas, initialReplicationState, isLeader, step } from './replication-state.ts';
import type { ReplicationEvent, ReplicationState } from './replication-state.ts';

/** Appends that are counted one by one; a high watermark that stands still must not make the list grow for ever. */
const MAX_COUNTED_APPENDS = 1024;

export interface PartitionOptions {
  readonly topicId: TopicId;
  readonly topic: string;
  readonly partition: number;
  readonly brokerId: number;
  readonly assignment: PartitionAssignment;
  readonly config: ResolvedTopicConfig;
  readonly clock: Clock;
  /** From a written batch to a durable one. */
  readonly durableLatency: Histogram;
  /** Opens the log with the partition's current config. */
  readonly openLog: (partition: Partition) => Promise<Log>;
}

export class Partition {
  readonly topicId: TopicId;
  readonly topic: string;
  readonly partition: number;
  readonly #state: ReplicationState;
  readonly #waiters: OffsetWaiters;
  readonly #watchers = new Set<() => void>();
  readonly #clock: Clock;
  readonly #durableLatency: Histogram;
  readonly #openLog: (partition: Partition) => Promise<Log>;
  #config: ResolvedTopicConfig;
  #log: Log | undefined;
  #opening: Promise<Log> | undefined;
  /** What was asked of the log while it was opening, in order. */
  #queued: ((log: Log) => void)[] = [];
  #closed: TidelogError | undefined;
  /** Set once durability was lost for good: nothing more will be acknowledged. */
  #failure: TidelogError | undefined;
  /** Appends that the high watermark has not passed yet, in order; beyond a bound the last ones are one entry. */
  readonly #unacknowledged: { endOffset: number; sizeBytes: number }[] = [];
  #readableBytesTotal = 0;

  constructor(options: PartitionOptions) {
    this.topicId = options.topicId;
    this.topic = options.topic;
    this.partition = options.partition;
    this.#config = options.config;
    this.#openLog = options.openLog;
    this.#clock = options.clock;
    this.#durableLatency = options.durableLatency;
    this.#waiters = new OffsetWaiters(options.clock);
    this.#state = initialReplicationState({
      brokerId: options.brokerId,
      leaderId: options.assignment.leaderId,
      leaderEpoch: options.assignment.leaderEpoch,
      isrIds: options.assignment.isrIds,
      minInsyncReplicas: options.config.minInsyncReplicas,
    });
  }

  /** `"orders"-3`, for messages. */
  get name(): string {
    return `${showTopic(this.topic)} partition ${this.partition}`;
  }

  get config(): ResolvedTopicConfig {
    return this.#config;
  }

  get leaderEpoch(): number {
    return this.#state.leaderEpoch;
  }

  /** Exclusive. 0 until the log was opened. */
  get highWatermark(): number {
    return this.#state.highWatermark;
  }

  /** The largest batch that is taken at the moment; older ones may be larger. */
  get maxBatchBytes(): number {
    return this.#config.log.maxMessageBytes ?? LOG_CONFIG.maxMessageBytes.default;
  }

  /** The log when it is open; for metrics and retention. */
  get openedLog(): Log | undefined {
    return this.#log;
  }

  /** Bytes that became readable since the log was opened; a reader that waits compares two values of it. */
  get readableBytesTotal(): number {
    return this.#readableBytesTotal;
  }

  /** True when a read at `offset` would find nothing, as far as can be told without the log. */
  hasNothingAt(offset: number): boolean {
    const log = this.#log;
    return log !== undefined && offset >= this.#state.highWatermark && offset <= log.logEndOffset;
  }

  /**
   * Why a request with this idea of the leader is refused: NOT_LEADER_OR_FOLLOWER, FENCED_LEADER_EPOCH or
   * UNKNOWN_LEADER_EPOCH; undefined when it is not. Without an epoch only leadership is checked.
   */
  leadershipProblem(knownLeaderEpoch?: number): TidelogError | undefined {
    const { leaderEpoch } = this.#state;
    if (this.#closed !== undefined) return this.#closed;
    if (!isLeader(this.#state)) {
      return this.#error(
        'NOT_LEADER_OR_FOLLOWER',
        `this broker does not lead ${this.name}; refresh metadata`,
      );
    }
    if (knownLeaderEpoch === undefined || knownLeaderEpoch === leaderEpoch) return undefined;
    return knownLeaderEpoch < leaderEpoch
      ? this.#error(
          'FENCED_LEADER_EPOCH',
          `${this.name} is at leader epoch ${leaderEpoch}, the request at ${knownLeaderEpoch}; refresh metadata`,
        )
      : this.#error(
          'UNKNOWN_LEADER_EPOCH',
          `${this.name} is at leader epoch ${leaderEpoch}, the request already at ${knownLeaderEpoch}; try again`,
        );
  }

  /** Why acks=all cannot be had now; undefined when it can. */
  insyncProblem(): TidelogError | undefined {
    if (hasEnoughReplicas(this.#state)) return undefined;
    const { isrIds, minInsyncReplicas } = this.#state;
    return this.#error(
      'NOT_ENOUGH_REPLICAS',
      `${this.name} has ${isrIds.length} in-sync replicas, min.insync.replicas asks for ${minInsyncReplicas}`,
    );
  }

  /**
   * Appends whole batches. Resolves when they are written, with the promise of their durability; rejects as
   * `Log.append` does. The buffer is the caller's again once this settles.
   */
  append(records: Buffer): Promise<AppendResult> {
    return this.withLog((log) => this.#appendTo(log, records));
  }

  /**
   * Resolves once every offset below `offset` is acknowledged by all in-sync replicas.
   *
   * Rejects with REQUEST_TIMED_OUT after `timeoutMs`, with the log's failure, or when leadership ends.
   */
  whenAcknowledged(wait: { offset: number; timeoutMs: number }): Promise<void> {
    if (this.#closed !== undefined) return Promise.reject(this.#closed);
    if (this.#state.highWatermark >= wait.offset) return Promise.resolve();
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    return this.#waiters.wait(wait);
  }

  /**
   * Reads whole batches from `fromOffset` up to the high watermark. The caller releases the result.
   *
   * Rejects with OFFSET_OUT_OF_RANGE for an offset below the log's start or beyond its end.
   */
  read(range: { fromOffset: number; maxBytes: number; minOneBatch: boolean }): Promise<LogRead> {
    return this.withLog((log) => log.read({ ...range, upToOffset: this.#state.highWatermark }));
  }

  /** Calls `watcher` whenever there may be more to read, or the partition is no longer what it was. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }

  /** Does `work` with the log, after all that was asked of it before. */
  withLog<T>(work: (log: Log) => Promise<T>): Promise<T> {
    if (this.#closed !== undefined) return Promise.reject(this.#closed);
    // What `work` throws at once is its own failure: those that wait with it for the log are not to have it.
    const begin = async (log: Log): Promise<T> => work(log);
    if (this.#log !== undefined) return begin(this.#log);
    return new Promise<T>((resolve, reject) => {
      this.#queued.push((log) => resolve(begin(log)));
      this.#open().catch(reject);
    });
  }

  /** New configs take effect at once. */
  async configure(config: ResolvedTopicConfig): Promise<void> {
    this.#config = config;
    this.#step({ type: 'configured', minInsyncReplicas: config.minInsyncReplicas });
    const log = this.#log ?? (await this.#opening?.catch(() => undefined));
    // While it was opening, yet newer configs may have come.
    log?.updateConfig(this.#config.log);
  }

  /** Ends all waits with `reason` and closes the log. Idempotent. */
  async close(reason: TidelogError): Promise<void> {
    if (this.#closed !== undefined) return;
    this.#closed = reason;
    this.#waiters.fail(reason);
    this.#wakeWatchers();
    const log = this.#log ?? (await this.#opening?.catch(() => undefined));
    this.#log = undefined;
    await log?.close();
  }

  #open(): Promise<Log> {
    this.#opening ??= this.#openLog(this).then(
      (log) => {
        this.#opening = undefined;
        this.#log = log;
        this.#step({ type: 'opened', logEndOffset: log.logEndOffset, durableOffset: log.durableOffset });
        const queued = this.#queued;
        this.#queued = [];
        for (const work of queued) work(log);
        return log;
      },
      (error: unknown) => {
        this.#opening = undefined;
        this.#queued = [];
        throw error;
      },
    );
    return this.#opening;
  }

  async #appendTo(log: Log, records: Buffer): Promise<AppendResult> {
    const sizeBytes = records.length;
    const result = await log.append(records, { leaderEpoch: this.#state.leaderEpoch });
    if (!result.isDuplicate) this.#noteAppended({ endOffset: result.lastOffset + 1, sizeBytes });
    this.#advanced(log);
    // An earlier append's sync may have covered this one before it was counted.
    if (this.#countReadable()) this.#wakeWatchers();
    if (log.durableOffset <= result.lastOffset) {
      const writtenMs = this.#clock.monotonicMs();
      result.durable.then(
        () => {
          this.#durableLatency.observeMs(this.#clock.monotonicMs() - writtenMs);
          this.#advanced(log);
        },
        (error: unknown) => this.#failed(error),
      );
    }
    return result;
  }

  #advanced(log: Log): void {
    this.#step({ type: 'advanced', logEndOffset: log.logEndOffset, durableOffset: log.durableOffset });
  }

  #failed(error: unknown): void {
    this.#failure = TidelogError.from(error, 'STORAGE_FAILED');
    this.#waiters.fail(this.#failure);
    this.#wakeWatchers();
  }

  #step(event: ReplicationEvent): void {
    for (const effect of step(this.#state, event)) {
      switch (effect.type) {
        case 'highWatermarkAdvanced':
          this.#waiters.reach(effect.highWatermark);
          this.#countReadable();
          this.#wakeWatchers();
          break;
        case 'leadershipLost':
          this.#waiters.fail(
            this.#error('NOT_LEADER_OR_FOLLOWER', `this broker does not lead ${this.name} any more`),
          );
          this.#wakeWatchers();
          break;
      }
    }
  }

  #noteAppended(append: { endOffset: number; sizeBytes: number }): void {
    const pending = this.#unacknowledged;
    const last = pending.at(-1);
    if (last === undefined || pending.length < MAX_COUNTED_APPENDS) {
      pending.push(append);
      return;
    }
    last.endOffset = append.endOffset;
    last.sizeBytes += append.sizeBytes;
  }

  /** Counts what the high watermark has passed; true when that was anything. */
  #countReadable(): boolean {
    const { highWatermark } = this.#state;
    const pending = this.#unacknowledged;
    let count = 0;
    while (count < pending.length) {
      const { endOffset, sizeBytes } = pending[count] as (typeof pending)[number];
      if (endOffset > highWatermark) break;
      this.#readableBytesTotal += sizeBytes;
      count++;
    }
    if (count > 0) pending.splice(0, count);
    return count > 0;
  }

  #wakeWatchers(): void {
    for (const watcher of this.#watchers) watcher();
  }

  #error(code: ConstructorParameters<typeof TidelogError>[0], message: string): TidelogError {
    return new TidelogError(code, message, { topic: this.topic, partition: this.partition });
  }
}
