/**
 * The sparse index of a segment from offset to position, in Kafka's format (`.index`).
 *
 * Entries of 8 bytes, big-endian, rising in both fields:
 *
 *     int32 relativeOffset   last offset of a batch − base offset of the segment
 *     int32 position         where that batch begins in the .log file
 *
 * An entry is made for a batch when more than `index.interval.bytes` lie between it and the batch of the entry
 * before. Worked example, a segment with base offset 100 and the batches 100–109 at 0 (6,000 bytes), 110–114 at
 * 6,000 (300 bytes) and 115–119 at 6,300: the second batch gets an entry (14, 6000), `0000000e 00001770`, since
 * 6,000 > 4,096 bytes came before it; the third gets none. To find offset 117: the last entry at or before it is
 * (114, 6000); the walk begins at 6,000 and passes one batch.
 *
 * Crash policy: entries below the recovery point were synced before the recovery point was; the others are
 * dropped and made again by the scan. A reader verifies that the batch at a position ends at the entry's offset,
 * and else has the index rebuilt: a damaged index costs time, never a wrong answer. No entry has position 0 (the
 * first batch needs none), so the zeros that Kafka allocates beforehand, and those of a power loss, are no entries.
 */
import type { FilePool } from './file-pool.ts';
import { IndexFile } from './index-file.ts';

export const OFFSET_INDEX_ENTRY_BYTES = 8;

export interface OffsetIndexEntry {
  /** Last offset of the batch, absolute. */
  readonly offset: number;
  /** First byte of the batch in the segment file. */
  readonly position: number;
}

export class OffsetIndex {
  readonly #entries: IndexFile;
  readonly #baseOffset: number;
  readonly #maxEntries: number;

  /** `sizeBytes` is the size of the file to be trusted; undefined when there is none. */
  constructor(options: {
    readonly path: string;
    readonly baseOffset: number;
    readonly files: FilePool;
    readonly sizeBytes: number | undefined;
    /** Largest file (segment.index.bytes). */
    readonly maxBytes: number;
  }) {
    this.#entries = new IndexFile({ ...options, entryBytes: OFFSET_INDEX_ENTRY_BYTES });
    this.#baseOffset = options.baseOffset;
    this.#maxEntries = Math.floor(options.maxBytes / OFFSET_INDEX_ENTRY_BYTES);
  }

  get count(): number {
    return this.#entries.count;
  }

  /** Entries that still fit. */
  get roomEntries(): number {
    return Math.max(0, this.#maxEntries - this.#entries.count);
  }

  get isSynced(): boolean {
    return this.#entries.isSynced;
  }

  get wantsWrite(): boolean {
    return this.#entries.wantsWrite;
  }

  /** Adds an entry behind the last one; when the index is full it is left out, which only makes searches longer. */
  add(entry: OffsetIndexEntry): void {
    if (this.roomEntries === 0) return;
    const { bytes, position } = this.#entries.append();
    bytes.writeInt32BE(entry.offset - this.#baseOffset, position);
    bytes.writeInt32BE(entry.position, position + 4);
  }

  /** The last entry whose offset is at most `offset`. */
  async floor(offset: number): Promise<OffsetIndexEntry | undefined> {
    const relativeOffset = offset - this.#baseOffset;
    return this.#decode(
      await this.#entries.findLast(
        (bytes, at) => bytes.readInt32BE(at) <= relativeOffset && bytes.readInt32BE(at + 4) > 0,
      ),
    );
  }

  async last(): Promise<OffsetIndexEntry | undefined> {
    const index = this.#entries.count - 1;
    if (index < 0) return undefined;
    const bytes = await this.#entries.entry(index);
    return this.#decode(bytes === undefined ? undefined : { bytes });
  }

  /** Drops the entries whose batch begins at `position` or after it. */
  async truncateToPosition(position: number): Promise<void> {
    const kept = await this.#entries.findLast((bytes, at) => {
      const entryPosition = bytes.readInt32BE(at + 4);
      return entryPosition > 0 && entryPosition < position;
    });
    await this.#entries.truncate(kept === undefined ? 0 : kept.index + 1);
  }

  clear(): Promise<void> {
    return this.#entries.truncate(0);
  }

  write(): Promise<void> {
    return this.#entries.write();
  }

  sync(): Promise<void> {
    return this.#entries.sync();
  }

  close(): Promise<void> {
    return this.#entries.close();
  }

  #decode(found: { readonly bytes: Buffer } | undefined): OffsetIndexEntry | undefined {
    if (found === undefined) return undefined;
    return {
      offset: this.#baseOffset + found.bytes.readInt32BE(0),
      position: found.bytes.readInt32BE(4),
    };
  }
}
