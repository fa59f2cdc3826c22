/**
 * Virtual time: a list of what happens when. Nothing waits; `runUntil` makes one thing happen after the other, those
 * of one moment in the order in which they were put in.
 */
export class VirtualSchedule {
  #nowMs = 0;
  #order = 0;
  readonly #heap: Planned[] = [];

  get nowMs(): number {
    return this.#nowMs;
  }

  /** Makes it happen after so many milliseconds. */
  after(delayMs: number, happen: () => void): void {
    const planned = { atMs: this.#nowMs + Math.max(0, delayMs), order: this.#order++, happen };
    const heap = this.#heap;
    heap.push(planned);
    for (let at = heap.length - 1; at > 0;) {
      const parent = (at - 1) >> 1;
      if (!isBefore(heap[at] as Planned, heap[parent] as Planned)) break;
      swap(heap, at, parent);
      at = parent;
    }
  }

  /** Lets everything happen until then, or until the condition holds. */
  runUntil(untilMs: number, isDone: () => boolean = () => false): void {
    while (!isDone()) {
      const next = this.#heap[0];
      if (next === undefined || next.atMs > untilMs) break;
      this.#takeFirst();
      this.#nowMs = next.atMs;
      next.happen();
    }
    if (!isDone()) this.#nowMs = Math.max(this.#nowMs, untilMs);
  }

  #takeFirst(): void {
    const heap = this.#heap;
    const last = heap.pop() as Planned;
    if (heap.length === 0) return;
    heap[0] = last;
    for (let at = 0; ;) {
      const left = 2 * at + 1;
      if (left >= heap.length) return;
      const right = left + 1;
      const child =
        right < heap.length && isBefore(heap[right] as Planned, heap[left] as Planned) ? right : left;
      if (!isBefore(heap[child] as Planned, heap[at] as Planned)) return;
      swap(heap, at, child);
      at = child;
    }
  }
}

interface Planned {
  readonly atMs: number;
  readonly order: number;
  readonly happen: () => void;
}

function isBefore(one: Planned, other: Planned): boolean {
  return one.atMs < other.atMs || (one.atMs === other.atMs && one.order < other.order);
}

function swap(heap: Planned[], one: number, other: number): void {
  const kept = heap[one] as Planned;
  heap[one] = heap[other] as Planned;
  heap[other] = kept;
}
