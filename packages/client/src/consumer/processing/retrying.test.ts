/** Retries in place, retry topics and dead-letter topics, as a program sees them. */
import { BatchBuilder, RecordBatch, type RecordHeader } from '@tidelog/record';
import { describe, expect, test } from 'vitest';
import { quiesce } from '../../../test/manual-clock.ts';
import { failureOf } from '../../../test/outcomes.ts';
import { setUp, type SetUp } from '../../../test/set-up.ts';
import { json } from '../../serializers.ts';
import type { Consumer } from '../consumer.ts';
import type { RunOptions } from '../run.ts';
import type { EachMessagePayload } from './record-processor.ts';
import { MAX_MESSAGE_BYTES } from './origin-headers.ts';

function fill(env: SetUp, values: readonly string[], topic = 'orders'): void {
  const builder = new BatchBuilder();
  for (const value of values) builder.append(1_000, value.slice(0, 1), value);
  env.cluster.log(topic).append(builder.buildSync());
}

interface Stored {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: readonly RecordHeader[];
  readonly timestampMs: number;
}

/** What a topic of one partition holds. */
function stored(env: SetUp, topic: string): Stored[] {
  return env.cluster.log(topic).batches.flatMap(({ bytes }) =>
    [...RecordBatch.read(bytes)].map(({ key, value, headers, timestampMs }) => ({
      ...{ key, value, headers, timestampMs },
    })),
  );
}

const headersOf = ({ headers }: Pick<Stored, 'headers'>): Record<string, string> =>
  Object.fromEntries(headers.map(({ key, value }) => [key, String(value)]));

interface Running {
  readonly consumer: Consumer;
  readonly calls: string[];
  readonly ran: Promise<void>;
}

/** Runs `handle` over the topic and notes each call as value and attempt. */
function running(
  env: SetUp,
  handle: (payload: EachMessagePayload<Buffer, Buffer>) => Promise<void> | void,
  options: Partial<RunOptions> = {},
): Running {
  const consumer = env.tidelog.consumer({ topics: ['orders'], startFrom: 'earliest' });
  const calls: string[] = [];
  const ran = consumer.run({
    eachMessage: (payload) => {
      calls.push(`${String(payload.message.value)}#${payload.attempt}`);
      return handle(payload);
    },
    ...options,
  });
  ran.catch(() => undefined);
  return { consumer, calls, ran };
}

const failing =
  (...values: readonly string[]) =>
  ({ message }: EachMessagePayload<Buffer, Buffer>): void => {
    if (values.includes(String(message.value))) throw new Error(`no ${String(message.value)}`);
  };

describe('tries in place', () => {
  test.each([1, { by: 'key', max: 1 }] as const)(
    'follow after growing waits (concurrency %j)',
    async (concurrency) => {
      await using env = setUp();
      env.cluster.createTopic('orders');
      fill(env, ['a1', 'a2']);
      let failures = 3;
      const { calls } = running(
        env,
        ({ message }) => {
          if (String(message.value) === 'a1' && failures-- > 0) throw new Error('not yet');
        },
        { retry: { maxAttempts: 5, backoffMs: 1_000, maxBackoffMs: 3_000 }, concurrency },
      );
      await quiesce();
      expect(calls).toEqual(['a1#1']);
      await env.clock.advance(1_200);
      expect(calls).toEqual(['a1#1', 'a1#2']);
      await env.clock.advance(2_400);
      await env.clock.advance(3_000);
      expect(calls).toEqual(['a1#1', 'a1#2', 'a1#3', 'a1#4', 'a2#1']);
    },
  );

  test('end the run with the last error when there is no other place for the record', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    fill(env, ['a1', 'b2']);
    const { calls, ran } = running(env, failing('a1'), { retry: { maxAttempts: 2, backoffMs: 0 } });
    await env.clock.advance(100);
    await expect(ran).rejects.toThrow('no a1');
    expect(calls).toEqual(['a1#1', 'a1#2']);
  });

  test('stop when the run is aborted; the record comes again', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    fill(env, ['a1']);
    const stop = new AbortController();
    const options = { retry: { backoffMs: 60_000, maxBackoffMs: 60_000 }, signal: stop.signal };
    const { consumer, ran } = running(env, failing('a1'), options);
    await quiesce();
    stop.abort();
    await ran;
    expect(consumer.position({ topic: 'orders', partition: 0 })).toBe(0);
  });

  test('a call that throws because its signal aborted is not a failure', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    fill(env, ['a1']);
    const stop = new AbortController();
    const { ran } = running(
      env,
      ({ signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason as Error));
        }),
      { signal: stop.signal },
    );
    await quiesce();
    stop.abort();
    await ran;
  });
});

describe('a dead-letter topic', () => {
  test('takes what cannot be handled, as it is and with where it comes from; the others go on', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    env.cluster.createTopic('orders.dead-letters');
    const builder = new BatchBuilder();
    const key = Buffer.from([0, 255, 1]);
    const value = Buffer.from([200, 0]);
    builder.append(5_000, key, value, [
      { key: 'trace', value: Buffer.from([1, 254]) },
      { key: 'empty', value: null },
      { key: 'trace', value: 'again' },
    ]);
    builder.append(5_000, 'b', 'b2');
    builder.append(5_000, null, null);
    env.cluster.log('orders').append(builder.buildSync());
    const { calls } = running(
      env,
      ({ message }) => {
        if (String(message.value) === 'b2') return;
        throw Object.assign(new Error('€'.repeat(2_000)), { code: 'E_NO_BANANAS' });
      },
      { deadLetterTopic: true, retry: { maxAttempts: 1 } },
    );
    await quiesce();
    expect(calls).toHaveLength(3);
    const [first, second] = stored(env, 'orders.dead-letters') as [Stored, Stored];
    expect([first.key, first.value]).toEqual([key, value]);
    expect(first.headers.slice(0, 3)).toEqual([
      { key: 'trace', value: Buffer.from([1, 254]) },
      { key: 'empty', value: null },
      { key: 'trace', value: Buffer.from('again') },
    ]);
    expect(headersOf({ headers: first.headers.slice(3) })).toEqual({
      'tidelog.origin.topic': 'orders',
      'tidelog.origin.partition': '0',
      'tidelog.origin.offset': '0',
      'tidelog.origin.timestamp': '5000',
      'tidelog.attempts': '1',
      'tidelog.error.code': 'E_NO_BANANAS',
      'tidelog.error.message': '€'.repeat(Math.floor(MAX_MESSAGE_BYTES / 3)),
    });
    expect(first.timestampMs).toBe(env.clock.nowMs());
    expect([second.key, second.value]).toEqual([null, null]);
  });

  test('gets at once what shouldRetry gives up, and bytes that a deserializer refuses', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    env.cluster.createTopic('dead');
    fill(env, ['{', '[1]']);
    const consumer = env.tidelog.consumer({
      topics: ['orders'],
      startFrom: 'earliest',
      value: json<number[]>(),
    });
    const handled: unknown[] = [];
    void consumer.run({
      eachMessage: ({ message }) => void handled.push(message.value),
      retry: { backoffMs: 60_000, maxBackoffMs: 60_000 },
      deadLetterTopic: 'dead',
    });
    await quiesce();
    expect(handled).toEqual([[1]]);
    expect(stored(env, 'dead').map(({ value }) => String(value))).toEqual(['{']);
    expect(headersOf(stored(env, 'dead')[0] as Stored)['tidelog.error.code']).toBe('SERIALIZATION_FAILED');
  });

  test('the record is processed only once its copy is acknowledged', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    env.cluster.createTopic('orders.dead-letters');
    fill(env, ['a1', 'b2']);
    let isRefused = true;
    env.cluster.onProduce = () => (isRefused ? { code: 'NOT_ENOUGH_REPLICAS' } : undefined);
    const { consumer, calls } = running(env, failing('a1'), { deadLetterTopic: true });
    await env.clock.advance(5_000);
    expect(calls).toEqual(['a1#1']);
    expect(consumer.position({ topic: 'orders', partition: 0 })).toBe(0);
    isRefused = false;
    await env.clock.advance(5_000);
    expect(calls).toEqual(['a1#1', 'b2#1']);
  });

  test('gets a copy that is on its way whole, also when the run ends meanwhile', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    env.cluster.createTopic('orders.dead-letters');
    fill(env, ['a1', 'b2']);
    let isRefused = true;
    env.cluster.onProduce = () => (isRefused ? { code: 'NOT_ENOUGH_REPLICAS' } : undefined);
    const stop = new AbortController();
    const options = { deadLetterTopic: true, signal: stop.signal } as const;
    const { consumer, calls, ran } = running(env, failing('a1'), options);
    await quiesce();
    stop.abort();
    isRefused = false;
    await env.clock.advance(2_000);
    await ran;
    expect(calls).toEqual(['a1#1']);
    expect(stored(env, 'orders.dead-letters')).toHaveLength(1);
    expect(consumer.position({ topic: 'orders', partition: 0 })).toBe(1);
  });

  test('that refuses the record ends the run with both reasons', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    env.cluster.createTopic('dead');
    fill(env, ['a1']);
    env.cluster.onProduce = () => ({ code: 'MESSAGE_TOO_LARGE' });
    const { ran } = running(env, failing('a1'), { deadLetterTopic: 'dead' });
    const failure = await failureOf(ran);
    expect(failure.code).toBe('MESSAGE_TOO_LARGE');
    expect(failure.message).toContain('offset 0 could not be handled, nor put into topic "dead"');
    expect((failure.cause as AggregateError).errors).toContainEqual(new Error('no a1'));
  });

  test('that does not exist is said before the first call', async () => {
    await using env = setUp({ metadataTimeoutMs: 1_000 });
    env.cluster.createTopic('orders');
    fill(env, ['a1']);
    const { calls, ran } = running(env, failing('a1'), { deadLetterTopic: true });
    await env.clock.advance(3_000);
    const failure = await failureOf(ran);
    expect(failure.code).toBe('UNKNOWN_TOPIC_OR_PARTITION');
    expect(failure.message).toContain('orders.dead-letters');
    expect(calls).toEqual([]);
  });

  test('is created when the client asks for that', async () => {
    await using env = setUp({ allowAutoTopicCreation: true });
    env.cluster.autoCreatePartitions = 1;
    env.cluster.createTopic('orders');
    fill(env, ['a1']);
    running(env, failing('a1'), { deadLetterTopic: true });
    await quiesce();
    expect(stored(env, 'orders.dead-letters')).toHaveLength(1);
  });
});

describe('a retry topic', () => {
  const RETRY = { maxAttempts: 1, retryTopic: true, retryDelayMs: 60_000, maxRetryRounds: 2 } as const;

  function withTopics(env: SetUp): void {
    env.cluster.createTopic('orders');
    env.cluster.createTopic('orders.retry');
    env.cluster.createTopic('orders.dead-letters');
  }

  test.each([1, { by: 'key', max: 4 }] as const)(
    'gives a record its next call after the delay, while the others go on (concurrency %j)',
    async (concurrency) => {
      await using env = setUp();
      withTopics(env);
      fill(env, ['a1', 'b2']);
      let failures = 1;
      const origins: unknown[] = [];
      const { calls } = running(
        env,
        ({ message, origin, topic }) => {
          if (String(message.value) !== 'a1') return;
          origins.push({ read: topic, from: origin.topic, offset: origin.offset });
          if (failures-- > 0) throw new Error('not yet');
        },
        { retry: RETRY, concurrency },
      );
      await quiesce();
      expect(calls).toEqual(['a1#1', 'b2#1']);
      await env.clock.advance(30_000);
      fill(env, ['c3']);
      env.cluster.wakeFetches();
      await env.clock.advance(29_000);
      expect(calls).toEqual(['a1#1', 'b2#1', 'c3#1']);
      await env.clock.advance(1_000);
      expect(calls).toEqual(['a1#1', 'b2#1', 'c3#1', 'a1#2']);
      expect(origins).toEqual([
        { read: 'orders', from: 'orders', offset: 0 },
        { read: 'orders.retry', from: 'orders', offset: 0 },
      ]);
    },
  );

  test('is gone through maxRetryRounds times, with the first origin kept, before the dead-letter topic', async () => {
    await using env = setUp();
    withTopics(env);
    fill(env, ['a1']);
    const { calls } = running(env, failing('a1'), { retry: RETRY, deadLetterTopic: true });
    await env.clock.advance(200_000);
    expect(calls).toEqual(['a1#1', 'a1#2', 'a1#3']);
    const rounds = stored(env, 'orders.retry').map((record) => headersOf(record)['tidelog.retry.round']);
    expect(rounds).toEqual(['1', '2']);
    const dead = stored(env, 'orders.dead-letters');
    expect(dead).toHaveLength(1);
    expect(headersOf(dead[0] as Stored)).toMatchObject({
      'tidelog.origin.topic': 'orders',
      'tidelog.origin.offset': '0',
      'tidelog.attempts': '3',
    });
    expect(headersOf(dead[0] as Stored)['tidelog.not-before']).toBeUndefined();
  });

  test('can be paused and resumed like any other while it waits', async () => {
    await using env = setUp();
    withTopics(env);
    fill(env, ['a1']);
    let failures = 1;
    const { consumer, calls } = running(
      env,
      () => {
        if (failures-- > 0) throw new Error('not yet');
      },
      { retry: RETRY },
    );
    await quiesce();
    consumer.pause([{ topic: 'orders.retry' }]);
    await env.clock.advance(70_000);
    expect(calls).toEqual(['a1#1']);
    consumer.resume([{ topic: 'orders.retry' }]);
    await quiesce();
    expect(calls).toEqual(['a1#1', 'a1#2']);
  });

  test('holds back nothing of what waits in it longer than the run', async () => {
    await using env = setUp();
    withTopics(env);
    fill(env, ['a1']);
    const stop = new AbortController();
    const { consumer, ran } = running(env, failing('a1'), { retry: RETRY, signal: stop.signal });
    await quiesce();
    stop.abort();
    await ran;
    for await (const record of consumer) {
      expect(record.topic).toBe('orders.retry');
      break;
    }
  });

  test('may not be one that is read anyway, and needs a name where topics have none', async () => {
    await using env = setUp();
    const eachMessage = (): void => undefined;
    const whole = env.tidelog.consumer({ topics: ['orders'] });
    const reading = await failureOf(whole.run({ eachMessage, retry: { retryTopic: 'orders' } }));
    expect(reading.message).toContain('reads anyway');
    const assigned = env.tidelog.consumer();
    const naming = await failureOf(assigned.run({ eachMessage, deadLetterTopic: true }));
    expect(naming.message).toContain('give deadLetterTopic a name');
  });
});

test('options of batches, names and numbers that cannot be are refused', async () => {
  await using env = setUp();
  const consumer = env.tidelog.consumer({ topics: ['orders'] });
  const eachMessage = (): void => undefined;
  const messageOf = async (options: unknown): Promise<string> =>
    (await failureOf(consumer.run(options as RunOptions))).message;
  expect(await messageOf({ eachBatch: eachMessage, deadLetterTopic: 'dead' })).toContain('need eachMessage');
  expect(await messageOf({ eachMessage, deadLetterTopic: 'dead letters' })).toContain('cannot be a topic');
  expect(await messageOf({ eachMessage, retry: { attempts: 3 } })).toContain('attempts');
  expect(await messageOf({ eachMessage, retry: { maxAttempts: 0 } })).toContain('maxAttempts');
  expect(await messageOf({ eachMessage, concurrency: { by: 'topic', max: 3 } })).toContain(
    "'partition' or 'key'",
  );
  expect(await messageOf({ eachMessage, concurrency: { by: 'key', max: 0 } })).toContain('1 to 10000');
});

test('a call that does not come back is reported once, with its place', async () => {
  await using env = setUp();
  env.cluster.createTopic('orders');
  fill(env, ['a1', 'a2']);
  const consumer = env.tidelog.consumer({
    topics: ['orders'],
    startFrom: 'earliest',
    handlerStallTimeoutMs: 10_000,
  });
  const stalls: unknown[] = [];
  consumer.on('handlerStalled', (stall) => stalls.push(stall));
  const calls: (() => void)[] = [];
  void consumer.run({ eachMessage: () => new Promise<void>((resolve) => calls.push(resolve)) });
  await env.clock.advance(9_000);
  expect(stalls).toEqual([]);
  await env.clock.advance(60_000);
  expect(stalls).toEqual([
    { call: 'eachMessage', topic: 'orders', partition: 0, offset: 0, elapsedMs: 10_000 },
  ]);
  calls[0]?.();
  await env.clock.advance(15_000);
  expect(stalls).toMatchObject([{ offset: 0 }, { offset: 1 }]);
});

test('a batch is resolved in part: only the rest comes again', async () => {
  await using env = setUp();
  env.cluster.createTopic('orders');
  fill(env, ['a1', 'b2', 'c3']);
  const consumer = env.tidelog.consumer({ topics: ['orders'], startFrom: 'earliest' });
  const running = consumer.run({
    eachBatch: ({ batch, resolveOffset, isRunning, isStale, signal }) => {
      expect([isRunning(), isStale(), signal.aborted]).toEqual([true, false, false]);
      for (const { offset } of batch) {
        if (offset === 2) throw new Error('enough');
        resolveOffset(offset);
      }
    },
  });
  await expect(running).rejects.toThrow('enough');
  expect(consumer.position({ topic: 'orders', partition: 0 })).toBe(2);
});
