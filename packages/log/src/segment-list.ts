/**
 * The segments of a log in the order of their base offsets. The last one is active, the others are sealed.
 *
 * Invariants: never empty once the log is open; base offsets rise strictly; a sealed segment's `nextOffset` is the
 * base offset of the next one, unless a damaged range lies between them. In a compacted log its last batch may end
 * before that.
 */
import type { Segment } from './segment.ts';

export class SegmentList {
  readonly #segments: Segment[];

  constructor(segments: readonly Segment[] = []) {
    this.#segments = [...segments];
  }

  get length(): number {
    return this.#segments.length;
  }

  get first(): Segment {
    return this.#at(0);
  }

  get active(): Segment {
    return this.#at(this.#segments.length - 1);
  }

  /** Bytes of all segments together. */
  get sizeBytes(): number {
    let sizeBytes = 0;
    for (const segment of this.#segments) sizeBytes += segment.sizeBytes;
    return sizeBytes;
  }

  [Symbol.iterator](): IterableIterator<Segment> {
    return this.#segments.values();
  }

  toArray(): Segment[] {
    return [...this.#segments];
  }

  at(index: number): Segment | undefined {
    return this.#segments[index];
  }

  /** Index of the last segment that begins at or before `offset`; −1 when all begin after it. */
  indexOf(offset: number): number {
    let low = 0;
    let high = this.#segments.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#at(middle).baseOffset <= offset) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** The segment that follows, in which reading goes on. */
  after(segment: Segment): Segment | undefined {
    return this.#segments[this.indexOf(segment.baseOffset) + 1];
  }

  add(segment: Segment): void {
    this.#segments.push(segment);
  }

  replaceAll(segment: Segment): void {
    this.#segments.splice(0, this.#segments.length, segment);
  }

  /** Puts one segment in the place of neighbours that are in the list. */
  replace(replaced: readonly Segment[], by: Segment): void {
    const [first] = replaced;
    if (first !== undefined) this.#segments.splice(this.#segments.indexOf(first), replaced.length, by);
  }

  includes(segment: Segment): boolean {
    return this.#segments.includes(segment);
  }

  removeFirst(): Segment | undefined {
    return this.#segments.shift();
  }

  removeLast(): Segment | undefined {
    return this.#segments.pop();
  }

  #at(index: number): Segment {
    const segment = this.#segments[index];
    if (segment === undefined) throw new RangeError(`the log has no segment number ${index}`);
    return segment;
  }
}
