/**
 * The memory that batches are built in, used again once a batch is acknowledged: fresh memory of a process costs
 * page faults on every first touch, warm memory does not.
 *
 * Invariant: memory comes back only when nobody reads it any more; at most `maxKeptBytes` are kept.
 */
import { BatchBuilder } from '@tidelog/record';

/** A string is written with room for three bytes per character before its size is known; short strings only. */
const STRING_SLACK_BYTES = 4_096;
const MIN_INITIAL_BYTES = 1_024;

export class BatchMemory {
  readonly #fullBytes: number;
  readonly #maxKept: number;
  readonly #kept: Buffer[] = [];

  constructor(options: { readonly batchSizeBytes: number; readonly maxKeptBytes: number }) {
    this.#fullBytes = options.batchSizeBytes + STRING_SLACK_BYTES;
    this.#maxKept = Math.floor(options.maxKeptBytes / this.#fullBytes);
  }

  /** A builder with room for about `expectedBytes`; it grows when more come. */
  builder(expectedBytes: number): BatchBuilder {
    if (expectedBytes * 4 < this.#fullBytes) {
      return new BatchBuilder({ initialBytes: Math.max(MIN_INITIAL_BYTES, expectedBytes * 2) });
    }
    const memory = this.#kept.pop();
    if (memory !== undefined) return new BatchBuilder({ memory });
    return new BatchBuilder({ initialBytes: Math.max(this.#fullBytes, expectedBytes) });
  }

  /** Takes memory back for the next batch, when it is of the usual size. */
  release(memory: Buffer): void {
    if (memory.length === this.#fullBytes && this.#kept.length < this.#maxKept) this.#kept.push(memory);
  }
}
