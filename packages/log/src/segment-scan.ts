/**
 * The walk over the segments when a log is opened: finds where each segment ends, makes the index entries that
 * are missing, and finds damage.
 *
 * Two ways: `readTail` trusts what a clean shutdown left and looks only behind the last index entry of the active
 * segment; `scan` reads every batch from the recovery point on.
 *
 * Invariant: every batch that the walk passes continues the offsets of the one before, or the offsets between them
 * were compacted away, or the range between them is recorded as damaged.
 */
import { basename } from 'node:path';
import { BATCH_HEADER_BYTES, readBatchHeader, type BatchHeader } from '@tidelog/record';
import { BatchScanner, type ScanStep } from './batch-scanner.ts';
import { judgeDamage, type DamageVerdict } from './damage-policy.ts';
import type { LogConfig } from './log-config.ts';
import type { DamagedRange, LogOptions } from './log-options.ts';
import { mayFollow } from './offset-gap-policy.ts';
import type { OffsetIndexEntry } from './offset-index.ts';
import type { Segment } from './segment.ts';
import type { SegmentList } from './segment-list.ts';
import { findValidBatch, type ValidBatchSearch } from './valid-batch-search.ts';

/** How far offsets may jump over damage for a batch behind it to count as valid. */
const MAX_OFFSET_JUMP = 2147483647;

/** Where the log is to be cut. */
export interface Cut {
  readonly segment: Segment;
  readonly position: number;
  /** The log end offset after it. */
  readonly offset: number;
  readonly reason: string;
}

export interface SegmentScanOptions {
  readonly segments: SegmentList;
  readonly options: LogOptions;
  readonly config: LogConfig;
  /** Offsets below it were durable. */
  readonly recoveryPoint: number;
  /** Offsets below it may be missing. */
  readonly gapsBelow: number;
  /** Ranges found by an earlier recovery. */
  readonly damaged: readonly DamagedRange[];
  /** Called for each batch at or above the recovery point, in order. */
  readonly onBatch: (header: BatchHeader) => void;
}

/** Where a walk begins: a batch boundary and the offset expected there. */
interface WalkStart {
  readonly position: number;
  readonly offset: number;
  /** The index did not fit the batches and is made anew from the segment's first batch, which proves nothing. */
  readonly isRebuild: boolean;
}

interface Fault extends WalkPoint {
  readonly reason: string;
  /** The batch at the fault is whole and valid, and begins at this offset: others are missing before it. */
  readonly validOffset: number | undefined;
}

interface WalkPoint {
  readonly segment: Segment;
  readonly index: number;
  /** Size of the segment's file. */
  readonly fileBytes: number;
  readonly position: number;
  /** The offset that should begin at `position`. */
  readonly offset: number;
}

const NO_TIMESTAMP = { timestampMs: -1, offset: -1 };

export class SegmentScan {
  readonly #segments: SegmentList;
  readonly #options: LogOptions;
  readonly #config: LogConfig;
  readonly #recoveryPoint: number;
  readonly #gapsBelow: number;
  readonly #onBatch: (header: BatchHeader) => void;
  readonly damaged: DamagedRange[];
  readonly rebuiltIndexes: number[] = [];
  scannedBytes = 0;

  constructor(options: SegmentScanOptions) {
    this.#segments = options.segments;
    this.#options = options.options;
    this.#config = options.config;
    this.#recoveryPoint = options.recoveryPoint;
    this.#gapsBelow = options.gapsBelow;
    this.#onBatch = options.onBatch;
    this.damaged = [...options.damaged];
  }

  /** After a clean shutdown: finds the end of the active segment. Returns where to cut, when bytes lie behind it. */
  async readTail(): Promise<Cut | undefined> {
    const segment = this.#segments.active;
    const { offset } = await segment.indexes();
    const start = await this.#startAtEntry(segment, await offset.last());
    return this.#walk(segment, this.#segments.length - 1, { start, verifyFrom: Number.MAX_SAFE_INTEGER });
  }

  /** After an unclean shutdown: reads everything from the recovery point on. Returns where to cut, if anywhere. */
  async scan(): Promise<Cut | undefined> {
    // A segment that ends at the recovery point may lack the time entry of its sealing.
    const firstIndex = Math.max(0, this.#segments.indexOf(this.#recoveryPoint - 1));
    for (let index = firstIndex; index < this.#segments.length; index++) {
      const segment = this.#segments.at(index) as Segment;
      const isPartlyTrusted = index === firstIndex && this.#recoveryPoint > segment.baseOffset;
      const start = isPartlyTrusted
        ? await this.#startBelowRecoveryPoint(segment)
        : await startAtBegin(segment);
      const verifyFrom = start.isRebuild ? segment.baseOffset : this.#recoveryPoint;
      const cut = await this.#walk(segment, index, { start, verifyFrom });
      if (cut !== undefined) return cut;
      if (index < this.#segments.length - 1) segment.sealIndexes();
    }
    return undefined;
  }

  async #startBelowRecoveryPoint(segment: Segment): Promise<WalkStart> {
    const { offset } = await segment.indexes();
    return this.#startAtEntry(segment, await offset.floor(this.#recoveryPoint - 1));
  }

  /** Starts at the batch of an index entry, which is kept as the last one; from the begin without an entry. */
  async #startAtEntry(segment: Segment, entry: OffsetIndexEntry | undefined): Promise<WalkStart> {
    const { offset, time } = await segment.indexes();
    if (entry === undefined) return startAtBegin(segment);
    const header = await headerAt(segment, entry.position);
    if (header?.lastOffset !== entry.offset || !time.exists) {
      this.rebuiltIndexes.push(segment.baseOffset);
      return { ...(await startAtBegin(segment)), isRebuild: true };
    }
    await offset.truncateToPosition(entry.position + 1);
    await time.truncateToOffset(entry.offset + 1);
    segment.resetNotes({ maxTimestamp: (await time.last()) ?? NO_TIMESTAMP, bytesSinceIndexEntry: 0 });
    const first = await headerAt(segment, 0);
    segment.firstTimestampMs =
      first === undefined || first.maxTimestampMs < 0 ? undefined : first.maxTimestampMs;
    return { position: entry.position, offset: header.baseOffset, isRebuild: false };
  }

  async #walk(
    segment: Segment,
    index: number,
    walk: { readonly start: WalkStart; readonly verifyFrom: number },
  ): Promise<Cut | undefined> {
    const fileBytes = segment.sizeBytes;
    let { position, offset } = walk.start;
    segment.sizeBytes = position;
    segment.nextOffset = offset;
    for (;;) {
      const point = await this.#walkValid(segment, {
        position,
        offset,
        fileBytes,
        verifyFrom: walk.verifyFrom,
      });
      const fault = this.#faultAt(
        { segment, index, fileBytes, position: point.position, offset: point.offset },
        point.step,
      );
      if (fault === undefined) {
        segment.nextOffset = this.#segments.at(index + 1)?.baseOffset ?? point.offset;
        return undefined;
      }
      const outcome = await this.#judge(fault);
      if ('cut' in outcome) return outcome.cut;
      ({ position, offset } = outcome.resume);
      segment.nextOffset = offset;
      if (position >= fileBytes) return undefined;
    }
  }

  /** Passes valid batches that continue the offsets; stops at anything else and at the end of the file. */
  async #walkValid(
    segment: Segment,
    from: { position: number; offset: number; fileBytes: number; verifyFrom: number },
  ): Promise<{ position: number; offset: number; step: ScanStep }> {
    let { position, offset } = from;
    let isVerifying = offset >= from.verifyFrom;
    let scanner = this.#scanner(segment, { position, fileBytes: from.fileBytes, verifyCrc: isVerifying });
    for (;;) {
      const step = scanner.next() ?? (await scanner.fill());
      if (step.kind !== 'batch' || !this.#mayFollow(step.header.baseOffset, offset)) {
        return { position, offset, step };
      }
      const { header } = step;
      segment.noteBatch(header, {
        position,
        baseOffset: header.baseOffset,
        indexIntervalBytes: this.#config.indexIntervalBytes,
      });
      if (isVerifying) this.scannedBytes += header.sizeBytes;
      if (header.baseOffset >= this.#recoveryPoint) this.#onBatch(header);
      position += header.sizeBytes;
      offset = header.lastOffset + 1;
      if (!isVerifying && offset >= from.verifyFrom) {
        isVerifying = true;
        scanner = this.#scanner(segment, { position, fileBytes: from.fileBytes, verifyCrc: true });
      }
    }
  }

  #mayFollow(baseOffset: number, expectedOffset: number): boolean {
    return mayFollow(baseOffset, { expectedOffset, gapsBelow: this.#gapsBelow });
  }

  #scanner(
    segment: Segment,
    from: { position: number; fileBytes: number; verifyCrc: boolean },
  ): BatchScanner {
    const { position, fileBytes, verifyCrc } = from;
    return new BatchScanner({ file: segment.file, position, endPosition: fileBytes, verifyCrc });
  }

  /** What is wrong where a walk stopped; undefined when it is the right end of the segment. */
  #faultAt(point: WalkPoint, step: ScanStep): Fault | undefined {
    const { offset } = point;
    if (step.kind === 'damage') return { ...point, reason: step.reason, validOffset: undefined };
    if (step.kind === 'batch') {
      const { baseOffset } = step.header;
      return {
        ...point,
        reason: `its base offset is ${baseOffset} where ${offset} comes next`,
        validOffset: baseOffset > offset ? baseOffset : undefined,
      };
    }
    const next = this.#segments.at(point.index + 1);
    if (next !== undefined && !this.#mayFollow(next.baseOffset, offset)) {
      const reason = `the segment ends before offset ${offset} and the next one begins at ${next.baseOffset}`;
      return { ...point, reason, validOffset: undefined };
    }
    if (next === undefined && offset < this.#recoveryPoint) {
      const reason = `the file ends before offset ${offset}, and offsets up to ${this.#recoveryPoint - 1} were durable`;
      return { ...point, reason, validOffset: undefined };
    }
    return undefined;
  }

  async #judge(
    fault: Fault,
  ): Promise<{ readonly cut: Cut } | { readonly resume: { position: number; offset: number } }> {
    const { segment, position, offset, reason, fileBytes } = fault;
    const file = basename(segment.path);
    const known = this.damaged.find((range) => range.file === file && range.position === position);
    if (known !== undefined) return { resume: { position: known.endPosition, offset: known.toOffset } };
    const search = await this.#searchValid(fault);
    const later = search.found === undefined ? await this.#firstValidLater(fault.index) : undefined;
    const verdict: DamageVerdict = judgeDamage({
      isBelowRecoveryPoint: offset < this.#recoveryPoint,
      isFollowedByValid: search.found !== undefined || later !== undefined,
      looksUnwritten: position === fileBytes || search.holdsHole,
      lastShutdown: this.#options.lastShutdown,
      isJournalDamaged: this.#options.isJournalDamaged ?? false,
      durability: this.#config.durability,
    });
    if (verdict === 'truncate') return { cut: { segment, position, offset, reason } };
    const endPosition = search.found?.position ?? fileBytes;
    const next = this.#segments.at(fault.index + 1);
    const toOffset = Math.max(
      offset + 1,
      search.found?.baseOffset ?? next?.baseOffset ?? this.#recoveryPoint,
    );
    this.damaged.push({ fromOffset: offset, toOffset, file, position, endPosition, reason });
    return { resume: { position: endPosition, offset: toOffset } };
  }

  #searchValid(fault: Fault): Promise<ValidBatchSearch> {
    if (fault.validOffset !== undefined) {
      const found = { position: fault.position, baseOffset: fault.validOffset };
      return Promise.resolve({ found, holdsHole: false });
    }
    return findValidBatch(fault.segment.file, {
      position: fault.position,
      endPosition: fault.fileBytes,
      minOffset: fault.offset + 1,
      maxOffset: Math.min(Number.MAX_SAFE_INTEGER, fault.offset + MAX_OFFSET_JUMP),
    });
  }

  /** The first later segment that begins with a valid batch, of its own base offset unless compaction took that. */
  async #firstValidLater(index: number): Promise<Segment | undefined> {
    for (let later = index + 1; later < this.#segments.length; later++) {
      const segment = this.#segments.at(later) as Segment;
      const scanner = this.#scanner(segment, { position: 0, fileBytes: segment.sizeBytes, verifyCrc: true });
      const step = await scanner.fill();
      if (step.kind === 'batch' && this.#mayFollow(step.header.baseOffset, segment.baseOffset))
        return segment;
    }
    return undefined;
  }
}

async function startAtBegin(segment: Segment): Promise<WalkStart> {
  const { offset, time } = await segment.indexes();
  await offset.clear();
  await time.clear();
  segment.resetNotes({ maxTimestamp: NO_TIMESTAMP, bytesSinceIndexEntry: 0 });
  return { position: 0, offset: segment.baseOffset, isRebuild: false };
}

/** The header of the batch at a position; undefined when there is none. */
async function headerAt(segment: Segment, position: number): Promise<BatchHeader | undefined> {
  const bytes = Buffer.alloc(BATCH_HEADER_BYTES);
  if ((await segment.file.read(bytes, position)) < bytes.length) return undefined;
  try {
    return readBatchHeader(bytes);
  } catch {
    return undefined;
  }
}
