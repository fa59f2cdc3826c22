import { describe, expect, test } from 'vitest';
import { textBatch } from '../test/log-fixture.ts';
import { measureBatches } from './batch-range.ts';

const A = textBatch({ values: ['a0', 'a1', 'a2'], baseOffset: 10 });
const B = textBatch({ values: ['b0'], baseOffset: 13 });
const C = textBatch({ values: ['c0', 'c1'], baseOffset: 14 });
const ALL = Buffer.concat([A, B, C]);
const range = { fromOffset: 10, upToOffset: 100, availableBytes: ALL.length, gapsBelow: 0 };

describe('whole batches', () => {
  test('all of them when all are there', () => {
    expect(measureBatches(ALL, range)).toEqual({
      sizeBytes: ALL.length,
      nextOffset: 16,
      firstBatchBytes: undefined,
      fault: undefined,
    });
  });

  test('the cut falls behind the last whole one', () => {
    expect(measureBatches(ALL.subarray(0, ALL.length - 1), range)).toMatchObject({
      sizeBytes: A.length + B.length,
      nextOffset: 14,
    });
    expect(measureBatches(ALL.subarray(0, A.length + 20), range)).toMatchObject({
      sizeBytes: A.length,
      nextOffset: 13,
    });
  });

  test('a first batch that is not there as a whole says how large it is', () => {
    expect(measureBatches(ALL.subarray(0, 61), range)).toMatchObject({
      sizeBytes: 0,
      nextOffset: 10,
      firstBatchBytes: A.length,
    });
  });

  test('batches that reach the end offset stay out', () => {
    expect(measureBatches(ALL, { ...range, upToOffset: 14 })).toMatchObject({ nextOffset: 14 });
    expect(measureBatches(ALL, { ...range, upToOffset: 15 })).toMatchObject({ nextOffset: 14 });
    expect(measureBatches(ALL, { ...range, upToOffset: 12 })).toMatchObject({ sizeBytes: 0 });
  });

  test('the first may begin before the offset that was asked for', () => {
    expect(measureBatches(ALL, { ...range, fromOffset: 12 })).toMatchObject({
      nextOffset: 16,
      fault: undefined,
    });
  });
});

describe('faults', () => {
  test.each<[string, (bytes: Buffer) => void, RegExp]>([
    ['another magic', (bytes) => void (bytes[A.length + 16] = 1), /magic is 1/],
    [
      'a size beyond the segment',
      (bytes) => void bytes.writeInt32BE(1_000_000_000, A.length + 8),
      /1000000012 bytes/,
    ],
    ['a size below a header', (bytes) => void bytes.writeInt32BE(10, A.length + 8), /22 bytes/],
    [
      'offsets that do not continue',
      (bytes) => void bytes.writeInt32BE(15, A.length + 4),
      /15 to 15 where 13/,
    ],
  ])('%s ends the range before it', (_what, damage, reason) => {
    const bytes = Buffer.from(ALL);
    damage(bytes);
    const measured = measureBatches(bytes, range);
    expect(measured).toMatchObject({ sizeBytes: A.length, nextOffset: 13 });
    expect(measured.fault).toMatch(reason);
  });

  test('a first batch that does not hold the offset is one', () => {
    expect(measureBatches(ALL, { ...range, fromOffset: 9 }).fault).toBeDefined();
    expect(measureBatches(ALL, { ...range, fromOffset: 13 }).fault).toBeDefined();
  });
});

describe('below the offset where compaction ends', () => {
  const compacted = { ...range, gapsBelow: 14 };
  const withoutB = Buffer.concat([A, C]);
  const bounds = { ...compacted, availableBytes: withoutB.length };

  test('offsets may be missing before a batch, also before the first', () => {
    expect(measureBatches(withoutB, bounds)).toMatchObject({ nextOffset: 16, fault: undefined });
    expect(measureBatches(ALL, { ...compacted, fromOffset: 7 })).toMatchObject({ nextOffset: 16 });
  });

  test('but not beyond it, and none may come twice', () => {
    expect(measureBatches(withoutB, { ...bounds, gapsBelow: 13 })).toMatchObject({ nextOffset: 13 });
    expect(measureBatches(withoutB, { ...bounds, gapsBelow: 13 }).fault).toMatch(/14 to 15 where 13/);
    const twice = Buffer.concat([A, A]);
    const measured = measureBatches(twice, { ...bounds, availableBytes: twice.length });
    expect(measured.fault).toMatch(/10 to 12 where 13/);
  });
});
