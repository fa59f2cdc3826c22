/** The client against the real broker, over TCP. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startTestBroker } from '@tidelog/broker/testing';
import { json, string, Tidelog, type ConsumerRecord } from '../src/index.ts';
import { failureOf } from './outcomes.ts';

async function take<K, V>(
  loop: AsyncIterable<ConsumerRecord<K, V>>,
  count: number,
): Promise<ConsumerRecord<K, V>[]> {
  const records: ConsumerRecord<K, V>[] = [];
  for await (const record of loop) if (records.push(record) === count) break;
  return records;
}

test('what goes in comes out: keys, values, headers, timestamps, tombstones', async () => {
  await using broker = await startTestBroker({ topics: { orders: 3 } });
  await using tidelog = new Tidelog({ brokers: broker.brokers });
  const producer = tidelog.producer({ key: string(), value: json<{ count: number }>() });
  const metadata = await producer.send({
    topic: 'orders',
    messages: [
      {
        key: 'alice',
        value: { count: 3 },
        headers: { source: ['web', 'mobile'] },
        timestampMs: 1_700_000_000_000,
      },
      { key: 'alice', value: null, timestampMs: 1_700_000_000_001 },
    ],
  });
  const consumer = tidelog.consumer({
    topics: ['orders'],
    startFrom: 'earliest',
    key: string(),
    value: json(),
  });
  const records = await take(consumer, 2);
  expect(records.map((record) => record.toJSON())).toEqual([
    { ...metadata[0], key: 'alice', value: { count: 3 } },
    { ...metadata[1], key: 'alice', value: null },
  ]);
  expect(records[0]?.headers.map(({ value }) => String(value))).toEqual(['web', 'mobile']);
});

test.each(['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const)(
  'many records through %s keep their order',
  async (compression) => {
    await using broker = await startTestBroker({ topics: { lines: 4 } });
    await using tidelog = new Tidelog({ brokers: broker.brokers });
    const producer = tidelog.producer({ compression });
    for (let index = 0; index < 20_000; index++) {
      if (!producer.enqueue('lines', { key: `key-${index % 100}`, value: `${index}` }))
        await producer.drained();
    }
    await producer.flush();
    const lastOfKey = new Map<string, number>();
    let count = 0;
    const consumer = tidelog.consumer({ topics: ['lines'], startFrom: 'earliest' });
    for await (const batch of consumer.batches()) {
      for (const { key, value } of batch) {
        const index = Number(value);
        expect(lastOfKey.get(String(key)) ?? -1).toBeLessThan(index);
        lastOfKey.set(String(key), index);
        count += 1;
      }
      if (count === 20_000) break;
    }
    expect((await consumer.lag()).map(({ lag }) => lag)).toEqual([0, 0, 0, 0]);
  },
);

test('a broker that is closed and started again in the middle loses nothing and doubles nothing', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'tidelog-client-'));
  try {
    let broker = await startTestBroker({ dataDir, topics: { lines: 2 } });
    const port = Number(broker.brokers[0]?.split(':').at(-1));
    await using tidelog = new Tidelog({ brokers: broker.brokers });
    const producer = tidelog.producer({ lingerMs: 1, batchSizeBytes: 2_000 });
    const consumer = tidelog.consumer({ topics: ['lines'], startFrom: 'earliest' });
    const total = 30_000;
    const reading = take(consumer, total);
    for (let index = 0; index < total; index++) {
      if (!producer.enqueue('lines', { value: `${index}`, partition: index % 2 })) await producer.drained();
      if (index % 1_000 === 0) await new Promise((resolve) => setImmediate(resolve));
      if (index === 10_000 || index === 20_000) {
        await broker.close();
        broker = await startTestBroker({ dataDir, port });
      }
    }
    await producer.flush();
    const seen: number[][] = [[], []];
    for (const { partition, value } of await reading) seen[partition]?.push(Number(value));
    for (const partition of [0, 1]) {
      expect(seen[partition]).toEqual(Array.from({ length: total / 2 }, (_, index) => index * 2 + partition));
    }
    await tidelog.close();
    await broker.close();
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}, 60_000);

describe('errors that a program sees', () => {
  test('a topic that does not exist', async () => {
    await using broker = await startTestBroker();
    await using tidelog = new Tidelog({ brokers: broker.brokers, metadataTimeoutMs: 300 });
    const sending = tidelog.producer().send({ topic: 'nowhere', messages: [{ value: 'x' }] });
    expect(await failureOf(sending)).toMatchObject({ code: 'UNKNOWN_TOPIC_OR_PARTITION', topic: 'nowhere' });
    const reading = tidelog
      .consumer({ topics: ['nowhere'] })
      .records()
      .next();
    expect(await failureOf(reading)).toMatchObject({ code: 'UNKNOWN_TOPIC_OR_PARTITION', topic: 'nowhere' });
  });

  test('a record larger than the topic accepts; smaller ones go on', async () => {
    await using broker = await startTestBroker({
      topics: { small: { partitions: 1, configs: { 'max.message.bytes': '2000' } } },
    });
    await using tidelog = new Tidelog({ brokers: broker.brokers });
    const producer = tidelog.producer();
    const sending = producer.send({ topic: 'small', messages: [{ value: 'x'.repeat(3_000) }] });
    expect((await failureOf(sending)).code).toBe('MESSAGE_TOO_LARGE');
    const messages = Array.from({ length: 100 }, (_, index) => ({ value: `${index}`.padEnd(100) }));
    const metadata = await producer.send({ topic: 'small', messages });
    expect(metadata.map(({ offset }) => offset)).toEqual([...messages.keys()]);
  });

  test('no broker at the address', async () => {
    await using tidelog = new Tidelog({ brokers: ['127.0.0.1:1'] });
    const error = await failureOf(tidelog.connect());
    expect(error.code).toBe('CONNECTION_FAILED');
    expect(error.message).toContain('127.0.0.1:1 (connect ECONNREFUSED 127.0.0.1:1)');
  });
});

test('reading starts at a time, an offset, the end', async () => {
  await using broker = await startTestBroker({ topics: { log: 1 } });
  await using tidelog = new Tidelog({ brokers: broker.brokers });
  const producer = tidelog.producer();
  for (let hour = 0; hour < 5; hour++) {
    await producer.send({
      topic: 'log',
      messages: [{ value: `${hour}`, timestampMs: 1_700_000_000_000 + hour * 1_000 }],
    });
  }
  const consumer = tidelog.consumer({ topics: ['log'], startFrom: { timestampMs: 1_700_000_002_500 } });
  const first = async (): Promise<string> => String((await take(consumer, 1))[0]?.value);
  expect(await first()).toBe('3');
  await consumer.seek({ topic: 'log', partition: 0, offset: 1 });
  expect(await first()).toBe('1');
  await consumer.seek({ topic: 'log', partition: 0, offset: { timestampMs: 1_700_000_004_000 } });
  expect(await first()).toBe('4');
  await consumer.seek({ topic: 'log', partition: 0, offset: 'end' });
  await consumer.connect();
  await producer.send({ topic: 'log', messages: [{ value: 'new' }] });
  expect(await first()).toBe('new');
});

test('several consumers and producers of one client work side by side', async () => {
  await using broker = await startTestBroker({ topics: { a: 2, b: 2 } });
  await using tidelog = new Tidelog({ brokers: broker.brokers });
  const producers = [
    tidelog.producer(),
    tidelog.producer({ acks: 1 }),
    tidelog.producer({ idempotence: false }),
  ];
  const consumers = ['a', 'b'].map((topic) => tidelog.consumer({ topics: [topic], startFrom: 'earliest' }));
  const readings = consumers.map((consumer) => take(consumer, 300));
  await Promise.all(
    producers.flatMap((producer) =>
      Array.from({ length: 100 }, (_, index) =>
        Promise.all(['a', 'b'].map((topic) => producer.send({ topic, messages: [{ value: `${index}` }] }))),
      ),
    ),
  );
  expect((await Promise.all(readings)).map(({ length }) => length)).toEqual([300, 300]);
});
