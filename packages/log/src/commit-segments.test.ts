import { expect, test } from 'vitest';
import { CommitSegments, type CommitSegment } from './commit-segments.ts';
import type { CommitFile } from './durability.ts';

const fileOf = (segmentBaseOffset: number, partitionDir = 'orders-0'): CommitFile => ({
  partitionDir,
  segmentBaseOffset,
  handle: () => Promise.reject(new Error('not opened here')),
});

test('two objects for one file are one segment, and the newer one is used', () => {
  const segments = new CommitSegments(() => false);
  const [before, after] = [fileOf(5), fileOf(5)];
  const segment = segments.of(before);
  expect(segments.of(after)).toBe(segment);
  expect(segment.file).toBe(after);
  expect(segments.of(fileOf(5, 'orders-1'))).not.toBe(segment);
  expect(segments.inDirectory('orders-0')).toEqual([segment]);
});

test('segments at rest are dropped when there are many; held and busy ones stay the same objects', () => {
  const held = new Set<CommitSegment>();
  const segments = new CommitSegments((segment) => held.has(segment));
  const [heldFile, busyFile, restingFile] = [fileOf(1), fileOf(2), fileOf(3)];
  held.add(segments.of(heldFile));
  segments.of(busyFile).entered = Promise.resolve();
  const resting = segments.of(restingFile);
  for (let base = 10; base < 2000; base++) segments.of(fileOf(base));
  expect(segments.size).toBeLessThan(1100);
  expect(held.has(segments.of(fileOf(1)))).toBe(true);
  expect(segments.of(fileOf(2)).entered).toBeDefined();
  expect(segments.of(restingFile)).not.toBe(resting);
  expect(segments.of(fileOf(3))).toBe(segments.of(restingFile));
});
