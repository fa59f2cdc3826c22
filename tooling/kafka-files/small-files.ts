/**
 * Reads the small files beside the segments.
 *
 *   .index                      entries of int32 offset − base offset, int32 position
 *   .timeindex                  entries of int64 timestamp, int32 offset − base offset
 *   .snapshot                   int16 version 1, uint32 CRC-32C of what follows, int32 count; per producer int64 id,
 *                               int16 epoch, int32 last sequence, int64 last offset, int32 offset delta,
 *                               int64 timestamp, int32 coordinator epoch, int64 first offset of its transaction
 *   leader-epoch-checkpoint     text: `0`, the count, and lines `epoch startOffset`
 *   <any>-offset-checkpoint     text: `0`, the count, and lines `topic partition offset`
 *   partition.metadata          text: `version: 0`, `topic_id: ` and the id
 *   meta.properties             Java properties
 */
import { crc32c } from './crc32c.ts';

export interface OffsetIndexEntry {
  readonly offset: number;
  readonly position: number;
}

export function readOffsetIndex(file: Buffer, baseOffset: number): OffsetIndexEntry[] {
  return entriesOf(file, 8).map((entry) => ({
    offset: baseOffset + entry.readInt32BE(0),
    position: entry.readInt32BE(4),
  }));
}

export interface TimeIndexEntry {
  readonly timestampMs: number;
  readonly offset: number;
}

export function readTimeIndex(file: Buffer, baseOffset: number): TimeIndexEntry[] {
  return entriesOf(file, 12).map((entry) => ({
    timestampMs: Number(entry.readBigInt64BE(0)),
    offset: baseOffset + entry.readInt32BE(8),
  }));
}

function entriesOf(file: Buffer, sizeBytes: number): Buffer[] {
  if (file.length % sizeBytes !== 0)
    throw new Error(`an index of ${file.length} bytes: no multiple of ${sizeBytes}`);
  return Array.from({ length: file.length / sizeBytes }, (_, index) =>
    file.subarray(index * sizeBytes, (index + 1) * sizeBytes),
  );
}

export interface SnapshotProducer {
  readonly producerId: number;
  readonly epoch: number;
  readonly lastSequence: number;
  readonly lastOffset: number;
  /** Last − first offset of its last batch. */
  readonly offsetDelta: number;
  readonly timestampMs: number;
  readonly transactionFirstOffset: number;
}

const PRODUCER_BYTES = 46;
const SNAPSHOT_HEAD_BYTES = 10;

export function readProducerSnapshot(file: Buffer): SnapshotProducer[] {
  if (file.readInt16BE(0) !== 1) throw new Error(`a producer snapshot of version ${file.readInt16BE(0)}`);
  if (crc32c(file.subarray(6)) !== file.readUInt32BE(2))
    throw new Error('the CRC of a producer snapshot is wrong');
  const entries = entriesOf(file.subarray(SNAPSHOT_HEAD_BYTES), PRODUCER_BYTES);
  if (entries.length !== file.readInt32BE(6))
    throw new Error('a producer snapshot has another count of entries');
  return entries.map((entry) => ({
    producerId: Number(entry.readBigInt64BE(0)),
    epoch: entry.readInt16BE(8),
    lastSequence: entry.readInt32BE(10),
    lastOffset: Number(entry.readBigInt64BE(14)),
    offsetDelta: entry.readInt32BE(22),
    timestampMs: Number(entry.readBigInt64BE(26)),
    transactionFirstOffset: Number(entry.readBigInt64BE(38)),
  }));
}

export interface LeaderEpoch {
  readonly epoch: number;
  readonly startOffset: number;
}

export function readLeaderEpochs(text: string): LeaderEpoch[] {
  return checkpointLines(text).map((line) => {
    const [epoch, startOffset] = line.split(' ').map(Number);
    return { epoch: epoch!, startOffset: startOffset! };
  });
}

/** By `topic-partition`. */
export function readOffsetCheckpoint(text: string): Map<string, number> {
  return new Map(
    checkpointLines(text).map((line) => {
      const [topic, partition, offset] = line.split(' ');
      return [`${topic}-${partition}`, Number(offset)];
    }),
  );
}

function checkpointLines(text: string): string[] {
  const [version, count, ...lines] = text.replace(/\n$/, '').split('\n');
  if (version !== '0') throw new Error(`a checkpoint of version ${version}`);
  if (lines.length !== Number(count)) throw new Error(`a checkpoint of ${count} entries has ${lines.length}`);
  return lines;
}

/** The topic's id. */
export function readPartitionMetadata(text: string): string {
  const match = /^version: 0\ntopic_id: ([\w-]{22})\n?$/.exec(text);
  if (match === null) throw new Error(`partition.metadata is ${JSON.stringify(text)}`);
  return match[1]!;
}

export function readProperties(text: string): Map<string, string> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}
