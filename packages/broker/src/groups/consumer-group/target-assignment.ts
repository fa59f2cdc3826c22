/**
 * The target assignment of a consumer group: its members and their subscriptions in the form that assignors take.
 * What the last target gave to a member is what it had, also when the member has not got there yet.
 */
import type { TopicId } from '@tidelog/protocol';
import type { TopicView } from '../group-decision.ts';
import type { ConsumerGroupMemberValue, PartitionsByTopic } from '../group-records.ts';
import type { AssignorMember } from '../assignors/assignor.ts';
import { preferredAssignor } from '../assignors/server-assignors.ts';
import type { Assignor } from '../assignors/assignor.ts';
import { subscriptionKey } from './consumer-group-state.ts';
import type { ResolvedPattern } from './consumer-group-state.ts';

/** Members by id, and what each was assigned. */
export interface AssignableGroup {
  members(): Iterable<[string, ConsumerGroupMemberValue]>;
  targetOf(memberId: string): PartitionsByTopic;
}

/**
 * The assignor that the group's members want.
 */
export function assignorOf(values: Iterable<Pick<ConsumerGroupMemberValue, 'serverAssignor'>>): Assignor {
  return preferredAssignor(Array.from(values, ({ serverAssignor }) => serverAssignor));
}

/** Who should own which partition of `topics`, which are all that the members subscribe to. */
export function computeTarget(
  group: AssignableGroup,
  topics: readonly TopicView[],
  patternOf: (pattern: string) => ResolvedPattern | undefined,
): Map<string, PartitionsByTopic> {
  const members = [...group.members()];
  if (members.length === 0) return new Map();
  const topicIdsOf = topicIdsBySubscription(topics, patternOf);
  return assignorOf(members.map(([, value]) => value)).assign(
    members.map(([memberId, value]): AssignorMember => ({
      memberId,
      instanceId: value.instanceId,
      rackId: value.rackId,
      topicIds: topicIdsOf(value),
      previous: group.targetOf(memberId),
    })),
    new Map(topics.map((topic) => [topic.topicId, topic])),
  );
}

/** In the order of `topics`; the same array for the same subscription. */
function topicIdsBySubscription(
  topics: readonly TopicView[],
  patternOf: (pattern: string) => ResolvedPattern | undefined,
): (value: ConsumerGroupMemberValue) => readonly TopicId[] {
  const known = new Map<string, readonly TopicId[]>();
  return (value) => {
    const key = subscriptionKey(value);
    let topicIds = known.get(key);
    if (topicIds === undefined) {
      const names = new Set([
        ...value.subscribedTopicNames,
        ...(patternOf(value.subscribedTopicRegex)?.topics ?? []),
      ]);
      topicIds = topics.filter(({ topic }) => names.has(topic)).map(({ topicId }) => topicId);
      known.set(key, topicIds);
    }
    return topicIds;
  };
}
