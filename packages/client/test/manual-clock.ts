/**
 * A clock that stands still until a test moves it. Deferred functions run at the end of the real turn, so that
 * work which needs no time goes on by itself.
 */
import type { Clock, Timer } from '../src/clock.ts';

interface PendingTimer {
  readonly atMs: number;
  readonly order: number;
  readonly fn: () => void;
}

const START_MS = 1_700_000_000_000;

export class ManualClock implements Clock {
  #elapsedMs = 0;
  #order = 0;
  readonly #timers = new Set<PendingTimer>();

  nowMs(): number {
    return START_MS + Math.floor(this.#elapsedMs);
  }

  monotonicMs(): number {
    return this.#elapsedMs;
  }

  setTimer(delayMs: number, fn: () => void): Timer {
    const timer = { atMs: this.#elapsedMs + delayMs, order: this.#order++, fn };
    this.#timers.add(timer);
    return { cancel: () => this.#timers.delete(timer) };
  }

  setIdleTimer(delayMs: number, fn: () => void): Timer {
    return this.setTimer(delayMs, fn);
  }

  defer(fn: () => void): void {
    setImmediate(fn);
  }

  /** How long until the next timer; undefined when there is none. */
  get nextTimerInMs(): number | undefined {
    const next = this.#next();
    return next === undefined ? undefined : next.atMs - this.#elapsedMs;
  }

  /** Moves the time, fires what falls due on the way, in order, and lets the consequences of each play out. */
  async advance(durationMs: number, turns?: number): Promise<void> {
    const endMs = this.#elapsedMs + durationMs;
    await quiesce(turns);
    for (let next = this.#next(); next !== undefined && next.atMs <= endMs; next = this.#next()) {
      this.#elapsedMs = Math.max(this.#elapsedMs, next.atMs);
      this.#timers.delete(next);
      next.fn();
      await quiesce(turns);
    }
    this.#elapsedMs = endMs;
  }

  /** Moves the time while nothing happens, as when the process is stopped: what falls due fires later. */
  jump(durationMs: number): void {
    this.#elapsedMs += durationMs;
  }

  #next(): PendingTimer | undefined {
    let next: PendingTimer | undefined;
    for (const timer of this.#timers) {
      if (
        next === undefined ||
        timer.atMs < next.atMs ||
        (timer.atMs === next.atMs && timer.order < next.order)
      ) {
        next = timer;
      }
    }
    return next;
  }
}

/** Lets everything that needs no time play out: a number of turns of the event loop. */
export async function quiesce(turns = 40): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
}
