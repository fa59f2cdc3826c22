/**
 * Promises that wait for a partition's high watermark. A produce request with acks=all is one waiter per
 * partition, so a busy partition has hundreds at a time: they are kept in the order of their offsets, which is
 * nearly the order of arrival, and one timer serves all deadlines.
 *
 * Invariant: sorted by offset; every waiter is settled exactly once, by `reach`, by its deadline, or by `fail`.
 */
import type { Clock, Timer } from '@tidelog/log';
import { TidelogError } from '@tidelog/record/errors';

interface Waiter {
  readonly offset: number;
  readonly deadlineMs: number;
  readonly resolve: () => void;
  readonly reject: (error: TidelogError) => void;
}

export class OffsetWaiters {
  readonly #clock: Clock;
  #waiters: Waiter[] = [];
  #timer: Timer | undefined;
  #timerDueMs = Infinity;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#waiters.length;
  }

  /**
   * Resolves once `reach` was called with `offset` or more.
   *
   * Rejects with REQUEST_TIMED_OUT after `timeoutMs`, or with what `fail` was given.
   */
  wait({ offset, timeoutMs }: { offset: number; timeoutMs: number }): Promise<void> {
    return new Promise((resolve, reject) => {
      const deadlineMs = this.#clock.monotonicMs() + timeoutMs;
      let index = this.#waiters.length;
      while (index > 0 && (this.#waiters[index - 1] as Waiter).offset > offset) index--;
      const waiter: Waiter = { offset, deadlineMs, resolve, reject };
      if (index === this.#waiters.length) this.#waiters.push(waiter);
      else this.#waiters.splice(index, 0, waiter);
      if (deadlineMs < this.#timerDueMs) this.#setTimer(deadlineMs);
    });
  }

  /** The high watermark is `offset` now. */
  reach(offset: number): void {
    const waiters = this.#waiters;
    let count = 0;
    while (count < waiters.length && (waiters[count] as Waiter).offset <= offset) count++;
    if (count === 0) return;
    for (const waiter of waiters.splice(0, count)) waiter.resolve();
  }

  /** Nobody needs to wait any longer. */
  fail(error: TidelogError): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#timerDueMs = Infinity;
    for (const waiter of waiters) waiter.reject(error);
  }

  #setTimer(dueMs: number): void {
    this.#timer?.cancel();
    this.#timerDueMs = dueMs;
    // A delay above 2^31 − 1 ms would fire at once; waking up early only sets the timer again.
    const delayMs = Math.min(Math.max(0, dueMs - this.#clock.monotonicMs()), 0x7fff_ffff);
    this.#timer = this.#clock.setTimer(delayMs, () => this.#expire());
  }

  #expire(): void {
    this.#timer = undefined;
    this.#timerDueMs = Infinity;
    const nowMs = this.#clock.monotonicMs();
    const overdue = this.#waiters.filter((waiter) => waiter.deadlineMs <= nowMs);
    if (overdue.length > 0) this.#waiters = this.#waiters.filter((waiter) => waiter.deadlineMs > nowMs);
    if (this.#waiters.length > 0) {
      this.#setTimer(this.#waiters.reduce((dueMs, waiter) => Math.min(dueMs, waiter.deadlineMs), Infinity));
    }
    for (const waiter of overdue) {
      waiter.reject(
        new TidelogError(
          'REQUEST_TIMED_OUT',
          `the batch is appended, but not all in-sync replicas had it durably within the time limit of the request`,
          { offset: waiter.offset - 1 },
        ),
      );
    }
  }
}
