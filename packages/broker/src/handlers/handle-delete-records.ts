/** DeleteRecords: moves the start of a partition's log up. */
import { TidelogError } from '@tidelog/record/errors';
import type { HandlerContext } from '../broker-core.ts';
import { isInternalTopic, showTopic } from '../metadata/topic-name.ts';
import type { Partition } from '../partitions/partition.ts';
import type {
  DeleteRecordsPartition,
  DeleteRecordsRequest,
  DeleteRecordsResponse,
  DeleteRecordsResult,
} from '../requests.ts';
import { checkRowCount, findLedPartition } from './request-checks.ts';

/** Instead of an offset: everything up to the high watermark. */
const ALL = -1;

/** Rejects with INVALID_REQUEST. */
export async function handleDeleteRecords(
  context: HandlerContext,
  { partitions }: DeleteRecordsRequest,
): Promise<DeleteRecordsResponse> {
  checkRowCount('partitions', partitions);
  return { partitions: await Promise.all(partitions.map((partition) => deleteRecords(context, partition))) };
}

async function deleteRecords(
  context: HandlerContext,
  request: DeleteRecordsPartition,
): Promise<DeleteRecordsResult> {
  try {
    const { found, error } = findLedPartition(context, request);
    if (found === undefined) return { error, logStartOffset: -1 };
    if (isInternalTopic(found.topic)) {
      throw new TidelogError(
        'INVALID_TOPIC_EXCEPTION',
        `the topic ${showTopic(found.topic)} belongs to the broker; its records cannot be deleted`,
      );
    }
    const logStartOffset = await found.withLog((log) =>
      log.deleteRecordsBefore(checkedOffset(found, request.beforeOffset)),
    );
    return { logStartOffset };
  } catch (thrown) {
    return { error: context.failure(thrown), logStartOffset: -1 };
  }
}

/** Only what is acknowledged can be deleted, so that no replica is left with more than the leader. */
function checkedOffset(partition: Partition, beforeOffset: number): number {
  const { highWatermark } = partition;
  if (beforeOffset === ALL) return highWatermark;
  if (Number.isSafeInteger(beforeOffset) && beforeOffset >= 0 && beforeOffset <= highWatermark) {
    return beforeOffset;
  }
  throw new TidelogError(
    'OFFSET_OUT_OF_RANGE',
    `${partition.name}: records before ${beforeOffset} cannot be deleted; the high watermark is ${highWatermark}`,
  );
}
