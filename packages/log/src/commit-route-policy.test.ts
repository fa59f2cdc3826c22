import { expect, test } from 'vitest';
import { CommitRoutePolicy } from './commit-route-policy.ts';

const small = (directFileCount: number) => ({ sizeBytes: 200, directFileCount, pendingBytes: 0 });

test('few files are synced directly, many go through the journal', () => {
  const policy = new CommitRoutePolicy({ directFileLimit: 4 });
  expect([1, 2, 3, 4].map((count) => policy.route(small(count)))).toEqual(Array(4).fill('direct'));
  expect(policy.route(small(5))).toBe('journal');
  expect(policy.route(small(1))).toBe('journal');
});

test('it goes back to direct syncs only after a run of groups with few files', () => {
  const policy = new CommitRoutePolicy({ directFileLimit: 4, calmGroups: 3 });
  policy.route(small(5));
  for (const fileCount of [1, 4, 5, 1, 1]) policy.groupDone(fileCount);
  expect(policy.route(small(1))).toBe('journal');
  policy.groupDone(2);
  expect(policy.route(small(1))).toBe('direct');
});

test('large writes are direct in either state, and do not change it', () => {
  const policy = new CommitRoutePolicy({ directFileLimit: 1, directWriteBytes: 1000 });
  expect(policy.route({ sizeBytes: 1000, directFileCount: 9, pendingBytes: 0 })).toBe('direct');
  expect(policy.mode).toBe('direct');
  policy.route(small(2));
  expect(policy.route({ sizeBytes: 1000, directFileCount: 1, pendingBytes: 0 })).toBe('direct');
  expect(policy.mode).toBe('journal');
});

test('when too many bytes wait for the journal, commits are direct', () => {
  const policy = new CommitRoutePolicy({ directFileLimit: 0, maxPendingBytes: 1000 });
  expect(policy.route({ sizeBytes: 200, directFileCount: 1, pendingBytes: 800 })).toBe('journal');
  expect(policy.route({ sizeBytes: 200, directFileCount: 1, pendingBytes: 801 })).toBe('direct');
});

test('with a limit of 0 it always uses the journal', () => {
  const policy = new CommitRoutePolicy({ directFileLimit: 0, calmGroups: 1 });
  policy.groupDone(0);
  expect(policy.route(small(1))).toBe('journal');
});
