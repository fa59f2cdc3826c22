/**
 * Knows, from within a call of `run`, which call it is: handlers that close their consumer must not be waited for by
 * that close.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { PartitionReader } from './partition-reader.ts';
import type { RunSettings } from './run.ts';
import type { TopicPartition } from './subscription.ts';

export class HandlerScope {
  readonly #calls = new AsyncLocalStorage<TopicPartition>();
  /** Resolved by a call with records of the partition that closes the consumer. */
  readonly #closings = new Map<string, PromiseWithResolvers<void>>();

  /** The settings with calls that are known to run in this scope. */
  wrap<K, V>(settings: RunSettings<K, V>): RunSettings<K, V> {
    const { eachMessage, eachBatch } = settings;
    return {
      ...settings,
      eachMessage: eachMessage && ((payload) => this.#calls.run(payload, () => eachMessage(payload))),
      eachBatch: eachBatch && ((payload) => this.#calls.run(payload.batch, () => eachBatch(payload))),
    };
  }

  /** Whoever asks closes the consumer, and may wait for that. */
  closes(): void {
    const call = this.#calls.getStore();
    if (call !== undefined) this.#closingOf(call).resolve();
  }

  /** Resolves when a call that has records of the reader closes the consumer. */
  whenClosing(reader: PartitionReader): Promise<void> {
    return this.#closingOf(reader).promise;
  }

  #closingOf({ topic, partition }: TopicPartition): PromiseWithResolvers<void> {
    // Topic names hold no colon.
    const key = `${topic}:${partition}`;
    const known = this.#closings.get(key) ?? Promise.withResolvers<void>();
    this.#closings.set(key, known);
    return known;
  }
}
