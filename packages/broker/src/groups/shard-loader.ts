/**
 * Reads a partition of `__consumer_offsets` from its start to its end: the last value of each key, in the order
 * in which the last values lie in the log, as if the log had been compacted the moment before.
 *
 * A commit supersedes the one before it, so that most of a log says nothing: keys are told apart by their bytes
 * and only what is left in the end is decoded. Memory: one read's worth of the log, and key and last value of
 * what exists.
 *
 * Control batches belong to no group and are passed over. Every batch's CRC is compared; bytes that are damaged
 * end the load with LOG_CORRUPT, since a state without them would give what somebody owns to somebody else.
 */
import type { Clock } from '@tidelog/log';
import { batchesOf, STORED_BATCH_RULES, validateBatch } from '@tidelog/record';
import type { RecordBatch, RecordCursor } from '@tidelog/record';
import { TidelogError } from '@tidelog/record/errors';
import type { Partition } from '../partitions/partition.ts';
import { decodeGroupRecord } from './group-record-codec.ts';
import type { GroupRecord } from './group-records.ts';

const READ_BYTES = 1024 * 1024;
/** A commit's record is a few hundred bytes; this many take a millisecond or so. */
const RECORDS_PER_SLICE = 5_000;
const NO_BYTES = Buffer.alloc(0);
/** Nobody gives up on a load but the load itself. */
const ACKNOWLEDGE_TIMEOUT_MS = 30_000;

/** What was found besides the records. */
export interface LoadReport {
  /** Records read, superseded ones included. */
  readonly recordCount: number;
  /** Keys with a value. */
  readonly keyCount: number;
  /** Why keys were passed over, each reason once, with how many. */
  readonly unknown: ReadonlyMap<string, number>;
}

/** The last value of a key. */
interface LastValue {
  /** Where in the order of all records it lies. */
  order: number;
  /** At least as large as the value; not the memory that was read into. */
  bytes: Buffer;
  /** −1: a tombstone. */
  sizeBytes: number;
}

/**
 * Loads the partition and gives each record that counts to `apply`.
 *
 * Rejects with LOG_CORRUPT, with what `apply` throws, with what the log fails with, and with REQUEST_TIMED_OUT when
 * what is in the log is not acknowledged by all in-sync replicas.
 */
export async function loadShard(
  { partition, clock }: { readonly partition: Partition; readonly clock: Clock },
  apply: (record: GroupRecord) => void,
): Promise<LoadReport> {
  const { startOffset, endOffset } = await partition.withLog((log) =>
    Promise.resolve({ startOffset: log.logStartOffset, endOffset: log.logEndOffset }),
  );
  // Below the high watermark nothing can be taken back; a state must not be built on what can.
  await partition.whenAcknowledged({ offset: endOffset, timeoutMs: ACKNOWLEDGE_TIMEOUT_MS });
  const lastValues = new LastValues(partition.name);
  for (let offset = startOffset; offset < endOffset;) {
    const read = await partition.read({ fromOffset: offset, maxBytes: READ_BYTES, minOneBatch: true });
    try {
      // What is damaged rejects: from here to the end compaction has removed everything.
      if (read.nextOffset <= offset) break;
      for (const batch of batchesOf(read.bytes)) lastValues.take(checked(partition, batch));
      offset = read.nextOffset;
    } finally {
      read.release();
    }
  }
  return await applyAll({ partition, clock }, lastValues, apply);
}

async function applyAll(
  { partition, clock }: { readonly partition: Partition; readonly clock: Clock },
  lastValues: LastValues,
  apply: (record: GroupRecord) => void,
): Promise<LoadReport> {
  const unknown = new Map<string, number>();
  let keyCount = 0;
  for (const [key, value] of lastValues.inOrder()) {
    // Between slices the event loop serves others.
    if (++keyCount % RECORDS_PER_SLICE === 0) await new Promise<void>((resolve) => clock.defer(resolve));
    let decoded;
    try {
      decoded = decodeGroupRecord(key, value);
    } catch (error) {
      throw new TidelogError(
        'LOG_CORRUPT',
        `${partition.name}: the record with the key ${key.toString('hex', 0, 100)} cannot be read: ${(error as Error).message}`,
        { cause: error, topic: partition.topic, partition: partition.partition },
      );
    }
    if (decoded.record !== undefined) apply(decoded.record);
    else if (decoded.unknown !== undefined) {
      unknown.set(decoded.unknown, (unknown.get(decoded.unknown) ?? 0) + 1);
    }
  }
  return { recordCount: lastValues.recordCount, keyCount, unknown };
}

/** The last value of each key that was taken so far. */
class LastValues {
  recordCount = 0;
  readonly #where: string;
  /** By the key's bytes as latin1 text, which tells any two of them apart. */
  readonly #byKey = new Map<string, LastValue>();

  constructor(where: string) {
    this.#where = where;
  }

  take(batch: RecordBatch): void {
    if (batch.header.isControl) {
      this.recordCount += batch.header.recordCount;
      return;
    }
    const cursor = batch.cursor();
    while (cursor.next()) this.#takeRecord(cursor);
  }

  /** Every key that has a value, in the order of the log. */
  *inOrder(): Generator<readonly [key: Buffer, value: Buffer]> {
    const present = [...this.#byKey].filter(([, { sizeBytes }]) => sizeBytes >= 0);
    present.sort(([, left], [, right]) => left.order - right.order);
    for (const [key, { bytes, sizeBytes }] of present) {
      yield [Buffer.from(key, 'latin1'), bytes.subarray(0, sizeBytes)];
    }
  }

  #takeRecord(cursor: RecordCursor): void {
    const { bytes, keyPosition, keySizeBytes, valueSizeBytes, valueEnd } = cursor;
    if (keySizeBytes < 0) {
      throw new TidelogError(
        'LOG_CORRUPT',
        `${this.#where}: the record at offset ${cursor.offset} has no key`,
      );
    }
    const order = this.recordCount++;
    const key = bytes.toString('latin1', keyPosition, keyPosition + keySizeBytes);
    if (valueSizeBytes < 0) {
      // What was removed may come again; until then it takes no memory.
      this.#byKey.delete(key);
      return;
    }
    let last = this.#byKey.get(key);
    if (last === undefined) {
      last = { order, bytes: NO_BYTES, sizeBytes: valueSizeBytes };
      this.#byKey.set(key, last);
    }
    if (last.bytes.length < valueSizeBytes) last.bytes = Buffer.allocUnsafe(valueSizeBytes);
    bytes.copy(last.bytes, 0, valueEnd - valueSizeBytes, valueEnd);
    last.order = order;
    last.sizeBytes = valueSizeBytes;
  }
}

function checked(partition: Partition, batch: RecordBatch): RecordBatch {
  try {
    validateBatch(batch.bytes, 0, STORED_BATCH_RULES);
    batch.decompressSync();
    return batch;
  } catch (error) {
    throw corrupt(partition, batch.header.baseOffset, (error as Error).message, error);
  }
}

function corrupt(partition: Partition, offset: number, reason: string, cause?: unknown): TidelogError {
  return new TidelogError(
    'LOG_CORRUPT',
    `${partition.name}: the batch at offset ${offset} cannot be read (${reason}); its groups stay unavailable until it is repaired`,
    { cause, topic: partition.topic, partition: partition.partition, offset },
  );
}
