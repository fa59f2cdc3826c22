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

  constructor(options: {
    readonly fileSystem: FileSystem;
    readonly dir: string;
    readonly names: readonly string[];
  }) {
    this.#fileSystem = options.fileSystem;
    this.#dir = options.dir;
    this.#offsets = options.names
      .map((name) => offsetOfFileName(name, SNAPSHOT_SUFFIX))
      .filter((offset) => offset !== undefined)
      .sort((a, b) => a - b);
  }

  get offsets(): readonly number[] {
    return this.#offsets;
  }

  /** The newest readable snapshot at or below `limitOffset`; damaged ones are passed over. */
  async loadNewest(
    limitOffset: number,
    nowMs: number,
  ): Promise<{ offset: number; entries: ProducerEntry[] } | undefined> {
    for (const offset of this.#offsets.toReversed()) {
      if (offset > limitOffset) continue;
      const snapshot = await readFileIfPresent(this.#fileSystem, this.#path(offset, SNAPSHOT_SUFFIX));
      if (snapshot === undefined) continue;
      const sideFile = await readFileIfPresent(this.#fileSystem, this.#path(offset, PRODUCERS_SUFFIX));
      const entries = decodeSnapshot(snapshot, sideFile, nowMs);
      if (entries !== undefined) return { offset, entries };
    }
    return undefined;
  }

  /** Writes and syncs both files. Their names: by the caller's sync of the directory. */
  async write(encoded: EncodedSnapshot): Promise<void> {
    if (encoded.sideFile !== undefined)
      await this.#writeFile(encoded.offset, PRODUCERS_SUFFIX, encoded.sideFile);
    await this.#writeFile(encoded.offset, SNAPSHOT_SUFFIX, encoded.snapshot);
    if (this.#offsets.includes(encoded.offset)) return;
    this.#offsets.push(encoded.offset);
    this.#offsets.sort((a, b) => a - b);
  }

  /** Removes the snapshots for which `isUnwanted` holds. */
  async remove(isUnwanted: (offset: number) => boolean): Promise<void> {
    for (const offset of this.#offsets.filter(isUnwanted)) {
      this.#offsets = this.#offsets.filter((kept) => kept !== offset);
      for (const suffix of [SNAPSHOT_SUFFIX, PRODUCERS_SUFFIX]) {
        await this.#fileSystem.unlink(this.#path(offset, suffix)).catch(ignoreMissing);
      }
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

function ignoreMissing(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}
