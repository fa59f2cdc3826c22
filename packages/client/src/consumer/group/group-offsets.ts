/**
 * The offsets of a group as one consumer commits and reads them: what was processed by itself every
 * autoCommitIntervalMs, and what the program asks for.
 *
 * Invariants: a commit covers only partitions that the consumer owns when it is sent; what `autoCommit` commits is
 * the processed offset of a reader, which is contiguous.
 */
import { TidelogError } from '@tidelog/record/errors';
import { atMost } from '../../abortable.ts';
import type { ClientSettings } from '../../client-options.ts';
import type { Timer } from '../../clock.ts';
import type { ClusterMetadata } from '../../cluster-metadata.ts';
import type { PartitionReader } from '../partition-reader.ts';
import type { TopicPartition } from '../subscription.ts';
import { NO_TENURE, processedTarget, targetsOf, type CommitArgument } from './commit-arguments.ts';
import type { CommitTarget } from './commit-queue.ts';
import { fetchCommittedPlaces, type CommittedPlace } from './committed-offsets.ts';
import { Committer, type CommitIdentity } from './committer.ts';
import { GroupCoordinator } from './group-coordinator.ts';
import { partitionKey, type PartitionKey } from './partition-key.ts';

/** The place of a group in one partition. */
export interface CommittedOffset extends TopicPartition {
  /** The next offset to be read. */
  readonly offset: number;
  /** The leader epoch of the record before it; −1: unknown. */
  readonly leaderEpoch: number;
  readonly metadata: string;
}

/** Commits that nobody waits for and that failed. */
export interface CommitFailure {
  readonly partitions: readonly (TopicPartition & { readonly offset: number })[];
  readonly error: TidelogError;
}

/** On whose behalf offsets are committed. */
export interface CommitAuthority {
  readonly tenure: number;
  identity(): CommitIdentity;
  owns(target: CommitTarget): boolean;
  /** The coordinator does not accept the member as it is. */
  onRefused(): void;
}

export interface GroupOffsetsOptions {
  readonly client: ClientSettings;
  readonly metadata: ClusterMetadata;
  readonly groupId: string;
  readonly autoCommit: boolean;
  readonly autoCommitIntervalMs: number;
  readonly commitTimeoutMs: number;
  readonly authority: CommitAuthority;
  readonly readers: () => readonly PartitionReader[];
  readonly reader: (at: TopicPartition) => PartitionReader | undefined;
  readonly onCommitFailed: (failure: CommitFailure) => void;
}

/** How long the last commits, and the farewell to the group, may take when the consumer closes. */
export const FAREWELL_MS = 5_000;

export class GroupOffsets {
  readonly coordinator: GroupCoordinator;
  readonly #options: GroupOffsetsOptions;
  readonly #committer: Committer;
  #timer: Timer | undefined;
  #isClosed = false;

  constructor(options: GroupOffsetsOptions) {
    const { client, metadata, groupId, commitTimeoutMs, authority } = options;
    this.#options = options;
    this.coordinator = new GroupCoordinator(groupId, client, metadata.coordinators);
    this.#committer = new Committer({
      settings: client,
      coordinator: this.coordinator,
      commitTimeoutMs,
      identity: () => authority.identity(),
      owns: (target) => authority.owns(target),
      onRefused: () => authority.onRefused(),
    });
  }

  /** Begins to commit by itself, if it is to. */
  start(): void {
    const { autoCommit, autoCommitIntervalMs, client } = this.#options;
    if (!autoCommit || this.#timer !== undefined || this.#isClosed) return;
    this.#timer = client.clock.setIdleTimer(autoCommitIntervalMs, () => {
      this.#timer = undefined;
      void this.autoCommit(this.#options.readers());
      this.start();
    });
  }

  /**
   * Commits what the argument says, or everything that was processed. Rejects with INVALID_ARGUMENT, or as
   * `Committer.commit`.
   */
  async commit<K, V>(argument: CommitArgument<K, V> | undefined): Promise<void> {
    const targets = this.#targets(argument);
    try {
      await this.#committer.commit(targets, { isWatched: true });
    } catch (thrown) {
      this.#unclaim(targets);
      throw thrown;
    }
  }

  /** As `commit`, without waiting: failures become events. Throws INVALID_ARGUMENT. */
  commitAsync<K, V>(argument: CommitArgument<K, V> | undefined): void {
    void this.#commitUnwatched(this.#targets(argument));
  }

  /** Commits what was processed of these readers, if the consumer does so by itself. Failures become events. */
  async autoCommit(readers: readonly PartitionReader[]): Promise<void> {
    if (!this.#options.autoCommit) return;
    const { tenure } = this.#options.authority;
    const targets = readers
      .map((reader) => processedTarget(reader, tenure))
      .filter(({ key, offset }) => offset >= 0 && this.#committer.isNews(key, offset));
    await this.#commitUnwatched(targets);
  }

  /** Reading starts where the group is. */
  startedAt(reader: PartitionReader, { offset, leaderEpoch }: CommittedPlace): void {
    reader.processedFrom(offset, leaderEpoch);
    this.#committer.confirm(partitionKey(reader.topicId, reader.partition), offset);
  }

  /**
   * Reading starts where `startFrom` says. That becomes the group's place at once: whoever reads the partition next
   * must not start somewhere else.
   */
  startedNowhere(reader: PartitionReader): void {
    if (reader.processedOffset >= 0) return;
    reader.processedFrom(reader.state.fetchOffset);
    void this.autoCommit([reader]);
  }

  /** Where the group is in these partitions; those in which it is nowhere are left out. */
  async committed(
    partitions: readonly TopicPartition[],
    options: { readonly timeoutMs: number; readonly signal?: AbortSignal | undefined },
  ): Promise<CommittedOffset[]> {
    const keys = await Promise.all(
      partitions.map(async (at) => {
        const { topicId } =
          this.#options.reader(at) ?? (await this.#options.metadata.findTopic(at.topic, options));
        return partitionKey(topicId, at.partition);
      }),
    );
    const places = await this.fetchPlaces(keys, options);
    return partitions.flatMap(({ topic, partition }, index) => {
      const place = places.get(keys[index] as PartitionKey);
      return place === undefined || place.offset < 0 ? [] : [{ topic, partition, ...place }];
    });
  }

  /** As `fetchCommittedPlaces`, on behalf of this consumer. */
  fetchPlaces(
    keys: readonly PartitionKey[],
    options: { readonly timeoutMs: number; readonly signal?: AbortSignal | undefined },
  ): Promise<Map<PartitionKey, CommittedPlace>> {
    const { client, authority } = this.#options;
    const { coordinator } = this;
    const identity = (): CommitIdentity => authority.identity();
    const onRefused = (): void => authority.onRefused();
    return fetchCommittedPlaces({ settings: client, coordinator, identity, onRefused }, keys, options);
  }

  /** These are not read any more. */
  forget(readers: readonly PartitionReader[]): void {
    for (const { topicId, partition } of readers) this.#committer.forget(partitionKey(topicId, partition));
  }

  dropLost(): void {
    this.#committer.dropLost();
  }

  retryNow(): void {
    this.#committer.retryNow();
  }

  /** Resolves when no commit of these is waiting or on its way. */
  whenCommitted(readers: readonly PartitionReader[]): Promise<void> {
    const keys = readers.map(({ topicId, partition }) => partitionKey(topicId, partition));
    return this.#committer.whenIdle(keys);
  }

  /** Waits for `work` up to `timeoutMs`, then commits what was processed; an aborted signal ends all waiting. */
  async finish(
    work: Promise<unknown>,
    { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal?: AbortSignal | undefined },
  ): Promise<void> {
    const { client, readers } = this.#options;
    await atMost(client.clock, timeoutMs, work, signal);
    const committed = this.autoCommit(readers()).then(() => this.#committer.whenIdle());
    await atMost(client.clock, FAREWELL_MS, committed, signal);
  }

  close(): void {
    this.#isClosed = true;
    this.#timer?.cancel();
    this.#committer.close();
    this.coordinator.close();
  }

  /**
   * What a commit of the program is about. What lies before a place that it commits is processed, whatever its loop
   * says: a later commit of what was processed must not take the group back behind it. Unless it is refused: see
   * `#unclaim`.
   */
  #targets<K, V>(argument: CommitArgument<K, V> | undefined): CommitTarget[] {
    if (argument === undefined) return this.#unconfirmed();
    const targets = targetsOf(argument, this.#scope());
    for (const { topic, partition, offset, leaderEpoch, tenure } of targets) {
      const reader = this.#options.reader({ topic, partition });
      if (reader !== undefined && tenure !== NO_TENURE) reader.claim = { offset, leaderEpoch };
    }
    return targets;
  }

  /** What could not be committed counts no more than the loop says. */
  #unclaim(targets: readonly CommitTarget[]): void {
    for (const { key, topic, partition, offset } of targets) {
      const reader = this.#options.reader({ topic, partition });
      if (reader?.claim?.offset !== offset || partitionKey(reader.topicId, partition) !== key) continue;
      if (this.#committer.isNews(key, offset)) reader.claim = undefined;
    }
  }

  #scope(): { reader(at: TopicPartition): PartitionReader | undefined; readonly tenure: number } {
    const { reader, authority } = this.#options;
    return { reader, tenure: authority.tenure };
  }

  /** Everything processed that the coordinator has not acknowledged; what is on its way is waited for as well. */
  #unconfirmed(): CommitTarget[] {
    const { readers, authority } = this.#options;
    return readers()
      .map((reader) => processedTarget(reader, authority.tenure))
      .filter(({ key, offset }) => offset >= 0 && !this.#committer.isConfirmed(key, offset));
  }

  async #commitUnwatched(targets: readonly CommitTarget[]): Promise<void> {
    try {
      await this.#committer.commit(targets, { isWatched: false });
    } catch (thrown) {
      this.#unclaim(targets);
      const partitions = targets.map(({ topic, partition, offset }) => ({ topic, partition, offset }));
      this.#options.onCommitFailed({ partitions, error: TidelogError.from(thrown) });
    }
  }
}
