/** Processing and administration of groups against the real broker, over TCP. */
import { startTestBroker } from '@tidelog/broker/testing';
import { describe, expect, test } from 'vitest';
import { Tidelog, type Admin } from '../src/index.ts';
import { failureOf } from './outcomes.ts';

async function committedOf(admin: Admin, groupId: string): Promise<number[]> {
  return (await admin.fetchOffsets(groupId)).map(({ offset }) => offset);
}

async function produce(tidelog: Tidelog, topic: string, texts: readonly string[]): Promise<void> {
  const messages = texts.map((text) => {
    const [key = '', value = ''] = text.split(':');
    return { key, value };
  });
  await tidelog.producer().send({ topic, messages });
}

describe('processing by key', () => {
  test('commits what is contiguous, so that a failure brings back its record and those behind it', async () => {
    await using broker = await startTestBroker({ topics: { orders: 1 } });
    await using tidelog = new Tidelog({ brokers: broker.brokers });
    await produce(tidelog, 'orders', ['a:1', 'b:2', 'c:3', 'a:4', 'd:5']);
    const options = { groupId: 'billing', topics: ['orders'], startFrom: 'earliest' } as const;
    const handled: string[] = [];
    const first = tidelog.consumer(options);
    const running = first.run({
      concurrency: { by: 'key', max: 4 },
      eachMessage: async ({ message }) => {
        const value = String(message.value);
        if (value === '2') {
          // The others of its window end first.
          while (handled.length < 4) await new Promise((resolve) => setImmediate(resolve));
          throw new Error('no 2');
        }
        handled.push(value);
      },
    });
    await expect(running).rejects.toThrow('no 2');
    expect(handled.sort()).toEqual(['1', '3', '4', '5']);
    await first.close();
    const admin = tidelog.admin();
    expect(await committedOf(admin, 'billing')).toEqual([1]);

    const again: string[] = [];
    const second = tidelog.consumer(options);
    const done = new AbortController();
    await second.run({
      concurrency: { by: 'key', max: 4 },
      signal: done.signal,
      eachMessage: ({ message }) => {
        again.push(String(message.value));
        if (again.length === 4) done.abort();
      },
    });
    expect(again.sort()).toEqual(['2', '3', '4', '5']);
    await second.close();
    expect(await committedOf(admin, 'billing')).toEqual([5]);
  });
});

test('members that come and go while records are processed by key leave none out', async () => {
  await using broker = await startTestBroker({
    topics: { orders: 4 },
    groupConsumerHeartbeatIntervalMs: 100,
  });
  await using tidelog = new Tidelog({ brokers: broker.brokers });
  const texts = Array.from({ length: 400 }, (_, index) => `k${index % 37}:${index}`);
  await produce(tidelog, 'orders', texts);
  const seen = new Set<string>();
  const enough = [100, 250, 400].map(() => Promise.withResolvers<void>());
  const errors: unknown[] = [];
  const start = (): { close(): Promise<void> } => {
    const consumer = tidelog.consumer({ groupId: 'billing', topics: ['orders'], startFrom: 'earliest' });
    const running = consumer.run({
      concurrency: { by: 'key', max: 8, maxRecordsAhead: 20 },
      eachMessage: async ({ message }) => {
        await new Promise((resolve) => setTimeout(resolve, 2 + (message.offset % 7)));
        seen.add(String(message.value));
        [100, 250, 400].forEach((count, index) => {
          if (seen.size >= count) enough[index]?.resolve();
        });
      },
    });
    running.catch((thrown: unknown) => errors.push(thrown));
    return {
      async close() {
        await consumer.close();
        await running;
      },
    };
  };
  const first = start();
  await enough[0]?.promise;
  const second = start();
  await enough[1]?.promise;
  await first.close();
  await enough[2]?.promise;
  await second.close();
  expect(errors).toEqual([]);
  expect(seen.size).toBe(400);
  const lag = await tidelog.admin().groupLag('billing');
  expect(lag.map((row) => row.lag)).toEqual([0, 0, 0, 0]);
});

test('a record that was committed stays so when its loop is left and the consumer closed', async () => {
  await using broker = await startTestBroker({ topics: { orders: 1 } });
  await using tidelog = new Tidelog({ brokers: broker.brokers });
  await produce(tidelog, 'orders', ['a:1', 'b:2']);
  const consumer = tidelog.consumer({ groupId: 'billing', topics: ['orders'], startFrom: 'earliest' });
  for await (const record of consumer) {
    if (String(record.value) !== '2') continue;
    await consumer.commit(record);
    break;
  }
  await consumer.close();
  expect(await committedOf(tidelog.admin(), 'billing')).toEqual([2]);
});

describe('retry and dead-letter topics of a group', () => {
  test('are missing with a clear error before the first call', async () => {
    await using broker = await startTestBroker({ topics: { orders: 1 } });
    await using tidelog = new Tidelog({ brokers: broker.brokers, metadataTimeoutMs: 300 });
    const consumer = tidelog.consumer({ groupId: 'billing', topics: ['orders'] });
    const running = consumer.run({ eachMessage: () => undefined, deadLetterTopic: true });
    expect((await failureOf(running)).message).toContain('billing.orders.dead-letters');
  });

  test('a member that comes later goes on with what waits in the retry topic', async () => {
    const topics = { orders: 1, 'billing.orders.retry': 1, 'billing.orders.dead-letters': 1 };
    await using broker = await startTestBroker({ topics });
    await using tidelog = new Tidelog({ brokers: broker.brokers });
    await produce(tidelog, 'orders', ['a:1', 'b:2']);
    const retry = { maxAttempts: 1, retryTopic: true, retryDelayMs: 300 } as const;
    const first = tidelog.consumer({ groupId: 'billing', topics: ['orders'], startFrom: 'earliest' });
    const firstDone = new AbortController();
    await first.run({
      retry,
      signal: firstDone.signal,
      eachMessage: ({ message }) => {
        if (String(message.value) === '1') throw new Error('not yet');
        firstDone.abort();
      },
    });
    await first.close();

    // Started at the end: only what waits for a retry is there for it, and nobody committed a place in that topic.
    const second = tidelog.consumer({ groupId: 'billing', topics: ['orders'] });
    const secondDone = new AbortController();
    const seen: unknown[] = [];
    await second.run({
      retry,
      signal: secondDone.signal,
      eachMessage: ({ message, attempt, origin }) => {
        seen.push([String(message.value), attempt, origin.topic, origin.offset]);
        secondDone.abort();
      },
    });
    expect(seen).toEqual([['1', 2, 'orders', 0]]);
    await second.close();
  });
});

test('a retry topic with a name works for topics that a pattern chooses', async () => {
  const topics = { 'orders.eu': 1, 'orders.us': 1, 'billing.retry': 1 };
  await using broker = await startTestBroker({ topics });
  await using tidelog = new Tidelog({ brokers: broker.brokers });
  await produce(tidelog, 'orders.us', ['a:1']);
  const consumer = tidelog.consumer({
    groupId: 'billing',
    topicPattern: 'orders\\..*',
    startFrom: 'earliest',
  });
  const done = new AbortController();
  const seen: string[] = [];
  await consumer.run({
    retry: { maxAttempts: 1, retryTopic: 'billing.retry', retryDelayMs: 50 },
    signal: done.signal,
    eachMessage: ({ topic, attempt, origin }) => {
      seen.push(`${origin.topic} from ${topic}`);
      if (attempt === 1) throw new Error('not yet');
      done.abort();
    },
  });
  expect(seen).toEqual(['orders.us from orders.us', 'orders.us from billing.retry']);
});

describe('an admin', () => {
  test('lists, describes, resets and deletes groups', async () => {
    await using broker = await startTestBroker({ topics: { orders: 2 } });
    await using tidelog = new Tidelog({ brokers: broker.brokers, clientId: 'web' });
    const producer = tidelog.producer();
    const message = (value: number): { partition: number; value: string } => ({
      partition: value % 2,
      value: String(value),
    });
    await producer.send({
      topic: 'orders',
      messages: Array.from({ length: 10 }, (_, index) => message(index)),
    });
    const admin = tidelog.admin();
    const consumer = tidelog.consumer({
      groupId: 'billing',
      topics: ['orders'],
      startFrom: 'earliest',
      autoCommit: false,
    });
    let left = 10;
    for await (const record of consumer) {
      await consumer.commit(record);
      if (--left === 0) break;
    }
    expect(await admin.listGroups({ states: ['Stable'] })).toMatchObject([
      { groupId: 'billing', type: 'consumer', state: 'Stable' },
    ]);
    const [group] = await admin.describeGroups(['billing']);
    expect(group?.members).toMatchObject([
      {
        clientId: 'web',
        subscribedTopics: ['orders'],
        assignment: [{ topic: 'orders', partitions: [0, 1] }],
      },
    ]);
    expect(await admin.groupLag('billing')).toMatchObject([
      { topic: 'orders', partition: 0, committedOffset: 5, logEndOffset: 5, lag: 0, clientId: 'web' },
      { topic: 'orders', partition: 1, committedOffset: 5, logEndOffset: 5, lag: 0, clientId: 'web' },
    ]);
    const refused = await failureOf(admin.resetOffsets('billing', { to: 'earliest' }));
    expect(refused.code).toBe('NON_EMPTY_GROUP');
    expect(refused.message).toContain('has 1 member (web at ');
    expect((await failureOf(admin.deleteGroups(['billing']))).code).toBe('NON_EMPTY_GROUP');
    const subscribed = admin.deleteOffsets('billing', [{ topic: 'orders', partition: 0 }]);
    expect((await failureOf(subscribed)).code).toBe('GROUP_SUBSCRIBED_TO_TOPIC');
    await consumer.close();

    expect(await admin.resetOffsets('billing', { to: { shiftBy: -2 } })).toEqual([
      { topic: 'orders', partition: 0, previousOffset: 5, offset: 3 },
      { topic: 'orders', partition: 1, previousOffset: 5, offset: 3 },
    ]);
    expect(await committedOf(admin, 'billing')).toEqual([3, 3]);
    const beyond = admin.setOffsets('billing', [{ topic: 'orders', partition: 0, offset: 6 }]);
    expect((await failureOf(beyond)).code).toBe('OFFSET_OUT_OF_RANGE');
    await admin.setOffsets('billing', [{ topic: 'orders', partition: 0, offset: 4, metadata: 'by hand' }]);
    expect(await admin.fetchOffsets('billing', { partitions: [{ topic: 'orders', partition: 0 }] })).toEqual([
      { topic: 'orders', partition: 0, offset: 4, leaderEpoch: -1, metadata: 'by hand' },
    ]);
    await admin.deleteOffsets('billing', [{ topic: 'orders', partition: 0 }]);
    expect(await committedOf(admin, 'billing')).toEqual([3]);
    await admin.deleteGroups(['billing']);
    expect((await failureOf(admin.describeGroups(['billing']))).code).toBe('GROUP_ID_NOT_FOUND');
  });

  test('is told what is wrong with a group id', async () => {
    await using broker = await startTestBroker();
    await using tidelog = new Tidelog({ brokers: broker.brokers });
    const admin = tidelog.admin();
    expect((await failureOf(admin.describeGroups(['']))).code).toBe('INVALID_GROUP_ID');
    expect((await failureOf(admin.fetchOffsets('x'.repeat(256)))).code).toBe('INVALID_GROUP_ID');
    expect((await failureOf(admin.deleteGroups(['nobody']))).code).toBe('GROUP_ID_NOT_FOUND');
  });
});
