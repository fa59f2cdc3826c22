import { describe, expect, test } from 'vitest';
import { BatchBuilder } from '@tidelog/record';
import type { FakeLog } from '../../test/fake-log.ts';
import { quiesce } from '../../test/manual-clock.ts';
import { failureOf } from '../../test/outcomes.ts';
import { setUp, type SetUp } from '../../test/set-up.ts';
import { json, string } from '../serializers.ts';
import type { Consumer } from './consumer.ts';
import type { ConsumerRecord } from './consumer-record.ts';

/** Appends batches of records straight to a log; each inner array is one batch. */
function fill(log: FakeLog, batches: readonly (readonly string[])[], timestampMs = 1_000): void {
  for (const values of batches) {
    const builder = new BatchBuilder();
    for (const value of values) builder.append(timestampMs, null, value);
    log.append(builder.buildSync());
  }
}

/** Takes the next `count` records and leaves the loop. */
async function take<K, V>(consumer: Consumer<K, V>, count: number): Promise<ConsumerRecord<K, V>[]> {
  const taken: ConsumerRecord<K, V>[] = [];
  for await (const record of consumer) {
    taken.push(record);
    if (taken.length === count) break;
  }
  return taken;
}

const valuesOf = (records: readonly { value: unknown }[]): string[] =>
  records.map(({ value }) => String(value));

/** A topic with a log filled and a consumer that reads it from the beginning. */
function reading(env: SetUp, batches: readonly (readonly string[])[]): { log: FakeLog; consumer: Consumer } {
  env.cluster.createTopic('orders');
  const log = env.cluster.log('orders');
  fill(log, batches);
  return { log, consumer: env.tidelog.consumer({ topics: ['orders'], startFrom: 'earliest' }) };
}

describe('a loop', () => {
  test('gives the records of all partitions, each in order, until the consumer is closed', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders', 2);
    fill(env.cluster.log('orders', 0), [['a', 'b'], ['c']]);
    fill(env.cluster.log('orders', 1), [['x'], ['y', 'z']]);
    const consumer = env.tidelog.consumer({ topics: ['orders'], startFrom: 'earliest' });
    const seen: Record<number, string[]> = { 0: [], 1: [] };
    let count = 0;
    for await (const record of consumer) {
      seen[record.partition]?.push(`${record.offset}${String(record.value)}`);
      if (++count === 6) await consumer.close();
    }
    expect(seen).toEqual({ 0: ['0a', '1b', '2c'], 1: ['0x', '1y', '2z'] });
  });

  test('that was left is gone on with by the next one, in the middle of a batch', async () => {
    await using env = setUp();
    const { consumer } = reading(env, [['a', 'b', 'c'], ['d']]);
    expect(valuesOf(await take(consumer, 2))).toEqual(['a', 'b']);
    expect(consumer.position({ topic: 'orders', partition: 0 })).toBe(2);
    expect(valuesOf(await take(consumer, 2))).toEqual(['c', 'd']);
  });

  test('waits for records that are yet to come', async () => {
    await using env = setUp();
    const { log, consumer } = reading(env, [['a']]);
    const taking = take(consumer, 2);
    await quiesce();
    fill(log, [['b']]);
    env.cluster.wakeFetches();
    expect(valuesOf(await taking)).toEqual(['a', 'b']);
  });

  test('ends at once when the consumer is closed while it waits', async () => {
    await using env = setUp();
    const { consumer } = reading(env, []);
    const next = consumer.records().next();
    await quiesce();
    await consumer.close();
    expect(await next).toEqual({ done: true, value: undefined });
    await consumer.close();
    expect(() => consumer.records()).toThrow('the consumer was closed');
  });

  test('ends at once when its signal aborts, and another may go on', async () => {
    await using env = setUp();
    const { consumer } = reading(env, [['a', 'b']]);
    const abort = new AbortController();
    const seen: string[] = [];
    for await (const record of consumer.records({ signal: abort.signal })) {
      seen.push(String(record.value));
      abort.abort();
    }
    expect(seen).toEqual(['a']);
    expect(valuesOf(await take(consumer, 1))).toEqual(['b']);
  });

  test('throws CONCURRENT_ITERATION while another one reads', async () => {
    await using env = setUp();
    const { consumer } = reading(env, [['a', 'b']]);
    const first = consumer.records();
    await first.next();
    expect((await failureOf(consumer.batches().next())).code).toBe('CONCURRENT_ITERATION');
    expect((await failureOf(consumer.run({ eachMessage: () => undefined }))).code).toBe(
      'CONCURRENT_ITERATION',
    );
    await first.return?.();
    expect(valuesOf(await take(consumer, 1))).toEqual(['b']);
  });

  test('over batches gives whole batches, which can be iterated more than once', async () => {
    await using env = setUp();
    const { consumer } = reading(env, [['a', 'b', 'c'], ['d']]);
    const batches = consumer.batches();
    const { value: batch } = await batches.next();
    expect(batch).toMatchObject({
      topic: 'orders',
      partition: 0,
      baseOffset: 0,
      fromOffset: 0,
      lastOffset: 2,
      recordCount: 3,
      highWatermark: 4,
    });
    expect(valuesOf([...batch!])).toEqual(['a', 'b', 'c']);
    expect(valuesOf([...batch!])).toEqual(['a', 'b', 'c']);
    expect(consumer.position({ topic: 'orders', partition: 0 })).toBe(3);
    expect(valuesOf([...(await batches.next()).value!])).toEqual(['d']);
  });

  test('skips transaction markers', async () => {
    await using env = setUp();
    const { log, consumer } = reading(env, [['a']]);
    const marker = new BatchBuilder();
    marker.append(1, Buffer.from([0, 0, 0, 1]), Buffer.alloc(6));
    const bytes = marker.buildSync({ isControl: true, baseOffset: 1, producerId: 1, producerEpoch: 0 });
    log.batches.push({ bytes, baseOffset: 1, lastOffset: 1, maxTimestampMs: 1 });
    log.nextOffset = 2;
    fill(log, [['b']]);
    expect((await take(consumer, 2)).map(({ offset }) => offset)).toEqual([0, 2]);
  });
});

describe('the start position', () => {
  test('latest: what is written after connect', async () => {
    await using env = setUp();
    const { log } = reading(env, [['old']]);
    const consumer = env.tidelog.consumer({ topics: ['orders'] });
    await consumer.connect();
    expect(consumer.position({ topic: 'orders', partition: 0 })).toBe(1);
    fill(log, [['new']]);
    expect(valuesOf(await take(consumer, 1))).toEqual(['new']);
  });

  test('a time: the first record at or after it', async () => {
    await using env = setUp();
    const { log } = reading(env, []);
    fill(log, [['a', 'b']], 1_000);
    fill(log, [['c']], 2_000);
    const consumer = env.tidelog.consumer({ topics: ['orders'], startFrom: { timestampMs: 1_500 } });
    expect(valuesOf(await take(consumer, 1))).toEqual(['c']);
  });

  test('a time after the last record: the end', async () => {
    await using env = setUp();
    reading(env, [['a', 'b']]);
    const consumer = env.tidelog.consumer({ topics: ['orders'], startFrom: { timestampMs: 9_999 } });
    await consumer.connect();
    expect(consumer.position({ topic: 'orders', partition: 0 })).toBe(2);
  });

  test('an offset inside a batch: the records before it are left out', async () => {
    await using env = setUp();
    reading(env, [['a', 'b', 'c']]);
    const consumer = env.tidelog.consumer();
    await consumer.assign([{ topic: 'orders', partition: 0, offset: 1 }]);
    const { value: batch } = await consumer.batches().next();
    expect(batch).toMatchObject({ baseOffset: 0, fromOffset: 1, recordCount: 3 });
    expect(valuesOf([...batch!])).toEqual(['b', 'c']);
  });
});

describe('assign', () => {
  test('reads the partitions that it names and no others', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders', 3);
    for (const partition of [0, 1, 2]) fill(env.cluster.log('orders', partition), [[`p${partition}`]]);
    const consumer = env.tidelog.consumer();
    await consumer.assign([
      { topic: 'orders', partition: 2, offset: 'beginning' },
      { topic: 'orders', partition: 0, offset: 0 },
    ]);
    expect(consumer.assignment()).toEqual([
      { topic: 'orders', partition: 2 },
      { topic: 'orders', partition: 0 },
    ]);
    expect(valuesOf(await take(consumer, 2)).toSorted()).toEqual(['p0', 'p2']);
  });

  test('goes on where it was with a partition that is named again', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders', 2);
    for (const partition of [0, 1]) fill(env.cluster.log('orders', partition), [['a'], ['b']]);
    const consumer = env.tidelog.consumer({ startFrom: 'earliest' });
    await consumer.assign([{ topic: 'orders', partition: 0 }]);
    await take(consumer, 1);
    await consumer.assign([
      { topic: 'orders', partition: 0 },
      { topic: 'orders', partition: 1 },
    ]);
    const rest = await take(consumer, 3);
    expect(rest.map(({ partition, offset }) => `${partition}:${offset}`).toSorted()).toEqual([
      '0:1',
      '1:0',
      '1:1',
    ]);
  });

  test('of a partition that does not exist says which there are', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders', 2);
    const error = await failureOf(env.tidelog.consumer().assign([{ topic: 'orders', partition: 2 }]));
    expect(error.code).toBe('UNKNOWN_TOPIC_OR_PARTITION');
    expect(error.message).toBe('topic "orders" has no partition 2; it has 2 (0 to 1)');
  });

  test('is refused for a consumer of whole topics', async () => {
    await using env = setUp();
    const { consumer } = reading(env, []);
    const error = await failureOf(consumer.assign([{ topic: 'orders', partition: 0 }]));
    expect(error.code).toBe('INVALID_ARGUMENT');
  });

  test('or topics must be given before reading', async () => {
    await using env = setUp();
    const error = await failureOf(env.tidelog.consumer().records().next());
    expect(error.message).toContain('give it the option topics, or await consumer.assign() first');
  });
});

describe('seek', () => {
  const at = { topic: 'orders', partition: 0 };

  test('goes to an offset, the beginning, the end or a time', async () => {
    await using env = setUp();
    const { log, consumer } = reading(env, []);
    fill(log, [['a', 'b'], ['c']], 1_000);
    fill(log, [['d']], 2_000);
    await consumer.seek({ ...at, offset: 2 });
    expect(valuesOf(await take(consumer, 1))).toEqual(['c']);
    await consumer.seek({ ...at, offset: 'beginning' });
    expect(valuesOf(await take(consumer, 1))).toEqual(['a']);
    await consumer.seek({ ...at, offset: { timestampMs: 1_500 } });
    expect(valuesOf(await take(consumer, 1))).toEqual(['d']);
    await consumer.seek({ ...at, offset: 'end' });
    const next = take(consumer, 1);
    await quiesce();
    fill(log, [['e']]);
    env.cluster.wakeFetches();
    expect(valuesOf(await next)).toEqual(['e']);
  });

  test('in the middle of a loop drops what was fetched of the old place', async () => {
    await using env = setUp();
    const { consumer } = reading(env, [['a', 'b', 'c'], ['d']]);
    const seen: string[] = [];
    for await (const record of consumer) {
      seen.push(String(record.value));
      if (seen.length === 1) await consumer.seek({ ...at, offset: 3 });
      if (seen.length === 2) break;
    }
    expect(seen).toEqual(['a', 'd']);
  });

  test.each([-1, 1.5, 'start', { timestampMs: -5 }])('to %j is refused', async (offset) => {
    await using env = setUp();
    const { consumer } = reading(env, []);
    const error = await failureOf(consumer.seek({ ...at, offset: offset as number }));
    expect(error.message).toContain(
      "it must be an offset (0 or more), 'beginning', 'end' or { timestampMs }",
    );
  });

  test('in a partition that is not read is refused', async () => {
    await using env = setUp();
    const { consumer } = reading(env, []);
    const error = await failureOf(consumer.seek({ topic: 'orders', partition: 7, offset: 0 }));
    expect(error.message).toContain('this consumer does not read topic "orders" partition 7');
  });
});

describe('pause', () => {
  test('holds a partition back until resume; the others go on', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders', 2);
    fill(env.cluster.log('orders', 0), [['a', 'b']]);
    fill(env.cluster.log('orders', 1), [['x', 'y']]);
    const consumer = env.tidelog.consumer({ topics: ['orders'], startFrom: 'earliest' });
    await consumer.connect();
    consumer.pause([{ topic: 'orders', partitions: [0] }]);
    expect(consumer.paused()).toEqual([{ topic: 'orders', partition: 0 }]);
    expect(valuesOf(await take(consumer, 2))).toEqual(['x', 'y']);
    consumer.resume([{ topic: 'orders' }]);
    expect(valuesOf(await take(consumer, 2))).toEqual(['a', 'b']);
  });

  test('from within a loop takes effect with the next record', async () => {
    await using env = setUp();
    const { consumer } = reading(env, [['a', 'b']]);
    const seen: string[] = [];
    const loop = (async () => {
      for await (const record of consumer) {
        seen.push(String(record.value));
        consumer.pause([{ topic: 'orders' }]);
      }
    })();
    await quiesce();
    expect(seen).toEqual(['a']);
    consumer.resume([{ topic: 'orders' }]);
    await quiesce();
    expect(seen).toEqual(['a', 'b']);
    await consumer.close();
    await loop;
  });
});

describe('run', () => {
  test('calls eachMessage in order and ends with the signal', async () => {
    await using env = setUp();
    const { consumer } = reading(env, [['a', 'b'], ['c']]);
    const abort = new AbortController();
    const seen: string[] = [];
    await consumer.run({
      signal: abort.signal,
      eachMessage: ({ topic, partition, message }) => {
        seen.push(`${topic}-${partition}:${String(message.value)}`);
        if (seen.length === 3) abort.abort();
      },
    });
    expect(seen).toEqual(['orders-0:a', 'orders-0:b', 'orders-0:c']);
  });

  test('calls eachBatch', async () => {
    await using env = setUp();
    const { consumer } = reading(env, [['a', 'b'], ['c']]);
    const counts: number[] = [];
    await consumer.run({
      eachBatch: async ({ batch }) => {
        counts.push(batch.recordCount);
        if (counts.length === 2) await consumer.close();
      },
    });
    expect(counts).toEqual([2, 1]);
  });

  test('processes as many partitions at a time as concurrency says, each in order', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders', 4);
    for (let partition = 0; partition < 4; partition++) {
      fill(env.cluster.log('orders', partition), [['0', '1'], ['2']]);
    }
    const consumer = env.tidelog.consumer({ topics: ['orders'], startFrom: 'earliest' });
    const seen = new Map<number, string[]>();
    let running = 0;
    let mostRunning = 0;
    let count = 0;
    await consumer.run({
      concurrency: 3,
      eachMessage: async ({ partition, message }) => {
        mostRunning = Math.max(mostRunning, ++running);
        await quiesce(2);
        running -= 1;
        seen.set(partition, [...(seen.get(partition) ?? []), String(message.value)]);
        if (++count === 12) await consumer.close();
      },
    });
    expect(mostRunning).toBe(3);
    expect([...seen.values()]).toEqual(Array.from({ length: 4 }, () => ['0', '1', '2']));
  });

  test('rejects with what a call threw; the record comes again', async () => {
    await using env = setUp();
    const { consumer } = reading(env, [['a', 'b', 'c']]);
    const failing = consumer.run({
      eachMessage: ({ message }) => {
        if (String(message.value) === 'b') throw new RangeError('cannot do b');
      },
    });
    await expect(failing).rejects.toThrow('cannot do b');
    expect(valuesOf(await take(consumer, 2))).toEqual(['b', 'c']);
  });

  test.each([
    {},
    { eachMessage: () => undefined, eachBatch: () => undefined },
    { eachMessage: () => undefined, concurrency: 0 },
  ])('refuses %j', async (options) => {
    await using env = setUp();
    const { consumer } = reading(env, []);
    expect((await failureOf(consumer.run(options))).code).toBe('INVALID_ARGUMENT');
  });
});

describe('keys and values', () => {
  test('come out of deserializers, once per record', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    const producer = env.tidelog.producer({ lingerMs: 0, key: string(), value: json<{ id: number }>() });
    await producer.send({
      topic: 'orders',
      messages: [{ key: 'k', value: { id: 7 }, headers: { h: 'x' } }, { value: null }],
    });
    const consumer = env.tidelog.consumer({
      topics: ['orders'],
      startFrom: 'earliest',
      key: string(),
      value: json<{ id: number }>(),
    });
    const [first, second] = await take(consumer, 2);
    expect(first?.key).toBe('k');
    expect(first?.value?.id).toBe(7);
    expect(first?.value).toBe(first?.value);
    expect(first?.valueBytes?.toString()).toBe('{"id":7}');
    expect(first?.headers.map(({ key, value }) => `${key}=${String(value)}`)).toEqual(['h=x']);
    expect(first?.toJSON()).toMatchObject({
      topic: 'orders',
      partition: 0,
      offset: 0,
      key: 'k',
      value: { id: 7 },
    });
    expect(second?.key).toBeNull();
    expect(second?.value).toBeNull();
  });

  test('that cannot be decoded say where', async () => {
    await using env = setUp();
    reading(env, [['{}', 'not json']]);
    const consumer = env.tidelog.consumer({ topics: ['orders'], startFrom: 'earliest', value: json() });
    const [, bad] = await take(consumer, 2);
    expect(() => bad?.value).toThrow(
      'the value deserializer threw in partition 0 at offset 1 for topic "orders"',
    );
  });
});

test('lag is the number of records between the position and the end', async () => {
  await using env = setUp();
  const { consumer } = reading(env, [['a', 'b', 'c']]);
  await take(consumer, 1);
  expect(await consumer.lag()).toEqual([
    { topic: 'orders', partition: 0, position: 1, highWatermark: 3, lag: 2 },
  ]);
});

describe('options', () => {
  test.each([
    [{ groupId: '' }, 'a string of 1 to 255 characters'],
    [{ fromBeginning: true }, "there is no fromBeginning: use startFrom: 'earliest'"],
    [{ sessionTimeout: 30_000 }, 'group.consumer.session.timeout.ms'],
    [{ topicPattern: 'orders.*' }, 'topicPattern is for members of a group; it needs groupId'],
    [{ groupId: 'billing', topicPattern: /orders/i }, 'a RegExp without flags'],
    [{ groupId: 'billing', groupInstanceId: 'a' }, 'it needs topics or topicPattern'],
    [{ topic: 'orders' }, 'unknown option "topic"; did you mean "topics"?'],
    [{ topics: [] }, 'a non-empty array of topic names'],
    [{ startFrom: 'first' }, "'earliest', 'latest' or { timestampMs }"],
    [{ onOffsetOutOfRange: 'never' }, 'one of earliest, latest, fail'],
  ])('%j is refused: %s', async (options, message) => {
    await using env = setUp();
    expect(() => env.tidelog.consumer(options as object)).toThrow(message);
  });
});
