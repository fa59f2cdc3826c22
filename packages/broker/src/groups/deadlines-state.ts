/**
 * When which group has to be looked at, because time alone may change it: a heap of groups by their next moment.
 *
 * A group is in it at most once, at the earliest moment that anybody asked for. What moves a moment back (a
 * heartbeat, thousands a second) does not touch the heap: the group is looked at too early, finds nothing due, and is
 * scheduled again. So a heartbeat costs nothing here, and a group is looked at about once per session time-out.
 *
 * Invariants: `#heap` is a binary min-heap by `atMs`; `#heap[entry.index] === entry`; `#entries` has the same entries.
 */
interface Entry {
  readonly groupId: string;
  atMs: number;
  index: number;
}

export class DeadlinesState {
  readonly #heap: Entry[] = [];
  readonly #entries = new Map<string, Entry>();

  /** Groups that wait for a moment. */
  get count(): number {
    return this.#heap.length;
  }

  /** The earliest moment by the monotonic clock; Infinity when no group waits for one. */
  nextMs(): number {
    return this.#heap[0]?.atMs ?? Infinity;
  }

  /** The group is looked at no later than `atMs`, by the monotonic clock. Infinity asks for nothing. */
  schedule(groupId: string, atMs: number): void {
    if (atMs === Infinity) return;
    const known = this.#entries.get(groupId);
    if (known !== undefined) {
      if (atMs >= known.atMs) return;
      known.atMs = atMs;
      this.#siftUp(known);
      return;
    }
    const entry: Entry = { groupId, atMs, index: this.#heap.length };
    this.#entries.set(groupId, entry);
    this.#heap.push(entry);
    this.#siftUp(entry);
  }

  /** Takes out all groups whose moment has come; who looks at them schedules them again. */
  takeAllDue(monotonicMs: number): string[] {
    const due: string[] = [];
    for (let next = this.#takeDue(monotonicMs); next !== undefined; next = this.#takeDue(monotonicMs)) {
      due.push(next);
    }
    return due;
  }

  #takeDue(monotonicMs: number): string | undefined {
    const first = this.#heap[0];
    if (first === undefined || first.atMs > monotonicMs) return undefined;
    this.#remove(first);
    return first.groupId;
  }

  /** The group is gone: groups that come and go must not leave their moments behind. */
  forget(groupId: string): void {
    const known = this.#entries.get(groupId);
    if (known !== undefined) this.#remove(known);
  }

  #remove(entry: Entry): void {
    this.#entries.delete(entry.groupId);
    const last = this.#heap.pop()!;
    if (last === entry) return;
    this.#place(last, entry.index);
    this.#siftUp(last);
    this.#siftDown(last);
  }

  #place(entry: Entry, index: number): void {
    this.#heap[index] = entry;
    entry.index = index;
  }

  #siftUp(entry: Entry): void {
    while (entry.index > 0) {
      const parentIndex = (entry.index - 1) >> 1;
      const parent = this.#heap[parentIndex]!;
      if (parent.atMs <= entry.atMs) return;
      this.#place(parent, entry.index);
      this.#place(entry, parentIndex);
    }
  }

  #siftDown(entry: Entry): void {
    for (;;) {
      const left = this.#heap[2 * entry.index + 1];
      const right = this.#heap[2 * entry.index + 2];
      const least = right !== undefined && right.atMs < left!.atMs ? right : left;
      if (least === undefined || least.atMs >= entry.atMs) return;
      const index = least.index;
      this.#place(least, entry.index);
      this.#place(entry, index);
    }
  }
}
