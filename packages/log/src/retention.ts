/**
 * Takes old segments and idle producers out of a log, as retention-policy.ts decides, and moves the log start.
 *
 * Before a segment goes, in this order: the recovery point lies above it, the segment after it is durable, the
 * producer state at its end is written, and the log start offset has moved past it. So a crash at any point leaves
 * a log without a gap, and nobody whom only the deleted batches told of is forgotten.
 */
import type { LogContents } from './log-contents.ts';
import { keepProducersBefore } from './producer-keeping.ts';
import type { RecoveryPointMover } from './recovery-point.ts';
import { retentionLimits, retentionReason } from './retention-policy.ts';
import type { Segment } from './segment.ts';
import type { SegmentDeletion } from './segment-deletion.ts';

/** Kafka's producer.id.expiration.ms. */
const DEFAULT_PRODUCER_ID_EXPIRATION_MS = 86_400_000;

export interface RetentionParts {
  readonly contents: LogContents;
  readonly deletion: SegmentDeletion;
  readonly recoveryPoint: RecoveryPointMover;
  /** Seals the active segment. */
  readonly roll: () => Promise<void>;
  /** The log is being closed or is offline: no further segment is to be deleted. */
  readonly isEnding: () => boolean;
}

export class Retention {
  readonly #contents: LogContents;
  readonly #parts: RetentionParts;

  constructor(parts: RetentionParts) {
    this.#contents = parts.contents;
    this.#parts = parts;
  }

  /** Deletes what is past its retention; returns how many segments went. */
  async apply(nowMs: number, options: { readonly highWatermark: number }): Promise<number> {
    const { producers, options: logOptions, segments } = this.#contents;
    const { recoveryPoint, roll, isEnding } = this.#parts;
    producers.expire(nowMs, logOptions.producerIdExpirationMs ?? DEFAULT_PRODUCER_ID_EXPIRATION_MS);
    let deletedCount = 0;
    for (;;) {
      const { first } = segments;
      if (isEnding() || !(await this.#mayGo(first, nowMs, options.highWatermark))) break;
      if (segments.length === 1) await roll();
      const next = segments.at(1);
      if (next !== undefined && this.#contents.recoveryPoint < next.baseOffset) await recoveryPoint.move();
      if (await recoveryPoint.serialized(() => this.#deleteOldest(first))) deletedCount += 1;
    }
    return deletedCount;
  }

  /** Moves the log start offset up to `offset`, and tells the log's owner. */
  async moveLogStart(offset: number): Promise<void> {
    this.#contents.logStartOffset = offset;
    this.#contents.epochs.truncateFromStart(offset);
    await this.#contents.options.onLogStartOffsetMoved?.(offset);
  }

  async #mayGo(first: Segment, nowMs: number, highWatermark: number): Promise<boolean> {
    const { segments, config, logStartOffset } = this.#contents;
    const { timestampMs } = await first.maxTimestamp();
    const reason = retentionReason(
      {
        nextOffset: first.nextOffset,
        sizeBytes: first.sizeBytes,
        isActive: first === segments.active,
        maxTimestampMs: timestampMs,
        modifiedMs: first.createdMs,
      },
      {
        limits: retentionLimits(config),
        sizeBytes: segments.sizeBytes,
        logStartOffset,
        highWatermark,
        nowMs,
      },
    );
    return reason !== undefined;
  }

  /** False when somebody else has deleted it meanwhile, or the log is ending. */
  async #deleteOldest(oldest: Segment): Promise<boolean> {
    const { segments } = this.#contents;
    const next = segments.at(1);
    if (next === undefined || segments.first !== oldest || this.#parts.isEnding()) return false;
    await next.ensureCreated();
    await keepProducersBefore(this.#contents, next.baseOffset);
    if (next.baseOffset > this.#contents.logStartOffset) await this.moveLogStart(next.baseOffset);
    segments.removeFirst();
    await this.#parts.deletion.delete(oldest);
    return true;
  }
}
