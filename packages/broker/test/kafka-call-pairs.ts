/**
 * For each API of the Kafka listener, in any of its versions: a request that a broker can fulfil, one that it has to
 * refuse, and where the response says so.
 */
import { ZERO_UUID, type ApiName, type RequestInput, type ResponseOf } from '@tidelog/kafka-protocol';
import type { ErrorCode } from '@tidelog/record/errors';

/** What the requests are about. */
export interface CallSubjects {
  /** With one partition and at least one record. */
  readonly topic: string;
  readonly topicId: string;
  /** Has no members and may be given offsets. */
  readonly emptyGroup: string;
  /** A group of one member, in the generation given. */
  readonly group: { readonly groupId: string; readonly memberId: string; readonly generationId: number };
  /** One record batch. */
  readonly batch: Buffer;
  /** A name that nothing has yet. */
  readonly unusedName: string;
}

export interface KafkaCallPair<N extends ApiName> {
  readonly good: (subjects: CallSubjects, version: number) => RequestInput<N>;
  /** Undefined where the version, or the API, has no request that is wrong. */
  readonly bad: ((subjects: CallSubjects, version: number) => RequestInput<N> | undefined) | undefined;
  /** What the bad one is refused with. */
  readonly refusal: ErrorCode | undefined;
  /** Every error code in the response. */
  readonly errorCodes: (body: ResponseOf<N>, version: number) => readonly number[];
}

type ServedApi = Exclude<
  ApiName,
  | 'SaslHandshake'
  | 'SaslAuthenticate'
  | 'AddPartitionsToTxn'
  | 'AddOffsetsToTxn'
  | 'EndTxn'
  | 'TxnOffsetCommit'
  | 'AlterPartitionReassignments'
  | 'ListPartitionReassignments'
  | 'DescribeProducers'
  | 'DescribeTransactions'
  | 'ListTransactions'
>;

const NO_TOPIC = 'no-such-topic';
const NO_ID = 'AAAAAAAAAAAAAAAAAAAAAQ';
const UNKNOWN_MEMBER = 'nobody';

const produce = (name: string, records: Buffer): RequestInput<'Produce'> => ({
  acks: -1,
  timeoutMs: 5000,
  topicData: [{ name, partitionData: [{ index: 0, records }] }],
});

const fetch = (topic: string, topicId: string, version: number): RequestInput<'Fetch'> => {
  const partitions = [{ partition: 0, fetchOffset: 0, partitionMaxBytes: 1000 }];
  const named = version >= 13 ? { topicId, partitions } : { topic, partitions };
  return { maxWaitMs: 10, minBytes: 1, maxBytes: 1000, topics: [named] };
};

const listOffsets = (name: string): RequestInput<'ListOffsets'> => ({
  replicaId: -1,
  topics: [{ name, partitions: [{ partitionIndex: 0, timestamp: -1 }] }],
});

const offsetCommit = (groupId: string, memberId: string): RequestInput<'OffsetCommit'> => ({
  groupId,
  memberId,
  generationIdOrMemberEpoch: memberId === '' ? -1 : 1,
  topics: [{ name: NO_TOPIC, partitions: [] }],
});

const offsetFetch = (
  version: number,
  { groupId, topic }: { groupId: string; topic: string },
): RequestInput<'OffsetFetch'> => {
  const topics = [{ name: topic, partitionIndexes: [0] }];
  return version >= 8 ? { groups: [{ groupId, topics }] } : { groupId, topics };
};

const findCoordinator = (key: string, version: number, keyType = 0): RequestInput<'FindCoordinator'> => ({
  ...(version >= 4 ? { coordinatorKeys: [key] } : { key }),
  ...(version >= 1 ? { keyType } : {}),
});

const joinGroup = (groupId: string, memberId: string): RequestInput<'JoinGroup'> => ({
  groupId,
  sessionTimeoutMs: 10_000,
  rebalanceTimeoutMs: 10_000,
  memberId,
  protocolType: 'consumer',
  protocols: [{ name: 'range', metadata: Buffer.alloc(0) }],
});

const leaveGroup = (groupId: string, memberId: string, version: number): RequestInput<'LeaveGroup'> =>
  version >= 3 ? { groupId, members: [{ memberId }] } : { groupId, memberId };

const createTopic = (name: string, numPartitions: number): RequestInput<'CreateTopics'> => ({
  topics: [{ name, numPartitions, replicationFactor: 1, assignments: [], configs: [] }],
  timeoutMs: 5000,
  validateOnly: true,
});

const deleteTopic = (name: string, version: number): RequestInput<'DeleteTopics'> => ({
  ...(version >= 6 ? { topics: [{ name, topicId: ZERO_UUID }] } : { topicNames: [name] }),
  timeoutMs: 5000,
});

const resource = (resourceName: string) => ({ resourceType: 2, resourceName });

const rows = (list: readonly { readonly errorCode: number }[]): number[] =>
  list.map(({ errorCode }) => errorCode);

const nestedRows = (
  topics: readonly { readonly partitions: readonly { readonly errorCode: number }[] }[],
): number[] => topics.flatMap(({ partitions }) => rows(partitions));

export const KAFKA_CALL_PAIRS: { readonly [N in ServedApi]: KafkaCallPair<N> } = {
  Produce: {
    good: ({ topic, batch }) => produce(topic, batch),
    bad: ({ batch }) => produce(NO_TOPIC, batch),
    refusal: 'UNKNOWN_TOPIC_OR_PARTITION',
    errorCodes: ({ responses }) => responses.flatMap(({ partitionResponses }) => rows(partitionResponses)),
  },
  Fetch: {
    good: ({ topic, topicId }, version) => fetch(topic, topicId, version),
    bad: ({ topic, topicId }, version) => ({ ...fetch(topic, topicId, version), isolationLevel: 7 }),
    refusal: 'INVALID_REQUEST',
    errorCodes: ({ errorCode, responses }) => [
      errorCode,
      ...responses.flatMap(({ partitions }) => rows(partitions)),
    ],
  },
  ListOffsets: {
    good: ({ topic }) => listOffsets(topic),
    bad: () => listOffsets(NO_TOPIC),
    refusal: 'UNKNOWN_TOPIC_OR_PARTITION',
    errorCodes: ({ topics }) => nestedRows(topics),
  },
  Metadata: {
    good: ({ topic, topicId }, version) => ({
      topics: [version >= 12 ? { topicId, name: null } : { name: topic }],
    }),
    bad: (_subjects, version) => ({
      topics: [{ name: NO_TOPIC }],
      ...(version >= 4 ? { allowAutoTopicCreation: false } : {}),
    }),
    refusal: 'UNKNOWN_TOPIC_OR_PARTITION',
    errorCodes: ({ topics }) =>
      topics.flatMap(({ errorCode, partitions }) => [errorCode, ...rows(partitions)]),
  },
  OffsetCommit: {
    good: ({ emptyGroup, topic }) => ({
      ...offsetCommit(emptyGroup, ''),
      topics: [
        { name: topic, partitions: [{ partitionIndex: 0, committedOffset: 1, committedMetadata: 'm' }] },
      ],
    }),
    bad: ({ group, topic }) => ({
      ...offsetCommit(group.groupId, UNKNOWN_MEMBER),
      topics: [
        { name: topic, partitions: [{ partitionIndex: 0, committedOffset: 1, committedMetadata: '' }] },
      ],
    }),
    refusal: 'UNKNOWN_MEMBER_ID',
    errorCodes: ({ topics }) => nestedRows(topics),
  },
  OffsetFetch: {
    good: ({ emptyGroup, topic }, version) => offsetFetch(version, { groupId: emptyGroup, topic }),
    bad: ({ topic }, version) => offsetFetch(version, { groupId: '', topic }),
    refusal: 'INVALID_GROUP_ID',
    errorCodes: ({ errorCode, topics, groups }) => [
      errorCode,
      ...nestedRows(topics),
      ...groups.flatMap((group) => [group.errorCode, ...nestedRows(group.topics)]),
    ],
  },
  FindCoordinator: {
    good: ({ emptyGroup }, version) => findCoordinator(emptyGroup, version),
    bad: (_subjects, version) => findCoordinator('', version),
    refusal: 'INVALID_GROUP_ID',
    errorCodes: ({ errorCode, coordinators }) => [errorCode, ...rows(coordinators)],
  },
  JoinGroup: {
    good: ({ group }) => joinGroup(group.groupId, group.memberId),
    bad: ({ group }) => joinGroup(group.groupId, UNKNOWN_MEMBER),
    refusal: 'UNKNOWN_MEMBER_ID',
    errorCodes: ({ errorCode }) => [errorCode],
  },
  Heartbeat: {
    good: ({ group }) => ({ ...group }),
    bad: ({ group }) => ({ ...group, memberId: UNKNOWN_MEMBER }),
    refusal: 'UNKNOWN_MEMBER_ID',
    errorCodes: ({ errorCode }) => [errorCode],
  },
  LeaveGroup: {
    good: ({ group }, version) => leaveGroup(group.groupId, group.memberId, version),
    bad: ({ group }, version) => leaveGroup(group.groupId, UNKNOWN_MEMBER, version),
    refusal: 'UNKNOWN_MEMBER_ID',
    errorCodes: ({ errorCode, members }) => [errorCode, ...rows(members)],
  },
  SyncGroup: {
    good: ({ group }, version) => ({
      ...group,
      ...(version >= 5 ? { protocolType: 'consumer', protocolName: 'range' } : {}),
      assignments: [{ memberId: group.memberId, assignment: Buffer.from('share') }],
    }),
    bad: ({ group }, version) => ({
      ...group,
      memberId: UNKNOWN_MEMBER,
      ...(version >= 5 ? { protocolType: 'consumer', protocolName: 'range' } : {}),
      assignments: [],
    }),
    refusal: 'UNKNOWN_MEMBER_ID',
    errorCodes: ({ errorCode }) => [errorCode],
  },
  DescribeGroups: {
    good: ({ group }) => ({ groups: [group.groupId] }),
    bad: () => ({ groups: [''] }),
    refusal: 'INVALID_GROUP_ID',
    errorCodes: ({ groups }) => rows(groups),
  },
  ListGroups: {
    good: () => ({}),
    // There is nothing wrong that one could ask for.
    bad: undefined,
    refusal: undefined,
    errorCodes: ({ errorCode }) => [errorCode],
  },
  ApiVersions: {
    good: (_subjects, version) =>
      version >= 3 ? { clientSoftwareName: 'test', clientSoftwareVersion: '1.0' } : {},
    bad: (_subjects, version) =>
      version >= 3 ? { clientSoftwareName: 'no name', clientSoftwareVersion: '1.0' } : undefined,
    refusal: 'INVALID_REQUEST',
    errorCodes: ({ errorCode }) => [errorCode],
  },
  CreateTopics: {
    good: ({ unusedName }) => createTopic(unusedName, 2),
    bad: ({ unusedName }) => createTopic(unusedName, 0),
    refusal: 'INVALID_PARTITIONS',
    errorCodes: ({ topics }) => rows(topics),
  },
  DeleteTopics: {
    good: ({ unusedName }, version) => deleteTopic(unusedName, version),
    bad: (_subjects, version) => deleteTopic(NO_TOPIC, version),
    refusal: 'UNKNOWN_TOPIC_OR_PARTITION',
    errorCodes: ({ responses }) => rows(responses),
  },
  DeleteRecords: {
    good: ({ topic }) => ({
      topics: [{ name: topic, partitions: [{ partitionIndex: 0, offset: 0 }] }],
      timeoutMs: 100,
    }),
    bad: ({ topic }) => ({
      topics: [{ name: topic, partitions: [{ partitionIndex: 0, offset: 1e9 }] }],
      timeoutMs: 100,
    }),
    refusal: 'OFFSET_OUT_OF_RANGE',
    errorCodes: ({ topics }) => nestedRows(topics),
  },
  InitProducerId: {
    good: () => ({ transactionalId: null, transactionTimeoutMs: 1000 }),
    bad: () => ({ transactionalId: 'tx', transactionTimeoutMs: 1000 }),
    refusal: 'TRANSACTIONAL_ID_AUTHORIZATION_FAILED',
    errorCodes: ({ errorCode }) => [errorCode],
  },
  OffsetForLeaderEpoch: {
    good: ({ topic }) => ({ topics: [{ topic, partitions: [{ partition: 0, leaderEpoch: 0 }] }] }),
    bad: () => ({ topics: [{ topic: NO_TOPIC, partitions: [{ partition: 0, leaderEpoch: 0 }] }] }),
    refusal: 'UNKNOWN_TOPIC_OR_PARTITION',
    errorCodes: ({ topics }) => nestedRows(topics),
  },
  DescribeConfigs: {
    good: ({ topic }) => ({ resources: [{ ...resource(topic), configurationKeys: null }] }),
    bad: () => ({ resources: [{ ...resource(NO_TOPIC), configurationKeys: null }] }),
    refusal: 'UNKNOWN_TOPIC_OR_PARTITION',
    errorCodes: ({ results }) => rows(results),
  },
  AlterConfigs: {
    good: ({ topic }) => ({
      resources: [{ ...resource(topic), configs: [{ name: 'retention.ms', value: '1000' }] }],
      validateOnly: true,
    }),
    bad: ({ topic }) => ({
      resources: [{ ...resource(topic), configs: [{ name: 'retention.ms', value: 'soon' }] }],
      validateOnly: true,
    }),
    refusal: 'INVALID_CONFIG',
    errorCodes: ({ responses }) => rows(responses),
  },
  IncrementalAlterConfigs: {
    good: ({ topic }) => ({
      resources: [
        { ...resource(topic), configs: [{ name: 'retention.ms', configOperation: 0, value: '1000' }] },
      ],
      validateOnly: true,
    }),
    bad: ({ topic }) => ({
      resources: [
        { ...resource(topic), configs: [{ name: 'no.such.config', configOperation: 0, value: '1' }] },
      ],
      validateOnly: true,
    }),
    refusal: 'INVALID_CONFIG',
    errorCodes: ({ responses }) => rows(responses),
  },
  CreatePartitions: {
    good: ({ topic }) => ({
      topics: [{ name: topic, count: 2, assignments: null }],
      timeoutMs: 1000,
      validateOnly: true,
    }),
    bad: ({ topic }) => ({
      topics: [{ name: topic, count: 2, assignments: [{ brokerIds: [99] }] }],
      timeoutMs: 1000,
      validateOnly: true,
    }),
    refusal: 'INVALID_REPLICA_ASSIGNMENT',
    errorCodes: ({ results }) => rows(results),
  },
  DeleteGroups: {
    good: ({ emptyGroup }) => ({ groupsNames: [emptyGroup] }),
    bad: ({ group }) => ({ groupsNames: [group.groupId] }),
    refusal: 'NON_EMPTY_GROUP',
    errorCodes: ({ results }) => rows(results),
  },
  OffsetDelete: {
    good: ({ emptyGroup, topic }) => ({
      groupId: emptyGroup,
      topics: [{ name: topic, partitions: [{ partitionIndex: 0 }] }],
    }),
    bad: ({ topic }) => ({
      groupId: 'no-such-group',
      topics: [{ name: topic, partitions: [{ partitionIndex: 0 }] }],
    }),
    refusal: 'GROUP_ID_NOT_FOUND',
    errorCodes: ({ errorCode, topics }) => [errorCode, ...nestedRows(topics)],
  },
  DescribeCluster: {
    good: () => ({ includeClusterAuthorizedOperations: false }),
    bad: (_subjects, version) =>
      version >= 1 ? { includeClusterAuthorizedOperations: false, endpointType: 2 } : undefined,
    refusal: 'MISMATCHED_ENDPOINT_TYPE',
    errorCodes: ({ errorCode }) => [errorCode],
  },
  ConsumerGroupHeartbeat: {
    good: ({ unusedName, topic }) => ({
      groupId: unusedName,
      memberId: NO_ID,
      memberEpoch: 0,
      rebalanceTimeoutMs: 10_000,
      subscribedTopicNames: [topic],
      topicPartitions: [],
    }),
    bad: ({ unusedName }) => ({ groupId: unusedName, memberId: NO_ID, memberEpoch: 7 }),
    refusal: 'UNKNOWN_MEMBER_ID',
    errorCodes: ({ errorCode }) => [errorCode],
  },
  ConsumerGroupDescribe: {
    good: ({ unusedName }) => ({ groupIds: [unusedName], includeAuthorizedOperations: false }),
    bad: () => ({ groupIds: ['no-such-group'], includeAuthorizedOperations: false }),
    refusal: 'GROUP_ID_NOT_FOUND',
    errorCodes: ({ groups }) => rows(groups),
  },
};
