/**
 * The time of day for record timestamps: read once per turn of the event loop, and again every few hundred
 * records of a longer turn. Asking the system per record costs as much as encoding a record.
 */
import type { Clock } from '../clock.ts';

const RECORDS_PER_READ = 256;

export class TurnClock {
  readonly #clock: Clock;
  #nowMs = 0;
  #reads = 0;
  #isResetDeferred = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Milliseconds since the Unix epoch. */
  nowMs(): number {
    if (this.#reads === 0) {
      this.#nowMs = this.#clock.nowMs();
      if (!this.#isResetDeferred) {
        this.#isResetDeferred = true;
        this.#clock.defer(() => {
          this.#isResetDeferred = false;
          this.#reads = 0;
        });
      }
    }
    this.#reads = (this.#reads + 1) % RECORDS_PER_READ;
    return this.#nowMs;
  }
}
