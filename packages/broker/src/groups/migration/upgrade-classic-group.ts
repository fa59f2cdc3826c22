/**
 * Online upgrade (KIP-848): a member of the consumer protocol joins a classic group with members, and the group
 * becomes a consumer group. Its members go on as classic members of it (classic-members.ts): their generation becomes
 * their member epoch, and what they own stays theirs until they give it up. Who waits for a join or a sync is told to
 * join again.
 *
 * Nothing that is not written changes here: the heartbeat that brings the upgrade about may still be refused, and the
 * classic group goes on then.
 */
import type { TopicId } from '@tidelog/protocol';
import { TidelogError } from '@tidelog/record/errors';
import type { TopicIdPartitions } from '../../group-requests.ts';
import { CONSUMER_PROTOCOL_TYPE } from '../classic-group/classic-group-state.ts';
import type { ClassicGroup, ClassicMember } from '../classic-group/classic-group-state.ts';
import { refusedJoin, refusedSync } from '../classic-group/classic-rebalance.ts';
import { readAssignment } from '../classic-group/classic-subscriptions.ts';
import { ConsumerGroup } from '../consumer-group/consumer-group-state.ts';
import type { DecisionDraft } from '../decision-draft.ts';
import type { DecisionContext } from '../group-decision.ts';
import type { ConsumerGroupMemberValue, GroupRecord, PartitionsByTopic } from '../group-records.ts';
import { classicGroupTombstones } from './convert-offline.ts';
import { byTopicId, embeddedSubscription, partitionSet } from './embedded-protocol.ts';
import type { EmbeddedSubscription } from './embedded-protocol.ts';

/**
 * Writes the classic group as a consumer group, and returns that as it will be.
 *
 * @throws GROUP_ID_NOT_FOUND when the members do not speak a protocol that can be translated
 */
export function upgradeClassicGroup(
  group: ClassicGroup,
  context: DecisionContext,
  draft: DecisionDraft,
): ConsumerGroup {
  if (group.protocolType !== CONSUMER_PROTOCOL_TYPE) throw notConvertible(group, 'they are no consumers');
  const converted = new ConsumerGroup(group.groupId);
  const write = (record: GroupRecord): void => draft.write(record);
  draft.write(...classicGroupTombstones(group));
  const converting = [...group.members.values()].map((member) => readMember(group, member, context));
  const ownerOf = ownersOf(converting);
  for (const { member, subscription, assigned } of converting) {
    const owned = partitionSet(
      [...assigned, ...subscription.owned],
      (topicId, partition) => ownerOf(topicId, partition) !== member.memberId,
    );
    convertMember(converted, { member, subscription, owned, generationId: group.generationId }, write);
    refuseWaiting(draft, group, member);
  }
  const { groupId, generationId } = group;
  converted.applyEpoch({ epoch: generationId, metadataHash: 0 });
  converted.assignmentEpoch = generationId;
  // The hash of no topics is not that of the subscribed ones: the heartbeat begins a new epoch, also when its member
  // takes the place of a static one. Members may have left, or wait for their first partitions.
  converted.isMetadataStale = true;
  write({ type: 'consumerGroup', groupId, value: { epoch: generationId, metadataHash: 0 } });
  write({ type: 'targetAssignment', groupId, value: { assignmentEpoch: generationId } });
  return converted;
}

/** A member and what it has according to the last leader, and according to itself. */
interface ConvertingMember {
  readonly member: ClassicMember;
  readonly subscription: EmbeddedSubscription;
  readonly assigned: readonly TopicIdPartitions[];
}

function readMember(
  group: ClassicGroup,
  member: ClassicMember,
  { topics }: DecisionContext,
): ConvertingMember {
  const subscription = embeddedSubscription(member.protocols, topics);
  if (subscription === undefined) {
    throw notConvertible(group, `the subscription of '${member.memberId}' cannot be read`);
  }
  const assigned = byTopicId(readAssignment(member.assignment)?.assignedPartitions ?? [], topics);
  return { member, subscription, assigned };
}

/**
 * Who has what: whoever the last leader gave it to; of what it gave to nobody, the first who said that it has it,
 * since a member that joined since may not have given it up yet.
 */
function ownersOf(
  converting: readonly ConvertingMember[],
): (topicId: TopicId, partition: number) => string | undefined {
  const owners = new Map<TopicId, Map<number, string>>();
  const claim = (memberId: string, lists: readonly TopicIdPartitions[]): void => {
    for (const { topicId, partitions } of lists) {
      const known = owners.get(topicId) ?? new Map<number, string>();
      owners.set(topicId, known);
      for (const partition of partitions) if (!known.has(partition)) known.set(partition, memberId);
    }
  };
  for (const { member, assigned } of converting) claim(member.memberId, assigned);
  for (const { member, subscription } of converting) claim(member.memberId, subscription.owned);
  return (topicId, partition) => owners.get(topicId)?.get(partition);
}

function convertMember(
  converted: ConsumerGroup,
  converting: {
    readonly member: ClassicMember;
    readonly subscription: EmbeddedSubscription;
    readonly owned: PartitionsByTopic;
    readonly generationId: number;
  },
  write: (record: GroupRecord) => void,
): void {
  const { member, subscription, owned, generationId } = converting;
  const { groupId } = converted;
  const { memberId } = member;
  const value = memberValue(member, subscription);
  const current = {
    memberEpoch: generationId,
    previousMemberEpoch: generationId,
    state: 'stable',
    assignedPartitions: owned,
    partitionsPendingRevocation: new Map(),
  } as const;
  converted.applyMember(memberId, value);
  converted.applyTarget(memberId, { partitions: owned });
  converted.applyCurrent(memberId, current);
  write({ type: 'consumerGroupMember', groupId, memberId, value });
  write({ type: 'targetAssignmentMember', groupId, memberId, value: { partitions: owned } });
  write({ type: 'currentAssignment', groupId, memberId, value: current });
}

function memberValue(member: ClassicMember, subscription: EmbeddedSubscription): ConsumerGroupMemberValue {
  return {
    instanceId: member.groupInstanceId,
    rackId: subscription.rackId,
    clientId: member.clientId,
    clientHost: member.clientHost,
    subscribedTopicNames: subscription.topics,
    subscribedTopicRegex: '',
    rebalanceTimeoutMs: member.rebalanceTimeoutMs,
    serverAssignor: undefined,
    classicMember: { sessionTimeoutMs: member.sessionTimeoutMs, supportedProtocols: member.protocols },
  };
}

function refuseWaiting(draft: DecisionDraft, group: ClassicGroup, member: ClassicMember): void {
  const message = `the group '${group.groupId}' becomes a consumer group; join again`;
  const error = new TidelogError('REBALANCE_IN_PROGRESS', message);
  if (member.waitingJoinId !== undefined)
    draft.answer(member.waitingJoinId, refusedJoin(member.memberId, error));
  if (member.waitingSyncId !== undefined) draft.answer(member.waitingSyncId, refusedSync(error));
}

function notConvertible(group: ClassicGroup, why: string): TidelogError {
  return new TidelogError(
    'GROUP_ID_NOT_FOUND',
    `the group '${group.groupId}' has classic members and cannot become a consumer group, because ${why}: stop them, ` +
      'or use another group id',
  );
}
