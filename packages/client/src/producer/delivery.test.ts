/** What happens to records when brokers, connections and answers fail. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { describe, expect, test } from 'vitest';
import { quiesce } from '../../test/manual-clock.ts';
import { failureOf } from '../../test/outcomes.ts';
import { setUp } from '../../test/set-up.ts';
import type { BatchTrace, RecoveryTrace } from '../tracing.ts';

/** One-record batches, so that several are in flight. */
const SMALL_BATCHES = { lingerMs: 0, batchSizeBytes: 100 };
const value = (index: number): string => `${index}`.padStart(40, '0');

describe('a connection that breaks', () => {
  test('after the broker has stored a batch doubles nothing and changes no order', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    const producer = env.tidelog.producer(SMALL_BATCHES);
    await producer.send({ topic: 'orders', messages: [{ value: value(0) }] });
    let breaks = 3;
    env.cluster.onRequest = (api) =>
      api === 'PRODUCE' && breaks-- > 0 ? 'handle-then-disconnect' : undefined;
    const offsets: (number | undefined)[] = [];
    for (let index = 1; index <= 20; index++) {
      producer.enqueue('orders', { value: value(index) }, (_error, metadata) =>
        offsets.push(metadata?.offset),
      );
    }
    const flushing = producer.flush();
    await env.clock.advance(10_000);
    await flushing;
    const expected = Array.from({ length: 21 }, (_, index) => value(index));
    expect(env.cluster.log('orders').values()).toEqual(expected);
    expect(offsets).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  test('is opened again, with waits that grow', async () => {
    await using env = setUp({ metadataMaxAgeMs: 3_600_000 });
    env.cluster.createTopic('orders');
    const producer = env.tidelog.producer({ lingerMs: 0 });
    await producer.send({ topic: 'orders', messages: [{ value: 'a' }] });
    env.cluster.stopBroker(1);
    await quiesce();
    const connectsBefore = env.network.connectCount;
    const sending = producer.send({ topic: 'orders', messages: [{ value: 'b' }] });
    await env.clock.advance(10_000);
    const connects = env.network.connectCount - connectsBefore;
    // Two links (produce, metadata) at 50, 100, 200, 400, 800, 1000, 1000 … ms.
    expect(connects).toBeGreaterThan(10);
    expect(connects).toBeLessThan(45);
    env.cluster.startBroker(1);
    await env.clock.advance(3_000);
    expect((await sending)[0]?.offset).toBe(1);
  });

  test('before idempotence is known, without idempotence, may double records but keeps their order', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    const producer = env.tidelog.producer({ ...SMALL_BATCHES, idempotence: false });
    await producer.send({ topic: 'orders', messages: [{ value: value(0) }] });
    let breaks = 2;
    env.cluster.onRequest = (api) =>
      api === 'PRODUCE' && breaks-- > 0 ? 'handle-then-disconnect' : undefined;
    for (let index = 1; index <= 10; index++) producer.enqueue('orders', { value: value(index) });
    const flushing = producer.flush();
    await env.clock.advance(10_000);
    await flushing;
    const firsts = [...new Set(env.cluster.log('orders').values())];
    expect(firsts).toEqual(Array.from({ length: 11 }, (_, index) => value(index)));
  });
});

test('a closed producer asks for nothing and connects to nothing any more', async () => {
  await using env = setUp();
  env.cluster.createTopic('orders');
  const producer = env.tidelog.producer({ lingerMs: 0 });
  await producer.send({ topic: 'orders', messages: [{ value: 'a' }] });
  env.cluster.onRequest = (api) => (api === 'PRODUCE' ? 'drop' : undefined);
  const failing = failureOf(producer.send({ topic: 'orders', messages: [{ value: 'b' }] }));
  await quiesce();
  const { connectCount } = env.network;
  env.cluster.requests.length = 0;
  await failureOf(producer.close({ signal: AbortSignal.abort() }));
  expect((await failing).code).toBe('CLOSED');
  await env.clock.advance(2_000);
  expect(env.cluster.requests).toEqual([]);
  expect(env.network.connectCount).toBe(connectCount);
});

describe('an answer', () => {
  test('that says "not now" is followed by another try', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    let refusals = 4;
    env.cluster.onProduce = () => (refusals-- > 0 ? { code: 'NOT_ENOUGH_REPLICAS' } : undefined);
    const producer = env.tidelog.producer(SMALL_BATCHES);
    for (let index = 0; index < 8; index++) producer.enqueue('orders', { value: value(index) });
    const flushing = producer.flush();
    await env.clock.advance(10_000);
    await flushing;
    expect(env.cluster.log('orders').values()).toEqual(Array.from({ length: 8 }, (_, index) => value(index)));
  });

  test('that fails after the append is followed by another try, which finds the batch stored', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    let refusals = 3;
    env.cluster.onProduce = () =>
      refusals-- > 0 ? { code: 'NOT_ENOUGH_REPLICAS_AFTER_APPEND', isAppended: true } : undefined;
    const producer = env.tidelog.producer({ lingerMs: 0 });
    const sending = producer.send({ topic: 'orders', messages: [{ value: 'a' }] });
    await env.clock.advance(5_000);
    expect((await sending)[0]?.offset).toBe(0);
    expect(env.cluster.log('orders').values()).toEqual(['a']);
  });

  test('that does not come in time ends the connection, and the batch goes again', async () => {
    await using env = setUp({ requestTimeoutMs: 1_000 });
    env.cluster.createTopic('orders');
    const producer = env.tidelog.producer({ lingerMs: 0 });
    await producer.send({ topic: 'orders', messages: [{ value: 'a' }] });
    let drops = 1;
    env.cluster.onRequest = (api) => (api === 'PRODUCE' && drops-- > 0 ? 'drop' : undefined);
    const sending = producer.send({ topic: 'orders', messages: [{ value: 'b' }] });
    await env.clock.advance(2_000);
    await sending;
    expect(env.cluster.log('orders').values()).toEqual(['a', 'b']);
  });

  test('that another broker leads now moves the batch there', async () => {
    await using env = setUp({ brokerIds: [1, 2] });
    const topic = env.cluster.createTopic('orders');
    const producer = env.tidelog.producer(SMALL_BATCHES);
    await producer.send({ topic: 'orders', messages: [{ value: value(0) }] });
    env.cluster.moveLeader(topic, 0, 2);
    for (let index = 1; index < 10; index++) producer.enqueue('orders', { value: value(index) });
    const flushing = producer.flush();
    await env.clock.advance(5_000);
    await flushing;
    expect(env.cluster.log('orders').values()).toEqual(
      Array.from({ length: 10 }, (_, index) => value(index)),
    );
  });

  test('for a partition without a leader is waited for', async () => {
    await using env = setUp();
    const topic = env.cluster.createTopic('orders');
    topic.leaderIds = [-1];
    const producer = env.tidelog.producer({ lingerMs: 0 });
    const sending = producer.send({ topic: 'orders', messages: [{ value: 'a' }] });
    await env.clock.advance(1_000);
    topic.leaderIds = [1];
    await env.clock.advance(2_000);
    await sending;
    expect(env.cluster.log('orders').values()).toEqual(['a']);
  });
});

describe('the delivery timeout', () => {
  test('fails records that could not be sent, and says that nothing was written', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    const producer = env.tidelog.producer({ lingerMs: 0, deliveryTimeoutMs: 5_000 });
    await producer.send({ topic: 'orders', messages: [{ value: 'a' }] });
    env.cluster.stopBroker(1);
    await quiesce();
    const failing = failureOf(producer.send({ topic: 'orders', messages: [{ value: 'b' }] }));
    await env.clock.advance(5_100);
    const error = await failing;
    expect(error.code).toBe('DELIVERY_TIMEOUT');
    expect(error.message).toMatch(
      /^a record for topic "orders" partition 0 could not be sent within deliveryTimeoutMs \(5000\) \(last error: .*ECONNREFUSED.*\); nothing was written$/,
    );
    expect(producer.bufferedBytes).toBe(0);
  });

  test('fails records that were sent and not acknowledged, and says that their outcome is unknown', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    env.cluster.onRequest = (api) => (api === 'PRODUCE' ? 'drop' : undefined);
    const producer = env.tidelog.producer({ lingerMs: 0, deliveryTimeoutMs: 5_000 });
    const failing = failureOf(producer.send({ topic: 'orders', messages: [{ value: 'a' }, { value: 'b' }] }));
    await env.clock.advance(5_100);
    const error = await failing;
    expect(error.code).toBe('DELIVERY_TIMEOUT');
    expect(error.message).toContain('whether it was written is unknown');
  });

  test('leaves no gap that would stop later records', async () => {
    await using env = setUp({ requestTimeoutMs: 1_000 });
    env.cluster.createTopic('orders');
    const producer = env.tidelog.producer({ ...SMALL_BATCHES, deliveryTimeoutMs: 2_000 });
    await producer.send({ topic: 'orders', messages: [{ value: value(0) }] });
    env.cluster.onRequest = (api) => (api === 'PRODUCE' ? 'drop' : undefined);
    const lost: (string | undefined)[] = [];
    for (let index = 1; index < 8; index++) {
      producer.enqueue('orders', { value: value(index) }, (error) => lost.push(error?.code));
    }
    await env.clock.advance(2_500);
    expect(lost).toEqual(Array.from({ length: 7 }, () => 'DELIVERY_TIMEOUT'));
    env.cluster.onRequest = undefined;
    const sending = producer.send({ topic: 'orders', messages: [{ value: value(9) }] });
    await env.clock.advance(5_000);
    await sending;
    expect(env.cluster.log('orders').values()).toEqual([value(0), value(9)]);
  });
});

describe('a batch that is too large for the topic', () => {
  test('is split until it fits, in order', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders').partitions[0]!.maxBatchBytes = 300;
    const producer = env.tidelog.producer({ lingerMs: 5 });
    const offsets: (number | undefined)[] = [];
    for (let index = 0; index < 40; index++) {
      producer.enqueue('orders', { value: value(index) }, (_error, metadata) =>
        offsets.push(metadata?.offset),
      );
    }
    const flushing = producer.flush();
    await env.clock.advance(20_000);
    await flushing;
    expect(env.cluster.log('orders').values()).toEqual(
      Array.from({ length: 40 }, (_, index) => value(index)),
    );
    expect(offsets).toEqual([...offsets.keys()]);
  });

  test('is refused when it is a single record, with what to do', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders').partitions[0]!.maxBatchBytes = 300;
    const producer = env.tidelog.producer({ lingerMs: 0 });
    const error = await failureOf(producer.send({ topic: 'orders', messages: [{ value: 'x'.repeat(400) }] }));
    expect(error.code).toBe('MESSAGE_TOO_LARGE');
    expect(error.message).toContain('raise max.message.bytes of the topic');
    await producer.send({ topic: 'orders', messages: [{ value: 'small' }] });
    expect(env.cluster.log('orders').values()).toEqual(['small']);
  });
});

describe('sequence errors', () => {
  test('a broker that forgot the producer gets a new epoch, and nothing is lost', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    const recoveries: RecoveryTrace[] = [];
    const listen = (message: unknown): unknown => recoveries.push(message as RecoveryTrace);
    subscribe('tidelog.producer.recovery', listen);
    const producer = env.tidelog.producer(SMALL_BATCHES);
    await producer.send({ topic: 'orders', messages: [{ value: value(0) }] });
    env.cluster.log('orders').forgetProducers();
    for (let index = 1; index < 10; index++) producer.enqueue('orders', { value: value(index) });
    const flushing = producer.flush();
    await env.clock.advance(5_000);
    await flushing;
    unsubscribe('tidelog.producer.recovery', listen);
    expect(env.cluster.log('orders').values()).toEqual(
      Array.from({ length: 10 }, (_, index) => value(index)),
    );
    expect(recoveries).toEqual([{ topic: 'orders', partition: 0, producerEpoch: 1, failedRecordCount: 0 }]);
  });

  test('a topic that was created again gets the records that wait', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    const producer = env.tidelog.producer(SMALL_BATCHES);
    await producer.send({ topic: 'orders', messages: [{ value: value(0) }] });
    env.cluster.createTopic('orders');
    for (let index = 1; index < 5; index++) producer.enqueue('orders', { value: value(index) });
    const flushing = producer.flush();
    await env.clock.advance(5_000);
    await flushing;
    expect(env.cluster.log('orders').values()).toEqual([1, 2, 3, 4].map(value));
  });

  test('a refused batch does not stop those behind it', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    const producer = env.tidelog.producer(SMALL_BATCHES);
    await producer.send({ topic: 'orders', messages: [{ value: value(0) }] });
    env.cluster.onProduce = ({ records }) =>
      records.includes(value(3)) ? { code: 'INVALID_RECORD' } : undefined;
    const outcomes: string[] = [];
    for (let index = 1; index < 8; index++) {
      producer.enqueue('orders', { value: value(index) }, (error) => outcomes.push(error?.code ?? 'stored'));
    }
    const flushing = producer.flush();
    await env.clock.advance(5_000);
    await flushing;
    expect(env.cluster.log('orders').values()).toEqual([0, 1, 2, 4, 5, 6, 7].map(value));
    expect(outcomes.filter((outcome) => outcome === 'INVALID_RECORD')).toHaveLength(1);
  });
});

describe('the network', () => {
  test('that pushes back is not written to until it drains', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    const producer = env.tidelog.producer(SMALL_BATCHES);
    await producer.send({ topic: 'orders', messages: [{ value: value(0) }] });
    env.network.isPushingBack = true;
    producer.enqueue('orders', { value: value(1) });
    await quiesce();
    const produced = (): number => env.cluster.requests.filter((api) => api === 'PRODUCE').length;
    const before = produced();
    for (let index = 2; index < 6; index++) producer.enqueue('orders', { value: value(index) });
    await quiesce();
    expect(produced()).toBe(before);
    env.network.releaseBackPressure();
    await producer.flush();
    expect(env.cluster.log('orders').values()).toHaveLength(6);
  });

  test('gets at most maxInFlightRequests without an answer', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    const producer = env.tidelog.producer({ ...SMALL_BATCHES, maxInFlightRequests: 3 });
    await producer.send({ topic: 'orders', messages: [{ value: value(0) }] });
    env.cluster.onRequest = (api) => (api === 'PRODUCE' ? 'drop' : undefined);
    env.cluster.requests.length = 0;
    for (let index = 1; index < 20; index++) producer.enqueue('orders', { value: value(index) });
    await quiesce();
    expect(env.cluster.requests).toEqual(['PRODUCE', 'PRODUCE', 'PRODUCE']);
  });

  test('one request carries batches of many partitions', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders', 10);
    const producer = env.tidelog.producer({ lingerMs: 0 });
    await producer.send({ topic: 'orders', messages: [{ value: 'a', partition: 0 }] });
    env.cluster.requests.length = 0;
    for (let partition = 0; partition < 10; partition++)
      producer.enqueue('orders', { value: 'b', partition });
    await producer.flush();
    expect(env.cluster.requests).toEqual(['PRODUCE']);
  });
});

test('every settled batch is published for tracing', async () => {
  await using env = setUp();
  env.cluster.createTopic('orders');
  const traces: BatchTrace[] = [];
  const listen = (message: unknown): unknown => traces.push(message as BatchTrace);
  subscribe('tidelog.producer.batch', listen);
  const producer = env.tidelog.producer({ lingerMs: 0 });
  await producer.send({ topic: 'orders', messages: [{ value: 'a' }, { value: 'b' }] });
  unsubscribe('tidelog.producer.batch', listen);
  expect(traces).toMatchObject([
    { topic: 'orders', partition: 0, recordCount: 2, baseOffset: 0, attempts: 1, error: undefined },
  ]);
});
