/**
 * The one timer of a shard: of its next tick while it is active, of its next load while it has failed.
 *
 * A timer that fires late says that the process stood still, by a stop, a paused machine or a long computation. What
 * members sent meanwhile lies unread in their sockets, so nobody can be said to be silent yet: what is due waits for
 * as long as the process stood still, at most `MAX_PATIENCE_MS`, and not a second time right after that.
 */
import type { Clock, Timer } from '@tidelog/log';

/** A timer that fires later than this is late. */
const LATE_MS = 1_000;
const MAX_PATIENCE_MS = 5_000;
/** The longest delay that timers take; waking up early only sets the timer again. */
const MAX_DELAY_MS = 0x7fff_ffff;

export class ShardTimer {
  readonly #clock: Clock;
  readonly #onDue: () => void;
  #timer: Timer | undefined;
  #dueMs = Infinity;
  #notBeforeMs = -Infinity;

  constructor(options: { readonly clock: Clock; readonly onDue: () => void }) {
    this.#clock = options.clock;
    this.#onDue = options.onDue;
  }

  /** Fires at this moment of the monotonic clock, and at no other. */
  set(dueMs: number): void {
    this.cancel();
    this.#dueMs = Math.max(dueMs, this.#notBeforeMs);
    const nowMs = this.#clock.monotonicMs();
    const delayMs = Math.min(Math.max(0, this.#dueMs - nowMs), MAX_DELAY_MS);
    this.#timer = this.#clock.setTimer(delayMs, () => this.#fire({ plannedMs: nowMs + delayMs, dueMs }));
  }

  /** Fires at this moment unless it fires earlier. Infinity asks for nothing. */
  bringForward(dueMs: number): void {
    if (Math.max(dueMs, this.#notBeforeMs) < this.#dueMs) this.set(dueMs);
  }

  cancel(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#dueMs = Infinity;
  }

  #fire({ plannedMs, dueMs }: { readonly plannedMs: number; readonly dueMs: number }): void {
    this.cancel();
    const nowMs = this.#clock.monotonicMs();
    const lateMs = nowMs - plannedMs;
    if (lateMs > LATE_MS && plannedMs > this.#notBeforeMs) {
      this.#notBeforeMs = nowMs + Math.min(lateMs, MAX_PATIENCE_MS);
      this.set(dueMs);
    } else {
      this.#onDue();
    }
  }
}
