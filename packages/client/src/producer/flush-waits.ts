/**
 * Who waits in `flush`, and which failures nobody has been told of yet.
 */
import { TidelogError } from '@tidelog/record/errors';
import type { ProducerBatch } from './producer-batch.ts';

interface FlushWait {
  readonly remaining: Set<ProducerBatch>;
  readonly resolve: () => void;
}

export class FlushWaits {
  readonly #unsettled = new Set<ProducerBatch>();
  #waits: FlushWait[] = [];
  #failedRecordCount = 0;
  #firstError: TidelogError | undefined;

  /** A batch that a flush from now on waits for. */
  add(batch: ProducerBatch): void {
    this.#unsettled.add(batch);
  }

  /** The batch was stored or failed. */
  settled(batch: ProducerBatch): void {
    this.#unsettled.delete(batch);
    if (this.#waits.length === 0) return;
    for (const wait of this.#waits) {
      wait.remaining.delete(batch);
      if (wait.remaining.size === 0) wait.resolve();
    }
    this.#waits = this.#waits.filter(({ remaining }) => remaining.size > 0);
  }

  /** Who waited for the batch waits for its parts. */
  split(batch: ProducerBatch, parts: readonly ProducerBatch[]): void {
    for (const part of parts) this.#unsettled.add(part);
    for (const { remaining } of this.#waits) {
      if (remaining.has(batch)) for (const part of parts) remaining.add(part);
    }
    this.settled(batch);
  }

  /** Resolves when every batch that is unsettled now is settled. */
  wait(): Promise<void> {
    if (this.#unsettled.size === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waits.push({ remaining: new Set(this.#unsettled), resolve });
    });
  }

  /** Records failed and nobody was told but the event: the next flush is. */
  failedUnobserved(recordCount: number, error: TidelogError): void {
    this.#failedRecordCount += recordCount;
    this.#firstError ??= error;
  }

  /** The error of what failed since the last call, or undefined. */
  takeFailure(): TidelogError | undefined {
    const first = this.#firstError;
    if (first === undefined) return undefined;
    const count = this.#failedRecordCount;
    this.#firstError = undefined;
    this.#failedRecordCount = 0;
    const { topic, partition, retriable } = first;
    return new TidelogError(
      first.code,
      `${count === 1 ? 'a record' : `${count} records`} enqueued without a callback failed; the first: ${first.message}`,
      {
        cause: first,
        retriable,
        ...(topic === undefined ? {} : { topic }),
        ...(partition === undefined ? {} : { partition }),
      },
    );
  }
}
