/** SyncGroup: a member of a classic group gets its assignment, as soon as the leader has sent them. */
import type { HandlerContext } from '../broker-core.ts';
import type { SyncGroupRequest, SyncGroupResponse } from '../group-requests.ts';

/** Rejects with an error of the group's coordinator. */
export async function handleSyncGroup(
  context: HandlerContext,
  request: SyncGroupRequest,
): Promise<SyncGroupResponse> {
  const { groupId } = request;
  const denial = context.denial({ type: 'Group', name: groupId });
  if (denial !== undefined) throw denial;
  return await context.core.groups.submit('syncGroup', groupId, request, context.request);
}
