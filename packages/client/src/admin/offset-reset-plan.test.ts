import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planReset, requireResetTarget, type ResetCandidate } from './offset-reset-plan.ts';
import type { ResetTarget } from './group-shapes.ts';

const AT: ResetCandidate = {
  topic: 'orders',
  partition: 2,
  committedOffset: 50,
  logStartOffset: 10,
  logEndOffset: 100,
  timestampOffset: 70,
};

const offsetOf = (to: ResetTarget, change: Partial<ResetCandidate> = {}): number =>
  planReset({ ...AT, ...change }, to).offset;

describe('a reset', () => {
  test('goes to an end, an offset, a time, or so many records on', () => {
    expect(offsetOf('earliest')).toBe(10);
    expect(offsetOf('latest')).toBe(100);
    expect(offsetOf({ offset: 33 })).toBe(33);
    expect(offsetOf({ timestampMs: 1 })).toBe(70);
    expect(offsetOf({ shiftBy: -7 })).toBe(43);
    expect(offsetOf({ offsets: [{ topic: 'orders', partition: 2, offset: 11 }] })).toBe(11);
  });

  test('to a time after the last record goes to the end', () => {
    expect(offsetOf({ timestampMs: 1 }, { timestampOffset: -1 })).toBe(100);
  });

  test('by a shift stays within the partition, whatever the shift', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (shiftBy) => {
        const offset = offsetOf({ shiftBy: Math.trunc(shiftBy / 2) });
        expect(offset).toBeGreaterThanOrEqual(10);
        expect(offset).toBeLessThanOrEqual(100);
      }),
    );
  });

  test('tells where the group was', () => {
    expect(planReset(AT, 'latest')).toEqual({
      topic: 'orders',
      partition: 2,
      previousOffset: 50,
      offset: 100,
    });
  });

  test('is refused for an offset that the partition does not hold, with what it holds', () => {
    expect(() => offsetOf({ offset: 101 })).toThrow(/offset 101 .*"orders" partition 2.* 10 to 100/);
    expect(() => offsetOf({ offset: 9 })).toThrow(/10 to 100/);
  });

  test('by a shift is refused where nothing was committed', () => {
    expect(() => offsetOf({ shiftBy: 1 }, { committedOffset: -1 })).toThrow(/nothing to shift from/);
  });
});

test.each([
  'beginning',
  null,
  {},
  { offset: -1 },
  { shiftBy: 0.5 },
  { timestampMs: Number.NaN },
  { offsets: [{ topic: 'orders', partition: 0, offset: 1.5 }] },
])('%j is no way to reset', (to) => {
  expect(() => requireResetTarget(to as ResetTarget)).toThrow(/must be 'earliest', 'latest'/);
});
