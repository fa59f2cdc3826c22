/**
 * Compacts a log: of each key only the last record is kept. One cleaning at a time, in slices, while the log is in use.
 *
 * A cleaning:
 * 1. compaction-policy.ts says which offsets are dirty and may be cleaned; the recovery point moves above them.
 * 2. The dirty part is read, and the last offset of each key noted, until the key map is full.
 * 3. All segments up to there are read again, neighbours together (compaction-plan.ts), and what is left of them is
 *    written into a cleaned segment, which takes their place (segment-swap.ts). Where nothing was to be taken out of a
 *    single segment, it stays.
 * 4. The first dirty offset moves to where the map ends.
 *
 * Every batch is compared with its CRC before a byte of it is copied. Damage ends the cleaning and changes nothing.
 *
 * What changes the log meanwhile goes first: closing, truncation, another policy and the deletion of a segment end
 * the cleaning, at the next slice or before the replacement; the segments that were replaced by then stay so.
 *
 * Crash policy: segment-swap.ts. A crash before step 4 leaves a first dirty offset that is too low: what was cleaned is
 * gone over again.
 */
import { RecordBatch, type BatchHeader, type RecordCursor } from '@tidelog/record';
import { TidelogError } from '@tidelog/record/errors';
import { emptyBatch, KeptRecordsBuilder, rebuildBatch, type KeptRecords } from './batch-compaction.ts';
import { CleanedSegmentWriter } from './cleaned-segment.ts';
import { groupSegments, keepsEmptyBatch, keepsRecord, type BatchFacts } from './compaction-plan.ts';
import { compactionNeed, isOlderThan, type CompactionNeed } from './compaction-policy.ts';
import { KeyOffsetMap } from './key-offset-map.ts';
import type { LogContents } from './log-contents.ts';
import type { LogReader } from './log-reader.ts';
import { keepProducersBefore } from './producer-keeping.ts';
import type { RecoveryPointMover } from './recovery-point.ts';
import { SegmentDamage, SegmentGone, sealedBatches, type ReadBatch } from './sealed-segment-reader.ts';
import { compactable, groupable } from './segment-facts.ts';
import type { Segment } from './segment.ts';
import type { SegmentDeletion } from './segment-deletion.ts';
import { swapSegments } from './segment-swap.ts';
import { lacksRoom, storageError } from './storage-error.ts';
import { WorkPacer } from './work-pacer.ts';

const SLICE_MS = 1;
const SLICE_BYTES = 262144;
const TIME_SHARE = 0.25;
const READ_BYTES = 131072;
/** Records between two looks at the clock. */
const RECORDS_PER_LOOK = 64;
/** After a key of more bytes, too. */
const LARGE_KEY_BYTES = 4096;

export interface CompactionOptions {
  readonly nowMs: number;
  /** Exclusive: nothing at or above it is touched. */
  readonly highWatermark: number;
  /** Most memory for the offsets of keys, 24 bytes per key; at least 384. */
  readonly dedupeBufferBytes: number;
  /** Most bytes read and written per second; no bound unless given. */
  readonly ioMaxBytesPerSecond?: number | undefined;
  /**
   * Part of the time in which it works, above 0 up to 1; 0.25 unless given. Rests do not keep the process alive; with 1
   * there are none, only turns of others in between.
   */
  readonly timeShare?: number | undefined;
  /** Ends the cleaning: its report then says `isAborted`. */
  readonly signal?: AbortSignal | undefined;
}

/** What a cleaning did. */
export interface CompactionReport {
  /** The range of offsets that was dirty and is clean now. */
  readonly fromOffset: number;
  /** Exclusive. */
  readonly toOffset: number;
  readonly readBytes: number;
  readonly writtenBytes: number;
  readonly removedRecords: number;
  readonly replacedSegments: number;
  readonly cleanedSegments: number;
  /** There was no room for further keys: a part of what could be cleaned is left for the next time. */
  readonly isMapFull: boolean;
  /** Something went first, and the cleaning ended early; `toOffset` is `fromOffset` then. */
  readonly isAborted: boolean;
}

export interface LogCleanerParts {
  readonly contents: LogContents;
  readonly reader: LogReader;
  readonly deletion: SegmentDeletion;
  readonly recoveryPoint: RecoveryPointMover;
  /** Seals the active segment. */
  readonly roll: () => Promise<void>;
}

/** Ends a cleaning that something else overtook. */
class CleaningAborted extends Error {}

/** The state of one cleaning. */
interface Cleaning {
  readonly options: CompactionOptions;
  readonly truncationCount: number;
  readonly pacer: WorkPacer;
  readonly keys: KeyOffsetMap;
  /** Exclusive: the keys of records below it are noted. */
  mappedTo: number;
  isMapFull: boolean;
  readBytes: number;
  writtenBytes: number;
  removedRecords: number;
  replacedSegments: number;
  cleanedSegments: number;
}

export class LogCleaner {
  readonly #parts: LogCleanerParts;
  readonly #contents: LogContents;
  #running: Promise<CompactionReport | undefined> | undefined;
  #pacer: WorkPacer | undefined;
  #isStopped = false;

  constructor(parts: LogCleanerParts) {
    this.#parts = parts;
    this.#contents = parts.contents;
  }

  /**
   * What of the log could be cleaned now; undefined when it is not a compacted one, or damaged. An active segment
   * with a record older than max.compaction.lag.ms is sealed first.
   */
  async need(
    options: Pick<CompactionOptions, 'nowMs' | 'highWatermark'>,
  ): Promise<CompactionNeed | undefined> {
    const contents = this.#contents;
    const { segments, config } = contents;
    if (!this.#mayClean) return undefined;
    const oldestMs = segments.active.firstTimestampMs;
    const { maxCompactionLagMs } = config;
    if (oldestMs !== undefined && isOlderThan(oldestMs, maxCompactionLagMs, options.nowMs)) {
      await this.#parts.roll();
    }
    const { firstDirtyOffset, logStartOffset } = contents;
    return compactionNeed({
      segments: await Promise.all(segments.toArray().slice(0, -1).map(compactable)),
      firstDirtyOffset: Math.max(firstDirtyOffset, logStartOffset, segments.first.baseOffset),
      highWatermark: options.highWatermark,
      limits: config,
      nowMs: options.nowMs,
    });
  }

  /** Cleans what can be cleaned, due or not; undefined when there is nothing. A call during a cleaning joins it. */
  clean(options: CompactionOptions): Promise<CompactionReport | undefined> {
    this.#running ??= this.#clean(options)
      .catch((error: unknown) => {
        const isKnown = error instanceof TidelogError || (error as NodeJS.ErrnoException).code === undefined;
        throw isKnown ? error : storageError(error, `compacting log ${this.#contents.options.name}`);
      })
      .finally(() => {
        this.#running = undefined;
      });
    return this.#running;
  }

  /** Ends a cleaning under way, and allows no other. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#pacer?.stop();
    await this.#running?.catch(() => undefined);
  }

  get #mayClean(): boolean {
    const { config, offline, damaged } = this.#contents;
    const isCompacted = config.cleanupPolicy.includes('compact');
    return isCompacted && !this.#isStopped && offline === undefined && damaged.length === 0;
  }

  async #clean(options: CompactionOptions): Promise<CompactionReport | undefined> {
    const contents = this.#contents;
    const { truncationCount } = contents;
    const need = await this.need(options);
    if (need === undefined || need.dirtyBytes === 0) return undefined;
    if (contents.recoveryPoint < need.toOffset) await this.#parts.recoveryPoint.move();
    const pacer = new WorkPacer({
      clock: contents.options.clock,
      sliceMs: SLICE_MS,
      sliceBytes: SLICE_BYTES,
      bytesPerSecond: options.ioMaxBytesPerSecond ?? Infinity,
      timeShare: options.timeShare ?? TIME_SHARE,
    });
    this.#pacer = pacer;
    const endRests = (): void => pacer.stop();
    options.signal?.addEventListener('abort', endRests);
    const cleaning: Cleaning = {
      options,
      truncationCount,
      pacer,
      keys: new KeyOffsetMap({ maxBytes: options.dedupeBufferBytes }),
      mappedTo: need.fromOffset,
      isMapFull: false,
      readBytes: 0,
      writtenBytes: 0,
      removedRecords: 0,
      replacedSegments: 0,
      cleanedSegments: 0,
    };
    try {
      await this.#noteKeys(cleaning, need);
      await this.#cleanSegments(cleaning);
      contents.firstDirtyOffset = cleaning.mappedTo;
      await contents.options.onFirstDirtyOffsetMoved?.(cleaning.mappedTo);
      return reportOf(cleaning, { fromOffset: need.fromOffset, isAborted: false });
    } catch (error) {
      const isOwn = this.#isGoing(cleaning) || error === contents.offline;
      if (!(error instanceof CleaningAborted) && isOwn) throw error;
      return reportOf(cleaning, { fromOffset: need.fromOffset, isAborted: true });
    } finally {
      options.signal?.removeEventListener('abort', endRests);
    }
  }

  /** Notes the last offset of each key of the dirty part, as far as the map holds them. */
  async #noteKeys(cleaning: Cleaning, need: CompactionNeed): Promise<void> {
    const { segments } = this.#contents;
    const start = await this.#parts.reader.locate(need.fromOffset);
    const first = start === undefined ? undefined : start.segment;
    for (const segment of segments.toArray()) {
      if (segment.nextOffset <= need.fromOffset || segment.baseOffset >= need.toOffset) continue;
      const position = segment === first ? (start?.position ?? 0) : 0;
      for await (const batch of this.#batchesOf(segment, position, cleaning)) {
        if (!(await this.#noteKeysOf(batch, cleaning))) return;
      }
      cleaning.mappedTo = segment.nextOffset;
    }
  }

  /** False when the map is full: what is above `mappedTo` is left for the next cleaning. */
  async #noteKeysOf({ header, bytes }: ReadBatch, cleaning: Cleaning): Promise<boolean> {
    const isNoted = !header.isControl && !header.isTransactional && header.recordCount > 0;
    if (isNoted) {
      const cursor = await readableCursor(bytes, cleaning);
      for (let count = 1; cursor.next(); count++) {
        const { key, offset } = cursor;
        if (offset < cleaning.mappedTo || key === null) continue;
        if (!cleaning.keys.put(key, offset)) {
          cleaning.isMapFull = true;
          return false;
        }
        cleaning.mappedTo = offset + 1;
        if (isTimeToLook(count, key)) await this.#goOn(cleaning);
      }
    }
    cleaning.mappedTo = Math.max(cleaning.mappedTo, header.lastOffset + 1);
    return true;
  }

  async #cleanSegments(cleaning: Cleaning): Promise<void> {
    const { segments, config } = this.#contents;
    const covered = segments
      .toArray()
      .slice(0, -1)
      .filter((segment) => segment.baseOffset < cleaning.mappedTo);
    const sized = await Promise.all(covered.map(groupable));
    for (const group of groupSegments(sized, config)) {
      await this.#cleanGroup(
        group.map(({ segment }) => segment),
        cleaning,
      );
    }
  }

  async #cleanGroup(group: readonly Segment[], cleaning: Cleaning): Promise<void> {
    const [first] = group;
    const last = group.at(-1);
    if (first === undefined || last === undefined) return;
    const writer = await this.#writing(() =>
      CleanedSegmentWriter.create(this.#contents.place, {
        baseOffset: first.baseOffset,
        createdMs: Math.max(...group.map((segment) => segment.createdMs)),
        indexIntervalBytes: this.#contents.config.indexIntervalBytes,
      }),
    );
    let isTaken = false;
    try {
      let isChanged = group.length > 1;
      for (const segment of group) {
        for await (const batch of this.#batchesOf(segment, 0, cleaning)) {
          const isLastOfSegment =
            segment === last && batch.position + batch.header.sizeBytes === segment.sizeBytes;
          const kept = await this.#compactBatch(batch, cleaning, isLastOfSegment);
          if (kept !== batch.bytes) isChanged = true;
          if (kept !== undefined) writer.append(kept);
          if (writer.wantsWrite) await this.#write(writer, cleaning);
        }
      }
      if (!isChanged) return;
      await this.#writing(() => writer.finish());
      cleaning.writtenBytes += writer.segment.sizeBytes;
      isTaken = await this.#swap(group, writer, cleaning);
    } finally {
      if (!isTaken) await writer.discard().catch(() => undefined);
    }
  }

  /** Want of room ends the cleaning; any other failure, of a sync above all, leaves the disk in doubt. */
  async #writing<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof TidelogError) throw error;
      const { dir } = this.#contents.options;
      if (lacksRoom(error)) throw storageError(error, `writing a cleaned segment in ${dir}`);
      throw this.#contents.goOffline(error, 'writing a cleaned segment');
    }
  }

  async #write(writer: CleanedSegmentWriter, cleaning: Cleaning): Promise<void> {
    const { pendingBytes } = writer;
    await this.#writing(() => writer.write());
    cleaning.pacer.note(pendingBytes);
    await this.#goOn(cleaning);
  }

  /** The batch's own bytes when all of it stays; undefined when nothing does. */
  async #compactBatch(
    { header, bytes }: ReadBatch,
    cleaning: Cleaning,
    isLastOfSegment: boolean,
  ): Promise<Buffer | undefined> {
    if (header.isControl) return bytes;
    const { nowMs } = cleaning.options;
    const facts: BatchFacts = {
      mappedTo: cleaning.mappedTo,
      areTombstonesExpired: header.hasDeleteHorizon && nowMs >= header.baseTimestampMs,
      isTransactional: header.isTransactional,
    };
    const { batch, kept } = await this.#keptOf({ header, bytes }, facts, cleaning);
    cleaning.removedRecords += header.recordCount - kept.count;
    if (kept.count === 0) {
      const isLastOfProducer = this.#isLastOfProducer(header);
      if (!keepsEmptyBatch({ isTransactional: header.isTransactional, isLastOfProducer, isLastOfSegment })) {
        return undefined;
      }
      return header.recordCount === 0 ? bytes : emptyBatch(bytes, header);
    }
    // A tombstone that the key map did not reach ends nothing yet: its time begins when it does.
    const isReached = header.lastOffset < cleaning.mappedTo;
    const getsHorizon = kept.hasTombstone && !header.hasDeleteHorizon && isReached;
    if (kept.count === header.recordCount && !getsHorizon) return bytes;
    const horizonMs = getsHorizon ? nowMs + this.#contents.config.deleteRetentionMs : undefined;
    return rebuildBatch(batch, kept, { deleteHorizonMs: horizonMs, goOn: () => this.#goOn(cleaning) });
  }

  async #keptOf(
    { header, bytes }: Omit<ReadBatch, 'position'>,
    facts: BatchFacts,
    cleaning: Cleaning,
  ): Promise<{ batch: RecordBatch; kept: KeptRecords }> {
    const batch = RecordBatch.read(bytes);
    if (header.recordCount === 0) return { batch, kept: new KeptRecordsBuilder(bytes).kept };
    await batch.decompress();
    const cursor = batch.cursor();
    const builder = new KeptRecordsBuilder(cursor.bytes);
    for (let position = cursor.position, count = 1; cursor.next(); position = cursor.position, count++) {
      const { key, offset, timestampMs, valueSizeBytes } = cursor;
      const hasValue = valueSizeBytes >= 0;
      const mappedOffset = key === null ? -1 : cleaning.keys.get(key);
      if (keepsRecord({ offset, hasKey: key !== null, hasValue, mappedOffset }, facts)) {
        builder.keep({ position, end: cursor.position, isTombstone: !hasValue, timestampMs });
      }
      if (isTimeToLook(count, key)) await this.#goOn(cleaning);
    }
    return { batch, kept: builder.kept };
  }

  #isLastOfProducer(header: BatchHeader): boolean {
    if (header.producerId < 0) return false;
    return this.#contents.producers.get(header.producerId)?.batches.at(-1)?.baseOffset === header.baseOffset;
  }

  /** Replaces the group, unless something has changed it. */
  async #swap(group: readonly Segment[], writer: CleanedSegmentWriter, cleaning: Cleaning): Promise<boolean> {
    const contents = this.#contents;
    await contents.options.onRecoveryPointNeeded?.();
    const endOffset = (group.at(-1) as Segment).nextOffset;
    const { baseOffset } = writer.segment;
    return this.#parts.recoveryPoint.serialized(async () => {
      const isThere = group.every((segment) => contents.segments.includes(segment));
      if (!isThere || !this.#isGoing(cleaning)) throw new CleaningAborted();
      await this.#writing(() => keepProducersBefore(contents, endOffset));
      await swapSegments(contents, {
        replaced: group,
        cleaned: writer.segment,
        range: { baseOffset, endOffset },
        gapsBelow: endOffset,
        deletion: this.#parts.deletion,
      });
      cleaning.replacedSegments += group.length;
      cleaning.cleanedSegments += 1;
      return true;
    });
  }

  async *#batchesOf(segment: Segment, position: number, cleaning: Cleaning): AsyncGenerator<ReadBatch> {
    const batches = sealedBatches(segment, {
      position,
      gapsBelow: this.#contents.gapsBelow,
      bufferBytes: READ_BYTES,
      beforeBatch: () => this.#goOn(cleaning),
    });
    try {
      for await (const batch of batches) {
        const { sizeBytes } = batch.header;
        cleaning.pacer.note(sizeBytes);
        cleaning.readBytes += sizeBytes;
        yield batch;
      }
    } catch (error) {
      if (error instanceof SegmentGone) throw new CleaningAborted();
      throw error instanceof SegmentDamage ? this.#damaged(segment, error.position, error.message) : error;
    }
  }

  #damaged(segment: Segment, position: number, reason: string): TidelogError {
    return new TidelogError(
      'KAFKA_STORAGE_ERROR',
      `log ${this.#contents.options.name} cannot be compacted: ${segment.path} is damaged at byte ${position}: ${reason}; restore the file from a replica or a backup`,
    );
  }

  async #goOn(cleaning: Cleaning): Promise<void> {
    if (!this.#isGoing(cleaning)) throw new CleaningAborted();
    if (!cleaning.pacer.isDue) return;
    await cleaning.pacer.rest();
    if (!this.#isGoing(cleaning)) throw new CleaningAborted();
  }

  #isGoing(cleaning: Cleaning): boolean {
    if (cleaning.options.signal?.aborted === true) return false;
    return this.#mayClean && cleaning.truncationCount === this.#contents.truncationCount;
  }
}

/** Hashing takes long for many keys, and for large ones. */
function isTimeToLook(count: number, key: Uint8Array | null): boolean {
  return count % RECORDS_PER_LOOK === 0 || (key !== null && key.length > LARGE_KEY_BYTES);
}

async function readableCursor(bytes: Buffer, cleaning: Cleaning): Promise<RecordCursor> {
  const batch = RecordBatch.read(bytes);
  await batch.decompress();
  if (batch.header.compression !== 'none') cleaning.pacer.note(bytes.length);
  return batch.cursor();
}

function reportOf(
  cleaning: Cleaning,
  outcome: { readonly fromOffset: number; readonly isAborted: boolean },
): CompactionReport {
  const { readBytes, writtenBytes, removedRecords, replacedSegments, cleanedSegments, isMapFull } = cleaning;
  const { fromOffset, isAborted } = outcome;
  const toOffset = isAborted ? fromOffset : cleaning.mappedTo;
  return {
    fromOffset,
    toOffset,
    readBytes,
    writtenBytes,
    removedRecords,
    replacedSegments,
    cleanedSegments,
    isMapFull,
    isAborted,
  };
}
