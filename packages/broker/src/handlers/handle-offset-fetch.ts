/** OffsetFetch: the committed offsets of groups. */
import type { HandlerContext } from '../broker-core.ts';
import type {
  CommittedOffsetResult,
  OffsetFetchGroup,
  OffsetFetchGroupResult,
  OffsetFetchRequest,
  OffsetFetchResponse,
} from '../group-requests.ts';
import { checkNotRepeated, checkRowCount, repeatedNames } from './request-checks.ts';

/** Rejects with INVALID_REQUEST. */
export async function handleOffsetFetch(
  context: HandlerContext,
  { groups, requireStable }: OffsetFetchRequest,
): Promise<OffsetFetchResponse> {
  checkRowCount('groups', groups);
  const repeated = repeatedNames(groups.map(({ groupId }) => groupId));
  return {
    groups: await Promise.all(groups.map((group) => fetch(context, group, { repeated, requireStable }))),
  };
}

async function fetch(
  context: HandlerContext,
  group: OffsetFetchGroup,
  { repeated, requireStable }: { repeated: ReadonlySet<string>; requireStable: boolean },
): Promise<OffsetFetchGroupResult> {
  const { groupId, partitions } = group;
  try {
    const denial = context.denial({ type: 'Group', name: groupId });
    if (denial !== undefined) throw denial;
    checkNotRepeated(groupId, repeated, 'group');
    if (partitions !== 'all') checkRowCount('partitions', partitions);
    const { groups: answers } = await context.core.groups.submit(
      'offsetFetch',
      groupId,
      { groups: [group], requireStable },
      context.request,
    );
    const answer = answers[0];
    if (answer === undefined) throw new Error('the coordinator answered for no group');
    return { ...answer, partitions: visible(context, group, answer.partitions) };
  } catch (thrown) {
    return { groupId, error: context.failure(thrown), partitions: [] };
  }
}

/** Rows of topics that the principal may not see: refused where they were named, left out where they were not. */
function visible(
  context: HandlerContext,
  { partitions }: OffsetFetchGroup,
  rows: readonly CommittedOffsetResult[],
): readonly CommittedOffsetResult[] {
  return rows.flatMap((row) => {
    const denial = row.topic === undefined ? undefined : context.denial({ type: 'Topic', name: row.topic });
    if (denial === undefined) return [row];
    if (partitions === 'all') return [];
    return [{ ...row, error: denial, committedOffset: -1, committedLeaderEpoch: -1, metadata: '' }];
  });
}
