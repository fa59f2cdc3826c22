/** ListGroups: all groups that this broker coordinates and the principal may see. */
import type { HandlerContext } from '../broker-core.ts';
import type { ListGroupsRequest, ListGroupsResponse } from '../group-requests.ts';
import { checkRowCount } from './request-checks.ts';

/** Each partition of `__consumer_offsets` goes through all names; there are far fewer states and types. */
const MAX_FILTER_NAMES = 100;

/**
 * Rejects with INVALID_REQUEST, with COORDINATOR_LOAD_IN_PROGRESS while not all groups are loaded, and with
 * COORDINATOR_NOT_AVAILABLE.
 */
export async function handleListGroups(
  context: HandlerContext,
  request: ListGroupsRequest,
): Promise<ListGroupsResponse> {
  checkRowCount('states', request.states, MAX_FILTER_NAMES);
  checkRowCount('types', request.types, MAX_FILTER_NAMES);
  const answers = await context.core.groups.submitToAll('listGroups', request, context.request);
  const groups = answers.flatMap((answer) => answer.groups);
  if (context.denial({ type: 'Cluster' }) === undefined) return { groups };
  return {
    groups: groups.filter(({ groupId }) => context.denial({ type: 'Group', name: groupId }) === undefined),
  };
}
