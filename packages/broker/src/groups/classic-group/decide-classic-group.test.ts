import { describe, expect, test } from 'vitest';
import { assign, join, subscription, sync } from '../../../test/classic-members.ts';
import { GroupScript } from '../../../test/group-script.ts';
import type { JoinGroupRequest, JoinGroupResponse } from '../../group-requests.ts';
import { MAX_GROUPS } from '../group-limits.ts';
import { ClassicGroup } from './classic-group-state.ts';
import { CLASSIC_GROUP_MAX_BYTES } from './join-classic-group.ts';

/** Joins as a dynamic member does: without an id, then with the one it was given. Returns id and request. */
function enter(
  script: GroupScript,
  overrides: Partial<JoinGroupRequest> = {},
): { id: string; joining: number } {
  const { error, memberId } = script.ask('joinGroup', join(overrides));
  expect(error?.code).toBe('MEMBER_ID_REQUIRED');
  return { id: memberId, joining: script.send('joinGroup', join({ ...overrides, memberId })) };
}

function joined(script: GroupScript, requestId: number): JoinGroupResponse {
  const response = script.answerTo('joinGroup', requestId);
  expect(response.error).toBeUndefined();
  return response;
}

/** Two members, the first the leader, assigned `a` and `b`. */
function stableGroup(script: GroupScript, overrides: Partial<JoinGroupRequest> = {}): [string, string] {
  const first = enter(script, overrides);
  const second = enter(script, overrides);
  script.advance(10_000);
  const { generationId } = joined(script, first.joining);
  script.ask('syncGroup', sync(first.id, generationId, assign({ [first.id]: 'a', [second.id]: 'b' })));
  script.ask('syncGroup', sync(second.id, generationId));
  return [first.id, second.id];
}

function phase(script: GroupScript): string | undefined {
  return script.state.classicGroup('g')?.phase;
}

describe('joining', () => {
  test('a member without an id is told one, and is forgotten when it does not come back with it', () => {
    const script = new GroupScript();
    const answer = script.ask('joinGroup', join());
    expect(answer.error?.code).toBe('MEMBER_ID_REQUIRED');
    expect(answer.memberId).toMatch(/^app-/);
    script.advance(10_000);
    expect(script.state.groups.size).toBe(0);
    expect(script.ask('joinGroup', join({ memberId: answer.memberId })).error?.code).toBe(
      'UNKNOWN_MEMBER_ID',
    );
    expect(script.records).toEqual([]);
  });

  test('an old client becomes a member with its first join', () => {
    const script = new GroupScript({ classicInitialRebalanceDelayMs: 0 });
    const response = script.ask('joinGroup', join({ requireKnownMemberId: false }));
    expect(response).toMatchObject({ generationId: 1, protocolName: 'range', protocolType: 'consumer' });
    expect(response.leader).toBe(response.memberId);
  });

  test('the first rebalance waits for newcomers, and each of them prolongs the wait', () => {
    const script = new GroupScript();
    const first = enter(script);
    script.advance(2_000);
    const second = enter(script);
    script.advance(2_000);
    expect(script.isAnswered(first.joining)).toBe(false);
    script.advance(2_000);
    const leader = joined(script, first.joining);
    expect(leader.members.map(({ memberId }) => memberId)).toEqual([first.id, second.id]);
    const follower = joined(script, second.joining);
    expect(follower).toMatchObject({ generationId: 1, leader: first.id, members: [] });
  });

  test('newcomers prolong the first wait up to the rebalance time-out only', () => {
    const script = new GroupScript();
    const first = enter(script, { rebalanceTimeoutMs: 7_000 });
    for (let i = 0; i < 4; i++) {
      script.advance(2_000);
      enter(script, { rebalanceTimeoutMs: 7_000 });
    }
    expect(script.isAnswered(first.joining)).toBe(true);
  });

  test('a newcomer to a stable group waits until all members joined again', () => {
    const script = new GroupScript();
    const [a, b] = stableGroup(script);
    const third = enter(script);
    expect(script.refused('heartbeat', { groupId: 'g', generationId: 1, memberId: a }).code).toBe(
      'REBALANCE_IN_PROGRESS',
    );
    const againA = script.send('joinGroup', join({ memberId: a }));
    expect(script.isAnswered(third.joining)).toBe(false);
    const againB = script.send('joinGroup', join({ memberId: b }));
    for (const requestId of [againA, againB, third.joining]) {
      expect(joined(script, requestId)).toMatchObject({ generationId: 2, leader: a });
    }
  });

  test('members that do not join again within the rebalance time-out are removed, the leader too', () => {
    const script = new GroupScript();
    const [a, b] = stableGroup(script, { sessionTimeoutMs: 1_000_000 });
    const againB = script.send(
      'joinGroup',
      join({ memberId: b, protocols: [{ name: 'range', metadata: subscription(['x']) }] }),
    );
    script.advance(59_999);
    expect(script.isAnswered(againB)).toBe(false);
    script.advance(1);
    expect(joined(script, againB)).toMatchObject({ generationId: 2, leader: b });
    expect(script.refused('heartbeat', { groupId: 'g', generationId: 2, memberId: a }).code).toBe(
      'UNKNOWN_MEMBER_ID',
    );
  });

  test('a pending member holds the barrier until it joins or its time is over', () => {
    const script = new GroupScript();
    const [a, b] = stableGroup(script);
    script.ask('joinGroup', join());
    const againA = script.send('joinGroup', join({ memberId: a }));
    const againB = script.send('joinGroup', join({ memberId: b }));
    expect(script.isAnswered(againA)).toBe(false);
    script.advance(10_000);
    expect(joined(script, againA).generationId).toBe(2);
    expect(joined(script, againB).generationId).toBe(2);
  });

  test('the protocol that most members prefer among the common ones is chosen', () => {
    const script = new GroupScript();
    const metadata = subscription(['orders']);
    const offering = (...names: string[]) => ({ protocols: names.map((name) => ({ name, metadata })) });
    const first = enter(script, offering('x', 'range', 'sticky'));
    enter(script, offering('sticky', 'range'));
    enter(script, offering('sticky', 'range', 'x'));
    script.advance(20_000);
    expect(joined(script, first.joining).protocolName).toBe('sticky');
  });

  test('a member that shares no protocol, or is of another protocol type, is refused', () => {
    const script = new GroupScript();
    stableGroup(script);
    const other = script.ask(
      'joinGroup',
      join({ protocols: [{ name: 'other', metadata: Buffer.alloc(0) }] }),
    );
    expect(other.error?.code).toBe('INCONSISTENT_GROUP_PROTOCOL');
    const connect = script.ask('joinGroup', join({ protocolType: 'connect' }));
    expect(connect.error?.code).toBe('INCONSISTENT_GROUP_PROTOCOL');
    expect(script.ask('joinGroup', join({ groupId: 'h', protocols: [] })).error?.code).toBe(
      'INCONSISTENT_GROUP_PROTOCOL',
    );
    expect(script.state.groups.has('h')).toBe(false);
  });

  test('bad session time-outs, bad group ids and too large groups are refused', () => {
    const script = new GroupScript({ classicMaxSize: 2 });
    expect(script.ask('joinGroup', join({ sessionTimeoutMs: 5_999 })).error?.code).toBe(
      'INVALID_SESSION_TIMEOUT',
    );
    expect(script.ask('joinGroup', join({ sessionTimeoutMs: 1_800_001 })).error?.code).toBe(
      'INVALID_SESSION_TIMEOUT',
    );
    expect(script.ask('joinGroup', join({ groupId: '' })).error?.code).toBe('INVALID_GROUP_ID');
    expect(script.ask('joinGroup', join({ groupId: 'x'.repeat(256) })).error?.code).toBe('INVALID_GROUP_ID');
    stableGroup(script);
    expect(script.ask('joinGroup', join()).error?.code).toBe('GROUP_MAX_SIZE_REACHED');
  });

  test('a member whose metadata does not fit into the record of the group is refused', () => {
    const script = new GroupScript();
    const large = { protocols: [{ name: 'range', metadata: Buffer.alloc(CLASSIC_GROUP_MAX_BYTES / 2) }] };
    enter(script, large);
    expect(script.ask('joinGroup', join(large)).error?.code).toBe('GROUP_MAX_SIZE_REACHED');
    enter(script);
  });

  test('all protocols that members offer count for the size of the group, also in a consumer group', () => {
    const metadata = Buffer.concat([subscription(['orders']), Buffer.alloc(CLASSIC_GROUP_MAX_BYTES / 25)]);
    const protocols = Array.from({ length: 20 }, (_, i) => ({ name: `p${i}`, metadata }));
    const classic = new GroupScript();
    enter(classic, { protocols });
    expect(classic.ask('joinGroup', join({ protocols })).error?.code).toBe('GROUP_MAX_SIZE_REACHED');
    const consumer = new GroupScript();
    consumer.ask('consumerGroupHeartbeat', {
      groupId: 'g',
      memberId: 'm',
      memberEpoch: 0,
      rebalanceTimeoutMs: 60_000,
      subscribedTopicNames: ['orders'],
      ownedPartitions: [],
    });
    const { id } = enter(consumer, { protocols });
    expect(consumer.ask('joinGroup', join({ protocols })).error?.code).toBe('GROUP_MAX_SIZE_REACHED');
    expect(consumer.ask('joinGroup', join({ protocols, memberId: id })).error).toBeUndefined();
  });

  test('a coordinator takes no more groups than it has room for', () => {
    const script = new GroupScript();
    for (let i = 0; i < MAX_GROUPS; i++) script.state.groups.set(`g${i}`, new ClassicGroup(`g${i}`));
    expect(script.ask('joinGroup', join()).error?.code).toBe('POLICY_VIOLATION');
  });

  test('a second join of a waiting member answers the first one', () => {
    const script = new GroupScript();
    const first = enter(script);
    const second = script.send('joinGroup', join({ memberId: first.id }));
    expect(script.answerTo('joinGroup', first.joining).error?.code).toBe('REBALANCE_IN_PROGRESS');
    script.advance(10_000);
    expect(joined(script, second).generationId).toBe(1);
  });

  test('a follower that joins a stable group unchanged gets its generation again; a leader begins the next', () => {
    const script = new GroupScript();
    const [a, b] = stableGroup(script);
    expect(joined(script, script.send('joinGroup', join({ memberId: b })))).toMatchObject({
      generationId: 1,
      leader: a,
    });
    expect(phase(script)).toBe('Stable');
    expect(script.isAnswered(script.send('joinGroup', join({ memberId: a })))).toBe(false);
    expect(phase(script)).toBe('PreparingRebalance');
  });

  test('a client that went away while it waited for its first generation is removed after five minutes', () => {
    const script = new GroupScript();
    const [a, b] = stableGroup(script, { rebalanceTimeoutMs: 3_600_000, sessionTimeoutMs: 1_800_000 });
    const gone = enter(script);
    script.send(
      'joinGroup',
      join({ memberId: a, rebalanceTimeoutMs: 3_600_000, sessionTimeoutMs: 1_800_000 }),
    );
    script.advance(300_000);
    expect(script.answerTo('joinGroup', gone.joining).error?.code).toBe('UNKNOWN_MEMBER_ID');
    expect([...(script.state.classicGroup('g')?.members.keys() ?? [])]).toEqual([a, b]);
  });
});

describe('syncing', () => {
  test('followers wait for the leader, and late ones get what was assigned', () => {
    const script = new GroupScript();
    const [first, second, third] = [enter(script), enter(script), enter(script)];
    script.advance(10_000);
    const waiting = script.send('syncGroup', sync(second.id, 1));
    expect(script.isAnswered(waiting)).toBe(false);
    const leading = script.ask(
      'syncGroup',
      sync(first.id, 1, assign({ [first.id]: 'a', [second.id]: 'b', stranger: 'c' })),
    );
    expect(leading).toMatchObject({ protocolType: 'consumer', protocolName: 'range' });
    expect(leading.assignment.toString()).toBe('a');
    expect(script.answerTo('syncGroup', waiting).assignment.toString()).toBe('b');
    expect(script.ask('syncGroup', sync(third.id, 1)).assignment.toString()).toBe('');
    expect(script.records).toHaveLength(1);
  });

  test('is refused for unknown members, other generations and other protocols', () => {
    const script = new GroupScript();
    const [a] = stableGroup(script);
    const code = (...args: Parameters<typeof sync>) => script.ask('syncGroup', sync(...args)).error?.code;
    expect(code('nobody', 1)).toBe('UNKNOWN_MEMBER_ID');
    expect(code(a, 0)).toBe('ILLEGAL_GENERATION');
    expect(code(a, 1, { protocolName: 'sticky' })).toBe('INCONSISTENT_GROUP_PROTOCOL');
    expect(code(a, 1, { protocolType: 'connect' })).toBe('INCONSISTENT_GROUP_PROTOCOL');
    expect(code(a, 1, { groupId: 'h' })).toBe('UNKNOWN_MEMBER_ID');
    script.send('joinGroup', join({ memberId: a }));
    expect(code(a, 1)).toBe('REBALANCE_IN_PROGRESS');
  });

  test('members that do not sync within the rebalance time-out are removed', () => {
    const script = new GroupScript();
    const [first, second] = [enter(script), enter(script)];
    script.advance(6_000);
    script.ask('syncGroup', sync(first.id, 1));
    for (let i = 0; i < 14; i++) {
      script.advance(5_000);
      script.send('heartbeat', { groupId: 'g', generationId: 1, memberId: first.id });
      script.send('heartbeat', { groupId: 'g', generationId: 1, memberId: second.id });
    }
    expect([...(script.state.classicGroup('g')?.members.keys() ?? [])]).toEqual([first.id]);
    expect(phase(script)).toBe('PreparingRebalance');
  });

  test('waiting followers are told to join again when the group rebalances', () => {
    const script = new GroupScript();
    const [first, second] = [enter(script), enter(script)];
    script.advance(10_000);
    const waiting = script.send('syncGroup', sync(second.id, 1));
    script.ask('leaveGroup', { groupId: 'g', members: [{ memberId: first.id }] });
    expect(script.answerTo('syncGroup', waiting).error?.code).toBe('REBALANCE_IN_PROGRESS');
  });

  test('an assignment that does not fit into the record of the group is refused', () => {
    const script = new GroupScript();
    const { id } = enter(script);
    script.advance(10_000);
    const assignments = [{ memberId: id, assignment: Buffer.alloc(CLASSIC_GROUP_MAX_BYTES) }];
    expect(script.ask('syncGroup', sync(id, 1, { assignments })).error?.code).toBe('MESSAGE_TOO_LARGE');
    expect(phase(script)).toBe('PreparingRebalance');
    expect(script.records).toEqual([]);
  });
});

describe('staying and leaving', () => {
  test('a member that heartbeats stays, one that does not is removed after its session', () => {
    const script = new GroupScript();
    const [a, b] = stableGroup(script);
    for (let i = 0; i < 3; i++) {
      script.advance(4_000);
      script.send('heartbeat', { groupId: 'g', generationId: 1, memberId: a });
    }
    expect([...(script.state.classicGroup('g')?.members.keys() ?? [])]).toEqual([a]);
    expect(script.refused('heartbeat', { groupId: 'g', generationId: 1, memberId: b }).code).toBe(
      'UNKNOWN_MEMBER_ID',
    );
    expect(script.refused('heartbeat', { groupId: 'g', generationId: 1, memberId: a }).code).toBe(
      'REBALANCE_IN_PROGRESS',
    );
    expect(script.refused('heartbeat', { groupId: 'g', generationId: 7, memberId: a }).code).toBe(
      'ILLEGAL_GENERATION',
    );
    expect(script.refused('heartbeat', { groupId: 'h', generationId: 1, memberId: a }).code).toBe(
      'UNKNOWN_MEMBER_ID',
    );
  });

  test('each leaving member has its own result, and the group that is left empty is written', () => {
    const script = new GroupScript();
    const [a, b] = stableGroup(script);
    const { members } = script.ask('leaveGroup', {
      groupId: 'g',
      members: [
        { memberId: a },
        { memberId: 'nobody' },
        { memberId: b },
        { memberId: '', groupInstanceId: 'i' },
      ],
    });
    expect(members.map(({ error }) => error?.code)).toEqual([
      undefined,
      'UNKNOWN_MEMBER_ID',
      undefined,
      'UNKNOWN_MEMBER_ID',
    ]);
    expect(phase(script)).toBe('Empty');
    expect(script.records.at(-1)).toMatchObject({
      type: 'classicGroup',
      value: { generationId: 2, members: [] },
    });
  });

  test('a pending member may leave', () => {
    const script = new GroupScript();
    const { memberId } = script.ask('joinGroup', join());
    const { members } = script.ask('leaveGroup', { groupId: 'g', members: [{ memberId }] });
    expect(members[0]?.error).toBeUndefined();
    expect(script.state.groups.size).toBe(0);
  });

  test('a member that leaves while it waits is told so', () => {
    const script = new GroupScript();
    const { id, joining } = enter(script);
    script.ask('leaveGroup', { groupId: 'g', members: [{ memberId: id }] });
    expect(script.answerTo('joinGroup', joining).error?.code).toBe('UNKNOWN_MEMBER_ID');
    expect(script.state.groups.size).toBe(0);
  });
});

describe('static members', () => {
  const stat = (instance: string): Partial<JoinGroupRequest> => ({ groupInstanceId: instance });

  function staticGroup(script: GroupScript): [string, string] {
    const [first, second] = ['i', 'j'].map((instance) => script.send('joinGroup', join(stat(instance))));
    script.advance(10_000);
    const a = joined(script, first!).memberId;
    const b = joined(script, second!).memberId;
    script.ask('syncGroup', sync(a, 1, { groupInstanceId: 'i', ...assign({ [a]: 'a', [b]: 'b' }) }));
    script.ask('syncGroup', sync(b, 1, { groupInstanceId: 'j' }));
    return [a, b];
  }

  test('one that comes back to a stable group keeps generation and assignment, and its old id is fenced', () => {
    const script = new GroupScript();
    const [a, b] = staticGroup(script);
    const back = joined(script, script.send('joinGroup', join(stat('j'))));
    expect(back).toMatchObject({ generationId: 1, leader: a, skipAssignment: false, members: [] });
    expect(back.memberId).not.toBe(b);
    expect(
      script.ask('syncGroup', sync(back.memberId, 1, { groupInstanceId: 'j' })).assignment.toString(),
    ).toBe('b');
    const old = { groupId: 'g', generationId: 1, memberId: b, groupInstanceId: 'j' };
    expect(script.refused('heartbeat', old).code).toBe('FENCED_INSTANCE_ID');
    script.reload();
    expect(script.ask('heartbeat', { ...old, memberId: back.memberId })).toEqual({});
  });

  test('a leader that comes back skips the assignment when it can, else it is told its old id', () => {
    const script = new GroupScript();
    const [a] = staticGroup(script);
    const back = joined(script, script.send('joinGroup', join(stat('i'))));
    expect(back).toMatchObject({ generationId: 1, leader: back.memberId, skipAssignment: true });
    expect(back.members).toHaveLength(2);
    const old = joined(
      script,
      script.send('joinGroup', join({ ...stat('i'), supportsSkippingAssignment: false })),
    );
    expect(old).toMatchObject({ generationId: 1, leader: back.memberId, skipAssignment: false, members: [] });
    expect(a).not.toBe(back.memberId);
  });

  test('one that comes back while the group is assigned begins another rebalance', () => {
    const script = new GroupScript();
    const first = script.send('joinGroup', join(stat('i')));
    script.advance(10_000);
    const { memberId } = joined(script, first);
    const again = joined(script, script.send('joinGroup', join(stat('i'))));
    expect(again).toMatchObject({ generationId: 2, leader: again.memberId });
    expect(script.ask('syncGroup', sync(memberId, 1, stat('i'))).error?.code).toBe('FENCED_INSTANCE_ID');
  });

  test('two waiting consumers with one instance id: the later fences the earlier', () => {
    const script = new GroupScript();
    const first = script.send('joinGroup', join(stat('i')));
    const second = script.send('joinGroup', join(stat('i')));
    expect(script.answerTo('joinGroup', first).error?.code).toBe('FENCED_INSTANCE_ID');
    script.advance(10_000);
    expect(joined(script, second).generationId).toBe(1);
  });

  test('one that does not join again in time keeps its place until its session ends', () => {
    const script = new GroupScript();
    const [a, b] = staticGroup(script);
    const again = script.send('joinGroup', join({ ...stat('i'), memberId: a }));
    script.advance(9_999);
    expect(script.isAnswered(again)).toBe(false);
    script.advance(1);
    expect(joined(script, again).members.map(({ memberId }) => memberId)).toEqual([a]);
    expect(b).toBeDefined();
  });

  test('an administrator removes one by its instance id alone', () => {
    const script = new GroupScript();
    const [a] = staticGroup(script);
    script.ask('leaveGroup', { groupId: 'g', members: [{ memberId: '', groupInstanceId: 'j' }] });
    expect([...(script.state.classicGroup('g')?.members.keys() ?? [])]).toEqual([a]);
  });

  test('a leaving member with the id of another is fenced', () => {
    const script = new GroupScript();
    staticGroup(script);
    const leaving = { memberId: 'old', groupInstanceId: 'j' };
    const { members } = script.ask('leaveGroup', { groupId: 'g', members: [leaving] });
    expect(members[0]?.error?.code).toBe('FENCED_INSTANCE_ID');
  });
});

describe('after a load', () => {
  test('members have a full session and go on in their generation', () => {
    const script = new GroupScript();
    const [a, b] = stableGroup(script);
    script.advance(5_000);
    script.reload();
    expect(phase(script)).toBe('Stable');
    script.advance(9_999);
    expect(script.ask('heartbeat', { groupId: 'g', generationId: 1, memberId: a })).toEqual({});
    expect(script.ask('syncGroup', sync(b, 1)).assignment.toString()).toBe('b');
    script.advance(10_000);
    expect(phase(script)).toBe('Empty');
  });

  test('members of a generation that was not assigned join again', () => {
    const script = new GroupScript();
    const [a, b] = stableGroup(script);
    script.send('joinGroup', join({ memberId: a }));
    script.send(
      'joinGroup',
      join({ memberId: b, protocols: [{ name: 'range', metadata: subscription(['x']) }] }),
    );
    script.reload();
    expect(script.ask('syncGroup', sync(a, 2)).error?.code).toBe('ILLEGAL_GENERATION');
    script.send('joinGroup', join({ memberId: a }));
    const again = script.send('joinGroup', join({ memberId: b }));
    expect(joined(script, again).generationId).toBe(2);
  });
});
