export { BufferPool, type BufferPoolOptions, type PooledBuffer } from './buffer-pool.ts';
export { systemClock, type Clock, type Timer } from './clock.ts';
export type { CommitFile, CommitWrite, DurabilityCommitter } from './durability.ts';
export { FilePool, PooledFile, defaultMaxOpenFiles, type FilePoolOptions } from './file-pool.ts';
export type { FileHandle, FileLock, FileStat, FileSystem, OpenMode } from './file-system.ts';
export { nodeFileSystem } from './node-file-system.ts';
export { readFileIfPresent, writeFileAtomic } from './checkpoint-file.ts';
export {
  dottedName,
  LOG_CONFIG,
  logConfigNameOf,
  parseLogConfigs,
  resolveLogConfig,
  type LogConfig,
  type LogConfigInput,
} from './log-config.ts';
export { silentLogger, type Logger } from './logger.ts';

export { Log } from './log.ts';
export type { AppendResult } from './append-queue.ts';
export type { CompactionOptions, CompactionReport } from './log-cleaner.ts';
export { mostInNeed, type CompactionNeed } from './compaction-policy.ts';
export type { EpochEnd } from './leader-epoch-cache.ts';
export type { DamagedRange, LastShutdown, LogOptions, RecoveryReport } from './log-options.ts';
export type { LogRead, ReadOptions } from './log-reader.ts';
export type { TimestampedOffset } from './timestamp-search.ts';

export { LogDirectory } from './log-directory.ts';
export type { LogDirectoryOptions } from './open-directory.ts';
export type { CommitterStats } from './directory-committer.ts';
export type { JournalDamage } from './journal-format.ts';
export type { PartitionFiles } from './partition-directories.ts';
export {
  partitionDirectoryName,
  parsePartitionDirectoryName,
  type TopicPartitionName,
} from './partition-directory-name.ts';

export {
  openLog,
  StandaloneLog,
  type LogReadOptions,
  type NewRecord,
  type OpenLogOptions,
} from './open-log.ts';
