/**
 * The producer snapshots of a partition's directory: which there are, the newest one that can be trusted, writing
 * and removing them. Formats: producer-snapshot.ts.
 *
 * Invariant: a snapshot at offset X holds the producer state of the batches below X. It is trusted when X is at
 * or below the recovery point and its CRC is right; what lies above X is replayed from the batches.
 */
import { join } from 'node:path';
import { readFileIfPresent } from './checkpoint-file.ts';
import type { FileSystem } from './file-system.ts';
import { offsetOfFileName, PRODUCERS_SUFFIX, segmentFileName, SNAPSHOT_SUFFIX } from './log-file-names.ts';
import { decodeSnapshot, encodeSideFile, encodeSnapshot } from './producer-snapshot.ts';
import type { ProducerEntry } from './producer-state.ts';

/** A state as it was at an offset, encoded at that moment and to be written later. */
export interface EncodedSnapshot {
  readonly offset: number;
  readonly snapshot: Buffer;
  /** undefined when there is nothing that the snapshot cannot hold. */
  readonly sideFile: Buffer | undefined;
}

export function encodeProducers(offset: number, entries: Iterable<ProducerEntry>): EncodedSnapshot {
  const all = [...entries];
  return {
    offset,
    snapshot: encodeSnapshot(all),
    sideFile: all.length === 0 ? undefined : encodeSideFile(all),
  };
}

export class ProducerSnapshotFiles {
  readonly #fileSystem: FileSystem;
  readonly #dir: string;
  /** Rising. */
  #offsets: number[];
  /** Side files whose snapshot was removed. */
  #orphanedSideFiles: number[];

  constructor(options: {
    readonly fileSystem: FileSystem;
    readonly dir: string;
    readonly names: readonly string[];
  }) {
    this.#fileSystem = options.fileSystem;
    this.#dir = options.dir;
    this.#offsets = offsetsOf(options.names, SNAPSHOT_SUFFIX);
    this.#orphanedSideFiles = offsetsOf(options.names, PRODUCERS_SUFFIX).filter(
      (offset) => !this.#offsets.includes(offset),
    );
  }

  get offsets(): readonly number[] {
    return this.#offsets;
  }

  /**
   * The newest snapshot from `minOffset` to `limitOffset` that is whole. One whose side file is missing or damaged,
   * as in a directory that Kafka wrote, is taken only when no other is there.
   */
  async loadNewest(
    range: { readonly minOffset: number; readonly limitOffset: number },
    nowMs: number,
  ): Promise<{ offset: number; entries: ProducerEntry[] } | undefined> {
    let fallback: { offset: number; entries: ProducerEntry[] } | undefined;
    for (const offset of this.#offsets.toReversed()) {
      if (offset > range.limitOffset || offset < range.minOffset) continue;
      const snapshot = await readFileIfPresent(this.#fileSystem, this.#path(offset, SNAPSHOT_SUFFIX));
      if (snapshot === undefined) continue;
      const sideFile = await readFileIfPresent(this.#fileSystem, this.#path(offset, PRODUCERS_SUFFIX));
      const decoded = decodeSnapshot(snapshot, sideFile, nowMs);
      if (decoded?.isComplete === true) return { offset, entries: decoded.entries };
      if (decoded !== undefined) fallback ??= { offset, entries: decoded.entries };
    }
    return fallback;
  }

  /** Writes and syncs both files. Their names: by the caller's sync of the directory. */
  async write(encoded: EncodedSnapshot): Promise<void> {
    if (encoded.sideFile !== undefined)
      await this.#writeFile(encoded.offset, PRODUCERS_SUFFIX, encoded.sideFile);
    await this.#writeFile(encoded.offset, SNAPSHOT_SUFFIX, encoded.snapshot);
    this.#orphanedSideFiles = this.#orphanedSideFiles.filter((offset) => offset !== encoded.offset);
    if (this.#offsets.includes(encoded.offset)) return;
    this.#offsets.push(encoded.offset);
    this.#offsets.sort((a, b) => a - b);
  }

  /** Removes the snapshots for which `isUnwanted` holds. Their side files stay until `removeOrphans`. */
  async remove(isUnwanted: (offset: number) => boolean): Promise<void> {
    const unwanted = this.#offsets.filter(isUnwanted);
    this.#offsets = this.#offsets.filter((offset) => !unwanted.includes(offset));
    for (const offset of unwanted) await this.#unlink(offset, SNAPSHOT_SUFFIX);
    this.#orphanedSideFiles.push(...unwanted);
  }

  /**
   * Removes the side files of removed snapshots. To be called right after a sync of the directory, so that the
   * removal of the snapshots is durable: no crash leaves a snapshot without its side file.
   */
  async removeOrphans(): Promise<void> {
    for (const offset of this.#orphanedSideFiles.splice(0)) await this.#unlink(offset, PRODUCERS_SUFFIX);
  }

  async #unlink(offset: number, suffix: string): Promise<void> {
    try {
      await this.#fileSystem.unlink(this.#path(offset, suffix));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }

  async #writeFile(offset: number, suffix: string, content: Buffer): Promise<void> {
    const file = await this.#fileSystem.open(this.#path(offset, suffix), 'open-or-create');
    try {
      await file.truncate(0);
      file.writevSync([content], 0);
      await file.datasync();
    } finally {
      await file.close();
    }
  }

  #path(offset: number, suffix: string): string {
    return join(this.#dir, segmentFileName(offset, suffix));
  }
}

function offsetsOf(names: readonly string[], suffix: string): number[] {
  return names
    .map((name) => offsetOfFileName(name, suffix))
    .filter((offset) => offset !== undefined)
    .sort((a, b) => a - b);
}
