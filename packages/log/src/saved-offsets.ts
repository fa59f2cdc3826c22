/**
 * One of the data directory's offset checkpoints, and the discipline of writing it: at most one write at a time, and
 * a `save` that comes while one runs is served by the next, together with all others.
 *
 * A checkpoint that cannot be read is in doubt and so not used: without recovery points logs are scanned from their
 * start, without log start offsets deleted records show again.
 */
import { TidelogError } from '@tidelog/record/errors';
import { readOffsetCheckpoint, writeOffsetCheckpoint, type PartitionOffset } from './checkpoint-file.ts';
import type { FileSystem } from './file-system.ts';
import type { Logger } from './logger.ts';
import { partitionDirectoryName } from './partition-directory-name.ts';

export interface SavedOffsetsOptions {
  readonly fileSystem: FileSystem;
  readonly path: string;
  /** What is to be saved, as of now. */
  readonly current: () => PartitionOffset[];
  readonly logger: Logger;
}

export class SavedOffsets {
  readonly #options: SavedOffsetsOptions;
  #running: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;
  /** The partitions that the file on disk names, or may name. */
  #savedNames = new Set<string>();

  constructor(options: SavedOffsetsOptions) {
    this.#options = options;
  }

  /** The offsets by partition directory. */
  async load(): Promise<Map<string, number>> {
    const { fileSystem, path, logger } = this.#options;
    let entries: PartitionOffset[] = [];
    try {
      entries = (await readOffsetCheckpoint(fileSystem, path)) ?? [];
    } catch (error) {
      if (!(error instanceof TidelogError)) throw error;
      logger.warn({ err: error, path }, `${path} is damaged and not used`);
    }
    const offsets = new Map(entries.map((entry) => [partitionDirectoryName(entry), entry.offset]));
    this.#savedNames = new Set(offsets.keys());
    return offsets;
  }

  /** The file may still name this partition. */
  mayName(partitionDir: string): boolean {
    return this.#savedNames.has(partitionDir);
  }

  /** Resolves when the offsets as they are now, or newer ones, are durable in the file. */
  save(): Promise<void> {
    this.#next ??= this.#running.then(() => {
      this.#next = undefined;
      const writing = this.#write();
      this.#running = writing.catch(() => undefined);
      return writing;
    });
    return this.#next;
  }

  async #write(): Promise<void> {
    const { fileSystem, path, current } = this.#options;
    const entries = current();
    const names = new Set(entries.map(partitionDirectoryName));
    // No file says the same.
    if (names.size === 0 && this.#savedNames.size === 0) return;
    for (const name of names) this.#savedNames.add(name);
    await writeOffsetCheckpoint(fileSystem, path, entries);
    this.#savedNames = names;
  }
}
