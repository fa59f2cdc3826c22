import { describe, expect, test } from 'vitest';
import {
  addOrders,
  committedOffset,
  gate,
  groupOf,
  member,
  numbersOf,
  reading,
  withOrders,
} from '../../../test/group-set-up.ts';
import { quiesce } from '../../../test/manual-clock.ts';
import { failureOf } from '../../../test/outcomes.ts';
import { setUp } from '../../../test/set-up.ts';

describe('a handler that takes five minutes', () => {
  test('costs its member nothing: heartbeats go on', async () => {
    await using env = setUp();
    withOrders(env, 1);
    const handler = gate();
    const consumer = member(env);
    const lost: unknown[] = [];
    consumer.on('partitionsLost', (partitions) => lost.push(partitions));
    const running = consumer.run({ eachMessage: () => handler.opened });
    await quiesce();
    const before = groupOf(env).heartbeats.length;
    await env.clock.advance(300_000, 4);
    expect(groupOf(env).heartbeats.length - before).toBe(300);
    expect(lost).toEqual([]);
    handler.open();
    await quiesce();
    await consumer.close();
    await running;
    expect(committedOffset(env)).toBe(3);
  });
});

describe('a member that the group went on without', () => {
  test('drops everything, commits nothing of it, and joins again', async () => {
    await using env = setUp();
    withOrders(env, 1);
    const handler = gate();
    const events: string[] = [];
    const consumer = member(env, {
      onAssigned: () => void events.push('assigned'),
      onRevoked: (partitions, { isLost }) =>
        void events.push(`${isLost ? 'lost' : 'revoked'} ${numbersOf(partitions).join()}`),
    });
    const running = consumer.run({
      eachMessage: async ({ message, signal }) => {
        events.push(`began ${message.offset}`);
        if (message.offset === 0) await handler.opened;
        events.push(`ended ${message.offset}${signal.aborted ? ', not wanted' : ''}`);
      },
    });
    await quiesce();
    env.cluster.groups.evict('billing');
    await env.clock.advance(2_000);
    // The partition is back, but its former handler is still at work.
    expect(events).toEqual(['assigned', 'began 0', 'lost 0', 'assigned']);
    expect(numbersOf(consumer.assignment())).toEqual([0]);
    handler.open();
    await quiesce();
    expect(events.slice(4)).toEqual([
      'ended 0, not wanted',
      ...['began 0', 'ended 0', 'began 1', 'ended 1', 'began 2', 'ended 2'],
    ]);
    await consumer.close();
    await running;
  });

  test('knows by itself when its process stood still for a session: nothing more is handed out', async () => {
    await using env = setUp();
    withOrders(env, 1, 5);
    const consumer = member(env);
    const records = consumer.records();
    await records.next();
    const { value: second } = await records.next();
    expect(second?.offset).toBe(1);
    const lost: number[][] = [];
    consumer.on('partitionsLost', (partitions) => lost.push(numbersOf(partitions)));
    const signal = consumer.partitionSignal({ topic: 'orders', partition: 0 });
    env.clock.jump(60_000);
    // No timer has fired and no answer has come: the program just asks for the next record.
    const next = records.next();
    expect(signal.aborted).toBe(true);
    expect(consumer.assignment()).toEqual([]);
    expect(await failureOf(consumer.commit(second))).toMatchObject({ code: 'REBALANCE_IN_PROGRESS' });
    expect(committedOffset(env)).toBe(0);
    await env.clock.advance(1_000);
    expect(lost).toEqual([[0]]);
    // It comes again, from where the group is.
    expect((await next).value?.offset).toBe(0);
  });

  test('counts its partitions as lost when the coordinator is silent for a session', async () => {
    await using env = setUp();
    withOrders(env, 1, 1);
    const consumer = member(env);
    const { seen } = reading(consumer);
    await env.clock.advance(1_000);
    const lost: number[] = [];
    consumer.on('partitionsLost', (partitions) => lost.push(...numbersOf(partitions)));
    env.cluster.onRequest = (api) =>
      api === 'CONSUMER_GROUP_HEARTBEAT' ? 'COORDINATOR_NOT_AVAILABLE' : undefined;
    await env.clock.advance(8_000);
    // Until then its partitions are its own.
    addOrders(env, 0, 1);
    await quiesce();
    expect(seen).toEqual(['0:0', '0:1']);
    expect(lost).toEqual([]);
    await env.clock.advance(1_000);
    expect(lost).toEqual([0]);
    addOrders(env, 0, 1);
    await quiesce();
    expect(seen).toEqual(['0:0', '0:1']);
    env.cluster.onRequest = undefined;
    await env.clock.advance(2_000);
    // The second was read and not committed when it was lost: the group did not hear of it.
    expect(seen.slice(2)).toContain('0:2');
  });
});

describe('a coordinator', () => {
  test('that moves is followed', async () => {
    await using env = setUp({ brokerIds: [1, 2] });
    withOrders(env, 1);
    const consumer = member(env);
    const { seen } = reading(consumer);
    await quiesce();
    const epoch = consumer.memberEpoch;
    env.cluster.groups.coordinatorId = 2;
    await env.clock.advance(3_000);
    addOrders(env, 0, 1);
    await quiesce();
    expect(seen.length).toBe(4);
    await consumer.commit();
    expect(committedOffset(env)).toBe(4);
    expect(consumer.memberEpoch).toBe(epoch);
  });

  test('that loads, or whose connection breaks, is asked again; reading goes on', async () => {
    await using env = setUp();
    withOrders(env, 1);
    const consumer = member(env);
    const lost: unknown[] = [];
    consumer.on('partitionsLost', (partitions) => lost.push(partitions));
    const { seen } = reading(consumer);
    await quiesce();
    let verdict = 'COORDINATOR_LOAD_IN_PROGRESS' as const as 'COORDINATOR_LOAD_IN_PROGRESS' | 'disconnect';
    env.cluster.onRequest = (api) => (api === 'CONSUMER_GROUP_HEARTBEAT' ? verdict : undefined);
    await env.clock.advance(3_000);
    addOrders(env, 0, 1);
    await quiesce();
    verdict = 'disconnect';
    await env.clock.advance(3_000);
    addOrders(env, 0, 1);
    await quiesce();
    env.cluster.onRequest = undefined;
    await env.clock.advance(20_000);
    expect(seen).toEqual(['0:0', '0:1', '0:2', '0:3', '0:4']);
    expect(lost).toEqual([]);
  });

  test('that cannot be asked for long is reported, once', async () => {
    await using env = setUp();
    withOrders(env, 1);
    const consumer = member(env, { stallTimeoutMs: 20_000 });
    const outages: string[] = [];
    consumer.on('coordinatorUnavailable', ({ groupId, error }) => outages.push(`${groupId}: ${error.code}`));
    reading(consumer);
    await quiesce();
    env.cluster.onRequest = (api) =>
      api === 'CONSUMER_GROUP_HEARTBEAT' ? 'COORDINATOR_NOT_AVAILABLE' : undefined;
    await env.clock.advance(60_000, 4);
    expect(outages).toEqual(['billing: COORDINATOR_NOT_AVAILABLE']);
  });
});

describe('an error that no waiting changes', () => {
  test.each([
    'INVALID_GROUP_ID',
    'GROUP_AUTHORIZATION_FAILED',
    'INVALID_REGULAR_EXPRESSION',
    'UNSUPPORTED_ASSIGNOR',
    'GROUP_MAX_SIZE_REACHED',
  ] as const)('%s ends the loop instead of hanging', async (code) => {
    await using env = setUp();
    withOrders(env, 1);
    env.cluster.onRequest = (api) => (api === 'CONSUMER_GROUP_HEARTBEAT' ? code : undefined);
    const consumer = member(env);
    expect((await failureOf(consumer.records().next())).code).toBe(code);
    expect((await failureOf(consumer.run({ eachMessage: () => undefined }))).code).toBe(code);
  });

  test('ends a loop that has been reading', async () => {
    await using env = setUp();
    withOrders(env, 1);
    const consumer = member(env);
    const { seen, ended } = reading(consumer);
    await quiesce();
    env.cluster.onRequest = (api) =>
      api === 'CONSUMER_GROUP_HEARTBEAT' ? 'GROUP_AUTHORIZATION_FAILED' : undefined;
    await env.clock.advance(1_000);
    expect((await failureOf(ended)).code).toBe('GROUP_AUTHORIZATION_FAILED');
    expect(seen.length).toBe(3);
    expect(consumer.assignment()).toEqual([]);
  });

  test('about committed offsets ends the loop too', async () => {
    await using env = setUp();
    withOrders(env, 1);
    env.cluster.onRequest = (api) => (api === 'OFFSET_FETCH' ? 'GROUP_AUTHORIZATION_FAILED' : undefined);
    expect((await failureOf(member(env).records().next())).code).toBe('GROUP_AUTHORIZATION_FAILED');
  });

  test('a committed offset that is not there any more follows onOffsetOutOfRange', async () => {
    await using env = setUp();
    withOrders(env, 1, 3);
    groupOf(env).offsets.set('orders-0', { offset: 77, leaderEpochPlusOne: 1, metadata: '' });
    expect((await failureOf(member(env, { onOffsetOutOfRange: 'fail' }).records().next())).code).toBe(
      'OFFSET_OUT_OF_RANGE',
    );
  });
});

describe('a static member', () => {
  test('that comes back has its place, once its former life is over', async () => {
    await using env = setUp();
    withOrders(env, 1);
    const first = member(env, { groupInstanceId: 'a' });
    await first.connect();
    const second = member(env, { groupInstanceId: 'a' });
    const next = second.records().next();
    await env.clock.advance(5_000);
    env.cluster.groups.evict('billing', first.memberId);
    await env.clock.advance(2_000);
    expect((await next).value?.offset).toBe(0);
    await second.close();
    expect(groupOf(env).heartbeats.findLast(({ memberEpoch }) => memberEpoch < 0)?.memberEpoch).toBe(-2);
  });
});

test('a callback that does not come back is reported', async () => {
  await using env = setUp();
  withOrders(env, 1);
  const consumer = member(env, {
    handlerStallTimeoutMs: 20_000,
    onAssigned: () => new Promise<void>(() => undefined),
  });
  const stalls: unknown[] = [];
  consumer.on('handlerStalled', (stall) => stalls.push(stall));
  reading(consumer);
  await quiesce();
  await env.clock.advance(60_000, 4);
  expect(stalls).toEqual([
    { call: 'onAssigned', topic: 'orders', partition: 0, offset: -1, elapsedMs: 20_000 },
  ]);
});
