/**
 * What a consumer tells whoever listens: `consumer.on('stalled', …)`. Nothing waits for a listener.
 */
import type { TidelogError } from '@tidelog/record/errors';
import type { CommitFailure } from './group/group-offsets.ts';
import type { HandlerStall } from './processing/handler-watch.ts';
import type { ConsumerStall } from './stall-watchdog.ts';
import type { TopicPartition } from './subscription.ts';

/** A partition whose next record was not there any more. */
export interface OffsetReset extends TopicPartition {
  /** The offset that was out of range. */
  readonly fromOffset: number;
  /** Where reading goes on. */
  readonly to: 'earliest' | 'latest';
}

/** A member of a group, as the group knows it. */
export interface GroupMemberInfo {
  readonly groupId: string;
  readonly memberId: string;
  readonly memberEpoch: number;
}

/** A group has taken the consumer in. */
export interface GroupJoin extends GroupMemberInfo {
  /** What it was given at once; more may follow when other members have given it up. */
  readonly partitions: readonly TopicPartition[];
}

/** A group that cannot be asked. The partitions are read on meanwhile, until the session is over. */
export interface CoordinatorOutage {
  readonly groupId: string;
  readonly unavailableForMs: number;
  /** The last failure. */
  readonly error: TidelogError;
}

export interface ConsumerEvents {
  /** A partition has not been fetched for stallTimeoutMs though it should be. */
  stalled: [stall: ConsumerStall];
  /** A call of `run`, `onAssigned` or `onRevoked` has been under way for handlerStallTimeoutMs. Told once per call. */
  handlerStalled: [stall: HandlerStall];
  /** Records between two offsets were skipped because they are not there any more. */
  offsetReset: [reset: OffsetReset];
  /** A topic got more partitions; they are read from their first record. Without a group. */
  partitionsAdded: [partitions: readonly TopicPartition[]];
  /** The consumer has become a member of its group, for the first time or again after it was lost to it. */
  group_join: [join: GroupJoin];
  /** The group gives the consumer other partitions; those that stay go on. */
  rebalancing: [member: GroupMemberInfo];
  /** `onAssigned` has been called with these; their records follow. */
  partitionsAssigned: [partitions: readonly TopicPartition[]];
  /** `onRevoked` has been called with these; others read them from now on. */
  partitionsRevoked: [partitions: readonly TopicPartition[]];
  /** These were lost: others may have been reading them already. */
  partitionsLost: [partitions: readonly TopicPartition[]];
  /** A commit that nobody waits for (by itself, or `commitAsync`) failed. */
  commitFailed: [failure: CommitFailure];
  /** The coordinator has not answered for stallTimeoutMs; it is asked again and again. Told once per outage. */
  coordinatorUnavailable: [outage: CoordinatorOutage];
}

/** Tells whoever listens. */
export type EmitConsumerEvent = <E extends keyof ConsumerEvents>(name: E, ...args: ConsumerEvents[E]) => void;
