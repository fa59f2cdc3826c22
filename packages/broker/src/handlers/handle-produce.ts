/**
 * Produce: appends a batch per partition and answers when it is as safe as `acks` asks.
 *
 * All appends begin in the turn of the call, in the order of the request. A row fails on its own.
 *
 * An append under way takes kilobytes beside its batch, which may have seventy bytes: beyond MAX_ROWS_IN_FLIGHT over
 * all requests, a further one is refused as a whole, to be sent again.
 */
import { batchSizeBytesAt, BATCH_LOG_OVERHEAD_BYTES } from '@tidelog/record';
import { TidelogError } from '@tidelog/record/errors';
import type { HandlerContext } from '../broker-core.ts';
import { isInternalTopic, showTopic } from '../metadata/topic-name.ts';
import type { Acks, ProducePartition, ProduceRequest, ProduceResponse, ProduceResult } from '../requests.ts';
import { checkedWaitMs, checkRowCount, findLedPartition } from './request-checks.ts';

/** Rows of all requests under way. */
export const MAX_ROWS_IN_FLIGHT = 200_000;

/** Rejects with INVALID_REQUIRED_ACKS or INVALID_REQUEST, and with REQUEST_TIMED_OUT when too much is under way. */
export async function handleProduce(
  context: HandlerContext,
  request: ProduceRequest,
): Promise<ProduceResponse> {
  const { acks, partitions } = request;
  if (acks !== 0 && acks !== 1 && acks !== -1) {
    throw new TidelogError('INVALID_REQUIRED_ACKS', `acks is ${String(acks)}; it must be 0, 1 or -1 (all)`);
  }
  const timeoutMs = checkedWaitMs('timeoutMs', request.timeoutMs);
  checkRowCount('partitions', partitions);
  const { produceRowsInFlight } = context.core;
  const rowsInFlight = produceRowsInFlight.value + partitions.length;
  if (produceRowsInFlight.value > 0 && rowsInFlight > MAX_ROWS_IN_FLIGHT) {
    throw new TidelogError(
      'REQUEST_TIMED_OUT',
      `nothing was written: ${produceRowsInFlight.value} batches of other requests are being written; send again`,
    );
  }
  produceRowsInFlight.value = rowsInFlight;
  const results = partitions.map((partition) => produceTo(context, partition, { acks, timeoutMs }));
  try {
    return { partitions: await Promise.all(results) };
  } finally {
    produceRowsInFlight.value -= partitions.length;
  }
}

async function produceTo(
  context: HandlerContext,
  request: ProducePartition,
  { acks, timeoutMs }: { acks: Acks; timeoutMs: number },
): Promise<ProduceResult> {
  try {
    const { found: partition, error } = findLedPartition(context, request);
    if (partition === undefined) return failed(error);
    const problem = acks === -1 ? partition.insyncProblem() : undefined;
    if (problem !== undefined) return failed(problem);
    checkNotInternal(partition.topic);
    const { records } = request;
    checkOneBatch(records, partition.name);
    const sizeBytes = records.length;
    const result = await partition.append(records);
    if (!result.isDuplicate) {
      context.core.metrics.producedBytesTotal += sizeBytes;
      context.core.metrics.producedBatchesTotal++;
    }
    if (acks === 1) await result.durable;
    else if (acks === -1) await partition.whenAcknowledged({ offset: result.lastOffset + 1, timeoutMs });
    const { baseOffset, logAppendTimeMs, logStartOffset } = result;
    return { baseOffset, logAppendTimeMs, logStartOffset };
  } catch (thrown) {
    return failed(context.failure(thrown));
  }
}

function checkNotInternal(topic: string): void {
  if (!isInternalTopic(topic)) return;
  throw new TidelogError(
    'INVALID_TOPIC_EXCEPTION',
    `the topic ${showTopic(topic)} belongs to the broker; clients cannot write to it`,
  );
}

/** The log takes several batches in one append; clients send exactly one, as in Kafka since message format v2. */
function checkOneBatch(records: Buffer, where: string): void {
  if (records.length === 0) {
    // Not CORRUPT_MESSAGE, which clients take for damage on the way and send again.
    throw new TidelogError('INVALID_RECORD', `${where}: the request has no batch for the partition`);
  }
  if (records.length < BATCH_LOG_OVERHEAD_BYTES) {
    throw new TidelogError('CORRUPT_MESSAGE', `${where}: ${records.length} bytes are not a record batch`);
  }
  const sizeBytes = batchSizeBytesAt(records, 0);
  if (sizeBytes === records.length) return;
  throw sizeBytes > records.length
    ? new TidelogError(
        'CORRUPT_MESSAGE',
        `${where}: the batch says that it has ${sizeBytes} bytes, ${records.length} came`,
      )
    : new TidelogError(
        'INVALID_RECORD',
        `${where}: a partition takes exactly one batch per request; ${records.length - sizeBytes} bytes follow the first`,
      );
}

function failed(error: TidelogError): ProduceResult {
  return { error, baseOffset: -1, logAppendTimeMs: -1, logStartOffset: -1 };
}
