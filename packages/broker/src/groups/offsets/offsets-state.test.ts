import { expect, test } from 'vitest';
import type { CommittedOffset } from '../group-records.ts';
import { OffsetsState } from './offsets-state.ts';

function commit(groupId: string, topic: string, partition: number, offset: number | null) {
  const value: CommittedOffset | null =
    offset === null ? null : { offset, leaderEpoch: -1, metadata: '', commitTimestampMs: 1 };
  return { type: 'offsetCommit', groupId, topic, partition, value } as const;
}

test('the last commit of a partition counts, and a tombstone removes it with its empty topic and group', () => {
  const state = new OffsetsState();
  state.apply(commit('g', 'a', 0, 1));
  state.apply(commit('g', 'a', 0, 2));
  state.apply(commit('g', 'a', 1, 3));
  expect(state.committed('g', 'a', 0)?.offset).toBe(2);
  expect(state.count).toBe(2);
  expect([...state.offsetsOf('g')].map((row) => row.committed.offset)).toEqual([2, 3]);
  state.apply(commit('g', 'a', 0, null));
  state.apply(commit('g', 'a', 1, null));
  expect(state.count).toBe(0);
  expect([...state.groupIds()]).toEqual([]);
  expect(state.has('g')).toBe(false);
});

test('a tombstone for what is not there changes nothing', () => {
  const state = new OffsetsState();
  state.apply(commit('g', 'a', 0, 1));
  state.apply(commit('g', 'b', 0, null));
  state.apply(commit('h', 'a', 0, null));
  expect(state.count).toBe(1);
});
