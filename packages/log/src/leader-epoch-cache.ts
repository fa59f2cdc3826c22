/**
 * Which leader epochs wrote the log, and from which offset on each (KIP-101, KIP-279): what followers ask to find
 * where their log and the leader's part. Kept in Kafka's `leader-epoch-checkpoint` (format: checkpoint-file.ts).
 *
 * Invariant: entries rise strictly in epoch and in start offset; the first one starts at or below the log start
 * offset.
 *
 * The file is written before the recovery point moves past an entry's offset. After a crash the entries at or
 * above the recovery point are dropped and found again in the batches, each of which carries its epoch.
 */
import { readEpochCheckpoint, writeEpochCheckpoint, type EpochStart } from './checkpoint-file.ts';
import type { FileSystem } from './file-system.ts';

/** The end of an epoch: the offset at which the next one begins. */
export interface EpochEnd {
  /** The largest epoch in the log that is not above the one asked for; −1: none is known. */
  readonly epoch: number;
  /** Exclusive; −1: unknown. */
  readonly endOffset: number;
}

const UNKNOWN: EpochEnd = { epoch: -1, endOffset: -1 };

export class LeaderEpochCache {
  #entries: EpochStart[];
  #isDirty = false;

  constructor(entries: readonly EpochStart[] = []) {
    this.#entries = [...entries];
  }

  /** Reads the file. undefined when it is missing or damaged: the caller then rebuilds it from the batches. */
  static async load(fileSystem: FileSystem, path: string): Promise<LeaderEpochCache | undefined> {
    try {
      const entries = await readEpochCheckpoint(fileSystem, path);
      return entries === undefined ? undefined : new LeaderEpochCache(entries);
    } catch {
      return undefined;
    }
  }

  get entries(): readonly EpochStart[] {
    return this.#entries;
  }

  /** The epoch of the last batch; −1 for none. */
  get latestEpoch(): number {
    return this.#entries.at(-1)?.epoch ?? -1;
  }

  /** Notes that a batch at `startOffset` carries `epoch`. Epochs at or below the latest one change nothing. */
  assign(epoch: number, startOffset: number): void {
    if (epoch <= this.latestEpoch) return;
    this.#entries = this.#entries.filter((entry) => entry.startOffset < startOffset);
    this.#entries.push({ epoch, startOffset });
    this.#isDirty = true;
  }

  /** The epoch that wrote `offset`; −1 when that is not known. */
  epochAt(offset: number): number {
    return this.#entries.findLast((entry) => entry.startOffset <= offset)?.epoch ?? -1;
  }

  /** Where `epoch` ended, or the largest epoch below it that the log has (OffsetForLeaderEpoch). */
  endOffsetFor(epoch: number, logEndOffset: number): EpochEnd {
    if (epoch < 0) return UNKNOWN;
    if (epoch === this.latestEpoch) return { epoch, endOffset: logEndOffset };
    const next = this.#entries.find((entry) => entry.epoch > epoch);
    if (next === undefined) return UNKNOWN;
    const floor = this.#entries.findLast((entry) => entry.epoch <= epoch);
    return { epoch: floor?.epoch ?? epoch, endOffset: next.startOffset };
  }

  /** Drops the entries that start at `offset` or after it: the log was cut there. */
  truncateFromEnd(offset: number): void {
    const kept = this.#entries.filter((entry) => entry.startOffset < offset);
    if (kept.length === this.#entries.length) return;
    this.#entries = kept;
    this.#isDirty = true;
  }

  /** Drops the epochs that ended at or before `offset`; the one that holds it then starts there. */
  truncateFromStart(offset: number): void {
    const holding = this.#entries.findLastIndex((entry) => entry.startOffset <= offset);
    const first = this.#entries[holding];
    if (first === undefined || (holding === 0 && first.startOffset === offset)) return;
    this.#entries = [{ epoch: first.epoch, startOffset: offset }, ...this.#entries.slice(holding + 1)];
    this.#isDirty = true;
  }

  /** Writes the file when the entries changed since. */
  async save(fileSystem: FileSystem, path: string): Promise<void> {
    if (!this.#isDirty) return;
    this.#isDirty = false;
    try {
      await writeEpochCheckpoint(fileSystem, path, this.#entries);
    } catch (error) {
      this.#isDirty = true;
      throw error;
    }
  }
}
