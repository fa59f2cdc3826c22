/**
 * Producer state on disk: Kafka's `.snapshot` file, and beside it a `.producers.tidelog` file for what Kafka's
 * format has no room for. Both are named by the offset before which they hold; integers are big-endian.
 *
 *     .snapshot (Kafka's ProducerSnapshot, version 1)
 *      0  int16   version                 1
 *      2  uint32  crc                     CRC-32C of everything after this field
 *      6  int32   how many entries follow, of 46 bytes each:
 *         int64 producerId, int16 producerEpoch, int32 lastSequence (−1: no batch), int64 lastOffset,
 *         int32 offsetDelta (last − first sequence of the last batch), int64 timestamp, int32 coordinatorEpoch,
 *         int64 currentTxnFirstOffset (−1: none)
 *
 *     .producers.tidelog
 *      0  int16   version                 1
 *      2  uint32  crc                     as above
 *      6  int32   how many entries follow, each:
 *         int64 producerId, int16 producerEpoch, int64 lastSeenMs, int8 batchCount (0 … 5), and per batch, oldest
 *         first: int32 firstSequence, int32 lastSequence, int64 baseOffset, int64 lastOffset, int64 maxTimestamp
 *
 * Crash policy: each file is written under its own name, then synced; a torn one fails its CRC and an older one
 * is taken instead. Without the side file, as in a directory that Kafka wrote, one batch per producer is known.
 */
import { crc32c } from '@tidelog/record';
import {
  MAX_SEQUENCE,
  REMEMBERED_BATCH_COUNT,
  type ProducerEntry,
  type RememberedBatch,
} from './producer-state.ts';

const VERSION = 1;
const CRC_POSITION = 2;
const COUNT_POSITION = 6;
const ENTRIES_POSITION = 10;
const SNAPSHOT_ENTRY_BYTES = 46;
const SIDE_ENTRY_BYTES = 19;
const SIDE_BATCH_BYTES = 32;

/** The content of a `.snapshot` file. */
export function encodeSnapshot(entries: readonly ProducerEntry[]): Buffer {
  const bytes = Buffer.alloc(ENTRIES_POSITION + entries.length * SNAPSHOT_ENTRY_BYTES);
  let position = writeHead(bytes, entries.length);
  for (const entry of entries) {
    const last = entry.batches.at(-1);
    position = writeInt64(bytes, position, entry.producerId);
    position = bytes.writeInt16BE(entry.producerEpoch, position);
    position = bytes.writeInt32BE(last?.lastSequence ?? -1, position);
    position = writeInt64(bytes, position, last?.lastOffset ?? -1);
    position = bytes.writeInt32BE(last === undefined ? 0 : last.lastOffset - last.baseOffset, position);
    position = writeInt64(bytes, position, entry.lastTimestampMs);
    position = bytes.writeInt32BE(entry.coordinatorEpoch, position);
    position = writeInt64(bytes, position, entry.currentTransactionFirstOffset);
  }
  return sealed(bytes);
}

/** The content of a `.producers.tidelog` file. */
export function encodeSideFile(entries: readonly ProducerEntry[]): Buffer {
  let sizeBytes = ENTRIES_POSITION;
  for (const entry of entries) sizeBytes += SIDE_ENTRY_BYTES + entry.batches.length * SIDE_BATCH_BYTES;
  const bytes = Buffer.alloc(sizeBytes);
  let position = writeHead(bytes, entries.length);
  for (const entry of entries) {
    position = writeInt64(bytes, position, entry.producerId);
    position = bytes.writeInt16BE(entry.producerEpoch, position);
    position = writeInt64(bytes, position, entry.lastSeenMs);
    position = bytes.writeInt8(entry.batches.length, position);
    for (const batch of entry.batches) {
      position = bytes.writeInt32BE(batch.firstSequence, position);
      position = bytes.writeInt32BE(batch.lastSequence, position);
      position = writeInt64(bytes, position, batch.baseOffset);
      position = writeInt64(bytes, position, batch.lastOffset);
      position = writeInt64(bytes, position, batch.maxTimestampMs);
    }
  }
  return sealed(bytes);
}

export interface DecodedSnapshot {
  /** In the order of the file: the longest idle first. */
  readonly entries: ProducerEntry[];
  /** The side file had its part for every entry. */
  readonly isComplete: boolean;
}

/**
 * The entries of a snapshot, completed from the side file where that is whole and of the same producer and epoch.
 * undefined when the snapshot is damaged or of another version. `nowMs` stands in for a last-seen time that is
 * not known.
 */
export function decodeSnapshot(
  snapshot: Buffer,
  sideFile: Buffer | undefined,
  nowMs: number,
): DecodedSnapshot | undefined {
  const count = entryCount(snapshot, SNAPSHOT_ENTRY_BYTES);
  if (count === undefined || snapshot.length !== ENTRIES_POSITION + count * SNAPSHOT_ENTRY_BYTES)
    return undefined;
  const side = sideFile === undefined ? undefined : decodeSideFile(sideFile);
  const entries: ProducerEntry[] = [];
  let isComplete = true;
  for (let index = 0; index < count; index++) {
    const entry = readSnapshotEntry(snapshot, ENTRIES_POSITION + index * SNAPSHOT_ENTRY_BYTES, nowMs);
    const more = side?.get(entry.producerId);
    const belongs =
      more?.producerEpoch === entry.producerEpoch &&
      more.batches.at(-1)?.lastOffset === entry.batches.at(-1)?.lastOffset;
    isComplete &&= belongs;
    entries.push(belongs ? { ...entry, batches: more.batches, lastSeenMs: more.lastSeenMs } : entry);
  }
  return { entries, isComplete };
}

function readSnapshotEntry(bytes: Buffer, position: number, nowMs: number): ProducerEntry {
  const lastSequence = bytes.readInt32BE(position + 10);
  const lastOffset = readInt64(bytes, position + 14);
  const offsetDelta = bytes.readInt32BE(position + 22);
  const lastTimestampMs = readInt64(bytes, position + 26);
  const batches: RememberedBatch[] = [];
  if (lastSequence >= 0 && lastOffset >= 0) {
    const firstSequence = lastSequence - offsetDelta;
    batches.push({
      firstSequence: firstSequence < 0 ? firstSequence + MAX_SEQUENCE + 1 : firstSequence,
      lastSequence,
      baseOffset: lastOffset - offsetDelta,
      lastOffset,
      maxTimestampMs: lastTimestampMs,
    });
  }
  return {
    producerId: readInt64(bytes, position),
    producerEpoch: bytes.readInt16BE(position + 8),
    batches,
    lastTimestampMs,
    lastSeenMs: nowMs,
    coordinatorEpoch: bytes.readInt32BE(position + 34),
    currentTransactionFirstOffset: readInt64(bytes, position + 38),
  };
}

interface SideEntry {
  readonly producerEpoch: number;
  readonly lastSeenMs: number;
  readonly batches: readonly RememberedBatch[];
}

function decodeSideFile(bytes: Buffer): Map<number, SideEntry> | undefined {
  const count = entryCount(bytes, SIDE_ENTRY_BYTES);
  if (count === undefined) return undefined;
  const entries = new Map<number, SideEntry>();
  let position = ENTRIES_POSITION;
  for (let index = 0; index < count; index++) {
    if (position + SIDE_ENTRY_BYTES > bytes.length) return undefined;
    const batchCount = bytes.readInt8(position + 18);
    const end = position + SIDE_ENTRY_BYTES + batchCount * SIDE_BATCH_BYTES;
    if (batchCount < 0 || batchCount > REMEMBERED_BATCH_COUNT || end > bytes.length) return undefined;
    const batches: RememberedBatch[] = [];
    for (let at = position + SIDE_ENTRY_BYTES; at < end; at += SIDE_BATCH_BYTES) {
      batches.push({
        firstSequence: bytes.readInt32BE(at),
        lastSequence: bytes.readInt32BE(at + 4),
        baseOffset: readInt64(bytes, at + 8),
        lastOffset: readInt64(bytes, at + 16),
        maxTimestampMs: readInt64(bytes, at + 24),
      });
    }
    entries.set(readInt64(bytes, position), {
      producerEpoch: bytes.readInt16BE(position + 8),
      lastSeenMs: readInt64(bytes, position + 10),
      batches,
    });
    position = end;
  }
  return position === bytes.length ? entries : undefined;
}

function writeHead(bytes: Buffer, count: number): number {
  bytes.writeInt16BE(VERSION, 0);
  bytes.writeInt32BE(count, COUNT_POSITION);
  return ENTRIES_POSITION;
}

function sealed(bytes: Buffer): Buffer {
  bytes.writeUInt32BE(crc32c(bytes.subarray(COUNT_POSITION)), CRC_POSITION);
  return bytes;
}

/** How many entries the file claims, when version and CRC are right and so many could fit; else undefined. */
function entryCount(bytes: Buffer, entryBytes: number): number | undefined {
  if (bytes.length < ENTRIES_POSITION || bytes.readInt16BE(0) !== VERSION) return undefined;
  if (bytes.readUInt32BE(CRC_POSITION) !== crc32c(bytes.subarray(COUNT_POSITION))) return undefined;
  const count = bytes.readInt32BE(COUNT_POSITION);
  return count < 0 || count > (bytes.length - ENTRIES_POSITION) / entryBytes ? undefined : count;
}

function writeInt64(bytes: Buffer, position: number, value: number): number {
  return bytes.writeBigInt64BE(BigInt(value), position);
}

function readInt64(bytes: Buffer, position: number): number {
  return Number(bytes.readBigInt64BE(position));
}
