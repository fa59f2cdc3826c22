/**
 * Holds fetches back while their answers would have no place: per connection, so that a peer that does not read
 * cannot make the broker read for it; over all connections, so that many such peers cannot either.
 *
 * What a fetch may be answered with is counted from its start, since it cannot be stopped once it has begun. One
 * fetch is cut to a quarter of the connection's bound, so that a few long polls can wait side by side.
 *
 * Invariants: fetches start in the order of their arrival; with nothing outstanding the first one always may,
 * however large. Other requests are not held back.
 */
import type { OutgoingBudget } from './outgoing-queue.ts';

const FETCHES_SIDE_BY_SIDE = 4;

/** A fetch that may have to wait. */
export interface GatedFetch {
  /** The most that its answer can hold, in bytes: `FetchGate.boundedBytes` of what was asked for. */
  readonly answerBytes: number;
  start(): void;
  /** The connection ends before it could start. */
  cancel(): void;
}

export interface FetchGateOptions {
  readonly budget: OutgoingBudget;
  /** The bound of response bytes that wait for the connection's peer. */
  readonly maxOutgoingBytes: number;
  /** Response bytes that wait for it now. */
  readonly outgoingBytes: () => number;
}

export class FetchGate {
  readonly #budget: OutgoingBudget;
  readonly #maxOutgoingBytes: number;
  readonly #outgoingBytes: () => number;
  readonly #startWaiting = (): void => this.proceed();
  #waiting: GatedFetch[] = [];
  #startedBytes = 0;

  constructor({ budget, maxOutgoingBytes, outgoingBytes }: FetchGateOptions) {
    this.#budget = budget;
    this.#maxOutgoingBytes = maxOutgoingBytes;
    this.#outgoingBytes = outgoingBytes;
  }

  /** Fetches that wait for their start. */
  get waitingCount(): number {
    return this.#waiting.length;
  }

  /** The most that one answer may hold, given what the peer asked for. */
  boundedBytes(maxBytes: number): number {
    return Math.min(maxBytes, Math.floor(this.#maxOutgoingBytes / FETCHES_SIDE_BY_SIDE));
  }

  /** Starts the fetch now or when there is room. */
  enter(fetch: GatedFetch): void {
    this.#waiting.push(fetch);
    this.proceed();
  }

  /** The fetch is answered: what it takes is in the outgoing queue from here on. */
  leave(fetch: GatedFetch): void {
    this.#startedBytes -= fetch.answerBytes;
    this.proceed();
  }

  /** There may be room: starts what can be started. */
  proceed(): void {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      if (!this.#fits(next.answerBytes)) return;
      if (!this.#budget.hasRoom) {
        this.#budget.whenRoom(this.#startWaiting);
        return;
      }
      this.#waiting.shift();
      this.#startedBytes += next.answerBytes;
      next.start();
    }
  }

  /** Cancels what waits. */
  close(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#budget.stopWaiting(this.#startWaiting);
    for (const fetch of waiting) fetch.cancel();
  }

  #fits(answerBytes: number): boolean {
    const outgoingBytes = this.#outgoingBytes();
    return this.#startedBytes === 0
      ? outgoingBytes <= this.#maxOutgoingBytes / 2
      : this.#startedBytes + outgoingBytes + answerBytes <= this.#maxOutgoingBytes;
  }
}
