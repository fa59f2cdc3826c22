import { describe, expect, test } from 'vitest';
import {
  compacted,
  ConsumerGroupWorld,
  ScriptedMember,
  writtenState,
} from '../../../test/consumer-group-world.ts';

/** A member that subscribes to `orders` unless told otherwise. */
function memberOf(
  world: ConsumerGroupWorld,
  memberId: string,
  settings: ScriptedMember['settings'] = {},
): ScriptedMember {
  return new ScriptedMember(world, memberId, { subscribedTopicNames: ['orders'] }, settings);
}

function worldWithOrders(partitionCount = 6): ConsumerGroupWorld {
  const world = new ConsumerGroupWorld();
  world.topics.create('orders', partitionCount);
  return world;
}

/** Heartbeats in turn until nothing changes any more. */
function settle(...members: readonly ScriptedMember[]): void {
  for (let round = 0; round < 10; round++) {
    const recordCount = members[0]!.world.records.length;
    for (const member of members) member.beat();
    if (members[0]!.world.records.length === recordCount) return;
  }
  throw new Error('the group does not come to rest');
}

function ownedOf(member: ScriptedMember): number[] {
  return member.ownedPartitions.flatMap(({ partitions }) => partitions);
}

describe('a group that forms', () => {
  test('the first member gets everything with its first heartbeat', () => {
    const world = worldWithOrders();
    const first = memberOf(world, 'first');
    first.beat();
    expect(ownedOf(first)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(first.memberEpoch).toBe(1);
    expect(world.group.state).toBe('Stable');
  });

  test('a member without an id is given one', () => {
    const world = worldWithOrders();
    const member = memberOf(world, '');
    member.beat();
    expect(member.memberId).toBe('member-1');
  });

  test('a second member gets its half only after the first gave it up', () => {
    const world = worldWithOrders();
    const [first, second] = [memberOf(world, 'first'), memberOf(world, 'second')];
    first.beat();
    second.beat();
    expect([ownedOf(second), second.memberEpoch, world.group.state]).toEqual([[], 2, 'Reconciling']);
    const before = ownedOf(first);
    first.beat();
    expect(ownedOf(first)).toHaveLength(3);
    second.beat();
    expect(ownedOf(second), 'the first has not said yet that it gave up').toEqual([]);
    first.beat();
    expect(first.memberEpoch).toBe(2);
    second.beat();
    expect(ownedOf(second)).toHaveLength(3);
    expect([...ownedOf(first), ...ownedOf(second)].sort()).toEqual(before);
    expect(world.group.state).toBe('Stable');
  });

  test('a steady heartbeat writes nothing and is told nothing', () => {
    const world = worldWithOrders();
    const member = memberOf(world, 'first');
    member.beat();
    member.beat();
    const recordCount = world.records.length;
    expect(member.beat()).toMatchObject({ response: { memberEpoch: 1, assignment: undefined } });
    expect(world.records).toHaveLength(recordCount);
  });

  test('a member that sends everything is told everything, and nothing is written for it', () => {
    const world = worldWithOrders(2);
    const member = memberOf(world, 'first');
    member.beat();
    member.beat();
    const recordCount = world.records.length;
    member.subscribe(member.subscription);
    const topicId = world.topics.named('orders')!.topicId;
    expect(member.beat()).toMatchObject({ response: { assignment: [{ topicId, partitions: [0, 1] }] } });
    expect(world.records).toHaveLength(recordCount);
  });
});

describe('lost answers', () => {
  test('a member whose join was not answered joins once more, and is the same member', () => {
    const world = worldWithOrders();
    const member = memberOf(world, 'first');
    member.beat({ isAnswerLost: true });
    member.beat();
    expect(ownedOf(member)).toHaveLength(6);
    expect([world.group.groupEpoch, world.group.members.size]).toEqual([1, 1]);
  });

  test('a member may come with the epoch that it last saw, however many answers were lost', () => {
    const world = worldWithOrders();
    const first = memberOf(world, 'first');
    first.beat();
    for (const memberId of ['second', 'third', 'fourth']) {
      memberOf(world, memberId).beat();
      first.beat({ isAnswerLost: true });
    }
    expect(first.memberEpoch).toBe(1);
    expect(first.beat()).toHaveProperty('response');
    expect(first.isJoined).toBe(true);
  });

  test('a member that has not heard yet what it is to give up may still own that', () => {
    const world = worldWithOrders();
    const first = memberOf(world, 'first');
    first.beat();
    memberOf(world, 'second').beat();
    first.beat({ isAnswerLost: true });
    expect(world.group.members.get('first')!.current.state).toBe('unrevokedPartitions');
    expect(first.beat()).toHaveProperty('response');
    expect(ownedOf(first)).toHaveLength(3);
  });

  test('a member that owns less than it may is told again', () => {
    const world = worldWithOrders();
    const member = memberOf(world, 'first');
    member.beat();
    const { topicId } = world.topics.named('orders')!;
    const request = { memberId: 'first', ownedPartitions: [{ topicId, partitions: [0] }] };
    expect(world.heartbeat(request)).toMatchObject({
      response: { assignment: [{ topicId, partitions: [0, 1, 2, 3, 4, 5] }] },
    });
  });

  test('a member that owns what it was not given is fenced', () => {
    const world = worldWithOrders();
    const [first, second] = [memberOf(world, 'first'), memberOf(world, 'second')];
    first.beat();
    second.beat();
    settle(first, second);
    const topicId = world.topics.named('orders')!.topicId;
    const stolen = ownedOf(second);
    const error = world.refusal({
      memberId: 'first',
      memberEpoch: 1,
      ownedPartitions: [{ topicId, partitions: stolen }],
    });
    expect(error).toMatchObject({
      code: 'FENCED_MEMBER_EPOCH',
      message: expect.stringMatching(/join with the epoch 0/),
    });
  });

  test('an epoch from the future is fenced', () => {
    const world = worldWithOrders();
    memberOf(world, 'first').beat();
    expect(world.refusal({ memberId: 'first', memberEpoch: 9 }).code).toBe('FENCED_MEMBER_EPOCH');
  });

  test('a member that starts again under its id gets its partitions back, and its former self is fenced', () => {
    const world = worldWithOrders();
    const [first, second] = [memberOf(world, 'first'), memberOf(world, 'second')];
    settle(first, second);
    const [epoch, owned] = [first.memberEpoch, ownedOf(first)];
    first.stop();
    settle(first, second);
    expect(ownedOf(first)).toEqual(owned);
    expect(first.memberEpoch).toBeGreaterThan(epoch);
    expect(world.refusal({ memberId: 'first', memberEpoch: epoch }).code).toBe('FENCED_MEMBER_EPOCH');
  });
});

describe('members that go', () => {
  test('what a member leaves goes to the others with their next heartbeats', () => {
    const world = worldWithOrders();
    const [first, second] = [memberOf(world, 'first'), memberOf(world, 'second')];
    settle(first, second);
    second.leave();
    first.beat();
    expect(ownedOf(first)).toHaveLength(6);
    expect(world.group.state).toBe('Stable');
  });

  test('a member that is silent for the session time-out is removed, not earlier', () => {
    const world = worldWithOrders();
    const [first, second] = [memberOf(world, 'first'), memberOf(world, 'second')];
    settle(first, second);
    world.pass(44_000);
    first.beat();
    expect(world.group.members.size).toBe(2);
    world.pass(1_000);
    expect([...world.group.members.keys()]).toEqual(['first']);
    expect(world.refusal({ memberId: 'second', memberEpoch: 2 }).code).toBe('UNKNOWN_MEMBER_ID');
  });

  test('a member that heartbeats for hours keeps its session', () => {
    const world = worldWithOrders();
    const member = memberOf(world, 'first');
    for (let i = 0; i < 1_000; i++) {
      member.beat();
      world.pass(40_000);
    }
    expect(world.group.members.size).toBe(1);
  });

  test('a member that does not give up its partitions within its rebalance time-out is removed', () => {
    const world = worldWithOrders();
    const [first, second] = [memberOf(world, 'first'), memberOf(world, 'second')];
    first.beat();
    second.beat();
    const stubborn = first.request();
    for (let i = 0; i < 12; i++) {
      world.heartbeat(stubborn);
      second.beat();
      world.pass(5_000);
    }
    expect([...world.group.members.keys()]).toEqual(['second']);
    second.beat();
    expect(ownedOf(second)).toHaveLength(6);
  });

  test('an empty group stays, with its epoch', () => {
    const world = worldWithOrders();
    const member = memberOf(world, 'first');
    member.beat();
    member.leave();
    expect([world.group.state, world.group.groupEpoch]).toEqual(['Empty', 2]);
    member.beat();
    expect(member.memberEpoch).toBe(3);
  });
});

describe('static members', () => {
  test('one that comes back under another member id gets the same partitions, and nothing moves', () => {
    const world = worldWithOrders();
    const first = memberOf(world, 'first', { instanceId: 'a' });
    const second = memberOf(world, 'second', { instanceId: 'b' });
    settle(first, second);
    const [owned, epoch] = [ownedOf(first), world.group.groupEpoch];
    first.leave(-2);
    second.beat();
    expect(ownedOf(second)).toHaveLength(3);
    const again = memberOf(world, 'again', { instanceId: 'a' });
    again.beat();
    expect(ownedOf(again)).toEqual(owned);
    expect([world.group.groupEpoch, world.group.members.size]).toEqual([epoch, 2]);
    expect(world.refusal({ memberId: 'first', instanceId: 'a', memberEpoch: epoch }).code).toBe(
      'FENCED_INSTANCE_ID',
    );
  });

  test('one that comes back under its member id gets the same partitions, and nothing moves', () => {
    const world = worldWithOrders();
    const first = memberOf(world, 'first', { instanceId: 'a' });
    const second = memberOf(world, 'second');
    settle(first, second);
    const [owned, epoch] = [ownedOf(first), world.group.groupEpoch];
    first.leave(-2);
    settle(first, second);
    expect([ownedOf(first), world.group.groupEpoch, world.group.state]).toEqual([owned, epoch, 'Stable']);
  });

  test('one whose join was not answered joins once more under its member id', () => {
    const world = worldWithOrders();
    const member = memberOf(world, 'first', { instanceId: 'a' });
    member.beat({ isAnswerLost: true });
    expect(member.beat()).toHaveProperty('response');
    expect(ownedOf(member)).toHaveLength(6);
  });

  test('one that does not come back within its session loses its place', () => {
    const world = worldWithOrders();
    const first = memberOf(world, 'first', { instanceId: 'a' });
    const second = memberOf(world, 'second');
    settle(first, second);
    first.leave(-2);
    world.pass(30_000);
    second.beat();
    world.pass(15_000);
    second.beat();
    expect(ownedOf(second)).toHaveLength(6);
  });

  test('an instance id that a member holds is not given to another', () => {
    const world = worldWithOrders();
    memberOf(world, 'first', { instanceId: 'a' }).beat();
    const second = memberOf(world, 'second', { instanceId: 'a' });
    expect(world.refusal(second.request())).toMatchObject({
      code: 'UNRELEASED_INSTANCE_ID',
      message: expect.stringMatching(/held by the member first/),
    });
  });

  test('an instance id that nobody has is unknown after the join', () => {
    const world = worldWithOrders();
    memberOf(world, 'first').beat();
    expect(world.refusal({ memberId: 'first', instanceId: 'z' }).code).toBe('UNKNOWN_MEMBER_ID');
  });
});

describe('topics that change', () => {
  test.each<[string, (world: ConsumerGroupWorld) => void, number]>([
    ['created', (world) => world.topics.create('payments', 2), 8],
    ['grown', (world) => world.topics.grow('orders', 9), 9],
    ['deleted', (world) => world.topics.delete('orders'), 0],
  ])('a subscribed topic that is %s leads to a new epoch at the next heartbeat', (_, change, ownedCount) => {
    const world = worldWithOrders();
    const member = new ScriptedMember(world, 'first', { subscribedTopicNames: ['orders', 'payments'] });
    settle(member);
    change(world);
    world.topicsChanged('orders', 'payments');
    settle(member);
    expect([member.ownedCount, world.group.groupEpoch, world.group.state]).toEqual([ownedCount, 2, 'Stable']);
  });

  test('other topics do not', () => {
    const world = worldWithOrders();
    const member = memberOf(world, 'first');
    settle(member);
    world.topics.create('audit', 2);
    world.topicsChanged('audit');
    const recordCount = world.records.length;
    member.beat();
    expect(world.records).toHaveLength(recordCount);
  });

  test('a pattern is resolved anew when a topic that it matches comes or goes', () => {
    const world = worldWithOrders();
    const member = new ScriptedMember(world, 'first', { subscribedTopicRegex: 'orders.*' });
    settle(member);
    expect(member.ownedCount).toBe(6);
    world.topics.create('orders.eu', 2);
    world.topicsChanged('orders.eu');
    settle(member);
    expect(member.ownedCount).toBe(8);
    expect(world.group.subscribedTopics().has('orders.eu')).toBe(true);
    world.topics.delete('orders');
    world.topicsChanged('orders');
    settle(member);
    expect(member.ownedCount).toBe(2);
  });

  test('a pattern that nobody uses any more is forgotten', () => {
    const world = worldWithOrders();
    const member = new ScriptedMember(world, 'first', { subscribedTopicRegex: 'orders.*' });
    settle(member);
    member.subscribe({ subscribedTopicNames: ['orders'], subscribedTopicRegex: '' });
    settle(member);
    expect([world.group.patterns.size, member.ownedCount]).toEqual([0, 6]);
  });

  test('a coordinator that was away sees at the next heartbeat what changed meanwhile', () => {
    const world = worldWithOrders();
    const member = memberOf(world, 'first');
    settle(member);
    world.topics.grow('orders', 8);
    world.restart();
    settle(member);
    expect(member.ownedCount).toBe(8);
  });

  test('a change is not forgotten when a member leaves before anybody looked at it', () => {
    const world = worldWithOrders();
    const first = new ScriptedMember(world, 'first', { subscribedTopicRegex: 'orders.*' });
    const second = new ScriptedMember(world, 'second', { subscribedTopicRegex: 'orders.*' });
    settle(first, second);
    world.topics.create('orders.eu', 2);
    world.topicsChanged('orders.eu');
    second.leave();
    settle(first);
    expect(first.ownedCount).toBe(8);
  });

  test('members of a group with no topic at all are stable, and wait', () => {
    const world = new ConsumerGroupWorld();
    const member = memberOf(world, 'first');
    settle(member);
    expect([world.group.state, member.ownedCount]).toEqual(['Stable', 0]);
  });
});

describe('what is refused', () => {
  const join = {
    memberEpoch: 0,
    memberId: 'first',
    rebalanceTimeoutMs: 1_000,
    subscribedTopicNames: ['orders'],
    ownedPartitions: [],
  };
  test.each([
    ['INVALID_GROUP_ID', { ...join, groupId: '' }, /empty/],
    ['INVALID_GROUP_ID', { ...join, groupId: 'x'.repeat(256) }, /255/],
    ['INVALID_REQUEST', { ...join, rebalanceTimeoutMs: undefined }, /rebalance time-out/],
    ['INVALID_REQUEST', { ...join, ownedPartitions: undefined }, /give up its partitions first/],
    [
      'INVALID_REQUEST',
      { ...join, ownedPartitions: [{ topicId: 'x', partitions: [1] }] },
      /give up its partitions first/,
    ],
    ['INVALID_REQUEST', { ...join, subscribedTopicNames: undefined }, /what topics it subscribes to/],
    ['INVALID_REQUEST', { ...join, memberEpoch: -3 }, /-3/],
    ['INVALID_REQUEST', { ...join, memberEpoch: 1, memberId: '' }, /member id is empty/],
    ['INVALID_REQUEST', { ...join, memberEpoch: -2 }, /static member/],
    ['INVALID_REQUEST', { ...join, instanceId: '' }, /instance id/],
    ['INVALID_REQUEST', { ...join, rackId: '' }, /rack id/],
    ['INVALID_REQUEST', { ...join, subscribedTopicNames: ['x'.repeat(250)] }, /249/],
    [
      'INVALID_REQUEST',
      {
        ...join,
        subscribedTopicNames: Array.from({ length: 2_000 }, (_, i) => `${String(i)}-`.padEnd(200, 'x')),
      },
      /400000 characters together/,
    ],
    ['INVALID_REQUEST', { ...join, rebalanceTimeoutMs: -1 }, /rebalance time-out of -1/],
    ['UNSUPPORTED_ASSIGNOR', { ...join, serverAssignor: 'fair' }, /it has uniform, range/],
    ['INVALID_REGULAR_EXPRESSION', { ...join, subscribedTopicRegex: '(' }, /RE2/],
    ['UNKNOWN_MEMBER_ID', { memberId: 'first', memberEpoch: 3 }, /join it with the epoch 0/],
    ['UNKNOWN_MEMBER_ID', { memberId: 'first', memberEpoch: -1 }, /could leave/],
  ])('%s (%#)', (code, request, message) => {
    const world = worldWithOrders();
    expect(world.refusal(request)).toMatchObject({ code, message: expect.stringMatching(message) });
    expect([world.records, world.state.groups.size]).toEqual([[], 0]);
  });

  test('a member more than the group may have', () => {
    const world = worldWithOrders();
    world.config = { ...world.config, consumerMaxSize: 1 };
    const member = memberOf(world, 'first');
    member.beat();
    expect(world.refusal(memberOf(world, 'second').request()).code).toBe('GROUP_MAX_SIZE_REACHED');
    member.stop();
    expect(member.beat()).toHaveProperty('response');
  });
});

test('the assignor that most members ask for is used', () => {
  const world = worldWithOrders();
  const members = ['a', 'b'].map((id) => memberOf(world, id, { serverAssignor: 'range' }));
  settle(...members);
  expect(members.map(ownedOf)).toEqual([
    [0, 1, 2],
    [3, 4, 5],
  ]);
});

test('members that come to a large group in a burst share a new target', () => {
  const world = worldWithOrders(5_000);
  const members = Array.from({ length: 50 }, (_, i) => memberOf(world, `member${String(i)}`));
  for (const member of members) member.beat();
  expect(world.records.filter(({ type }) => type === 'targetAssignment').length).toBeLessThan(3);
  world.pass(1_000);
  settle(...members);
  expect(members.map(({ ownedCount }) => ownedCount)).toEqual(members.map(() => 100));
});

test('the state that the log gives, compacted or not, is the state that lived', () => {
  const world = worldWithOrders();
  const [first, second] = [memberOf(world, 'first'), memberOf(world, 'second', { instanceId: 'b' })];
  settle(first, second);
  first.leave();
  second.leave(-2);
  expect(writtenState(world.loaded(world.records))).toEqual(writtenState(world.state));
  expect(writtenState(world.loaded(compacted(world.records)))).toEqual(writtenState(world.state));
});
