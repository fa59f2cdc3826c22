/**
 * `--exit-at-end`: ends a loop over a consumer once everything is read that was there when the command began.
 *
 * What counts is where the consumer is, not which records it got: the last offsets of a compacted partition may have
 * no records any more, and nothing is handed out when the consumer passes them. So it is looked at by time.
 */
import type { Consumer, TopicPartition } from '@tidelog/client';

const CHECK_INTERVAL_MS = 100;

export class EndWatch implements Disposable {
  readonly #isAtEnd: () => boolean | Promise<boolean>;
  readonly #reached = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #isChecking = false;

  /** Asks `isAtEnd` ten times a second; one that rejects has not found the end. */
  constructor(isAtEnd: () => boolean | Promise<boolean>) {
    this.#isAtEnd = isAtEnd;
    this.#timer = setInterval(() => void this.#check(), CHECK_INTERVAL_MS);
  }

  /** Aborts once the end is reached: the signal of a loop. */
  get signal(): AbortSignal {
    return this.#reached.signal;
  }

  get isReached(): boolean {
    return this.#reached.signal.aborted;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  async #check(): Promise<void> {
    if (this.#isChecking || this.isReached) return;
    this.#isChecking = true;
    try {
      if (await this.#isAtEnd()) this.#reached.abort();
    } catch {
      // What it could not find out ends the loop too, or passes.
    } finally {
      this.#isChecking = false;
    }
  }
}

/** True when the consumer, which reads the partition, was given everything below `endOffset`. */
export function hasReached(consumer: Consumer, at: TopicPartition, endOffset: number): boolean {
  return (consumer.position(at) ?? -1) >= endOffset;
}
