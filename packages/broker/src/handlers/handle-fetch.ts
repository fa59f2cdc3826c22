/**
 * Fetch: whole batches up to the high watermark, undecoded. When there are fewer than `minBytes`, it waits until
 * there are, until `maxWaitMs` is over, or until the connection or the broker closes.
 *
 * Limits, as in Kafka: the response holds at most `maxBytes`, a partition at most its `partitionMaxBytes`; the
 * first batch of the response comes whole, however large, so that a reader is never stuck. Each fetch begins
 * with another partition, so that a busy one cannot starve those behind it.
 *
 * Who waits holds its request and a few objects for each row: beyond MAX_WAITING_ROWS over all fetches that wait,
 * one of many rows is answered with what there is.
 *
 * Memory: what is read counts against `fetchMemory` from before the read until the socket has taken it, so that
 * any number of fetches that wake at once read only as fast as their answers leave. Nothing is held while waiting
 * for more: what was too little is read again later.
 *
 * Invariant: every read, and the reservation for it, is released once: by the response's `release`, or here when
 * it does not become part of the response.
 */
import type { LogRead } from '@tidelog/log';
import { TidelogError } from '@tidelog/record/errors';
import type { HandlerContext } from '../broker-core.ts';
import type { Reservation } from '../memory-budget.ts';
import type { Partition } from '../partitions/partition.ts';
import type { FetchPartition, FetchRequest, FetchResponse, FetchResult } from '../requests.ts';
import { checkedInteger, checkedWaitMs, checkRowCount, findLedPartition } from './request-checks.ts';

const NO_RECORDS = Buffer.alloc(0);
/** Rows of all fetches that wait; each takes half a kilobyte. */
export const MAX_WAITING_ROWS = 500_000;
/** A fetch of no more rows than this may always wait: connections are bounded, too. */
const FEW_ROWS = 100;

/** One partition of the request, and what was read of it. */
interface Slot {
  readonly request: FetchPartition;
  partition: Partition | undefined;
  error: TidelogError | undefined;
  read: LogRead | undefined;
  /** `readableBytesTotal` of the partition when it was read. */
  readableBytesTotal: number;
}

/** What a fetch has read, and the memory that is reserved for it. */
interface Reads {
  readonly slots: readonly Slot[];
  memory: Reservation | undefined;
}

/** Rejects with INVALID_REQUEST. */
export async function handleFetch(context: HandlerContext, request: FetchRequest): Promise<FetchResponse> {
  const { core } = context;
  checkRowCount('partitions', request.partitions);
  const deadlineMs = core.clock.monotonicMs() + checkedWaitMs('maxWaitMs', request.maxWaitMs);
  const maxBytes = Math.min(
    checkedInteger('maxBytes', request.maxBytes, { min: 0 }),
    core.options.fetchMaxBytes,
  );
  const minBytes = Math.min(checkedInteger('minBytes', request.minBytes, { min: 0 }), maxBytes);
  const slots = request.partitions.map((partition) => openSlot(context, partition));
  const reads: Reads = { slots, memory: undefined };
  try {
    let mayWait = true;
    for (;;) {
      const readBytes = await readAll(context, reads, maxBytes);
      if (!mayWait || readBytes >= minBytes || slots.some((slot) => slot.error !== undefined)) break;
      if (deadlineMs <= core.clock.monotonicMs()) break;
      releaseAll(reads);
      mayWait = await waitForMore(context, slots, { missingBytes: minBytes - readBytes, deadlineMs });
    }
    return respond(context, reads);
  } catch (error) {
    releaseAll(reads);
    throw error;
  }
}

function openSlot(context: HandlerContext, request: FetchPartition): Slot {
  const slot: Slot = {
    request,
    partition: undefined,
    error: undefined,
    read: undefined,
    readableBytesTotal: 0,
  };
  const { found, error } = findLedPartition(context, request, request.currentLeaderEpoch);
  if (found === undefined) slot.error = error;
  else slot.partition = found;
  return slot;
}

/** Reads what there is, one partition after the other, once there is memory for it; returns how many bytes that is. */
async function readAll(context: HandlerContext, reads: Reads, maxBytes: number): Promise<number> {
  const { core, request } = context;
  const { slots } = reads;
  const wantedBytes = boundOfReads(slots, { maxBytes, fetchMaxBytes: core.options.fetchMaxBytes });
  if (wantedBytes !== undefined) {
    reads.memory = await core.fetchMemory.reserve(wantedBytes, [request.signal, core.closing]);
    if (reads.memory === undefined) return 0;
  }
  const grantedBytes = Math.min(maxBytes, reads.memory?.sizeBytes ?? 0);
  const first = slots.length === 0 ? 0 : core.fetchTurn.value++ % slots.length;
  let readBytes = 0;
  let heldBytes = 0;
  for (let index = 0; index < slots.length; index++) {
    const slot = slots[(first + index) % slots.length] as Slot;
    const { partition, error } = slot;
    if (partition === undefined || error !== undefined) continue;
    slot.readableBytesTotal = partition.readableBytesTotal;
    const leftBytes = grantedBytes - readBytes;
    if (leftBytes <= 0 && readBytes > 0) continue;
    if (partition.hasNothingAt(slot.request.fetchOffset)) continue;
    await readInto(context, slot, partition, { leftBytes, minOneBatch: readBytes === 0 });
    readBytes += slot.read?.bytes.length ?? 0;
    // The read holds the whole piece of memory of which its bytes are the used part.
    heldBytes += slot.read?.bytes.buffer.byteLength ?? 0;
  }
  reads.memory?.resize(heldBytes);
  return readBytes;
}

/** The most that can be read, be it the first batch, which comes however large; undefined: there is nothing. */
function boundOfReads(
  slots: readonly Slot[],
  { maxBytes, fetchMaxBytes }: { maxBytes: number; fetchMaxBytes: number },
): number | undefined {
  let partitionsBytes = 0;
  let batchBytes: number | undefined;
  for (const { partition, error, request } of slots) {
    if (partition === undefined || error !== undefined || partition.hasNothingAt(request.fetchOffset))
      continue;
    const { partitionMaxBytes } = request;
    if (Number.isSafeInteger(partitionMaxBytes)) partitionsBytes += Math.max(0, partitionMaxBytes);
    batchBytes = Math.max(batchBytes ?? 0, Math.min(partition.maxBatchBytes, fetchMaxBytes));
  }
  return batchBytes === undefined ? undefined : Math.max(batchBytes, Math.min(maxBytes, partitionsBytes));
}

async function readInto(
  context: HandlerContext,
  slot: Slot,
  partition: Partition,
  { leftBytes, minOneBatch }: { leftBytes: number; minOneBatch: boolean },
): Promise<void> {
  const { fetchOffset, partitionMaxBytes } = slot.request;
  try {
    if (!Number.isSafeInteger(fetchOffset) || fetchOffset < 0) {
      throw new TidelogError(
        'OFFSET_OUT_OF_RANGE',
        `${partition.name}: there is no offset ${fetchOffset}; offsets begin at 0`,
      );
    }
    const wantedBytes = checkedInteger('partitionMaxBytes', partitionMaxBytes, { min: 0 });
    const maxBytes = Math.min(wantedBytes, leftBytes);
    slot.read = await partition.read({ fromOffset: fetchOffset, maxBytes, minOneBatch });
  } catch (thrown) {
    slot.error = context.failure(thrown);
  }
}

/** Waits for more to read. False: there is no point in reading again. */
function waitForMore(
  context: HandlerContext,
  slots: readonly Slot[],
  { missingBytes, deadlineMs }: { missingBytes: number; deadlineMs: number },
): Promise<boolean> {
  const { clock, closing, fetchRowsWaiting } = context.core;
  const { signal } = context.request;
  const waitMs = deadlineMs - clock.monotonicMs();
  if (waitMs <= 0 || signal.aborted || closing.aborted) return Promise.resolve(false);
  if (isWorthReading(slots, missingBytes)) return Promise.resolve(true);
  if (slots.length > FEW_ROWS && fetchRowsWaiting.value + slots.length > MAX_WAITING_ROWS) {
    return Promise.resolve(false);
  }
  return new Promise((resolve) => {
    fetchRowsWaiting.value += slots.length;
    const done = (readAgain: boolean): void => {
      fetchRowsWaiting.value -= slots.length;
      timer.cancel();
      for (const unwatch of unwatches) unwatch();
      signal.removeEventListener('abort', stop);
      closing.removeEventListener('abort', stop);
      resolve(readAgain);
    };
    const stop = (): void => done(false);
    const wake = (): void => {
      if (isWorthReading(slots, missingBytes)) done(true);
    };
    const timer = clock.setTimer(waitMs, stop);
    const unwatches = slots.map((slot) => slot.partition?.watch(wake) ?? ((): void => undefined));
    signal.addEventListener('abort', stop);
    closing.addEventListener('abort', stop);
  });
}

function isWorthReading(slots: readonly Slot[], missingBytes: number): boolean {
  let newBytes = 0;
  for (const { partition, readableBytesTotal } of slots) {
    if (partition === undefined) continue;
    if (partition.leadershipProblem() !== undefined) return true;
    newBytes += partition.readableBytesTotal - readableBytesTotal;
    if (newBytes >= missingBytes) return true;
  }
  return false;
}

function respond(context: HandlerContext, reads: Reads): FetchResponse {
  const partitions = reads.slots.map((slot): FetchResult => {
    const { partition, read } = slot;
    const error = slot.error ?? partition?.leadershipProblem();
    if (partition === undefined || error !== undefined) {
      return {
        error,
        highWatermark: -1,
        lastStableOffset: -1,
        logStartOffset: partition?.openedLog?.logStartOffset ?? -1,
        records: NO_RECORDS,
      };
    }
    const records = read?.bytes ?? NO_RECORDS;
    context.core.metrics.fetchedBytesTotal += records.length;
    const { highWatermark } = partition;
    const logStartOffset = partition.openedLog?.logStartOffset ?? -1;
    return { highWatermark, lastStableOffset: highWatermark, logStartOffset, records };
  });
  return { partitions, release: () => releaseAll(reads) };
}

function releaseAll(reads: Reads): void {
  for (const slot of reads.slots) {
    const { read } = slot;
    slot.read = undefined;
    read?.release();
  }
  reads.memory?.release();
  reads.memory = undefined;
}
