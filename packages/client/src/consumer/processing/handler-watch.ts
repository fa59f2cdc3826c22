/**
 * The program's calls that are under way, so that one that takes too long is noticed. It is reported, once; nothing
 * is done about it: a long call is right in many programs, and a group goes on without its help.
 */
import type { Clock } from '../../clock.ts';

/** A call that has been at one record, or one batch, for longer than handlerStallTimeoutMs. */
export interface HandlerStall {
  readonly topic: string;
  readonly partition: number;
  /** Of the record, or of the first record of the batch. */
  readonly offset: number;
  /** Since the record was handed out; waits between tries of it count. */
  readonly elapsedMs: number;
}

/** A call under way. */
export interface WatchedCall {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly sinceMs: number;
  isReported: boolean;
}

export class HandlerWatch {
  readonly #clock: Clock;
  readonly #calls = new Set<WatchedCall>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A call begins; `ended` follows. */
  began({ topic, partition, offset }: Omit<WatchedCall, 'sinceMs' | 'isReported'>): WatchedCall {
    const call = { topic, partition, offset, sinceMs: this.#clock.monotonicMs(), isReported: false };
    this.#calls.add(call);
    return call;
  }

  ended(call: WatchedCall): void {
    this.#calls.delete(call);
  }

  /** The calls that have been under way for `timeoutMs` and were not told before. */
  takeStalled(timeoutMs: number): HandlerStall[] {
    const nowMs = this.#clock.monotonicMs();
    const stalls: HandlerStall[] = [];
    for (const call of this.#calls) {
      const elapsedMs = nowMs - call.sinceMs;
      if (call.isReported || elapsedMs < timeoutMs) continue;
      call.isReported = true;
      const { topic, partition, offset } = call;
      stalls.push({ topic, partition, offset, elapsedMs });
    }
    return stalls;
  }
}
