import { expect, test } from 'vitest';
import { ConsumerGroupWorld, ScriptedMember } from '../../../test/consumer-group-world.ts';
import { decideTick } from '../decide.ts';

test('when thousands of members are gone at once, what is written of them comes in bounded pieces', () => {
  const world = new ConsumerGroupWorld();
  world.config = { ...world.config, consumerMaxSize: 2_500 };
  for (let i = 0; i < 2_500; i++) {
    new ScriptedMember(world, `m${String(i)}`, { subscribedTopicNames: ['orders'] }).beat();
  }
  world.monotonicMs += 45_000;
  const pieces: number[] = [];
  while (world.group.members.size > 0) {
    const { records } = decideTick(world.state, world.context);
    for (const record of records) world.state.apply(record);
    pieces.push(records.length);
  }
  expect(pieces).toHaveLength(3);
  expect(Math.max(...pieces)).toBeLessThan(4_000);
});

test('members whose removal could not be written are removed by a later tick', () => {
  const world = new ConsumerGroupWorld();
  new ScriptedMember(world, 'first', { subscribedTopicNames: ['orders'] }).beat();
  world.monotonicMs += 45_000;
  expect(decideTick(world.state, world.context).records).not.toEqual([]);
  world.pass(1_000);
  expect(world.group.members.size).toBe(0);
});
