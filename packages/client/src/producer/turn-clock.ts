/**
 * The time of day for record timestamps: read once per turn of the event loop, and again every few hundred
 * records of a longer turn. Asking the system per record costs as much as encoding a record.
 */
import type { Clock } from '../clock.ts';

const RECORDS_PER_READ = 256;

export class TurnClock {
  readonly #clock: Clock;
  /** Not a plain number at first: V8 then hands out one boxed number for all records of a read. */
  #nowMs: number | undefined;
  #readsLeft = 0;
  #isResetDeferred = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Milliseconds since the Unix epoch. */
  nowMs(): number {
    if (this.#readsLeft === 0) this.#read();
    this.#readsLeft -= 1;
    return this.#nowMs as number;
  }

  #read(): void {
    this.#nowMs = this.#clock.nowMs();
    this.#readsLeft = RECORDS_PER_READ;
    if (this.#isResetDeferred) return;
    this.#isResetDeferred = true;
    this.#clock.defer(() => {
      this.#isResetDeferred = false;
      this.#readsLeft = 0;
    });
  }
}
