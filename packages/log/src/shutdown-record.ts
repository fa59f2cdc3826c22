/**
 * What is known of how the last process that wrote a data directory ended, for each partition.
 *
 *     .kafka_cleanshutdown     Kafka's mark of a clean stop, there only while nobody runs
 *     running.tidelog          JSON: boot id and process id of the one that runs, or ran last and crashed
 *     unrecovered.tidelog      JSON: partitions that were not opened since a crash, and what kind of crash it was
 *
 * The third file is there because logs open on first use: a partition that nobody touched since a power loss still
 * needs its recovery after any number of clean stops, and a process crash in between must not make little of it.
 *
 * Order when a directory is opened: the list is durable before the running mark is replaced, and that before the
 * mark of the clean stop is removed; when it is closed: the list, then the clean mark. So whatever a crash leaves,
 * no partition looks better than it is.
 */
import { join } from 'node:path';
import { readFileIfPresent, writeFileAtomic } from './checkpoint-file.ts';
import type { FileSystem } from './file-system.ts';
import type { LastShutdown } from './log-options.ts';
import type { Logger } from './logger.ts';

const CLEAN_FILE = '.kafka_cleanshutdown';
const RUNNING_FILE = 'running.tidelog';
const UNRECOVERED_FILE = 'unrecovered.tidelog';

export interface ShutdownRecordOptions {
  readonly fileSystem: FileSystem;
  readonly dir: string;
  /** Of the machine, now; undefined when unknown. */
  readonly bootId: string | undefined;
  readonly logger: Logger;
}

/** From the least to the most that may be missing. */
const SEVERITY: Readonly<Record<LastShutdown, number>> = { clean: 0, 'process-crash': 1, 'power-loss': 2 };

export class ShutdownRecord {
  readonly #options: ShutdownRecordOptions;
  /** How the directory's last process ended. */
  readonly lastShutdown: LastShutdown;
  /** By partition directory; those that are not here were opened since, or stopped cleanly. */
  readonly #unrecovered: Map<string, LastShutdown>;
  #isDirty = false;

  private constructor(
    options: ShutdownRecordOptions,
    lastShutdown: LastShutdown,
    unrecovered: Map<string, LastShutdown>,
  ) {
    this.#options = options;
    this.lastShutdown = lastShutdown;
    this.#unrecovered = unrecovered;
  }

  /** Reads what the last process left. `partitionDirs` are the partitions that exist. Writes nothing. */
  static async read(
    options: ShutdownRecordOptions,
    partitionDirs: readonly string[],
  ): Promise<ShutdownRecord> {
    const lastShutdown = await readLastShutdown(options, { isEmpty: partitionDirs.length === 0 });
    const listed = await readUnrecovered(options);
    const unrecovered = new Map<string, LastShutdown>();
    for (const name of partitionDirs) {
      // A list that cannot be read might have named any of them.
      const before = listed === undefined ? 'power-loss' : (listed.get(name) ?? 'clean');
      const worst = SEVERITY[before] > SEVERITY[lastShutdown] ? before : lastShutdown;
      if (worst !== 'clean') unrecovered.set(name, worst);
    }
    const record = new ShutdownRecord(options, lastShutdown, unrecovered);
    record.#isDirty = unrecovered.size > 0 || listed === undefined || listed.size > 0;
    return record;
  }

  /** How the last process that wrote this partition ended. */
  lastShutdownOf(partitionDir: string): LastShutdown {
    return this.#unrecovered.get(partitionDir) ?? 'clean';
  }

  /** The partition was opened and so recovered, or is gone. */
  noteRecovered(partitionDir: string): void {
    if (this.#unrecovered.delete(partitionDir)) this.#isDirty = true;
  }

  /** Marks the directory as in use, durably; before anything in it is changed. */
  async markRunning(startedMs: number): Promise<void> {
    const { fileSystem, dir, bootId } = this.#options;
    await this.save();
    const running = { bootId, pid: process.pid, startedMs };
    await writeFileAtomic(fileSystem, join(dir, RUNNING_FILE), `${JSON.stringify(running)}\n`);
    if ((await fileSystem.stat(join(dir, CLEAN_FILE))) === undefined) return;
    await fileSystem.unlink(join(dir, CLEAN_FILE));
    await fileSystem.syncDirectory(dir);
  }

  /** Marks a clean stop, durably; after everything else is durable. */
  async markClean(): Promise<void> {
    const { fileSystem, dir } = this.#options;
    await this.save();
    // What Kafka 3.8 and later write; a broker epoch of −1 means that there is none.
    await writeFileAtomic(fileSystem, join(dir, CLEAN_FILE), '{"version":0,"brokerEpoch":-1}');
    await fileSystem.unlink(join(dir, RUNNING_FILE));
  }

  /** Writes the list of unrecovered partitions when it has changed. */
  async save(): Promise<void> {
    if (!this.#isDirty) return;
    this.#isDirty = false;
    const { fileSystem, dir } = this.#options;
    const content = JSON.stringify({ version: 1, partitions: Object.fromEntries(this.#unrecovered) });
    try {
      await writeFileAtomic(fileSystem, join(dir, UNRECOVERED_FILE), `${content}\n`);
    } catch (error) {
      this.#isDirty = true;
      throw error;
    }
  }
}

async function readLastShutdown(
  options: ShutdownRecordOptions,
  directory: { isEmpty: boolean },
): Promise<LastShutdown> {
  const { fileSystem, dir, bootId, logger } = options;
  if ((await fileSystem.stat(join(dir, CLEAN_FILE))) !== undefined) return 'clean';
  const path = join(dir, RUNNING_FILE);
  const content = await readFileIfPresent(fileSystem, path);
  // Nobody ever marked it as in use: it is new, or was made by a Kafka that crashed.
  if (content === undefined) return directory.isEmpty ? 'clean' : 'power-loss';
  try {
    const running = JSON.parse(content.toString('utf8')) as { bootId?: unknown } | null;
    return bootId !== undefined && running?.bootId === bootId ? 'process-crash' : 'power-loss';
  } catch (error) {
    logger.warn({ err: error, path }, 'the mark of the last run cannot be read; a power loss is assumed');
    return 'power-loss';
  }
}

/** undefined when the list cannot be read. */
async function readUnrecovered(
  options: ShutdownRecordOptions,
): Promise<Map<string, LastShutdown> | undefined> {
  const path = join(options.dir, UNRECOVERED_FILE);
  const content = await readFileIfPresent(options.fileSystem, path);
  if (content === undefined) return new Map();
  try {
    const list = JSON.parse(content.toString('utf8')) as { version: unknown; partitions: object };
    if (list.version !== 1) throw new Error(`version ${String(list.version)} is not 1`);
    const entries = Object.entries(list.partitions) as [string, LastShutdown][];
    for (const [name, kind] of entries) {
      if (!Object.hasOwn(SEVERITY, kind)) throw new Error(`${name}: ${kind} is no way to end`);
    }
    return new Map(entries);
  } catch (error) {
    options.logger.warn(
      { err: error, path },
      'the list of unrecovered partitions cannot be read; all are scanned',
    );
    return undefined;
  }
}
