/**
 * Waiting for room in a full producer: `drained()` of those who enqueue, and the turns of those who send.
 *
 * Invariant: sends get room in the order of their calls, so that records keep the order of the calls. A turn that
 * was granted stays at the head of the line until `endTurn`: a send that comes meanwhile cannot overtake it.
 */
import type { TidelogError } from '@tidelog/record/errors';
import { abortedError } from '../abortable.ts';

/** Room is announced when this part of the limit is free again, so that a waiter is not woken for one record. */
const FREE_PART = 1 / 16;

interface Turn {
  readonly granted: PromiseWithResolvers<void>;
  /** Resolves when the send has added its records or given up. */
  readonly ended: PromiseWithResolvers<void>;
}

export class BufferSpace {
  readonly #fullBytes: number;
  readonly #freeBelowBytes: number;
  /** Bytes of records that are not settled. */
  readonly #bufferedBytes: () => number;
  #drained: PromiseWithResolvers<void> | undefined;
  #turns: Turn[] = [];

  constructor(bufferMemoryBytes: number, bufferedBytes: () => number) {
    this.#fullBytes = bufferMemoryBytes;
    this.#freeBelowBytes = Math.ceil(bufferMemoryBytes * (1 - FREE_PART));
    this.#bufferedBytes = bufferedBytes;
  }

  /** Resolves when records may be enqueued again: at once unless the buffer is full. */
  drained(): Promise<void> {
    if (this.#bufferedBytes() < this.#fullBytes) return Promise.resolve();
    this.#drained ??= Promise.withResolvers<void>();
    return this.#drained.promise;
  }

  /** True when a send has to wait for its turn. */
  get mustWait(): boolean {
    return this.#turns.length > 0 || this.#bufferedBytes() >= this.#fullBytes;
  }

  /**
   * Resolves when it is the caller's turn; the caller then adds its records and calls `endTurn`.
   * Rejects with ABORTED, or as `close` says; there is no turn to end then.
   */
  turn(signal: AbortSignal | undefined): Promise<void> {
    const turn: Turn = { granted: Promise.withResolvers<void>(), ended: Promise.withResolvers<void>() };
    this.#turns.push(turn);
    const abort = (): void => {
      this.#turns = this.#turns.filter((other) => other !== turn);
      turn.granted.reject(abortedError('the wait for room in the producer', signal as AbortSignal));
      turn.ended.resolve();
      this.freed();
    };
    signal?.addEventListener('abort', abort, { once: true });
    return turn.granted.promise.finally(() => signal?.removeEventListener('abort', abort));
  }

  /** The send at the head of the line has added its records. */
  endTurn(): void {
    this.#turns.shift()?.ended.resolve();
    if (this.#bufferedBytes() < this.#fullBytes) this.#turns[0]?.granted.resolve();
  }

  /** Resolves when every send that waits now has had its turn, or has given up. */
  async turnsTaken(): Promise<void> {
    await Promise.all(this.#turns.map(({ ended }) => ended.promise));
  }

  /** Records were settled: lets waiters go on when there is room. */
  freed(): void {
    if (this.#drained === undefined && this.#turns.length === 0) return;
    if (this.#bufferedBytes() >= this.#freeBelowBytes) return;
    this.#drained?.resolve();
    this.#drained = undefined;
    this.#turns[0]?.granted.resolve();
  }

  /** Rejects the sends that wait and wakes those who wait for room to enqueue. */
  close(error: TidelogError): void {
    this.#drained?.resolve();
    this.#drained = undefined;
    for (const { granted, ended } of this.#turns) {
      granted.reject(error);
      ended.resolve();
    }
    this.#turns = [];
  }
}
