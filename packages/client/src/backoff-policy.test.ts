import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededRandom } from '../test/seeded-random.ts';
import { backoffMs } from './backoff-policy.ts';

const LIMITS = { initialMs: 100, maxMs: 1_000 };

test('no failure, no wait', () => {
  expect(backoffMs(0, LIMITS, seededRandom(1))).toBe(0);
});

test('the wait doubles with every failure, within 20 % of jitter, up to the longest', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), fc.nat(), (failures, seed) => {
      const waitMs = backoffMs(failures, LIMITS, seededRandom(seed));
      const plainMs = Math.min(1_000, 100 * 2 ** (failures - 1));
      expect(waitMs).toBeGreaterThanOrEqual(plainMs * 0.8);
      expect(waitMs).toBeLessThanOrEqual(Math.min(1_000, plainMs * 1.2));
    }),
  );
});

test('two clients that failed together do not come back together', () => {
  const waits = new Set(Array.from({ length: 20 }, (_, seed) => backoffMs(3, LIMITS, seededRandom(seed))));
  expect(waits.size).toBeGreaterThan(5);
});
