/** DescribeGroups: groups with their members and what these own. */
import type { HandlerContext } from '../broker-core.ts';
import type { DescribedGroup, DescribeGroupsRequest, DescribeGroupsResponse } from '../group-requests.ts';
import { checkNotRepeated, checkRowCount, repeatedNames } from './request-checks.ts';

/** Rejects with INVALID_REQUEST. */
export async function handleDescribeGroups(
  context: HandlerContext,
  { groupIds, type }: DescribeGroupsRequest,
): Promise<DescribeGroupsResponse> {
  checkRowCount('groups', groupIds);
  const repeated = repeatedNames(groupIds);
  return {
    groups: await Promise.all(groupIds.map((groupId) => describe(context, groupId, { repeated, type }))),
  };
}

async function describe(
  context: HandlerContext,
  groupId: string,
  { repeated, type }: { repeated: ReadonlySet<string>; type: DescribeGroupsRequest['type'] },
): Promise<DescribedGroup> {
  try {
    const denial = context.denial({ type: 'Group', name: groupId });
    if (denial !== undefined) throw denial;
    checkNotRepeated(groupId, repeated, 'group');
    const request = { groupIds: [groupId], type };
    const { groups } = await context.core.groups.submit('describeGroups', groupId, request, context.request);
    const described = groups[0];
    if (described === undefined) throw new Error('the coordinator described no group');
    return described;
  } catch (thrown) {
    return {
      groupId,
      error: context.failure(thrown),
      type: type ?? 'classic',
      protocolType: '',
      state: 'Dead',
      groupEpoch: -1,
      assignmentEpoch: -1,
      assignor: '',
      members: [],
    };
  }
}
