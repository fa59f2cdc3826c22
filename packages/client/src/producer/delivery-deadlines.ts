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

/** Settled entries at the front are dropped in portions of this many. */
const COMPACT_COUNT = 1_024;

export class DeliveryDeadlines {
  readonly #clock: Clock;
  readonly #deliveryTimeoutMs: number;
  readonly #onExpired: (queue: PartitionQueue, batch: ProducerBatch) => void;
  #entries: Entry[] = [];
  #first = 0;
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
    this.#dropSettled();
    this.#entries.push({ queue, batch });
    this.#arm();
  }

  /** Stops watching. */
  close(): void {
    this.#timer?.cancel();
    this.#entries = [];
    this.#first = 0;
  }

  #dropSettled(): void {
    while (this.#entries[this.#first]?.batch.isSettled === true) this.#first += 1;
    if (this.#first < COMPACT_COUNT) return;
    this.#entries.splice(0, this.#first);
    this.#first = 0;
  }

  #arm(): void {
    const oldest = this.#entries[this.#first];
    if (this.#timer !== undefined || oldest === undefined) return;
    const leftMs = oldest.batch.createdAtMs + this.#deliveryTimeoutMs - this.#clock.monotonicMs();
    // Batches that are sent keep their socket, and with it the process, alive; this timer need not.
    this.#timer = this.#clock.setIdleTimer(Math.max(1, leftMs), () => {
      this.#timer = undefined;
      this.#expire();
    });
  }

  #expire(): void {
    const bornBeforeMs = this.#clock.monotonicMs() - this.#deliveryTimeoutMs;
    for (;;) {
      this.#dropSettled();
      const oldest = this.#entries[this.#first];
      if (oldest === undefined || oldest.batch.createdAtMs > bornBeforeMs) break;
      this.#first += 1;
      this.#onExpired(oldest.queue, oldest.batch);
    }
    this.#arm();
  }
}
