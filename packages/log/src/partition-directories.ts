/**
 * The partitions of a data directory as directories: which there are, making one, deleting one.
 *
 * A partition exists when its directory has a `partition.metadata`, which is written before its log. What a crash
 * can leave: a directory without it and without a log, which is no partition and is used when one of that name is
 * made; a deleted directory that was not removed yet, which the next start removes.
 *
 * Invariants: a partition that `create` resolved for survives a power loss; one that `delete` resolved for does not
 * come back under its name.
 */
import { join } from 'node:path';
import { TidelogError } from '@tidelog/record/errors';
import { writeFileAtomic } from './checkpoint-file.ts';
import type { Clock, Timer } from './clock.ts';
import type { FileSystem } from './file-system.ts';
import { LOG_SUFFIX } from './log-file-names.ts';
import type { Logger } from './logger.ts';
import { formatPartitionMetadata, parsePartitionMetadata } from './meta-properties.ts';
import {
  deletedDirectoryName,
  isDeletedDirectoryName,
  isTopicName,
  parsePartitionDirectoryName,
  partitionDirectoryName,
} from './partition-directory-name.ts';

const METADATA_FILE = 'partition.metadata';

/** A partition that has a directory. */
export interface PartitionFiles {
  readonly topic: string;
  readonly partition: number;
  /** Kafka's Uuid text, 22 characters. */
  readonly topicId: string;
}

export interface PartitionDirectoriesOptions {
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  readonly dir: string;
  /** How long a deleted directory stays, for reads that began before. */
  readonly fileDeleteDelayMs: number;
  readonly randomBytes: (sizeBytes: number) => Buffer;
  readonly logger: Logger;
}

export class PartitionDirectories {
  readonly #options: PartitionDirectoriesOptions;
  readonly #byName = new Map<string, PartitionFiles>();
  /** Deleted directories that an earlier process left. */
  #leftovers: string[] = [];
  readonly #timers = new Set<Timer>();
  readonly #removals = new Set<Promise<void>>();
  #isStopped = false;

  private constructor(options: PartitionDirectoriesOptions) {
    this.#options = options;
  }

  /** Lists what is there. Changes nothing. */
  static async scan(options: PartitionDirectoriesOptions): Promise<PartitionDirectories> {
    const directories = new PartitionDirectories(options);
    const names = await options.fileSystem.readdir(options.dir);
    directories.#leftovers = names.filter(isDeletedDirectoryName);
    const found = await Promise.all(names.map((name) => directories.#read(name)));
    for (const files of found) {
      if (files !== undefined) directories.#byName.set(partitionDirectoryName(files), files);
    }
    return directories;
  }

  get(name: string): PartitionFiles | undefined {
    return this.#byName.get(name);
  }

  names(): string[] {
    return [...this.#byName.keys()];
  }

  all(): PartitionFiles[] {
    return [...this.#byName.values()];
  }

  /** Makes the directory of a partition, durably. Throws DATA_DIR_FORMAT when there is a log that is not known. */
  async create(files: PartitionFiles): Promise<void> {
    const { fileSystem, dir } = this.#options;
    const name = partitionDirectoryName(files);
    const path = join(dir, name);
    await fileSystem.mkdir(path);
    if ((await fileSystem.readdir(path)).some((entry) => entry.endsWith(LOG_SUFFIX))) {
      throw new TidelogError(
        'DATA_DIR_FORMAT',
        `${path} holds a log but no readable ${METADATA_FILE}, so it is not known whose it is; restore that file, ` +
          'or move the directory away',
        { topic: files.topic, partition: files.partition },
      );
    }
    await writeFileAtomic(fileSystem, join(path, METADATA_FILE), formatPartitionMetadata(files.topicId));
    await fileSystem.syncDirectory(dir);
    this.#byName.set(name, files);
  }

  /** Takes the partition's name away, durably; its files go after the delay. */
  async delete(name: string): Promise<void> {
    const { fileSystem, dir, clock, fileDeleteDelayMs, randomBytes } = this.#options;
    const deletedName = deletedDirectoryName(name, randomBytes(16).toString('hex'));
    await fileSystem.rename({ from: join(dir, name), to: join(dir, deletedName) });
    this.#byName.delete(name);
    await fileSystem.syncDirectory(dir);
    const timer = clock.setTimer(fileDeleteDelayMs, () => {
      this.#timers.delete(timer);
      this.#remove([deletedName]);
    });
    this.#timers.add(timer);
  }

  /** Begins to remove, in the background, what earlier processes had deleted. */
  removeLeftovers(): void {
    this.#remove(this.#leftovers.splice(0));
  }

  /** Waits for the removals that run. Deleted directories whose time has not come are left to the next start. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const timer of this.#timers) timer.cancel();
    await Promise.all(this.#removals);
  }

  #remove(names: readonly string[]): void {
    const { fileSystem, dir, logger } = this.#options;
    const removal = (async (): Promise<void> => {
      for (const name of names) {
        if (this.#isStopped) return;
        try {
          await fileSystem.removeTree(join(dir, name));
        } catch (error) {
          logger.warn({ err: error, path: join(dir, name) }, 'a deleted partition cannot be removed');
        }
      }
    })();
    this.#removals.add(removal);
    void removal.then(() => this.#removals.delete(removal));
  }

  /** undefined when the name or the directory is not that of a partition. */
  async #read(name: string): Promise<PartitionFiles | undefined> {
    const parsed = parsePartitionDirectoryName(name);
    if (parsed === undefined) return undefined;
    const { fileSystem, dir, logger } = this.#options;
    const path = join(dir, name, METADATA_FILE);
    try {
      const content = await fileSystem.readFile(path);
      return { ...parsed, topicId: parsePartitionMetadata(content.toString('utf8'), path) };
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOTDIR') return undefined;
      if (code !== 'ENOENT' && code !== 'DATA_DIR_FORMAT') throw error;
      logger.warn(
        { err: error, path },
        `${name} has no readable ${METADATA_FILE} and is not taken for a partition`,
      );
      return undefined;
    }
  }
}

/** Throws INVALID_TOPIC_EXCEPTION or INVALID_ARGUMENT for what cannot be a directory's name or a topic's id. */
export function checkPartitionFiles({ topic, partition, topicId }: PartitionFiles): void {
  if (!isTopicName(topic)) {
    throw new TidelogError(
      'INVALID_TOPIC_EXCEPTION',
      `the topic name ${JSON.stringify(topic)} is not 1 to 249 of letters, digits, ".", "_" and "-"`,
    );
  }
  if (!Number.isSafeInteger(partition) || partition < 0) {
    throw new TidelogError('INVALID_ARGUMENT', `partition ${partition} of ${topic} is not an integer from 0`);
  }
  if (!/^[\w-]{22}$/.test(topicId)) {
    throw new TidelogError(
      'INVALID_ARGUMENT',
      `the topic id ${JSON.stringify(topicId)} is not of 22 characters`,
    );
  }
}
