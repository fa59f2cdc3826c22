/**
 * What the scripted broker says: it knows one topic with one partition, one group with one member, and always agrees:
 * just enough for real clients to send the requests that they have. It remembers the batch produced last, and the
 * member that joined last.
 */
import { API_VERSIONS, type AnyRequest, type ApiName, type ResponseInput } from '@tidelog/kafka-protocol';

const TOPIC = 'golden';
const TOPIC_ID = 'AAECAwQFBgcICQoLDA0ODw';
const NODE_ID = 1;
const OK = { errorCode: 0 };
const GROUP_ASSIGNMENT = { topicPartitions: [{ topicId: TOPIC_ID, topicName: TOPIC, partitions: [0] }] };

type Answers = { readonly [N in ApiName]?: (request: Extract<AnyRequest, { api: N }>) => ResponseInput<N> };

/** An answer to every request, in any version. */
export class ScriptedAnswers {
  port = 0;
  readonly #maxVersions: Partial<Record<ApiName, number>>;
  #batch: Buffer | null = null;
  #memberId = '';
  #protocol = { name: '', metadata: Buffer.alloc(0) };
  #assignment = Buffer.alloc(0);

  constructor(maxVersions: Partial<Record<ApiName, number>>) {
    this.#maxVersions = maxVersions;
  }

  answer(request: AnyRequest): unknown {
    const answer = this.#answers[request.api] as ((request: AnyRequest) => unknown) | undefined;
    if (answer === undefined) throw new Error(`no answer to ${request.api}`);
    return answer(request);
  }

  readonly #answers: Answers = {
    ApiVersions: () => ({
      ...OK,
      apiKeys: API_VERSIONS.map(({ key, name, minVersion, maxVersion }) => ({
        apiKey: key,
        minVersion,
        maxVersion: this.#maxVersions[name] ?? maxVersion,
      })),
    }),
    Metadata: () => ({
      brokers: [{ nodeId: NODE_ID, host: '127.0.0.1', port: this.port }],
      clusterId: 'golden-cluster',
      controllerId: NODE_ID,
      topics: [
        {
          ...OK,
          name: TOPIC,
          topicId: TOPIC_ID,
          partitions: [
            {
              ...OK,
              partitionIndex: 0,
              leaderId: NODE_ID,
              leaderEpoch: 3,
              replicaNodes: [NODE_ID],
              isrNodes: [NODE_ID],
            },
          ],
        },
      ],
    }),
    Produce: ({ body }) => ({
      responses: body.topicData.map(({ name, partitionData }) => ({
        name,
        partitionResponses: partitionData.map(({ index, records }) => {
          this.#batch = records === null ? null : Buffer.from(records);
          return { index, ...OK, baseOffset: 0, logStartOffset: 0 };
        }),
      })),
    }),
    Fetch: ({ body }) => ({
      responses: body.topics.map(({ topic, topicId, partitions }) => ({
        topic,
        topicId,
        partitions: partitions.map(({ partition, fetchOffset }) => ({
          partitionIndex: partition,
          ...OK,
          highWatermark: 1,
          lastStableOffset: 1,
          logStartOffset: 0,
          abortedTransactions: null,
          records: fetchOffset === 0 && this.#batch !== null ? this.#batch : Buffer.alloc(0),
        })),
      })),
    }),
    ListOffsets: ({ body }) => ({
      topics: body.topics.map(({ name, partitions }) => ({
        name,
        partitions: partitions.map(({ partitionIndex, timestamp }) => ({
          partitionIndex,
          ...OK,
          offset: timestamp === -1 ? 1 : 0,
          leaderEpoch: 3,
        })),
      })),
    }),
    FindCoordinator: ({ body, header }) => {
      const node = { ...OK, nodeId: NODE_ID, host: '127.0.0.1', port: this.port };
      if (header.apiVersion < 4) return node;
      return { coordinators: body.coordinatorKeys.map((key) => ({ ...node, key })) };
    },
    JoinGroup: ({ body, header }) => {
      const { apiVersion } = header;
      this.#protocol = { ...body.protocols[0]!, metadata: Buffer.from(body.protocols[0]!.metadata) };
      this.#memberId = body.memberId === '' ? 'golden-member' : body.memberId;
      const isTold = apiVersion >= 4 && body.memberId === '';
      const members = [{ memberId: this.#memberId, metadata: this.#protocol.metadata }];
      return {
        errorCode: isTold ? 79 : 0,
        generationId: isTold ? -1 : 1,
        protocolType: apiVersion >= 7 ? 'consumer' : null,
        protocolName: this.#protocol.name,
        leader: this.#memberId,
        memberId: this.#memberId,
        members: isTold ? [] : members,
      };
    },
    SyncGroup: ({ body, header }) => {
      this.#assignment = Buffer.from(body.assignments[0]?.assignment ?? this.#assignment);
      const isNamed = header.apiVersion >= 5;
      return {
        ...OK,
        protocolType: isNamed ? 'consumer' : null,
        protocolName: isNamed ? this.#protocol.name : null,
        assignment: this.#assignment,
      };
    },
    Heartbeat: () => OK,
    LeaveGroup: ({ body }) => ({
      ...OK,
      members: body.members.map(({ memberId, groupInstanceId }) => ({ memberId, groupInstanceId, ...OK })),
    }),
    OffsetCommit: ({ body }) => ({
      topics: body.topics.map(({ name, partitions }) => ({
        name,
        partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, ...OK })),
      })),
    }),
    OffsetFetch: ({ body, header }) => {
      const topics = (wanted: typeof body.topics): ResponseInput<'OffsetFetch'>['topics'] =>
        (wanted ?? []).map(({ name, partitionIndexes }) => ({
          name,
          partitions: partitionIndexes.map((partitionIndex) => ({
            partitionIndex,
            committedOffset: -1,
            metadata: '',
            ...OK,
          })),
        }));
      if (header.apiVersion < 8) return { topics: topics(body.topics) };
      return {
        groups: body.groups.map((group) => ({ groupId: group.groupId, topics: topics(group.topics) ?? [] })),
      };
    },
    DescribeGroups: ({ body }) => ({
      groups: body.groups.map((groupId) => ({
        ...OK,
        groupId,
        groupState: 'Stable',
        protocolType: 'consumer',
        protocolData: this.#protocol.name,
        members: [
          {
            memberId: this.#memberId,
            clientId: 'golden',
            clientHost: '/127.0.0.1',
            memberMetadata: this.#protocol.metadata,
            memberAssignment: this.#assignment,
          },
        ],
      })),
    }),
    ListGroups: () => ({
      ...OK,
      groups: [{ groupId: 'golden-group', protocolType: 'consumer', groupState: '', groupType: '' }],
    }),
    DeleteGroups: ({ body }) => ({
      throttleTimeMs: 0,
      results: body.groupsNames.map((groupId) => ({ groupId, ...OK })),
    }),
    CreateTopics: ({ body }) => ({
      topics: body.topics.map(({ name }) => ({ name, topicId: TOPIC_ID, ...OK, errorMessage: null })),
    }),
    DeleteTopics: ({ body, header }) => ({
      responses: (header.apiVersion >= 6 ? body.topics : body.topicNames.map((name) => ({ name }))).map(
        ({ name }) => ({ name, ...OK }),
      ),
    }),
    CreatePartitions: ({ body }) => ({
      throttleTimeMs: 0,
      results: body.topics.map(({ name }) => ({ name, ...OK })),
    }),
    DeleteRecords: ({ body }) => ({
      throttleTimeMs: 0,
      topics: body.topics.map(({ name, partitions }) => ({
        name,
        partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, lowWatermark: 0, ...OK })),
      })),
    }),
    DescribeConfigs: ({ body }) => ({
      throttleTimeMs: 0,
      results: body.resources.map(({ resourceType, resourceName }) => ({
        ...OK,
        errorMessage: null,
        resourceType,
        resourceName,
        configs: [
          {
            name: 'retention.ms',
            value: '604800000',
            readOnly: false,
            configSource: 5,
            isSensitive: false,
            synonyms: [{ name: 'log.retention.ms', value: null, source: 5 }],
            documentation: null,
          },
        ],
      })),
    }),
    AlterConfigs: ({ body }) => ({
      throttleTimeMs: 0,
      responses: body.resources.map((resource) => ({ ...OK, errorMessage: null, ...named(resource) })),
    }),
    IncrementalAlterConfigs: ({ body }) => ({
      throttleTimeMs: 0,
      responses: body.resources.map((resource) => ({ ...OK, errorMessage: null, ...named(resource) })),
    }),
    InitProducerId: () => ({ ...OK, producerId: 4242, producerEpoch: 0 }),
    AddPartitionsToTxn: ({ body }) => ({
      throttleTimeMs: 0,
      resultsByTopic: body.topics.map(({ name, partitions }) => ({
        name,
        resultsByPartition: partitions.map((partitionIndex) => ({ partitionIndex, partitionErrorCode: 0 })),
      })),
    }),
    AddOffsetsToTxn: () => ({ throttleTimeMs: 0, ...OK }),
    TxnOffsetCommit: ({ body }) => ({
      throttleTimeMs: 0,
      topics: body.topics.map(({ name, partitions }) => ({
        name,
        partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, ...OK })),
      })),
    }),
    EndTxn: () => ({ throttleTimeMs: 0, ...OK }),
    DescribeTransactions: ({ body }) => ({
      throttleTimeMs: 0,
      transactionStates: body.transactionalIds.map((transactionalId) => ({
        ...OK,
        transactionalId,
        transactionState: 'Ongoing',
        transactionTimeoutMs: 60_000,
        transactionStartTimeMs: 1_700_000_000_000,
        producerId: 4242,
        producerEpoch: 0,
        topics: [{ topic: TOPIC, partitions: [0] }],
      })),
    }),
    ListTransactions: () => ({
      throttleTimeMs: 0,
      ...OK,
      unknownStateFilters: [],
      transactionStates: [{ transactionalId: 'golden-txn', producerId: 4242, transactionState: 'Ongoing' }],
    }),
    DescribeProducers: ({ body }) => ({
      throttleTimeMs: 0,
      topics: body.topics.map(({ name, partitionIndexes }) => ({
        name,
        partitions: partitionIndexes.map((partitionIndex) => ({
          partitionIndex,
          ...OK,
          activeProducers: [
            { producerId: 4242, producerEpoch: 0, lastSequence: 7, coordinatorEpoch: 3, lastTimestamp: 1 },
          ],
        })),
      })),
    }),
    AlterPartitionReassignments: ({ body }) => ({
      throttleTimeMs: 0,
      ...OK,
      errorMessage: null,
      responses: body.topics.map(({ name, partitions }) => ({
        name,
        partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, ...OK, errorMessage: null })),
      })),
    }),
    ListPartitionReassignments: () => ({
      throttleTimeMs: 0,
      ...OK,
      errorMessage: null,
      topics: [
        {
          name: TOPIC,
          partitions: [
            { partitionIndex: 0, replicas: [NODE_ID, 2], addingReplicas: [2], removingReplicas: [] },
          ],
        },
      ],
    }),
    OffsetDelete: ({ body }) => ({
      ...OK,
      topics: body.topics.map(({ name, partitions }) => ({
        name,
        partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, ...OK })),
      })),
    }),
    ConsumerGroupHeartbeat: ({ body }) => ({
      throttleTimeMs: 0,
      ...OK,
      memberId: body.memberId === '' ? 'golden-member' : body.memberId,
      memberEpoch: body.memberEpoch < 0 ? body.memberEpoch : 1,
      heartbeatIntervalMs: 100,
      assignment:
        body.memberEpoch === 0 ? { topicPartitions: [{ topicId: TOPIC_ID, partitions: [0] }] } : null,
    }),
    ConsumerGroupDescribe: ({ body }) => ({
      throttleTimeMs: 0,
      groups: body.groupIds.map((groupId) => ({
        ...OK,
        groupId,
        groupState: 'Stable',
        groupEpoch: 2,
        assignmentEpoch: 2,
        assignorName: 'uniform',
        members: [
          {
            memberId: 'golden-member',
            memberEpoch: 2,
            clientId: 'golden',
            clientHost: '/127.0.0.1',
            subscribedTopicNames: [TOPIC],
            assignment: GROUP_ASSIGNMENT,
            targetAssignment: GROUP_ASSIGNMENT,
            memberType: 1,
          },
        ],
      })),
    }),
    SaslHandshake: () => ({ ...OK, mechanisms: ['PLAIN'] }),
    SaslAuthenticate: () => ({ ...OK, errorMessage: null, authBytes: Buffer.alloc(0) }),
    DescribeCluster: () => ({
      throttleTimeMs: 0,
      ...OK,
      clusterId: 'golden-cluster',
      controllerId: NODE_ID,
      brokers: [{ brokerId: NODE_ID, host: '127.0.0.1', port: this.port }],
    }),
    OffsetForLeaderEpoch: ({ body }) => ({
      topics: body.topics.map(({ topic, partitions }) => ({
        topic,
        partitions: partitions.map(({ partition }) => ({ ...OK, partition, leaderEpoch: 3, endOffset: 1 })),
      })),
    }),
  };
}

interface Resource {
  readonly resourceType: number;
  readonly resourceName: string;
}
const named = ({ resourceType, resourceName }: Resource): Resource => ({ resourceType, resourceName });
