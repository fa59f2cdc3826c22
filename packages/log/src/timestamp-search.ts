/**
 * Finds records by time: the first at or after a timestamp, and the one with the largest. The time index leads to
 * a segment and a position; from there batches are walked by their headers, and one batch is read to find the
 * record.
 */
import { RecordBatch } from '@tidelog/record';
import { BatchScanner } from './batch-scanner.ts';
import type { LogContents } from './log-contents.ts';
import type { LogReader } from './log-reader.ts';
import type { Segment } from './segment.ts';

/** A record found by its time. */
export interface TimestampedOffset {
  readonly offset: number;
  /** The record's timestamp, milliseconds since the Unix epoch. */
  readonly timestampMs: number;
  /** The leader epoch of its batch; −1: unknown. */
  readonly leaderEpoch: number;
}

interface Batch {
  readonly segment: Segment;
  readonly position: number;
}

export class TimestampSearch {
  readonly #contents: LogContents;
  readonly #reader: LogReader;

  constructor(contents: LogContents, reader: LogReader) {
    this.#contents = contents;
    this.#reader = reader;
  }

  /** The first record from the log start offset on whose timestamp is at least `timestampMs`. */
  firstAtOrAfter(timestampMs: number): Promise<TimestampedOffset | undefined> {
    return this.#undisturbed(() => this.#firstAtOrAfter(timestampMs));
  }

  /** The first record with the largest timestamp of the log; undefined when no record has one. */
  largest(): Promise<TimestampedOffset | undefined> {
    return this.#undisturbed(() => this.#largest());
  }

  /** Searches again when cleaned segments came in the place of others meanwhile: file and index may not fit. */
  async #undisturbed<T>(search: () => Promise<T>): Promise<T> {
    for (;;) {
      await this.#contents.swapping;
      const { swapCount } = this.#contents;
      try {
        const found = await search();
        if (swapCount === this.#contents.swapCount) return found;
      } catch (error) {
        if (swapCount === this.#contents.swapCount) throw error;
      }
    }
  }

  async #firstAtOrAfter(timestampMs: number): Promise<TimestampedOffset | undefined> {
    const { segments, logStartOffset } = this.#contents;
    for (const segment of segments.toArray().slice(Math.max(0, segments.indexOf(logStartOffset)))) {
      const found = await ifPresent(segment, async () => {
        if ((await segment.maxTimestamp()).timestampMs < timestampMs) return undefined;
        return this.#searchSegment(segment, timestampMs);
      });
      if (found !== undefined) return found;
    }
    return undefined;
  }

  async #largest(): Promise<TimestampedOffset | undefined> {
    let largest: { timestampMs: number; segment: Segment } | undefined;
    for (const segment of this.#contents.segments.toArray()) {
      const max = await ifPresent(segment, () => segment.maxTimestamp());
      if (max !== undefined && max.timestampMs > (largest?.timestampMs ?? -1)) {
        largest = { timestampMs: max.timestampMs, segment };
      }
    }
    if (largest === undefined) return undefined;
    const { segment, timestampMs } = largest;
    return ifPresent(segment, () => this.#searchSegment(segment, timestampMs));
  }

  async #searchSegment(segment: Segment, timestampMs: number): Promise<TimestampedOffset | undefined> {
    const { offset, time } = await segment.indexes();
    const { logStartOffset } = this.#contents;
    const entry = await time.floor(timestampMs);
    const start = entry === undefined ? undefined : await offset.floor(entry.offset);
    const scanner = new BatchScanner({
      file: segment.file,
      position: start?.position ?? 0,
      endPosition: segment.sizeBytes,
      verifyCrc: false,
    });
    for (;;) {
      const step = scanner.next() ?? (await scanner.fill());
      // A damaged part is passed over to the next segment; a read of it says what is wrong.
      if (step.kind !== 'batch') return undefined;
      const { header, position } = step;
      if (header.maxTimestampMs < timestampMs || header.lastOffset < logStartOffset) continue;
      if (header.isControl || header.recordCount === 0) continue;
      const found = await this.#searchBatch(
        { segment, position },
        { timestampMs, sizeBytes: header.sizeBytes },
      );
      if (found !== undefined) return found;
    }
  }

  async #searchBatch(
    at: Batch,
    search: { readonly timestampMs: number; readonly sizeBytes: number },
  ): Promise<TimestampedOffset | undefined> {
    const read = await this.#reader.readBatch(at, search.sizeBytes);
    try {
      const batch = RecordBatch.read(read.buffer);
      if (batch.header.compression !== 'none') await batch.decompress();
      for (const record of batch) {
        if (record.timestampMs < search.timestampMs || record.offset < this.#contents.logStartOffset)
          continue;
        const { offset, timestampMs } = record;
        return { offset, timestampMs, leaderEpoch: batch.header.partitionLeaderEpoch };
      }
      return undefined;
    } finally {
      read.release();
    }
  }
}

/** A segment that retention takes away during the search has nothing to be found any more. */
async function ifPresent<T>(segment: Segment, search: () => Promise<T>): Promise<T | undefined> {
  try {
    return await search();
  } catch (error) {
    if (segment.isDeleted) return undefined;
    throw error;
  }
}
