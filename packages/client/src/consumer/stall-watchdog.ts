/**
 * Notices partitions that ought to be fetched and are not: nothing stalls in silence. A partition is stalled when
 * an answer for it has been wanted for stallTimeoutMs; an answer without records is an answer.
 */
import type { TidelogError } from '@tidelog/record/errors';
import type { Clock, Timer } from '../clock.ts';
import type { PartitionReader } from './partition-reader.ts';

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

export class StallWatchdog {
  readonly #clock: Clock;
  readonly #stallTimeoutMs: number;
  readonly #readers: () => Iterable<PartitionReader>;
  readonly #onStall: (stall: ConsumerStall) => void;
  #timer: Timer | undefined;
  #isClosed = false;

  /** `stallTimeoutMs` 0: it does nothing. */
  constructor(options: {
    readonly clock: Clock;
    readonly stallTimeoutMs: number;
    readonly readers: () => Iterable<PartitionReader>;
    readonly onStall: (stall: ConsumerStall) => void;
  }) {
    this.#clock = options.clock;
    this.#stallTimeoutMs = options.stallTimeoutMs;
    this.#readers = options.readers;
    this.#onStall = options.onStall;
  }

  start(): void {
    if (this.#stallTimeoutMs === 0 || this.#timer !== undefined || this.#isClosed) return;
    this.#timer = this.#clock.setIdleTimer(Math.ceil(this.#stallTimeoutMs / CHECKS_PER_TIMEOUT), () => {
      this.#timer = undefined;
      this.#check();
      this.start();
    });
  }

  close(): void {
    this.#isClosed = true;
    this.#timer?.cancel();
  }

  #check(): void {
    const nowMs = this.#clock.monotonicMs();
    for (const reader of this.#readers()) {
      const { wantedSinceMs, state } = reader;
      if (wantedSinceMs === undefined || reader.isSuspended || reader.isStallReported) continue;
      const stalledForMs = nowMs - wantedSinceMs;
      if (stalledForMs < this.#stallTimeoutMs || state.phase === 'failed') continue;
      reader.isStallReported = true;
      const { topic, partition, position } = reader;
      this.#onStall({ topic, partition, position, stalledForMs, error: state.error });
    }
  }
}
