import { BatchBuilder } from '@tidelog/record';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quiesce } from '../../../test/manual-clock.ts';
import { failureOf } from '../../../test/outcomes.ts';
import { setUp, type SetUp } from '../../../test/set-up.ts';
import type { Consumer } from '../consumer.ts';
import type { ConsumerRecord } from '../consumer-record.ts';

/** Records as `key:value`; `:value` has no key. Each inner array is one batch. */
function fill(env: SetUp, batches: readonly (readonly string[])[], partition = 0): void {
  for (const batch of batches) {
    const builder = new BatchBuilder();
    for (const text of batch) {
      const [key = '', value = ''] = text.split(':');
      builder.append(1_000, key === '' ? null : key, value);
    }
    env.cluster.log('orders', partition).append(builder.buildSync());
  }
}

/** Calls that end when the test says so. */
class Handler {
  readonly started: string[] = [];
  readonly running = new Map<string, PromiseWithResolvers<void>>();
  readonly signals = new Map<string, AbortSignal>();

  readonly eachMessage = ({
    message,
    signal,
  }: {
    readonly message: ConsumerRecord;
    readonly signal: AbortSignal;
  }): Promise<void> => {
    const value = String(message.value);
    const call = Promise.withResolvers<void>();
    this.started.push(value);
    this.running.set(value, call);
    this.signals.set(value, signal);
    return call.promise;
  };

  async end(...values: readonly string[]): Promise<void> {
    for (const value of values) {
      this.running.get(value)?.resolve();
      this.running.delete(value);
    }
    await quiesce();
  }

  async fail(value: string): Promise<void> {
    this.running.get(value)?.reject(new Error(`no ${value}`));
    this.running.delete(value);
    await quiesce();
  }
}

interface Reading {
  readonly consumer: Consumer;
  readonly handler: Handler;
  readonly ran: Promise<void>;
  readonly stop: AbortController;
}

async function reading(
  env: SetUp,
  concurrency: { readonly max: number; readonly maxRecordsAhead?: number },
): Promise<Reading> {
  const consumer = env.tidelog.consumer({ topics: ['orders'], startFrom: 'earliest' });
  const handler = new Handler();
  const stop = new AbortController();
  const { eachMessage } = handler;
  const ran = consumer.run({ eachMessage, concurrency: { by: 'key', ...concurrency }, signal: stop.signal });
  ran.catch(() => undefined);
  await quiesce();
  return { consumer, handler, ran, stop };
}

/** The values that a loop over the consumer gives next. */
async function take(consumer: Consumer, count: number): Promise<string[]> {
  const values: string[] = [];
  for await (const record of consumer) {
    values.push(String(record.value));
    if (values.length === count) break;
  }
  return values;
}

const ORDERS = { topic: 'orders', partition: 0 };

describe('concurrency by key', () => {
  test('runs different keys at the same time, and one key in order, across batches', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    fill(env, [
      ['a:1', 'b:2', 'a:3'],
      ['c:4', 'b:5'],
    ]);
    const { handler } = await reading(env, { max: 10 });
    expect(handler.started).toEqual(['1', '2', '4']);
    await handler.end('2');
    expect(handler.started).toEqual(['1', '2', '4', '5']);
    await handler.end('1');
    expect(handler.started.at(-1)).toBe('3');
  });

  test('runs records without a key beside each other', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    fill(env, [[':1', ':2', ':3', ':4']]);
    const { handler } = await reading(env, { max: 3 });
    expect(handler.started).toEqual(['1', '2', '3']);
    await handler.end('2');
    expect(handler.started).toEqual(['1', '2', '3', '4']);
  });

  test('shares its calls among the partitions', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders', 2);
    fill(env, [['a:1', 'b:2', 'c:3', 'd:4']], 0);
    fill(env, [['e:5', 'f:6']], 1);
    const { handler } = await reading(env, { max: 4 });
    expect(handler.started).toHaveLength(4);
    await handler.end(...handler.running.keys());
    expect([...handler.started].sort()).toEqual(['1', '2', '3', '4', '5', '6']);
  });

  test('goes no further than maxRecordsAhead beyond a record that takes long', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    fill(env, [
      ['slow:1', 'b:2', 'c:3'],
      ['d:4', 'e:5'],
    ]);
    const { handler } = await reading(env, { max: 10, maxRecordsAhead: 3 });
    expect(handler.started).toEqual(['1', '2', '3']);
    await handler.end('2', '3');
    expect(handler.started).toEqual(['1', '2', '3']);
    await handler.end('1');
    expect(handler.started).toEqual(['1', '2', '3', '4', '5']);
  });

  test('is refused for batches', async () => {
    await using env = setUp();
    const consumer = env.tidelog.consumer({ topics: ['orders'] });
    const running = consumer.run({ eachBatch: () => undefined, concurrency: { by: 'key', max: 2 } });
    expect((await failureOf(running)).message).toContain('eachMessage');
  });
});

describe('a call that fails', () => {
  test('stops the run; what is not contiguously processed comes again', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    fill(env, [
      ['a:1', 'b:2', 'c:3'],
      ['d:4', 'a:5'],
    ]);
    const { consumer, handler, ran } = await reading(env, { max: 10 });
    await handler.end('1', '3');
    await handler.fail('2');
    expect(handler.started).toEqual(['1', '2', '3', '4', '5']);
    await handler.end('4', '5');
    await expect(ran).rejects.toThrow('no 2');
    expect(consumer.position(ORDERS)).toBe(1);
    expect(await take(consumer, 4)).toEqual(['2', '3', '4', '5']);
  });

  test('waits for the calls under way, and starts no other', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    fill(env, [['a:1', 'b:2', 'a:3']]);
    const { handler, ran } = await reading(env, { max: 2 });
    await handler.fail('2');
    expect(handler.signals.get('1')?.aborted).toBe(true);
    let hasEnded = false;
    void ran.catch(() => (hasEnded = true));
    await quiesce();
    expect(hasEnded).toBe(false);
    await handler.end('1');
    expect(hasEnded).toBe(true);
    expect(handler.started).toEqual(['1', '2']);
  });
});

describe('in the middle of a run', () => {
  test('a pause starts no call of the partition until it is resumed', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    fill(env, [['a:1', 'a:2', 'b:3', 'c:4']]);
    const { consumer, handler } = await reading(env, { max: 2 });
    expect(handler.started).toEqual(['1', '3']);
    consumer.pause([{ topic: 'orders' }]);
    await handler.end('1', '3');
    expect(handler.started).toEqual(['1', '3']);
    consumer.resume([{ topic: 'orders' }]);
    await quiesce();
    expect(handler.started).toEqual(['1', '3', '2', '4']);
  });

  test('a seek drops what was not begun, waits for a key that is at work, and counts nothing of the old place', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    fill(env, [
      ['a:1', 'b:2', 'a:3', 'b:4'],
      ['a:5', 'c:6'],
    ]);
    const { consumer, handler } = await reading(env, { max: 3 });
    expect(handler.started).toEqual(['1', '2', '6']);
    await consumer.seek({ ...ORDERS, offset: 4 });
    await quiesce();
    // Key a is still at work, key c as well.
    expect(handler.started).toEqual(['1', '2', '6']);
    await handler.end('1', '2');
    expect(handler.started).toEqual(['1', '2', '6', '5']);
    await handler.end('6');
    expect(handler.started).toEqual(['1', '2', '6', '5', '6']);
  });

  test('an abort ends the run after the calls under way; the rest comes again', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    fill(env, [['a:1', 'a:2', 'b:3']]);
    const { consumer, handler, ran, stop } = await reading(env, { max: 2 });
    stop.abort();
    await handler.end('1', '3');
    await ran;
    expect(await take(consumer, 2)).toEqual(['2', '3']);
  });

  test('closing the consumer starts nothing more and ends the run after the calls under way', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders');
    fill(env, [['a:1', 'a:2']]);
    const { consumer, handler, ran } = await reading(env, { max: 2 });
    await consumer.close();
    expect(handler.signals.get('1')?.aborted).toBe(true);
    await handler.end('1');
    await ran;
    expect(handler.started).toEqual(['1']);
  });

  test('a partition that is not read any more is left, whatever its calls still do', async () => {
    await using env = setUp();
    env.cluster.createTopic('orders', 2);
    fill(env, [['a:1', 'a:2']], 0);
    fill(env, [['x:8', 'x:9']], 1);
    const consumer = env.tidelog.consumer({ startFrom: 'earliest' });
    await consumer.assign([ORDERS, { topic: 'orders', partition: 1 }]);
    const handler = new Handler();
    const { eachMessage } = handler;
    const ran = consumer.run({ eachMessage, concurrency: { by: 'key', max: 4 } });
    await quiesce();
    await consumer.assign([{ topic: 'orders', partition: 1 }]);
    expect(handler.signals.get('1')?.aborted).toBe(true);
    expect(handler.signals.get('8')?.aborted).toBe(false);
    await handler.fail('1');
    await handler.end('8');
    expect(handler.started).toEqual(['1', '8', '9']);
    await handler.end('9');
    await consumer.close();
    await ran;
  });
});

test('records that are being worked with count as memory, and hold the partition back', async () => {
  await using env = setUp();
  env.cluster.createTopic('orders');
  const large = 'x'.repeat(2_000);
  fill(
    env,
    Array.from({ length: 20 }, (_, index) => [`k${index}:${index}${large}`]),
  );
  const consumer = env.tidelog.consumer({
    topics: ['orders'],
    startFrom: 'earliest',
    maxPartitionFetchBytes: 4_000,
    prefetchMaxBytes: 8_000,
  });
  const handler = new Handler();
  const ran = consumer.run({ eachMessage: handler.eachMessage, concurrency: { by: 'key', max: 100 } });
  await quiesce();
  expect(handler.started.length).toBeLessThanOrEqual(4);
  for (let round = 0; round < 20; round++) await handler.end(...handler.running.keys());
  expect(handler.started).toHaveLength(20);
  await consumer.close();
  await ran;
});

test('whatever ends in which order: keys stay in order, nothing is skipped, and a failure commits nothing behind it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ key: fc.constantFrom('', 'a', 'b', 'c', 'd') }), {
        minLength: 1,
        maxLength: 40,
      }),
      fc.record({
        max: fc.integer({ min: 1, max: 6 }),
        maxRecordsAhead: fc.integer({ min: 1, max: 10 }),
        batchSize: fc.integer({ min: 1, max: 7 }),
        failing: fc.option(fc.nat(39)),
        picks: fc.array(fc.nat(), { minLength: 10, maxLength: 40 }),
      }),
      async (records, { max, maxRecordsAhead, batchSize, failing, picks }) => {
        await using env = setUp();
        env.cluster.createTopic('orders');
        const texts = records.map(({ key }, index) => `${key}:${index}`);
        for (let first = 0; first < texts.length; first += batchSize) {
          fill(env, [texts.slice(first, first + batchSize)]);
        }
        const { consumer, handler, ran } = await reading(env, { max, maxRecordsAhead });
        const ended = new Set<number>();
        let hasFailed = false;
        for (let turn = 0; handler.running.size > 0; turn++) {
          expect(handler.running.size).toBeLessThanOrEqual(max);
          const running = [...handler.running.keys()];
          const firstOpen = records.findIndex((_, index) => !ended.has(index));
          for (const value of running) {
            const key = records[Number(value)]?.key;
            const sameKey = running.filter((other) => records[Number(other)]?.key === key);
            if (key !== '') expect(sameKey).toHaveLength(1);
            expect(Number(value) - firstOpen).toBeLessThan(maxRecordsAhead);
          }
          const value = running[(picks[turn % picks.length] as number) % running.length] as string;
          if (Number(value) === failing) {
            hasFailed = true;
            await handler.fail(value);
          } else {
            ended.add(Number(value));
            await handler.end(value);
          }
        }
        for (const key of ['a', 'b', 'c', 'd']) {
          const ofKey = handler.started.map(Number).filter((index) => records[index]?.key === key);
          expect(ofKey).toEqual([...ofKey].sort((a, b) => a - b));
        }
        expect(new Set(handler.started).size).toBe(handler.started.length);
        if (hasFailed) {
          await expect(ran).rejects.toThrow();
          const firstOpen = records.findIndex((_, index) => !ended.has(index));
          expect(consumer.position(ORDERS)).toBe(firstOpen);
        } else {
          expect(handler.started).toHaveLength(records.length);
          expect(consumer.position(ORDERS)).toBe(records.length);
        }
      },
    ),
    { numRuns: 40 },
  );
});
