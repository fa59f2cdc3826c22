/**
 * Producer state and leader epochs of a log, brought to an offset: from their files as far as those reach and are
 * whole, then from the headers of the batches, which carry all that is needed.
 */
import type { BatchHeader } from '@tidelog/record';
import { BatchScanner } from './batch-scanner.ts';
import { LeaderEpochCache } from './leader-epoch-cache.ts';
import type { ProducerSnapshotFiles } from './producer-snapshot-files.ts';
import { ProducerState } from './producer-state.ts';
import type { Segment } from './segment.ts';
import type { SegmentList } from './segment-list.ts';

export class StateReplay {
  readonly producers: ProducerState;
  readonly snapshots: ProducerSnapshotFiles;
  readonly epochs: LeaderEpochCache;
  readonly #segments: SegmentList;
  readonly #epochsAreKnown: boolean;
  readonly #nowMs: number;

  constructor(parts: {
    readonly segments: SegmentList;
    readonly snapshots: ProducerSnapshotFiles;
    /** undefined: the file is missing or damaged, and the epochs are found in the batches. */
    readonly epochs: LeaderEpochCache | undefined;
    /** The state to fill; a new one unless given. */
    readonly producers?: ProducerState;
    /** When producers count as last seen that are known from batches alone. */
    readonly nowMs: number;
  }) {
    this.#segments = parts.segments;
    this.#epochsAreKnown = parts.epochs !== undefined;
    this.#nowMs = parts.nowMs;
    this.producers = parts.producers ?? new ProducerState();
    this.epochs = parts.epochs ?? new LeaderEpochCache();
    this.snapshots = parts.snapshots;
  }

  /** Takes in one batch, the next one of the log. */
  apply(header: BatchHeader): void {
    this.producers.apply(header, { baseOffset: header.baseOffset, nowMs: this.#nowMs });
    this.epochs.assign(header.partitionLeaderEpoch, header.baseOffset);
  }

  /** Brings both, from nothing, to the state before `offset`, below which files and batches can be trusted. */
  async upTo(offset: number): Promise<void> {
    this.epochs.truncateFromEnd(offset);
    const begin = this.#segments.first.baseOffset;
    const snapshot = await this.snapshots.loadNewest({ minOffset: begin, limitOffset: offset }, this.#nowMs);
    for (const entry of snapshot?.entries ?? []) this.producers.put(entry);
    const producersFrom = snapshot?.offset ?? begin;
    const from = this.#epochsAreKnown ? producersFrom : begin;
    if (from >= offset) return;
    await this.#walk({ from, to: offset }, (header) => {
      this.epochs.assign(header.partitionLeaderEpoch, header.baseOffset);
      if (header.baseOffset < producersFrom) return;
      this.producers.apply(header, { baseOffset: header.baseOffset, nowMs: this.#nowMs });
    });
  }

  /** Reads the headers of a range of offsets. Damage ends a segment's part early: judging it is the scan's part. */
  async #walk(range: { from: number; to: number }, onBatch: (header: BatchHeader) => void): Promise<void> {
    let index = Math.max(0, this.#segments.indexOf(range.from));
    for (; index < this.#segments.length; index++) {
      const segment = this.#segments.at(index) as Segment;
      if (segment.baseOffset >= range.to) return;
      const { offset } = await segment.indexes();
      const entry = await offset.floor(range.from);
      const scanner = new BatchScanner({
        file: segment.file,
        position: entry?.position ?? 0,
        endPosition: segment.sizeBytes,
        verifyCrc: false,
      });
      for (;;) {
        const step = scanner.next() ?? (await scanner.fill());
        if (step.kind !== 'batch' || step.header.baseOffset >= range.to) break;
        if (step.header.baseOffset >= range.from) onBatch(step.header);
      }
    }
  }
}
