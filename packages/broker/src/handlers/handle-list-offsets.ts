/**
 * ListOffsets: the earliest or latest offset of a partition, or the first at or after a time.
 *
 * A lookup by time may decompress a batch, which makes far more of it than what was stored; so such lookups, of all
 * requests together, wait for `lookupMemory`. Only a few of one request are in that line at once: a request may name
 * a hundred thousand, and other requests want their turn. The earliest and latest offsets are known and never wait.
 */
import type { Log } from '@tidelog/log';
import { DEFAULT_MAX_DECOMPRESSED_BYTES } from '@tidelog/record';
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

/** Of one request, at once. */
const MAX_LOOKUPS_AT_ONCE = 64;
const NOT_FOUND: ListOffsetsResult = { offset: -1, timestampMs: -1, leaderEpoch: -1 };

/** Rejects with INVALID_REQUEST. */
export async function handleListOffsets(
  context: HandlerContext,
  { partitions }: ListOffsetsRequest,
): Promise<ListOffsetsResponse> {
  checkRowCount('partitions', partitions);
  const results: ListOffsetsResult[] = [];
  const rest = partitions.entries();
  const answerRest = async (): Promise<void> => {
    // The iterator is shared: each row is taken by one of those who run here side by side.
    for (const [index, partition] of rest) results[index] = await listOffset(context, partition);
  };
  await Promise.all(Array.from({ length: MAX_LOOKUPS_AT_ONCE }, answerRest));
  return { partitions: results };
}

async function listOffset(
  context: HandlerContext,
  request: ListOffsetsPartition,
): Promise<ListOffsetsResult> {
  try {
    const { found, error } = findLedPartition(context, request, request.currentLeaderEpoch);
    if (found === undefined) return { ...NOT_FOUND, error };
    const { timestampMs } = request;
    if (timestampMs === LATEST_TIMESTAMP || timestampMs === EARLIEST_TIMESTAMP) {
      return await found.withLog((log) => Promise.resolve(endOf(found, log, timestampMs)));
    }
    checkTimestamp(timestampMs);
    return await findByTime(context, found, timestampMs);
  } catch (thrown) {
    return { ...NOT_FOUND, error: context.failure(thrown) };
  }
}

function endOf(partition: Partition, log: Log, which: number): ListOffsetsResult {
  const { highWatermark, leaderEpoch } = partition;
  const offset = which === EARLIEST_TIMESTAMP ? log.logStartOffset : highWatermark;
  return { offset, timestampMs: -1, leaderEpoch };
}

function checkTimestamp(timestampMs: number): void {
  if (timestampMs === MAX_TIMESTAMP || (Number.isSafeInteger(timestampMs) && timestampMs >= 0)) return;
  throw new TidelogError(
    'INVALID_REQUEST',
    `timestampMs is ${timestampMs}; it must be a time from 0, ${LATEST_TIMESTAMP} (latest), ${EARLIEST_TIMESTAMP} (earliest) or ${MAX_TIMESTAMP} (the largest)`,
  );
}

async function findByTime(
  { core, request }: HandlerContext,
  partition: Partition,
  timestampMs: number,
): Promise<ListOffsetsResult> {
  const signals = [request.signal, core.closing];
  if (request.signal.aborted) throw new TidelogError('REQUEST_TIMED_OUT', 'the client has gone');
  const memory = await core.lookupMemory.reserve(DEFAULT_MAX_DECOMPRESSED_BYTES, signals);
  if (memory === undefined) throw new TidelogError('NOT_LEADER_OR_FOLLOWER', 'the broker is closing');
  try {
    const found = await partition.withLog((log) =>
      timestampMs === MAX_TIMESTAMP ? log.maxTimestamp() : log.offsetForTimestamp(timestampMs),
    );
    // What no reader may see yet is not told either.
    return found === undefined || found.offset >= partition.highWatermark ? NOT_FOUND : found;
  } finally {
    memory.release();
  }
}
