/**
 * The group of a consumer, in either of two shapes: the consumer is a member and the group says which partitions it
 * reads; or it chooses its partitions with `assign`, and only offsets are kept under the group's name.
 */
import type { ClientSettings } from '../../client-options.ts';
import type { ClusterMetadata } from '../../cluster-metadata.ts';
import type { EmitConsumerEvent, GroupMemberInfo } from '../consumer-events.ts';
import type { PartitionReader } from '../partition-reader.ts';
import type { HandlerWatch } from '../processing/handler-watch.ts';
import type { StartFrom } from '../start-position.ts';
import type { PartitionAssignment, Subscription } from '../subscription.ts';
import { GroupMember } from './group-member.ts';
import { GroupOffsets, type CommitFailure } from './group-offsets.ts';
import type { GroupSettings } from './group-options.ts';

export interface ConsumerGroupOptions {
  readonly client: ClientSettings;
  readonly metadata: ClusterMetadata;
  readonly settings: GroupSettings & {
    readonly topics: readonly string[] | undefined;
    readonly startFrom: StartFrom;
    readonly stallTimeoutMs: number;
  };
  readonly subscription: Subscription;
  /** The program's calls that are under way. */
  readonly watch: HandlerWatch;
}

export interface ConsumerGroupHandlers {
  /** Records of the reader may be handed out from now on. */
  handOut(reader: PartitionReader): void;
  /** Nothing more of the reader is to be handed out. */
  suspend(reader: PartitionReader): void;
  /** Nothing will be read any more. */
  onFailed(thrown: unknown): void;
  readonly emit: EmitConsumerEvent;
}

/** The epoch of who is no member. */
const NO_MEMBER_EPOCH = -1;
const TOLD_EVENTS = {
  assigned: 'partitionsAssigned',
  revoked: 'partitionsRevoked',
  lost: 'partitionsLost',
} as const;

export class ConsumerGroup {
  readonly groupId: string;
  /** Undefined: partitions are chosen with `assign`. */
  readonly member: GroupMember | undefined;
  readonly offsets: GroupOffsets;
  readonly #options: ConsumerGroupOptions;
  readonly #handlers: ConsumerGroupHandlers;

  /** The group that the options name, if they do. */
  static of(options: ConsumerGroupOptions, handlers: ConsumerGroupHandlers): ConsumerGroup | undefined {
    const { groupId } = options.settings;
    return groupId === undefined ? undefined : new ConsumerGroup(groupId, options, handlers);
  }

  private constructor(groupId: string, options: ConsumerGroupOptions, handlers: ConsumerGroupHandlers) {
    const { settings } = options;
    this.groupId = groupId;
    this.#options = options;
    this.#handlers = handlers;
    const isMember = settings.topics !== undefined || settings.topicPattern !== undefined;
    this.member = isMember ? this.#newMember() : undefined;
    this.offsets = this.member?.offsets ?? this.#newOffsets();
  }

  /** Undefined while the consumer is no member. */
  info(): GroupMemberInfo | undefined {
    const { groupId, member } = this;
    if (member?.memberEpoch === undefined) return undefined;
    return { groupId, memberId: member.memberId, memberEpoch: member.memberEpoch };
  }

  /**
   * The assignments with the group's places where no offset is given and nothing is being read yet; `started` is to be
   * called once they are read. Rejects as `GroupOffsets.committed`.
   */
  async placesFor(
    assignments: readonly PartitionAssignment[],
    signal: AbortSignal,
  ): Promise<{ readonly assignments: readonly PartitionAssignment[]; started(): void }> {
    const { subscription, client } = this.#options;
    const unplaced = assignments.filter((at) => at.offset === undefined && !subscription.reader(at));
    const timeoutMs = client.metadataTimeoutMs;
    const places = await this.offsets.committed(unplaced, { timeoutMs, signal });
    const placeOf = (at: PartitionAssignment): (typeof places)[number] | undefined =>
      unplaced.includes(at)
        ? places.find(({ topic, partition }) => topic === at.topic && partition === at.partition)
        : undefined;
    return {
      assignments: assignments.map((at) => ({ ...at, offset: at.offset ?? placeOf(at)?.offset })),
      started: () => {
        for (const place of places) {
          const reader = subscription.reader(place);
          if (reader !== undefined) this.offsets.startedAt(reader, place);
        }
        this.offsets.start();
      },
    };
  }

  /** Commits, and leaves; see `GroupMember.close`. */
  async close(
    work: Promise<unknown>,
    options: { readonly timeoutMs: number; readonly signal?: AbortSignal | undefined },
  ): Promise<void> {
    if (this.member !== undefined) {
      await this.member.close(work, options);
    } else {
      await this.offsets.finish(work, options);
      this.offsets.close();
    }
  }

  #newMember(): GroupMember {
    const { groupId } = this;
    const { emit } = this.#handlers;
    return new GroupMember(
      { ...this.#options, settings: { ...this.#options.settings, groupId } },
      {
        handOut: (reader) => this.#handlers.handOut(reader),
        suspend: (reader) => this.#handlers.suspend(reader),
        onJoined: () => this.#tellJoined(),
        onRebalancing: () => {
          const info = this.info();
          if (info !== undefined) emit('rebalancing', info);
        },
        onTold: (kind, partitions) => emit(TOLD_EVENTS[kind], partitions),
        onCommitFailed: (failure) => emit('commitFailed', failure),
        onUnavailable: (outage) => emit('coordinatorUnavailable', { groupId, ...outage }),
        onFailed: (thrown) => this.#handlers.onFailed(thrown),
      },
    );
  }

  /** When what came with the answer has been taken up. */
  #tellJoined(): void {
    queueMicrotask(() => {
      void this.member?.whenSettled().then(() => {
        const info = this.info();
        if (info === undefined) return;
        const readers = this.#options.subscription.readers();
        const partitions = readers.map(({ topic, partition }) => ({ topic, partition }));
        this.#handlers.emit('group_join', { ...info, partitions });
      });
    });
  }

  #newOffsets(): GroupOffsets {
    const { client, metadata, settings, subscription } = this.#options;
    const { groupId } = this;
    return new GroupOffsets({
      ...settings,
      groupId,
      client,
      metadata,
      authority: {
        tenure: 0,
        identity: () => ({
          groupId,
          memberId: '',
          memberEpoch: NO_MEMBER_EPOCH,
          groupInstanceId: undefined,
        }),
        owns: ({ tenure }) => tenure === 0,
        onRefused: () => undefined,
      },
      readers: () => subscription.readers(),
      reader: (at) => subscription.reader(at),
      onCommitFailed: (failure: CommitFailure) => this.#handlers.emit('commitFailed', failure),
    });
  }
}
