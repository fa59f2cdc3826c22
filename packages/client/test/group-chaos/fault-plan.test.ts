import { expect, test } from 'vitest';
import { seededRandom } from '../seeded-random.ts';
import { faultPlan } from './fault-plan.ts';

test('a seed is a plan, and another seed another one', () => {
  const planOf = (seed: number): unknown => faultPlan(seededRandom(seed), { rounds: 3, isHarsh: true });
  expect(planOf(5)).toEqual(planOf(5));
  expect(planOf(5)).not.toEqual(planOf(6));
});

test('each round kills, stops and adds a member, and starts one again after the kill', () => {
  for (let seed = 0; seed < 100; seed++) {
    const kinds = faultPlan(seededRandom(seed), { rounds: 1, isHarsh: false }).map(({ kind }) => kind);
    expect([...kinds].sort()).toEqual(['add', 'kill', 'restart', 'stop']);
    expect(kinds.indexOf('restart')).toBeGreaterThan(kinds.indexOf('kill'));
  }
});
