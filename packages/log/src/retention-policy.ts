/**
 * Which segment goes next: the oldest one, for one of three reasons, as Kafka has them. Asked again and again,
 * oldest first, until the answer is no.
 *
 * - `log-start`: every offset of it lies below the log start offset.
 * - `time`: its largest timestamp is older than retention.ms. A segment without timestamps goes by the time at
 *   which its file was last written.
 * - `size`: the log without it is still at least retention.bytes large.
 *
 * Invariant: only whole segments below the high watermark go. The active segment goes only by time, when it holds
 * something; the caller then rolls it first.
 */

export interface RetentionSegment {
  /** Offset after its last batch. */
  readonly nextOffset: number;
  readonly sizeBytes: number;
  readonly isActive: boolean;
  /** Largest timestamp; −1: its batches have none. */
  readonly maxTimestampMs: number;
  /** When its file was last written. */
  readonly modifiedMs: number;
}

export interface RetentionLimits {
  /** −1: no limit. */
  readonly retentionMs: number;
  /** −1: no limit. */
  readonly retentionBytes: number;
}

/** The limits of a log's config: without `delete` in its policy neither age nor size counts. */
export function retentionLimits(
  config: RetentionLimits & { readonly cleanupPolicy: readonly string[] },
): RetentionLimits {
  if (config.cleanupPolicy.includes('delete')) return config;
  return { retentionMs: -1, retentionBytes: -1 };
}

export type RetentionReason = 'log-start' | 'time' | 'size';

/** Why the oldest segment is to be deleted; undefined when it stays, and with it all that follow. */
export function retentionReason(
  segment: RetentionSegment,
  log: {
    readonly limits: RetentionLimits;
    /** Bytes of all segments that are left, this one included. */
    readonly sizeBytes: number;
    readonly logStartOffset: number;
    readonly highWatermark: number;
    readonly nowMs: number;
  },
): RetentionReason | undefined {
  const { limits, nowMs } = log;
  if (segment.nextOffset > log.highWatermark || (segment.isActive && segment.sizeBytes === 0))
    return undefined;
  if (!segment.isActive && segment.nextOffset <= log.logStartOffset) return 'log-start';
  const timestampMs = segment.maxTimestampMs >= 0 ? segment.maxTimestampMs : segment.modifiedMs;
  if (limits.retentionMs >= 0 && nowMs - timestampMs > limits.retentionMs) return 'time';
  if (segment.isActive || limits.retentionBytes < 0) return undefined;
  return log.sizeBytes - segment.sizeBytes >= limits.retentionBytes ? 'size' : undefined;
}
