import { describe, expect, test } from 'vitest';
import { BatchBuilder, patchBaseOffset } from '@tidelog/record';
import { fillLog } from '../../../test/fill-log.ts';
import {
  addOrders,
  committedOffset,
  gate,
  GROUP,
  member,
  reading,
  take,
  withOrders,
} from '../../../test/group-set-up.ts';
import { quiesce } from '../../../test/manual-clock.ts';
import { failureOf } from '../../../test/outcomes.ts';
import { setUp, type SetUp } from '../../../test/set-up.ts';
import type { CommitFailure } from './group-offsets.ts';

const at = { topic: 'orders', partition: 0 };

describe('a commit that is refused', () => {
  test('of a record of an earlier tenure says nothing about what is read now', async () => {
    await using env = setUp();
    withOrders(env, 1, 5);
    const consumer = member(env);
    const [, , third] = await take(consumer, 3);
    env.cluster.groups.evict(GROUP);
    await env.clock.advance(2_000);
    expect(await failureOf(consumer.commit(third))).toMatchObject({ code: 'REBALANCE_IN_PROGRESS' });
    await consumer.close();
    expect(committedOffset(env)).toBe(0);
  });

  test('beyond the end does not stop what is processed from being committed', async () => {
    await using env = setUp();
    withOrders(env, 1, 5);
    const consumer = member(env);
    await consumer.connect();
    expect(await failureOf(consumer.commit([{ ...at, offset: 1_000 }]))).toMatchObject({
      code: 'OFFSET_OUT_OF_RANGE',
    });
    const { seen } = reading(consumer);
    await env.clock.advance(6_000);
    expect(seen.length).toBe(5);
    expect(committedOffset(env)).toBe(5);
  });
});

test('a list that names a partition twice commits its last place', async () => {
  await using env = setUp();
  withOrders(env, 1, 5);
  const consumer = member(env, { autoCommit: false });
  await consumer.connect();
  const committed = consumer.commit([
    { ...at, offset: 1 },
    { ...at, offset: 3 },
  ]);
  await Promise.race([committed, quiesce(100).then(() => Promise.reject(new Error('it never settles')))]);
  expect(committedOffset(env)).toBe(3);
});

test('commits of other partitions do not hold up one that is given up', async () => {
  await using env = setUp();
  withOrders(env, 2, 5);
  const consumer = member(env, { autoCommit: false });
  await consumer.connect();
  let isDone = false;
  const committing = (async () => {
    for (let offset = 0; !isDone; offset = (offset + 1) % 5) {
      consumer.commitAsync([{ ...at, offset }]);
      await new Promise((resolve) => setImmediate(resolve));
    }
  })();
  env.cluster.groups.pin(GROUP, { [consumer.memberId ?? '']: ['orders-0'] });
  await env.clock.advance(3_000, 100);
  const owned = consumer.assignment().map(({ partition }) => partition);
  isDone = true;
  await committing;
  expect(owned).toEqual([0]);
});

describe('a log that has lost its end', () => {
  test('is read and committed from where it is now', async () => {
    await using env = setUp();
    withOrders(env, 1, 5);
    const first = member(env);
    const { seen: before } = reading(first);
    await env.clock.advance(6_000);
    expect([before.length, committedOffset(env)]).toEqual([5, 5]);
    const log = env.cluster.log('orders');
    log.batches.splice(2);
    log.nextOffset = 2;
    env.cluster.wakeFetches();
    await first.close();
    const second = member(env);
    const { seen } = reading(second);
    await env.clock.advance(6_000);
    expect(seen).toEqual(['0:0', '0:1']);
    expect(committedOffset(env)).toBe(2);
  });

  test('is committed where it is read, with assign(), when the topic was made again', async () => {
    await using env = setUp({ metadataMaxAgeMs: 1_000 });
    withOrders(env, 1, 5);
    const consumer = env.tidelog.consumer({ groupId: GROUP, startFrom: 'earliest' });
    await consumer.assign([at]);
    const { seen } = reading(consumer);
    await env.clock.advance(6_000);
    expect([seen.length, committedOffset(env)]).toEqual([5, 5]);
    env.cluster.deleteTopic('orders');
    withOrders(env, 1, 2);
    await env.clock.advance(6_000);
    expect(seen.length).toBe(7);
    expect(committedOffset(env)).toBe(2);
  });
});

describe('a batch that a call leaves half done', () => {
  const stopsHalfWay = async (env: SetUp, stop: 'resolved' | 'asked'): Promise<void> => {
    env.cluster.createTopic('orders', 1);
    fillLog(env.cluster.log('orders'), [['a', 'b', 'c', 'd', 'e']]);
    const consumer = member(env);
    const reached = gate();
    const stopped = new AbortController();
    const running = consumer.run({
      signal: stopped.signal,
      eachBatch: async ({ batch, resolveOffset, signal, isRunning }) => {
        for (const { offset } of batch) {
          if (stop === 'asked' ? !isRunning() : signal.aborted) return;
          if (stop === 'resolved') resolveOffset(offset);
          if (offset === 1) {
            reached.open();
            await new Promise((resolve) => signal.addEventListener('abort', resolve));
          }
        }
      },
    });
    await reached.opened;
    stopped.abort();
    await running;
    await consumer.close();
  };

  test('counts as far as the call said, when it was told to stop', async () => {
    await using env = setUp();
    await stopsHalfWay(env, 'resolved');
    expect(committedOffset(env)).toBe(2);
  });

  test('counts for nothing when the call asked whether to go on and named no offset', async () => {
    await using env = setUp();
    await stopsHalfWay(env, 'asked');
    expect(committedOffset(env)).toBe(0);
  });
});

test('a partition that is taken away while it is looked for where it starts holds up nobody', async () => {
  await using env = setUp();
  withOrders(env, 2, 2);
  env.cluster.onRequest = (api) => (api === 'LIST_OFFSETS' ? 'drop' : undefined);
  const consumer = member(env);
  const connecting = consumer.connect();
  let isConnected = false;
  void connecting.then(() => (isConnected = true));
  await env.clock.advance(1_000);
  env.cluster.groups.pin(GROUP, { [consumer.memberId ?? '']: [] });
  await env.clock.advance(3_000);
  expect(consumer.assignment()).toEqual([]);
  expect(isConnected).toBe(true);
});

test('records that wait for their retry are not skipped when the topics are chosen by a pattern', async () => {
  await using env = setUp();
  env.cluster.createTopic('orders', 1);
  env.cluster.createTopic('again', 1);
  const consumer = env.tidelog.consumer({ groupId: GROUP, topicPattern: 'orders', startFrom: 'latest' });
  await consumer.connect();
  // The retry topic comes late.
  env.cluster.groups.pin(GROUP, { [consumer.memberId ?? '']: ['orders-0'] });
  addOrders(env, 0, 1);
  const attempts: number[] = [];
  void consumer.run({
    retry: { maxAttempts: 1, retryTopic: 'again', retryDelayMs: 100 },
    eachMessage: ({ attempt }) => {
      attempts.push(attempt);
      if (attempt === 1) throw new Error('no');
    },
  });
  await env.clock.advance(3_000);
  expect(attempts).toEqual([1]);
  env.cluster.groups.pin(GROUP, { [consumer.memberId ?? '']: ['orders-0', 'again-0'] });
  await env.clock.advance(10_000);
  expect(attempts).toEqual([1, 2]);
});

test('calls under way are told when the consumer closes', async () => {
  await using env = setUp();
  withOrders(env, 1, 2);
  const consumer = member(env);
  const begun = gate();
  const running = consumer.run({
    eachMessage: async ({ signal }) => {
      begun.open();
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      signal.throwIfAborted();
    },
  });
  await begun.opened;
  await consumer.close();
  await running;
  expect(committedOffset(env)).toBe(0);
});

test('close() does not wait for a loop that holds up a partition which is being given up', async () => {
  await using env = setUp();
  withOrders(env, 2, 3);
  const consumer = member(env);
  const loop = consumer.records();
  await loop.next();
  const { value: second } = await loop.next();
  env.cluster.groups.pin(GROUP, { [consumer.memberId ?? '']: [] });
  await env.clock.advance(2_000);
  let isClosed = false;
  void consumer.close().then(() => (isClosed = true));
  await quiesce();
  expect(isClosed).toBe(true);
  expect(committedOffset(env, second?.partition)).toBe(second?.offset);
});

test('offsets behind the last record that hold none are committed with it', async () => {
  await using env = setUp();
  withOrders(env, 1, 2);
  addMarker(env);
  const consumer = member(env);
  const { seen } = reading(consumer);
  await env.clock.advance(6_000);
  expect(seen).toEqual(['0:0', '0:1']);
  expect(committedOffset(env)).toBe(3);
});

test('offsets behind records that are at work are committed once these are done', async () => {
  await using env = setUp();
  withOrders(env, 1, 2);
  addMarker(env);
  const consumer = member(env);
  const work = gate();
  void consumer.run({ concurrency: { by: 'key', max: 8 }, eachMessage: () => work.opened });
  await env.clock.advance(6_000);
  expect(committedOffset(env)).toBe(0);
  work.open();
  await env.clock.advance(6_000);
  expect(committedOffset(env)).toBe(3);
});

test('what was processed of a partition that assign() leaves out is committed', async () => {
  await using env = setUp();
  withOrders(env, 2, 3);
  const consumer = env.tidelog.consumer({ groupId: GROUP, startFrom: 'earliest' });
  await consumer.assign([at]);
  await take(consumer, 3);
  await consumer.assign([{ topic: 'orders', partition: 1 }]);
  await quiesce();
  expect(committedOffset(env)).toBe(2);
});

test('calls that close the consumer at the same time do not wait for each other', async () => {
  await using env = setUp();
  withOrders(env, 3, 1);
  const consumer = member(env);
  const all = gate();
  let callCount = 0;
  const running = consumer.run({
    concurrency: 3,
    eachMessage: async () => {
      if (++callCount === 3) all.open();
      await all.opened;
      await consumer.close();
    },
  });
  let hasEnded = false;
  void running.then(() => (hasEnded = true));
  await quiesce(100);
  expect(hasEnded).toBe(true);
});

test('commit() rejects after commitTimeoutMs also while further commits are asked for, and so do those', async () => {
  await using env = setUp();
  withOrders(env, 1, 5);
  const consumer = env.tidelog.consumer({ groupId: GROUP, commitTimeoutMs: 10_000 });
  await consumer.assign([{ ...at, offset: 0 }]);
  env.cluster.onRequest = (api) => (api === 'OFFSET_COMMIT' ? 'COORDINATOR_LOAD_IN_PROGRESS' : undefined);
  const failures: CommitFailure[] = [];
  consumer.on('commitFailed', (failure) => failures.push(failure));
  let error: unknown;
  consumer.commit([{ ...at, offset: 1 }]).catch((thrown: unknown) => (error = thrown));
  for (let second = 0; second < 12; second++) {
    consumer.commitAsync([{ ...at, offset: second % 5 }]);
    await env.clock.advance(1_000);
  }
  expect(error).toMatchObject({ code: 'COORDINATOR_LOAD_IN_PROGRESS' });
  expect(failures.length).toBe(1);
});

test('a commit of nobody to a group with members says so', async () => {
  await using env = setUp();
  withOrders(env, 1, 5);
  await member(env).connect();
  const consumer = env.tidelog.consumer({ groupId: GROUP });
  await consumer.assign([{ ...at, offset: 0 }]);
  const error = await failureOf(consumer.commit([{ ...at, offset: 1 }]));
  expect(error).toMatchObject({
    code: 'UNKNOWN_MEMBER_ID',
    message: expect.stringContaining('not as this') as string,
  });
});

test('what could not be committed when the consumer closed is told', async () => {
  await using env = setUp();
  withOrders(env, 1, 5);
  const consumer = member(env);
  const failures: CommitFailure[] = [];
  consumer.on('commitFailed', (failure) => failures.push(failure));
  await take(consumer, 3);
  env.cluster.onRequest = (api) => (api === 'OFFSET_COMMIT' ? 'drop' : undefined);
  const closing = consumer.close();
  await env.clock.advance(6_000);
  await closing;
  expect(failures).toMatchObject([{ partitions: [{ ...at, offset: 2 }], error: { code: 'CLOSED' } }]);
});

/** A marker: a batch whose records are for no program. */
function addMarker(env: SetUp): void {
  const log = env.cluster.log('orders');
  const builder = new BatchBuilder();
  builder.append(1_000, null, 'marker');
  const bytes = builder.buildSync({ isControl: true });
  const offset = log.nextOffset;
  patchBaseOffset(bytes, 0, offset);
  log.batches.push({ bytes, baseOffset: offset, lastOffset: offset, maxTimestampMs: 1_000 });
  log.nextOffset = offset + 1;
}
