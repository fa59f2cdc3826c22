/**
 * Time that a test moves by hand. Timers fire in the order of their due times (equal ones in the order in which
 * they were set) and only inside `advance`; deferred calls run in order, by themselves at the end of the
 * event-loop turn, or only inside `runDeferred` when the clock was made with `defer: 'manual'`.
 */
import type { Clock, Timer } from './clock.ts';

export interface ManualClockOptions {
  /** The first value of `nowMs`; 1,700,000,000,000 unless given, a date in 2023. */
  readonly nowMs?: number;
  /** `turn` (the default): deferred calls run at the end of the turn. `manual`: only in `runDeferred`. */
  readonly defer?: 'turn' | 'manual';
}

interface ManualTimer extends Timer {
  readonly dueMs: number;
  readonly fn: () => void;
}

export class ManualClock implements Clock {
  readonly #startMs: number;
  readonly #deferMode: 'turn' | 'manual';
  /** Sorted by due time, then by order of arrival. */
  readonly #timers: ManualTimer[] = [];
  #deferred: (() => void)[] = [];
  #nowMs: number;

  constructor(options: ManualClockOptions = {}) {
    this.#startMs = options.nowMs ?? 1_700_000_000_000;
    this.#nowMs = this.#startMs;
    this.#deferMode = options.defer ?? 'turn';
  }

  nowMs(): number {
    return this.#nowMs;
  }

  monotonicMs(): number {
    return this.#nowMs - this.#startMs;
  }

  setTimer(delayMs: number, fn: () => void): Timer {
    const timer: ManualTimer = {
      dueMs: this.#nowMs + Math.max(0, delayMs),
      fn,
      cancel: () => {
        const index = this.#timers.indexOf(timer);
        if (index >= 0) this.#timers.splice(index, 1);
      },
    };
    const index = this.#timers.findIndex((other) => other.dueMs > timer.dueMs);
    this.#timers.splice(index < 0 ? this.#timers.length : index, 0, timer);
    return timer;
  }

  defer(fn: () => void): void {
    this.#deferred.push(fn);
    if (this.#deferMode === 'turn' && this.#deferred.length === 1) setImmediate(() => this.runDeferred());
  }

  /** Timers that were set and neither fired nor were cancelled. */
  get pendingTimerCount(): number {
    return this.#timers.length;
  }

  /** Runs the deferred calls that are waiting, not those that they defer in turn. */
  runDeferred(): void {
    const waiting = this.#deferred;
    this.#deferred = [];
    for (const fn of waiting) fn();
  }

  /**
   * Moves time on by `byMs`, firing each timer at its due time. Between two timers, and at the end, one turn of
   * the event loop passes, so that what a timer started can go on.
   */
  async advance(byMs: number): Promise<void> {
    const untilMs = this.#nowMs + byMs;
    for (;;) {
      const next = this.#timers[0];
      if (next === undefined || next.dueMs > untilMs) break;
      this.#timers.shift();
      this.#nowMs = Math.max(this.#nowMs, next.dueMs);
      next.fn();
      await turn();
    }
    this.#nowMs = untilMs;
    await turn();
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
