/**
 * What the coordinator wrote, held against what it promises: the log of a group is the order in which things were
 * accepted, whatever members have seen of it.
 *
 *   a partition belongs to one member at any time, what it still has to give up included
 *   committed offsets of a partition never go back
 *   what a member was told is committed is in the log
 */
import type { GroupRecord } from '../../../broker/src/groups/group-records.ts';
import { keyOf, type CommitAttempted, type GroupEvent } from './group-history.ts';
import type { Violation } from './violation.ts';

/** Checks the records of one group, in the order of its log, against the history that its members wrote. */
export function checkGroupLog(records: readonly GroupRecord[], history: readonly GroupEvent[]): Violation[] {
  const violations: Violation[] = [];
  const owned = new Map<string, ReadonlySet<string>>();
  const committed = new Map<string, Set<number>>();
  const highest = new Map<string, number>();
  records.forEach((record, index) => {
    if (record.type === 'currentAssignment') {
      const { memberId } = record;
      const keys = ownedBy(record);
      for (const [otherId, others] of owned) {
        const shared = otherId === memberId ? undefined : [...keys].find((key) => others.has(key));
        if (shared === undefined) continue;
        violations.push({
          rule: 'two owners',
          message: `record ${index} gives ${shared} to ${memberId}, ${otherId} has it`,
        });
      }
      owned.set(memberId, keys);
    }
    if (record.type !== 'offsetCommit' || record.value === null) return;
    const key = keyOf(record);
    const { offset } = record.value;
    const before = highest.get(key) ?? 0;
    if (offset < before) {
      violations.push({
        rule: 'committed offset went back',
        message: `record ${index} commits ${key}@${offset} after ${before}`,
      });
    }
    highest.set(key, Math.max(before, offset));
    committed.set(key, (committed.get(key) ?? new Set<number>()).add(offset));
  });
  return [...violations, ...missingCommits(committed, history)];
}

function ownedBy({ value }: GroupRecord & { type: 'currentAssignment' }): Set<string> {
  const keys = new Set<string>();
  for (const partitions of [value?.assignedPartitions, value?.partitionsPendingRevocation]) {
    for (const [topicId, numbers] of partitions ?? [])
      for (const partition of numbers) keys.add(`${topicId}-${partition}`);
  }
  return keys;
}

function missingCommits(
  committed: ReadonlyMap<string, ReadonlySet<number>>,
  history: readonly GroupEvent[],
): Violation[] {
  const attempts = new Map<string, CommitAttempted>();
  return history.flatMap((event) => {
    if (event.type === 'commitAttempted') attempts.set(`${event.member} ${event.commitId}`, event);
    if (event.type !== 'commitAcknowledged') return [];
    const attempt = attempts.get(`${event.member} ${event.commitId}`);
    const missing = attempt?.offsets.filter((at) => committed.get(keyOf(at))?.has(at.offset) !== true) ?? [];
    return missing.map((at) => ({
      rule: 'acknowledged commit is not in the log',
      message: `${keyOf(at)}@${at.offset}, of ${event.member}`,
    }));
  });
}
