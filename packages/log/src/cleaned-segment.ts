/**
 * Writes a cleaned segment, log and indexes, under names that end in `.cleaned`.
 *
 * Batches are gathered and written in pieces, and synced every few megabytes: one sync of a large file would hold up
 * those of the batches that clients wait for. What a crash leaves is removed when the log is opened; what `finish`
 * resolved for is durable but for the names.
 */
import { join } from 'node:path';
import { readBatchHeader } from '@tidelog/record';
import { TidelogError } from '@tidelog/record/errors';
import {
  CLEANED_SUFFIX,
  LOG_SUFFIX,
  OFFSET_INDEX_SUFFIX,
  segmentFileName,
  TIME_INDEX_SUFFIX,
} from './log-file-names.ts';
import { Segment, type SegmentPlace } from './segment.ts';

const WRITE_BYTES = 131072;
const SYNC_BYTES = 2 * 1024 * 1024;
/** Positions in an index are int32. */
const MAX_SEGMENT_BYTES = 2147483647;

export class CleanedSegmentWriter {
  readonly segment: Segment;
  readonly #indexIntervalBytes: number;
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #unsyncedBytes = 0;

  private constructor(segment: Segment, indexIntervalBytes: number) {
    this.segment = segment;
    this.#indexIntervalBytes = indexIntervalBytes;
  }

  /** Creates the files, in place of what an earlier attempt may have left. */
  static async create(
    place: SegmentPlace,
    options: { readonly baseOffset: number; readonly createdMs: number; readonly indexIntervalBytes: number },
  ): Promise<CleanedSegmentWriter> {
    const { baseOffset, createdMs, indexIntervalBytes } = options;
    await removeCleanedFiles(place, baseOffset);
    const segment = await Segment.create(place, baseOffset, createdMs, CLEANED_SUFFIX);
    return new CleanedSegmentWriter(segment, indexIntervalBytes);
  }

  /** Adds a whole batch, whose bytes are copied. Throws RECORD_LIST_TOO_LARGE when the file would pass 2 GiB. */
  append(bytes: Buffer): void {
    const { segment } = this;
    if (segment.sizeBytes + bytes.length > MAX_SEGMENT_BYTES) {
      throw new TidelogError(
        'RECORD_LIST_TOO_LARGE',
        `the cleaned segment ${segment.path} would grow beyond 2 GiB; lower segment.bytes of the topic`,
      );
    }
    const header = readBatchHeader(bytes);
    segment.noteBatch(header, {
      position: segment.sizeBytes,
      baseOffset: header.baseOffset,
      indexIntervalBytes: this.#indexIntervalBytes,
    });
    this.#pending.push(Buffer.from(bytes));
    this.#pendingBytes += bytes.length;
  }

  /** Bytes that the next `write` writes. */
  get pendingBytes(): number {
    return this.#pendingBytes;
  }

  /** So much waits that it should be written. */
  get wantsWrite(): boolean {
    return this.#pendingBytes >= WRITE_BYTES;
  }

  async write(): Promise<void> {
    if (this.#pendingBytes === 0) return;
    const { file, sizeBytes } = this.segment;
    const unpin = await file.pin();
    try {
      file.writevSync(this.#pending, sizeBytes - this.#pendingBytes);
    } finally {
      unpin();
    }
    this.#unsyncedBytes += this.#pendingBytes;
    this.#pending = [];
    this.#pendingBytes = 0;
    if (this.#unsyncedBytes < SYNC_BYTES) return;
    this.#unsyncedBytes = 0;
    await file.datasync();
  }

  /** Writes the rest and makes all of it durable. */
  async finish(): Promise<void> {
    const { segment } = this;
    await this.write();
    segment.sealIndexes();
    await segment.writeIndexes();
    await segment.file.sync();
    await segment.syncIndexes();
  }

  /** Removes the files. */
  async discard(): Promise<void> {
    await this.segment.close();
    await removeCleanedFiles(this.segment.place, this.segment.baseOffset);
  }
}

/** Removes what an earlier cleaning of this process may have left under the names of a cleaned segment. */
export async function removeCleanedFiles(place: SegmentPlace, baseOffset: number): Promise<void> {
  for (const suffix of [LOG_SUFFIX, OFFSET_INDEX_SUFFIX, TIME_INDEX_SUFFIX]) {
    const path = join(place.dir, segmentFileName(baseOffset, suffix) + CLEANED_SUFFIX);
    await place.fileSystem.unlink(path).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    });
  }
}
