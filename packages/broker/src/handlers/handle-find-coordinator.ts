/** FindCoordinator: the broker that coordinates a group. The first one that is asked for creates `__consumer_offsets`. */
import { TidelogError } from '@tidelog/record/errors';
import type { HandlerContext } from '../broker-core.ts';
import type {
  CoordinatorResult,
  FindCoordinatorRequest,
  FindCoordinatorResponse,
} from '../group-requests.ts';
import { groupIdProblem } from '../groups/group-limits.ts';
import { brokerEndpoints } from './broker-endpoints.ts';
import { checkRowCount } from './request-checks.ts';

/** Rejects with INVALID_REQUEST. */
export async function handleFindCoordinator(
  context: HandlerContext,
  { keyType, keys }: FindCoordinatorRequest,
): Promise<FindCoordinatorResponse> {
  checkRowCount('keys', keys);
  if (keyType !== 'group') {
    context.missing('transactions');
    throw new TidelogError(
      'INVALID_REQUEST',
      'this broker has no transactions: there is no coordinator of a transactional id',
    );
  }
  return { coordinators: await Promise.all(keys.map((key) => find(context, key))) };
}

async function find(context: HandlerContext, key: string): Promise<CoordinatorResult> {
  try {
    const problem = context.denial({ type: 'Group', name: key }) ?? groupIdProblem(key);
    if (problem !== undefined) return { key, error: problem };
    const { brokerId } = await context.core.groups.find(key);
    const coordinator = brokerEndpoints(context).find((broker) => broker.brokerId === brokerId);
    if (coordinator !== undefined) return { key, coordinator };
    throw new TidelogError(
      'COORDINATOR_NOT_AVAILABLE',
      `the coordinator, broker ${brokerId}, is not known here`,
    );
  } catch (thrown) {
    return { key, error: context.failure(thrown) };
  }
}
