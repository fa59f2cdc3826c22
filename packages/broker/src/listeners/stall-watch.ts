/**
 * Tells when something that should go on stands still: whoever owns it looks now and then at a number that
 * changes with each step forward.
 */
export interface Observation {
  readonly nowMs: number;
  /** Any number that is another one after progress; undefined: there is nothing to wait for. */
  readonly mark: number | undefined;
}

export class StallWatch {
  #mark: number | undefined;
  #sinceMs = 0;

  /** For how long the mark has been the same, in milliseconds; 0 when it has just changed or there is none. */
  observe({ nowMs, mark }: Observation): number {
    if (mark === undefined || mark !== this.#mark) {
      this.#mark = mark;
      this.#sinceMs = nowMs;
    }
    return nowMs - this.#sinceMs;
  }
}
