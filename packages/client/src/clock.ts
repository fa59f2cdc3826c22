/**
 * Time as the client sees it, so that tests and a simulator own it. Beside the real network, which they replace
 * too, nothing else in this package calls `Date.now`, `setTimeout` or `setImmediate`.
 */

/** The longest wait that a timer of Node takes: about 24 days. */
export const MAX_TIMER_MS = 2_147_483_647;

/** A timer that was set and has not fired yet. */
export interface Timer {
  /** The function will not be called any more; harmless after it was called. */
  cancel(): void;
}

export interface Clock {
  /** Milliseconds since the Unix epoch; may jump when the system's time is set. */
  nowMs(): number;
  /** Milliseconds that never go back, from an arbitrary start, with a fraction. */
  monotonicMs(): number;
  /** Calls `fn` once, after at least `delayMs`. The process stays alive until then: there is work to do. */
  setTimer(delayMs: number, fn: () => void): Timer;
  /** As `setTimer`, for upkeep that nobody waits for: the process may end before it fires. */
  setIdleTimer(delayMs: number, fn: () => void): Timer;
  /** Calls `fn` once at the end of this turn of the event loop. */
  defer(fn: () => void): void;
}

/** The real clock. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  setTimer(delayMs, fn) {
    const handle = setTimeout(fn, delayMs);
    return { cancel: () => clearTimeout(handle) };
  },
  setIdleTimer(delayMs, fn) {
    const handle = setTimeout(fn, delayMs);
    handle.unref();
    return { cancel: () => clearTimeout(handle) };
  },
  defer(fn) {
    setImmediate(fn);
  },
};
