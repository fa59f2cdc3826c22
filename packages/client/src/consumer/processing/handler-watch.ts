/**
 * The program's calls that are under way, so that one that takes too long is noticed. It is reported, once; nothing
 * is done about it: a long call is right in many programs, and a group goes on without its help.
 */
import type { Clock } from '../../clock.ts';

/** What of the program is called. */
export type WatchedFunction = 'eachMessage' | 'eachBatch' | 'onAssigned' | 'onRevoked';

/** A call that has been under way for longer than handlerStallTimeoutMs: at one record, one batch, or one change. */
export interface HandlerStall {
  readonly call: WatchedFunction;
  /** Of onAssigned and onRevoked: the first of the partitions that they were called with. */
  readonly topic: string;
  readonly partition: number;
  /** Of the record, or of the first record of the batch; −1: the call is about no record. */
  readonly offset: number;
  /** Since the record was handed out; waits between tries of it count. */
  readonly elapsedMs: number;
}

/** A call under way. */
export interface WatchedCall {
  readonly call: WatchedFunction;
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
  began(
    call: WatchedFunction,
    {
      topic,
      partition,
      offset,
    }: { readonly topic: string; readonly partition: number; readonly offset: number },
  ): WatchedCall {
    const sinceMs = this.#clock.monotonicMs();
    const watched = { call, topic, partition, offset, sinceMs, isReported: false };
    this.#calls.add(watched);
    return watched;
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
      stalls.push({ call: call.call, topic, partition, offset, elapsedMs });
    }
    return stalls;
  }
}
