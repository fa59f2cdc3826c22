import { expect, test } from 'vitest';
import { includesVersion, parseVersions, type Versions } from './version-range.ts';

test.each([
  ['3+', { min: 3, max: 32767 }],
  ['0-4', { min: 0, max: 4 }],
  ['12', { min: 12, max: 12 }],
  ['none', { min: 0, max: -1 }],
] as const)('%s is a range', (versions, range) => {
  expect(parseVersions(versions)).toEqual(range);
});

test('a version is within its bounds, both inclusive', () => {
  const within = [1, 2, 3, 4, 5].filter((version) => includesVersion('2-4', version));
  expect(within).toEqual([2, 3, 4]);
  expect(includesVersion(undefined, 0)).toBe(false);
  expect(includesVersion('none', 0)).toBe(false);
  expect(includesVersion('0+', 0.5)).toBe(false);
});

test('another notation is refused', () => {
  expect(() => parseVersions('3-' as Versions)).toThrow(/no range of versions/);
});
