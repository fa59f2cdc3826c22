/** CreatePartitions: more partitions for topics that exist. Keys are not moved: they may land elsewhere from now on. */
import type { HandlerContext } from '../broker-core.ts';
import type { MetadataCommand } from '../metadata/metadata-state.ts';
import type {
  CreatePartitionsRequest,
  CreatePartitionsResponse,
  NewPartitions,
  TopicResult,
} from '../requests.ts';
import { checkNotRepeated, checkRowCount, findTopic, repeatedNames } from './request-checks.ts';
import { checkMayChange } from './topic-changes.ts';

/** Rejects with INVALID_REQUEST. */
export async function handleCreatePartitions(
  context: HandlerContext,
  { topics, validateOnly }: CreatePartitionsRequest,
): Promise<CreatePartitionsResponse> {
  checkRowCount('topics', topics);
  const repeated = repeatedNames(topics.map(({ topic }) => topic));
  const results: TopicResult[] = [];
  for (const topic of topics)
    results.push(await createPartitions(context, topic, { validateOnly, repeated }));
  return { topics: results };
}

async function createPartitions(
  context: HandlerContext,
  { topic, totalCount }: NewPartitions,
  { validateOnly, repeated }: { validateOnly: boolean; repeated: ReadonlySet<string> },
): Promise<TopicResult> {
  const { metadata, options } = context.core;
  try {
    checkNotRepeated(topic, repeated);
    const { found, error } = findTopic(context, { topic });
    if (found === undefined) return { topic, error };
    checkMayChange(topic);
    const { topicId } = found;
    const { maxPartitions } = options;
    const command: MetadataCommand = { type: 'createPartitions', topicId, totalCount, maxPartitions };
    const refusal = validateOnly ? metadata.validate(command) : await metadata.execute(command);
    if (refusal !== undefined) throw refusal;
    return { topic, topicId };
  } catch (thrown) {
    return { topic, error: context.failure(thrown) };
  }
}
