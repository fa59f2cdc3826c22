import { describe, expect, test } from 'vitest';
import { compactionNeed, mostInNeed, type CompactableSegment } from './compaction-policy.ts';

const NOW_MS = 1_000_000;
const limits = {
  minCleanableDirtyRatio: 0.5,
  minCompactionLagMs: 0,
  maxCompactionLagMs: Number.MAX_SAFE_INTEGER,
};

/** Segments of 100 bytes and ten offsets each, each 1,000 ms younger than the one before; the last one is of now. */
function segments(count: number, change: Partial<CompactableSegment> = {}): CompactableSegment[] {
  return Array.from({ length: count }, (_, index) => {
    const timestampMs = NOW_MS - 1000 * (count - 1 - index);
    return {
      baseOffset: index * 10,
      nextOffset: index * 10 + 10,
      sizeBytes: 100,
      maxTimestampMs: timestampMs,
      firstTimestampMs: timestampMs,
      modifiedMs: timestampMs,
      ...change,
    };
  });
}

function need(of: Partial<Parameters<typeof compactionNeed>[0]>) {
  const given = {
    segments: segments(4),
    firstDirtyOffset: 0,
    highWatermark: 40,
    limits,
    nowMs: NOW_MS,
    ...of,
  };
  return compactionNeed(given);
}

describe('what can be cleaned', () => {
  test('ends at the high watermark, in whole segments', () => {
    expect(need({})).toMatchObject({
      fromOffset: 0,
      toOffset: 40,
      dirtyBytes: 400,
      cleanBytes: 0,
      dirtyRatio: 1,
    });
    expect(need({ highWatermark: 39 })).toMatchObject({ toOffset: 30, dirtyBytes: 300 });
    expect(need({ highWatermark: 0 })).toMatchObject({ toOffset: 0, dirtyBytes: 0, isDue: false });
  });

  test('begins at the first dirty offset, also within a segment', () => {
    expect(need({ firstDirtyOffset: 20 })).toMatchObject({
      fromOffset: 20,
      cleanBytes: 200,
      dirtyBytes: 200,
    });
    expect(need({ firstDirtyOffset: 25 })).toMatchObject({
      fromOffset: 25,
      cleanBytes: 200,
      dirtyBytes: 200,
    });
  });

  test('ends before the first segment with a record that is too young, whatever follows', () => {
    const young = { ...limits, minCompactionLagMs: 1500 };
    expect(need({ limits: young })).toMatchObject({ toOffset: 20 });
    const withoutTimes = segments(4, { maxTimestampMs: -1, firstTimestampMs: -1 });
    expect(need({ limits: young, segments: withoutTimes })).toMatchObject({ toOffset: 20 });
  });
});

describe('a log is due', () => {
  test('when more than the ratio is dirty', () => {
    expect(need({ firstDirtyOffset: 20 })).toMatchObject({ dirtyRatio: 0.5, isDue: false });
    expect(need({ firstDirtyOffset: 10 })).toMatchObject({ dirtyRatio: 0.75, isDue: true });
  });

  test('when a dirty record is older than the longest lag; a clean one may be', () => {
    const overdue = { ...limits, minCleanableDirtyRatio: 1, maxCompactionLagMs: 1500 };
    expect(need({ limits: overdue })).toMatchObject({ isOverdue: true, isDue: true });
    expect(need({ limits: overdue, firstDirtyOffset: 20 })).toMatchObject({ isOverdue: false, isDue: false });
  });

  test('the one that is overdue goes first, then the dirtiest, and none that is not due', () => {
    const logs = [
      { name: 'clean', need: { ...need({}), isDue: false } },
      { name: 'dirty', need: { ...need({}), dirtyRatio: 0.9 } },
      { name: 'overdue', need: { ...need({}), dirtyRatio: 0.1, isOverdue: true } },
    ];
    expect(mostInNeed(logs)?.name).toBe('overdue');
    expect(mostInNeed(logs.slice(0, 2))?.name).toBe('dirty');
    expect(mostInNeed(logs.slice(0, 1))).toBeUndefined();
  });
});
