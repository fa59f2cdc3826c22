/**
 * What administrators ask of groups: list, describe, delete.
 *
 * DescribeGroups knows groups of the classic type alone, and ConsumerGroupDescribe the others (KIP-848); to either a
 * group of the other type is one that does not exist.
 */
import { ZERO_UUID } from '@tidelog/kafka-protocol';
import { TidelogError } from '@tidelog/record/errors';
import type { DescribedGroup, DescribedMember, NamedTopicPartitions } from '../../../group-requests.ts';
import { errorCodeOf, errorOf, kafkaApi, type AnyKafkaApi } from '../kafka-api.ts';

const NO_BYTES = Buffer.alloc(0);
/** Kafka's numbers of the protocols by which members of a consumer group join (KIP-1099). */
const CLASSIC_MEMBER = 0;
const CONSUMER_MEMBER = 1;
const GROUP_ID_NOT_FOUND = new TidelogError('GROUP_ID_NOT_FOUND', 'there is no such group');
/** From here on a group that does not exist is an error; before, it is a dead group (KIP-1043). */
const FIRST_DESCRIBE_VERSION_WITH_NOT_FOUND = 6;

export const LIST_GROUPS: AnyKafkaApi = kafkaApi({
  api: 'ListGroups',
  minVersion: 0,
  maxVersion: 5,
  serve: async ({ request, dispatch }) => {
    const { groups } = await dispatch('listGroups', {
      states: request.statesFilter,
      types: request.typesFilter,
    });
    return {
      body: {
        errorCode: 0,
        groups: groups.map(({ groupId, protocolType, state, type }) => ({
          groupId,
          protocolType,
          groupState: state,
          groupType: type,
        })),
      },
    };
  },
  refuse: (_request, error) => ({ errorCode: errorCodeOf(error), groups: [] }),
});

export const DESCRIBE_GROUPS: AnyKafkaApi = kafkaApi({
  api: 'DescribeGroups',
  minVersion: 0,
  maxVersion: 5,
  serve: async ({ request, version, dispatch }) => {
    const { groups } = await dispatch('describeGroups', { groupIds: request.groups, type: 'classic' });
    return { body: { groups: groups.map((group) => classicRow(group, version)) } };
  },
  refuse: (request, error) => ({
    groups: request.groups.map((groupId) => ({ ...emptyClassicRow(groupId), errorCode: errorCodeOf(error) })),
  }),
});

export const CONSUMER_GROUP_DESCRIBE: AnyKafkaApi = kafkaApi({
  api: 'ConsumerGroupDescribe',
  minVersion: 0,
  maxVersion: 1,
  serve: async ({ request, dispatch }) => {
    const { groups } = await dispatch('describeGroups', { groupIds: request.groupIds, type: 'consumer' });
    return { body: { throttleTimeMs: 0, groups: groups.map(consumerRow) } };
  },
  refuse: (request, error) => ({
    throttleTimeMs: 0,
    groups: request.groupIds.map((groupId) => ({ ...emptyConsumerRow(groupId), ...errorOf(error) })),
  }),
});

export const DELETE_GROUPS: AnyKafkaApi = kafkaApi({
  api: 'DeleteGroups',
  minVersion: 0,
  maxVersion: 2,
  serve: async ({ request, dispatch }) => {
    const { groups } = await dispatch('deleteGroups', { groupIds: request.groupsNames });
    const results = groups.map(({ groupId, error }) => ({ groupId, errorCode: errorCodeOf(error) }));
    return { body: { throttleTimeMs: 0, results } };
  },
  refuse: (request, error) => ({
    throttleTimeMs: 0,
    results: request.groupsNames.map((groupId) => ({ groupId, errorCode: errorCodeOf(error) })),
  }),
});

function emptyClassicRow(groupId: string) {
  return { errorCode: 0, groupId, groupState: 'Dead', protocolType: '', protocolData: '', members: [] };
}

function classicRow(group: DescribedGroup, version: number) {
  const { groupId, error, state, protocolType, assignor } = group;
  if (error?.code === GROUP_ID_NOT_FOUND.code && version < FIRST_DESCRIBE_VERSION_WITH_NOT_FOUND) {
    return emptyClassicRow(groupId);
  }
  if (error !== undefined) {
    return { ...emptyClassicRow(groupId), groupState: '', errorCode: errorCodeOf(error) };
  }
  return {
    errorCode: 0,
    groupId,
    groupState: state,
    protocolType,
    protocolData: assignor,
    members: group.members.map(({ memberId, instanceId, clientId, clientHost, classic }) => ({
      memberId,
      groupInstanceId: instanceId ?? null,
      clientId,
      clientHost,
      memberMetadata: classic?.metadata ?? NO_BYTES,
      memberAssignment: classic?.assignment ?? NO_BYTES,
    })),
  };
}

function emptyConsumerRow(groupId: string) {
  return { groupId, groupState: '', groupEpoch: 0, assignmentEpoch: 0, assignorName: '', members: [] };
}

function consumerRow({
  groupId,
  error,
  state,
  groupEpoch,
  assignmentEpoch,
  assignor,
  members,
}: DescribedGroup) {
  if (error !== undefined) return { ...emptyConsumerRow(groupId), ...errorOf(error) };
  return {
    errorCode: 0,
    groupId,
    groupState: state,
    groupEpoch,
    assignmentEpoch,
    assignorName: assignor,
    members: members.map(memberRow),
  };
}

function memberRow(member: DescribedMember) {
  const { memberId, instanceId, rackId, memberEpoch, clientId, clientHost, subscribedTopicRegex } = member;
  return {
    memberId,
    instanceId: instanceId ?? null,
    rackId: rackId ?? null,
    memberEpoch,
    clientId,
    clientHost,
    subscribedTopicNames: member.subscribedTopicNames,
    subscribedTopicRegex: subscribedTopicRegex ?? null,
    assignment: { topicPartitions: member.assignment.map(assignmentRow) },
    targetAssignment: { topicPartitions: member.targetAssignment.map(assignmentRow) },
    memberType: member.isClassic === true ? CLASSIC_MEMBER : CONSUMER_MEMBER,
  };
}

function assignmentRow({ topic, topicId, partitions }: NamedTopicPartitions) {
  return { topicId: topicId ?? ZERO_UUID, topicName: topic, partitions };
}
