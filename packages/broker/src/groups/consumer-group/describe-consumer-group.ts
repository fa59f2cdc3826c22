/**
 * A consumer group as administrators see it: what each member owns, and what it is to own.
 */
import type { DescribedGroup, DescribedMember, NamedTopicPartitions } from '../../group-requests.ts';
import type { TopicsView } from '../group-decision.ts';
import type { PartitionsByTopic } from '../group-records.ts';
import type { ConsumerGroup, ConsumerGroupMember } from './consumer-group-state.ts';
import { assignorOf } from './target-assignment.ts';

export function describeConsumerGroup(group: ConsumerGroup, topics: TopicsView): DescribedGroup {
  return {
    groupId: group.groupId,
    type: 'consumer',
    protocolType: 'consumer',
    state: group.state,
    groupEpoch: group.groupEpoch,
    assignmentEpoch: group.assignmentEpoch,
    assignor: assignorOf(Array.from(group.members.values(), ({ value }) => value)).name,
    members: Array.from(group.members.values(), (member) => describeMember(group, member, topics)),
  };
}

function describeMember(
  group: ConsumerGroup,
  member: ConsumerGroupMember,
  topics: TopicsView,
): DescribedMember {
  const { value, current, memberId } = member;
  return {
    memberId,
    instanceId: value.instanceId,
    rackId: value.rackId,
    clientId: value.clientId,
    clientHost: value.clientHost,
    memberEpoch: current.memberEpoch,
    subscribedTopicNames: value.subscribedTopicNames,
    subscribedTopicRegex: value.subscribedTopicRegex === '' ? undefined : value.subscribedTopicRegex,
    assignment: named(current.assignedPartitions, topics),
    targetAssignment: named(group.targetOf(memberId), topics),
    ...(value.classicMember !== undefined && { isClassic: true }),
  };
}

/** Topics that are gone have no name: they are left out. */
function named(partitionsByTopic: PartitionsByTopic, topics: TopicsView): NamedTopicPartitions[] {
  const rows: NamedTopicPartitions[] = [];
  for (const [topicId, partitions] of partitionsByTopic) {
    const topic = topics.withId(topicId)?.topic;
    if (topic !== undefined) rows.push({ topic, topicId, partitions });
  }
  return rows;
}
