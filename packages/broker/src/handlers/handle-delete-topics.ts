/**
 * DeleteTopics: the topics are gone from the metadata when the answer is sent; their files go soon after.
 */
import type { HandlerContext } from '../broker-core.ts';
import type { DeleteTopicsRequest, DeleteTopicsResponse, TopicReference, TopicResult } from '../requests.ts';
import { checkRowCount, findTopic } from './request-checks.ts';
import { checkMayChange } from './topic-changes.ts';

/** Rejects with INVALID_REQUEST. */
export async function handleDeleteTopics(
  context: HandlerContext,
  { topics }: DeleteTopicsRequest,
): Promise<DeleteTopicsResponse> {
  checkRowCount('topics', topics);
  const results: TopicResult[] = [];
  for (const topic of topics) results.push(await deleteTopic(context, topic));
  return { topics: results };
}

async function deleteTopic(context: HandlerContext, reference: TopicReference): Promise<TopicResult> {
  const { topicId, topic } = reference;
  try {
    const { found, error } = findTopic(context, reference);
    if (found === undefined) return { topicId, topic, error };
    checkMayChange(found.topic);
    const refusal = await context.core.metadata.execute({ type: 'deleteTopic', topicId: found.topicId });
    if (refusal !== undefined) throw refusal;
    return { topicId: found.topicId, topic: found.topic };
  } catch (thrown) {
    return { topicId, topic, error: context.failure(thrown) };
  }
}
