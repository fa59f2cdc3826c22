import { describe, expect, test } from 'vitest';
import { RecordBatch } from '@tidelog/record';
import { quiesce } from '../../test/manual-clock.ts';
import { failureOf } from '../../test/outcomes.ts';
import { setUp } from '../../test/set-up.ts';
import { json, number, string } from '../serializers.ts';
import type { DeliveryFailure } from './producer.ts';
import { partitionForKey } from './murmur2.ts';

describe('the topic', () => {
  test('that does not exist is named after metadataTimeoutMs', async () => {
    await using env = setUp({ metadataTimeoutMs: 3_000 });
    const producer = env.tidelog.producer();
    const failing = failureOf(producer.send({ topic: 'ordrs', messages: [{ value: '1' }] }));
    await env.clock.advance(3_100);
    const error = await failing;
    expect(error.code).toBe('UNKNOWN_TOPIC_OR_PARTITION');
    expect(error.topic).toBe('ordrs');
    expect(error.message).toContain('topic "ordrs" does not exist (looked for 3000 ms)');
    expect(producer.bufferedBytes).toBe(0);
  });

  test('that does not exist fails enqueued records through the event and the next flush', async () => {
    await using env = setUp({ metadataTimeoutMs: 1_000 });
    const producer = env.tidelog.producer();
    const failures: DeliveryFailure[] = [];
    producer.on('deliveryFailed', (failure) => failures.push(failure));
    producer.enqueue('ordrs', { value: '1' });
    const flushing = failureOf(producer.flush());
    await env.clock.advance(1_100);
    expect((await flushing).code).toBe('UNKNOWN_TOPIC_OR_PARTITION');
    expect(failures).toMatchObject([{ topic: 'ordrs', partition: -1, recordCount: 1 }]);
  });

  test('that does not exist gives its room back to those who wait for it', async () => {
    await using env = setUp({ metadataTimeoutMs: 1_000 });
    const producer = env.tidelog.producer({ bufferMemoryBytes: 65_536, batchSizeBytes: 1_024 });
    while (producer.enqueue('ordrs', { value: 'x'.repeat(500) }, () => undefined));
    const drained = producer.drained();
    const failing = failureOf(producer.send({ topic: 'ordrs', messages: [{ value: 'y' }] }));
    await env.clock.advance(3_000);
    await drained;
    expect((await failing).code).toBe('UNKNOWN_TOPIC_OR_PARTITION');
    expect(producer.bufferedBytes).toBe(0);
  });

  test('that does not exist is looked for again for a record that is given in again at once', async () => {
    await using env = setUp({ metadataTimeoutMs: 1_000 });
    const producer = env.tidelog.producer({ lingerMs: 0 });
    const told: string[] = [];
    producer.enqueue('orders', { value: 'a' }, (failure) => {
      told.push(failure?.code ?? 'stored');
      env.cluster.createTopic('orders');
      producer.enqueue('orders', { value: 'a' }, (error) => told.push(error?.code ?? 'stored'));
    });
    await env.clock.advance(3_000);
    await producer.flush();
    expect(told).toEqual(['UNKNOWN_TOPIC_OR_PARTITION', 'stored']);
  });

  test('that appears in time gets the records that wait for it, in order', async () => {
    await using env = setUp();
    const producer = env.tidelog.producer({ lingerMs: 0 });
    for (const value of ['1', '2', '3']) producer.enqueue('orders', { value });
    await env.clock.advance(500);
    env.cluster.createTopic('orders');
    await env.clock.advance(2_000);
    await producer.flush();
    expect(env.cluster.log('orders').values()).toEqual(['1', '2', '3']);
  });

  test('is created by the broker when it may be', async () => {
    await using env = setUp({ allowAutoTopicCreation: true });
    env.cluster.autoCreatePartitions = 2;
    await env.tidelog
      .producer({ lingerMs: 0 })
      .send({ topic: 'new', messages: [{ value: '1', partition: 1 }] });
    expect(env.cluster.log('new', 1).values()).toEqual(['1']);
  });

  test('is not created unless allowAutoTopicCreation asks for it', async () => {
    await using env = setUp({ metadataTimeoutMs: 100 });
    env.cluster.autoCreatePartitions = 2;
    const failing = failureOf(env.tidelog.producer().send({ topic: 'new', messages: [{ value: '1' }] }));
    await env.clock.advance(200);
    expect((await failing).code).toBe('UNKNOWN_TOPIC_OR_PARTITION');
  });

  test.each([
    ['', 'it is empty'],
    ['no spaces', 'letters, digits'],
    ['x'.repeat(250), 'at most 249'],
    ['..', 'reserved'],
  ])('named %j is refused: %s', async (topic, reason) => {
    await using env = setUp();
    expect(() => env.tidelog.producer().enqueue(topic, { value: '1' })).toThrow(reason);
    expect(() => env.tidelog.consumer({ topics: [topic] })).toThrow('topic');
  });

  test('memory that the program reuses right after enqueue does not change a record that waits', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    const producer = env.tidelog.producer({ lingerMs: 0 });
    const value = Buffer.from('before');
    producer.enqueue('orders', { value });
    value.write('after!');
    producer.enqueue('orders', { value });
    await producer.flush();
    expect(env.cluster.log('orders').values()).toEqual(['before', 'after!']);
  });
});

describe('the partition', () => {
  test('of a key is the one that Java picks', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders', 7);
    const producer = env.tidelog.producer({ lingerMs: 0 });
    const keys = ['a', 'banana', 'Zürich', '🍌', 'customer-17'];
    const metadata = await producer.send({
      topic: 'orders',
      messages: keys.map((key) => ({ key, value: key })),
    });
    expect(metadata.map(({ partition }) => partition)).toEqual(keys.map((key) => partitionForKey(key, 7)));
  });

  test('of records without a key stays the same for a batch and then changes', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders', 4);
    const producer = env.tidelog.producer({ lingerMs: 0 });
    const partitions: number[] = [];
    for (let round = 0; round < 8; round++) {
      const sent = await Promise.all(
        ['1', '2', '3'].map((value) => producer.send({ topic: 'orders', messages: [{ value }] })),
      );
      const ofRound = new Set(sent.flat().map(({ partition }) => partition));
      expect(ofRound.size).toBe(1);
      partitions.push(...ofRound);
    }
    for (let round = 1; round < partitions.length; round++) {
      expect(partitions[round]).not.toBe(partitions[round - 1]);
    }
  });

  test('of records without a key is one that has a leader, where there is one', async () => {
    await using env = setUp();
    const topic = env.cluster.createTopic('orders', 3);
    topic.leaderIds = [-1, 1, -1];
    const producer = env.tidelog.producer({ lingerMs: 0 });
    const [metadata] = await producer.send({ topic: 'orders', messages: [{ value: '1' }] });
    expect(metadata?.partition).toBe(1);
  });

  test('is up to a custom partitioner, which sees key, value, topic and the number of partitions', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders', 3);
    const seen: unknown[] = [];
    const producer = env.tidelog.producer({
      lingerMs: 0,
      key: string(),
      value: json<{ id: number }>(),
      partitioner(record) {
        seen.push({ ...record, keyBytes: String(record.keyBytes) });
        return record.value?.id === 1 ? 2 : undefined;
      },
    });
    const [first, second] = await producer.send({
      topic: 'orders',
      messages: [
        { key: 'k', value: { id: 1 } },
        { key: 'k', value: { id: 2 } },
      ],
    });
    expect(first?.partition).toBe(2);
    expect(second?.partition).toBe(partitionForKey('k', 3));
    expect(seen[0]).toEqual({
      topic: 'orders',
      key: 'k',
      value: { id: 1 },
      keyBytes: 'k',
      partitionCount: 3,
    });
  });

  test('that a partitioner invents is an error that says which there are', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders', 3);
    const producer = env.tidelog.producer({ lingerMs: 0, partitioner: () => 3 });
    const error = await failureOf(producer.send({ topic: 'orders', messages: [{ value: '1' }] }));
    expect(error.code).toBe('INVALID_ARGUMENT');
    expect(error.message).toBe(
      'the partitioner returned partition 3 of topic "orders", which has 3 (0 to 2)',
    );
  });

  test('that a message names and the topic lacks is an error, until the topic has it', async () => {
    await using env = setUp();
    const topic = env.cluster.createTopic('orders', 1);
    const producer = env.tidelog.producer({ lingerMs: 0 });
    await producer.send({ topic: 'orders', messages: [{ value: '1' }] });
    expect(() => producer.enqueue('orders', { value: '2', partition: 1 })).toThrow(
      'the message names partition 1 of topic "orders", which has 1 (0 to 0)',
    );
    env.cluster.addPartition(topic);
    await env.clock.advance(1_000);
    await producer.send({ topic: 'orders', messages: [{ value: '2', partition: 1 }] });
    expect(env.cluster.log('orders', 1).values()).toEqual(['2']);
  });
});

describe('serializers', () => {
  test('without one anything but a string or bytes is refused, with the name of the option', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    const producer = env.tidelog.producer();
    // @ts-expect-error an object needs a serializer
    expect(() => producer.enqueue('orders', { value: { id: 1 } })).toThrow(
      'the value of a message for topic "orders" is an object (Object); without a serializer it must be a string, a Uint8Array or null: pass one in the producer option "value", such as value: json()',
    );
    // @ts-expect-error a number needs a serializer
    expect(() => producer.enqueue('orders', { key: 7, value: 'x' })).toThrow('the key of a message');
    // @ts-expect-error a message has a value
    expect(() => producer.enqueue('orders', { key: 'k' })).toThrow(
      'has no value; give one, or null for a tombstone',
    );
  });

  test('make the bytes of keys and values, and never see null', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    const producer = env.tidelog.producer({ lingerMs: 0, key: string(), value: json<{ id: number }>() });
    await producer.send({
      topic: 'orders',
      messages: [
        { key: 'k', value: { id: 1 } },
        { key: null, value: null },
      ],
    });
    expect(env.cluster.log('orders').records()).toMatchObject([
      { key: 'k', value: '{"id":1}' },
      { key: null, value: null },
    ]);
  });

  test('that throw or return nonsense fail the call, not the producer', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    const producer = env.tidelog.producer({
      lingerMs: 0,
      value: {
        serialize(value: string): Uint8Array {
          if (value === 'throw') throw new RangeError('no');
          return value === 'nonsense' ? (17 as unknown as Uint8Array) : Buffer.from(value);
        },
      },
    });
    const failures = ['throw', 'nonsense'].map(async (value) => {
      const error = await failureOf(producer.send({ topic: 'orders', messages: [{ value }] }));
      return `${error.code}: ${error.message}`;
    });
    expect(await Promise.all(failures)).toEqual([
      'SERIALIZATION_FAILED: the value serializer threw for topic "orders": no',
      'SERIALIZATION_FAILED: the value serializer returned a number; it must return a Uint8Array or null for topic "orders"',
    ]);
    await producer.send({ topic: 'orders', messages: [{ value: 'fine' }] });
    expect(env.cluster.log('orders').values()).toEqual(['fine']);
  });

  test('numbers are doubles as Kafka has them', () => {
    const bytes = number().serialize(1.5, { topic: 't', isKey: false }) as Buffer;
    expect(bytes.toString('hex')).toBe('3ff8000000000000');
    expect(number().deserialize(bytes, { topic: 't', isKey: false })).toBe(1.5);
  });
});

describe('headers and timestamps', () => {
  test('a header may have several values, and null', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    const producer = env.tidelog.producer({ lingerMs: 0 });
    const headers = { trace: ['a', Buffer.from('b')], empty: null, text: 'ü' };
    await producer.send({ topic: 'orders', messages: [{ value: '1', headers }] });
    const { bytes } = env.cluster.log('orders').batches[0] as { bytes: Buffer };
    const [record] = RecordBatch.read(bytes);
    expect(record?.headers.map(({ key, value }) => [key, value?.toString() ?? null])).toEqual([
      ['trace', 'a'],
      ['trace', 'b'],
      ['empty', null],
      ['text', 'ü'],
    ]);
  });

  test('a header of another type is refused', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    const headers = { n: 7 } as unknown as { n: string };
    expect(() => env.tidelog.producer().enqueue('orders', { value: '1', headers })).toThrow(
      'header "n" is number',
    );
  });

  test('a record gets the time of the call, or the one that it names', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    const producer = env.tidelog.producer({ lingerMs: 1_000 });
    producer.enqueue('orders', { value: 'a' });
    await env.clock.advance(10);
    producer.enqueue('orders', { value: 'b' });
    producer.enqueue('orders', { value: 'c', timestampMs: 5 });
    await producer.flush();
    const startMs = env.clock.nowMs() - 10;
    expect(
      env.cluster
        .log('orders')
        .records()
        .map(({ timestampMs }) => timestampMs),
    ).toEqual([startMs, startMs + 10, 5]);
  });

  test.each([-1, 1.5, Number.NaN])(
    'a timestamp of %d is refused and leaves nothing behind',
    async (timestampMs) => {
      await using env = setUp();
      env.cluster.createTopic('orders');
      const producer = env.tidelog.producer({ lingerMs: 0 });
      await producer.send({ topic: 'orders', messages: [{ value: 'a' }] });
      expect(() => producer.enqueue('orders', { value: 'b', timestampMs })).toThrow(
        'timestampMs of a message',
      );
      await quiesce();
      await producer.flush();
      expect(env.cluster.log('orders').values()).toEqual(['a']);
    },
  );
});

describe('interceptors', () => {
  test('may change a record and see every outcome', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders', 2);
    env.cluster.onProduce = ({ partition }) => (partition === 1 ? { code: 'INVALID_RECORD' } : undefined);
    const outcomes: string[] = [];
    const producer = env.tidelog.producer({
      lingerMs: 0,
      interceptors: [
        { onSend: (message, { topic }) => ({ ...message, value: `${String(message.value)}@${topic}` }) },
        { onSend: (message) => ({ ...message, value: `${String(message.value)}!` }) },
        {
          onAcknowledgement: (error, metadata) =>
            outcomes.push(error?.code ?? `stored at ${metadata?.offset}`),
        },
      ],
    });
    producer.enqueue('orders', { value: 'a', partition: 0 });
    await producer.flush();
    await failureOf(producer.send({ topic: 'orders', messages: [{ value: 'b', partition: 1 }] }));
    expect(env.cluster.log('orders').values()).toEqual(['a@orders!']);
    expect(outcomes).toEqual(['stored at 0', 'INVALID_RECORD']);
  });

  test('that throw refuse the record', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    const onSend = (): never => {
      throw new Error('not this one');
    };
    const producer = env.tidelog.producer({ interceptors: [{ onSend }] });
    expect(() => producer.enqueue('orders', { value: 'a' })).toThrow('not this one');
    expect(producer.bufferedBytes).toBe(0);
  });
});
