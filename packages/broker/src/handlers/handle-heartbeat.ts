/** Heartbeat: a member of a classic group says that it is alive, and learns of a rebalance. */
import type { HandlerContext } from '../broker-core.ts';
import type { HeartbeatRequest, HeartbeatResponse } from '../group-requests.ts';

/** Rejects with what the group decided (REBALANCE_IN_PROGRESS, UNKNOWN_MEMBER_ID, …), or with an error of its coordinator. */
export async function handleHeartbeat(
  context: HandlerContext,
  request: HeartbeatRequest,
): Promise<HeartbeatResponse> {
  const { groupId } = request;
  const denial = context.denial({ type: 'Group', name: groupId });
  if (denial !== undefined) throw denial;
  return await context.core.groups.submit('heartbeat', groupId, request, context.request);
}
