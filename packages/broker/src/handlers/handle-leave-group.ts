/** LeaveGroup: members leave a group. */
import type { HandlerContext } from '../broker-core.ts';
import type { LeaveGroupRequest, LeaveGroupResponse } from '../group-requests.ts';
import { checkRowCount } from './request-checks.ts';

/** Rejects with INVALID_REQUEST, or with an error of the group's coordinator. */
export async function handleLeaveGroup(
  context: HandlerContext,
  request: LeaveGroupRequest,
): Promise<LeaveGroupResponse> {
  const { groupId, members } = request;
  const denial = context.denial({ type: 'Group', name: groupId });
  if (denial !== undefined) throw denial;
  checkRowCount('members', members);
  return await context.core.groups.submit('leaveGroup', groupId, request, context.request);
}
