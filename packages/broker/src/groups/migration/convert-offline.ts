/**
 * Changing the type of a group that has no members (KIP-848, offline migration): the records of the old type are
 * taken back, and the group begins anew in the other type. Committed offsets are records of their own and stay.
 */
import type { ClassicGroup } from '../classic-group/classic-group-state.ts';
import type { ConsumerGroup } from '../consumer-group/consumer-group-state.ts';
import type { GroupRecord } from '../group-records.ts';

/** What takes back every record of a group; the record that says the group exists comes last. */
export function groupTombstones(group: ConsumerGroup | ClassicGroup): GroupRecord[] {
  return group.type === 'consumer' ? consumerGroupTombstones(group) : classicGroupTombstones(group);
}

/** What takes back every record of a consumer group, its members' included. */
export function consumerGroupTombstones(group: ConsumerGroup): GroupRecord[] {
  const { groupId } = group;
  const records: GroupRecord[] = [];
  for (const memberId of group.members.keys()) {
    records.push({ type: 'currentAssignment', groupId, memberId, value: null });
  }
  for (const memberId of group.targetAssignments.keys()) {
    records.push({ type: 'targetAssignmentMember', groupId, memberId, value: null });
  }
  records.push({ type: 'targetAssignment', groupId, value: null });
  for (const memberId of group.members.keys()) {
    records.push({ type: 'consumerGroupMember', groupId, memberId, value: null });
  }
  for (const pattern of group.patterns.keys()) {
    records.push({ type: 'regularExpression', groupId, pattern, value: null });
  }
  records.push({ type: 'consumerGroup', groupId, value: null });
  return records;
}

/** What takes back the record of a classic group, if there is one. */
export function classicGroupTombstones(group: ClassicGroup): GroupRecord[] {
  return group.isWritten ? [{ type: 'classicGroup', groupId: group.groupId, value: null }] : [];
}
