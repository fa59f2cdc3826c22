/**
 * The sparse index of a segment from timestamp to offset, in Kafka's format (`.timeindex`; KIP-33).
 *
 * Entries of 12 bytes, big-endian, rising in both fields:
 *
 *     int64 timestampMs      largest timestamp of the segment up to this offset
 *     int32 relativeOffset   last offset of the batch that brought it − base offset of the segment
 *
 * An entry (T, O) says: no record before O's batch has a timestamp of T or more. One is added with each entry of
 * the offset index when the largest timestamp has grown since, and one when the segment is sealed, so that the
 * last entry of a sealed segment is its largest timestamp. Worked example, base offset 100: batches 100–109 with
 * times up to 5,000 and 110–119 up to 4,000 give one entry (5000, 9), `0000000000001388 00000009`. A search for
 * time 4,500 finds no entry at or before it and walks from the segment's start; one for 6,000 finds (5000, 9),
 * walks from the batch that holds offset 109 and finds nothing.
 *
 * Crash policy: as the offset index. A wrong entry would give a wrong answer unseen, so entries are trusted only
 * below the recovery point, before which they were synced; the others are made again by the scan.
 */
import type { FilePool } from './file-pool.ts';
import { IndexFile } from './index-file.ts';

export const TIME_INDEX_ENTRY_BYTES = 12;

export interface TimeIndexEntry {
  /** Milliseconds since the Unix epoch. */
  readonly timestampMs: number;
  /** Last offset of the batch that holds it, absolute. */
  readonly offset: number;
}

export class TimeIndex {
  readonly #entries: IndexFile;
  readonly #baseOffset: number;
  readonly #maxEntries: number;
  /** Timestamp of the last entry; −1 for none. Known once `last` was called on an existing file. */
  #lastTimestampMs = -1;

  /** `sizeBytes` is the size of the file to be trusted; undefined when there is none. */
  constructor(options: {
    readonly path: string;
    readonly baseOffset: number;
    readonly files: FilePool;
    readonly sizeBytes: number | undefined;
    /** Largest file (segment.index.bytes). */
    readonly maxBytes: number;
  }) {
    this.#entries = new IndexFile({ ...options, entryBytes: TIME_INDEX_ENTRY_BYTES });
    this.#baseOffset = options.baseOffset;
    this.#maxEntries = Math.floor(options.maxBytes / TIME_INDEX_ENTRY_BYTES);
  }

  get count(): number {
    return this.#entries.count;
  }

  /** Whether there is a file. */
  get exists(): boolean {
    return this.#entries.exists;
  }

  /** Entries that still fit, one kept back for the sealing of the segment. */
  get roomEntries(): number {
    return Math.max(0, this.#maxEntries - 1 - this.#entries.count);
  }

  get isSynced(): boolean {
    return this.#entries.isSynced;
  }

  get wantsWrite(): boolean {
    return this.#entries.wantsWrite;
  }

  /** Adds an entry when its timestamp is larger than the last one's. `isLast`: the segment is being sealed. */
  add(entry: TimeIndexEntry, options: { readonly isLast?: boolean } = {}): void {
    if (entry.timestampMs <= this.#lastTimestampMs) return;
    if (this.roomEntries === 0 && options.isLast !== true) return;
    const { bytes, position } = this.#entries.append();
    bytes.writeBigInt64BE(BigInt(entry.timestampMs), position);
    bytes.writeInt32BE(entry.offset - this.#baseOffset, position + 8);
    this.#lastTimestampMs = entry.timestampMs;
  }

  /** The last entry whose timestamp is at most `timestampMs`. */
  async floor(timestampMs: number): Promise<TimeIndexEntry | undefined> {
    const target = BigInt(timestampMs);
    return this.#decode(
      await this.#entries.findLast((bytes, at) => bytes.readBigInt64BE(at) <= target && !isZero(bytes, at)),
    );
  }

  /** Call it once after opening an existing file that is to be added to. */
  async last(): Promise<TimeIndexEntry | undefined> {
    const index = this.#entries.count - 1;
    const bytes = index < 0 ? undefined : await this.#entries.entry(index);
    const entry = this.#decode(bytes === undefined ? undefined : { bytes });
    this.#lastTimestampMs = entry?.timestampMs ?? -1;
    return entry;
  }

  /** Drops the entries of batches from `offset` on. */
  async truncateToOffset(offset: number): Promise<void> {
    const relativeOffset = offset - this.#baseOffset;
    const kept = await this.#entries.findLast(
      (bytes, at) => bytes.readInt32BE(at + 8) < relativeOffset && !isZero(bytes, at),
    );
    await this.#entries.truncate(kept === undefined ? 0 : kept.index + 1);
    await this.last();
  }

  async clear(): Promise<void> {
    await this.#entries.truncate(0);
    this.#lastTimestampMs = -1;
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

  #decode(found: { readonly bytes: Buffer } | undefined): TimeIndexEntry | undefined {
    if (found === undefined) return undefined;
    return {
      timestampMs: Number(found.bytes.readBigInt64BE(0)),
      offset: this.#baseOffset + found.bytes.readInt32BE(8),
    };
  }
}

/** Zeros at the end of a file are room that was allocated or lost, not an entry. */
function isZero(bytes: Buffer, at: number): boolean {
  return bytes.readInt32BE(at) === 0 && bytes.readInt32BE(at + 4) === 0 && bytes.readInt32BE(at + 8) === 0;
}
