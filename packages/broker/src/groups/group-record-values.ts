/**
 * The values of group records ⇄ bytes: what in Kafka's schemas differs from the form in which the coordinator keeps
 * it. Absent is null there, and of committed offsets the topic's id is a tagged field; see group-record-codec.ts.
 */
import {
  ConsumerGroupCurrentMemberAssignmentValue,
  ConsumerGroupMemberMetadataValue,
  GroupMetadataValue,
  OffsetCommitValue,
} from '@tidelog/kafka-protocol/group-records';
import type { GroupRecordValue } from '@tidelog/kafka-protocol/group-records';
import { TOPIC_ID_BYTES, topicIdFromBytes, topicIdToBytes } from '@tidelog/protocol';
import { TidelogError } from '@tidelog/record/errors';
import type {
  ClassicGroupValue,
  CommittedOffset,
  ConsumerGroupMemberValue,
  CurrentAssignmentValue,
  MemberState,
  PartitionsByTopic,
} from './group-records.ts';

const OFFSET_VALUE_VERSION = 4;
const OFFSET_TOPIC_ID_TAG = 0;
const GROUP_VALUE_VERSION = 3;

/** The state of a member is its index. */
const MEMBER_STATES: readonly MemberState[] = ['stable', 'unrevokedPartitions', 'unreleasedPartitions'];

export function encodeOffset(value: CommittedOffset): Buffer {
  const { topicId } = value;
  return OffsetCommitValue.encodeVersioned(OFFSET_VALUE_VERSION, {
    offset: value.offset,
    leaderEpoch: value.leaderEpoch,
    metadata: value.metadata,
    commitTimestamp: value.commitTimestampMs,
    ...(topicId === undefined
      ? {}
      : { unknownTaggedFields: [{ tag: OFFSET_TOPIC_ID_TAG, data: topicIdToBytes(topicId) }] }),
  });
}

export function decodeOffset(value: GroupRecordValue<'OffsetCommit'>): CommittedOffset {
  const tagged = value.unknownTaggedFields?.find(({ tag }) => tag === OFFSET_TOPIC_ID_TAG)?.data;
  return {
    offset: value.offset,
    leaderEpoch: value.leaderEpoch,
    metadata: value.metadata,
    commitTimestampMs: value.commitTimestamp,
    ...(tagged?.length === TOPIC_ID_BYTES ? { topicId: topicIdFromBytes(tagged) } : {}),
  };
}

export function encodeClassicGroup(value: ClassicGroupValue): Buffer {
  return GroupMetadataValue.encodeVersioned(GROUP_VALUE_VERSION, {
    protocolType: value.protocolType,
    generation: value.generationId,
    protocol: value.protocolName ?? null,
    leader: value.leader ?? null,
    currentStateTimestamp: value.currentStateTimestampMs,
    members: value.members.map((member) => ({
      memberId: member.memberId,
      groupInstanceId: member.groupInstanceId ?? null,
      clientId: member.clientId,
      clientHost: member.clientHost,
      rebalanceTimeout: member.rebalanceTimeoutMs,
      sessionTimeout: member.sessionTimeoutMs,
      subscription: member.subscription,
      assignment: member.assignment,
    })),
  });
}

export function decodeClassicGroup(value: GroupRecordValue<'GroupMetadata'>): ClassicGroupValue {
  return {
    protocolType: value.protocolType,
    generationId: value.generation,
    protocolName: value.protocol ?? undefined,
    leader: value.leader ?? undefined,
    currentStateTimestampMs: value.currentStateTimestamp,
    members: value.members.map((member) => ({
      memberId: member.memberId,
      groupInstanceId: member.groupInstanceId ?? undefined,
      clientId: member.clientId,
      clientHost: member.clientHost,
      // Version 0 had only the session's.
      rebalanceTimeoutMs: member.rebalanceTimeout < 0 ? member.sessionTimeout : member.rebalanceTimeout,
      sessionTimeoutMs: member.sessionTimeout,
      subscription: member.subscription,
      assignment: member.assignment,
    })),
  };
}

export function decodeConsumerGroup(value: GroupRecordValue<'ConsumerGroupMetadata'>): {
  epoch: number;
  metadataHash: number;
} {
  const metadataHash = Number(value.metadataHash);
  // A hash that a number cannot hold was not made here; without it the topics are looked at anew.
  return { epoch: value.epoch, metadataHash: Number.isSafeInteger(metadataHash) ? metadataHash : 0 };
}

export function encodeMember(value: ConsumerGroupMemberValue): Buffer {
  const { classicMember } = value;
  return ConsumerGroupMemberMetadataValue.encodeVersioned(0, {
    instanceId: value.instanceId ?? null,
    rackId: value.rackId ?? null,
    clientId: value.clientId,
    clientHost: value.clientHost,
    subscribedTopicNames: value.subscribedTopicNames,
    subscribedTopicRegex: value.subscribedTopicRegex,
    rebalanceTimeoutMs: value.rebalanceTimeoutMs,
    serverAssignor: value.serverAssignor ?? null,
    classicMemberMetadata:
      classicMember === undefined
        ? null
        : {
            sessionTimeoutMs: classicMember.sessionTimeoutMs,
            supportedProtocols: classicMember.supportedProtocols,
          },
  });
}

export function decodeMember(
  value: GroupRecordValue<'ConsumerGroupMemberMetadata'>,
): ConsumerGroupMemberValue {
  const classic = value.classicMemberMetadata;
  return {
    instanceId: value.instanceId ?? undefined,
    rackId: value.rackId ?? undefined,
    clientId: value.clientId,
    clientHost: value.clientHost,
    subscribedTopicNames: value.subscribedTopicNames,
    subscribedTopicRegex: value.subscribedTopicRegex ?? '',
    rebalanceTimeoutMs: value.rebalanceTimeoutMs,
    serverAssignor: value.serverAssignor ?? undefined,
    classicMember:
      classic === null
        ? undefined
        : {
            sessionTimeoutMs: classic.sessionTimeoutMs,
            supportedProtocols: classic.supportedProtocols.map(({ name, metadata }) => ({ name, metadata })),
          },
  };
}

export function encodeCurrentAssignment(value: CurrentAssignmentValue): Buffer {
  return ConsumerGroupCurrentMemberAssignmentValue.encodeVersioned(0, {
    memberEpoch: value.memberEpoch,
    previousMemberEpoch: value.previousMemberEpoch,
    state: MEMBER_STATES.indexOf(value.state),
    assignedPartitions: topicPartitionsOf(value.assignedPartitions),
    partitionsPendingRevocation: topicPartitionsOf(value.partitionsPendingRevocation),
  });
}

export function decodeCurrentAssignment(
  value: GroupRecordValue<'ConsumerGroupCurrentMemberAssignment'>,
): CurrentAssignmentValue {
  const state = MEMBER_STATES[value.state];
  if (state === undefined) {
    // To pass it over would forget what the member owns, and give its partitions to others.
    throw new TidelogError('MALFORMED_FRAME', `a member is in state ${value.state}, which does not exist`);
  }
  return {
    memberEpoch: value.memberEpoch,
    previousMemberEpoch: value.previousMemberEpoch,
    state,
    assignedPartitions: partitionsOf(value.assignedPartitions),
    partitionsPendingRevocation: partitionsOf(value.partitionsPendingRevocation),
  };
}

interface TopicPartitions {
  readonly topicId: string;
  readonly partitions: readonly number[];
}

export function topicPartitionsOf(partitions: PartitionsByTopic): TopicPartitions[] {
  return Array.from(partitions, ([topicId, numbers]) => ({ topicId, partitions: numbers }));
}

export function partitionsOf(topics: readonly TopicPartitions[]): PartitionsByTopic {
  const byTopic = new Map<string, readonly number[]>();
  for (const { topicId, partitions } of topics) {
    if (partitions.length > 0) {
      byTopic.set(
        topicId,
        [...partitions].sort((left, right) => left - right),
      );
    }
  }
  return byTopic;
}
