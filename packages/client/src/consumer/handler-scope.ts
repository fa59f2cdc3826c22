/**
 * Knows, from within a call of `run`, which call it is: a handler that closes its consumer must not be waited for by
 * that close.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { PartitionReader } from './partition-reader.ts';
import type { RunSettings } from './run.ts';
import type { TopicPartition } from './subscription.ts';

export class HandlerScope {
  readonly #calls = new AsyncLocalStorage<TopicPartition>();

  /** The settings with calls that are known to run in this scope. */
  wrap<K, V>(settings: RunSettings<K, V>): RunSettings<K, V> {
    const { eachMessage, eachBatch } = settings;
    return {
      ...settings,
      eachMessage: eachMessage && ((payload) => this.#calls.run(payload, () => eachMessage(payload))),
      eachBatch: eachBatch && ((payload) => this.#calls.run(payload.batch, () => eachBatch(payload))),
    };
  }

  /** True when whoever asks was called with records of the reader. */
  isWithin({ topic, partition }: PartitionReader): boolean {
    const call = this.#calls.getStore();
    return call?.topic === topic && call.partition === partition;
  }
}
