/**
 * A data directory and the logs in it. One broker owns it at a time.
 *
 * ```
 * .lock                               held while a broker runs (file-lock.ts)
 * meta.properties, format.tidelog     whose it is (directory-identity.ts)
 * .kafka_cleanshutdown, running.tidelog, unrecovered.tidelog     how the last run ended (shutdown-record.ts)
 * recovery-point-offset-checkpoint, log-start-offset-checkpoint,
 * cleaner-offset-checkpoint           offsets of all partitions (checkpoint-file.ts)
 * journal.tidelog/                    the shared journal (journal.ts)
 * <topic>-<partition>/                a partition: partition.metadata and the files of its log
 * <topic>-<partition>.<id>-delete/    a deleted one that waits to be removed
 * ```
 *
 * Opening: lock, identity, list of partitions, replay of the journal, mark as running. Logs open on first use.
 * Closing: logs, checkpoints, journal, mark of a clean stop, lock. What a crash leaves is what the next opening
 * starts from; leftovers of deletions are removed then.
 *
 * Invariants: nothing but the lock file is written before the lock is held; no log is opened before the journal
 * was replayed; a checkpoint on disk never names a partition that is newly created; a failed sync anywhere in the
 * directory takes all of it offline, for good.
 */
import { join } from 'node:path';
import { TidelogError } from '@tidelog/record/errors';
import { BufferPool } from './buffer-pool.ts';
import type { PartitionOffset } from './checkpoint-file.ts';
import { storageFailed, type CommitterStats } from './directory-committer.ts';
import { uuidBytes } from './directory-identity.ts';
import { FilePool } from './file-pool.ts';
import { FreeSpaceGuard } from './free-space-guard.ts';
import { JournalCommitter } from './journal-committer.ts';
import type { JournalReplayReport } from './journal-replay.ts';
import type { LogConfigInput } from './log-config.ts';
import { LogFlusher } from './log-flusher.ts';
import type { LastShutdown } from './log-options.ts';
import { Log } from './log.ts';
import {
  asDirectoryError,
  directorySettings,
  lockDirectory,
  readDirectory,
  type DirectorySettings,
  type LogDirectoryOptions,
  type OpenedDirectory,
} from './open-directory.ts';
import { checkPartitionFiles, type PartitionFiles } from './partition-directories.ts';
import { partitionDirectoryName } from './partition-directory-name.ts';
import { SavedOffsets } from './saved-offsets.ts';

/** How many files are synced directly before the journal serves them; undefined: what the policy finds best. */
const DIRECT_FILE_LIMITS = { adaptive: undefined, direct: Infinity, journal: 0 } as const;

/** Free space is looked up this often. */
const FREE_SPACE_INTERVAL_MS = 2000;

export class LogDirectory {
  readonly dir: string;
  readonly clusterId: string;
  readonly nodeId: number;
  readonly directoryId: string;
  /** How the last process that used the directory ended. */
  readonly lastShutdown: LastShutdown;
  /** What the replay of the journal did. */
  readonly journalReplay: Omit<JournalReplayReport, 'files'>;
  readonly #settings: DirectorySettings;
  readonly #opened: OpenedDirectory;
  readonly #files: FilePool;
  readonly #buffers = new BufferPool();
  readonly #committer: JournalCommitter;
  readonly #freeSpace: FreeSpaceGuard;
  readonly #flusher: LogFlusher;
  readonly #recoveryPoints: SavedOffsets;
  readonly #logStarts: SavedOffsets;
  /** First dirty offsets, of the partitions that were compacted. */
  readonly #firstDirty: SavedOffsets;
  /** Offsets of partitions whose log is not open, by directory name. */
  #restingRecoveryPoints = new Map<string, number>();
  #restingLogStarts = new Map<string, number>();
  #restingFirstDirty = new Map<string, number>();
  /** By directory name; a log that its owner closed stays until it is opened again. */
  readonly #logs = new Map<string, Log>();
  /** The last opening or deletion of a partition, by directory name: they run one after the other. */
  readonly #work = new Map<string, Promise<unknown>>();
  #offline: TidelogError | undefined;
  #closing: Promise<void> | undefined;

  private constructor(settings: DirectorySettings, opened: OpenedDirectory) {
    const { dir, fileSystem, clock, logger } = settings;
    const { clusterId, nodeId, directoryId } = opened.identity;
    this.dir = dir;
    this.clusterId = clusterId;
    this.nodeId = nodeId;
    this.directoryId = directoryId;
    this.lastShutdown = opened.shutdown.lastShutdown;
    this.journalReplay = opened.replay;
    this.#settings = settings;
    this.#opened = opened;
    this.#files = new FilePool({
      fileSystem,
      ...(settings.maxOpenFiles === undefined ? {} : { maxOpenFiles: settings.maxOpenFiles }),
      onSyncFailed: (error, path) => this.#goOffline(storageFailed(`syncing ${path}`, error)),
    });
    this.#committer = new JournalCommitter({
      fileSystem,
      clock,
      dataDir: dir,
      directoryId: uuidBytes(directoryId),
      replayed: opened.replay,
      policy: { directFileLimit: DIRECT_FILE_LIMITS[settings.commitRoute] },
      onFailed: (error) => this.#goOffline(error),
    });
    this.#freeSpace = new FreeSpaceGuard({
      fileSystem,
      dir,
      clock,
      logger,
      minFreeBytes: settings.minFreeBytes,
      intervalMs: FREE_SPACE_INTERVAL_MS,
    });
    this.#flusher = new LogFlusher({
      clock,
      logger,
      intervalMs: settings.checkpointIntervalMs,
      openLogs: () => this.#logs.values(),
      onRoundDone: () => this.#saveCheckpoints(),
    });
    this.#recoveryPoints = new SavedOffsets({
      fileSystem,
      logger,
      path: join(dir, 'recovery-point-offset-checkpoint'),
      current: () => this.#offsets(this.#restingRecoveryPoints, (log) => log.recoveryPoint),
    });
    this.#logStarts = new SavedOffsets({
      fileSystem,
      logger,
      path: join(dir, 'log-start-offset-checkpoint'),
      current: () => this.#offsets(this.#restingLogStarts, (log) => log.logStartOffset),
    });
    this.#firstDirty = new SavedOffsets({
      fileSystem,
      logger,
      path: join(dir, 'cleaner-offset-checkpoint'),
      current: () =>
        this.#offsets(this.#restingFirstDirty, (log) => log.firstDirtyOffset).filter(
          ({ offset }) => offset > 0,
        ),
    });
  }

  /**
   * Opens a data directory, which is made when it does not exist. Throws DATA_DIR_LOCKED (another process, or
   * this one, holds it), DATA_DIR_NOT_WRITABLE, DATA_DIR_FORMAT (newer, foreign or damaged), INVALID_ARGUMENT
   * (another node id), INCONSISTENT_CLUSTER_ID, DISK_FULL, STORAGE_FAILED (the journal cannot be replayed).
   */
  static async open(options: LogDirectoryOptions): Promise<LogDirectory> {
    const settings = directorySettings(options);
    const lock = await lockDirectory(settings).catch((error: unknown) => {
      throw asDirectoryError(error, settings.dir);
    });
    let directory: LogDirectory | undefined;
    try {
      directory = new LogDirectory(settings, await readDirectory(settings, lock));
      await directory.#begin();
      return directory;
    } catch (error) {
      if (directory !== undefined) await directory.#abandon();
      await lock.release();
      throw asDirectoryError(error, settings.dir);
    }
  }

  /** The partitions that have files here, in no order. */
  partitions(): PartitionFiles[] {
    return this.#opened.directories.all();
  }

  /** Set when a sync failed: nothing is appended any more until the broker is started again. */
  get offline(): TidelogError | undefined {
    return this.#offline;
  }

  /** Free bytes of the disk as last looked up; undefined when that failed. */
  get freeBytes(): number | undefined {
    return this.#freeSpace.freeBytes;
  }

  /** Descriptors of log files that are open. */
  get openFileCount(): number {
    return this.#files.openCount;
  }

  get commitStats(): CommitterStats {
    return this.#committer.stats;
  }

  /**
   * The log of a partition, opened and recovered on first use; the same object as long as it is not closed. Makes
   * the partition when there is none. Throws INVALID_TOPIC_EXCEPTION, INVALID_ARGUMENT, INCONSISTENT_TOPIC_ID (the
   * files belong to another topic of that name), STORAGE_FAILED, CLOSED, and what `Log.open` throws.
   */
  openPartition(files: PartitionFiles & { readonly config?: LogConfigInput | undefined }): Promise<Log> {
    return this.#serialized(partitionDirectoryName(files), async (name) => {
      if (this.#offline !== undefined) throw this.#offline;
      checkPartitionFiles(files);
      const log = this.#logs.get(name);
      if (log !== undefined && !log.isClosed) return log;
      if (log !== undefined) await this.#rest(name, log);
      await this.#ensureDirectory(name, files);
      return this.#openLog(name, files.config);
    });
  }

  /**
   * Deletes a partition: closes its log, takes its name away durably, and removes its files after
   * `fileDeleteDelayMs`. Nothing happens when there is none of that topic id.
   */
  deletePartition(files: PartitionFiles): Promise<void> {
    return this.#serialized(partitionDirectoryName(files), async (name) => {
      if (this.#opened.directories.get(name)?.topicId !== files.topicId) return;
      if (this.#offline !== undefined) throw this.#offline;
      await this.#logs
        .get(name)
        ?.close()
        .catch((error: unknown) => {
          this.#settings.logger.warn(
            { err: error, log: name },
            'a log that is deleted did not close cleanly',
          );
        });
      await this.#committer.forgetPartition(name);
      await this.#opened.directories.delete(name);
      this.#logs.delete(name);
      this.#restingRecoveryPoints.delete(name);
      this.#restingLogStarts.delete(name);
      this.#restingFirstDirty.delete(name);
      this.#opened.shutdown.noteRecovered(name);
    });
  }

  /** Closes all logs and the directory, and marks the stop as clean if nothing failed. Idempotent. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  /** The directory is readable from here on; now it is marked as in use. */
  async #begin(): Promise<void> {
    const { directories, replay, shutdown } = this.#opened;
    const { clock, logger, dir } = this.#settings;
    this.#restingRecoveryPoints = this.#ofExisting(await this.#recoveryPoints.load());
    this.#restingLogStarts = this.#ofExisting(await this.#logStarts.load());
    this.#restingFirstDirty = this.#ofExisting(await this.#firstDirty.load());
    await shutdown.markRunning(clock.nowMs());
    await this.#freeSpace.start();
    this.#flusher.start();
    directories.removeLeftovers();
    for (const damage of replay.damage) {
      logger.error(
        { ...damage },
        `the journal ${damage.path} is damaged (${damage.reason}); it is kept as *.damaged`,
      );
    }
    const { replayedBytes, replayedSegmentCount } = replay;
    logger.info(
      {
        dir,
        lastShutdown: this.lastShutdown,
        partitions: directories.names().length,
        replayedBytes,
        replayedSegmentCount,
      },
      'the data directory is open',
    );
  }

  /** Opening failed on the way. */
  async #abandon(): Promise<void> {
    this.#freeSpace.stop();
    await this.#flusher.stop();
    await this.#opened.shutdown.close();
    await Promise.all(this.#opened.replay.files.map((file) => file.handle.close()));
  }

  async #ensureDirectory(name: string, files: PartitionFiles): Promise<void> {
    const { topic, partition, topicId } = files;
    const existing = this.#opened.directories.get(name);
    if (existing === undefined) {
      // An entry of an earlier partition of the name would say that more is there than is.
      if (this.#recoveryPoints.mayName(name)) await this.#recoveryPoints.save();
      if (this.#logStarts.mayName(name)) await this.#logStarts.save();
      if (this.#firstDirty.mayName(name)) await this.#firstDirty.save();
      await this.#opened.directories.create({ topic, partition, topicId });
    } else if (existing.topicId !== topicId) {
      throw new TidelogError(
        'INCONSISTENT_TOPIC_ID',
        `${join(this.dir, name)} belongs to the topic with id ${existing.topicId}, not to the one with id ${topicId}`,
        { topic, partition },
      );
    }
  }

  async #openLog(name: string, config: LogConfigInput | undefined): Promise<Log> {
    const { fileSystem, clock, logger, durability } = this.#settings;
    const { shutdown } = this.#opened;
    const log: Log = await Log.open({
      dir: join(this.dir, name),
      name,
      config: { ...config, durability: config?.durability ?? durability },
      fileSystem,
      clock,
      logger,
      files: this.#files,
      buffers: this.#buffers,
      committer: this.#committer,
      lastShutdown: shutdown.lastShutdownOf(name),
      isJournalDamaged: shutdown.isJournalDamaged(name),
      recoveryPoint: this.#restingRecoveryPoints.get(name),
      logStartOffset: this.#restingLogStarts.get(name),
      firstDirtyOffset: this.#restingFirstDirty.get(name),
      appendRefusal: () => this.#freeSpace.refusal,
      onFailure: (error) => this.#goOffline(error),
      onLogStartOffsetMoved: () => this.#logStarts.save(),
      onRecoveryPointLowered: () => this.#recoveryPoints.save(),
      onRecoveryPointNeeded: () => this.#recoveryPoints.save(),
      onFirstDirtyOffsetMoved: () => this.#firstDirty.save(),
      onFlushWanted: () => this.#flusher.request(log),
    });
    this.#logs.set(name, log);
    this.#restingRecoveryPoints.delete(name);
    this.#restingLogStarts.delete(name);
    this.#restingFirstDirty.delete(name);
    shutdown.noteRecovered(name);
    return log;
  }

  /** The log was closed by its owner: only its offsets are kept. */
  async #rest(name: string, log: Log): Promise<void> {
    await log.close();
    this.#logs.delete(name);
    this.#restingRecoveryPoints.set(name, log.recoveryPoint);
    this.#restingLogStarts.set(name, log.logStartOffset);
    this.#restingFirstDirty.set(name, log.firstDirtyOffset);
  }

  #offsets(resting: ReadonlyMap<string, number>, ofLog: (log: Log) => number): PartitionOffset[] {
    const entries: PartitionOffset[] = [];
    for (const { topic, partition } of this.partitions()) {
      const name = partitionDirectoryName({ topic, partition });
      const log = this.#logs.get(name);
      const offset = log === undefined ? resting.get(name) : ofLog(log);
      if (offset !== undefined) entries.push({ topic, partition, offset });
    }
    return entries;
  }

  #ofExisting(offsets: Map<string, number>): Map<string, number> {
    return new Map([...offsets].filter(([name]) => this.#opened.directories.get(name) !== undefined));
  }

  async #saveCheckpoints(): Promise<void> {
    await this.#recoveryPoints.save();
    await this.#logStarts.save();
    await this.#firstDirty.save();
    await this.#opened.shutdown.save();
  }

  #serialized<T>(name: string, work: (name: string) => Promise<T>): Promise<T> {
    if (this.#closing !== undefined) {
      return Promise.reject(new TidelogError('CLOSED', `the data directory ${this.dir} is closed`));
    }
    const before = this.#work.get(name) ?? Promise.resolve();
    const running = before.then(() => work(name));
    const settled = running
      .catch(() => undefined)
      .then(() => {
        if (this.#work.get(name) === settled) this.#work.delete(name);
      });
    this.#work.set(name, settled);
    return running;
  }

  #goOffline(error: TidelogError): void {
    if (this.#offline !== undefined) return;
    this.#offline = error;
    this.#opened.shutdown.noteFailedSync();
    this.#settings.logger.error(
      { err: error, dir: this.dir },
      `the data directory is offline: ${error.message}`,
    );
    this.#committer.fail(error);
  }

  async #close(): Promise<void> {
    this.#freeSpace.stop();
    await Promise.all(this.#work.values());
    await this.#flusher.stop();
    const failures: unknown[] = [];
    const attempt = async (work: () => Promise<void>): Promise<void> => {
      try {
        await work();
      } catch (error) {
        failures.push(error);
      }
    };
    await Promise.all([...this.#logs.values()].map((log) => attempt(() => log.close())));
    await attempt(() => this.#committer.close());
    if (this.#offline === undefined) await attempt(() => this.#saveCheckpoints());
    await this.#opened.directories.stop();
    const isClean = failures.length === 0 && this.#offline === undefined;
    if (isClean) await attempt(() => this.#opened.shutdown.markClean());
    await attempt(() => this.#opened.shutdown.close());
    await this.#opened.lock.release();
    if (failures.length > 0) throw failures[0];
  }
}
