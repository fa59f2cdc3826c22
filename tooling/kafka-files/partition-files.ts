/** Everything that lies in a partition's directory, read by the readers of this folder. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readBatches, type FileBatch } from './batch-reader.ts';
import {
  readLeaderEpochs,
  readOffsetIndex,
  readPartitionMetadata,
  readProducerSnapshot,
  readTimeIndex,
  type LeaderEpoch,
  type OffsetIndexEntry,
  type SnapshotProducer,
  type TimeIndexEntry,
} from './small-files.ts';

export interface SegmentFiles {
  readonly baseOffset: number;
  readonly batches: readonly FileBatch[];
  readonly offsetIndex: readonly OffsetIndexEntry[];
  readonly timeIndex: readonly TimeIndexEntry[];
}

export interface PartitionFiles {
  readonly name: string;
  readonly topicId: string;
  /** By base offset; the last one is active. */
  readonly segments: readonly SegmentFiles[];
  /** By the offset that a snapshot holds the state before. */
  readonly snapshots: ReadonlyMap<number, readonly SnapshotProducer[]>;
  readonly leaderEpochs: readonly LeaderEpoch[];
}

/** Reads `<dataDir>/<name>`. Throws where a file is not of its format. */
export function readPartitionFiles(dataDir: string, name: string): PartitionFiles {
  const dir = join(dataDir, name);
  const bytes = (file: string): Buffer => readFileSync(join(dir, file));
  const offsetsOf = (suffix: string): number[] =>
    readdirSync(dir)
      .filter((file) => new RegExp(`^\\d{20}${suffix}$`).test(file))
      .map((file) => Number.parseInt(file, 10))
      .sort((one, two) => one - two);
  const stem = (offset: number): string => String(offset).padStart(20, '0');
  return {
    name,
    topicId: readPartitionMetadata(bytes('partition.metadata').toString()),
    segments: offsetsOf('\\.log').map((baseOffset) => ({
      baseOffset,
      batches: readBatches(bytes(`${stem(baseOffset)}.log`)),
      offsetIndex: readOffsetIndex(bytes(`${stem(baseOffset)}.index`), baseOffset),
      timeIndex: readTimeIndex(bytes(`${stem(baseOffset)}.timeindex`), baseOffset),
    })),
    snapshots: new Map(
      offsetsOf('\\.snapshot').map((offset) => [
        offset,
        readProducerSnapshot(bytes(`${stem(offset)}.snapshot`)),
      ]),
    ),
    leaderEpochs: readLeaderEpochs(bytes('leader-epoch-checkpoint').toString()),
  };
}
