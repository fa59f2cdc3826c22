/**
 * Where batches begin that are likely to be asked for next: the end of the last reads and writes. A reader that
 * follows the log finds its position here, without the index and without a walk.
 *
 * Invariant: an entry is exact, or its segment is no longer part of the log; the log forgets all of them when it
 * is cut.
 */
import type { Segment } from './segment.ts';

const MAX_POSITIONS = 32;

export interface ReadPosition {
  readonly segment: Segment;
  readonly position: number;
}

export class ReadPositions {
  /** By offset, the oldest first. */
  readonly #positions = new Map<number, ReadPosition>();

  /** The batch with base offset `offset` begins, or will begin, at `position` of the segment. */
  note(offset: number, segment: Segment, position: number): void {
    this.#positions.delete(offset);
    this.#positions.set(offset, { segment, position });
    if (this.#positions.size <= MAX_POSITIONS) return;
    for (const oldest of this.#positions.keys()) {
      this.#positions.delete(oldest);
      break;
    }
  }

  find(offset: number): ReadPosition | undefined {
    return this.#positions.get(offset);
  }

  clear(): void {
    this.#positions.clear();
  }
}
