/**
 * One segment: a file of batches with its two indexes. Knows positions and sizes; what a batch means for the log
 * is decided above.
 *
 * States: active (the last of its log, appended to) → sealed (never written again) → deleted (renamed, then
 * removed; reads that hold its descriptor still end well).
 *
 * Invariants: `sizeBytes` is the end of the last whole batch, `nextOffset` the offset after it; bytes of the file
 * beyond `sizeBytes` are garbage of a failed write. A segment's file and its name are durable before any of its
 * batches may count as durable (`ensureCreated`).
 */
import { join } from 'node:path';
import type { BatchHeader } from '@tidelog/record';
import type { CommitFile } from './durability.ts';
import type { FilePool, PooledFile } from './file-pool.ts';
import type { FileSystem } from './file-system.ts';
import { LOG_SUFFIX, OFFSET_INDEX_SUFFIX, segmentFileName, TIME_INDEX_SUFFIX } from './log-file-names.ts';
import { OffsetIndex } from './offset-index.ts';
import { lacksDescriptors } from './storage-error.ts';
import { TimeIndex } from './time-index.ts';

/** What the segments of one log share. */
export interface SegmentPlace {
  readonly dir: string;
  readonly partitionDir: string;
  readonly fileSystem: FileSystem;
  readonly files: FilePool;
  /** segment.index.bytes as of now. */
  readonly segmentIndexBytes: () => number;
}

/** The largest timestamp of a range and the last offset of the batch that holds it. */
export interface MaxTimestamp {
  /** −1: no batch has a timestamp. */
  readonly timestampMs: number;
  readonly offset: number;
}

const NO_TIMESTAMP: MaxTimestamp = { timestampMs: -1, offset: -1 };

export class Segment implements CommitFile {
  readonly place: SegmentPlace;
  readonly baseOffset: number;
  readonly file: PooledFile;
  /** End of the last whole batch. */
  sizeBytes: number;
  /** Offset after the last batch. */
  nextOffset: number;
  /** When the segment was created, or its file last written when it was found on disk. */
  createdMs: number;
  /** Largest timestamp of its first batch; undefined while empty, or when it was not read yet. */
  firstTimestampMs: number | undefined;
  isDeleted = false;
  /** What comes behind the names of its files: nothing, or `.cleaned` while a cleaning writes it. */
  readonly extension: string;
  /** Bytes from here on were written by this process, so they are in the page cache. */
  readonly writtenFromPosition: number;
  #isCreated: boolean;
  #maxTimestamp: MaxTimestamp | undefined;
  #bytesSinceIndexEntry = 0;
  #indexes: { offset: OffsetIndex; time: TimeIndex } | undefined;
  #created: Promise<void> | undefined;

  constructor(options: {
    readonly place: SegmentPlace;
    readonly baseOffset: number;
    readonly file: PooledFile;
    readonly sizeBytes: number;
    readonly nextOffset: number;
    readonly createdMs: number;
    /** The file was just created: it is empty and has no indexes. */
    readonly isNew: boolean;
    /** The file's name is known to be durable. */
    readonly isCreated: boolean;
    readonly extension?: string;
  }) {
    this.extension = options.extension ?? '';
    this.place = options.place;
    this.baseOffset = options.baseOffset;
    this.file = options.file;
    this.sizeBytes = options.sizeBytes;
    this.nextOffset = options.nextOffset;
    this.createdMs = options.createdMs;
    this.writtenFromPosition = options.sizeBytes;
    this.#isCreated = options.isCreated;
    if (options.isNew) {
      this.#maxTimestamp = NO_TIMESTAMP;
      this.#indexes = this.#makeIndexes({ offsetBytes: undefined, timeBytes: undefined });
    }
  }

  get partitionDir(): string {
    return this.place.partitionDir;
  }

  get segmentBaseOffset(): number {
    return this.baseOffset;
  }

  get path(): string {
    return this.file.path;
  }

  handle(): Promise<PooledFile> {
    return Promise.resolve(this.file);
  }

  /** Path of another file of this segment. */
  pathOf(suffix: string): string {
    return join(this.place.dir, segmentFileName(this.baseOffset, suffix) + this.extension);
  }

  /** Creates the file of a new segment. Throws EEXIST when there is one. */
  static async create(
    place: SegmentPlace,
    baseOffset: number,
    nowMs: number,
    extension: string = '',
  ): Promise<Segment> {
    const path = join(place.dir, segmentFileName(baseOffset, LOG_SUFFIX) + extension);
    const file = await place.files.open(path, 'create');
    return new Segment({
      place,
      baseOffset,
      file,
      sizeBytes: 0,
      nextOffset: baseOffset,
      createdMs: nowMs,
      isNew: true,
      isCreated: false,
      extension,
    });
  }

  /** Whether the file and its name are durable. */
  get isCreated(): boolean {
    return this.#isCreated;
  }

  /**
   * Makes the segment's file and name durable: file first, then directory. Once; later calls share it, and its failure,
   * unless that was for want of descriptors.
   */
  async ensureCreated(): Promise<void> {
    if (this.#isCreated) return;
    this.#created ??= this.file.sync().then(() => this.place.fileSystem.syncDirectory(this.place.dir));
    try {
      await this.#created;
    } catch (error) {
      if (lacksDescriptors(error)) this.#created = undefined;
      throw error;
    }
    this.#isCreated = true;
  }

  /** Both indexes; for a segment found on disk their sizes are looked up once. */
  async indexes(): Promise<{ readonly offset: OffsetIndex; readonly time: TimeIndex }> {
    if (this.#indexes !== undefined) return this.#indexes;
    const [offsetStat, timeStat] = await Promise.all([
      this.place.fileSystem.stat(this.pathOf(OFFSET_INDEX_SUFFIX)),
      this.place.fileSystem.stat(this.pathOf(TIME_INDEX_SUFFIX)),
    ]);
    this.#indexes ??= this.#makeIndexes({
      offsetBytes: offsetStat?.sizeBytes,
      timeBytes: timeStat?.sizeBytes,
    });
    return this.#indexes;
  }

  /** The indexes of the active segment, which are always there. */
  get openIndexes(): { readonly offset: OffsetIndex; readonly time: TimeIndex } {
    if (this.#indexes === undefined) throw new Error(`the indexes of ${this.path} were not opened`);
    return this.#indexes;
  }

  /** Entries that both indexes still take. */
  get indexRoomEntries(): number {
    const { offset, time } = this.openIndexes;
    return Math.min(offset.roomEntries, time.roomEntries);
  }

  /** Takes note of a batch that lies at `position` in the file, and indexes it when it is time for an entry. */
  noteBatch(
    header: BatchHeader,
    batch: { readonly position: number; readonly baseOffset: number; readonly indexIntervalBytes: number },
  ): void {
    const lastOffset = batch.baseOffset + header.lastOffsetDelta;
    const known = this.#maxTimestamp ?? NO_TIMESTAMP;
    // No record of an empty batch has its timestamp.
    if (header.maxTimestampMs > known.timestampMs && header.recordCount > 0) {
      this.#maxTimestamp = { timestampMs: header.maxTimestampMs, offset: lastOffset };
    }
    if (batch.position === 0 && header.maxTimestampMs >= 0) this.firstTimestampMs = header.maxTimestampMs;
    if (this.#bytesSinceIndexEntry > batch.indexIntervalBytes) {
      const { offset, time } = this.openIndexes;
      offset.add({ offset: lastOffset, position: batch.position });
      this.#addTimeEntry(time, { isLast: false });
      this.#bytesSinceIndexEntry = 0;
    }
    this.#bytesSinceIndexEntry += header.sizeBytes;
    this.sizeBytes = batch.position + header.sizeBytes;
    this.nextOffset = lastOffset + 1;
  }

  /** Largest timestamp of the segment, from the end of its time index when it was not seen being written. */
  async maxTimestamp(): Promise<MaxTimestamp> {
    if (this.#maxTimestamp !== undefined) return this.#maxTimestamp;
    const { time } = await this.indexes();
    const last = await time.last();
    this.#maxTimestamp ??= last ?? NO_TIMESTAMP;
    return this.#maxTimestamp;
  }

  /** What the segment holds so far, known without reading; undefined for a sealed one that was not asked yet. */
  get knownMaxTimestamp(): MaxTimestamp | undefined {
    return this.#maxTimestamp;
  }

  /** Sets the state that a walk continues from: after opening, truncating or before rebuilding. */
  resetNotes(notes: { maxTimestamp: MaxTimestamp | undefined; bytesSinceIndexEntry: number }): void {
    this.#maxTimestamp = notes.maxTimestamp;
    this.#bytesSinceIndexEntry = notes.bytesSinceIndexEntry;
  }

  /** Writes index entries that wait in memory once there are many of them. Failures are kept for the next `sync`. */
  writeIndexesWhenDue(): void {
    const { offset, time } = this.openIndexes;
    if (offset.wantsWrite) offset.write().catch(ignore);
    if (time.wantsWrite) time.write().catch(ignore);
  }

  /** The last time entry of a segment that is not appended to any more. */
  sealIndexes(): void {
    this.#addTimeEntry(this.openIndexes.time, { isLast: true });
  }

  /** Whether there is nothing that `syncIndexes` would make durable, as far as the indexes were opened. */
  get hasSyncedIndexes(): boolean {
    return this.#indexes === undefined || (this.#indexes.offset.isSynced && this.#indexes.time.isSynced);
  }

  /** Writes what waits in memory of the indexes, and so creates their files. */
  async writeIndexes(): Promise<void> {
    if (this.isDeleted) return;
    const { offset, time } = await this.indexes();
    await offset.write();
    await time.write();
  }

  /** Makes the indexes durable as far as they go. Their names: by the caller's sync of the directory. */
  async syncIndexes(): Promise<void> {
    if (this.isDeleted) return;
    const { offset, time } = await this.indexes();
    await offset.sync();
    await time.sync();
  }

  /** Leaves the descriptors to others; the segment may be used again only when it is not active. */
  async close(): Promise<void> {
    await this.file.close();
    await this.#indexes?.offset.close();
    await this.#indexes?.time.close();
  }

  #addTimeEntry(time: TimeIndex, options: { isLast: boolean }): void {
    const max = this.#maxTimestamp;
    if (max === undefined || max.timestampMs < 0) return;
    time.add({ timestampMs: max.timestampMs, offset: max.offset }, options);
  }

  #makeIndexes(sizes: { offsetBytes: number | undefined; timeBytes: number | undefined }): {
    offset: OffsetIndex;
    time: TimeIndex;
  } {
    const shared = {
      baseOffset: this.baseOffset,
      files: this.place.files,
      maxBytes: this.place.segmentIndexBytes(),
    };
    return {
      offset: new OffsetIndex({
        ...shared,
        path: this.pathOf(OFFSET_INDEX_SUFFIX),
        sizeBytes: sizes.offsetBytes,
      }),
      time: new TimeIndex({ ...shared, path: this.pathOf(TIME_INDEX_SUFFIX), sizeBytes: sizes.timeBytes }),
    };
  }
}

function ignore(): void {
  // The entries still wait in memory; the next write tries again and the log's flush reports the failure.
}
