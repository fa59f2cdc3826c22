import { BatchBuilder } from '@tidelog/record';
import { fromSafeNumber, toSafeNumber, topicIdFromBytes, type wire } from '@tidelog/protocol';
import { errorNumber, TidelogError, type ErrorCode } from '@tidelog/record/errors';
import { describe, expect, test } from 'vitest';
import { failureOf } from '../../test/outcomes.ts';
import { setUp, type SetUp } from '../../test/set-up.ts';
import type { OffsetToSet } from './group-shapes.ts';

interface FakeGroup {
  readonly members: wire.DescribedMember.$Properties[];
  readonly offsets: Map<string, number>;
}

/** Groups of a fake cluster; `coordinatorOf` says who answers for them. */
class FakeGroups {
  readonly groups = new Map<string, FakeGroup>();
  readonly coordinatorOf = new Map<string, number>();
  readonly asked: string[] = [];

  constructor({ cluster }: SetUp) {
    const { handlers } = cluster;
    handlers.FIND_COORDINATOR = ({ groupIds }) => ({
      coordinators: groupIds.map((groupId) => {
        const brokerId = this.coordinatorOf.get(groupId) ?? 1;
        return { groupId, brokerId, host: `broker-${brokerId}`, port: 7650 };
      }),
    });
    handlers.LIST_GROUPS = ({ states }, brokerId) => ({
      groups: [...this.groups]
        .filter(([groupId]) => (this.coordinatorOf.get(groupId) ?? 1) === brokerId)
        .map(([groupId, { members }]) => ({
          ...{ groupId, type: 'consumer', protocolType: 'consumer' },
          state: members.length > 0 ? 'Stable' : 'Empty',
        }))
        .filter(({ state }) => states.length === 0 || states.includes(state)),
    });
    handlers.DESCRIBE_GROUPS = ({ groupIds }, brokerId) => ({
      groups: groupIds.map((groupId) => {
        const group = this.groups.get(groupId);
        if (group === undefined)
          return { groupId, ...wireError('GROUP_ID_NOT_FOUND', `no group ${groupId}`) };
        this.asked.push(`describe ${groupId} at ${brokerId}`);
        return { groupId, type: 'consumer', state: 'Stable', groupEpoch: 4, members: group.members };
      }),
    });
    handlers.DELETE_GROUPS = ({ groupIds }) => ({
      groups: groupIds.map((groupId) => {
        const group = this.groups.get(groupId);
        if (group === undefined)
          return { groupId, ...wireError('GROUP_ID_NOT_FOUND', `no group ${groupId}`) };
        if (group.members.length > 0) return { groupId, ...wireError('NON_EMPTY_GROUP', 'it has members') };
        this.groups.delete(groupId);
        return { groupId };
      }),
    });
    handlers.OFFSET_FETCH = ({ groupId, allPartitions, partitions }) => {
      const offsets = this.groups.get(groupId)?.offsets ?? new Map<string, number>();
      const nameOf = (at: wire.OffsetFetchPartition.$Properties): string =>
        cluster.topicById(topicIdFromBytes(at.topicId ?? new Uint8Array(0)))?.name ?? '';
      const keys = allPartitions
        ? [...offsets.keys()]
        : partitions.map((at) => `${nameOf(at)}:${at.partition ?? 0}`);
      return {
        partitions: keys.map((key) => {
          const [topicName = '', partition] = key.split(':');
          const committedOffset = fromSafeNumber(offsets.get(key) ?? -1);
          return { topicName, partition: Number(partition), committedOffset, committedLeaderEpochPlusOne: 1 };
        }),
      };
    };
    handlers.OFFSET_COMMIT = ({ groupId, partitions }) => {
      const group = this.groups.get(groupId) ?? this.add(groupId);
      return {
        partitions: partitions.map((at) => {
          if (group.members.length > 0) return wireError('UNKNOWN_MEMBER_ID', 'the group has members');
          const topic = cluster.topicById(topicIdFromBytes(at.topicId ?? new Uint8Array(0)));
          const committedOffset = toSafeNumber(at.committedOffset ?? 0);
          group.offsets.set(`${topic?.name ?? ''}:${at.partition ?? 0}`, committedOffset);
          return {};
        }),
      };
    };
    handlers.OFFSET_DELETE = ({ groupId, partitions }) => ({
      partitions: partitions.map(({ topicName = '', partition = 0 }) => {
        const isThere = this.groups.get(groupId)?.offsets.delete(`${topicName}:${partition}`) === true;
        return isThere ? {} : wireError('UNKNOWN_TOPIC_OR_PARTITION', 'nothing is committed');
      }),
    });
  }

  add(groupId: string, offsets: Readonly<Record<string, number>> = {}): FakeGroup {
    const group = { members: [], offsets: new Map(Object.entries(offsets)) };
    this.groups.set(groupId, group);
    return group;
  }
}

function wireError(code: ErrorCode, errorMessage: string): { errorCode: number; errorMessage: string } {
  return { errorCode: errorNumber(code), errorMessage };
}

function memberOf(clientId: string, partitions: readonly number[]): wire.DescribedMember.$Properties {
  const assignment = [{ topicName: 'orders', partitions: [...partitions] }];
  return { memberId: `${clientId}-1`, clientId, clientHost: '10.0.0.7', memberEpoch: 4, assignment };
}

/** Two partitions with ten records each, written at 1000 ms, 2000 ms, … */
function withOrders(env: SetUp): void {
  env.cluster.createTopic('orders', 2);
  for (const partition of [0, 1]) {
    for (let index = 1; index <= 10; index++) {
      const builder = new BatchBuilder();
      builder.append(index * 1_000, null, 'x');
      env.cluster.log('orders', partition).append(builder.buildSync());
    }
  }
}

describe('listing and describing groups', () => {
  test('gathers the groups of all brokers', async () => {
    await using env = setUp({ brokerIds: [1, 2] });
    const fake = new FakeGroups(env);
    fake.add('shipping');
    fake.add('billing').members.push(memberOf('web', [0]));
    fake.coordinatorOf.set('billing', 2);
    const admin = env.tidelog.admin();
    expect((await admin.listGroups()).map(({ groupId, state }) => [groupId, state])).toEqual([
      ['billing', 'Stable'],
      ['shipping', 'Empty'],
    ]);
    expect((await admin.listGroups({ states: ['Empty'] })).map(({ groupId }) => groupId)).toEqual([
      'shipping',
    ]);
  });

  test('asks each coordinator about its groups, and answers in the order of the call', async () => {
    await using env = setUp({ brokerIds: [1, 2] });
    const fake = new FakeGroups(env);
    for (const groupId of ['a', 'b', 'c']) fake.add(groupId);
    fake.coordinatorOf.set('b', 2);
    const groups = await env.tidelog.admin().describeGroups(['c', 'b', 'a']);
    expect(groups.map(({ groupId, coordinatorId }) => [groupId, coordinatorId])).toEqual([
      ['c', 1],
      ['b', 2],
      ['a', 1],
    ]);
    expect(env.cluster.requests.filter((api) => api === 'DESCRIBE_GROUPS')).toHaveLength(2);
  });

  test('tells members with what they own', async () => {
    await using env = setUp();
    const fake = new FakeGroups(env);
    fake.add('billing').members.push(memberOf('web', [0, 1]));
    const [group] = await env.tidelog.admin().describeGroups(['billing']);
    expect(group?.members).toMatchObject([
      { clientId: 'web', memberEpoch: 4, assignment: [{ topic: 'orders', partitions: [0, 1] }] },
    ]);
    expect(group?.members[0]?.groupInstanceId).toBeUndefined();
  });

  test('rejects for a group that does not exist', async () => {
    await using env = setUp();
    new FakeGroups(env);
    expect((await failureOf(env.tidelog.admin().describeGroups(['nobody']))).code).toBe('GROUP_ID_NOT_FOUND');
  });
});

describe('deleting groups', () => {
  test('deletes those without members and says who keeps the others', async () => {
    await using env = setUp();
    const fake = new FakeGroups(env);
    fake.add('old');
    fake.add('billing').members.push(memberOf('web', []), memberOf('worker', []));
    const failure = await failureOf(env.tidelog.admin().deleteGroups(['billing', 'old']));
    expect(failure.code).toBe('NON_EMPTY_GROUP');
    expect(failure.message).toContain('has 2 members (web at 10.0.0.7, worker at 10.0.0.7)');
    expect([...fake.groups.keys()]).toEqual(['billing']);
  });
});

describe('offsets of a group', () => {
  test('are fetched, all or those named', async () => {
    await using env = setUp();
    withOrders(env);
    new FakeGroups(env).add('billing', { 'orders:1': 4 });
    const admin = env.tidelog.admin();
    const row = { topic: 'orders', partition: 1, offset: 4, leaderEpoch: 0, metadata: '' };
    expect(await admin.fetchOffsets('billing')).toEqual([row]);
    expect(await admin.fetchOffsets('billing', { topics: ['others'] })).toEqual([]);
    const partitions = [
      { topic: 'orders', partition: 0 },
      { topic: 'orders', partition: 1 },
    ];
    const named = await admin.fetchOffsets('billing', { partitions });
    expect(named.map(({ partition, offset }) => [partition, offset])).toEqual([
      [0, -1],
      [1, 4],
    ]);
  });

  test('are set for a group without members', async () => {
    await using env = setUp();
    withOrders(env);
    const fake = new FakeGroups(env);
    await env.tidelog.admin().setOffsets('new', [{ topic: 'orders', partition: 0, offset: 7 }]);
    expect(fake.groups.get('new')?.offsets.get('orders:0')).toBe(7);
  });

  test('are not set while the group has members, also when one joins at the last moment', async () => {
    await using env = setUp();
    withOrders(env);
    const fake = new FakeGroups(env);
    const { members } = fake.add('billing');
    env.cluster.onRequest = (api) => {
      if (api === 'OFFSET_COMMIT') members.push(memberOf('late', [0]));
      return undefined;
    };
    const admin = env.tidelog.admin();
    const setting = admin.setOffsets('billing', [{ topic: 'orders', partition: 0, offset: 7 }]);
    const failure = await failureOf(setting);
    expect(failure.code).toBe('NON_EMPTY_GROUP');
    expect(failure.message).toContain('has 1 member (late at 10.0.0.7): its offsets cannot be set');
  });

  test('are not set when the offset was left out', async () => {
    await using env = setUp();
    withOrders(env);
    const fake = new FakeGroups(env);
    const offsets = [{ topic: 'orders', partition: 0 }] as unknown as OffsetToSet[];
    const failure = await failureOf(env.tidelog.admin().setOffsets('new', offsets));
    expect(failure).toMatchObject({ code: 'INVALID_ARGUMENT' });
    expect(failure.message).toContain('offset is undefined');
    expect(fake.groups.get('new')).toBeUndefined();
  });

  test('are not set in a partition that does not exist', async () => {
    await using env = setUp();
    withOrders(env);
    new FakeGroups(env);
    const setting = env.tidelog.admin().setOffsets('g', [{ topic: 'orders', partition: 2, offset: 0 }]);
    expect((await failureOf(setting)).message).toContain('it has 0 to 1');
  });

  test('are deleted', async () => {
    await using env = setUp();
    const fake = new FakeGroups(env);
    const { offsets } = fake.add('billing', { 'orders:0': 1, 'orders:1': 2 });
    await env.tidelog.admin().deleteOffsets('billing', [{ topic: 'orders', partition: 1 }]);
    expect([...offsets.keys()]).toEqual(['orders:0']);
  });
});

describe('resetting a group', () => {
  test('moves what it has committed, and tells from where to where', async () => {
    await using env = setUp();
    withOrders(env);
    const fake = new FakeGroups(env);
    const { offsets } = fake.add('billing', { 'orders:0': 3, 'orders:1': 5 });
    const admin = env.tidelog.admin();
    expect(await admin.resetOffsets('billing', { to: { shiftBy: -4 }, dryRun: true })).toEqual([
      { topic: 'orders', partition: 0, previousOffset: 3, offset: 0 },
      { topic: 'orders', partition: 1, previousOffset: 5, offset: 1 },
    ]);
    expect(offsets.get('orders:0')).toBe(3);
    await admin.resetOffsets('billing', { to: 'latest', topics: ['orders'] });
    expect([...offsets.values()]).toEqual([10, 10]);
    await admin.resetOffsets('billing', {
      to: { timestampMs: 4_500 },
      partitions: [{ topic: 'orders', partition: 1 }],
    });
    expect([...offsets.values()]).toEqual([10, 4]);
    await admin.resetOffsets('billing', { to: { offsets: [{ topic: 'orders', partition: 0, offset: 2 }] } });
    expect([...offsets.values()]).toEqual([2, 4]);
  });

  test('moves nothing when one offset cannot be', async () => {
    await using env = setUp();
    withOrders(env);
    const { offsets } = new FakeGroups(env).add('billing', { 'orders:0': 3, 'orders:1': 5 });
    const to = {
      offsets: [
        { topic: 'orders', partition: 0, offset: 1 },
        { topic: 'orders', partition: 1, offset: 11 },
      ],
    };
    expect((await failureOf(env.tidelog.admin().resetOffsets('billing', { to }))).code).toBe(
      'OFFSET_OUT_OF_RANGE',
    );
    expect([...offsets.values()]).toEqual([3, 5]);
  });

  test('is refused while it has members, also as a dry run', async () => {
    await using env = setUp();
    withOrders(env);
    new FakeGroups(env).add('billing', { 'orders:0': 3 }).members.push(memberOf('web', [0]));
    const resetting = env.tidelog.admin().resetOffsets('billing', { to: 'earliest', dryRun: true });
    expect((await failureOf(resetting)).code).toBe('NON_EMPTY_GROUP');
  });

  test('says so when there is nothing to reset', async () => {
    await using env = setUp();
    new FakeGroups(env);
    const failure = await failureOf(env.tidelog.admin().resetOffsets('nobody', { to: 'earliest' }));
    expect(failure.message).toContain('name the topics or partitions');
  });
});

test('the lag of a group has a row for what it has committed and for what its members own', async () => {
  await using env = setUp();
  withOrders(env);
  const fake = new FakeGroups(env);
  fake.add('billing', { 'orders:0': 3, 'gone:0': 8 }).members.push(memberOf('web', [0, 1]));
  const rows = await env.tidelog.admin().groupLag('billing');
  const short = rows.map(({ topic, partition, committedOffset, logEndOffset, lag, clientId }) => [
    ...[topic, partition, committedOffset, logEndOffset, lag, clientId],
  ]);
  expect(short).toEqual([
    ['gone', 0, 8, -1, -1, undefined],
    ['orders', 0, 3, 10, 7, 'web'],
    ['orders', 1, -1, 10, -1, 'web'],
  ]);
});

test('a coordinator that loads is asked again', async () => {
  await using env = setUp();
  const fake = new FakeGroups(env);
  fake.add('billing');
  const { handlers } = env.cluster;
  const describeGroups = handlers.DESCRIBE_GROUPS;
  let failures = 2;
  handlers.DESCRIBE_GROUPS = (body, brokerId) => {
    if (failures-- > 0) throw new TidelogError('COORDINATOR_LOAD_IN_PROGRESS', 'loading');
    return describeGroups?.(body, brokerId) ?? {};
  };
  const describing = env.tidelog.admin().describeGroups(['billing']);
  await env.clock.advance(2_000);
  expect(await describing).toHaveLength(1);
});
