/**
 * What a log is opened with, and what it reports about its recovery. `LogDirectory` fills this in for a partition
 * of a data directory.
 */
import type { TidelogError } from '@tidelog/record/errors';
import type { BufferPool } from './buffer-pool.ts';
import type { Clock } from './clock.ts';
import type { DurabilityCommitter } from './durability.ts';
import type { FilePool } from './file-pool.ts';
import type { FileSystem } from './file-system.ts';
import type { LogConfigInput } from './log-config.ts';
import type { Logger } from './logger.ts';

/**
 * How the last process that wrote the directory ended.
 * - `clean`: it closed everything; files are trusted without a scan.
 * - `process-crash`: it died and the machine stayed up (same boot id): everything written is there, and only the
 *   last write may be cut short.
 * - `failed-sync`: it died and the machine stayed up, after a sync had failed: what was not synced can be read as long
 *   as the kernel keeps it in memory, and no sync would write it (unsynced-rewrite.ts).
 * - `power-loss`: the machine went down, or nobody knows: bytes beyond the recovery point may be missing anywhere.
 */
export type LastShutdown = 'clean' | 'process-crash' | 'failed-sync' | 'power-loss';

export interface LogOptions {
  /** The partition's directory; created when it does not exist. */
  readonly dir: string;
  /** The directory's name relative to the data directory, `orders-3`: for messages and the committer. */
  readonly name: string;
  /** Options of log-config.ts; defaults for those left out. */
  readonly config?: LogConfigInput | undefined;
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  /** Descriptors, shared by the logs of a directory. */
  readonly files: FilePool;
  /** Memory for reads, shared likewise. */
  readonly buffers: BufferPool;
  /** Makes batches durable; needed for `durability: 'fsync'`. */
  readonly committer?: DurabilityCommitter | undefined;
  readonly lastShutdown: LastShutdown;
  /**
   * Since the log was last opened a part of the journal was lost: acknowledged batches may be missing, and a hole that
   * a power loss would explain counts as damage in fsync mode.
   */
  readonly isJournalDamaged?: boolean | undefined;
  /**
   * The offset below which everything was durable in the segment files, from the checkpoint. Without one all
   * of the log is scanned after an unclean shutdown.
   */
  readonly recoveryPoint?: number | undefined;
  /** The first offset that may be read, from the checkpoint; the first segment's base offset without one. */
  readonly logStartOffset?: number | undefined;
  /**
   * The offset below which the log was compacted, from the cleaner's checkpoint; 0 without one: all of it is to be
   * compacted when its config says so.
   */
  readonly firstDirtyOffset?: number | undefined;
  /** How long an idle producer's sequence is remembered (Kafka: producer.id.expiration.ms); a day by default. */
  readonly producerIdExpirationMs?: number | undefined;
  readonly logger?: Logger | undefined;
  /**
   * Asked at each append: the reason why none may be made at the moment, such as DISK_FULL below the floor of free
   * space.
   */
  readonly appendRefusal?: (() => TidelogError | undefined) | undefined;
  /** Called once when the log goes offline: a sync or a repair of a failed write failed. */
  readonly onFailure?: ((error: TidelogError) => void) | undefined;
  /**
   * Called when `logStartOffset` moved by `deleteRecordsBefore`; the call returns to its caller when the promise
   * resolves, so that a durable checkpoint can come first.
   */
  readonly onLogStartOffsetMoved?: ((logStartOffset: number) => Promise<void>) | undefined;
  /**
   * Called before the log is cut below its recovery point; the cut waits for the promise, so that a durable
   * checkpoint never names an offset that the log no longer has.
   */
  readonly onRecoveryPointLowered?: ((recoveryPoint: number) => Promise<void>) | undefined;
  /**
   * Called before cleaned segments replace others; that waits for the promise, so that the recovery point in the
   * durable checkpoint lies above what was cleaned.
   */
  readonly onRecoveryPointNeeded?: (() => Promise<void>) | undefined;
  /**
   * Called when the first dirty offset has moved, up after a cleaning, or down before the log is cut; what moved it
   * waits for the promise, so that a durable checkpoint can come first.
   */
  readonly onFirstDirtyOffsetMoved?: ((firstDirtyOffset: number) => Promise<void>) | undefined;
  /** Called when much was written since the recovery point last moved: the owner calls `flush` soon. */
  readonly onFlushWanted?: (() => void) | undefined;
}

/** A range of offsets that the log once held and can no longer give. */
export interface DamagedRange {
  /** The first offset that is lost. */
  readonly fromOffset: number;
  /** Exclusive. */
  readonly toOffset: number;
  /** The file that holds the damage. */
  readonly file: string;
  /** Where the damaged bytes begin and end in that file. */
  readonly position: number;
  readonly endPosition: number;
  /** What was wrong, for messages. */
  readonly reason: string;
}

/** What opening the log found and did. */
export interface RecoveryReport {
  readonly lastShutdown: LastShutdown;
  /** Bytes that were read and compared with their CRC; 0 after a clean shutdown. */
  readonly scannedBytes: number;
  /** Bytes cut off the end of the log, and why; 0 and undefined when none were. */
  readonly truncatedBytes: number;
  readonly truncatedReason: string | undefined;
  /** Indexes that were built anew, by segment base offset. */
  readonly rebuiltIndexes: readonly number[];
  /** Not empty: the partition is quarantined. */
  readonly damaged: readonly DamagedRange[];
  readonly durationMs: number;
}
