import { describe, expect, test } from 'vitest';
import { fillLog } from '../../../test/fill-log.ts';
import {
  addOrders,
  committedOffset,
  gate,
  groupOf,
  member,
  numbersOf,
  reading,
  take,
  withOrders,
} from '../../../test/group-set-up.ts';
import { quiesce } from '../../../test/manual-clock.ts';
import { failureOf } from '../../../test/outcomes.ts';
import { setUp } from '../../../test/set-up.ts';

describe('a member', () => {
  test('joins, reads everything, commits, and leaves when it is closed', async () => {
    await using env = setUp();
    withOrders(env, 2);
    const consumer = member(env);
    const { seen, ended } = reading(consumer);
    await quiesce();
    expect(seen.toSorted()).toEqual(['0:0', '0:1', '0:2', '1:0', '1:1', '1:2']);
    expect(numbersOf(consumer.assignment())).toEqual([0, 1]);
    expect(consumer.memberEpoch).toBeGreaterThan(0);
    expect(consumer.memberId).toMatch(/^[\w-]{22}$/);
    expect(consumer.groupMetadata()).toMatchObject({ groupId: 'billing', memberId: consumer.memberId });
    await consumer.close();
    await ended;
    expect(groupOf(env).members.size).toBe(0);
    expect([committedOffset(env, 0), committedOffset(env, 1)]).toEqual([3, 3]);
    expect(consumer.memberEpoch).toBeUndefined();
  });

  test('goes on where the group is; the record that a loop was left with was not processed', async () => {
    await using env = setUp();
    withOrders(env, 1, 5);
    const first = member(env);
    await take(first, 3);
    await first.close();
    expect(committedOffset(env)).toBe(2);
    expect((await take(member(env), 1))[0]?.offset).toBe(2);
  });

  test('that starts at the end makes that the group’s place at once', async () => {
    await using env = setUp();
    withOrders(env, 1, 5);
    const first = member(env, { startFrom: 'latest' });
    await first.connect();
    await quiesce();
    expect(committedOffset(env)).toBe(5);
    // A process that dies: nothing is committed, and the group finds out.
    await first.close({ signal: AbortSignal.abort() });
    addOrders(env, 0, 1);
    expect((await take(member(env, { startFrom: 'latest' }), 1))[0]?.offset).toBe(5);
  });

  test('of topics that do not exist fails with their names', async () => {
    await using env = setUp({ metadataTimeoutMs: 1_000 });
    const failing = failureOf(member(env).records().next());
    await env.clock.advance(2_000);
    expect(await failing).toMatchObject({ code: 'UNKNOWN_TOPIC_OR_PARTITION', topic: 'orders' });
  });

  test('tells of joining and of what it was given', async () => {
    await using env = setUp();
    withOrders(env, 2);
    const consumer = member(env);
    const events: string[] = [];
    consumer.on('group_join', ({ partitions }) => events.push(`joined with ${numbersOf(partitions).join()}`));
    consumer.on('partitionsAssigned', (partitions) =>
      events.push(`assigned ${numbersOf(partitions).join()}`),
    );
    await consumer.connect();
    await quiesce();
    expect(events).toEqual(['assigned 0,1', 'joined with 0,1']);
  });
});

describe('a rebalance', () => {
  test('moves a share to a new member, and leaves the rest alone', async () => {
    await using env = setUp();
    withOrders(env, 4);
    const first = member(env);
    const { seen } = reading(first);
    await quiesce();
    expect(seen.length).toBe(12);
    const fetchesOfFirst = env.cluster.requests.filter((api) => api === 'LIST_OFFSETS').length;
    const second = member(env);
    const other = reading(second);
    await env.clock.advance(4_000);
    expect([...numbersOf(first.assignment()), ...numbersOf(second.assignment())].toSorted()).toEqual([
      0, 1, 2, 3,
    ]);
    expect(first.assignment().length).toBe(2);
    for (const partition of [0, 1, 2, 3]) addOrders(env, partition, 2);
    await quiesce();
    const all = [...seen, ...other.seen];
    expect(all.length).toBe(20);
    expect(new Set(all).size).toBe(20);
    // Places were known for all of them: none was looked up again.
    expect(env.cluster.requests.filter((api) => api === 'LIST_OFFSETS').length).toBe(fetchesOfFirst);
  });

  test('does not hold up partitions that stay while the program gives up others', async () => {
    await using env = setUp();
    withOrders(env, 2);
    const revoking = gate();
    const first = member(env, { onRevoked: () => revoking.opened });
    const { seen } = reading(first);
    await quiesce();
    void member(env).records().next();
    await env.clock.advance(2_000);
    const [stays] = first
      .assignment()
      .filter(({ partition }) => groupOf(env).offsets.has(`orders-${partition}`));
    expect(stays).toBeDefined();
    const seenBefore = seen.length;
    addOrders(env, 0, 3);
    addOrders(env, 1, 3);
    await quiesce();
    // One of the two is being given up: nothing more of it; the other goes on.
    expect(seen.length - seenBefore).toBe(3);
    revoking.open();
  });

  test('waits for the handler under way, commits it, tells the program, and only then lets go', async () => {
    await using env = setUp();
    withOrders(env, 1);
    const handler = gate();
    const events: string[] = [];
    const consumer = member(env, {
      onRevoked: async (partitions, { isLost }) => {
        events.push(`revoked ${numbersOf(partitions).join()} (lost: ${isLost}) at ${committedOffset(env)}`);
        await consumer.commit([{ topic: 'orders', partition: 0, offset: 1, metadata: 'by hand' }]);
      },
    });
    const running = consumer.run({
      eachMessage: async ({ message, signal }) => {
        signal.addEventListener('abort', () => events.push('told to end'));
        await handler.opened;
        events.push(`ended ${message.offset}`);
      },
    });
    await quiesce();
    env.cluster.groups.pin('billing', {});
    await env.clock.advance(10_000);
    expect(events).toEqual(['told to end']);
    const beatsBefore = groupOf(env).heartbeats.length;
    const heldBefore = groupOf(env).members.get(consumer.memberId as string)?.revoking.size;
    expect(heldBefore).toBe(1);
    handler.open();
    await quiesce();
    expect(events).toEqual(['told to end', 'ended 0', 'revoked 0 (lost: false) at 1']);
    expect(groupOf(env).offsets.get('orders-0')?.metadata).toBe('by hand');
    // No waiting for the next interval.
    expect(groupOf(env).heartbeats.length).toBe(beatsBefore + 1);
    expect(groupOf(env).heartbeats.at(-1)?.ownedPartitions?.topics).toEqual([]);
    expect(consumer.assignment()).toEqual([]);
    await consumer.close();
    await running;
  });

  test('goes on without a handler that takes longer than the rebalance time-out', async () => {
    await using env = setUp();
    withOrders(env, 1);
    const handler = gate();
    const consumer = member(env, { rebalanceTimeoutMs: 30_000 });
    const running = consumer.run({ eachMessage: () => handler.opened });
    await quiesce();
    env.cluster.groups.pin('billing', {});
    await env.clock.advance(1_000 + 27_000);
    expect(groupOf(env).members.get(consumer.memberId as string)?.revoking.size).toBe(1);
    await env.clock.advance(2_000);
    expect(groupOf(env).members.get(consumer.memberId as string)?.revoking.size).toBe(0);
    expect(committedOffset(env)).toBe(0);
    handler.open();
    await consumer.close();
    await running;
  });

  test('does not call the program for what came and went before it was told', async () => {
    await using env = setUp();
    withOrders(env, 2);
    const events: string[] = [];
    env.cluster.onRequest = (api) => (api === 'OFFSET_FETCH' ? 'COORDINATOR_LOAD_IN_PROGRESS' : undefined);
    const consumer = member(env, {
      onAssigned: (partitions) => void events.push(`assigned ${numbersOf(partitions).join()}`),
      onRevoked: (partitions) => void events.push(`revoked ${numbersOf(partitions).join()}`),
    });
    const { seen } = reading(consumer);
    await env.clock.advance(500);
    env.cluster.groups.pin('billing', { [consumer.memberId as string]: ['orders-1'] });
    await env.clock.advance(3_000);
    env.cluster.onRequest = undefined;
    await env.clock.advance(2_000);
    expect(events).toEqual(['assigned 1']);
    expect(seen).toEqual(['1:0', '1:1', '1:2']);
  });

  test('lets onAssigned choose where to start', async () => {
    await using env = setUp();
    withOrders(env, 1);
    const consumer = member(env, {
      onAssigned: () => consumer.seek({ topic: 'orders', partition: 0, offset: 2 }),
    });
    expect((await take(consumer, 1))[0]?.offset).toBe(2);
    await consumer.close();
    expect(committedOffset(env)).toBe(2);
  });

  test('ends the loop with what a callback throws, and gives the partitions to others', async () => {
    await using env = setUp();
    withOrders(env, 1);
    const consumer = member(env, {
      onAssigned: () => {
        throw new RangeError('no room for their state');
      },
    });
    await expect(consumer.records().next()).rejects.toThrow('no room for their state');
    await quiesce();
    expect(groupOf(env).members.size).toBe(0);
  });
});

describe('partitions and topics that come later', () => {
  test('are read from their first record, also by a group that starts at the end', async () => {
    await using env = setUp();
    withOrders(env, 1, 3);
    const consumer = member(env, { startFrom: 'latest' });
    const { seen } = reading(consumer);
    await quiesce();
    env.cluster.addPartition(env.cluster.topics.get('orders')!);
    addOrders(env, 1, 2);
    env.cluster.groups.changed('billing');
    await env.clock.advance(2_000);
    expect(seen).toEqual(['1:0', '1:1']);
  });

  test('are found by a pattern', async () => {
    await using env = setUp();
    withOrders(env, 1);
    const consumer = member(env, { topics: undefined, topicPattern: /ord.*|new-.*/ });
    const { seen } = reading(consumer);
    await quiesce();
    expect(seen).toEqual(['0:0', '0:1', '0:2']);
    env.cluster.createTopic('new-orders');
    env.cluster.createTopic('old-new-orders');
    fillLog(env.cluster.log('new-orders'), [['a']]);
    env.cluster.groups.changed('billing');
    await env.clock.advance(2_000);
    expect(seen).toEqual(['0:0', '0:1', '0:2', 'a']);
  });

  test('and topics that go take nothing else along', async () => {
    await using env = setUp();
    withOrders(env, 1);
    env.cluster.createTopic('payments');
    const consumer = member(env, { topics: ['orders', 'payments'] });
    const revoked: string[] = [];
    consumer.on('partitionsRevoked', (partitions) => revoked.push(...partitions.map(({ topic }) => topic)));
    const { seen } = reading(consumer);
    await quiesce();
    env.cluster.deleteTopic('payments');
    env.cluster.groups.changed('billing');
    await env.clock.advance(60_000);
    expect(revoked).toEqual(['payments']);
    addOrders(env, 0, 1);
    await quiesce();
    expect(seen.at(-1)).toBe('0:3');
  });
});
