/**
 * Compacts logs: every `backoffMs` it looks which compacted partitions are due, and cleans them one after the other,
 * the one in most need first, until none is. What a cleaning does, and how it leaves room to others: log-cleaner.ts of
 * the log package.
 *
 * States: waiting → looking → cleaning → looking … → waiting; stopped for good. A log that failed is left alone for a
 * while; the others go on.
 */
import { mostInNeed } from '@tidelog/log';
import type { Clock, CompactionNeed, CompactionReport, Logger, Timer } from '@tidelog/log';
import type { CleanerMetrics } from '../metrics.ts';
import type { Partition } from './partition.ts';
import type { Partitions } from './partitions.ts';

/** How long a log that could not be cleaned is left alone. */
const FAILURE_PAUSE_MS = 600_000;

export interface LogCleanerOptions {
  readonly partitions: Pick<Partitions, 'made'>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: CleanerMetrics;
  readonly backoffMs: number;
  /** Memory for the keys of the one log that is being cleaned. */
  readonly dedupeBufferBytes: number;
  readonly ioMaxBytesPerSecond: number;
}

interface Candidate {
  readonly partition: Partition;
  readonly need: CompactionNeed;
}

export class LogCleaner {
  readonly #options: LogCleanerOptions;
  readonly #stopping = new AbortController();
  /** Partitions that failed, and until when they are left alone. */
  #pausedUntilMs = new Map<Partition, number>();
  #timer: Timer | undefined;
  #sweeping: Promise<void> | undefined;

  constructor(options: LogCleanerOptions) {
    this.#options = options;
    this.#wait();
  }

  /** Ends a cleaning under way. Idempotent. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#timer?.cancel();
    await this.#sweeping;
  }

  #wait(): void {
    const { clock, backoffMs, logger } = this.#options;
    this.#timer = clock.setTimer(backoffMs, () => {
      this.#sweeping = this.#sweep()
        .catch((error: unknown) => logger.error({ err: error }, 'looking for logs to compact failed'))
        .finally(() => {
          this.#sweeping = undefined;
          if (!this.#stopping.signal.aborted) this.#wait();
        });
    });
  }

  async #sweep(): Promise<void> {
    const isDone = new Set<Partition>();
    for (;;) {
      const candidates = await this.#candidates(isDone);
      const chosen = mostInNeed(candidates);
      if (chosen === undefined || this.#stopping.signal.aborted) return;
      const report = await this.#clean(chosen.partition);
      const hasProgress = report !== undefined && report.toOffset > report.fromOffset;
      if (!hasProgress) isDone.add(chosen.partition);
    }
  }

  /** Compacted partitions whose log is open: in the others nothing was written since the start. */
  async #candidates(isDone: ReadonlySet<Partition>): Promise<Candidate[]> {
    const { partitions, clock, metrics } = this.#options;
    const nowMs = clock.nowMs();
    this.#pausedUntilMs = new Map([...this.#pausedUntilMs].filter(([, untilMs]) => untilMs > nowMs));
    const candidates: Candidate[] = [];
    for (const partition of partitions.made()) {
      if (this.#stopping.signal.aborted) return [];
      const isCompacted = partition.config.log.cleanupPolicy?.includes('compact') === true;
      const isOpen = partition.openedLog !== undefined;
      if (!isCompacted || !isOpen || isDone.has(partition) || this.#pausedUntilMs.has(partition)) continue;
      const need = await this.#attempt(partition, () =>
        partition.withLog((log) =>
          log.compactionNeed({ nowMs: clock.nowMs(), highWatermark: partition.highWatermark }),
        ),
      );
      if (need !== undefined) candidates.push({ partition, need });
    }
    metrics.maxDirtyRatio = Math.max(0, ...candidates.map(({ need }) => need.dirtyRatio));
    return candidates;
  }

  #clean(partition: Partition): Promise<CompactionReport | undefined> {
    const { clock, logger, metrics, dedupeBufferBytes, ioMaxBytesPerSecond } = this.#options;
    return this.#attempt(partition, async () => {
      const startMs = clock.monotonicMs();
      const report = await partition.withLog((log) =>
        log.compact({
          nowMs: clock.nowMs(),
          highWatermark: partition.highWatermark,
          dedupeBufferBytes,
          ioMaxBytesPerSecond,
          signal: this.#stopping.signal,
        }),
      );
      if (report === undefined || report.isAborted) return report;
      metrics.cleaningsTotal += 1;
      metrics.readBytesTotal += report.readBytes;
      metrics.writtenBytesTotal += report.writtenBytes;
      metrics.removedRecordsTotal += report.removedRecords;
      const durationMs = Math.round(clock.monotonicMs() - startMs);
      const { topic, partition: number } = partition;
      logger.info({ topic, partition: number, durationMs, ...report }, 'a log was compacted');
      return report;
    });
  }

  async #attempt<T>(partition: Partition, work: () => Promise<T | undefined>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (this.#stopping.signal.aborted) return undefined;
      const { clock, logger, metrics } = this.#options;
      metrics.failuresTotal += 1;
      this.#pausedUntilMs.set(partition, clock.nowMs() + FAILURE_PAUSE_MS);
      const { topic, partition: number } = partition;
      logger.warn({ err: error, topic, partition: number }, 'a log could not be compacted');
      return undefined;
    }
  }
}
