/** ListGroups: all groups that this broker coordinates and the principal may see. */
import type { HandlerContext } from '../broker-core.ts';
import type { ListGroupsRequest, ListGroupsResponse } from '../group-requests.ts';

/** Rejects with COORDINATOR_LOAD_IN_PROGRESS while not all groups are loaded, and with COORDINATOR_NOT_AVAILABLE. */
export async function handleListGroups(
  context: HandlerContext,
  request: ListGroupsRequest,
): Promise<ListGroupsResponse> {
  const answers = await context.core.groups.submitToAll('listGroups', request, context.request);
  const groups = answers.flatMap((answer) => answer.groups);
  if (context.denial({ type: 'Cluster' }) === undefined) return { groups };
  return {
    groups: groups.filter(({ groupId }) => context.denial({ type: 'Group', name: groupId }) === undefined),
  };
}
