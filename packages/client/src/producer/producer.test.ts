import { queryObjects } from 'node:v8';
import { describe, expect, test } from 'vitest';
import { TidelogError } from '@tidelog/record/errors';
import { quiesce } from '../../test/manual-clock.ts';
import { failureOf } from '../../test/outcomes.ts';
import { setUp } from '../../test/set-up.ts';
import type { RecordMetadata } from './message.ts';
import { ProducerBatch } from './producer-batch.ts';
import type { DeliveryFailure } from './producer.ts';

describe('send', () => {
  test('resolves with where each record was stored, in the order of the messages', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders', 3);
    const producer = env.tidelog.producer({ lingerMs: 0 });
    const metadata = await producer.send({
      topic: 'orders',
      messages: [
        { key: 'a', value: '1', timestampMs: 17, partition: 2 },
        { key: 'b', value: '2', timestampMs: 18, partition: 0 },
        { key: 'a', value: '3', timestampMs: 19, partition: 2 },
      ],
    });
    expect(metadata).toEqual([
      { topic: 'orders', partition: 2, offset: 0, timestampMs: 17 },
      { topic: 'orders', partition: 0, offset: 0, timestampMs: 18 },
      { topic: 'orders', partition: 2, offset: 1, timestampMs: 19 },
    ]);
    expect(env.cluster.log('orders', 2).values()).toEqual(['1', '3']);
  });

  test('without messages resolves with none', async () => {
    await using env = setUp();
    expect(await env.tidelog.producer().send({ topic: 'orders', messages: [] })).toEqual([]);
  });

  test('takes all messages or none: a bad one is refused before any is sent', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    const producer = env.tidelog.producer({ lingerMs: 0, maxRequestSizeBytes: 2_000, batchSizeBytes: 1_000 });
    const messages = [{ value: 'good' }, { value: 'x'.repeat(3_000) }];
    const error = await failureOf(producer.send({ topic: 'orders', messages }));
    expect(error.code).toBe('MESSAGE_TOO_LARGE');
    expect(error.message).toContain('maxRequestSizeBytes (2000)');
    await producer.send({ topic: 'orders', messages: [{ value: 'only' }] });
    expect(env.cluster.log('orders').values()).toEqual(['only']);
  });

  test('an aborted send abandons the wait, not the record', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    const producer = env.tidelog.producer({ lingerMs: 50 });
    const abort = new AbortController();
    const sending = producer.send(
      { topic: 'orders', messages: [{ value: 'late' }] },
      { signal: abort.signal },
    );
    await quiesce();
    abort.abort();
    expect((await failureOf(sending)).code).toBe('ABORTED');
    await env.clock.advance(50);
    expect(env.cluster.log('orders').values()).toEqual(['late']);
  });

  test('a signal that was aborted before sends nothing', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    const producer = env.tidelog.producer({ lingerMs: 0 });
    const sending = producer.send(
      { topic: 'orders', messages: [{ value: 'x' }] },
      { signal: AbortSignal.abort() },
    );
    expect((await failureOf(sending)).code).toBe('ABORTED');
    expect(env.cluster.log('orders').values()).toEqual([]);
  });

  test('waits for room in a full producer, in the order of the calls', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    const producer = env.tidelog.producer({ lingerMs: 0, bufferMemoryBytes: 1_024, batchSizeBytes: 600 });
    await producer.send({ topic: 'orders', messages: [{ value: 'first' }] });
    env.network.isPushingBack = true;
    const big = 'x'.repeat(500);
    const sends = Array.from({ length: 6 }, (_, index) =>
      producer.send({ topic: 'orders', messages: [{ value: `${index}${big}` }] }),
    );
    await quiesce();
    expect(producer.bufferedBytes).toBeLessThan(2_048);
    env.network.releaseBackPressure();
    await Promise.all(sends);
    const order = env.cluster.log('orders').values();
    expect(order.slice(1).map((value) => value?.[0])).toEqual(['0', '1', '2', '3', '4', '5']);
  });

  test('says how many of its records failed', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders', 2);
    env.cluster.onProduce = ({ partition }) => (partition === 1 ? { code: 'INVALID_RECORD' } : undefined);
    const producer = env.tidelog.producer({ lingerMs: 0 });
    const error = await failureOf(
      producer.send({
        topic: 'orders',
        messages: [
          { value: 'good', partition: 0 },
          { value: 'bad', partition: 1 },
        ],
      }),
    );
    expect(error.code).toBe('INVALID_RECORD');
    expect(error.message).toMatch(
      /^1 of 2 records failed; the first: the broker refused a record for topic "orders"/,
    );
    expect(env.cluster.log('orders', 0).values()).toEqual(['good']);
  });
});

describe('enqueue', () => {
  test('returns at once and tells the callback where the record was stored', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    const producer = env.tidelog.producer({ lingerMs: 5 });
    const told: (RecordMetadata | undefined)[] = [];
    for (const value of ['1', '2']) {
      const isRoom = producer.enqueue('orders', { value, timestampMs: 9 }, (error, metadata) => {
        expect(error).toBeUndefined();
        told.push(metadata);
      });
      expect(isRoom).toBe(true);
    }
    await producer.flush();
    expect(told).toEqual([
      { topic: 'orders', partition: 0, offset: 0, timestampMs: 9 },
      { topic: 'orders', partition: 0, offset: 1, timestampMs: 9 },
    ]);
  });

  test('takes the record and returns false when the producer is full; drained resolves when there is room', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    const producer = env.tidelog.producer({ lingerMs: 0, bufferMemoryBytes: 1_024, batchSizeBytes: 600 });
    await producer.send({ topic: 'orders', messages: [{ value: 'first' }] });
    env.cluster.onRequest = (api) => (api === 'PRODUCE' ? 'drop' : undefined);
    const value = 'x'.repeat(490);
    expect(producer.enqueue('orders', { value })).toBe(true);
    expect(producer.enqueue('orders', { value })).toBe(false);
    let isDrained = false;
    const drained = producer.drained().then(() => (isDrained = true));
    await quiesce();
    expect(isDrained).toBe(false);
    env.cluster.onRequest = undefined;
    env.network.disconnect();
    await env.clock.advance(1_000);
    await drained;
    await producer.flush();
    expect(env.cluster.log('orders').values()).toEqual(['first', value, value]);
  });

  test('throws BUFFER_FULL at twice the buffer and does not take the record', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    const producer = env.tidelog.producer({ lingerMs: 10, bufferMemoryBytes: 1_024 });
    producer.enqueue('orders', { value: 'first' });
    await producer.flush();
    const value = 'x'.repeat(500);
    for (let count = 0; count < 4; count++) producer.enqueue('orders', { value });
    expect(() => producer.enqueue('orders', { value })).toThrow(
      /twice bufferMemoryBytes \(1024\).*drained\(\)/,
    );
    await producer.flush();
    expect(env.cluster.log('orders').values()).toHaveLength(5);
  });

  test('a failure without a callback emits deliveryFailed and rejects the next flush, once', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    env.cluster.onProduce = () => ({ code: 'TOPIC_AUTHORIZATION_FAILED' });
    const producer = env.tidelog.producer({ lingerMs: 0 });
    const failures: DeliveryFailure[] = [];
    producer.on('deliveryFailed', (failure) => failures.push(failure));
    producer.enqueue('orders', { value: '1' });
    producer.enqueue('orders', { value: '2' }, () => undefined);
    producer.enqueue('orders', { value: '3' });
    const error = await failureOf(producer.flush());
    expect(error.code).toBe('TOPIC_AUTHORIZATION_FAILED');
    expect(error.message).toContain('2 records enqueued without a callback failed');
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatchObject({ topic: 'orders', partition: 0, recordCount: 2 });
    await producer.flush();
  });

  test('a failure goes to the callback, not to the next flush', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    env.cluster.onProduce = () => ({ code: 'INVALID_RECORD' });
    const producer = env.tidelog.producer({ lingerMs: 0 });
    const codes: unknown[] = [];
    producer.enqueue('orders', { value: '1' }, (error) => codes.push(error?.code));
    await producer.flush();
    expect(codes).toEqual(['INVALID_RECORD']);
  });
});

describe('batching', () => {
  test('records of the linger time share one batch', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    const producer = env.tidelog.producer({ lingerMs: 10 });
    await producer.send({ topic: 'orders', messages: [] });
    producer.enqueue('orders', { value: '1' });
    await env.clock.advance(5);
    producer.enqueue('orders', { value: '2' });
    await env.clock.advance(4);
    expect(env.cluster.log('orders').batches).toHaveLength(0);
    await env.clock.advance(2);
    expect(env.cluster.log('orders').values()).toEqual(['1', '2']);
    expect(env.cluster.log('orders').batches).toHaveLength(1);
  });

  test('a batch that is full goes at once, and never grows beyond batchSizeBytes', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    const producer = env.tidelog.producer({ lingerMs: 60_000, batchSizeBytes: 1_000 });
    for (let index = 0; index < 40; index++) producer.enqueue('orders', { value: 'x'.repeat(90) });
    await quiesce();
    const { batches } = env.cluster.log('orders');
    expect(batches.length).toBeGreaterThanOrEqual(3);
    for (const { bytes } of batches) expect(bytes.length).toBeLessThanOrEqual(1_000);
  });

  test('a single record larger than batchSizeBytes goes in a batch of its own', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    const producer = env.tidelog.producer({ lingerMs: 0, batchSizeBytes: 1_000 });
    const large = 'x'.repeat(5_000);
    for (const value of ['a', large, 'b']) producer.enqueue('orders', { value });
    await producer.flush();
    expect(env.cluster.log('orders').values()).toEqual(['a', large, 'b']);
  });

  test.each(['gzip', 'snappy', 'lz4', 'zstd'] as const)(
    'records come out whole through %s',
    async (compression) => {
      await using env = setUp();
      env.cluster.createTopic('orders');
      const producer = env.tidelog.producer({ lingerMs: 0, compression, batchSizeBytes: 4_000 });
      const values = Array.from({ length: 200 }, (_, index) => `line ${index} `.repeat(5));
      for (const value of values) producer.enqueue('orders', { value });
      await producer.flush();
      expect(env.cluster.log('orders').values()).toEqual(values);
      for (const { bytes } of env.cluster.log('orders').batches) expect(bytes.length).toBeLessThan(2_000);
    },
  );
});

describe('flush and close', () => {
  test('flush does not wait for the linger time', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    const producer = env.tidelog.producer({ lingerMs: 60_000 });
    producer.enqueue('orders', { value: '1' });
    await producer.flush();
    expect(env.cluster.log('orders').values()).toEqual(['1']);
  });

  test('flush can be given up', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    env.cluster.onRequest = (api) => (api === 'PRODUCE' ? 'drop' : undefined);
    const producer = env.tidelog.producer({ lingerMs: 0 });
    producer.enqueue('orders', { value: '1' });
    const abort = new AbortController();
    const flushing = producer.flush({ signal: abort.signal });
    await quiesce();
    abort.abort();
    expect((await failureOf(flushing)).code).toBe('ABORTED');
  });

  test('close sends what was taken, and gives the same promise again', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    const producer = env.tidelog.producer({ lingerMs: 60_000 });
    producer.enqueue('orders', { value: '1' });
    const closing = producer.close();
    expect(producer.close()).toBe(closing);
    await closing;
    expect(env.cluster.log('orders').values()).toEqual(['1']);
    expect(() => producer.enqueue('orders', { value: '2' })).toThrow(/was closed/);
    expect((await failureOf(producer.send({ topic: 'orders', messages: [{ value: '2' }] }))).code).toBe(
      'CLOSED',
    );
  });

  test('close rejects with failures that nobody was told of', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    env.cluster.onProduce = () => ({ code: 'INVALID_RECORD' });
    const producer = env.tidelog.producer({ lingerMs: 0 });
    producer.enqueue('orders', { value: '1' });
    expect((await failureOf(producer.close())).code).toBe('INVALID_RECORD');
  });

  test('an aborted close fails what is left with CLOSED', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    env.cluster.onRequest = (api) => (api === 'PRODUCE' ? 'drop' : undefined);
    const producer = env.tidelog.producer({ lingerMs: 0 });
    const sending = failureOf(producer.send({ topic: 'orders', messages: [{ value: '1' }] }));
    const abort = new AbortController();
    const closing = failureOf(producer.close({ signal: abort.signal }));
    await quiesce();
    abort.abort();
    expect((await closing).code).toBe('ABORTED');
    expect((await sending).code).toBe('CLOSED');
  });

  test('closing the client closes its producers', async () => {
    const env = setUp();
    env.cluster.createTopic('orders');
    const producer = env.tidelog.producer({ lingerMs: 60_000 });
    producer.enqueue('orders', { value: '1' });
    await env.tidelog.close();
    expect(env.cluster.log('orders').values()).toEqual(['1']);
    expect(() => env.tidelog.producer()).toThrow(TidelogError);
  });
});

describe('acks', () => {
  test('with acks 0 a record counts as delivered when it was handed to the network', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    const producer = env.tidelog.producer({ lingerMs: 0, acks: 0 });
    const [metadata] = await producer.send({ topic: 'orders', messages: [{ value: '1' }] });
    expect(metadata?.offset).toBe(-1);
    await quiesce();
    expect(env.cluster.log('orders').values()).toEqual(['1']);
  });

  test('with acks 1 the batch has no producer id, because idempotence needs all', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    const producer = env.tidelog.producer({ lingerMs: 0, acks: 1 });
    await producer.send({ topic: 'orders', messages: [{ value: '1' }] });
    expect(env.cluster.requests).not.toContain('INIT_PRODUCER_ID');
    expect(env.cluster.log('orders').batches[0]?.bytes.readBigInt64BE(43)).toBe(-1n);
  });
});

describe('options', () => {
  test.each([
    [{ lingerMS: 5 }, 'unknown option "lingerMS"; did you mean "lingerMs"?'],
    [{ acks: 2 }, "acks is 2; it must be 'all', 1 or 0"],
    [{ acks: 1, idempotence: true }, "idempotence needs acks: 'all'"],
    [{ maxInFlightRequests: 6, idempotence: true }, 'at most 5'],
    [{ batchSizeBytes: 2_000_000 }, 'must not be above maxRequestSizeBytes'],
    [{ compression: 'brotli' }, 'one of none, gzip, snappy, lz4, zstd'],
    [{ value: 'json' }, 'value is "json"; it must be a Serializer'],
    [{ lingerMs: 10, deliveryTimeoutMs: 5 }, 'must not be below lingerMs'],
  ])('%j is refused: %s', async (options, message) => {
    await using env = setUp();
    expect(() => env.tidelog.producer(options as object)).toThrow(message);
  });
});

test('settled batches are not kept for as long as an older one lingers', async () => {
  await using env = setUp();
  env.cluster.createTopic('orders', 2);
  const producer = env.tidelog.producer({ lingerMs: 60_000, batchSizeBytes: 256 });
  producer.enqueue('orders', { value: 'lingers', partition: 1 });
  for (let round = 0; round < 200; round++) {
    for (let index = 0; index < 25; index++) {
      producer.enqueue('orders', { value: 'x'.repeat(200), partition: 0 });
    }
    await quiesce();
  }
  expect(producer.bufferedBytes).toBeLessThan(1_000);
  expect(queryObjects(ProducerBatch, { format: 'count' })).toBeLessThan(3_000);
});
