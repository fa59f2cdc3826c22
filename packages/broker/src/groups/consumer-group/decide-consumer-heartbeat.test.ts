/** Subscriptions and lists that are odd, and that clients send all the same. */
import { expect, test } from 'vitest';
import { compacted, ConsumerGroupWorld, ScriptedMember } from '../../../test/consumer-group-world.ts';
import type { GroupRecord } from '../group-records.ts';
import { MAX_GROUP_PATTERNS, MAX_GROUP_SUBSCRIPTION_LENGTH } from './decide-consumer-heartbeat.ts';
import { isSame } from './partitions-by-topic.ts';

function worldWithOrders(): ConsumerGroupWorld {
  const world = new ConsumerGroupWorld();
  world.topics.create('orders', 6);
  return world;
}

test('a member may join without topics, and get them when it subscribes to some', () => {
  const world = worldWithOrders();
  const member = new ScriptedMember(world, 'first', { subscribedTopicNames: [] });
  member.beat();
  expect([member.isJoined, member.ownedCount]).toEqual([true, 0]);
  member.subscribe({ subscribedTopicNames: ['orders'] });
  member.beat();
  expect(member.ownedCount).toBe(6);
});

test('the patterns of a group are bounded, those of its members stay as they are', () => {
  const world = worldWithOrders();
  const members = Array.from(
    { length: MAX_GROUP_PATTERNS + 1 },
    (_, i) => new ScriptedMember(world, `m${String(i)}`, { subscribedTopicRegex: `orders|x${String(i)}` }),
  );
  const last = members.pop()!;
  for (const member of members) expect(member.beat()).toHaveProperty('response');
  expect(world.refusal(last.request())).toMatchObject({
    code: 'INVALID_REQUEST',
    message: expect.stringMatching(/at most 100/) as string,
  });
  last.subscribe({ subscribedTopicRegex: 'orders|x0' });
  expect(last.beat()).toHaveProperty('response');
  members[1]!.leave();
  last.subscribe({ subscribedTopicRegex: 'another' });
  expect(last.beat()).toHaveProperty('response');
});

test('the different lists of topics of a group are bounded, and members with the same list share it', () => {
  const world = worldWithOrders();
  const listOf = (i: number) =>
    Array.from({ length: 1_000 }, (_, n) => `${String(i)}-${String(n)}-`.padEnd(200, 'x')).sort();
  const memberOf = (memberId: string, i: number) =>
    new ScriptedMember(world, memberId, { subscribedTopicNames: listOf(i) });
  const count = Math.floor(MAX_GROUP_SUBSCRIPTION_LENGTH / JSON.stringify(listOf(10)).length);
  for (let i = 0; i < count; i++) expect(memberOf(`m${String(i)}`, i).beat()).toHaveProperty('response');
  expect(world.refusal(memberOf('one more', count).request())).toMatchObject({
    code: 'INVALID_REQUEST',
    message: expect.stringMatching(/different lists of topics/) as string,
  });
  expect(memberOf('alike', 0).beat()).toHaveProperty('response');
  const [first, alike] = ['m0', 'alike'].map((id) => world.group.members.get(id)!.value);
  expect(alike!.subscribedTopicNames).toBe(first!.subscribedTopicNames);
});

test('a pattern of another broker that is none here does not keep groups from seeing that topics changed', () => {
  const world = worldWithOrders();
  const foreign = new ScriptedMember(world, 'foreign', { subscribedTopicRegex: 'orders' });
  foreign.beat();
  const records = compacted(world.records).map((record): GroupRecord =>
    record.type === 'regularExpression'
      ? { ...record, pattern: '(?<!x)orders' }
      : record.type === 'consumerGroupMember' && record.value !== null
        ? { ...record, value: { ...record.value, subscribedTopicRegex: '(?<!x)orders' } }
        : record,
  );
  world.records.splice(0, Infinity, ...records);
  world.restart();
  new ScriptedMember(world, 'second', { subscribedTopicNames: ['orders'] }).beat();
  world.topicsChanged('audit');
  expect(world.group.isMetadataStale).toBe(false);
  world.topicsChanged('orders');
  expect(world.group.isMetadataStale).toBe(true);
});

test('a list of partitions is compared as a set', () => {
  const set = new Map([['a', [0, 1, 2]]]);
  expect(isSame([{ topicId: 'a', partitions: [2, 0, 1] }], set)).toBe(true);
  expect(isSame([{ topicId: 'a', partitions: [0, 1, 1] }], set)).toBe(false);
});
