/**
 * Moves the recovery points of open logs on: every log with unflushed bytes once per interval, and a log that asks
 * for it soon. One log at a time, so that it takes little from the commits of clients. After a round the owner
 * saves the checkpoints.
 */
import type { Clock, Timer } from './clock.ts';
import type { Log } from './log.ts';
import type { Logger } from './logger.ts';

export interface LogFlusherOptions {
  readonly clock: Clock;
  readonly intervalMs: number;
  readonly openLogs: () => Iterable<Log>;
  /** Called after a round, whether or not a flush of it failed. */
  readonly onRoundDone: () => Promise<void>;
  readonly logger: Logger;
}

export class LogFlusher {
  readonly #options: LogFlusherOptions;
  readonly #wanted = new Set<Log>();
  #timer: Timer | undefined;
  #round: Promise<void> | undefined;
  #isStopped = false;

  constructor(options: LogFlusherOptions) {
    this.#options = options;
  }

  start(): void {
    const { clock, intervalMs } = this.#options;
    this.#timer = clock.setTimer(intervalMs, () => {
      for (const log of this.#options.openLogs()) if (log.unflushedBytes > 0) this.#wanted.add(log);
      void this.#runRound().then(() => {
        if (!this.#isStopped) this.start();
      });
    });
  }

  /** Flushes this log soon. */
  request(log: Log): void {
    this.#wanted.add(log);
    void this.#runRound();
  }

  /** Resolves when no flush runs any more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#timer?.cancel();
    this.#wanted.clear();
    await this.#round;
  }

  #runRound(): Promise<void> {
    if (this.#isStopped) return Promise.resolve();
    this.#round ??= this.#flushWanted().finally(() => {
      this.#round = undefined;
    });
    return this.#round;
  }

  async #flushWanted(): Promise<void> {
    for (const log of this.#wanted) {
      this.#wanted.delete(log);
      if (log.isClosed || log.offline !== undefined) continue;
      await this.#attempt(`flushing ${log.name}`, () => log.flush());
    }
    await this.#attempt('saving the checkpoints', this.#options.onRoundDone);
  }

  /** A flush that failed for good has taken the log offline; one that found no space is tried again next time. */
  async #attempt(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#options.logger.warn({ err: error }, `${what} failed`);
    }
  }
}
