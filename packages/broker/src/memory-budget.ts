/**
 * A bound on memory that requests take for their answers. Who wants some reserves it first and waits in line while
 * it is taken by others: a thousand requests that are woken at once then read one after the other, not all at once.
 *
 * Invariants: reservations are granted in the order in which they were asked for, nobody overtakes. With nothing
 * taken the first one is always granted. Who waits holds nothing: nobody may ask for a second reservation before
 * the first is released, or all could wait for each other.
 */

/** Memory that was granted. */
export interface Reservation {
  /** What it counts for at the moment. */
  readonly sizeBytes: number;
  /** Counts for what is really held from now on: less than was granted, or more where that is only known later. */
  resize(sizeBytes: number): void;
  /** Gives it back; a second call does nothing. */
  release(): void;
}

interface Waiter {
  readonly sizeBytes: number;
  grant(reservation: Reservation): void;
}

export class MemoryBudget {
  readonly #maxBytes: number;
  readonly #waiters = new Set<Waiter>();
  #takenBytes = 0;

  constructor({ maxBytes }: { maxBytes: number }) {
    this.#maxBytes = maxBytes;
  }

  /** What all reservations together count for. */
  get takenBytes(): number {
    return this.#takenBytes;
  }

  /** Requests that wait in line. */
  get waitingCount(): number {
    return this.#waiters.size;
  }

  /**
   * Reserves `wantedBytes`, or all there is where that is less: see `sizeBytes` of the result. Resolves with
   * undefined when one of `signals` is aborted before there was room.
   */
  reserve(wantedBytes: number, signals: readonly AbortSignal[]): Promise<Reservation | undefined> {
    const sizeBytes = Math.min(wantedBytes, this.#maxBytes);
    if (this.#waiters.size === 0 && this.#hasRoom(sizeBytes)) return Promise.resolve(this.#grant(sizeBytes));
    if (signals.some((signal) => signal.aborted)) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const settle = (reservation: Reservation | undefined): void => {
        for (const signal of signals) signal.removeEventListener('abort', stop);
        resolve(reservation);
      };
      const waiter: Waiter = { sizeBytes, grant: settle };
      const stop = (): void => {
        this.#waiters.delete(waiter);
        settle(undefined);
        // A large one at the head of the line may have held up smaller ones.
        this.#serve();
      };
      for (const signal of signals) signal.addEventListener('abort', stop);
      this.#waiters.add(waiter);
    });
  }

  #hasRoom(sizeBytes: number): boolean {
    return this.#takenBytes === 0 || this.#takenBytes + sizeBytes <= this.#maxBytes;
  }

  #grant(grantedBytes: number): Reservation {
    let sizeBytes = grantedBytes;
    let isHeld = true;
    const resize = (newBytes: number): void => {
      if (!isHeld) return;
      this.#takenBytes += newBytes - sizeBytes;
      sizeBytes = newBytes;
      this.#serve();
    };
    this.#takenBytes += sizeBytes;
    return {
      get sizeBytes() {
        return sizeBytes;
      },
      resize,
      release: () => {
        resize(0);
        isHeld = false;
      },
    };
  }

  #serve(): void {
    for (const waiter of this.#waiters) {
      if (!this.#hasRoom(waiter.sizeBytes)) return;
      this.#waiters.delete(waiter);
      waiter.grant(this.#grant(waiter.sizeBytes));
    }
  }
}
