/**
 * Cuts long work into slices so that it takes little from what clients wait for: a slice ends after some time or some
 * bytes, and before the next one other work of the event loop has its turn. After a slice the work rests so long that
 * it keeps within its share of the time and its rate of bytes.
 *
 * States: working → resting → working …; `stop` ends a rest at once, and every later one.
 */
import type { Clock } from './clock.ts';

export interface WorkPacerOptions {
  readonly clock: Clock;
  /** Longest time between two rests, apart from what one step takes. */
  readonly sliceMs: number;
  /** Most bytes between two rests. */
  readonly sliceBytes: number;
  /** Most bytes read and written per second; Infinity: no bound. */
  readonly bytesPerSecond: number;
  /** Part of the time in which it works, above 0 up to 1. */
  readonly timeShare: number;
}

export class WorkPacer {
  readonly #options: WorkPacerOptions;
  #sliceStartMs: number;
  #sliceBytes = 0;
  #endRest: (() => void) | undefined;
  #isStopped = false;

  constructor(options: WorkPacerOptions) {
    this.#options = options;
    this.#sliceStartMs = options.clock.monotonicMs();
  }

  /** Notes bytes that were read or written. */
  note(sizeBytes: number): void {
    this.#sliceBytes += sizeBytes;
  }

  /** The slice is over: call `rest`. */
  get isDue(): boolean {
    const { clock, sliceMs, sliceBytes } = this.#options;
    return this.#sliceBytes >= sliceBytes || clock.monotonicMs() - this.#sliceStartMs >= sliceMs;
  }

  /** Lets others work. */
  async rest(): Promise<void> {
    const { clock, bytesPerSecond, timeShare } = this.#options;
    const workedMs = clock.monotonicMs() - this.#sliceStartMs;
    const byTimeMs = workedMs / timeShare - workedMs;
    const byBytesMs = (this.#sliceBytes / bytesPerSecond) * 1000 - workedMs;
    const restMs = Math.ceil(Math.max(byTimeMs, byBytesMs));
    await new Promise<void>((resolve) => {
      if (restMs < 1 || this.#isStopped) {
        clock.defer(resolve);
        return;
      }
      const timer = clock.setTimer(restMs, resolve);
      this.#endRest = (): void => {
        timer.cancel();
        resolve();
      };
    });
    this.#endRest = undefined;
    this.#sliceBytes = 0;
    this.#sliceStartMs = clock.monotonicMs();
  }

  stop(): void {
    this.#isStopped = true;
    this.#endRest?.();
  }
}
