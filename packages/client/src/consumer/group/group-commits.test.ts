import { describe, expect, test } from 'vitest';
import type { RequestBodies } from '@tidelog/protocol';
import {
  committedOffset,
  gate,
  GROUP,
  groupOf,
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

const commitCount = (env: SetUp): number =>
  env.cluster.requests.filter((api) => api === 'OFFSET_COMMIT').length;

describe('by itself', () => {
  test('a consumer commits what was processed, every interval and no more often than needed', async () => {
    await using env = setUp();
    withOrders(env, 1, 3);
    const consumer = member(env, { autoCommitIntervalMs: 2_000 });
    const { seen } = reading(consumer);
    await quiesce();
    expect(seen.length).toBe(3);
    // Where it started is the group's place at once.
    expect(committedOffset(env)).toBe(0);
    await env.clock.advance(2_000);
    expect(committedOffset(env)).toBe(3);
    expect(groupOf(env).commits.at(-1)).toMatchObject({ memberId: consumer.memberId, leaderEpoch: 0 });
    const before = commitCount(env);
    await env.clock.advance(10_000);
    expect(commitCount(env)).toBe(before);
  });

  test('nothing is committed with autoCommit: false', async () => {
    await using env = setUp();
    withOrders(env, 1, 3);
    const consumer = member(env, { autoCommit: false });
    await take(consumer, 3);
    await env.clock.advance(10_000);
    await consumer.close();
    expect(groupOf(env).commits).toEqual([]);
  });

  test('a commit that fails for good is told by an event, and reading goes on', async () => {
    await using env = setUp();
    withOrders(env, 1, 3);
    const consumer = member(env, { autoCommitIntervalMs: 1_000 });
    const failures: CommitFailure[] = [];
    consumer.on('commitFailed', (failure) => failures.push(failure));
    env.cluster.onRequest = (api) => (api === 'OFFSET_COMMIT' ? 'GROUP_AUTHORIZATION_FAILED' : undefined);
    const { seen } = reading(consumer);
    await env.clock.advance(1_500);
    expect(seen.length).toBe(3);
    expect(failures[0]).toMatchObject({ partitions: [at], error: { code: 'GROUP_AUTHORIZATION_FAILED' } });
  });
});

describe('commit()', () => {
  test('waits until everything that was processed is committed', async () => {
    await using env = setUp();
    withOrders(env, 2, 2);
    const consumer = member(env, { autoCommit: false });
    await take(consumer, 4);
    await consumer.commit();
    const sum = (committedOffset(env, 0) ?? 0) + (committedOffset(env, 1) ?? 0);
    // The loop was left with the last of the four.
    expect(sum).toBe(3);
    const before = commitCount(env);
    await consumer.commit();
    expect(commitCount(env)).toBe(before);
  });

  test('of a record or a batch commits up to and including it', async () => {
    await using env = setUp();
    withOrders(env, 1, 3);
    const consumer = member(env, { autoCommit: false });
    const [, second] = await take(consumer, 2);
    await consumer.commit(second);
    expect(committedOffset(env)).toBe(2);
    const { value: batch } = await consumer.batches().next();
    await consumer.commit(batch);
    expect(committedOffset(env)).toBe((batch?.lastOffset ?? 0) + 1);
  });

  test('of a list commits the places that it names, and committed() tells them', async () => {
    await using env = setUp();
    withOrders(env, 2, 3);
    const consumer = member(env, { autoCommit: false });
    await consumer.connect();
    await consumer.commit([{ ...at, offset: 2, metadata: 'half way' }]);
    expect(await consumer.committed()).toEqual([{ ...at, offset: 2, leaderEpoch: -1, metadata: 'half way' }]);
    expect(await consumer.committed([{ topic: 'orders', partition: 1 }])).toEqual([]);
  });

  test('of a place ahead of the loop is not taken back by what was processed', async () => {
    await using env = setUp();
    withOrders(env, 1, 5);
    const consumer = member(env);
    for await (const record of consumer) {
      if (record.offset < 2) continue;
      await consumer.commit([{ ...at, offset: 3 }]);
      break;
    }
    expect(committedOffset(env)).toBe(3);
    await consumer.close();
    expect(committedOffset(env)).toBe(3);
  });

  test('of a place behind the loop holds until more is processed', async () => {
    await using env = setUp();
    withOrders(env, 1, 5);
    const consumer = member(env, { autoCommit: false });
    await take(consumer, 3);
    await consumer.commit([{ ...at, offset: 1 }]);
    expect(committedOffset(env)).toBe(1);
    await consumer.commit();
    expect(committedOffset(env)).toBe(2);
  });

  test.each([
    [[{ ...at, offset: -1 }], 'offset is -1'],
    [[{ ...at, offset: 1.5 }], 'offset is 1.5'],
    [[null], 'an entry of the list is not { topic, partition, offset }'],
    [7, 'commit takes nothing, a record, a batch, or a list'],
    [[{ ...at, offset: 1, metadata: 7 }], 'metadata must be a string'],
  ])('of %j is refused', async (what, message) => {
    await using env = setUp();
    withOrders(env, 1);
    const consumer = member(env);
    await consumer.connect();
    const error = await failureOf(consumer.commit(what as never));
    expect(error.code).toBe('INVALID_ARGUMENT');
    expect(error.message).toContain(message);
    expect(() => consumer.commitAsync(what as never)).toThrow(message);
  });

  test('without a group says what is missing', async () => {
    await using env = setUp();
    withOrders(env, 1);
    const consumer = env.tidelog.consumer({ topics: ['orders'] });
    expect((await failureOf(consumer.commit())).message).toContain('make it with the option groupId');
  });

  test('of a partition that is not owned names it', async () => {
    await using env = setUp();
    withOrders(env, 2);
    const consumer = member(env);
    const [record] = await take(consumer, 1);
    env.cluster.groups.pin(GROUP, {});
    await env.clock.advance(2_000);
    const error = await failureOf(consumer.commit(record));
    expect(error).toMatchObject({ code: 'REBALANCE_IN_PROGRESS', topic: 'orders', retriable: false });
    expect(error.message).toContain(`does not own topic "orders" partition ${record?.partition} any more`);
  });

  test('of a record from before its partition was lost and came back is refused', async () => {
    await using env = setUp();
    withOrders(env, 1);
    const consumer = member(env);
    const [record] = await take(consumer, 1);
    env.cluster.groups.evict(GROUP);
    await env.clock.advance(3_000);
    expect(consumer.assignment()).toEqual([at]);
    expect((await failureOf(consumer.commit(record))).code).toBe('REBALANCE_IN_PROGRESS');
  });

  test('says what the broker says', async () => {
    await using env = setUp();
    withOrders(env, 1, 3);
    const consumer = member(env);
    await consumer.connect();
    const error = await failureOf(consumer.commit([{ ...at, offset: 4 }]));
    expect(error).toMatchObject({ code: 'OFFSET_OUT_OF_RANGE', ...at, offset: 4 });
    expect(error.message).toBe('cannot commit topic "orders" partition 0: beyond the end');
  });

  test('is tried again while the coordinator is not there, up to commitTimeoutMs', async () => {
    await using env = setUp();
    withOrders(env, 1, 3);
    const consumer = member(env, { autoCommit: false, commitTimeoutMs: 5_000 });
    await take(consumer, 2);
    let verdict: 'COORDINATOR_LOAD_IN_PROGRESS' | undefined = 'COORDINATOR_LOAD_IN_PROGRESS';
    env.cluster.onRequest = (api) => (api === 'OFFSET_COMMIT' ? verdict : undefined);
    const committing = consumer.commit();
    await env.clock.advance(3_000);
    expect(commitCount(env)).toBeGreaterThan(2);
    verdict = undefined;
    await env.clock.advance(2_000);
    await committing;
    expect(committedOffset(env)).toBe(1);
    verdict = 'COORDINATOR_LOAD_IN_PROGRESS';
    const failing = failureOf(consumer.commit([{ ...at, offset: 2 }]));
    await env.clock.advance(7_000);
    expect((await failing).code).toBe('COORDINATOR_LOAD_IN_PROGRESS');
  });

  test('with an epoch that has become stale asks for the new one and goes through', async () => {
    await using env = setUp();
    withOrders(env, 1, 3);
    const consumer = member(env, { autoCommit: false });
    await take(consumer, 3);
    // The group went on to another epoch; the member has not heard of it.
    groupOf(env).members.get(consumer.memberId as string)!.epoch += 1;
    const member1 = groupOf(env).members.get(consumer.memberId as string)!;
    env.cluster.onRequest = (api, body) => {
      // The coordinator takes the epoch before as well.
      if (api === 'CONSUMER_GROUP_HEARTBEAT') {
        (body as RequestBodies['CONSUMER_GROUP_HEARTBEAT']).memberEpoch = member1.epoch;
      }
      return undefined;
    };
    const committing = consumer.commit();
    await env.clock.advance(1_000);
    await committing;
    expect(committedOffset(env)).toBe(2);
  });

  test('as nobody that the group knows fails and makes the member look', async () => {
    await using env = setUp();
    withOrders(env, 1, 3);
    const consumer = member(env, { autoCommit: false });
    await take(consumer, 3);
    env.cluster.groups.evict(GROUP);
    const beats = groupOf(env).heartbeats.length;
    expect((await failureOf(consumer.commit())).code).toBe('REBALANCE_IN_PROGRESS');
    await quiesce();
    expect(groupOf(env).heartbeats.length).toBeGreaterThan(beats);
    expect(committedOffset(env)).toBeUndefined();
  });
});

describe('commitAsync()', () => {
  test('of a partition that is not owned commits the others, and tells', async () => {
    await using env = setUp();
    withOrders(env, 1, 3);
    const consumer = member(env, { autoCommit: false });
    await consumer.connect();
    const failures: CommitFailure[] = [];
    consumer.on('commitFailed', (failure) => failures.push(failure));
    consumer.commitAsync([
      { ...at, offset: 2 },
      { topic: 'orders', partition: 7, offset: 1 },
    ]);
    await quiesce();
    expect(committedOffset(env)).toBe(2);
    expect(failures[0]?.error.message).toContain('does not own topic "orders" partition 7 any more');
  });

  test('while the coordinator is not there keeps one commit per partition, and tells once when it fails', async () => {
    await using env = setUp();
    withOrders(env, 1, 3);
    const consumer = member(env, { autoCommit: false, commitTimeoutMs: 5_000 });
    await consumer.connect();
    const failures: CommitFailure[] = [];
    consumer.on('commitFailed', (failure) => failures.push(failure));
    env.cluster.onRequest = (api) => (api === 'OFFSET_COMMIT' ? 'COORDINATOR_LOAD_IN_PROGRESS' : undefined);
    for (let offset = 0; offset < 1_000; offset++) consumer.commitAsync([{ ...at, offset: offset % 3 }]);
    await env.clock.advance(7_000);
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatchObject({ partitions: [{ ...at, offset: 0 }] });
  });

  test('shares requests and keeps the order', async () => {
    await using env = setUp();
    withOrders(env, 1, 100);
    const consumer = member(env, { autoCommit: false });
    for await (const record of consumer) {
      consumer.commitAsync(record);
      if (record.offset === 99) break;
    }
    await quiesce();
    const offsets = groupOf(env).commits.map(({ offset }) => offset);
    expect(offsets).toEqual(offsets.toSorted((a, b) => a - b));
    expect(offsets.at(-1)).toBe(100);
    expect(offsets.length).toBeLessThan(100);
  });

  test('of one partition in an answer may fail without the others', async () => {
    await using env = setUp();
    withOrders(env, 2, 3);
    const consumer = member(env, { autoCommit: false });
    await consumer.connect();
    const failures: CommitFailure[] = [];
    consumer.on('commitFailed', (failure) => failures.push(failure));
    consumer.commitAsync([{ ...at, offset: 99 }]);
    consumer.commitAsync([{ topic: 'orders', partition: 1, offset: 2 }]);
    await quiesce();
    expect(failures.map(({ partitions, error }) => [partitions[0]?.partition, error.code])).toEqual([
      [0, 'OFFSET_OUT_OF_RANGE'],
    ]);
    expect(committedOffset(env, 1)).toBe(2);
  });
});

describe('close()', () => {
  test('waits for the handlers under way and commits them', async () => {
    await using env = setUp();
    withOrders(env, 1, 3);
    const handler = gate();
    const consumer = member(env);
    const running = consumer.run({ eachMessage: () => handler.opened });
    await quiesce();
    const closing = consumer.close();
    await env.clock.advance(1_000);
    expect(groupOf(env).members.size).toBe(1);
    handler.open();
    await closing;
    await running;
    expect(committedOffset(env)).toBe(1);
    expect(groupOf(env).members.size).toBe(0);
    await consumer.close();
  });

  test('from within a handler does not wait for that handler', async () => {
    await using env = setUp();
    withOrders(env, 1, 3);
    const consumer = member(env);
    await consumer.run({
      eachMessage: async ({ message }) => {
        if (message.offset === 1) await consumer.close();
      },
    });
    expect(committedOffset(env)).toBe(1);
  });

  test('gives up on a handler after its time-out', async () => {
    await using env = setUp();
    withOrders(env, 1, 3);
    const handler = gate();
    const consumer = member(env);
    let isTold = false;
    const running = consumer.run({
      eachMessage: ({ signal }) => {
        signal.addEventListener('abort', () => (isTold = true));
        return handler.opened;
      },
    });
    await quiesce();
    const closing = consumer.close({ timeoutMs: 2_000 });
    await env.clock.advance(3_000);
    await closing;
    expect(isTold).toBe(true);
    expect(groupOf(env).members.size).toBe(0);
    handler.open();
    await running;
    expect(committedOffset(env)).toBe(0);
  });

  test('of a group that cannot be reached ends all the same', async () => {
    await using env = setUp();
    withOrders(env, 1, 3);
    const consumer = member(env);
    await take(consumer, 2);
    env.cluster.stopBroker(1);
    const closing = consumer.close();
    await env.clock.advance(10_000);
    await closing;
  });
});

describe('a consumer with a group that assigns partitions to itself', () => {
  test('starts where the group is, and commits', async () => {
    await using env = setUp();
    withOrders(env, 2, 5);
    groupOf(env).offsets.set('orders-0', { offset: 3, leaderEpochPlusOne: 1, metadata: '' });
    const consumer = env.tidelog.consumer({ groupId: GROUP, startFrom: 'earliest' });
    await consumer.assign([at, { topic: 'orders', partition: 1, offset: 4 }]);
    const records = await take(consumer, 3);
    expect(records.map(({ partition, offset }) => `${partition}:${offset}`).toSorted()).toEqual([
      '0:3',
      '0:4',
      '1:4',
    ]);
    await consumer.commit([
      { topic: 'orders', partition: 1, offset: 5 },
      { ...at, offset: 5 },
    ]);
    expect([committedOffset(env, 0), committedOffset(env, 1)]).toEqual([5, 5]);
    expect(groupOf(env).commits.at(-1)).toMatchObject({ memberId: '', memberEpoch: -1 });
    expect(consumer.memberId).toBeUndefined();
    await consumer.close();
  });
});
