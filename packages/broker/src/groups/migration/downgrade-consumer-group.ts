/**
 * Online downgrade (KIP-848): the last member of the consumer protocol is gone, classic members remain, and the group
 * becomes a classic group. Its epoch becomes the generation; members keep what they own until they joined again, to
 * which the rebalance that begins at once asks them.
 *
 * The group's record names no leader, so that a coordinator that loads it goes on with that rebalance: in a group
 * that was taken for stable nobody would ever get what the gone member had.
 */
import { CONSUMER_PROTOCOL_TYPE, ClassicGroup } from '../classic-group/classic-group-state.ts';
import type { ClassicMember } from '../classic-group/classic-group-state.ts';
import { prepareRebalance } from '../classic-group/classic-rebalance.ts';
import { CLASSIC_GROUP_MAX_BYTES } from '../classic-group/join-classic-group.ts';
import type { ConsumerGroup, ConsumerGroupMember } from '../consumer-group/consumer-group-state.ts';
import type { DecisionDraft } from '../decision-draft.ts';
import type { DecisionContext } from '../group-decision.ts';
import type { GroupCoordinatorState } from '../group-coordinator-state.ts';
import type { ClassicMemberMetadata } from '../group-records.ts';
import { consumerGroupTombstones } from './convert-offline.ts';
import { embeddedAssignment } from './embedded-protocol.ts';

/** Makes the group a classic one when nobody but classic members is left; else returns false and does nothing. */
export function downgradeConsumerGroup(
  state: GroupCoordinatorState,
  departure: { readonly group: ConsumerGroup; readonly leaving: readonly ConsumerGroupMember[] },
  context: DecisionContext,
  draft: DecisionDraft,
): boolean {
  const { group } = departure;
  const leaving = new Set(departure.leaving);
  const isUpgraded = departure.leaving.some(({ value }) => value.classicMember === undefined);
  const remaining = [...group.members.values()].filter((member) => !leaving.has(member));
  const areClassic = remaining.every(({ value }) => value.classicMember !== undefined);
  if (!isUpgraded || remaining.length === 0 || !areClassic) return false;
  if (remaining.length > context.config.classicMaxSize) return false;
  const classic = classicGroupOf(group, remaining, context);
  // What would not fit into one record stays a consumer group of classic members, which works as well.
  if (classic.protocolName === undefined || recordBytes(classic) > CLASSIC_GROUP_MAX_BYTES) return false;
  draft.write(...consumerGroupTombstones(group), {
    type: 'classicGroup',
    groupId: group.groupId,
    value: {
      ...classic.toValue({ assignments: classic.assignments(), nowMs: context.nowMs }),
      leader: undefined,
    },
  });
  // The records make it a classic group; in its place already, it keeps what of it is not written.
  state.groups.set(group.groupId, classic);
  prepareRebalance(draft, classic, context);
  state.deadlines.schedule(classic.groupId, classic.nextDeadlineMs());
  return true;
}

function recordBytes(classic: ClassicGroup): number {
  let sizeBytes = classic.metadataBytes;
  for (const { assignment } of classic.members.values()) sizeBytes += assignment.length;
  return sizeBytes;
}

function classicGroupOf(
  group: ConsumerGroup,
  members: readonly ConsumerGroupMember[],
  context: DecisionContext,
): ClassicGroup {
  const classic = new ClassicGroup(group.groupId);
  classic.protocolType = CONSUMER_PROTOCOL_TYPE;
  classic.generationId = group.groupEpoch;
  classic.phase = 'Stable';
  for (const member of members) {
    const { classicMember } = member.value;
    if (classicMember !== undefined) classic.add(classicMemberOf(member, classicMember, context));
  }
  classic.protocolName = classic.selectProtocol();
  classic.beginSessions(context.monotonicMs);
  return classic;
}

function classicMemberOf(
  { memberId, value, current, sessionDeadlineMs }: ConsumerGroupMember,
  { sessionTimeoutMs, supportedProtocols }: ClassicMemberMetadata,
  { topics }: DecisionContext,
): ClassicMember {
  return {
    memberId,
    groupInstanceId: value.instanceId,
    clientId: value.clientId,
    clientHost: value.clientHost,
    rebalanceTimeoutMs: value.rebalanceTimeoutMs,
    sessionTimeoutMs,
    protocols: supportedProtocols,
    assignment: embeddedAssignment(current.assignedPartitions, supportedProtocols, topics),
    waitingJoinId: undefined,
    waitingSyncId: undefined,
    isNew: false,
    sessionDeadlineMs,
  };
}
