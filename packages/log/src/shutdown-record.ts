/**
 * What is known of how the last process that wrote a data directory ended, for each partition.
 *
 *     .kafka_cleanshutdown     Kafka's mark of a clean stop, there only while nobody runs
 *     running.tidelog          JSON: boot id and process id of the one that runs, or ran last and crashed; and
 *                              whether a sync failed, after which nothing more is known to be durable
 *     unrecovered.tidelog      JSON: partitions that were not opened since a crash, and what kind of crash it was;
 *                              `journalDamaged`: those for which a part of the journal was lost since
 *
 * The third file is there because logs open on first use: a partition that nobody touched since a power loss still
 * needs its recovery after any number of clean stops, and a process crash in between must not make little of it.
 *
 * Order when a directory is opened: the list is durable before the running mark is replaced, and that before the
 * mark of the clean stop is removed; when it is closed: the list, then the clean mark. So whatever a crash leaves,
 * no partition looks better than it is.
 *
 * A failed sync is noted in place, by one write that is never synced: it matters only as long as the machine stays up,
 * since after that everything counts as after a power loss. So it is there when the process dies right after it.
 */
import { join } from 'node:path';
import { readFileIfPresent, writeFileAtomic } from './checkpoint-file.ts';
import type { FileHandle, FileSystem } from './file-system.ts';
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
const SEVERITY: Readonly<Record<LastShutdown, number>> = {
  clean: 0,
  'process-crash': 1,
  'failed-sync': 2,
  'power-loss': 3,
};

/** What `running.tidelog` says. */
interface Running {
  readonly bootId?: unknown;
  readonly pid?: unknown;
  readonly startedMs?: unknown;
  /** A sync failed. */
  readonly syncFailed?: unknown;
}

/** What `unrecovered.tidelog` says. */
interface Unrecovered {
  readonly partitions: ReadonlyMap<string, LastShutdown>;
  readonly journalDamaged: ReadonlySet<string>;
}

export class ShutdownRecord {
  readonly #options: ShutdownRecordOptions;
  /** How the directory's last process ended. */
  readonly lastShutdown: LastShutdown;
  /** By partition directory; those that are not here were opened since, or stopped cleanly. */
  readonly #unrecovered: Map<string, LastShutdown>;
  /** Of the unrecovered ones those that may miss what was in a lost part of the journal. */
  readonly #journalDamaged: Set<string>;
  #isDirty = false;
  /** The mark of this run, to be changed in place. */
  #running: { readonly handle: FileHandle; readonly content: Running } | undefined;
  #isFailedSyncNoted = false;

  private constructor(
    options: ShutdownRecordOptions,
    lastShutdown: LastShutdown,
    lists: { readonly unrecovered: Map<string, LastShutdown>; readonly journalDamaged: Set<string> },
  ) {
    this.#options = options;
    this.lastShutdown = lastShutdown;
    this.#unrecovered = lists.unrecovered;
    this.#journalDamaged = lists.journalDamaged;
  }

  /** Reads what the last process left. `partitionDirs` are the partitions that exist. Writes nothing. */
  static async read(
    options: ShutdownRecordOptions,
    partitionDirs: readonly string[],
  ): Promise<ShutdownRecord> {
    const lastShutdown = await readLastShutdown(options, { isEmpty: partitionDirs.length === 0 });
    const listed = await readUnrecovered(options);
    const unrecovered = new Map<string, LastShutdown>();
    const journalDamaged = new Set<string>();
    for (const name of partitionDirs) {
      // A list that cannot be read might have named any of them.
      const before = listed === undefined ? 'power-loss' : (listed.partitions.get(name) ?? 'clean');
      const worst = SEVERITY[before] > SEVERITY[lastShutdown] ? before : lastShutdown;
      if (worst !== 'clean') unrecovered.set(name, worst);
      if (listed?.journalDamaged.has(name) !== false) journalDamaged.add(name);
    }
    const record = new ShutdownRecord(options, lastShutdown, { unrecovered, journalDamaged });
    record.#isDirty = unrecovered.size > 0 || listed === undefined || listed.partitions.size > 0;
    return record;
  }

  /** How the last process that wrote this partition ended. */
  lastShutdownOf(partitionDir: string): LastShutdown {
    return this.#unrecovered.get(partitionDir) ?? 'clean';
  }

  /** A part of the journal that may have held batches of this partition was lost since it was last opened. */
  isJournalDamaged(partitionDir: string): boolean {
    return this.#journalDamaged.has(partitionDir);
  }

  /** The partition was opened and so recovered, or is gone. */
  noteRecovered(partitionDir: string): void {
    const wasDamaged = this.#journalDamaged.delete(partitionDir);
    if (this.#unrecovered.delete(partitionDir) || wasDamaged) this.#isDirty = true;
  }

  /** A part of the journal is lost: notes it, durably, for every partition that was not recovered yet. */
  async noteJournalDamage(): Promise<void> {
    for (const name of this.#unrecovered.keys()) this.#journalDamaged.add(name);
    this.#isDirty = true;
    await this.save();
  }

  /** A sync failed: notes it at once, as far as the disk still takes a write. */
  noteFailedSync(): void {
    if (this.#running === undefined || this.#isFailedSyncNoted) return;
    this.#isFailedSyncNoted = true;
    const { handle, content } = this.#running;
    try {
      handle.writevSync([runningBytes({ ...content, syncFailed: true })], 0);
    } catch (error) {
      this.#cannotNote(error);
    }
  }

  /** A sync failed before the directory was marked as in use: the mark of the last process says so from now on. */
  async keepFailedSync(): Promise<void> {
    const { fileSystem, dir } = this.#options;
    const path = join(dir, RUNNING_FILE);
    try {
      const content = await readFileIfPresent(fileSystem, path);
      if (content === undefined || this.lastShutdown !== 'process-crash') return;
      const running = JSON.parse(content.toString('utf8')) as Running;
      await writeFileAtomic(fileSystem, path, runningBytes({ ...running, syncFailed: true }));
    } catch (error) {
      this.#cannotNote(error);
    }
  }

  /** Gives up the mark's descriptor. */
  async close(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    await running?.handle.close();
  }

  #cannotNote(error: unknown): void {
    const { dir, logger } = this.#options;
    const path = join(dir, RUNNING_FILE);
    logger.error(
      { err: error, path },
      `${path} cannot be told of the failed sync: restart the machine, not the broker alone, before ${dir} is used again`,
    );
  }

  /** Marks the directory as in use, durably; before anything in it is changed. */
  async markRunning(startedMs: number): Promise<void> {
    const { fileSystem, dir, bootId } = this.#options;
    await this.save();
    const content = { bootId, pid: process.pid, startedMs, syncFailed: false };
    const path = join(dir, RUNNING_FILE);
    await writeFileAtomic(fileSystem, path, runningBytes(content));
    this.#running = { handle: await fileSystem.open(path, 'read-write'), content };
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
    const content = JSON.stringify({
      version: 1,
      partitions: Object.fromEntries(this.#unrecovered),
      journalDamaged: [...this.#journalDamaged],
    });
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
    const running = JSON.parse(content.toString('utf8')) as Running | null;
    if (bootId === undefined || running?.bootId !== bootId) return 'power-loss';
    return running.syncFailed === true ? 'failed-sync' : 'process-crash';
  } catch (error) {
    logger.warn({ err: error, path }, 'the mark of the last run cannot be read; a power loss is assumed');
    return 'power-loss';
  }
}

/** Of one length whether or not a sync failed, so that it can be changed in place. */
function runningBytes(content: Running): Buffer {
  const text = JSON.stringify(content);
  return Buffer.from(`${content.syncFailed === true ? `${text} ` : text}\n`);
}

/** undefined when the list cannot be read. */
async function readUnrecovered(options: ShutdownRecordOptions): Promise<Unrecovered | undefined> {
  const path = join(options.dir, UNRECOVERED_FILE);
  const content = await readFileIfPresent(options.fileSystem, path);
  if (content === undefined) return { partitions: new Map(), journalDamaged: new Set() };
  try {
    const list = JSON.parse(content.toString('utf8')) as {
      version: unknown;
      partitions: object;
      journalDamaged?: unknown;
    };
    if (list.version !== 1) throw new Error(`version ${String(list.version)} is not 1`);
    const entries = Object.entries(list.partitions) as [string, LastShutdown][];
    for (const [name, kind] of entries) {
      if (!Object.hasOwn(SEVERITY, kind)) throw new Error(`${name}: ${kind} is no way to end`);
    }
    const { journalDamaged = [] } = list;
    if (!Array.isArray(journalDamaged)) throw new Error('journalDamaged is no list');
    return { partitions: new Map(entries), journalDamaged: new Set(journalDamaged as string[]) };
  } catch (error) {
    options.logger.warn(
      { err: error, path },
      'the list of unrecovered partitions cannot be read; all are scanned',
    );
    return undefined;
  }
}
