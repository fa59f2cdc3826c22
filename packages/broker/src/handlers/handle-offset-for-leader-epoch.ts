/**
 * OffsetForLeaderEpoch: where a leader epoch ended, by which a reader finds out whether the log that it has read was
 * cut (KIP-101, KIP-320).
 */
import { TidelogError } from '@tidelog/record/errors';
import type { HandlerContext } from '../broker-core.ts';
import type {
  OffsetForLeaderEpochPartition,
  OffsetForLeaderEpochRequest,
  OffsetForLeaderEpochResponse,
  OffsetForLeaderEpochResult,
} from '../requests.ts';
import { checkRowCount, findLedPartition } from './request-checks.ts';

const UNKNOWN: OffsetForLeaderEpochResult = { leaderEpoch: -1, endOffset: -1 };

/** Rejects with INVALID_REQUEST. */
export async function handleOffsetForLeaderEpoch(
  context: HandlerContext,
  { partitions }: OffsetForLeaderEpochRequest,
): Promise<OffsetForLeaderEpochResponse> {
  checkRowCount('partitions', partitions);
  return { partitions: await Promise.all(partitions.map((partition) => findEnd(context, partition))) };
}

async function findEnd(
  context: HandlerContext,
  request: OffsetForLeaderEpochPartition,
): Promise<OffsetForLeaderEpochResult> {
  try {
    const { found, error } = findLedPartition(context, request, request.currentLeaderEpoch);
    if (found === undefined) return { ...UNKNOWN, error };
    const { leaderEpoch } = request;
    if (!Number.isInteger(leaderEpoch) || leaderEpoch < 0) {
      throw new TidelogError('INVALID_REQUEST', `leaderEpoch is ${leaderEpoch}; epochs begin at 0`);
    }
    const { epoch, endOffset } = await found.withLog((log) =>
      Promise.resolve(log.endOffsetForEpoch(leaderEpoch)),
    );
    return { leaderEpoch: epoch, endOffset };
  } catch (thrown) {
    return { ...UNKNOWN, error: context.failure(thrown) };
  }
}
