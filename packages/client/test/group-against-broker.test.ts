/** Consumer groups against the real broker, over TCP. */
import { startTestBroker, type StartTestBrokerOptions, type TestBroker } from '@tidelog/broker/testing';
import { describe, expect, test } from 'vitest';
import { Tidelog, type Consumer, type ConsumerOptions } from '../src/index.ts';
import { failureOf } from './outcomes.ts';

/** Groups that notice things soon. */
async function startBroker(options: StartTestBrokerOptions = {}): Promise<TestBroker> {
  return await startTestBroker({
    topics: { orders: 6 },
    groupConsumerSessionTimeoutMs: 3_000,
    groupConsumerHeartbeatIntervalMs: 100,
    ...options,
  });
}

interface Reader {
  readonly consumer: Consumer;
  readonly seen: string[];
  readonly ended: Promise<void>;
}

function read(tidelog: Tidelog, options: Partial<ConsumerOptions> = {}): Reader {
  const consumer = tidelog.consumer({
    groupId: 'billing',
    topics: ['orders'],
    startFrom: 'earliest',
    ...options,
  });
  const seen: string[] = [];
  const ended = (async () => {
    for await (const record of consumer) seen.push(`${record.topic}-${record.partition}@${record.offset}`);
  })();
  ended.catch(() => undefined);
  return { consumer, seen, ended };
}

async function produce(
  tidelog: Tidelog,
  topic: string,
  partitionCount: number,
  count: number,
): Promise<void> {
  const producer = tidelog.producer();
  const messages = Array.from({ length: count }, (_, index) => ({
    value: `${index}`,
    partition: index % partitionCount,
  }));
  await producer.send({ topic, messages });
  await producer.close();
}

/** Waits for real things to happen. */
async function until(condition: () => boolean, what: string): Promise<void> {
  const deadlineMs = performance.now() + 15_000;
  while (!condition()) {
    if (performance.now() > deadlineMs) throw new Error(`in vain: ${what}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const shareOf = ({ consumer }: Reader): number => consumer.assignment().length;

describe('members that come and go', () => {
  test('share the partitions, miss nothing and read nothing twice', async () => {
    await using broker = await startBroker();
    await using tidelog = new Tidelog({ brokers: broker.brokers });
    const first = read(tidelog);
    await produce(tidelog, 'orders', 6, 60);
    await until(() => first.seen.length === 60, 'the first reads all');
    const second = read(tidelog);
    const third = read(tidelog);
    await until(() => [first, second, third].every((reader) => shareOf(reader) === 2), 'two each');
    await produce(tidelog, 'orders', 6, 60);
    const all = (): string[] => [first, second, third].flatMap(({ seen }) => seen);
    await until(() => all().length === 120, 'all is read');
    await second.consumer.close();
    await until(() => shareOf(first) === 3 && shareOf(third) === 3, 'the rest is shared again');
    await produce(tidelog, 'orders', 6, 60);
    await until(() => all().length >= 180, 'all is read');
    expect(new Set(all()).size).toBe(180);
    expect(all().length).toBe(180);
  }, 30_000);

  test('go on where the group was', async () => {
    await using broker = await startBroker();
    await using tidelog = new Tidelog({ brokers: broker.brokers });
    await produce(tidelog, 'orders', 6, 60);
    const first = read(tidelog);
    await until(() => first.seen.length === 60, 'all is read');
    await first.consumer.close();
    await produce(tidelog, 'orders', 6, 6);
    const second = read(tidelog);
    await until(() => second.seen.length === 6, 'the rest is read');
    expect(second.seen.every((name) => name.endsWith('@10'))).toBe(true);
    expect(await second.consumer.committed()).toHaveLength(6);
  });

  test('that are static come back to their partitions without disturbing others', async () => {
    await using broker = await startBroker();
    await using tidelog = new Tidelog({ brokers: broker.brokers });
    const first = read(tidelog, { groupInstanceId: 'one' });
    const second = read(tidelog, { groupInstanceId: 'two' });
    await until(() => shareOf(first) === 3 && shareOf(second) === 3, 'three each');
    const place = first.consumer.assignment();
    let isDisturbed = false;
    second.consumer.on('rebalancing', () => (isDisturbed = true));
    await first.consumer.close();
    const again = read(tidelog, { groupInstanceId: 'one' });
    await until(() => shareOf(again) === 3, 'its three again');
    expect(again.consumer.assignment()).toEqual(place);
    expect(isDisturbed).toBe(false);
  });
});

describe('topics', () => {
  test('that match a pattern are read, those that are made later included, and their new partitions', async () => {
    await using broker = await startBroker({ topics: { 'shop-a': 1 } });
    await using tidelog = new Tidelog({ brokers: broker.brokers });
    const reader = read(tidelog, { topics: undefined, topicPattern: /shop-.*/, startFrom: 'latest' });
    await reader.consumer.connect();
    await broker.createTopic('shop-b', 1);
    await broker.createTopic('workshop-c', 1);
    await produce(tidelog, 'shop-b', 1, 1);
    await until(() => reader.seen.includes('shop-b-0@0'), 'the new topic is read from its first record');
    await tidelog.admin().createPartitions([{ topic: 'shop-a', totalCount: 2 }]);
    await using other = new Tidelog({ brokers: broker.brokers });
    await produce(other, 'shop-a', 2, 2);
    await until(() => reader.seen.includes('shop-a-1@0'), 'the new partition is read from its first record');
    expect(reader.seen.some((name) => name.startsWith('workshop'))).toBe(false);
  });

  test('that are deleted are given up, and the others go on', async () => {
    await using broker = await startBroker({ topics: { orders: 2, payments: 2 } });
    await using tidelog = new Tidelog({ brokers: broker.brokers });
    const reader = read(tidelog, { topics: ['orders', 'payments'] });
    await until(() => shareOf(reader) === 4, 'all four');
    await tidelog.admin().deleteTopics(['payments']);
    await until(() => shareOf(reader) === 2, 'two are left');
    await produce(tidelog, 'orders', 2, 2);
    await until(() => reader.seen.length === 2, 'they are read');
  });
});

describe('what cannot be', () => {
  test.each<[Partial<ConsumerOptions>, string]>([
    [{ groupId: 'x'.repeat(256) }, 'INVALID_ARGUMENT'],
    [{ topics: undefined, topicPattern: '(' }, 'INVALID_REGULAR_EXPRESSION'],
    [{ topics: ['nowhere'] }, 'UNKNOWN_TOPIC_OR_PARTITION'],
  ])('%j ends in %s', async (options, code) => {
    await using broker = await startBroker();
    await using tidelog = new Tidelog({ brokers: broker.brokers, metadataTimeoutMs: 500 });
    const reading = async (): Promise<unknown> =>
      tidelog
        .consumer({ groupId: 'billing', topics: ['orders'], ...options })
        .records()
        .next();
    expect((await failureOf(reading())).code).toBe(code);
  });

  test('commits beyond the log, of partitions of others, or by whoever is no member', async () => {
    await using broker = await startBroker();
    await using tidelog = new Tidelog({ brokers: broker.brokers });
    const { consumer } = read(tidelog);
    await until(() => consumer.assignment().length === 6, 'everything');
    const beyond = failureOf(consumer.commit([{ topic: 'orders', partition: 0, offset: 99 }]));
    expect((await beyond).code).toBe('OFFSET_OUT_OF_RANGE');
    const elsewhere = failureOf(consumer.commit([{ topic: 'orders', partition: 99, offset: 0 }]));
    expect((await elsewhere).code).toBe('REBALANCE_IN_PROGRESS');
    const outsider = tidelog.consumer({ groupId: 'billing', autoCommit: false });
    await outsider.assign([{ topic: 'orders', partition: 0, offset: 0 }]);
    const committing = failureOf(outsider.commit([{ topic: 'orders', partition: 0, offset: 0 }]));
    expect((await committing).code).toBe('UNKNOWN_MEMBER_ID');
  });

  test('more members than the group may have', async () => {
    await using broker = await startBroker({ groupConsumerMaxSize: 1 });
    await using tidelog = new Tidelog({ brokers: broker.brokers });
    const first = read(tidelog);
    await until(() => shareOf(first) === 6, 'everything');
    expect((await failureOf(read(tidelog).ended)).code).toBe('GROUP_MAX_SIZE_REACHED');
  });
});
