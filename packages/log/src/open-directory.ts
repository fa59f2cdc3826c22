/**
 * The options of a data directory, and the steps from a path to a directory that is locked, known to be ours and
 * replayed. log-directory.ts takes over from there.
 *
 * Nothing but the lock file is written before the lock is held. A crash in between leaves what it found, or an
 * identity without anything else.
 */
import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { TidelogError } from '@tidelog/record/errors';
import { readBootId } from './boot-id.ts';
import { systemClock, type Clock } from './clock.ts';
import { openIdentity, uuidBytes, type DirectoryIdentity } from './directory-identity.ts';
import type { FileLock, FileSystem } from './file-system.ts';
import { replayJournal, type JournalReplayReport } from './journal-replay.ts';
import { silentLogger, type Logger } from './logger.ts';
import { nodeFileSystem } from './node-file-system.ts';
import { PartitionDirectories } from './partition-directories.ts';
import { ShutdownRecord } from './shutdown-record.ts';

export type CommitRouteOption = 'adaptive' | 'direct' | 'journal';

export interface LogDirectoryOptions {
  readonly dir: string;
  /** The broker's id; an existing directory keeps the one that it was made with. 1 unless given. */
  readonly nodeId?: number | undefined;
  /** For a new directory; random unless given. An existing one must have it, when given. */
  readonly clusterId?: string | undefined;
  /** What the config `durability` is for logs whose config does not say; fsync unless given. */
  readonly durability?: 'fsync' | 'page-cache' | undefined;
  /**
   * How batches become durable: `direct`, by a sync of each segment file; `journal`, through the shared journal but
   * for large writes; `adaptive` (the default), by whichever is cheaper: docs/decisions/0001.
   */
  readonly commitRoute?: CommitRouteOption | undefined;
  /** Bound on open descriptors; a quarter of what the process may have unless given. */
  readonly maxOpenFiles?: number | undefined;
  /** Below it appends are refused with DISK_FULL; 16 MiB unless given, 0: no floor. */
  readonly minFreeBytes?: number | undefined;
  /** How often logs are flushed and the checkpoints saved; 60,000 unless given. */
  readonly checkpointIntervalMs?: number | undefined;
  /** How long the files of a deleted partition stay; 60,000 unless given. */
  readonly fileDeleteDelayMs?: number | undefined;
  readonly fileSystem?: FileSystem | undefined;
  readonly clock?: Clock | undefined;
  readonly logger?: Logger | undefined;
  /** The id of this boot of the machine; asked of the system unless given. */
  readonly bootId?: string | undefined;
  readonly randomBytes?: ((sizeBytes: number) => Buffer) | undefined;
}

/** The options with every default filled in. */
export interface DirectorySettings {
  readonly dir: string;
  readonly nodeId: number;
  readonly clusterId: string | undefined;
  readonly durability: 'fsync' | 'page-cache';
  readonly commitRoute: CommitRouteOption;
  readonly maxOpenFiles: number | undefined;
  readonly minFreeBytes: number;
  readonly checkpointIntervalMs: number;
  readonly fileDeleteDelayMs: number;
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly bootId: string | undefined;
  readonly randomBytes: (sizeBytes: number) => Buffer;
}

export function directorySettings(options: LogDirectoryOptions): DirectorySettings {
  return {
    dir: options.dir,
    nodeId: options.nodeId ?? 1,
    clusterId: options.clusterId,
    durability: options.durability ?? 'fsync',
    commitRoute: options.commitRoute ?? 'adaptive',
    maxOpenFiles: options.maxOpenFiles,
    minFreeBytes: options.minFreeBytes ?? 16 * 1024 * 1024,
    checkpointIntervalMs: options.checkpointIntervalMs ?? 60_000,
    fileDeleteDelayMs: options.fileDeleteDelayMs ?? 60_000,
    fileSystem: options.fileSystem ?? nodeFileSystem,
    clock: options.clock ?? systemClock,
    logger: options.logger ?? silentLogger,
    bootId: options.bootId,
    randomBytes: options.randomBytes ?? randomBytes,
  };
}

/** What opening established, in this order. */
export interface OpenedDirectory {
  readonly lock: FileLock;
  readonly identity: DirectoryIdentity;
  readonly directories: PartitionDirectories;
  readonly shutdown: ShutdownRecord;
  readonly replay: JournalReplayReport;
}

/** Makes the directory when it does not exist, and takes its lock. */
export async function lockDirectory({ dir, fileSystem }: DirectorySettings): Promise<FileLock> {
  const made: string[] = [];
  for (let path = dir; (await fileSystem.stat(path)) === undefined; path = dirname(path)) made.unshift(path);
  if (made.length > 0) await fileSystem.mkdir(dir);
  for (const path of made) await fileSystem.syncDirectory(dirname(path));
  return fileSystem.lock(join(dir, '.lock'));
}

/** Everything that is established before the directory is marked as in use. */
export async function readDirectory(settings: DirectorySettings, lock: FileLock): Promise<OpenedDirectory> {
  const { dir, fileSystem, logger } = settings;
  const identity = await openIdentity(settings);
  const directories = await PartitionDirectories.scan(settings);
  const bootId = settings.bootId ?? (await readBootId());
  const shutdown = await ShutdownRecord.read({ fileSystem, dir, bootId, logger }, directories.names());
  const replay = await replayJournal({
    fileSystem,
    dataDir: dir,
    directoryId: uuidBytes(identity.directoryId),
    onDamage: () => shutdown.noteJournalDamage(),
  }).catch(async (error: unknown) => {
    // A sync of the replay may have dropped what the last process had not synced.
    if ((error as TidelogError).code === 'STORAGE_FAILED') await shutdown.keepFailedSync();
    throw error;
  });
  return { lock, identity, directories, shutdown, replay };
}

const IS_FILE_CODES: ReadonlySet<string | undefined> = new Set(['ENOTDIR', 'EEXIST']);
const NOT_WRITABLE_CODES: ReadonlySet<string | undefined> = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOENT']);

/** What the file system threw while the directory was opened, said for the operator. */
export function asDirectoryError(error: unknown, dir: string): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (error instanceof TidelogError) return error;
  if (IS_FILE_CODES.has(code)) {
    return new TidelogError(
      'DATA_DIR_NOT_WRITABLE',
      `the data directory ${dir} cannot be made: it, or what should be a directory above it, is a file (${message}); ` +
        'choose another directory',
      { cause: error },
    );
  }
  if (NOT_WRITABLE_CODES.has(code)) {
    return new TidelogError(
      'DATA_DIR_NOT_WRITABLE',
      `the data directory ${dir} cannot be made or written (${message}); give the broker's user the right to, or ` +
        'choose another directory',
      { cause: error },
    );
  }
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new TidelogError(
      'DISK_FULL',
      `the disk of the data directory ${dir} is full (${message}); free some space, then start again`,
      { cause: error },
    );
  }
  return error;
}
