/**
 * A consumer as a member of a group: joins with its topics, follows the assignment, commits, and leaves.
 *
 *   membership (heartbeats) → handover (partitions, callbacks) → the consumer's readers → offsets (commits)
 *
 * States: idle → starting → joined ⇄ joining again → closed, or failed: an error that no waiting changes, or what a
 * callback threw, which ends the loops and gives everything up.
 */
import { TidelogError } from '@tidelog/record/errors';
import { atMost } from '../../abortable.ts';
import type { ClientSettings } from '../../client-options.ts';
import type { ClusterMetadata } from '../../cluster-metadata.ts';
import type { PartitionReader } from '../partition-reader.ts';
import type { HandlerWatch } from '../processing/handler-watch.ts';
import type { StartFrom } from '../start-position.ts';
import type { Subscription, TopicPartition } from '../subscription.ts';
import type { CommitIdentity } from './committer.ts';
import { FAREWELL_MS, GroupOffsets, type CommitFailure } from './group-offsets.ts';
import type { GroupSettings } from './group-options.ts';
import { GroupTopics } from './group-topics.ts';
import { Membership } from './membership.ts';
import { PartitionHandover } from './partition-handover.ts';

export interface GroupMemberOptions {
  readonly client: ClientSettings;
  readonly metadata: ClusterMetadata;
  readonly settings: GroupSettings & {
    readonly groupId: string;
    readonly topics?: readonly string[] | undefined;
    readonly startFrom: StartFrom;
    readonly stallTimeoutMs: number;
  };
  readonly subscription: Subscription;
  readonly watch: HandlerWatch;
}

export interface GroupMemberHandlers {
  handOut(reader: PartitionReader): void;
  suspend(reader: PartitionReader): void;
  onJoined(): void;
  onRebalancing(): void;
  onTold(kind: 'assigned' | 'revoked' | 'lost', partitions: readonly TopicPartition[]): void;
  onCommitFailed(failure: CommitFailure): void;
  /** Heartbeats have failed for stallTimeoutMs; once per outage. */
  onUnavailable(outage: { readonly unavailableForMs: number; readonly error: TidelogError }): void;
  /** Nothing will be read any more. */
  onFailed(thrown: unknown): void;
}

const MEMBER_ID_BYTES = 16;

export class GroupMember {
  readonly memberId: string;
  readonly offsets: GroupOffsets;
  readonly #options: GroupMemberOptions;
  readonly #handlers: GroupMemberHandlers;
  readonly #topics: GroupTopics;
  readonly #membership: Membership;
  readonly #handover: PartitionHandover;
  readonly #joined = Promise.withResolvers<void>();
  readonly #left = Promise.withResolvers<void>();
  #hasStarted = false;
  #isRebalancingTold = false;
  #outage: { readonly sinceMs: number; isReported: boolean } | undefined;

  constructor(options: GroupMemberOptions, handlers: GroupMemberHandlers) {
    const { client, metadata, settings, subscription, watch } = options;
    this.#options = options;
    this.#handlers = handlers;
    const bytes = Array.from({ length: MEMBER_ID_BYTES }, () => client.random.below(256));
    this.memberId = Buffer.from(bytes).toString('base64url');
    this.#joined.promise.catch(() => undefined);
    this.#topics = new GroupTopics(client, metadata, settings.startFrom);
    this.offsets = this.#newOffsets();
    this.#membership = this.#newMembership();
    this.#handover = new PartitionHandover(
      { ...settings, settings: client, watch, ownership: this.#membership, topics: this.#topics },
      {
        fetchPlaces: (keys, signal) => this.offsets.fetchPlaces(keys, { timeoutMs: Infinity, signal }),
        add: (place, committed) => {
          const reader = subscription.add(place);
          if (committed !== undefined) this.offsets.startedAt(reader, committed);
          // A leader that is newer than what is known of it.
          if ((committed?.leaderEpoch ?? -1) > reader.leaderEpoch) metadata.requestRefresh();
          return reader;
        },
        handOut: (reader) => {
          reader.isAnnounced = true;
          handlers.handOut(reader);
        },
        suspend: (reader) => handlers.suspend(reader),
        remove: (readers) => {
          this.offsets.forget(readers);
          subscription.remove(readers);
        },
        commitProcessed: (readers) => this.offsets.autoCommit(readers),
        whenCommitted: (readers) => this.offsets.whenCommitted(readers),
        onTold: (kind, partitions) => handlers.onTold(kind, partitions),
        onFailed: (thrown) => this.#callbackFailed(thrown),
      },
    );
  }

  /** Undefined while it is not a member. */
  get memberEpoch(): number | undefined {
    return this.#membership.isJoined ? this.#membership.memberEpoch : undefined;
  }

  /**
   * Joins; resolves when the group has taken the member in. Rejects with UNKNOWN_TOPIC_OR_PARTITION,
   * CONNECTION_FAILED, CLOSED, or with the group's error that no waiting changes.
   */
  async start(signal: AbortSignal): Promise<void> {
    const { topics = [], topicPattern } = this.#options.settings;
    await this.#topics.addNames(topics, { signal });
    if (topicPattern !== undefined) await this.#topics.lookAround(signal);
    this.#hasStarted = true;
    this.#membership.start();
    await this.#joined.promise;
    this.offsets.start();
  }

  /** Subscribes to further topics, which are read from their first records. Rejects as `start`. */
  async subscribeAlso(topics: readonly string[], signal: AbortSignal): Promise<void> {
    await this.#topics.addNames(topics, { signal, isFromStart: true });
    this.#membership.subscriptionChanged();
  }

  /** Everything that the group has given so far has been taken up. */
  whenSettled(): Promise<void> {
    return this.#handover.whenSettled();
  }

  /**
   * Waits for `work` (handlers under way) up to `timeoutMs`, commits, tells the program, and leaves the group. An
   * aborted signal ends all waiting: the group is only told.
   */
  async close(
    work: Promise<unknown>,
    { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal?: AbortSignal | undefined },
  ): Promise<void> {
    this.#joined.reject(new TidelogError('CLOSED', 'the consumer was closed'));
    const { clock } = this.#options.client;
    if (this.#hasStarted) {
      await atMost(clock, timeoutMs, work, signal);
      this.#handover.closing();
      this.#membership.close();
      await atMost(clock, FAREWELL_MS, this.#left.promise, signal);
      this.#membership.leave();
    }
    this.#membership.dispose();
    this.offsets.close();
    this.#topics.close();
  }

  #newOffsets(): GroupOffsets {
    const { client, metadata, settings, subscription } = this.#options;
    const tenure = (): number => this.#membership.tenure;
    const identity = (): CommitIdentity => {
      const { groupId, groupInstanceId } = settings;
      return { groupId, groupInstanceId, memberId: this.memberId, memberEpoch: this.#membership.memberEpoch };
    };
    return new GroupOffsets({
      ...settings,
      client,
      metadata,
      authority: {
        get tenure() {
          return tenure();
        },
        identity,
        owns: (target) => this.#membership.owns(target.key, target.tenure),
        onRefused: () => this.#membership.wantHeartbeat(),
      },
      readers: () => subscription.readers(),
      reader: (at) => subscription.reader(at),
      onCommitFailed: (failure) => this.#handlers.onCommitFailed(failure),
    });
  }

  #newMembership(): Membership {
    const { client, settings } = this.#options;
    const { memberId } = this;
    const member = {
      ...settings,
      memberId,
      topics: () => this.#topics.names,
      topicPattern: settings.topicPattern ?? '',
    };
    return new Membership(
      member,
      { settings: client, coordinator: this.offsets.coordinator },
      {
        onJoined: () => {
          this.#joined.resolve();
          this.#handlers.onJoined();
        },
        onEpochChanged: () => this.offsets.retryNow(),
        onAssign: (keys, tenure) => {
          this.#tellRebalancing();
          this.#handover.takeUp(keys, tenure);
        },
        onRevoke: (keys, tenure) => {
          this.#tellRebalancing();
          this.#handover.giveUp(keys, tenure);
        },
        onLose: (keys) => {
          this.#handover.drop(keys);
          this.offsets.dropLost();
        },
        onTrouble: (error) => this.#troubled(error),
        onFailed: (error) => this.#failed(error),
        onLeft: () => this.#left.resolve(),
      },
    );
  }

  /** Once for what one answer changes. */
  #tellRebalancing(): void {
    if (this.#isRebalancingTold) return;
    this.#isRebalancingTold = true;
    queueMicrotask(() => (this.#isRebalancingTold = false));
    this.#handlers.onRebalancing();
  }

  #troubled(error: TidelogError): void {
    const nowMs = this.#options.client.clock.monotonicMs();
    const { stallTimeoutMs } = this.#options.settings;
    if (this.#membership.failures <= 1) this.#outage = { sinceMs: nowMs, isReported: false };
    const outage = this.#outage;
    if (outage === undefined || outage.isReported || stallTimeoutMs === 0) return;
    const unavailableForMs = nowMs - outage.sinceMs;
    if (unavailableForMs < stallTimeoutMs) return;
    outage.isReported = true;
    this.#handlers.onUnavailable({ unavailableForMs, error });
  }

  #failed(thrown: unknown): void {
    this.#joined.reject(thrown);
    this.#handlers.onFailed(thrown);
  }

  /** Others may do better with the partitions. */
  #callbackFailed(thrown: unknown): void {
    this.#failed(thrown);
    this.#membership.close();
  }
}
