/**
 * Sets of partitions, as records hold them: topic id → sorted partition numbers, no empty lists. They are never
 * changed once made, so the same map may stand in a target, in a current assignment and in a record.
 */
import type { TopicId } from '@tidelog/protocol';
import type { TopicIdPartitions } from '../../group-requests.ts';
import type { PartitionsByTopic } from '../group-records.ts';

export const NO_PARTITIONS: PartitionsByTopic = new Map();

/** Same partitions, whatever the order of the topics. */
export function hasSamePartitions(left: PartitionsByTopic, right: PartitionsByTopic): boolean {
  if (left === right) return true;
  if (left.size !== right.size) return false;
  for (const [topicId, partitions] of left) {
    const others = right.get(topicId);
    if (others?.length !== partitions.length) return false;
    for (let i = 0; i < partitions.length; i++) if (partitions[i] !== others[i]) return false;
  }
  return true;
}

/** Splits `from` into what is also in `by` and what is not; `both` is `from` itself when nothing is left over. */
export function splitPartitions(
  from: PartitionsByTopic,
  by: PartitionsByTopic,
): { both: PartitionsByTopic; onlyFrom: PartitionsByTopic } {
  if (from === by) return { both: from, onlyFrom: NO_PARTITIONS };
  const both = new Map<TopicId, readonly number[]>();
  const onlyFrom = new Map<TopicId, readonly number[]>();
  for (const [topicId, partitions] of from) {
    const others = by.get(topicId);
    if (others === undefined) {
      onlyFrom.set(topicId, partitions);
      continue;
    }
    const shared: number[] = [];
    const rest: number[] = [];
    let at = 0;
    for (const partition of partitions) {
      while (at < others.length && others[at]! < partition) at++;
      (others[at] === partition ? shared : rest).push(partition);
    }
    if (shared.length > 0) both.set(topicId, shared);
    if (rest.length > 0) onlyFrom.set(topicId, rest);
  }
  return onlyFrom.size === 0 ? { both: from, onlyFrom: NO_PARTITIONS } : { both, onlyFrom };
}

/** The union of two sets that share no partition. */
export function joinPartitions(left: PartitionsByTopic, right: PartitionsByTopic): PartitionsByTopic {
  if (right.size === 0) return left;
  if (left.size === 0) return right;
  const joined = new Map(left);
  for (const [topicId, partitions] of right) {
    const others = joined.get(topicId);
    joined.set(topicId, others === undefined ? partitions : [...others, ...partitions].sort((a, b) => a - b));
  }
  return joined;
}

/** True when a member's list names only partitions of the set. */
export function isSubset(list: readonly TopicIdPartitions[], set: PartitionsByTopic): boolean {
  return list.every(({ topicId, partitions }) => {
    if (partitions.length === 0) return true;
    const others = set.get(topicId);
    if (others === undefined) return false;
    const known = new Set(others);
    return partitions.every((partition) => known.has(partition));
  });
}

/** True when a member's list names a partition of the set. */
export function overlaps(list: readonly TopicIdPartitions[], set: PartitionsByTopic): boolean {
  if (set.size === 0) return false;
  return list.some(({ topicId, partitions }) => {
    const others = set.get(topicId);
    if (others === undefined) return false;
    const known = new Set(others);
    return partitions.some((partition) => known.has(partition));
  });
}

/** True when a member's list names the partitions of the set and no others. Cheap for lists in the order of the set. */
export function isSame(list: readonly TopicIdPartitions[], set: PartitionsByTopic): boolean {
  if (list.length !== set.size) return false;
  return list.every(({ topicId, partitions }) => {
    const others = set.get(topicId);
    if (others?.length !== partitions.length) return false;
    if (partitions.every((partition, i) => partition === others[i])) return true;
    const named = new Set(partitions);
    return others.every((partition) => named.has(partition));
  });
}

/** As a heartbeat answers it. */
export function toTopicIdPartitions(set: PartitionsByTopic): TopicIdPartitions[] {
  return Array.from(set, ([topicId, partitions]) => ({ topicId, partitions }));
}

export function partitionCountOf(set: PartitionsByTopic): number {
  let count = 0;
  for (const partitions of set.values()) count += partitions.length;
  return count;
}
