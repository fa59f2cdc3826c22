import { expect, test } from 'vitest';
import type { GroupRecord } from '../../../broker/src/groups/group-records.ts';
import type { GroupEvent } from './group-history.ts';
import { checkGroupLog } from './group-log-checks.ts';

function current(memberId: string, assigned: number[], pending: number[] = []): GroupRecord {
  const value = {
    memberEpoch: 1,
    previousMemberEpoch: 0,
    state: 'stable' as const,
    assignedPartitions: new Map([['id', assigned]]),
    partitionsPendingRevocation: new Map([['id', pending]]),
  };
  return { type: 'currentAssignment', groupId: 'g', memberId, value };
}

function gone(memberId: string): GroupRecord {
  return { type: 'currentAssignment', groupId: 'g', memberId, value: null };
}

function commit(partition: number, offset: number): GroupRecord {
  const value = { offset, leaderEpoch: -1, metadata: '', commitTimestampMs: 0 };
  return { type: 'offsetCommit', groupId: 'g', topic: 't', partition, value };
}

const accepted = (offset: number): GroupEvent[] => [
  {
    type: 'commitAttempted',
    atMs: 0,
    member: 'a',
    commitId: 1,
    memberEpoch: 1,
    offsets: [{ topic: 't', partition: 0, offset }],
  },
  { type: 'commitAcknowledged', atMs: 1, member: 'a', commitId: 1, memberEpoch: 1 },
];

function rulesOf(records: GroupRecord[], history: GroupEvent[] = []): string[] {
  return checkGroupLog(records, history).map(({ rule }) => rule);
}

test('a hand-over, an eviction and rising commits are in order', () => {
  const records = [current('a', [0, 1]), commit(0, 3), current('a', [0], [1]), current('a', [0])];
  records.push(current('b', [1]), commit(0, 3), commit(0, 4), gone('a'), current('b', [0, 1]), commit(1, 1));
  expect(rulesOf(records, accepted(4))).toEqual([]);
});

test('a partition that is given before it was given up is found', () => {
  expect(rulesOf([current('a', [0], [1]), current('b', [1])])).toEqual(['two owners']);
});

test('an offset that goes back is found', () => {
  expect(rulesOf([commit(0, 4), commit(1, 2), commit(0, 3)])).toEqual(['committed offset went back']);
});

test('a commit that was acknowledged and not written is found', () => {
  expect(rulesOf([commit(0, 4)], accepted(5))).toEqual(['acknowledged commit is not in the log']);
});
