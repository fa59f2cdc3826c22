/** DeleteGroups: groups without members go, with their committed offsets. */
import type { HandlerContext } from '../broker-core.ts';
import type { DeleteGroupsRequest, DeleteGroupsResponse, GroupResult } from '../group-requests.ts';
import { checkRowCount } from './request-checks.ts';

/** Rejects with INVALID_REQUEST. */
export async function handleDeleteGroups(
  context: HandlerContext,
  { groupIds }: DeleteGroupsRequest,
): Promise<DeleteGroupsResponse> {
  checkRowCount('groups', groupIds);
  return { groups: await Promise.all(groupIds.map((groupId) => deleteGroup(context, groupId))) };
}

async function deleteGroup(context: HandlerContext, groupId: string): Promise<GroupResult> {
  try {
    const denial = context.denial({ type: 'Group', name: groupId });
    if (denial !== undefined) throw denial;
    const request = { groupIds: [groupId] };
    const { groups } = await context.core.groups.submit('deleteGroups', groupId, request, context.request);
    return groups[0] ?? { groupId };
  } catch (thrown) {
    return { groupId, error: context.failure(thrown) };
  }
}
