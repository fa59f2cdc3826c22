/** CreateTopics: new topics, one after the other; a row fails on its own. */
import type { HandlerContext } from '../broker-core.ts';
import type { CreateTopicResult, CreateTopicsRequest, CreateTopicsResponse, NewTopic } from '../requests.ts';
import { describeTopicConfigs } from '../topic-config.ts';
import { checkNotRepeated, checkRowCount, repeatedNames } from './request-checks.ts';
import { createTopicCommand } from './topic-changes.ts';

/** Each is answered with all its configs, some five kilobytes of memory. Kafka creates as many at once. */
const MAX_CREATED_TOPICS = 10_000;

/** Rejects with INVALID_REQUEST. */
export async function handleCreateTopics(
  context: HandlerContext,
  { topics, validateOnly }: CreateTopicsRequest,
): Promise<CreateTopicsResponse> {
  checkRowCount('topics', topics, MAX_CREATED_TOPICS);
  const repeated = repeatedNames(topics.map(({ topic }) => topic));
  const results: CreateTopicResult[] = [];
  for (const topic of topics) results.push(await createTopic(context, topic, { validateOnly, repeated }));
  return { topics: results };
}

async function createTopic(
  context: HandlerContext,
  topic: NewTopic,
  { validateOnly, repeated }: { validateOnly: boolean; repeated: ReadonlySet<string> },
): Promise<CreateTopicResult> {
  const { metadata } = context.core;
  try {
    const denial = context.denial({ type: 'Topic', name: topic.topic });
    if (denial !== undefined) throw denial;
    checkNotRepeated(topic.topic, repeated);
    const command = createTopicCommand(context.core, topic);
    const refusal = validateOnly ? metadata.validate(command) : await metadata.execute(command);
    if (refusal !== undefined) throw refusal;
    const created = metadata.view.topicNamed(topic.topic);
    return {
      topic: topic.topic,
      topicId: created?.topicId,
      partitionCount: created?.partitions.length ?? command.partitionCount,
      replicationFactor: created?.partitions[0]?.replicaIds.length ?? command.replicationFactor,
      configs: describeTopicConfigs(topic.configs, context.core.topicDefaults, undefined),
    };
  } catch (thrown) {
    return {
      topic: topic.topic,
      error: context.failure(thrown),
      partitionCount: -1,
      replicationFactor: -1,
      configs: [],
    };
  }
}
