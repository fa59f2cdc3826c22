/**
 * The assignor `uniform`, the default: members get as equal numbers of partitions as their subscriptions allow.
 * Balance comes first, then that partitions stay where they are; racks as far as these allow (each file says how).
 */
import type { TopicId } from '@tidelog/protocol';
import type { Assignor, AssignorMember } from './assignor.ts';
import { assignEvenly } from './even-assignment.ts';
import { assignLeveled } from './leveled-assignment.ts';

export const uniformAssignor: Assignor = {
  name: 'uniform',
  assign: (members, topics) => {
    if (!hasOneSubscription(members)) return assignLeveled(members, [...topics.values()]);
    return assignEvenly(
      members,
      members[0]!.topicIds.flatMap((topicId) => topics.get(topicId) ?? []),
    );
  },
};

function hasOneSubscription(members: readonly AssignorMember[]): boolean {
  const first = members[0]!.topicIds;
  const compared = new Set<readonly TopicId[]>([first]);
  for (const { topicIds } of members) {
    if (compared.has(topicIds)) continue;
    if (topicIds.length !== first.length || topicIds.some((topicId, i) => topicId !== first[i])) return false;
    compared.add(topicIds);
  }
  return true;
}
