/**
 * When the time for the delivery of a batch is over: one queue and one timer for all, because every batch gets
 * the same time from its creation.
 */
import type { Clock, Timer } from '../clock.ts';
import type { PartitionQueue } from './partition-queue.ts';
import type { ProducerBatch } from './producer-batch.ts';

interface Entry {
  readonly queue: PartitionQueue;
  readonly batch: ProducerBatch;
}

/** Settled entries are dropped when the list has grown to twice what was left the last time, and to this many. */
const MIN_COMPACT_COUNT = 1_024;

export class DeliveryDeadlines {
  readonly #clock: Clock;
  readonly #deliveryTimeoutMs: number;
  readonly #onExpired: (queue: PartitionQueue, batch: ProducerBatch) => void;
  /** Oldest first; may hold settled ones. */
  #entries: Entry[] = [];
  #compactAtCount = MIN_COMPACT_COUNT;
  #timer: Timer | undefined;

  constructor(
    options: { readonly clock: Clock; readonly deliveryTimeoutMs: number },
    onExpired: (queue: PartitionQueue, batch: ProducerBatch) => void,
  ) {
    this.#clock = options.clock;
    this.#deliveryTimeoutMs = options.deliveryTimeoutMs;
    this.#onExpired = onExpired;
  }

  /** Watches a batch; batches come in the order of their creation. */
  add(queue: PartitionQueue, batch: ProducerBatch): void {
    this.#entries.push({ queue, batch });
    if (this.#entries.length >= this.#compactAtCount) this.#dropSettled();
    this.#arm();
  }

  /** Stops watching. */
  close(): void {
    this.#timer?.cancel();
    this.#entries = [];
  }

  #dropSettled(): void {
    this.#entries = this.#entries.filter(({ batch }) => !batch.isSettled);
    this.#compactAtCount = Math.max(MIN_COMPACT_COUNT, 2 * this.#entries.length);
  }

  #arm(): void {
    const oldest = this.#entries[0];
    if (this.#timer !== undefined || oldest === undefined) return;
    const leftMs = oldest.batch.createdAtMs + this.#deliveryTimeoutMs - this.#clock.monotonicMs();
    // Batches that are sent keep their socket, and with it the process, alive; this timer need not.
    this.#timer = this.#clock.setIdleTimer(Math.max(1, leftMs), () => {
      this.#timer = undefined;
      this.#expire();
    });
  }

  #expire(): void {
    this.#dropSettled();
    const bornBeforeMs = this.#clock.monotonicMs() - this.#deliveryTimeoutMs;
    const isYoung = ({ batch }: Entry): boolean => batch.createdAtMs > bornBeforeMs;
    const firstYoung = this.#entries.findIndex(isYoung);
    const expired = this.#entries.splice(0, firstYoung < 0 ? this.#entries.length : firstYoung);
    for (const { queue, batch } of expired) if (!batch.isSettled) this.#onExpired(queue, batch);
    this.#arm();
  }
}
