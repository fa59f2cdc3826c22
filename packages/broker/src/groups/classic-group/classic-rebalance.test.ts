/** Rebalances of classic groups whose members ask for odd time-outs. */
import { expect, test } from 'vitest';
import { assign, assignment, join, memberSubscription, sync } from '../../../test/classic-members.ts';
import { GroupScript } from '../../../test/group-script.ts';

/** A static member without any time to rejoin, and a dynamic one with a minute, both assigned. */
function stableGroup(script: GroupScript): { readonly staticId: string; readonly dynamicId: string } {
  const staticJoin = script.send('joinGroup', join({ groupInstanceId: 'i', rebalanceTimeoutMs: 0 }));
  const dynamicJoin = script.send('joinGroup', join({ requireKnownMemberId: false }));
  script.advance(3_000);
  const { memberId: staticId, generationId } = script.answerTo('joinGroup', staticJoin);
  const { memberId: dynamicId } = script.answerTo('joinGroup', dynamicJoin);
  const assignments = assign({ [staticId]: 'a', [dynamicId]: 'b' });
  script.ask('syncGroup', sync(staticId, generationId, { groupInstanceId: 'i', ...assignments }));
  script.ask('syncGroup', sync(dynamicId, generationId));
  return { staticId, dynamicId };
}

test('a join phase that ends at once and finds nobody but absent static members is tried again later, not for ever', () => {
  const script = new GroupScript();
  const { staticId, dynamicId } = stableGroup(script);
  script.ask('leaveGroup', { groupId: 'g', members: [{ memberId: dynamicId }] });
  script.advance(2_000);
  const group = script.state.classicGroup('g')!;
  expect(group.phase).toBe('PreparingRebalance');
  const rejoining = script.send('joinGroup', join({ memberId: staticId, groupInstanceId: 'i' }));
  expect(script.answerTo('joinGroup', rejoining).generationId).toBe(2);
});

test('a group that came and went leaves nothing behind', () => {
  const script = new GroupScript();
  const { memberId } = script.ask('joinGroup', join());
  expect(script.state.deadlines.count).toBe(1);
  script.ask('leaveGroup', { groupId: 'g', members: [{ memberId }] });
  expect(script.state.groups.size).toBe(0);
  expect(script.state.deadlines.count).toBe(0);
});

test.each([
  { given: [0, 1], isKept: true },
  { given: [0], isKept: false },
])(
  'a static member that comes back keeps its place unless it was to give something up ($given of 0, 1)',
  ({ given, isKept }) => {
    const script = new GroupScript({ classicInitialRebalanceDelayMs: 0 });
    const metadata = memberSubscription({ topics: ['orders'], owned: { orders: [0, 1] }, generationId: 1 });
    const joins = join({ groupInstanceId: 'i', protocols: [{ name: 'cooperative', metadata }] });
    const { memberId, generationId } = script.ask('joinGroup', joins);
    const assignments = [{ memberId, assignment: assignment('orders', given) }];
    script.ask('syncGroup', sync(memberId, generationId, { groupInstanceId: 'i', assignments }));
    const back = script.ask('joinGroup', joins);
    expect([back.error, back.generationId === generationId]).toEqual([undefined, isKept]);
  },
);
