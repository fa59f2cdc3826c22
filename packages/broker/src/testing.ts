/**
 * Brokers for tests: fast, silent, on a free port, with nothing left behind.
 */
import type { Broker } from './broker.ts';
import { createMissingTopics, launchBroker } from './launch-broker.ts';
import type { StartBrokerOptions, TopicSetting } from './options.ts';

/** What `startTestBroker` takes: the options of `startBroker`, with other defaults. */
export type StartTestBrokerOptions = StartBrokerOptions;

export interface TestBroker extends Broker {
  /** Creates the topic if it is missing: a partition count, or `{ partitions, configs }`. */
  createTopic(topic: string, setting?: TopicSetting): Promise<void>;
}

/**
 * Starts a broker for a test, on a temporary directory and a free port, so that any number of them run side by
 * side. `durability` is `page-cache` unless given: a test that kills its broker loses nothing by it, and does not
 * wait for the disk. Nor does a classic group wait for more members before its first rebalance
 * (`groupInitialRebalanceDelayMs` is 0).
 *
 *     await using broker = await startTestBroker({ topics: { orders: 3 } });
 *
 * Rejects as `startBroker` does.
 */
export async function startTestBroker(options: StartTestBrokerOptions = {}): Promise<TestBroker> {
  const { broker, core } = await launchBroker({
    durability: 'page-cache',
    groupInitialRebalanceDelayMs: 0,
    ...options,
  });
  return {
    ...broker,
    createTopic: (topic, setting = 1) => createMissingTopics(core, { [topic]: setting }),
  };
}
