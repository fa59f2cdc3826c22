/**
 * The consumer of a program: reads partitions in order and hands out their records.
 *
 *   subscription (which partitions) → fetcher (ahead of the program) → batch source → a loop of the program
 *
 * States: idle → started (by the first loop, `connect` or `assign`) → closed.
 *
 * With a group, the group says which partitions (group/group-member.ts) and keeps how far they were processed.
 *
 * Invariants: every record of a partition from its start position on is delivered once and in order, until a
 * seek or until the partition is taken away; after `close` nothing more is delivered and every loop has ended.
 */
import { EventEmitter } from 'node:events';
import { TidelogError } from '@tidelog/record/errors';
import { untilAborted, type WaitOptions } from '../abortable.ts';
import type { ClientSettings } from '../client-options.ts';
import type { ClusterMetadata } from '../cluster-metadata.ts';
import { callUser } from '../user-code.ts';
import { BatchLoop, LoopGuard, RecordLoop, type LoopContext } from './batch-iterator.ts';
import type { ConsumerEvents, GroupMemberInfo } from './consumer-events.ts';
import type { ConsumerSettings } from './consumer-options.ts';
import type { ConsumerBatch, ConsumerRecord } from './consumer-record.ts';
import type { CommitArgument } from './group/commit-arguments.ts';
import type { ConsumerGroup } from './group/consumer-group.ts';
import type { CommittedOffset } from './group/group-offsets.ts';
import { HandlerScope } from './handler-scope.ts';
import { resolveRunOptions, runLoop, type RunContext, type RunOptions } from './run.ts';
import type { SubscribedTopics } from './processing/retry-options.ts';
import { endOffsets } from './end-offsets.ts';
import { targetOf, type SeekTo } from './start-position.ts';
import { Reading, type TopicPartitions } from './reading.ts';
import type { PartitionAssignment, TopicPartition } from './subscription.ts';

/** How far behind the end of a partition a consumer is. */
export interface PartitionLag extends TopicPartition {
  /** The next offset to deliver; −1: not known yet. */
  readonly position: number;
  /** The offset after the last record that readers can see. */
  readonly highWatermark: number;
  /** Records between the two. */
  readonly lag: number;
}

/** How to close a consumer. */
export interface CloseOptions extends WaitOptions {
  /** How long calls of `run` that are under way are waited for, in milliseconds; 30000 unless given. */
  readonly timeoutMs?: number;
}

const DEFAULT_CLOSE_TIMEOUT_MS = 30_000;

/** Made by `tidelog.consumer()`. `K` and `V` are the types of keys and values. */
export class Consumer<K = Buffer, V = Buffer>
  extends EventEmitter<ConsumerEvents>
  implements AsyncDisposable
{
  readonly #client: ClientSettings;
  readonly #metadata: ClusterMetadata;
  readonly #settings: ConsumerSettings<K, V>;
  readonly #reading: Reading<K, V>;
  readonly #guard: LoopGuard = new LoopGuard();
  readonly #scope: HandlerScope = new HandlerScope();
  /** Aborts at the end of `close`: nothing of this consumer is waited for any more. */
  readonly #ended: AbortController = new AbortController();
  readonly #onClosed: () => void;
  #closing: Promise<void> | undefined;
  #runCount = 0;

  /** Use `tidelog.consumer()`. */
  constructor(
    client: ClientSettings,
    metadata: ClusterMetadata,
    settings: ConsumerSettings<K, V>,
    onClosed: () => void,
  ) {
    super();
    this.#client = client;
    this.#metadata = metadata;
    this.#settings = settings;
    this.#onClosed = onClosed;
    this.#reading = new Reading({ client, metadata, settings }, (name, ...args) =>
      callUser(() => (this as EventEmitter).emit(name, ...args)),
    );
  }

  /**
   * Finds the topics and the offsets to start from; nothing needs it, because the first loop does the same. After
   * it, `startFrom: 'latest'` means: everything that is written from now on.
   * Rejects with UNKNOWN_TOPIC_OR_PARTITION, CONNECTION_FAILED, ABORTED or CLOSED.
   */
  async connect(options: WaitOptions = {}): Promise<void> {
    this.#requireOpen();
    await untilAborted(this.#reading.connect(), 'connect', options.signal);
    this.#requireOpen();
  }

  /**
   * Reads exactly these partitions from now on, each from its offset, or from `startFrom`; one that was read
   * before and is named without an offset goes on where it was.
   * Rejects with INVALID_ARGUMENT for a consumer that was made with `topics`, UNKNOWN_TOPIC_OR_PARTITION for a
   * partition that does not exist, ABORTED or CLOSED.
   */
  async assign(assignments: readonly PartitionAssignment[], options: WaitOptions = {}): Promise<void> {
    this.#requireOpen();
    if (this.#settings.topics !== undefined || this.#settings.topicPattern !== undefined) {
      throw new TidelogError(
        'INVALID_ARGUMENT',
        'assign: this consumer reads its topics; make one without the options topics and topicPattern',
      );
    }
    await untilAborted(this.#reading.assign(assignments), 'assign', options.signal);
    this.#requireOpen();
  }

  /** The partitions that are read; empty before the consumer has started. */
  assignment(): TopicPartition[] {
    return this.#reading.readers().map(({ topic, partition }) => ({ topic, partition }));
  }

  /**
   * Goes on elsewhere in a partition: at an offset, the beginning, the end, or the first record at or after a
   * time. What was fetched and not delivered is dropped. A loop gives no more records of the old place; a batch
   * that it was given stays whole.
   * Rejects with INVALID_ARGUMENT for a bad offset or a partition that is not read.
   */
  async seek(to: TopicPartition & { readonly offset: SeekTo }): Promise<void> {
    const target = targetOf(to.offset, 'seek: offset');
    this.#requireOpen();
    await this.#reading.start();
    this.#reading.seek(this.#reading.require(to, 'seek'), target);
  }

  /** Delivers nothing more of these partitions until `resume`; what was fetched is kept while others leave it room. */
  pause(partitions: readonly TopicPartitions[]): void {
    for (const reader of this.#reading.select(partitions, 'pause')) this.#reading.pause(reader);
  }

  /** Ends `pause`. */
  resume(partitions: readonly TopicPartitions[]): void {
    for (const reader of this.#reading.select(partitions, 'resume')) this.#reading.resume(reader);
  }

  /** The partitions that are paused. */
  paused(): TopicPartition[] {
    const readers = this.#reading.readers().filter(({ isPaused }) => isPaused);
    return readers.map(({ topic, partition }) => ({ topic, partition }));
  }

  /** The offset of the next record to be delivered; undefined before it is known. Throws INVALID_ARGUMENT. */
  position(at: TopicPartition): number | undefined {
    const { position } = this.#reading.require(at, 'position');
    return position < 0 ? undefined : position;
  }

  /** How far behind each partition is, asked of the brokers now. Rejects as `connect`. */
  async lag(options: WaitOptions = {}): Promise<readonly PartitionLag[]> {
    this.#requireOpen();
    await untilAborted(this.#reading.locate(), 'lag', options.signal);
    const readers = this.#reading.readers();
    const ends = await untilAborted(endOffsets(this.#client, this.#metadata, readers), 'lag', options.signal);
    return readers.map((reader) => {
      const { topic, partition, position } = reader;
      const highWatermark = ends.get(reader) ?? 0;
      const lag = position < 0 ? 0 : Math.max(0, highWatermark - position);
      return { topic, partition, position, highWatermark, lag };
    });
  }

  /** The records one by one, until the consumer is closed: `for await (const record of consumer)`. */
  [Symbol.asyncIterator](): AsyncIterableIterator<ConsumerRecord<K, V>> {
    return this.records();
  }

  /**
   * The records one by one, until the consumer is closed or the signal aborts. A record counts as processed when
   * the next one is asked for. A loop that was left is gone on with by the next one.
   * Throws CLOSED. `next` rejects with CONCURRENT_ITERATION while another loop reads, with the error of a
   * partition that cannot be read (CORRUPT_MESSAGE, OFFSET_OUT_OF_RANGE, …), or as `connect`.
   */
  records(options: WaitOptions = {}): AsyncIterableIterator<ConsumerRecord<K, V>> {
    return new RecordLoop(this.#loopContext(options));
  }

  /** As `records`, batch by batch: the fast way. */
  batches(options: WaitOptions = {}): AsyncIterableIterator<ConsumerBatch<K, V>> {
    return new BatchLoop(this.#loopContext(options));
  }

  /**
   * Calls `eachMessage` or `eachBatch` until the consumer is closed or the signal aborts, then resolves when the
   * calls under way have ended.
   * Rejects with what a call threw, after the calls under way have ended (its record comes again in the next
   * loop), or as `records`; with INVALID_ARGUMENT for bad options; before the first call with
   * UNKNOWN_TOPIC_OR_PARTITION when a retry or dead-letter topic does not exist.
   */
  async run(options: RunOptions<K, V>): Promise<void> {
    const resolved = resolveRunOptions(options, this.#subscribed());
    const settings = this.#reading.group === undefined ? resolved : this.#scope.wrap(resolved);
    this.#requireOpen();
    const owner = {};
    this.#guard.enter(owner);
    this.#runCount += 1;
    try {
      await untilAborted(this.#reading.start(), 'run', options.signal);
      await runLoop(this.#runContext(), settings);
    } catch (thrown) {
      const isEnding = options.signal?.aborted === true || this.#closing !== undefined;
      if (isEnding && TidelogError.from(thrown).code === 'ABORTED') return;
      throw thrown;
    } finally {
      this.#runCount -= 1;
      this.#guard.leave(owner);
    }
  }

  /**
   * Commits how far the group is: everything that was processed, up to and including a record or a batch, or the
   * next offsets that a list names. Resolves when the coordinator has it.
   * Rejects with REBALANCE_IN_PROGRESS for partitions that are not this consumer's any more (the message names
   * them; the others are committed), with the broker's error (OFFSET_METADATA_TOO_LARGE, OFFSET_OUT_OF_RANGE,
   * UNKNOWN_MEMBER_ID after `assign` when the group has members, …), with the last error when it could not be reached
   * for commitTimeoutMs, INVALID_ARGUMENT without a group, ABORTED, CLOSED.
   */
  async commit(what?: CommitArgument<K, V>, options: WaitOptions = {}): Promise<void> {
    const { offsets } = this.#requireGroup('commit');
    await untilAborted(offsets.commit(what), 'commit', options.signal);
  }

  /** As `commit` without waiting, in the order of the calls; a failure emits `commitFailed`. Throws INVALID_ARGUMENT. */
  commitAsync(what?: CommitArgument<K, V>): void {
    this.#requireGroup('commitAsync').offsets.commitAsync(what);
  }

  /**
   * Where the group is in these partitions (those that are read, unless given), asked of its coordinator; partitions
   * of which nothing was committed are left out.
   * Rejects with INVALID_ARGUMENT without a group, GROUP_AUTHORIZATION_FAILED, CONNECTION_FAILED, ABORTED or CLOSED.
   */
  async committed(
    partitions: readonly TopicPartition[] = this.assignment(),
    { signal }: WaitOptions = {},
  ): Promise<readonly CommittedOffset[]> {
    const { offsets } = this.#requireGroup('committed');
    const timeoutMs = this.#client.metadataTimeoutMs;
    return await untilAborted(offsets.committed(partitions, { timeoutMs, signal }), 'committed', signal);
  }

  /** What the consumer was made to read. */
  get subscription(): { readonly topics: readonly string[]; readonly topicPattern: string | undefined } {
    const { topics = [], topicPattern } = this.#settings;
    return { topics, topicPattern };
  }

  /** Its name in the group, for its whole life; undefined when it is no member of a group. */
  get memberId(): string | undefined {
    return this.#reading.group?.member?.memberId;
  }

  /** Rises with every change of what it is to read; undefined while the group has not taken it in. */
  get memberEpoch(): number | undefined {
    return this.#reading.group?.member?.memberEpoch;
  }

  /** The consumer as its group knows it, for whoever commits on its behalf; undefined while it is no member. */
  groupMetadata(): (GroupMemberInfo & { readonly groupInstanceId: string | undefined }) | undefined {
    const info = this.#reading.group?.info();
    return info && { ...info, groupInstanceId: this.#settings.groupInstanceId };
  }

  /** Aborts when the partition is taken away from this consumer. Throws INVALID_ARGUMENT for one that is not read. */
  partitionSignal(at: TopicPartition): AbortSignal {
    return this.#reading.require(at, 'partitionSignal').signal;
  }

  /**
   * Ends: nothing more is handed out and loops end. With a group, calls of `run` under way are waited for (up to
   * `timeoutMs`, and not those that close), what was processed is committed, `onRevoked` is called, and the group is
   * left, so that others take over at once: all this within 5 seconds more. An aborted signal skips the waiting. The record that a loop is at is
   * not committed: leave the loop, or abort its signal, first.
   * Calling it again gives the same promise.
   */
  close(options: CloseOptions = {}): Promise<void> {
    this.#scope.closes();
    this.#closing ??= this.#closeOnce(options);
    return this.#closing;
  }

  /** As `close()`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #subscribed(): SubscribedTopics {
    const { groupId, topics } = this.#settings;
    return { groupId, topics };
  }

  #runContext(): RunContext<K, V> {
    const { maxPartitionFetchBytes } = this.#settings;
    return {
      source: this.#reading.source,
      client: this.#client,
      metadata: this.#metadata,
      watch: this.#reading.watch,
      subscribed: this.#subscribed(),
      maxPartitionFetchBytes,
      stopped: this.#reading.stopped,
      ended: this.#ended.signal,
      readAlso: (topics, signal) => this.#reading.readAlso(topics, signal),
    };
  }

  #loopContext({ signal }: WaitOptions): LoopContext<K, V> {
    this.#requireOpen();
    const { source } = this.#reading;
    return { source, guard: this.#guard, signal, start: () => this.#startLoop(signal) };
  }

  /** A loop that is closed or aborted while it starts ends without an error. */
  async #startLoop(signal: AbortSignal | undefined): Promise<void> {
    try {
      await untilAborted(this.#reading.start(), 'the start of the consumer', signal);
    } catch (thrown) {
      if (signal?.aborted !== true && this.#closing === undefined) throw thrown;
    }
  }

  async #closeOnce({ timeoutMs = DEFAULT_CLOSE_TIMEOUT_MS, signal }: CloseOptions): Promise<void> {
    const { group } = this.#reading;
    this.#reading.stop();
    if (group !== undefined) {
      const working = this.#runCount === 0 ? [] : this.#reading.readers();
      const work = Promise.all(
        working.map((reader) => Promise.race([reader.whenIdle(), this.#scope.whenClosing(reader)])),
      );
      await group.close(work, { timeoutMs, signal });
    }
    this.#reading.close();
    this.#ended.abort();
    this.#onClosed();
  }

  #requireGroup(what: string): ConsumerGroup {
    const { group } = this.#reading;
    if (group !== undefined) return group;
    throw new TidelogError(
      'INVALID_ARGUMENT',
      `${what}: this consumer has no group to keep offsets for; make it with the option groupId`,
    );
  }

  #requireOpen(): void {
    if (this.#closing === undefined) return;
    throw new TidelogError('CLOSED', 'the consumer was closed; make a new one with tidelog.consumer()');
  }
}
