/** ListOffsets: the earliest or latest offset of a partition, or the first at or after a time. */
import type { Log } from '@tidelog/log';
import { TidelogError } from '@tidelog/record/errors';
import type { HandlerContext } from '../broker-core.ts';
import type { Partition } from '../partitions/partition.ts';
import { EARLIEST_TIMESTAMP, LATEST_TIMESTAMP, MAX_TIMESTAMP } from '../requests.ts';
import type {
  ListOffsetsPartition,
  ListOffsetsRequest,
  ListOffsetsResponse,
  ListOffsetsResult,
} from '../requests.ts';
import { checkRowCount, findLedPartition } from './request-checks.ts';

const NOT_FOUND: ListOffsetsResult = { offset: -1, timestampMs: -1, leaderEpoch: -1 };

/** Rejects with INVALID_REQUEST. */
export async function handleListOffsets(
  context: HandlerContext,
  { partitions }: ListOffsetsRequest,
): Promise<ListOffsetsResponse> {
  checkRowCount('partitions', partitions);
  return { partitions: await Promise.all(partitions.map((partition) => listOffset(context, partition))) };
}

async function listOffset(
  context: HandlerContext,
  request: ListOffsetsPartition,
): Promise<ListOffsetsResult> {
  try {
    const { found, error } = findLedPartition(context, request, request.currentLeaderEpoch);
    if (found === undefined) return { ...NOT_FOUND, error };
    return await found.withLog((log) => lookUp(found, log, request.timestampMs));
  } catch (thrown) {
    return { ...NOT_FOUND, error: context.failure(thrown) };
  }
}

async function lookUp(partition: Partition, log: Log, timestampMs: number): Promise<ListOffsetsResult> {
  const { highWatermark, leaderEpoch } = partition;
  switch (timestampMs) {
    case LATEST_TIMESTAMP:
      return { offset: highWatermark, timestampMs: -1, leaderEpoch };
    case EARLIEST_TIMESTAMP:
      return { offset: log.logStartOffset, timestampMs: -1, leaderEpoch };
    default: {
      if (timestampMs !== MAX_TIMESTAMP && (!Number.isSafeInteger(timestampMs) || timestampMs < 0)) {
        throw new TidelogError(
          'INVALID_REQUEST',
          `timestampMs is ${timestampMs}; it must be a time from 0, ${LATEST_TIMESTAMP} (latest), ${EARLIEST_TIMESTAMP} (earliest) or ${MAX_TIMESTAMP} (the largest)`,
        );
      }
      const found =
        timestampMs === MAX_TIMESTAMP ? await log.maxTimestamp() : await log.offsetForTimestamp(timestampMs);
      // What no reader may see yet is not told either.
      return found === undefined || found.offset >= highWatermark ? NOT_FOUND : found;
    }
  }
}
