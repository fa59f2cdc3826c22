/**
 * Time as the log and the broker see it, so that tests and the simulator own it. Nothing below the shells calls
 * `Date.now`, `setTimeout` or `setImmediate` itself.
 */
export interface Timer {
  cancel(): void;
}

export interface Clock {
  /** Milliseconds since the Unix epoch. */
  nowMs(): number;
  /** Milliseconds that never go back, from an arbitrary start, with a fraction. */
  monotonicMs(): number;
  /** Calls `fn` once, after at least `delayMs`. A pending timer does not keep the process alive. */
  setTimer(delayMs: number, fn: () => void): Timer;
  /** Calls `fn` once at the end of this turn of the event loop, after the sockets that are ready were read. */
  defer(fn: () => void): void;
}

/** The real clock. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  setTimer(delayMs, fn) {
    const handle = setTimeout(fn, delayMs);
    handle.unref();
    return { cancel: () => clearTimeout(handle) };
  },
  defer: (fn) => {
    setImmediate(fn);
  },
};
