import { expect, test } from 'vitest';
import { assign, assignment, join, sync } from '../../test/classic-members.ts';
import { GroupScript } from '../../test/group-script.ts';

/** A stable classic group with one member that owns partition 1 of `orders`. */
function classicGroup(script: GroupScript, groupId: string): string {
  const joining = script.send('joinGroup', join({ groupId, requireKnownMemberId: false }));
  script.advance(10_000);
  const { memberId } = script.answerTo('joinGroup', joining);
  const assignments = [{ memberId, assignment: assignment('orders', [1]) }];
  script.ask('syncGroup', sync(memberId, 1, { groupId, assignments }));
  return memberId;
}

function commitTo(script: GroupScript, groupId: string): void {
  const partitions = [
    { topic: 'orders', partition: 0, committedOffset: 1, committedLeaderEpoch: -1, metadata: '' },
  ];
  script.ask('offsetCommit', {
    groupId,
    memberId: '',
    memberEpoch: -1,
    partitions,
    refuseBeyondLogEnd: false,
  });
}

function world(): GroupScript {
  const script = new GroupScript();
  script.topics.create('orders');
  classicGroup(script, 'classic');
  commitTo(script, 'simple');
  const value = { epoch: 3, metadataHash: 0 };
  script.state.apply({ type: 'consumerGroup', groupId: 'consumer', value });
  return script;
}

test('groups are listed by state and type, without regard to case', () => {
  const script = world();
  const ids = (states: string[], types: string[]) =>
    script
      .ask('listGroups', { states, types })
      .groups.map(({ groupId }) => groupId)
      .sort();
  expect(ids([], [])).toEqual(['classic', 'consumer', 'simple']);
  expect(ids(['stable'], [])).toEqual(['classic']);
  expect(ids(['EMPTY'], ['Consumer'])).toEqual(['consumer']);
  expect(ids([], ['classic'])).toEqual(['classic', 'simple']);
});

test('a stable classic group is described with what its members exchanged', () => {
  const script = world();
  const [group] = script.ask('describeGroups', { groupIds: ['classic'] }).groups;
  expect(group).toMatchObject({
    type: 'classic',
    protocolType: 'consumer',
    state: 'Stable',
    assignor: 'range',
  });
  expect(group?.members[0]).toMatchObject({
    clientId: 'app',
    clientHost: '10.0.0.1',
    memberEpoch: 1,
    subscribedTopicNames: ['orders'],
    assignment: [{ topic: 'orders', topicId: script.topics.named('orders')?.topicId, partitions: [1] }],
  });
  expect(group?.members[0]?.classic?.assignment).toEqual(assignment('orders', [1]));
});

test('bytes that are no subscription are shown as they are', () => {
  const script = new GroupScript();
  const protocols = [{ name: 'range', metadata: Buffer.from('??') }];
  const joining = script.send('joinGroup', join({ requireKnownMemberId: false, protocols }));
  script.advance(10_000);
  const { memberId } = script.answerTo('joinGroup', joining);
  script.ask('syncGroup', sync(memberId, 1, assign({ [memberId]: '!' })));
  const [group] = script.ask('describeGroups', { groupIds: ['g'] }).groups;
  expect(group?.members[0]).toMatchObject({ subscribedTopicNames: [], assignment: [] });
  expect(group?.members[0]?.classic?.metadata.toString()).toBe('??');
});

test('groups that do not exist, or are of another type than asked for, are not found', () => {
  const script = world();
  const codes = (groupIds: string[], type?: 'consumer' | 'classic') =>
    script.ask('describeGroups', { groupIds, type }).groups.map(({ error }) => error?.code);
  expect(codes(['classic', 'consumer', 'simple', 'none'])).toEqual([
    undefined,
    undefined,
    undefined,
    'GROUP_ID_NOT_FOUND',
  ]);
  expect(codes(['classic', 'consumer'], 'consumer')).toEqual(['GROUP_ID_NOT_FOUND', undefined]);
});

test('only groups without members are deleted, with their offsets', () => {
  const script = world();
  commitTo(script, 'consumer');
  const groupIds = ['classic', 'consumer', 'simple', 'none', ''];
  const { groups } = script.ask('deleteGroups', { groupIds });
  expect(groups.map(({ error }) => error?.code)).toEqual([
    'NON_EMPTY_GROUP',
    undefined,
    undefined,
    'GROUP_ID_NOT_FOUND',
    'INVALID_GROUP_ID',
  ]);
  expect([...script.state.groups.keys()]).toEqual(['classic']);
  expect(script.state.offsets.count).toBe(0);
  expect([...script.loaded().groups.keys()]).toEqual(['classic']);
});

test('a group that somebody is about to join may be deleted; the member has to begin anew', () => {
  const script = new GroupScript();
  const { memberId } = script.ask('joinGroup', join());
  expect(script.ask('deleteGroups', { groupIds: ['g'] }).groups[0]?.error).toBeUndefined();
  expect(script.ask('joinGroup', join({ memberId })).error?.code).toBe('UNKNOWN_MEMBER_ID');
});
