/** Members of a group of a fake cluster, for tests. */
import type { Consumer } from '../src/consumer/consumer.ts';
import type { ConsumerOptions } from '../src/consumer/consumer-options.ts';
import type { ConsumerRecord } from '../src/consumer/consumer-record.ts';
import type { TopicPartition } from '../src/consumer/subscription.ts';
import type { FakeGroup } from './fake-groups.ts';
import { fillLog } from './fill-log.ts';
import type { SetUp } from './set-up.ts';

export const GROUP = 'billing';

/** Topic `orders` with records in each partition: `0:0`, `0:1`, …, `1:0`, … */
export function withOrders(env: SetUp, partitionCount: number, recordsPerPartition = 3): void {
  env.cluster.createTopic('orders', partitionCount);
  for (let partition = 0; partition < partitionCount; partition++) {
    addOrders(env, partition, recordsPerPartition);
  }
}

/** More records at the end of a partition, each a batch. */
export function addOrders(env: SetUp, partition: number, count: number): void {
  const log = env.cluster.log('orders', partition);
  const fromOffset = log.nextOffset;
  fillLog(
    log,
    Array.from({ length: count }, (_, index) => [`${partition}:${fromOffset + index}`]),
  );
  env.cluster.wakeFetches();
}

export function member(env: SetUp, options: Partial<ConsumerOptions> = {}): Consumer {
  return env.tidelog.consumer({ groupId: GROUP, topics: ['orders'], startFrom: 'earliest', ...options });
}

/** Reads in the background; `seen` grows. */
export function reading(consumer: Consumer): { readonly seen: string[]; readonly ended: Promise<void> } {
  const seen: string[] = [];
  const loop = async (): Promise<void> => {
    for await (const record of consumer) seen.push(String(record.value));
  };
  const ended = loop();
  ended.catch(() => undefined);
  return { seen, ended };
}

/** Takes the next `count` records and leaves the loop. */
export async function take(consumer: Consumer, count: number): Promise<ConsumerRecord[]> {
  const taken: ConsumerRecord[] = [];
  for await (const record of consumer) if (taken.push(record) === count) break;
  return taken;
}

export const numbersOf = (partitions: readonly TopicPartition[]): number[] =>
  partitions.map(({ partition }) => partition).toSorted((a, b) => a - b);

export const groupOf = (env: SetUp): FakeGroup => env.cluster.groups.group(GROUP);

export const committedOffset = (env: SetUp, partition = 0): number | undefined =>
  groupOf(env).offsets.get(`orders-${partition}`)?.offset;

/** A promise that the test resolves. */
export function gate(): { readonly opened: Promise<void>; open(): void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: resolve };
}
