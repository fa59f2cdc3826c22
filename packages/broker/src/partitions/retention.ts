/**
 * Deletes old segments: every `intervalMs` it goes through the partitions that have files, one after the other,
 * so that the disk and the event loop are never taken for long. Logs that were never used are opened for it: age
 * passes for them too.
 *
 * States: waiting → sweeping → waiting …, stopped for good.
 */
import type { Clock, Logger, Timer } from '@tidelog/log';
import type { Partition } from './partition.ts';
import type { Partitions } from './partitions.ts';

export interface RetentionOptions {
  readonly partitions: Partitions;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly intervalMs: number;
}

export class Retention {
  readonly #options: RetentionOptions;
  #timer: Timer | undefined;
  #sweeping: Promise<void> | undefined;
  #isStopped = false;

  constructor(options: RetentionOptions) {
    this.#options = options;
    this.#wait();
  }

  /** Ends after the partition in hand. Idempotent. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#timer?.cancel();
    await this.#sweeping;
  }

  #wait(): void {
    const { clock, intervalMs, logger } = this.#options;
    this.#timer = clock.setTimer(intervalMs, () => {
      this.#sweeping = this.#sweep()
        .catch((error: unknown) => logger.error({ err: error }, 'looking for old segments failed'))
        .finally(() => {
          this.#sweeping = undefined;
          if (!this.#isStopped) this.#wait();
        });
    });
  }

  async #sweep(): Promise<void> {
    for (const partition of this.#options.partitions.withFiles()) {
      if (this.#isStopped) return;
      await this.#apply(partition);
    }
  }

  async #apply(partition: Partition): Promise<void> {
    const { clock, logger } = this.#options;
    try {
      const { deletedSegments } = await partition.withLog((log) =>
        log.applyRetention(clock.nowMs(), { highWatermark: partition.highWatermark }),
      );
      if (deletedSegments === 0) return;
      const { topic, partition: number } = partition;
      logger.info({ topic, partition: number, deletedSegments }, 'old segments were deleted');
    } catch (error) {
      const { topic, partition: number } = partition;
      logger.warn({ err: error, topic, partition: number }, 'old segments could not be deleted');
    }
  }
}
