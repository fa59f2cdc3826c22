/**
 * What administrators ask of topics: create, delete, grow, delete records.
 */
import { ZERO_UUID, type RequestOf as KafkaRequestOf } from '@tidelog/kafka-protocol';
import { TidelogError } from '@tidelog/record/errors';
import type { ConfigEntry, NewTopic, TopicResult, MetadataResponse } from '../../../requests.ts';
import { errorCodeOf, errorOf, kafkaApi, regroup, topicReference, type AnyKafkaApi } from '../kafka-api.ts';
import { CONFIG_SOURCES } from './configs.ts';

/** From here on topics are named by name or id. */
const FIRST_DELETE_VERSION_WITH_IDS = 6;

export const CREATE_TOPICS: AnyKafkaApi = kafkaApi({
  api: 'CreateTopics',
  minVersion: 2,
  maxVersion: 7,
  serve: async ({ request, dispatch }) => {
    const { brokers } = await dispatch('metadata', { topics: [], allowAutoTopicCreation: false });
    const brokerIds = new Set(brokers.map(({ brokerId }) => brokerId));
    const asked = request.topics.map((topic) => newTopic(topic, brokerIds));
    const { topics } = await dispatch('createTopics', {
      topics: asked.flatMap((topic) => (topic instanceof TidelogError ? [] : topic)),
      validateOnly: request.validateOnly,
      timeoutMs: Math.max(0, request.timeoutMs),
    });
    let next = 0;
    const rows = request.topics.map(({ name }, index) => {
      const refusal = asked[index];
      const result = refusal instanceof TidelogError ? undefined : topics[next++];
      const error = refusal instanceof TidelogError ? refusal : result?.error;
      return {
        name,
        topicId: result?.topicId ?? ZERO_UUID,
        ...errorOf(error),
        numPartitions: result?.partitionCount ?? -1,
        replicationFactor: result?.replicationFactor ?? -1,
        // A client of version 5 or later takes a topic without an error to have them.
        configs: (result?.configs ?? []).map(createdConfigRow),
      };
    });
    return { body: { topics: rows } };
  },
  refuse: (request, error) => ({
    topics: request.topics.map(({ name }) => ({
      name,
      topicId: ZERO_UUID,
      ...errorOf(error),
      configs: null,
    })),
  }),
});

export const DELETE_TOPICS: AnyKafkaApi = kafkaApi({
  api: 'DeleteTopics',
  minVersion: 1,
  maxVersion: 6,
  serve: async ({ request, version, dispatch }) => {
    const { topics } = await dispatch('deleteTopics', {
      topics: deletedTopics(request, version),
      timeoutMs: Math.max(0, request.timeoutMs),
    });
    return { body: { responses: topics.map((topic) => deletedRow(topic, version)) } };
  },
  refuse: (request, error, version) => ({
    responses: deletedTopics(request, version).map((topic) => deletedRow({ ...topic, error }, version)),
  }),
});

export const CREATE_PARTITIONS: AnyKafkaApi = kafkaApi({
  api: 'CreatePartitions',
  minVersion: 0,
  maxVersion: 3,
  serve: async ({ request, dispatch }) => {
    const metadata = await dispatch('metadata', {
      topics: request.topics.map(({ name }) => ({ topic: name, topicId: undefined })),
      allowAutoTopicCreation: false,
    });
    const refusals = request.topics.map((topic) => growthRefusal(topic, metadata));
    const { topics } = await dispatch('createPartitions', {
      topics: request.topics
        .filter((_topic, index) => refusals[index] === undefined)
        .map(({ name, count }) => ({ topic: name, totalCount: count })),
      validateOnly: request.validateOnly,
      timeoutMs: Math.max(0, request.timeoutMs),
    });
    let next = 0;
    const results = request.topics.map(({ name }, index) => ({
      name,
      ...errorOf(refusals[index] ?? topics[next++]?.error),
    }));
    return { body: { throttleTimeMs: 0, results } };
  },
  refuse: (request, error) => ({
    throttleTimeMs: 0,
    results: request.topics.map(({ name }) => ({ name, ...errorOf(error) })),
  }),
});

export const DELETE_RECORDS: AnyKafkaApi = kafkaApi({
  api: 'DeleteRecords',
  minVersion: 0,
  maxVersion: 2,
  serve: async ({ request, dispatch }) => {
    const response = await dispatch('deleteRecords', {
      partitions: request.topics.flatMap(({ name, partitions }) =>
        partitions.map(({ partitionIndex, offset }) => ({
          topic: name,
          partition: partitionIndex,
          beforeOffset: offset,
        })),
      ),
      timeoutMs: Math.max(0, request.timeoutMs),
    });
    const grouped = regroup(request.topics, response.partitions, (_topic, { partitionIndex }, row) => ({
      partitionIndex,
      lowWatermark: row.logStartOffset,
      errorCode: errorCodeOf(row.error),
    }));
    const topics = grouped.map(({ topic, results }) => ({ name: topic.name, partitions: results }));
    return { body: { throttleTimeMs: 0, topics } };
  },
  refuse: (request, error) => ({
    throttleTimeMs: 0,
    topics: request.topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex }) => ({
        partitionIndex,
        lowWatermark: -1,
        errorCode: errorCodeOf(error),
      })),
    })),
  }),
});

type AskedTopic = KafkaRequestOf<'CreateTopics'>['topics'][number];

/** The topic to create, or why it cannot be. */
function newTopic(topic: AskedTopic, brokerIds: ReadonlySet<number>): NewTopic | TidelogError {
  const { name, numPartitions, replicationFactor, assignments, configs } = topic;
  // A config without a value has its default.
  const values = configs.flatMap(({ name: config, value }) =>
    value === null ? [] : [[config, value] as const],
  );
  const rest = { topic: name, configs: new Map(values) };
  if (assignments.length > 0) {
    const problem = assignmentProblem(topic, brokerIds);
    if (problem !== undefined) {
      return new TidelogError('INVALID_REPLICA_ASSIGNMENT', `${problem}; leave the assignments out`, {
        topic: name,
      });
    }
    return {
      ...rest,
      partitionCount: assignments.length,
      replicationFactor: assignments[0]!.brokerIds.length,
    };
  }
  for (const [what, count, code] of [
    ['number of partitions', numPartitions, 'INVALID_PARTITIONS'],
    ['replication factor', replicationFactor, 'INVALID_REPLICATION_FACTOR'],
  ] as const) {
    if (count > 0 || count === -1) continue;
    return new TidelogError(
      code,
      `the ${what} is ${count}; give at least 1, or -1 for the broker's default`,
      {
        topic: name,
      },
    );
  }
  return {
    ...rest,
    partitionCount: Math.max(0, numPartitions),
    replicationFactor: Math.max(0, replicationFactor),
  };
}

function createdConfigRow({ name, value, readOnly, source }: ConfigEntry) {
  return { name, value, readOnly, configSource: CONFIG_SOURCES[source], isSensitive: false };
}

/** What is wrong with replicas that the client chose itself. */
function assignmentProblem(topic: AskedTopic, brokerIds: ReadonlySet<number>): string | undefined {
  const { assignments, numPartitions, replicationFactor } = topic;
  if (numPartitions !== -1 || replicationFactor !== -1) {
    return 'with assignments, the number of partitions and the replication factor must be -1';
  }
  const partitions = new Set(assignments.map(({ partitionIndex }) => partitionIndex));
  const isWhole =
    partitions.size === assignments.length && assignments.every((_row, index) => partitions.has(index));
  if (!isWhole) return `the assignments do not name each partition from 0 to ${assignments.length - 1} once`;
  for (const { partitionIndex, brokerIds: replicas } of assignments) {
    const problem = replicaProblem(`partition ${partitionIndex}`, replicas, brokerIds);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function replicaProblem(
  what: string,
  replicas: readonly number[],
  brokerIds: ReadonlySet<number>,
): string | undefined {
  const isKnown = replicas.length > 0 && replicas.every((replica) => brokerIds.has(replica));
  if (isKnown && new Set(replicas).size === replicas.length) return undefined;
  return `${what} is assigned to the brokers [${replicas.join(', ')}]; there are [${[...brokerIds].join(', ')}]`;
}

/** Why partitions cannot be added where the client wants them. */
function growthRefusal(
  { name, count, assignments }: KafkaRequestOf<'CreatePartitions'>['topics'][number],
  { brokers, topics }: MetadataResponse,
): TidelogError | undefined {
  if (assignments === null || assignments.length === 0) return undefined;
  const topic = topics.find((row) => row.topic === name);
  // What is wrong with the topic is for the broker to say.
  if (topic === undefined || topic.error !== undefined) return undefined;
  const brokerIds = new Set(brokers.map(({ brokerId }) => brokerId));
  const addedCount = count - topic.partitions.length;
  const problem =
    addedCount > 0 && assignments.length !== addedCount
      ? `${addedCount} partitions are added and ${assignments.length} assigned`
      : assignments
          .map(({ brokerIds: replicas }) => replicaProblem('a new partition', replicas, brokerIds))
          .find((text) => text !== undefined);
  if (problem === undefined) return undefined;
  return new TidelogError('INVALID_REPLICA_ASSIGNMENT', `${problem}; leave the assignments out`, {
    topic: name,
  });
}

function deletedTopics(request: KafkaRequestOf<'DeleteTopics'>, version: number) {
  if (version < FIRST_DELETE_VERSION_WITH_IDS) return request.topicNames.map((topic) => ({ topic }));
  return request.topics.map((topic) => topicReference(topic));
}

function deletedRow({ topic, topicId, error }: TopicResult, version: number) {
  return {
    name: topic ?? (version >= FIRST_DELETE_VERSION_WITH_IDS ? null : ''),
    topicId: topicId ?? ZERO_UUID,
    ...errorOf(error),
  };
}
