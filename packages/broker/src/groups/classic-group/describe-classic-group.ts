/**
 * A classic group as administrators see it. What members exchange is shown as bytes, and read where it is of the
 * protocol type `consumer`; what they exchange while the group is not stable is about to change and is not shown.
 */
import type { DescribedGroup, DescribedMember, NamedTopicPartitions } from '../../group-requests.ts';
import type { TopicsView } from '../group-decision.ts';
import { CONSUMER_PROTOCOL_TYPE } from './classic-group-state.ts';
import type { ClassicGroup, ClassicMember } from './classic-group-state.ts';
import { readAssignment, readSubscription } from './classic-subscriptions.ts';

const NO_BYTES = Buffer.alloc(0);

export function describeClassicGroup(group: ClassicGroup, topics: TopicsView): DescribedGroup {
  return {
    groupId: group.groupId,
    type: 'classic',
    protocolType: group.protocolType ?? '',
    state: group.phase,
    groupEpoch: group.generationId,
    assignmentEpoch: group.generationId,
    assignor: group.phase === 'Stable' ? (group.protocolName ?? '') : '',
    members: Array.from(group.members.values(), (member) => describeMember(group, member, topics)),
  };
}

function describeMember(group: ClassicGroup, member: ClassicMember, topics: TopicsView): DescribedMember {
  const isStable = group.phase === 'Stable';
  const metadata = isStable ? group.metadataOf(member) : NO_BYTES;
  const assignment = isStable ? member.assignment : NO_BYTES;
  const isReadable = isStable && group.protocolType === CONSUMER_PROTOCOL_TYPE;
  const partitions = isReadable ? describeAssignment(assignment, topics) : [];
  const subscription = isReadable ? readSubscription(metadata) : undefined;
  return {
    memberId: member.memberId,
    instanceId: member.groupInstanceId,
    rackId: subscription?.rackId ?? undefined,
    clientId: member.clientId,
    clientHost: member.clientHost,
    memberEpoch: group.generationId,
    subscribedTopicNames: subscription?.topics ?? [],
    assignment: partitions,
    targetAssignment: partitions,
    classic: { metadata, assignment },
  };
}

function describeAssignment(assignment: Buffer, topics: TopicsView): NamedTopicPartitions[] {
  return (readAssignment(assignment)?.assignedPartitions ?? []).map(({ topic, partitions }) => ({
    topic,
    topicId: topics.named(topic)?.topicId,
    partitions,
  }));
}
