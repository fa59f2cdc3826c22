/** What a consumer does when brokers, connections and records are not as they should be. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BatchBuilder, patchBaseOffset } from '@tidelog/record';
import type { FakeLog } from '../../test/fake-log.ts';
import { quiesce } from '../../test/manual-clock.ts';
import { failureOf } from '../../test/outcomes.ts';
import { setUp } from '../../test/set-up.ts';
import type { OffsetReset } from './consumer-events.ts';
import type { TopicPartition } from './subscription.ts';
import type { ConsumerStall } from './stall-watchdog.ts';

function append(log: FakeLog, ...values: string[]): void {
  const builder = new BatchBuilder();
  for (const value of values) builder.append(1, null, value);
  log.append(builder.buildSync());
}

async function takeValues(
  loop: AsyncIterable<{ readonly value: unknown }>,
  count: number,
): Promise<string[]> {
  const values: string[] = [];
  for await (const { value } of loop) if (values.push(String(value)) === count) break;
  return values;
}

describe('an offset that is not there any more', () => {
  function removeBelow(log: FakeLog, offset: number): void {
    log.logStartOffset = offset;
    while ((log.batches[0]?.lastOffset ?? offset) < offset) log.batches.shift();
  }

  test('is told by an event, and reading goes on at the oldest record', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    const log = env.cluster.log('orders');
    append(log, 'a');
    append(log, 'b');
    removeBelow(log, 1);
    const consumer = env.tidelog.consumer();
    const resets: OffsetReset[] = [];
    consumer.on('offsetReset', (reset) => resets.push(reset));
    await consumer.assign([{ topic: 'orders', partition: 0, offset: 0 }]);
    expect(await takeValues(consumer, 1)).toEqual(['b']);
    expect(resets).toEqual([{ topic: 'orders', partition: 0, fromOffset: 0, to: 'earliest' }]);
  });

  test('fails the loop when the program wants that, until a seek', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    append(env.cluster.log('orders'), 'a');
    const consumer = env.tidelog.consumer({ onOffsetOutOfRange: 'fail' });
    await consumer.assign([{ topic: 'orders', partition: 0, offset: 99 }]);
    const error = await failureOf(takeValues(consumer, 1));
    expect(error).toMatchObject({ code: 'OFFSET_OUT_OF_RANGE', topic: 'orders', partition: 0, offset: 99 });
    expect((await failureOf(takeValues(consumer, 1))).code).toBe('OFFSET_OUT_OF_RANGE');
    await consumer.seek({ topic: 'orders', partition: 0, offset: 0 });
    expect(await takeValues(consumer, 1)).toEqual(['a']);
  });
});

describe('a batch that cannot be read', () => {
  test('fails the loop with its place; a seek past it goes on', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    const log = env.cluster.log('orders');
    for (const value of ['a', 'b', 'c']) append(log, value);
    const damaged = log.batches[1]?.bytes as Buffer;
    damaged[damaged.length - 2]! ^= 1;
    const consumer = env.tidelog.consumer({ topics: ['orders'], startFrom: 'earliest' });
    expect(await takeValues(consumer, 1)).toEqual(['a']);
    const error = await failureOf(takeValues(consumer, 1));
    expect(error).toMatchObject({ code: 'CORRUPT_MESSAGE', topic: 'orders', partition: 0, offset: 1 });
    expect(error.message).toMatch(/cannot be read at offset 1: .*CRC-32C.*; seek past it to go on$/);
    await consumer.seek({ topic: 'orders', partition: 0, offset: 2 });
    expect(await takeValues(consumer, 1)).toEqual(['c']);
  });

  test('is read all the same without checkCrcs when its structure is whole', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    const log = env.cluster.log('orders');
    append(log, 'abc');
    const damaged = log.batches[0]?.bytes as Buffer;
    damaged.write('X', damaged.length - 4);
    const consumer = env.tidelog.consumer({ topics: ['orders'], startFrom: 'earliest', checkCrcs: false });
    expect(await takeValues(consumer, 1)).toEqual(['Xbc']);
  });

  test('fails record loops at the record that is malformed, after those before it', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    const log = env.cluster.log('orders');
    append(log, 'a', 'b');
    const bytes = log.batches[0]?.bytes as Buffer;
    // The second record's length.
    bytes[61 + 8] = 2;
    const consumer = env.tidelog.consumer({ topics: ['orders'], startFrom: 'earliest', checkCrcs: false });
    expect(await takeValues(consumer, 1)).toEqual(['a']);
    expect(await failureOf(takeValues(consumer, 1))).toMatchObject({ code: 'CORRUPT_MESSAGE', offset: 1 });
  });

  test('does not grow beyond maxDecompressedBytes', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    const builder = new BatchBuilder();
    builder.append(1, null, Buffer.alloc(1_000_000));
    env.cluster.log('orders').append(await builder.build({ compression: 'gzip' }));
    const consumer = env.tidelog.consumer({
      topics: ['orders'],
      startFrom: 'earliest',
      maxDecompressedBytes: 100_000,
    });
    expect((await failureOf(takeValues(consumer, 1))).code).toBe('MESSAGE_TOO_LARGE');
  });
});

test.each(['gzip', 'snappy', 'lz4', 'zstd'] as const)('%s is decompressed', async (compression) => {
  await using env = setUp();
  env.cluster.createTopic('orders');
  const producer = env.tidelog.producer({ lingerMs: 0, compression });
  await producer.send({ topic: 'orders', messages: ['a', 'b', 'c'].map((value) => ({ value })) });
  const consumer = env.tidelog.consumer({ topics: ['orders'], startFrom: 'earliest' });
  expect(await takeValues(consumer, 3)).toEqual(['a', 'b', 'c']);
});

describe('reading goes on', () => {
  test('after a broken connection, with nothing lost and nothing twice', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    const log = env.cluster.log('orders');
    for (let index = 0; index < 20; index++) append(log, `${index}`);
    const consumer = env.tidelog.consumer({
      topics: ['orders'],
      startFrom: 'earliest',
      maxPartitionFetchBytes: 200,
    });
    let fetches = 0;
    env.cluster.onRequest = (api) =>
      api === 'FETCH' && ++fetches % 3 === 0 ? 'handle-then-disconnect' : undefined;
    const taking = takeValues(consumer, 20);
    await env.clock.advance(20_000);
    expect(await taking).toEqual(Array.from({ length: 20 }, (_, index) => `${index}`));
  });

  test('at the new leader when the leader moves', async () => {
    await using env = setUp({ brokerIds: [1, 2] });
    const topic = env.cluster.createTopic('orders');
    append(env.cluster.log('orders'), 'a');
    const consumer = env.tidelog.consumer({ topics: ['orders'], startFrom: 'earliest' });
    expect(await takeValues(consumer, 1)).toEqual(['a']);
    env.cluster.moveLeader(topic, 0, 2);
    append(env.cluster.log('orders'), 'b');
    env.cluster.wakeFetches();
    const taking = takeValues(consumer, 1);
    await env.clock.advance(2_000);
    expect(await taking).toEqual(['b']);
  });

  test('with partitions that a topic gets later, from their first record', async () => {
    await using env = setUp({ metadataMaxAgeMs: 1_000 });
    const topic = env.cluster.createTopic('orders');
    const consumer = env.tidelog.consumer({ topics: ['orders'], startFrom: 'latest' });
    const added: unknown[] = [];
    consumer.on('partitionsAdded', (partitions) => added.push(...partitions));
    await consumer.connect();
    env.cluster.addPartition(topic);
    append(env.cluster.log('orders', 1), 'early');
    const taking = takeValues(consumer, 1);
    await env.clock.advance(2_000);
    expect(await taking).toEqual(['early']);
    expect(added).toEqual([{ topic: 'orders', partition: 1 }]);
  });

  test('in a topic that was deleted and created again, from its first record', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    append(env.cluster.log('orders'), 'old');
    const consumer = env.tidelog.consumer({ topics: ['orders'], startFrom: 'earliest' });
    expect(await takeValues(consumer, 1)).toEqual(['old']);
    env.cluster.createTopic('orders');
    append(env.cluster.log('orders'), 'new');
    env.cluster.wakeFetches();
    const taking = takeValues(consumer, 1);
    await env.clock.advance(5_000);
    expect(await taking).toEqual(['new']);
  });

  test('through another bootstrap broker when the first is down', async () => {
    await using env = setUp({ brokerIds: [1, 2, 3] });
    const topic = env.cluster.createTopic('orders');
    topic.leaderIds = [3];
    append(env.cluster.log('orders'), 'a');
    env.cluster.stopBroker(1);
    env.cluster.stopBroker(2);
    const consumer = env.tidelog.consumer({ topics: ['orders'], startFrom: 'earliest' });
    const taking = takeValues(consumer, 1);
    await env.clock.advance(5_000);
    expect(await taking).toEqual(['a']);
  });
});

describe('a topic that does not exist', () => {
  test('fails the loop with its name, and is found by a later loop', async () => {
    await using env = setUp({ metadataTimeoutMs: 500 });
    const consumer = env.tidelog.consumer({ topics: ['ordrs'], startFrom: 'earliest' });
    const failing = failureOf(takeValues(consumer, 1));
    await env.clock.advance(1_000);
    expect((await failing).message).toContain('topic "ordrs" does not exist');
    env.cluster.createTopic('ordrs');
    append(env.cluster.log('ordrs'), 'a');
    expect(await takeValues(consumer, 1)).toEqual(['a']);
  });

  test('any more fails the loop after metadataTimeoutMs', async () => {
    await using env = setUp({ metadataTimeoutMs: 2_000 });
    env.cluster.createTopic('orders');
    const consumer = env.tidelog.consumer({ topics: ['orders'], startFrom: 'earliest' });
    const failing = failureOf(takeValues(consumer, 1));
    await quiesce();
    env.cluster.topics.delete('orders');
    env.cluster.wakeFetches();
    await env.clock.advance(10_000);
    expect((await failing).code).toBe('UNKNOWN_TOPIC_ID');
  });
});

test('no more is fetched ahead than prefetchMaxBytes and one answer', async () => {
  await using env = setUp();
  env.cluster.createTopic('orders');
  const log = env.cluster.log('orders');
  for (let index = 0; index < 100; index++) append(log, `${index}`.padEnd(1_000));
  const consumer = env.tidelog.consumer({
    topics: ['orders'],
    startFrom: 'earliest',
    prefetchMaxBytes: 10_000,
    maxPartitionFetchBytes: 4_000,
  });
  const loop = consumer.records();
  await loop.next();
  await quiesce();
  const fetches = env.cluster.requests.filter((api) => api === 'FETCH').length;
  expect(fetches).toBeLessThanOrEqual(4);
  const values = await takeValues(loop, 99);
  expect(values.map((value) => value.trim())).toEqual(
    Array.from({ length: 99 }, (_, index) => `${index + 1}`),
  );
});

test('a partition that is not fetched though it should be is reported, once', async () => {
  await using env = setUp({ requestTimeoutMs: 3_600_000 });
  env.cluster.createTopic('orders');
  const consumer = env.tidelog.consumer({
    topics: ['orders'],
    startFrom: 'earliest',
    stallTimeoutMs: 10_000,
  });
  const stalls: ConsumerStall[] = [];
  consumer.on('stalled', (stall) => stalls.push(stall));
  env.cluster.onRequest = (api) => (api === 'FETCH' ? 'drop' : undefined);
  const next = consumer.records().next();
  await env.clock.advance(60_000);
  expect(stalls).toHaveLength(1);
  expect(stalls[0]).toMatchObject({ topic: 'orders', partition: 0, position: 0 });
  expect(stalls[0]?.stalledForMs).toBeGreaterThanOrEqual(10_000);
  await consumer.close();
  await next;
});

test('an idle partition is not reported as stalled', async () => {
  await using env = setUp();
  env.cluster.createTopic('orders');
  const consumer = env.tidelog.consumer({ topics: ['orders'], startFrom: 'earliest', stallTimeoutMs: 1_000 });
  consumer.on('stalled', () => expect.unreachable());
  const next = consumer.records().next();
  for (let second = 0; second < 20; second++) {
    await env.clock.advance(500);
    append(env.cluster.log('orders'), 'x');
    env.cluster.wakeFetches();
    if (second === 0) await next;
    await consumer.seek({ topic: 'orders', partition: 0, offset: 'end' });
  }
});

test('a chunk whose batches have gaps between their offsets is read across them', async () => {
  await using env = setUp();
  env.cluster.createTopic('orders');
  const log = env.cluster.log('orders');
  append(log, 'a', 'b');
  const second = new BatchBuilder();
  second.append(1, null, 'c');
  const bytes = second.buildSync();
  patchBaseOffset(bytes, 0, 7);
  log.batches.push({ bytes, baseOffset: 7, lastOffset: 7, maxTimestampMs: 1 });
  log.nextOffset = 8;
  const consumer = env.tidelog.consumer({ topics: ['orders'], startFrom: 'earliest' });
  expect(await takeValues(consumer, 3)).toEqual(['a', 'b', 'c']);
  expect(consumer.position({ topic: 'orders', partition: 0 })).toBe(8);
});

test(
  'whatever breaks, moves and pauses, each record comes once and in order',
  { timeout: 60_000 },
  async () => {
    const action = fc.record({
      kind: fc.constantFrom(
        'append',
        'append',
        'take',
        'take',
        'take',
        'disconnect',
        'move',
        'pause',
        'resume',
        'wait',
      ),
      pick: fc.nat({ max: 100 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 60 }), async (actions) => {
        await using env = setUp({ brokerIds: [1, 2] });
        const topic = env.cluster.createTopic('t', 2);
        const consumer = env.tidelog.consumer({
          topics: ['t'],
          startFrom: 'earliest',
          maxPartitionFetchBytes: 150,
          prefetchMaxBytes: 400,
        });
        const loop = consumer.records();
        const seen: number[][] = [[], []];
        let isWaiting = false;
        const take = (): void => {
          if (isWaiting) return;
          isWaiting = true;
          void loop.next().then(({ done, value }) => {
            isWaiting = false;
            if (done !== true) seen[value.partition]?.push(value.offset);
          });
        };
        for (const { kind, pick } of actions) {
          const partition = pick % 2;
          if (kind === 'append') {
            append(env.cluster.log('t', partition), ...Array.from({ length: 1 + (pick % 4) }, () => 'x'));
            env.cluster.wakeFetches();
          }
          if (kind === 'take') take();
          if (kind === 'disconnect') env.network.disconnect(env.cluster.addresses[partition]);
          if (kind === 'move') env.cluster.moveLeader(topic, partition, 1 + ((pick >> 1) % 2));
          if (kind === 'pause' && consumer.assignment().length > 0) {
            consumer.pause([{ topic: 't', partitions: [partition] }]);
          }
          if (kind === 'resume') consumer.resume([{ topic: 't' }]);
          if (kind === 'wait') await env.clock.advance(pick * 20, 4);
          await quiesce(4);
        }
        consumer.resume([{ topic: 't' }]);
        const total = env.cluster.log('t', 0).nextOffset + env.cluster.log('t', 1).nextOffset;
        for (let round = 0; round < 400 && (seen[0]?.length ?? 0) + (seen[1]?.length ?? 0) < total; round++) {
          take();
          env.cluster.wakeFetches();
          await env.clock.advance(30, 6);
        }
        for (const partition of [0, 1]) {
          const { nextOffset } = env.cluster.log('t', partition);
          expect(seen[partition]).toEqual(Array.from({ length: nextOffset }, (_, offset) => offset));
        }
        await consumer.close();
      }),
      { numRuns: 60 },
    );
  },
);

test('paused partitions leave others room, and go on where they were', async () => {
  await using env = setUp();
  env.cluster.createTopic('orders', 2);
  for (const partition of [0, 1]) {
    const log = env.cluster.log('orders', partition);
    for (let index = 0; index < 20; index++) append(log, `${partition}-${index}`.padEnd(500, 'x'));
  }
  const limits = { prefetchMaxBytes: 2_000, maxPartitionFetchBytes: 4_000 };
  const consumer = env.tidelog.consumer(limits);
  const [paused, other] = [0, 1].map((partition) => ({ topic: 'orders', partition })) as [
    TopicPartition,
    TopicPartition,
  ];
  await consumer.assign([{ ...paused, offset: 0 }]);
  const first = await takeValues(consumer, 1);
  await quiesce();
  consumer.pause([{ topic: 'orders', partitions: [0] }]);
  await consumer.assign([paused, { ...other, offset: 0 }]);
  const others = await takeValues(consumer, 20);
  expect(others.map((value) => value.split('x')[0])).toEqual(Array.from({ length: 20 }, (_, i) => `1-${i}`));
  consumer.resume([{ topic: 'orders', partitions: [0] }]);
  const rest = [...first, ...(await takeValues(consumer, 19))];
  expect(rest.map((value) => value.split('x')[0])).toEqual(Array.from({ length: 20 }, (_, i) => `0-${i}`));
});

test('a closed consumer asks for nothing and connects to nothing any more', async () => {
  await using env = setUp();
  env.cluster.createTopic('orders');
  const consumer = env.tidelog.consumer({ topics: ['orders'] });
  await consumer.connect();
  await quiesce();
  const { connectCount } = env.network;
  env.cluster.requests.length = 0;
  await consumer.close();
  await env.clock.advance(2_000);
  expect(env.cluster.requests).toEqual([]);
  expect(env.network.connectCount).toBe(connectCount);
});

test('a time after the last record is the end of the partition, also when the leader is lost meanwhile', async () => {
  await using env = setUp();
  const topic = env.cluster.createTopic('orders');
  append(env.cluster.log('orders'), 'old');
  let lookupCount = 0;
  env.cluster.onRequest = (api) => {
    // The first lookup finds no record; the second one, for the end, is refused.
    if (api === 'LIST_OFFSETS' && ++lookupCount === 2) env.cluster.topics.delete('orders');
    else env.cluster.topics.set('orders', topic);
    return undefined;
  };
  const consumer = env.tidelog.consumer({ topics: ['orders'], startFrom: { timestampMs: 5_000_000 } });
  const connecting = consumer.connect();
  await env.clock.advance(2_000);
  await connecting;
  expect(lookupCount).toBeGreaterThan(2);
  expect(consumer.position({ topic: 'orders', partition: 0 })).toBe(1);
});

describe('calls of next that do not wait for each other', () => {
  test('give every record once, over several partitions', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders', 2);
    const consumer = env.tidelog.consumer({ topics: ['orders'] });
    await consumer.connect();
    const loop = consumer.records();
    const taking = [loop.next(), loop.next()];
    await quiesce();
    append(env.cluster.log('orders', 0), 'a', 'b');
    append(env.cluster.log('orders', 1), 'c', 'd');
    env.cluster.wakeFetches();
    taking.push(loop.next(), loop.next());
    const results = await Promise.all(taking);
    expect(results.map(({ value }) => String(value?.value)).sort()).toEqual(['a', 'b', 'c', 'd']);
  });

  test.each(['records', 'batches'] as const)(
    'end with the loop of %s, which holds nothing then',
    async (kind) => {
      await using env = setUp();
      env.cluster.createTopic('orders');
      const consumer = env.tidelog.consumer({ topics: ['orders'] });
      await consumer.connect();
      const left = consumer[kind]();
      const waiting = left.next();
      await quiesce();
      await left.return?.();
      expect(await waiting).toEqual({ done: true, value: undefined });
      append(env.cluster.log('orders'), 'a');
      env.cluster.wakeFetches();
      expect(await takeValues(consumer, 1)).toEqual(['a']);
    },
  );
});

test('a partition that waits for room because the program is slow is not reported as stalled', async () => {
  await using env = setUp();
  env.cluster.createTopic('orders', 2);
  append(env.cluster.log('orders', 0), 'a', 'b');
  append(env.cluster.log('orders', 1), 'c');
  const consumer = env.tidelog.consumer({ prefetchMaxBytes: 1, stallTimeoutMs: 10_000 });
  const stalls: ConsumerStall[] = [];
  consumer.on('stalled', (stall) => stalls.push(stall));
  const [slow, waiting] = [0, 1].map((partition) => ({ topic: 'orders', partition })) as [
    TopicPartition,
    TopicPartition,
  ];
  await consumer.assign([{ ...slow, offset: 0 }]);
  const loop = consumer.records();
  expect(String((await loop.next()).value?.value)).toBe('a');
  await consumer.assign([slow, { ...waiting, offset: 0 }]);
  await env.clock.advance(60_000);
  expect(stalls).toEqual([]);
});
