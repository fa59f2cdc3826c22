import { expect, test } from 'vitest';
import { StallWatch } from './stall-watch.ts';

test('time counts from the last change of the mark, and not while there is none', () => {
  const watch = new StallWatch();
  const observations: [number, number | undefined][] = [
    [1000, 1],
    [3000, 1],
    [4000, 2],
    [9000, 2],
    [10_000, undefined],
    [20_000, undefined],
    [21_000, 2],
    [22_500, 2],
  ];
  expect(observations.map(([nowMs, mark]) => watch.observe({ nowMs, mark }))).toEqual([
    0, 2000, 0, 5000, 0, 0, 0, 1500,
  ]);
});
