/**
 * The native protocol's messages of consumer groups ↔ the broker's requests and responses; see
 * native-translation.ts.
 *
 * A heartbeat leaves out what has not changed. A list says so by its absence, a text by being empty, since no
 * member changes it back to nothing; only the pattern may become none and so tells absent from empty.
 */
import { fromSafeNumber, topicIdFromBytes, topicIdToBytes, toSafeNumber, type wire } from '@tidelog/protocol';
import type {
  CommittedOffsetResult,
  DescribedGroup,
  NamedTopicPartitions,
  TopicIdPartitions,
} from '../../group-requests.ts';
import { errorFields, leaderEpochOf, rows, topicIdBytes, type Translation } from './native-fields.ts';

/** The request kind of each api. */
export interface GroupKindOf {
  FIND_COORDINATOR: 'findCoordinator';
  OFFSET_COMMIT: 'offsetCommit';
  OFFSET_FETCH: 'offsetFetch';
  CONSUMER_GROUP_HEARTBEAT: 'consumerGroupHeartbeat';
  LIST_GROUPS: 'listGroups';
  DESCRIBE_GROUPS: 'describeGroups';
  DELETE_GROUPS: 'deleteGroups';
  OFFSET_DELETE: 'offsetDelete';
}

/** −1 stands for an unknown epoch in requests and responses, 0 on the wire. */
const UNKNOWN_EPOCH = -1;

/** The translation of each api of groups. */
export const GROUP_TRANSLATIONS: {
  readonly [A in keyof GroupKindOf]: Translation<A, GroupKindOf[A]>;
} = {
  FIND_COORDINATOR: {
    kind: 'findCoordinator',
    request: ({ groupIds }) => ({ keyType: 'group', keys: groupIds }),
    response: ({ coordinators }) => ({
      coordinators: coordinators.map(({ key, error, coordinator }) => ({
        groupId: key,
        ...errorFields(error),
        brokerId: coordinator?.brokerId ?? -1,
        host: coordinator?.host ?? '',
        port: coordinator?.port ?? 0,
      })),
    }),
  },
  OFFSET_COMMIT: {
    kind: 'offsetCommit',
    request: ({ groupId, memberId, memberEpoch, instanceId, partitions }) => ({
      groupId,
      memberId,
      memberEpoch,
      groupInstanceId: textOf(instanceId),
      partitions: rows(partitions).map((row) => ({
        topicId: topicIdFromBytes(row.topicId),
        partition: row.partition,
        committedOffset: toSafeNumber(row.committedOffset, 'committed_offset'),
        committedLeaderEpoch: leaderEpochOf(row.committedLeaderEpochPlusOne) ?? UNKNOWN_EPOCH,
        metadata: row.metadata,
      })),
      refuseBeyondLogEnd: true,
    }),
    response: ({ partitions }) => ({ partitions: partitions.map(({ error }) => errorFields(error)) }),
  },
  OFFSET_FETCH: {
    kind: 'offsetFetch',
    request: ({ groupId, memberId, memberEpoch, allPartitions, partitions, requireStable }) => ({
      groups: [
        {
          groupId,
          ...(memberId === '' ? {} : { memberId, memberEpoch }),
          partitions: allPartitions
            ? 'all'
            : rows(partitions).map(({ topicId, partition }) => ({
                topicId: topicIdFromBytes(topicId),
                partition,
              })),
        },
      ],
      requireStable,
    }),
    response: ({ groups: [group] }) => {
      if (group === undefined) throw new Error('a response has fewer groups than its request');
      if (group.error !== undefined) throw group.error;
      return { partitions: group.partitions.map(committedOffset) };
    },
  },
  CONSUMER_GROUP_HEARTBEAT: {
    kind: 'consumerGroupHeartbeat',
    request: (body) => ({
      groupId: body.groupId,
      memberId: body.memberId,
      memberEpoch: body.memberEpoch,
      instanceId: textOf(body.instanceId),
      rackId: textOf(body.rackId),
      rebalanceTimeoutMs: body.rebalanceTimeoutMs === 0 ? undefined : body.rebalanceTimeoutMs,
      subscribedTopicNames: presentOf(body.subscribedTopicNames)?.names,
      subscribedTopicRegex: body.subscribedTopicPattern ?? undefined,
      serverAssignor: textOf(body.serverAssignor),
      ownedPartitions: ownedPartitionsOf(presentOf(body.ownedPartitions)),
    }),
    response: ({ memberId, memberEpoch, heartbeatIntervalMs, sessionTimeoutMs = 0, assignment }) => ({
      memberId,
      memberEpoch,
      heartbeatIntervalMs,
      sessionTimeoutMs,
      ...(assignment === undefined ? {} : { assignment: { topics: assignment.map(idPartitions) } }),
    }),
  },
  LIST_GROUPS: {
    kind: 'listGroups',
    request: ({ states, types }) => ({ states, types }),
    response: ({ groups }) => ({ groups: [...groups] }),
  },
  DESCRIBE_GROUPS: {
    kind: 'describeGroups',
    request: ({ groupIds }) => ({ groupIds }),
    response: ({ groups }) => ({ groups: groups.map(describedGroup) }),
  },
  DELETE_GROUPS: {
    kind: 'deleteGroups',
    request: ({ groupIds }) => ({ groupIds }),
    response: ({ groups }) => ({
      groups: groups.map(({ groupId, error }) => ({ groupId, ...errorFields(error) })),
    }),
  },
  OFFSET_DELETE: {
    kind: 'offsetDelete',
    request: ({ groupId, partitions }) => ({
      groupId,
      partitions: rows(partitions).map(({ topicName, partition }) => ({ topic: topicName, partition })),
    }),
    response: ({ partitions }) => ({ partitions: partitions.map(({ error }) => errorFields(error)) }),
  },
};

/** Empty: not given. */
function textOf(text: string): string | undefined {
  return text === '' ? undefined : text;
}

/** A message that may be absent, whatever its generated type says. */
function presentOf<T>(message: T | null | undefined): T | undefined {
  return message ?? undefined;
}

function ownedPartitionsOf(list: wire.TopicPartitionList | undefined): TopicIdPartitions[] | undefined {
  if (list === undefined) return undefined;
  return rows(list.topics).map(({ topicId, partitions }) => ({
    topicId: topicIdFromBytes(topicId),
    partitions,
  }));
}

function idPartitions({ topicId, partitions }: TopicIdPartitions): wire.TopicPartitions.$Properties {
  return { topicId: topicIdToBytes(topicId), partitions: [...partitions] };
}

function namedPartitions(named: NamedTopicPartitions): wire.NamedTopicPartitions.$Properties {
  return { topicName: named.topic, topicId: topicIdBytes(named), partitions: [...named.partitions] };
}

const NOTHING_COMMITTED = -1;

function committedOffset(result: CommittedOffsetResult): wire.CommittedOffset.$Properties {
  return {
    topicId: topicIdBytes(result),
    topicName: result.topic ?? '',
    partition: result.partition,
    ...errorFields(result.error),
    // Places that a client of Kafka has committed by their names are none to ours.
    committedOffset: fromSafeNumber(Math.max(NOTHING_COMMITTED, result.committedOffset), 'committedOffset'),
    committedLeaderEpochPlusOne: result.committedLeaderEpoch + 1,
    metadata: result.metadata,
  };
}

function describedGroup(group: DescribedGroup): wire.DescribedGroup.$Properties {
  return {
    groupId: group.groupId,
    ...errorFields(group.error),
    type: group.type,
    protocolType: group.protocolType,
    state: group.state,
    groupEpoch: group.groupEpoch,
    assignmentEpoch: group.assignmentEpoch,
    assignor: group.assignor,
    members: group.members.map((member) => ({
      memberId: member.memberId,
      instanceId: member.instanceId ?? '',
      rackId: member.rackId ?? '',
      clientId: member.clientId,
      clientHost: member.clientHost,
      memberEpoch: member.memberEpoch,
      subscribedTopicNames: [...member.subscribedTopicNames],
      subscribedTopicPattern: member.subscribedTopicRegex ?? '',
      assignment: member.assignment.map(namedPartitions),
      targetAssignment: member.targetAssignment.map(namedPartitions),
    })),
  };
}
