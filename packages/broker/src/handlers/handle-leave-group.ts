/** LeaveGroup: members leave a group. */
import type { HandlerContext } from '../broker-core.ts';
import type { LeaveGroupRequest, LeaveGroupResponse } from '../group-requests.ts';

/** Rejects with an error of the group's coordinator. */
export async function handleLeaveGroup(
  context: HandlerContext,
  request: LeaveGroupRequest,
): Promise<LeaveGroupResponse> {
  const { groupId } = request;
  const denial = context.denial({ type: 'Group', name: groupId });
  if (denial !== undefined) throw denial;
  return await context.core.groups.submit('leaveGroup', groupId, request, context.request);
}
