/**
 * The log of one partition: batches in segments on disk, appended at the end and read anywhere.
 *
 * Opening it recovers it (log-recovery.ts). Appends go through a queue that writes all of a turn at once
 * (append-queue.ts) and are durable as durability.ts and the option `durability` say; reads are ranges of bytes
 * (log-reader.ts); a compacted log is cleaned while it is in use (log-cleaner.ts). This file ties these together and
 * holds what changes the list of segments: rolling, retention, truncation, closing.
 *
 * States: open → closed; quarantined (reads of good ranges only, found at opening) and offline (a disk operation
 * failed for good) are for the life of the object.
 *
 * Invariants: logStartOffset ≤ durableOffset ≤ logEndOffset; offsets are dense but for what was compacted; whatever a crash leaves, opening
 * gives a prefix of what was appended that holds every batch whose `durable` promise had resolved.
 */
import { TidelogError } from '@tidelog/record/errors';
import type { CompactionNeed } from './compaction-policy.ts';
import { AppendQueue, type AppendResult } from './append-queue.ts';
import { DurabilityTracker } from './durability-tracker.ts';
import type { EpochEnd } from './leader-epoch-cache.ts';
import type { LogContents } from './log-contents.ts';
import { resolveLogConfig, type LogConfig, type LogConfigInput } from './log-config.ts';
import type { LogOptions, RecoveryReport } from './log-options.ts';
import { LogCleaner, type CompactionOptions, type CompactionReport } from './log-cleaner.ts';
import { LogReader, type LogRead, type ReadOptions } from './log-reader.ts';
import { recoverLog } from './log-recovery.ts';
import { ReadPositions } from './read-positions.ts';
import { RecoveryPointMover } from './recovery-point.ts';
import { Retention } from './retention.ts';
import { Segment } from './segment.ts';
import { SegmentDeletion } from './segment-deletion.ts';
import { TimestampSearch, type TimestampedOffset } from './timestamp-search.ts';
import { truncateLog } from './truncation.ts';

/** How much may be written before the log asks its owner for a flush. */
const FLUSH_WANTED_BYTES = 64 * 1024 * 1024;

export class Log {
  /** What opening found and did. */
  readonly recovery: RecoveryReport;
  readonly #contents: LogContents;
  readonly #tracker: DurabilityTracker;
  readonly #positions: ReadPositions = new ReadPositions();
  readonly #queue: AppendQueue;
  readonly #reader: LogReader;
  readonly #search: TimestampSearch;
  readonly #recoveryPoint: RecoveryPointMover;
  readonly #deletion: SegmentDeletion;
  readonly #retention: Retention;
  readonly #cleaner: LogCleaner;
  #unflushedBytes = 0;
  #closing: Promise<void> | undefined;

  private constructor(contents: LogContents, recovery: RecoveryReport) {
    this.recovery = recovery;
    this.#contents = contents;
    this.#recoveryPoint = new RecoveryPointMover(contents);
    this.#tracker = new DurabilityTracker(contents, this.#durableAtOpening());
    this.#reader = new LogReader(contents, this.#positions);
    this.#search = new TimestampSearch(contents, this.#reader);
    this.#deletion = new SegmentDeletion(contents);
    this.#retention = new Retention({
      contents,
      deletion: this.#deletion,
      recoveryPoint: this.#recoveryPoint,
      roll: () => this.roll(),
      isEnding: () => this.#closing !== undefined || this.offline !== undefined,
    });
    this.#cleaner = new LogCleaner({
      contents,
      reader: this.#reader,
      deletion: this.#deletion,
      recoveryPoint: this.#recoveryPoint,
      roll: () => this.roll(),
    });
    this.#unflushedBytes = recovery.scannedBytes;
    this.#queue = new AppendQueue({
      contents,
      tracker: this.#tracker,
      positions: this.#positions,
      roll: () => this.#roll(),
      onWritten: (sizeBytes) => this.#noteWritten(sizeBytes),
    });
    if (this.durableOffset < this.logEndOffset) this.#syncFirst();
  }

  /**
   * Opens the log in `options.dir`, which is created when it does not exist, and recovers it. Throws
   * INVALID_CONFIG, INVALID_ARGUMENT (fsync without a committer), DATA_DIR_FORMAT, and what the file system throws.
   */
  static async open(options: LogOptions): Promise<Log> {
    const config = checkedConfig(options, resolveLogConfig(options.config, `config of log ${options.name}`));
    const { contents, report } = await recoverLog(options, config);
    return new Log(contents, report);
  }

  get dir(): string {
    return this.#contents.options.dir;
  }

  get name(): string {
    return this.#contents.options.name;
  }

  get config(): LogConfig {
    return this.#contents.config;
  }

  /** The first offset that may be read. */
  get logStartOffset(): number {
    return this.#contents.logStartOffset;
  }

  /** The offset that the next record gets. */
  get logEndOffset(): number {
    return this.#contents.logEndOffset;
  }

  /** Exclusive: records below it are durable as the log's mode promises. */
  get durableOffset(): number {
    return this.#tracker.durableOffset;
  }

  /**
   * Resolves when everything that is in the log now is durable as its mode promises: after a crash, what recovery
   * found may not be yet. Rejects with STORAGE_FAILED when it never will be.
   */
  whenDurable(): Promise<void> {
    return this.#tracker.last;
  }

  /** Exclusive: below it nothing needs to be scanned after a crash. It rises with `flush`. */
  get recoveryPoint(): number {
    return this.#contents.recoveryPoint;
  }

  /** Below it the log was compacted; what lies above is dirty. 0 when it never was. It rises with `compact`. */
  get firstDirtyOffset(): number {
    return this.#contents.firstDirtyOffset;
  }

  /** Bytes written since the last flush. */
  get unflushedBytes(): number {
    return this.#unflushedBytes;
  }

  /** Bytes of all segments, without their indexes. */
  get sizeBytes(): number {
    return this.#contents.segments.sizeBytes;
  }

  get segmentCount(): number {
    return this.#contents.segments.length;
  }

  /** The epoch of the last batch; −1 for none. */
  get latestLeaderEpoch(): number {
    return this.#contents.epochs.latestEpoch;
  }

  /** Producers whose sequences are remembered. */
  get producerCount(): number {
    return this.#contents.producers.size;
  }

  /** Part of the log is damaged: it takes no appends, and reads of the damaged ranges fail. */
  get isQuarantined(): boolean {
    return this.#contents.damaged.length > 0;
  }

  /** `close` was called. */
  get isClosed(): boolean {
    return this.#closing !== undefined;
  }

  /** Set when a disk operation failed for good: the log takes no appends. */
  get offline(): TidelogError | undefined {
    return this.#contents.offline;
  }

  /**
   * Appends one or more whole batches: all of them or none. They are checked (header and CRC), get their offsets
   * and the leader epoch, in place in `batches`, and are written at the end of this turn together with what else
   * was appended in it, in the order of the calls. The buffer may be used again when the promise has settled.
   *
   * Resolves when the batches are written and readable; `durable` of the result says when they are safe. Rejects
   * with CORRUPT_MESSAGE, INVALID_RECORD, INVALID_TIMESTAMP, MESSAGE_TOO_LARGE, RECORD_LIST_TOO_LARGE,
   * UNSUPPORTED_COMPRESSION_TYPE, UNSUPPORTED_FOR_MESSAGE_FORMAT; OUT_OF_ORDER_SEQUENCE_NUMBER,
   * DUPLICATE_SEQUENCE_NUMBER, INVALID_PRODUCER_EPOCH, UNKNOWN_PRODUCER_ID (producer-state.ts); DISK_FULL,
   * STORAGE_FAILED, KAFKA_STORAGE_ERROR (quarantined), CLOSED.
   */
  append(batches: Buffer, options: { readonly leaderEpoch: number }): Promise<AppendResult> {
    return this.#queue.append(batches, options);
  }

  /**
   * Reads whole batches from `fromOffset` on; the first one may begin before it. Empty at the end of the log.
   * Rejects with OFFSET_OUT_OF_RANGE, KAFKA_STORAGE_ERROR (damaged), CLOSED.
   */
  async read(options: ReadOptions): Promise<LogRead> {
    this.#checkOpen();
    return this.#reader.read(options);
  }

  /** The first record at or after a time (milliseconds since the Unix epoch); undefined when there is none. */
  async offsetForTimestamp(timestampMs: number): Promise<TimestampedOffset | undefined> {
    this.#checkOpen();
    return this.#search.firstAtOrAfter(timestampMs);
  }

  /** The first record with the largest timestamp (KIP-734); undefined when no record has one. */
  async maxTimestamp(): Promise<TimestampedOffset | undefined> {
    this.#checkOpen();
    return this.#search.largest();
  }

  /** Where a leader epoch ended (OffsetForLeaderEpoch, KIP-279). */
  endOffsetForEpoch(epoch: number): EpochEnd {
    return this.#contents.epochs.endOffsetFor(epoch, this.logEndOffset);
  }

  /** The leader epoch that wrote `offset`; −1: unknown. */
  epochAt(offset: number): number {
    return this.#contents.epochs.epochAt(offset);
  }

  /**
   * Moves the log start offset up to `offset`; what lies below can no longer be read and its segments go with the
   * next retention. Returns the log start offset. Throws OFFSET_OUT_OF_RANGE beyond the log end offset.
   */
  async deleteRecordsBefore(offset: number): Promise<number> {
    this.#checkWritable();
    const contents = this.#contents;
    if (!Number.isSafeInteger(offset) || offset < 0 || offset > contents.logEndOffset) {
      throw new TidelogError(
        'OFFSET_OUT_OF_RANGE',
        `records before offset ${offset} of log ${this.name} cannot be deleted: it ends at ${contents.logEndOffset}`,
      );
    }
    if (offset > contents.logStartOffset) await this.#retention.moveLogStart(offset);
    return contents.logStartOffset;
  }

  /**
   * Cuts the log: the batches from the one that holds `offset` on are gone, and so is what the producer state
   * knows of them. For replicas that parted from their leader. The whole log goes when `offset` is below its start.
   */
  async truncateTo(offset: number): Promise<void> {
    this.#checkWritable();
    await this.#queue.exclusive(async () => {
      if (offset >= this.logEndOffset) return;
      await this.#tracker.settled();
      await this.#recoveryPoint.serialized(async () => {
        this.#positions.clear();
        await this.#orOffline('cutting the log', () =>
          truncateLog(this.#contents, { offset, reader: this.#reader, deletion: this.#deletion }),
        );
        this.#positions.clear();
        this.#recoveryPoint.dropStatesAboveEnd();
        this.#tracker.resetTo(this.#contents.logEndOffset);
      });
    });
  }

  /**
   * Deletes the segments that are no longer to be kept (retention-policy.ts) and forgets idle producers. Segments
   * at or above the high watermark stay.
   */
  async applyRetention(
    nowMs: number,
    options: { readonly highWatermark: number },
  ): Promise<{ readonly deletedSegments: number }> {
    this.#checkWritable();
    const deletedSegments = await this.#retention.apply(nowMs, options);
    return { deletedSegments };
  }

  /**
   * How much of the log could be compacted, and whether it is due (compaction-policy.ts); undefined when its
   * cleanup.policy has no `compact` in it, or it is quarantined. May seal the active segment for
   * max.compaction.lag.ms. Rejects with CLOSED, STORAGE_FAILED.
   */
  async compactionNeed(options: {
    readonly nowMs: number;
    readonly highWatermark: number;
  }): Promise<CompactionNeed | undefined> {
    this.#checkWritable();
    return this.#cleaner.need(options);
  }

  /**
   * Compacts what may be compacted, due or not, in slices that leave the event loop to others; undefined when there
   * is nothing. A call while another one runs joins it. Closing, truncation, retention and a change of the policy go
   * first: the report then says `isAborted`. Rejects with KAFKA_STORAGE_ERROR at damage, CORRUPT_MESSAGE,
   * MESSAGE_TOO_LARGE and CODEC_UNAVAILABLE for a batch that cannot be decompressed, DISK_FULL, STORAGE_FAILED, CLOSED;
   * the log is then as it was, or in part compacted.
   */
  async compact(options: CompactionOptions): Promise<CompactionReport | undefined> {
    this.#checkWritable();
    return this.#cleaner.clean(options);
  }

  /** Seals the active segment and begins a new one; nothing when it is empty. */
  async roll(): Promise<void> {
    this.#checkWritable();
    await this.#queue.exclusive(async () => {
      if (this.#contents.segments.active.sizeBytes > 0) await this.#roll();
    });
  }

  /** Makes everything written so far durable in the log's own files and moves the recovery point there. */
  async flush(): Promise<void> {
    this.#checkOpen();
    await this.#flush();
  }

  /** Changes options from the next append on. Throws INVALID_CONFIG. */
  updateConfig(config: LogConfigInput): void {
    const { options } = this.#contents;
    const updated = checkedConfig(options, resolveLogConfig(config, `config of log ${this.name}`));
    const becomesFsync = updated.durability === 'fsync' && this.#contents.config.durability === 'page-cache';
    this.#contents.config = updated;
    // What was written under the weaker promise comes before all that is written under the stronger one.
    if (becomesFsync && this.#closing === undefined) this.#syncFirst();
  }

  /** Writes what waits, flushes, and gives up the files. Idempotent. Nothing may be called afterwards. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#contents.closed = new TidelogError('CLOSED', `log ${this.name} is closed`);
    const cleanerStopped = this.#cleaner.stop();
    await this.#queue.close(this.#contents.closed);
    await cleanerStopped;
    try {
      if (this.offline === undefined && !this.isQuarantined) {
        await this.#recoveryPoint.move({ isLast: true });
        this.#unflushedBytes = 0;
      }
    } finally {
      // Also when there was no space for a snapshot: a commit under way still needs its file.
      await this.#tracker.settled();
      await this.#deletion.close();
      for (const segment of this.#contents.segments) await segment.close();
    }
  }

  /** What a crashed process left in the page cache was never promised to be on disk. */
  #durableAtOpening(): number {
    const { config, logEndOffset, recoveryPoint, options, damaged } = this.#contents;
    const isDurable =
      config.durability === 'page-cache' || options.lastShutdown === 'clean' || damaged.length > 0;
    return isDurable ? logEndOffset : recoveryPoint;
  }

  /** Holds the durable offset until everything that is in the files is durable. */
  #syncFirst(): void {
    void this.#tracker.waitFor(this.logEndOffset, this.#recoveryPoint.syncData());
  }

  async #flush(): Promise<void> {
    const flushedBytes = this.#unflushedBytes;
    await this.#recoveryPoint.move();
    this.#unflushedBytes -= flushedBytes;
  }

  /** Runs while no append is written. */
  async #roll(): Promise<void> {
    const { segments, place, options } = this.#contents;
    const sealed = segments.active;
    // Else a power loss could keep the new segment and lose the one before it.
    await sealed.ensureCreated();
    const next = await Segment.create(place, sealed.nextOffset, options.clock.nowMs());
    sealed.sealIndexes();
    this.#recoveryPoint.noteRoll();
    segments.add(next);
    if (this.#closing === undefined) {
      this.#flush().catch((error: unknown) => {
        this.#contents.logger.warn({ log: this.name, err: error }, 'flushing a sealed segment failed');
      });
    }
  }

  #noteWritten(sizeBytes: number): void {
    const wasBelow = this.#unflushedBytes < FLUSH_WANTED_BYTES;
    this.#unflushedBytes += sizeBytes;
    if (wasBelow && this.#unflushedBytes >= FLUSH_WANTED_BYTES) this.#contents.options.onFlushWanted?.();
  }

  /** Runs what must not be left half done: when it fails, the log takes no appends any more. */
  async #orOffline<T>(what: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw this.#contents.goOffline(error, what);
    }
  }

  /** Throws CLOSED, or STORAGE_FAILED when the log is offline. */
  #checkWritable(): void {
    this.#checkOpen();
    if (this.offline !== undefined) throw this.offline;
  }

  #checkOpen(): void {
    if (this.#closing !== undefined) throw new TidelogError('CLOSED', `log ${this.name} is closed`);
  }
}

function checkedConfig(options: LogOptions, config: LogConfig): LogConfig {
  if (config.durability === 'fsync' && options.committer === undefined) {
    throw new TidelogError('INVALID_ARGUMENT', `log ${options.name}: durability fsync needs a committer`);
  }
  return config;
}
