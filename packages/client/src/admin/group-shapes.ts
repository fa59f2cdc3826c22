/**
 * What goes into the calls of an admin about consumer groups and what comes out.
 */
import type { WaitOptions } from '../abortable.ts';
import type { TopicPartition } from '../consumer/subscription.ts';

/** `consumer`: the broker assigns (KIP-848). `classic`: the members do. */
export type GroupType = 'consumer' | 'classic';

/** Kafka's names of a group's states; the first five of a consumer group, the rest of a classic one. */
export type GroupState =
  'Empty' | 'Assigning' | 'Reconciling' | 'Stable' | 'Dead' | 'PreparingRebalance' | 'CompletingRebalance';

export interface ListGroupsOptions extends WaitOptions {
  /** Only groups in one of these states; all unless given. */
  readonly states?: readonly GroupState[];
  /** Only groups of one of these types; both unless given. */
  readonly types?: readonly GroupType[];
}

export interface ListedGroup {
  readonly groupId: string;
  readonly type: GroupType;
  /** `consumer` for groups of consumers; empty for one that only commits offsets. */
  readonly protocolType: string;
  readonly state: GroupState;
}

/** Partitions of one topic. */
export interface AssignedTopic {
  readonly topic: string;
  readonly partitions: readonly number[];
}

export interface DescribedMember {
  readonly memberId: string;
  /** Undefined: a dynamic member. */
  readonly groupInstanceId: string | undefined;
  readonly rackId: string | undefined;
  readonly clientId: string;
  readonly clientHost: string;
  /** The generation, in a classic group. */
  readonly memberEpoch: number;
  readonly subscribedTopics: readonly string[];
  readonly subscribedPattern: string | undefined;
  /** What the member owns. */
  readonly assignment: readonly AssignedTopic[];
  /** What it is to own once the others have given it up. */
  readonly targetAssignment: readonly AssignedTopic[];
}

export interface DescribedGroup extends ListedGroup {
  /** Rises with every change of members, subscriptions or topics; the generation of a classic group. */
  readonly groupEpoch: number;
  /** The group epoch that the current target was made for. */
  readonly assignmentEpoch: number;
  readonly assignor: string;
  /** The broker that coordinates the group. */
  readonly coordinatorId: number;
  readonly members: readonly DescribedMember[];
}

/** The place of a group in one partition. */
export interface GroupOffset extends TopicPartition {
  /** The next offset to be read; −1: nothing was committed. */
  readonly offset: number;
  /** Of the record before it; −1: unknown. */
  readonly leaderEpoch: number;
  readonly metadata: string;
}

export interface FetchOffsetsOptions extends WaitOptions {
  /** Only these partitions, in this order, also those without a committed offset. */
  readonly partitions?: readonly TopicPartition[];
  /** Only partitions of these topics. */
  readonly topics?: readonly string[];
}

/** An offset to commit for a group. */
export interface OffsetToSet extends TopicPartition {
  /** The next offset to be read, 0 or more, at most the end of the partition. */
  readonly offset: number;
  /** Kept beside the offset; empty unless given. */
  readonly metadata?: string;
}

/** Where a group is to go on. */
export type ResetTarget =
  | 'earliest'
  | 'latest'
  /** The first record at or after this time, in milliseconds since the Unix epoch; the end where there is none. */
  | { readonly timestampMs: number }
  /** So many records on (or back, below 0) from the committed offset, at most to an end of the partition. */
  | { readonly shiftBy: number }
  /** This offset, in every partition. */
  | { readonly offset: number }
  /** These offsets; only the partitions named. */
  | { readonly offsets: readonly (TopicPartition & { readonly offset: number })[] };

export interface ResetOffsetsRequest extends WaitOptions {
  readonly to: ResetTarget;
  /** All partitions of these topics. Unless topics or partitions are given: those that the group has committed. */
  readonly topics?: readonly string[];
  /** Only these. */
  readonly partitions?: readonly TopicPartition[];
  /** Only say what would be done. */
  readonly dryRun?: boolean;
}

/** What was reset, or would be. */
export interface ResetOffset extends TopicPartition {
  /** −1: nothing was committed. */
  readonly previousOffset: number;
  readonly offset: number;
}

/** How far behind a group is in one partition. */
export interface GroupLag extends TopicPartition {
  /** −1: nothing was committed. */
  readonly committedOffset: number;
  /** The offset after the last record that consumers can read; −1: the topic is gone. */
  readonly logEndOffset: number;
  /** Records between the two; −1: not known, because one of them is not. */
  readonly lag: number;
  /** Who owns the partition; undefined: nobody at the moment. */
  readonly memberId: string | undefined;
  readonly groupInstanceId: string | undefined;
  readonly clientId: string | undefined;
  readonly clientHost: string | undefined;
}
