/** OffsetDelete: committed offsets of topics that a group does not subscribe to go. */
import type { HandlerContext } from '../broker-core.ts';
import type { OffsetDeleteRequest, OffsetDeleteResponse } from '../group-requests.ts';
import { checkRowCount } from './request-checks.ts';

/** Rejects with INVALID_REQUEST, with what the group decided, or with an error of its coordinator. */
export async function handleOffsetDelete(
  context: HandlerContext,
  request: OffsetDeleteRequest,
): Promise<OffsetDeleteResponse> {
  const { groupId, partitions } = request;
  const denial = context.denial({ type: 'Group', name: groupId });
  if (denial !== undefined) throw denial;
  checkRowCount('partitions', partitions);
  const denials = partitions.map(({ topic }) => context.denial({ type: 'Topic', name: topic }, 'Read'));
  const allowed = partitions.filter((_row, index) => denials[index] === undefined);
  const rest = { groupId, partitions: allowed };
  const answer = await context.core.groups.submit('offsetDelete', groupId, rest, context.request);
  let next = 0;
  return {
    partitions: denials.map((error) => (error === undefined ? (answer.partitions[next++] ?? {}) : { error })),
  };
}
