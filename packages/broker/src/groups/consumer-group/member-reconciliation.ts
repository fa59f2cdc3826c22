/**
 * How one member gets from what it owns to its target, one heartbeat at a time (KIP-848):
 *
 *   stable ──target changed──► has to give up some?
 *     yes: unrevokedPartitions, at its epoch, told to own only what it keeps. Until its heartbeat no longer names
 *          them among what it owns: then as below.
 *     no:  at the epoch of the target, it gets what is free; when nothing is missing it is `stable`, else
 *          unreleasedPartitions: others still have to give up what it waits for.
 *
 * Invariant: a partition is added only when nobody has it, and leaves a member only when the member says so.
 */
import type { TopicId } from '@tidelog/protocol';
import type { TopicIdPartitions } from '../../group-requests.ts';
import type { CurrentAssignmentValue, MemberState, PartitionsByTopic } from '../group-records.ts';
import {
  hasSamePartitions,
  joinPartitions,
  NO_PARTITIONS,
  overlaps,
  splitPartitions,
} from './partitions-by-topic.ts';

export interface ReconciliationInput {
  readonly current: CurrentAssignmentValue;
  /** The epoch that the member is known to have seen: that of its request. */
  readonly seenEpoch: number;
  readonly targetEpoch: number;
  readonly target: PartitionsByTopic;
  /** What the member says it owns; undefined: as it said before. */
  readonly owned: readonly TopicIdPartitions[] | undefined;
  /** True when nobody else has the partition. */
  isFree(topicId: TopicId, partition: number): boolean;
}

/** Where the member is after this heartbeat; the same object when it did not get further. */
export function reconcile(input: ReconciliationInput): CurrentAssignmentValue {
  const { current } = input;
  switch (current.state) {
    case 'stable':
      return current.memberEpoch === input.targetEpoch ? current : next(input, current.memberEpoch);
    case 'unrevokedPartitions':
      if (stillOwns(input, current.partitionsPendingRevocation)) return current;
      // More to give up by a newer target keeps the member below that target's epoch, and above the one it was at.
      return next(input, Math.min(current.memberEpoch + 1, input.targetEpoch));
    case 'unreleasedPartitions':
      return next(input, current.memberEpoch);
  }
}

function next(input: ReconciliationInput, epochWhileRevoking: number): CurrentAssignmentValue {
  const { current, target } = input;
  const { both: kept, onlyFrom: surplus } = splitPartitions(current.assignedPartitions, target);
  if (surplus.size > 0 && stillOwns(input, surplus)) {
    return advance(input, epochWhileRevoking, 'unrevokedPartitions', kept, surplus);
  }
  const { free, isComplete } = freeOf(splitPartitions(target, kept).onlyFrom, input);
  const assigned = joinPartitions(kept, free);
  return advance(
    input,
    input.targetEpoch,
    isComplete ? 'stable' : 'unreleasedPartitions',
    assigned,
    NO_PARTITIONS,
  );
}

/** A member that did not say what it owns owns what it was told to own. */
function stillOwns({ owned }: ReconciliationInput, partitions: PartitionsByTopic): boolean {
  return owned === undefined || overlaps(owned, partitions);
}

function freeOf(
  wanted: PartitionsByTopic,
  { isFree }: ReconciliationInput,
): { free: PartitionsByTopic; isComplete: boolean } {
  let isComplete = true;
  const free = new Map<TopicId, readonly number[]>();
  for (const [topicId, partitions] of wanted) {
    const freeOnes = partitions.filter((partition) => isFree(topicId, partition));
    if (freeOnes.length < partitions.length) isComplete = false;
    if (freeOnes.length > 0) free.set(topicId, freeOnes);
  }
  return { free, isComplete };
}

function advance(
  { current, seenEpoch }: ReconciliationInput,
  memberEpoch: number,
  state: MemberState,
  assignedPartitions: PartitionsByTopic,
  partitionsPendingRevocation: PartitionsByTopic,
): CurrentAssignmentValue {
  const isSame =
    memberEpoch === current.memberEpoch &&
    state === current.state &&
    assignedPartitions === current.assignedPartitions &&
    hasSamePartitions(partitionsPendingRevocation, current.partitionsPendingRevocation);
  if (isSame) return current;
  return {
    memberEpoch,
    // As long as the member has not shown that it saw a later epoch, it may come with this one: answers get lost.
    previousMemberEpoch: memberEpoch === current.memberEpoch ? current.previousMemberEpoch : seenEpoch,
    state,
    assignedPartitions,
    partitionsPendingRevocation,
  };
}
