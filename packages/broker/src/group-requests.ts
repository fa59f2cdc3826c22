/**
 * The requests of consumer groups, as plain objects that belong to no protocol (see requests.ts).
 *
 * A group is of type `consumer` (KIP-848: the broker assigns, heartbeats carry everything) or `classic` (members
 * join, a leader assigns, all sync). Both commit, fetch, list, describe and delete through the same requests.
 */
import type { TopicId } from '@tidelog/protocol';
import type { TidelogError } from '@tidelog/record/errors';
import type { BrokerEndpoint, PartitionReference } from './requests.ts';

/** Partitions of one topic. */
export interface TopicIdPartitions {
  readonly topicId: TopicId;
  readonly partitions: readonly number[];
}

export interface FindCoordinatorRequest {
  readonly keyType: 'group' | 'transaction';
  /** Group ids or transactional ids. */
  readonly keys: readonly string[];
}

export interface CoordinatorResult {
  readonly key: string;
  readonly error?: TidelogError | undefined;
  /** Absent with an error. The address is that of the listener that the request came through. */
  readonly coordinator?: BrokerEndpoint | undefined;
}

export interface FindCoordinatorResponse {
  /** In the order of the request. */
  readonly coordinators: readonly CoordinatorResult[];
}

export interface ConsumerGroupHeartbeatRequest {
  readonly groupId: string;
  /** Chosen by the member (KIP-1082); empty with the epoch 0: the coordinator makes one. */
  readonly memberId: string;
  /** 0 joins, −1 leaves, −2 leaves as a static member that comes back; else the epoch that the member is at. */
  readonly memberEpoch: number;
  readonly instanceId?: string | undefined;
  readonly rackId?: string | undefined;
  /** Absent: not changed. */
  readonly rebalanceTimeoutMs?: number | undefined;
  /** Absent: not changed. */
  readonly subscribedTopicNames?: readonly string[] | undefined;
  /** Absent: not changed. Empty: none. */
  readonly subscribedTopicRegex?: string | undefined;
  /** Absent: not changed. */
  readonly serverAssignor?: string | undefined;
  /** What the member owns. Absent: not changed since its last heartbeat. */
  readonly ownedPartitions?: readonly TopicIdPartitions[] | undefined;
}

export interface ConsumerGroupHeartbeatResponse {
  readonly memberId: string;
  readonly memberEpoch: number;
  readonly heartbeatIntervalMs: number;
  /** The native door tells it, Kafka's does not. Absent: the member guesses nine heartbeat intervals. */
  readonly sessionTimeoutMs?: number | undefined;
  /** What the member may own from now on. Absent: not changed. */
  readonly assignment?: readonly TopicIdPartitions[] | undefined;
}

export interface JoinGroupProtocol {
  readonly name: string;
  /** A ConsumerProtocolSubscription for the protocol type `consumer`; not looked at otherwise. */
  readonly metadata: Buffer;
}

export interface JoinGroupRequest {
  readonly groupId: string;
  readonly sessionTimeoutMs: number;
  readonly rebalanceTimeoutMs: number;
  /** Empty: not a member yet. */
  readonly memberId: string;
  readonly groupInstanceId?: string | undefined;
  readonly protocolType: string;
  /** In the order of the member's preference. */
  readonly protocols: readonly JoinGroupProtocol[];
  /** True for clients that come back with the id they are given (JoinGroup v4, KIP-394). */
  readonly requireKnownMemberId: boolean;
  /** True for clients that understand SkipAssignment (JoinGroup v9, KIP-814). */
  readonly supportsSkippingAssignment: boolean;
  readonly reason?: string | undefined;
}

export interface JoinGroupMember {
  readonly memberId: string;
  readonly groupInstanceId?: string | undefined;
  readonly metadata: Buffer;
}

export interface JoinGroupResponse {
  /** MEMBER_ID_REQUIRED comes with `memberId`. */
  readonly error?: TidelogError | undefined;
  /** −1 with an error. */
  readonly generationId: number;
  readonly protocolType?: string | undefined;
  readonly protocolName?: string | undefined;
  /** The member id of the leader. */
  readonly leader: string;
  readonly skipAssignment: boolean;
  readonly memberId: string;
  /** All members for the leader, none for the others. */
  readonly members: readonly JoinGroupMember[];
}

export interface SyncGroupRequest {
  readonly groupId: string;
  readonly generationId: number;
  readonly memberId: string;
  readonly groupInstanceId?: string | undefined;
  /** Absent before SyncGroup v5: then they are not compared. */
  readonly protocolType?: string | undefined;
  readonly protocolName?: string | undefined;
  /** From the leader alone. */
  readonly assignments: readonly { readonly memberId: string; readonly assignment: Buffer }[];
}

export interface SyncGroupResponse {
  readonly error?: TidelogError | undefined;
  readonly protocolType?: string | undefined;
  readonly protocolName?: string | undefined;
  readonly assignment: Buffer;
}

/** The heartbeat of a classic member. Rejects with REBALANCE_IN_PROGRESS, ILLEGAL_GENERATION, UNKNOWN_MEMBER_ID, … */
export interface HeartbeatRequest {
  readonly groupId: string;
  readonly generationId: number;
  readonly memberId: string;
  readonly groupInstanceId?: string | undefined;
}

export type HeartbeatResponse = Readonly<Record<never, never>>;

export interface LeavingMember {
  /** Empty with an instance id: whoever has that instance id. */
  readonly memberId: string;
  readonly groupInstanceId?: string | undefined;
  readonly reason?: string | undefined;
}

export interface LeaveGroupRequest {
  readonly groupId: string;
  readonly members: readonly LeavingMember[];
}

export interface LeaveGroupResponse {
  /** In the order of the request. */
  readonly members: readonly (LeavingMember & { readonly error?: TidelogError | undefined })[];
}

export interface OffsetCommitPartition extends PartitionReference {
  /**
   * The next offset to be read. Clients of Kafka also commit −1 and −2, in order to start at the end or at the
   * beginning (kafkajs does so when its place is out of range); it is kept and given back, and means what it means
   * to them.
   */
  readonly committedOffset: number;
  /** −1: unknown. */
  readonly committedLeaderEpoch: number;
  readonly metadata: string;
}

export interface OffsetCommitRequest {
  readonly groupId: string;
  /** Empty with the epoch −1: an administrator, or a consumer that assigns partitions to itself. */
  readonly memberId: string;
  /** The member epoch, or the generation of a classic member. */
  readonly memberEpoch: number;
  readonly groupInstanceId?: string | undefined;
  readonly partitions: readonly OffsetCommitPartition[];
  /**
   * Refuse offsets below 0, and those beyond the end of a log that this broker leads: OFFSET_OUT_OF_RANGE. Kafka does
   * neither.
   */
  readonly refuseBeyondLogEnd: boolean;
}

export interface OffsetCommitResponse {
  /** In the order of the request; members that may not commit get their error in every row. */
  readonly partitions: readonly { readonly error?: TidelogError | undefined }[];
}

export interface OffsetFetchGroup {
  readonly groupId: string;
  /** Absent: not as a member. Given, the epoch is checked (KIP-848). */
  readonly memberId?: string | undefined;
  readonly memberEpoch?: number | undefined;
  readonly partitions: 'all' | readonly PartitionReference[];
}

export interface OffsetFetchRequest {
  readonly groups: readonly OffsetFetchGroup[];
  /** UNSTABLE_OFFSET_COMMIT for partitions with offsets in an open transaction. */
  readonly requireStable: boolean;
}

export interface CommittedOffsetResult extends PartitionReference {
  readonly error?: TidelogError | undefined;
  /** −1: nothing was committed, or −1 was; −2 was. */
  readonly committedOffset: number;
  readonly committedLeaderEpoch: number;
  readonly metadata: string;
}

export interface OffsetFetchGroupResult {
  readonly groupId: string;
  readonly error?: TidelogError | undefined;
  /** In the order of the request, with name and, for topics that exist, id. */
  readonly partitions: readonly CommittedOffsetResult[];
}

export interface OffsetFetchResponse {
  readonly groups: readonly OffsetFetchGroupResult[];
}

export type GroupType = 'consumer' | 'classic';
/** Kafka's names. The first five of a consumer group, Empty, Stable, Dead and the last two of a classic one. */
export type GroupStateName =
  'Empty' | 'Assigning' | 'Reconciling' | 'Stable' | 'Dead' | 'PreparingRebalance' | 'CompletingRebalance';

export interface ListGroupsRequest {
  /** Empty: all. Compared without regard to case. */
  readonly states: readonly string[];
  readonly types: readonly string[];
}

export interface ListedGroup {
  readonly groupId: string;
  readonly type: GroupType;
  readonly protocolType: string;
  readonly state: GroupStateName;
}

export interface ListGroupsResponse {
  readonly groups: readonly ListedGroup[];
}

export interface DescribeGroupsRequest {
  readonly groupIds: readonly string[];
  /** The only type that is wanted: another is GROUP_ID_NOT_FOUND. Absent: either. */
  readonly type?: GroupType | undefined;
}

/** Partitions of a topic that may be gone by now. */
export interface NamedTopicPartitions {
  readonly topic: string;
  readonly topicId?: TopicId | undefined;
  readonly partitions: readonly number[];
}

export interface DescribedMember {
  readonly memberId: string;
  readonly instanceId?: string | undefined;
  readonly rackId?: string | undefined;
  readonly clientId: string;
  readonly clientHost: string;
  /** The generation, of a classic member. */
  readonly memberEpoch: number;
  readonly subscribedTopicNames: readonly string[];
  readonly subscribedTopicRegex?: string | undefined;
  readonly assignment: readonly NamedTopicPartitions[];
  readonly targetAssignment: readonly NamedTopicPartitions[];
  /** A member of a consumer group that joined by the classic protocol (KIP-848, online migration). */
  readonly isClassic?: boolean;
  /** Of a member of a classic group: the bytes that it and its leader exchanged. */
  readonly classic?: { readonly metadata: Buffer; readonly assignment: Buffer } | undefined;
}

export interface DescribedGroup {
  readonly groupId: string;
  /** GROUP_ID_NOT_FOUND when there is none; then the rest is empty. */
  readonly error?: TidelogError | undefined;
  readonly type: GroupType;
  readonly protocolType: string;
  readonly state: GroupStateName;
  /** The generation, of a classic group. */
  readonly groupEpoch: number;
  readonly assignmentEpoch: number;
  /** The assignor, or the protocol that a classic group chose. */
  readonly assignor: string;
  readonly members: readonly DescribedMember[];
}

export interface DescribeGroupsResponse {
  /** In the order of the request. */
  readonly groups: readonly DescribedGroup[];
}

export interface DeleteGroupsRequest {
  readonly groupIds: readonly string[];
}

export interface GroupResult {
  readonly groupId: string;
  readonly error?: TidelogError | undefined;
}

export interface DeleteGroupsResponse {
  /** In the order of the request. */
  readonly groups: readonly GroupResult[];
}

export interface OffsetDeleteRequest {
  readonly groupId: string;
  /** By name: offsets outlive their topics. */
  readonly partitions: readonly { readonly topic: string; readonly partition: number }[];
}

export interface OffsetDeleteResponse {
  /** In the order of the request. */
  readonly partitions: readonly { readonly error?: TidelogError | undefined }[];
}

/** Every request kind of groups with its two messages. */
export interface GroupRequests {
  findCoordinator: { request: FindCoordinatorRequest; response: FindCoordinatorResponse };
  consumerGroupHeartbeat: {
    request: ConsumerGroupHeartbeatRequest;
    response: ConsumerGroupHeartbeatResponse;
  };
  joinGroup: { request: JoinGroupRequest; response: JoinGroupResponse };
  syncGroup: { request: SyncGroupRequest; response: SyncGroupResponse };
  heartbeat: { request: HeartbeatRequest; response: HeartbeatResponse };
  leaveGroup: { request: LeaveGroupRequest; response: LeaveGroupResponse };
  offsetCommit: { request: OffsetCommitRequest; response: OffsetCommitResponse };
  offsetFetch: { request: OffsetFetchRequest; response: OffsetFetchResponse };
  listGroups: { request: ListGroupsRequest; response: ListGroupsResponse };
  describeGroups: { request: DescribeGroupsRequest; response: DescribeGroupsResponse };
  deleteGroups: { request: DeleteGroupsRequest; response: DeleteGroupsResponse };
  offsetDelete: { request: OffsetDeleteRequest; response: OffsetDeleteResponse };
}
