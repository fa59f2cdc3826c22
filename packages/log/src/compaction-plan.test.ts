import { describe, expect, test } from 'vitest';
import { groupSegments, keepsEmptyBatch, keepsRecord } from './compaction-plan.ts';

const batch = { mappedTo: 100, areTombstonesExpired: false, isTransactional: false };
const record = { offset: 10, hasKey: true, hasValue: true, mappedOffset: 10 };

describe('a record', () => {
  test.each([
    ['is the last of its key', record, batch, true],
    ['has a key of which nothing is noted', { ...record, mappedOffset: -1 }, batch, true],
    ['has a later one of its key', { ...record, mappedOffset: 11 }, batch, false],
    ['has no key', { ...record, hasKey: false, mappedOffset: -1 }, batch, false],
    [
      'lies above the map, whatever it holds',
      { ...record, hasKey: false, offset: 100, mappedOffset: -1 },
      batch,
      true,
    ],
    ['is a tombstone', { ...record, hasValue: false }, batch, true],
    [
      'is a tombstone past its time',
      { ...record, hasValue: false },
      { ...batch, areTombstonesExpired: true },
      false,
    ],
    [
      'is a tombstone of a transaction',
      { ...record, hasValue: false },
      { ...batch, areTombstonesExpired: true, isTransactional: true },
      true,
    ],
  ])('that %s', (_what, facts, of, stays) => {
    expect(keepsRecord(facts, of)).toBe(stays);
  });
});

test('an empty batch stays for its producer, its transaction or the end of its segment', () => {
  const none = { isTransactional: false, isLastOfProducer: false, isLastOfSegment: false };
  expect(keepsEmptyBatch(none)).toBe(false);
  for (const reason of Object.keys(none)) expect(keepsEmptyBatch({ ...none, [reason]: true })).toBe(true);
});

describe('neighbours go into one segment', () => {
  const segment = (baseOffset: number, sizeBytes: number, indexBytes = 8) => ({
    baseOffset,
    nextOffset: baseOffset + 10,
    sizeBytes,
    indexBytes,
  });
  const bases = (groups: { baseOffset: number }[][]) =>
    groups.map((group) => group.map((one) => one.baseOffset));
  const limits = { segmentBytes: 100, segmentIndexBytes: 30 };

  test('as far as their bytes fit', () => {
    const all = [segment(0, 50), segment(10, 50), segment(20, 1), segment(30, 200), segment(40, 10)];
    expect(bases(groupSegments(all, limits))).toEqual([[0, 10], [20], [30], [40]]);
    expect(groupSegments([], limits)).toEqual([]);
  });

  test('as far as their index entries fit', () => {
    const all = [segment(0, 1, 16), segment(10, 1, 16), segment(20, 1, 8)];
    expect(bases(groupSegments(all, limits))).toEqual([[0], [10, 20]]);
  });

  test('as far as their offsets fit', () => {
    const all = [segment(0, 1), segment(2 ** 31 - 5, 1)];
    expect(bases(groupSegments(all, limits))).toEqual([[0], [2 ** 31 - 5]]);
  });

  test('at most 64 of them, so that a replacement takes little time', () => {
    const all = Array.from({ length: 100 }, (_, index) => segment(index * 10, 0, 0));
    expect(groupSegments(all, limits).map((group) => group.length)).toEqual([64, 36]);
  });
});
