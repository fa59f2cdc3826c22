/** Rebalances of classic groups whose members ask for odd time-outs. */
import { expect, test } from 'vitest';
import { assign, join, sync } from '../../../test/classic-members.ts';
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
