/**
 * What members of groups send: finding the coordinator, the classic protocol (join, sync, heartbeat, leave) and
 * that of KIP-848.
 *
 * What members exchange through the coordinator is copied out of the frame, whose memory is used again.
 */
import type { ResponseInput } from '@tidelog/kafka-protocol';
import { TidelogError } from '@tidelog/record/errors';
import type { CoordinatorResult, LeaveGroupResponse, TopicIdPartitions } from '../../../group-requests.ts';
import { errorCodeOf, errorOf, kafkaApi, type AnyKafkaApi } from '../kafka-api.ts';

const NO_BYTES = Buffer.alloc(0);
/** From here on a client comes back with the member id that it is given (KIP-394). */
const FIRST_JOIN_VERSION_WITH_REQUIRED_ID = 4;
/** From here on a leader may be told that the assignment stands (KIP-814). */
const FIRST_JOIN_VERSION_WITH_SKIPPED_ASSIGNMENT = 9;
/** From here on the protocol's name may be null. */
const FIRST_JOIN_VERSION_WITH_NULL_PROTOCOL = 7;
const FIRST_LEAVE_VERSION_WITH_MEMBERS = 3;
const FIRST_FIND_VERSION_WITH_MANY_KEYS = 4;

export const FIND_COORDINATOR: AnyKafkaApi = kafkaApi({
  api: 'FindCoordinator',
  minVersion: 0,
  maxVersion: 5,
  serve: async ({ request, version, dispatch, missing }) => {
    if (request.keyType === TRANSACTION_KEY) missing('transactions');
    const isMany = version >= FIRST_FIND_VERSION_WITH_MANY_KEYS;
    const { coordinators } = await dispatch('findCoordinator', {
      keyType: keyTypeOf(request.keyType),
      keys: isMany ? request.coordinatorKeys : [request.key],
    });
    const rows = coordinators.map(coordinatorRow);
    return { body: isMany ? { coordinators: rows } : { ...rows[0], coordinators: [] } };
  },
  refuse: (request, error, version) => {
    if (version < FIRST_FIND_VERSION_WITH_MANY_KEYS) return coordinatorRow({ key: request.key, error });
    return { coordinators: request.coordinatorKeys.map((key) => coordinatorRow({ key, error })) };
  },
});

export const JOIN_GROUP: AnyKafkaApi = kafkaApi({
  api: 'JoinGroup',
  minVersion: 0,
  maxVersion: 9,
  serve: async ({ request, version, dispatch }) => {
    const { sessionTimeoutMs, rebalanceTimeoutMs } = request;
    const response = await dispatch('joinGroup', {
      groupId: request.groupId,
      sessionTimeoutMs,
      // Version 0 has one time-out for both; with no time at all nobody could ever sync.
      rebalanceTimeoutMs: rebalanceTimeoutMs <= 0 ? sessionTimeoutMs : rebalanceTimeoutMs,
      memberId: request.memberId,
      groupInstanceId: request.groupInstanceId ?? undefined,
      protocolType: request.protocolType,
      protocols: request.protocols.map(({ name, metadata }) => ({ name, metadata: Buffer.from(metadata) })),
      requireKnownMemberId: version >= FIRST_JOIN_VERSION_WITH_REQUIRED_ID,
      supportsSkippingAssignment: version >= FIRST_JOIN_VERSION_WITH_SKIPPED_ASSIGNMENT,
      reason: request.reason ?? undefined,
    });
    const { error, generationId, protocolType, protocolName, leader, skipAssignment, memberId } = response;
    return {
      body: {
        errorCode: errorCodeOf(error),
        generationId,
        protocolType: protocolType ?? null,
        protocolName: protocolName ?? noProtocol(version),
        leader,
        // A version without the flag belongs to a client that is never told to skip.
        ...(version >= FIRST_JOIN_VERSION_WITH_SKIPPED_ASSIGNMENT ? { skipAssignment } : {}),
        memberId,
        members: response.members.map((member) => ({
          memberId: member.memberId,
          groupInstanceId: member.groupInstanceId ?? null,
          metadata: member.metadata,
        })),
      },
    };
  },
  refuse: (request, error, version) => ({
    errorCode: errorCodeOf(error),
    generationId: -1,
    protocolName: noProtocol(version),
    leader: '',
    memberId: request.memberId,
    members: [],
  }),
});

export const SYNC_GROUP: AnyKafkaApi = kafkaApi({
  api: 'SyncGroup',
  minVersion: 0,
  maxVersion: 5,
  serve: async ({ request, dispatch }) => {
    const response = await dispatch('syncGroup', {
      groupId: request.groupId,
      generationId: request.generationId,
      memberId: request.memberId,
      groupInstanceId: request.groupInstanceId ?? undefined,
      protocolType: request.protocolType ?? undefined,
      protocolName: request.protocolName ?? undefined,
      assignments: request.assignments.map(({ memberId, assignment }) => ({
        memberId,
        assignment: Buffer.from(assignment),
      })),
    });
    return {
      body: {
        errorCode: errorCodeOf(response.error),
        protocolType: response.protocolType ?? null,
        protocolName: response.protocolName ?? null,
        assignment: response.assignment,
      },
    };
  },
  refuse: (_request, error) => ({ errorCode: errorCodeOf(error), assignment: NO_BYTES }),
});

export const HEARTBEAT: AnyKafkaApi = kafkaApi({
  api: 'Heartbeat',
  minVersion: 0,
  maxVersion: 4,
  serve: async ({ request, dispatch }) => {
    const { groupId, generationId, memberId, groupInstanceId } = request;
    await dispatch('heartbeat', {
      groupId,
      generationId,
      memberId,
      groupInstanceId: groupInstanceId ?? undefined,
    });
    return { body: { errorCode: 0 } };
  },
  refuse: (_request, error) => ({ errorCode: errorCodeOf(error) }),
});

export const LEAVE_GROUP: AnyKafkaApi = kafkaApi({
  api: 'LeaveGroup',
  minVersion: 0,
  maxVersion: 5,
  serve: async ({ request, version, dispatch }) => {
    const isMany = version >= FIRST_LEAVE_VERSION_WITH_MEMBERS;
    const { members } = await dispatch('leaveGroup', {
      groupId: request.groupId,
      members: isMany
        ? request.members.map(({ memberId, groupInstanceId, reason }) => ({
            memberId,
            groupInstanceId: groupInstanceId ?? undefined,
            reason: reason ?? undefined,
          }))
        : [{ memberId: request.memberId }],
    });
    return { body: isMany ? leaveRows(members) : { errorCode: errorCodeOf(members[0]?.error), members: [] } };
  },
  refuse: (_request, error) => ({ errorCode: errorCodeOf(error), members: [] }),
});

export const CONSUMER_GROUP_HEARTBEAT: AnyKafkaApi = kafkaApi({
  api: 'ConsumerGroupHeartbeat',
  minVersion: 0,
  maxVersion: 1,
  serve: async ({ request, dispatch }) => {
    const { rebalanceTimeoutMs, subscribedTopicNames, topicPartitions } = request;
    const response = await dispatch('consumerGroupHeartbeat', {
      groupId: request.groupId,
      memberId: request.memberId,
      memberEpoch: request.memberEpoch,
      instanceId: request.instanceId ?? undefined,
      rackId: request.rackId ?? undefined,
      rebalanceTimeoutMs: rebalanceTimeoutMs < 0 ? undefined : rebalanceTimeoutMs,
      subscribedTopicNames: subscribedTopicNames ?? undefined,
      subscribedTopicRegex: request.subscribedTopicRegex ?? undefined,
      serverAssignor: request.serverAssignor ?? undefined,
      ownedPartitions: topicPartitions ?? undefined,
    });
    const { memberId, memberEpoch, heartbeatIntervalMs, assignment } = response;
    return {
      body: {
        throttleTimeMs: 0,
        errorCode: 0,
        memberId,
        memberEpoch,
        heartbeatIntervalMs,
        assignment: assignment === undefined ? null : { topicPartitions: assignment.map(partitionsRow) },
      },
    };
  },
  refuse: (request, error) => ({
    throttleTimeMs: 0,
    ...errorOf(error),
    memberId: request.memberId,
    memberEpoch: request.memberEpoch,
    heartbeatIntervalMs: 0,
  }),
});

const TRANSACTION_KEY = 1;

function keyTypeOf(keyType: number): 'group' {
  if (keyType === 0) return 'group';
  if (keyType === TRANSACTION_KEY) {
    // What transactional clients give up on; other errors they retry.
    throw new TidelogError(
      'TRANSACTIONAL_ID_AUTHORIZATION_FAILED',
      'this broker has no transactions, and no coordinator of any',
    );
  }
  throw new TidelogError('INVALID_REQUEST', `the key type is ${keyType}; it is 0 (group) or 1 (transaction)`);
}

function coordinatorRow({ key, error, coordinator }: CoordinatorResult) {
  const { brokerId: nodeId = -1, host = '', port = -1 } = coordinator ?? {};
  return { key, nodeId, host, port, ...errorOf(error) };
}

/** Before version 7 the name may not be null. */
function noProtocol(version: number): string | null {
  return version >= FIRST_JOIN_VERSION_WITH_NULL_PROTOCOL ? null : '';
}

function leaveRows(members: LeaveGroupResponse['members']): ResponseInput<'LeaveGroup'> {
  return {
    errorCode: 0,
    members: members.map(({ memberId, groupInstanceId, error }) => ({
      memberId,
      groupInstanceId: groupInstanceId ?? null,
      errorCode: errorCodeOf(error),
    })),
  };
}

function partitionsRow({ topicId, partitions }: TopicIdPartitions) {
  return { topicId, partitions };
}
