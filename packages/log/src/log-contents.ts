/**
 * What a log holds in memory about its partition: recovery fills it in, the append queue, the reader and the
 * maintenance of log.ts work on it. One per open log.
 *
 * Invariants: logStartOffset ≤ recoveryPoint ≤ logEndOffset, except that a quarantined log's end may lie beyond what
 * its files hold; below `recoveryPoint` batches, indexes, producer snapshot and epochs are durable. When segments are
 * replaced by cleaned ones, they lie below the recovery point as the checkpoint on disk has it.
 */
import { join } from 'node:path';
import { TidelogError } from '@tidelog/record/errors';
import type { LeaderEpochCache } from './leader-epoch-cache.ts';
import { COMPACTION_FILE, LEADER_EPOCH_FILE } from './log-file-names.ts';
import type { DamagedRange, LogOptions } from './log-options.ts';
import type { LogConfig } from './log-config.ts';
import { silentLogger, type Logger } from './logger.ts';
import type { ProducerSnapshotFiles } from './producer-snapshot-files.ts';
import type { ProducerState } from './producer-state.ts';
import type { SegmentList } from './segment-list.ts';
import type { SegmentPlace } from './segment.ts';

export class LogContents {
  readonly options: LogOptions;
  readonly place: SegmentPlace;
  readonly segments: SegmentList;
  readonly producers: ProducerState;
  readonly snapshots: ProducerSnapshotFiles;
  readonly epochs: LeaderEpochCache;
  config: LogConfig;
  logStartOffset: number;
  recoveryPoint: number;
  /** Offsets below it may be missing: they were compacted (offset-gap-policy.ts). */
  gapsBelow: number;
  /** Below it compaction has gone over the records; 0 when it never has. */
  firstDirtyOffset: number;
  /** Rising; not empty: the log is quarantined. */
  damaged: readonly DamagedRange[];
  /** Set when a disk operation failed for good; nothing is appended any more. */
  offline: TidelogError | undefined;
  /** Set when the log is being closed. */
  closed: TidelogError | undefined;
  /** Counts truncations, at their begin and end: a read that was under way then starts again. */
  truncationCount = 0;
  /** Set while the log is being cut: reads wait. */
  truncating: Promise<void> | undefined;
  /** Counts replacements of segments by cleaned ones, at their begin and end. */
  swapCount = 0;
  /** Set while segments are being replaced: their files change names. */
  swapping: Promise<void> | undefined;

  constructor(parts: {
    readonly options: LogOptions;
    readonly config: LogConfig;
    readonly place: SegmentPlace;
    readonly segments: SegmentList;
    readonly producers: ProducerState;
    readonly snapshots: ProducerSnapshotFiles;
    readonly epochs: LeaderEpochCache;
    readonly logStartOffset: number;
    readonly recoveryPoint: number;
    readonly gapsBelow: number;
    readonly firstDirtyOffset: number;
    readonly damaged: readonly DamagedRange[];
  }) {
    this.options = parts.options;
    this.config = parts.config;
    this.place = parts.place;
    this.segments = parts.segments;
    this.producers = parts.producers;
    this.snapshots = parts.snapshots;
    this.epochs = parts.epochs;
    this.logStartOffset = parts.logStartOffset;
    this.recoveryPoint = parts.recoveryPoint;
    this.gapsBelow = parts.gapsBelow;
    this.firstDirtyOffset = parts.firstDirtyOffset;
    this.damaged = parts.damaged;
  }

  /** Exclusive. */
  get logEndOffset(): number {
    return this.segments.active.nextOffset;
  }

  get logger(): Logger {
    return this.options.logger ?? silentLogger;
  }

  get leaderEpochPath(): string {
    return join(this.options.dir, LEADER_EPOCH_FILE);
  }

  get compactionMarkPath(): string {
    return join(this.options.dir, COMPACTION_FILE);
  }

  /** Takes the log offline, once, loudly; returns the error that every later append answers. */
  goOffline(cause: unknown, during: string): TidelogError {
    if (this.offline !== undefined) return this.offline;
    const message = cause instanceof Error ? cause.message : String(cause);
    const isExplained = cause instanceof TidelogError && cause.code === 'STORAGE_FAILED';
    this.offline = new TidelogError(
      'STORAGE_FAILED',
      isExplained
        ? `log ${this.options.name} is offline: ${message}`
        : `log ${this.options.name} is offline: ${during} failed (${message}); check the disk, then restart`,
      { cause },
    );
    this.logger.error({ log: this.options.name, err: cause }, this.offline.message);
    this.options.onFailure?.(this.offline);
    return this.offline;
  }

  /** The error for the damaged range that holds `offset`, if one does. */
  damageAt(offset: number): TidelogError | undefined {
    const range = this.damaged.find((damaged) => damaged.fromOffset <= offset && offset < damaged.toOffset);
    return range === undefined ? undefined : this.damageError(range);
  }

  damageError(range: DamagedRange): TidelogError {
    const { fromOffset, toOffset, file, position, reason } = range;
    return new TidelogError(
      'KAFKA_STORAGE_ERROR',
      `log ${this.options.name} is quarantined: offsets ${fromOffset} to ${toOffset - 1} are damaged in ${file} at byte ${position} (${reason}); restore the file from a replica or a backup`,
      { offset: fromOffset },
    );
  }
}
