/**
 * What of one partition may be committed while its records are finished in any order: only the offset behind the
 * longest run of records, from the first one on, that are all finished.
 *
 *   handed out:   10 ✓   11 ✓   12 …   13 ✓   14 …        the next offset to be committed is 12
 *
 * "In order" is the order in which records were handed out. That is the order of their offsets until reading goes
 * on elsewhere, and stays right where offsets have gaps (compaction, markers) or start again lower.
 *
 * Invariant: a record that was not finished, and everything behind it, is never part of the run. Pure.
 */

/** A record that was handed out, and what its user wants to remember with it. */
export interface OffsetSlot<T = undefined> {
  readonly offset: number;
  /** What may be committed once this and all before it are finished. */
  readonly nextOffset: number;
  readonly note: T;
  isDone: boolean;
}

/** Slots behind the front are moved up when this many at the front are finished. */
const COMPACT_AT = 1_024;

export class ContiguousOffsets<T = undefined> {
  #slots: OffsetSlot<T>[] = [];
  /** The first slot that is not part of the run. */
  #front = 0;

  /** How many records were handed out and are not part of the run, finished or not. */
  get openCount(): number {
    return this.#slots.length - this.#front;
  }

  /** The offset of the first record that is not finished; undefined when all are. */
  get firstOpenOffset(): number | undefined {
    return this.#slots[this.#front]?.offset;
  }

  /** A record is handed out. */
  handOut(offset: number, note: T): OffsetSlot<T> {
    const slot: OffsetSlot<T> = { offset, nextOffset: offset + 1, note, isDone: false };
    this.#slots.push(slot);
    return slot;
  }

  /**
   * A record is finished. Returns the last record of the run: its `nextOffset` may be committed now. Undefined when
   * the run has not grown.
   */
  finish(slot: OffsetSlot<T>): OffsetSlot<T> | undefined {
    slot.isDone = true;
    return this.#advance();
  }

  /** There is nothing to hand out below `nextOffset` any more. Returns as `finish`. */
  skipTo(nextOffset: number, note: T): OffsetSlot<T> | undefined {
    this.#slots.push({ offset: nextOffset, nextOffset, note, isDone: true });
    return this.#advance();
  }

  #advance(): OffsetSlot<T> | undefined {
    let last: OffsetSlot<T> | undefined;
    for (let slot = this.#slots[this.#front]; slot?.isDone === true; slot = this.#slots[this.#front]) {
      last = slot;
      this.#front += 1;
    }
    if (this.#front === this.#slots.length || this.#front >= COMPACT_AT) {
      this.#slots = this.#slots.slice(this.#front);
      this.#front = 0;
    }
    return last;
  }
}
