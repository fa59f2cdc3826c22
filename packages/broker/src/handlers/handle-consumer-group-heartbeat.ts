/** ConsumerGroupHeartbeat (KIP-848): a member joins, says that it is alive and what it owns, or leaves. */
import type { HandlerContext } from '../broker-core.ts';
import type { ConsumerGroupHeartbeatRequest, ConsumerGroupHeartbeatResponse } from '../group-requests.ts';
import { checkRowCount } from './request-checks.ts';

/** Rejects with what the group decided (FENCED_MEMBER_EPOCH, UNKNOWN_MEMBER_ID, …), or with an error of its coordinator. */
export async function handleConsumerGroupHeartbeat(
  context: HandlerContext,
  request: ConsumerGroupHeartbeatRequest,
): Promise<ConsumerGroupHeartbeatResponse> {
  const { groupId, subscribedTopicNames } = request;
  const denial = context.denial({ type: 'Group', name: groupId });
  if (denial !== undefined) throw denial;
  checkRowCount('topics', subscribedTopicNames ?? []);
  checkRowCount('topics', request.ownedPartitions ?? []);
  for (const topic of subscribedTopicNames ?? []) {
    const topicDenial = context.denial({ type: 'Topic', name: topic }, 'Describe');
    if (topicDenial !== undefined) throw topicDenial;
  }
  return await context.core.groups.submit('consumerGroupHeartbeat', groupId, request, context.request);
}
