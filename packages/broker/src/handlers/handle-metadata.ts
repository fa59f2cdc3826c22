/**
 * Metadata: the brokers with the addresses of the listener that asks, and topics with their partitions. A topic
 * that is missing is created when the client allows it and the broker does (`autoCreateTopics`). The rows name
 * their topics as the request did; a name that is repeated has one row.
 */
import { TidelogError } from '@tidelog/record/errors';
import type { HandlerContext } from '../broker-core.ts';
import type { PartitionAssignment } from '../metadata/metadata-records.ts';
import type { TopicState } from '../metadata/metadata-state.ts';
import { isInternalTopic } from '../metadata/topic-name.ts';
import type {
  MetadataRequest,
  MetadataResponse,
  PartitionMetadata,
  TopicMetadata,
  TopicReference,
} from '../requests.ts';
import { brokerEndpoints } from './broker-endpoints.ts';
import { checkRowCount, findTopic } from './request-checks.ts';
import { createTopicCommand } from './topic-changes.ts';

const NO_CONFIGS: ReadonlyMap<string, string> = new Map();

/** Rejects with INVALID_REQUEST. */
export async function handleMetadata(
  context: HandlerContext,
  { topics, allowAutoTopicCreation }: MetadataRequest,
): Promise<MetadataResponse> {
  const { core } = context;
  const rows: TopicMetadata[] = [];
  if (topics === 'all') {
    for (const topic of core.metadata.view.topics.values()) {
      if (context.denial({ type: 'Topic', name: topic.topic }) === undefined)
        rows.push(describe(context, topic));
    }
  } else {
    checkRowCount('topics', topics);
    for (const reference of withoutRepeats(topics)) {
      rows.push(await lookUp(context, reference, { allowAutoTopicCreation }));
    }
  }
  return {
    clusterId: core.clusterId,
    controllerId: core.brokerId,
    brokers: brokerEndpoints(context),
    topics: rows,
  };
}

/** A topic is described once, however often it is named: a hundred thousand times would be gigabytes. */
function withoutRepeats(topics: readonly TopicReference[]): Iterable<TopicReference> {
  return new Map(topics.map((topic) => [JSON.stringify([topic.topicId, topic.topic]), topic])).values();
}

async function lookUp(
  context: HandlerContext,
  reference: TopicReference,
  { allowAutoTopicCreation }: { allowAutoTopicCreation: boolean },
): Promise<TopicMetadata> {
  const { topicId, topic } = reference;
  try {
    let result = findTopic(context, reference);
    const mayCreate = allowAutoTopicCreation && context.core.options.autoCreateTopics;
    if (
      mayCreate &&
      topicId === undefined &&
      topic !== undefined &&
      result.error?.code === 'UNKNOWN_TOPIC_OR_PARTITION'
    ) {
      await create(context, topic);
      result = findTopic(context, reference);
    }
    if (result.error === undefined) return describe(context, result.found);
    return { topicId, topic, error: result.error, isInternal: false, partitions: [] };
  } catch (thrown) {
    return { topicId, topic, error: context.failure(thrown), isInternal: false, partitions: [] };
  }
}

async function create(context: HandlerContext, topic: string): Promise<void> {
  const command = createTopicCommand(context.core, {
    topic,
    partitionCount: 0,
    replicationFactor: 0,
    configs: NO_CONFIGS,
  });
  const refusal = await context.core.metadata.execute(command);
  // Somebody else created it in the meantime.
  if (refusal !== undefined && refusal.code !== 'TOPIC_ALREADY_EXISTS') throw refusal;
}

function describe(context: HandlerContext, topic: TopicState): TopicMetadata {
  return {
    topicId: topic.topicId,
    topic: topic.topic,
    isInternal: isInternalTopic(topic.topic),
    partitions: topic.partitions.map((assignment, partition) =>
      describePartition(context, topic, { assignment, partition }),
    ),
  };
}

function describePartition(
  context: HandlerContext,
  topic: TopicState,
  { assignment, partition }: { assignment: PartitionAssignment; partition: number },
): PartitionMetadata {
  const { leaderId, leaderEpoch, replicaIds, isrIds } = assignment;
  const row = { partition, leaderId, leaderEpoch, replicaIds, isrIds };
  if (leaderId < 0) {
    const message = 'no replica of the partition can lead it at the moment; try again';
    const where = { topic: topic.topic, partition };
    return { ...row, error: new TidelogError('LEADER_NOT_AVAILABLE', message, where) };
  }
  // The leader stays named: what is not damaged can still be read from it.
  const problem = context.core.partitions.storageProblem(topic.topicId, partition);
  return problem === undefined ? row : { ...row, error: context.failure(problem) };
}
