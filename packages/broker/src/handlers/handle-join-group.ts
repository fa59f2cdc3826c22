/** JoinGroup: a member of a classic group joins, and waits until all have joined. */
import type { HandlerContext } from '../broker-core.ts';
import type { JoinGroupRequest, JoinGroupResponse } from '../group-requests.ts';

/** Rejects with what the group decided, or with an error of its coordinator. */
export async function handleJoinGroup(
  context: HandlerContext,
  request: JoinGroupRequest,
): Promise<JoinGroupResponse> {
  const { groupId } = request;
  const denial = context.denial({ type: 'Group', name: groupId });
  if (denial !== undefined) throw denial;
  return await context.core.groups.submit('joinGroup', groupId, request, context.request);
}
