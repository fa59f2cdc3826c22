/**
 * Which part of a compacted log may be cleaned now, and which log most needs it, as Kafka's cleaner has it.
 *
 * A log is clean below its first dirty offset: there each key once had only one record. From there up to the first
 * segment that must stay it is dirty: it may be cleaned. What must stay: the active segment, what reaches above the
 * high watermark, and a segment with a record younger than min.compaction.lag.ms, with all that follows it.
 *
 * A log is due when the dirty part of what could be cleaned is larger than min.cleanable.dirty.ratio, or when a dirty
 * record is older than max.compaction.lag.ms.
 */

/** A sealed segment. */
export interface CompactableSegment {
  readonly baseOffset: number;
  /** Offset after it. */
  readonly nextOffset: number;
  readonly sizeBytes: number;
  /** Largest timestamp; −1: its batches have none. */
  readonly maxTimestampMs: number;
  /** Timestamp of its first batch; −1: none. */
  readonly firstTimestampMs: number;
  /** When its file was last written: stands in for missing timestamps. */
  readonly modifiedMs: number;
}

export interface CompactionLimits {
  readonly minCleanableDirtyRatio: number;
  readonly minCompactionLagMs: number;
  readonly maxCompactionLagMs: number;
}

export interface CompactionNeed {
  /** Where the dirty part begins. */
  readonly fromOffset: number;
  /** Exclusive; `fromOffset` when nothing can be cleaned. */
  readonly toOffset: number;
  readonly cleanBytes: number;
  readonly dirtyBytes: number;
  /** Dirty bytes to all bytes that a cleaning would go over, from 0 to 1. */
  readonly dirtyRatio: number;
  /** A dirty record is older than max.compaction.lag.ms. */
  readonly isOverdue: boolean;
  readonly isDue: boolean;
}

export function compactionNeed(log: {
  /** All sealed segments, oldest first. */
  readonly segments: readonly CompactableSegment[];
  readonly firstDirtyOffset: number;
  readonly highWatermark: number;
  readonly limits: CompactionLimits;
  readonly nowMs: number;
}): CompactionNeed {
  const { limits, nowMs, firstDirtyOffset } = log;
  let cleanBytes = 0;
  let dirtyBytes = 0;
  let toOffset = firstDirtyOffset;
  let isOverdue = false;
  for (const segment of log.segments) {
    if (segment.nextOffset <= firstDirtyOffset) {
      cleanBytes += segment.sizeBytes;
      continue;
    }
    if (segment.nextOffset > log.highWatermark) break;
    const newestMs = segment.maxTimestampMs >= 0 ? segment.maxTimestampMs : segment.modifiedMs;
    if (limits.minCompactionLagMs > 0 && newestMs > nowMs - limits.minCompactionLagMs) break;
    dirtyBytes += segment.sizeBytes;
    toOffset = segment.nextOffset;
    const oldestMs = segment.firstTimestampMs >= 0 ? segment.firstTimestampMs : segment.modifiedMs;
    if (isOlderThan(oldestMs, limits.maxCompactionLagMs, nowMs)) isOverdue = true;
  }
  const dirtyRatio = dirtyBytes === 0 ? 0 : dirtyBytes / (cleanBytes + dirtyBytes);
  return {
    fromOffset: firstDirtyOffset,
    toOffset,
    cleanBytes,
    dirtyBytes,
    dirtyRatio,
    isOverdue,
    isDue: isOverdue || dirtyRatio > limits.minCleanableDirtyRatio,
  };
}

/** Whether a segment that holds something so old must be sealed, so that it can be cleaned in time. */
export function isOlderThan(timestampMs: number, lagMs: number, nowMs: number): boolean {
  return nowMs - timestampMs > lagMs;
}

/** The log that is cleaned next: one that is overdue, else the one with the largest dirty part; undefined: none is due. */
export function mostInNeed<T extends { readonly need: CompactionNeed }>(logs: Iterable<T>): T | undefined {
  let chosen: T | undefined;
  for (const log of logs) {
    if (log.need.isDue && (chosen === undefined || isMoreInNeed(log.need, chosen.need))) chosen = log;
  }
  return chosen;
}

function isMoreInNeed(need: CompactionNeed, other: CompactionNeed): boolean {
  if (need.isOverdue !== other.isOverdue) return need.isOverdue;
  return need.dirtyRatio > other.dirtyRatio;
}
