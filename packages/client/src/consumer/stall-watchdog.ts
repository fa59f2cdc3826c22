/**
 * Notices partitions that ought to be fetched and are not, and calls of the program that do not come back: nothing
 * stalls in silence. A partition is stalled when an answer for it has been wanted for stallTimeoutMs; an answer
 * without records is an answer.
 */
import type { TidelogError } from '@tidelog/record/errors';
import type { Clock, Timer } from '../clock.ts';
import type { PartitionReader } from './partition-reader.ts';
import type { HandlerStall, HandlerWatch } from './processing/handler-watch.ts';

/** One partition that is not fetched though it should be. Reported once per stall. */
export interface ConsumerStall {
  readonly topic: string;
  readonly partition: number;
  /** The offset that is waited for; −1: not known. */
  readonly position: number;
  readonly stalledForMs: number;
  /** The last failure, when there was one. */
  readonly error: TidelogError | undefined;
}

/** Looked at this often within the timeout, so that a report is at most a quarter late. */
const CHECKS_PER_TIMEOUT = 4;

export interface StallWatchdogOptions {
  readonly clock: Clock;
  /** 0: partitions are not watched. */
  readonly stallTimeoutMs: number;
  /** 0: calls are not watched. */
  readonly handlerStallTimeoutMs: number;
  readonly readers: () => Iterable<PartitionReader>;
  readonly watch: HandlerWatch;
  readonly onStall: (stall: ConsumerStall) => void;
  readonly onHandlerStall: (stall: HandlerStall) => void;
}

export class StallWatchdog {
  readonly #options: StallWatchdogOptions;
  readonly #timers = new Map<() => void, Timer>();
  #isClosed = false;

  constructor(options: StallWatchdogOptions) {
    this.#options = options;
  }

  /** Calling it again changes nothing. */
  start(): void {
    if (this.#isClosed || this.#timers.size > 0) return;
    this.#repeat(this.#options.stallTimeoutMs, () => this.#check());
    this.#repeat(this.#options.handlerStallTimeoutMs, () => this.#checkHandlers());
  }

  close(): void {
    this.#isClosed = true;
    for (const timer of this.#timers.values()) timer.cancel();
  }

  #repeat(timeoutMs: number, check: () => void): void {
    if (timeoutMs === 0 || this.#isClosed) return;
    const timer = this.#options.clock.setIdleTimer(Math.ceil(timeoutMs / CHECKS_PER_TIMEOUT), () => {
      check();
      this.#repeat(timeoutMs, check);
    });
    this.#timers.set(check, timer);
  }

  #checkHandlers(): void {
    const { watch, handlerStallTimeoutMs, onHandlerStall } = this.#options;
    for (const stall of watch.takeStalled(handlerStallTimeoutMs)) onHandlerStall(stall);
  }

  #check(): void {
    const { clock, stallTimeoutMs, readers, onStall } = this.#options;
    const nowMs = clock.monotonicMs();
    for (const reader of readers()) {
      const { wantedSinceMs, state } = reader;
      if (wantedSinceMs === undefined || reader.isSuspended || reader.isStallReported) continue;
      const stalledForMs = nowMs - wantedSinceMs;
      if (stalledForMs < stallTimeoutMs || state.phase === 'failed') continue;
      reader.isStallReported = true;
      const { topic, partition, position } = reader;
      onStall({ topic, partition, position, stalledForMs, error: state.error });
    }
  }
}
