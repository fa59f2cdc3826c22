/**
 * What the group coordinator writes to `__consumer_offsets`: every change of a group is one or more of these, and
 * `apply` of them is the only way to change a group, live and on load.
 *
 * A record with the value null is a tombstone: what its key named is gone. group-record-codec.ts turns records into
 * keys and values in Kafka's schemas and back.
 */
import type { TopicId } from '@tidelog/protocol';

/** Partition numbers by topic, sorted, never an empty list. */
export type PartitionsByTopic = ReadonlyMap<TopicId, readonly number[]>;

export interface CommittedOffset {
  /** The next offset to be read. */
  readonly offset: number;
  /** −1: unknown. */
  readonly leaderEpoch: number;
  readonly metadata: string;
  readonly commitTimestampMs: number;
  /** Of the topic when it was committed; a topic of another id is another log. Absent in records of old clients. */
  readonly topicId?: TopicId | undefined;
}

export interface OffsetCommitRecord {
  readonly type: 'offsetCommit';
  readonly groupId: string;
  readonly topic: string;
  readonly partition: number;
  readonly value: CommittedOffset | null;
}

export interface ClassicMemberValue {
  readonly memberId: string;
  readonly groupInstanceId: string | undefined;
  readonly clientId: string;
  readonly clientHost: string;
  readonly rebalanceTimeoutMs: number;
  readonly sessionTimeoutMs: number;
  /** What the member said it subscribes to, in the group's protocol. */
  readonly subscription: Buffer;
  readonly assignment: Buffer;
}

export interface ClassicGroupValue {
  readonly protocolType: string;
  readonly generationId: number;
  readonly protocolName: string | undefined;
  /** Absent without members; absent with members: they were to join again. */
  readonly leader: string | undefined;
  readonly currentStateTimestampMs: number;
  readonly members: readonly ClassicMemberValue[];
}

export interface ClassicGroupRecord {
  readonly type: 'classicGroup';
  readonly groupId: string;
  readonly value: ClassicGroupValue | null;
}

export interface ConsumerGroupRecord {
  readonly type: 'consumerGroup';
  readonly groupId: string;
  /** `metadataHash`: of the subscribed topics' partitions when the epoch began; 0: of none. */
  readonly value: { readonly epoch: number; readonly metadataHash: number } | null;
}

/** How a classic member of a consumer group takes part (KIP-848, migration). */
export interface ClassicMemberMetadata {
  readonly sessionTimeoutMs: number;
  readonly supportedProtocols: readonly { readonly name: string; readonly metadata: Buffer }[];
}

export interface ConsumerGroupMemberValue {
  readonly instanceId: string | undefined;
  readonly rackId: string | undefined;
  readonly clientId: string;
  readonly clientHost: string;
  readonly subscribedTopicNames: readonly string[];
  /** Empty: none. */
  readonly subscribedTopicRegex: string;
  readonly rebalanceTimeoutMs: number;
  readonly serverAssignor: string | undefined;
  readonly classicMember: ClassicMemberMetadata | undefined;
}

export interface ConsumerGroupMemberRecord {
  readonly type: 'consumerGroupMember';
  readonly groupId: string;
  readonly memberId: string;
  readonly value: ConsumerGroupMemberValue | null;
}

export interface TargetAssignmentRecord {
  readonly type: 'targetAssignment';
  readonly groupId: string;
  readonly value: { readonly assignmentEpoch: number } | null;
}

export interface TargetAssignmentMemberRecord {
  readonly type: 'targetAssignmentMember';
  readonly groupId: string;
  readonly memberId: string;
  readonly value: { readonly partitions: PartitionsByTopic } | null;
}

/** Kafka's states of a member, with its numbers. */
export type MemberState = 'stable' | 'unrevokedPartitions' | 'unreleasedPartitions';

export interface CurrentAssignmentValue {
  readonly memberEpoch: number;
  readonly previousMemberEpoch: number;
  readonly state: MemberState;
  /** What the member owns. */
  readonly assignedPartitions: PartitionsByTopic;
  /** What it owned and has to give up; nobody else gets it before it did. */
  readonly partitionsPendingRevocation: PartitionsByTopic;
}

export interface CurrentAssignmentRecord {
  readonly type: 'currentAssignment';
  readonly groupId: string;
  readonly memberId: string;
  readonly value: CurrentAssignmentValue | null;
}

export interface RegularExpressionRecord {
  readonly type: 'regularExpression';
  readonly groupId: string;
  readonly pattern: string;
  /** The topics that the pattern matched when it was last resolved. */
  readonly value: {
    readonly topics: readonly string[];
    readonly version: number;
    readonly timestampMs: number;
  } | null;
}

export type GroupRecord =
  | OffsetCommitRecord
  | ClassicGroupRecord
  | ConsumerGroupRecord
  | ConsumerGroupMemberRecord
  | TargetAssignmentRecord
  | TargetAssignmentMemberRecord
  | CurrentAssignmentRecord
  | RegularExpressionRecord;
