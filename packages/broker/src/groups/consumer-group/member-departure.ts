/**
 * How members leave a consumer group: they say so, or their time is over (session, or the time to give up partitions).
 *
 * What a member had is free at once, and the group gets a new epoch; the target for it is computed at the next
 * heartbeat of any member, once for all who left until then. A static member that leaves with −2 stays in the group,
 * with its partitions, until its session ends.
 */
import { TidelogError } from '@tidelog/record/errors';
import type { DecisionDraft } from '../decision-draft.ts';
import type { DecisionContext, GroupCommand } from '../group-decision.ts';
import type { GroupCoordinatorState } from '../group-coordinator-state.ts';
import { downgradeConsumerGroup } from '../migration/downgrade-consumer-group.ts';
import { ConsumerGroupChange } from './consumer-group-change.ts';
import { STATIC_MEMBER_AWAY_EPOCH } from './consumer-group-state.ts';
import type { ConsumerGroup, ConsumerGroupMember } from './consumer-group-state.ts';
import { knownMember } from './member-place.ts';
import { NO_PARTITIONS } from './partitions-by-topic.ts';

/** Members that are removed at once: what is written of them has to fit into one batch. */
const MAX_EXPIRED_AT_ONCE = 1_000;
/** A group whose members were removed is looked at again, in case that could not be written. */
const EXPIRY_RETRY_MS = 1_000;

/** A heartbeat with the epoch −1 or −2. @throws UNKNOWN_MEMBER_ID, FENCED_INSTANCE_ID */
export function decideLeave(
  state: GroupCoordinatorState,
  { request, requestId }: GroupCommand<'consumerGroupHeartbeat'>,
  context: DecisionContext,
  draft: DecisionDraft,
): void {
  const { groupId, memberId, memberEpoch } = request;
  const group = state.consumerGroup(groupId);
  if (group === undefined) {
    throw new TidelogError(
      'UNKNOWN_MEMBER_ID',
      `there is no consumer group ${JSON.stringify(groupId)} that the member ${memberId} could leave`,
    );
  }
  const member = knownMember(group, request);
  if (memberEpoch === STATIC_MEMBER_AWAY_EPOCH) goAway(group, member, draft);
  else removeOrDowngrade(state, group, [member], context, draft);
  draft.answer(requestId, {
    memberId,
    memberEpoch,
    heartbeatIntervalMs: context.config.consumerHeartbeatIntervalMs,
    sessionTimeoutMs: context.config.consumerSessionTimeoutMs,
  });
}

function goAway(
  group: ConsumerGroup,
  { memberId, current }: ConsumerGroupMember,
  draft: DecisionDraft,
): void {
  if (current.memberEpoch === STATIC_MEMBER_AWAY_EPOCH) return;
  draft.write({
    type: 'currentAssignment',
    groupId: group.groupId,
    memberId,
    value: {
      memberEpoch: STATIC_MEMBER_AWAY_EPOCH,
      previousMemberEpoch: current.memberEpoch,
      state: 'stable',
      assignedPartitions: current.assignedPartitions,
      // A program that has ended owns nothing; what it was to give up, others may have.
      partitionsPendingRevocation: NO_PARTITIONS,
    },
  });
}

/** Removes members for good and begins a new epoch. */
export function removeMembers(
  state: GroupCoordinatorState,
  group: ConsumerGroup,
  members: readonly ConsumerGroupMember[],
  context: DecisionContext,
  draft: DecisionDraft,
): void {
  const change = new ConsumerGroupChange(group, draft, context);
  for (const { memberId } of members) change.removeMember(memberId);
  change.settle({ isRefresh: group.isMetadataStale, mustBump: true });
  state.offsets.noteInUse(group.groupId, context.nowMs);
}

/** Removes members; when only classic ones remain, the group becomes a classic one. */
function removeOrDowngrade(
  state: GroupCoordinatorState,
  group: ConsumerGroup,
  members: readonly ConsumerGroupMember[],
  context: DecisionContext,
  draft: DecisionDraft,
): void {
  if (!downgradeConsumerGroup(state, { group, leaving: members }, context, draft)) {
    removeMembers(state, group, members, context, draft);
  }
}

/** Removes the members whose time has come, and asks to be called again when the next one's does. */
export function expireConsumerMembers(
  state: GroupCoordinatorState,
  group: ConsumerGroup,
  context: DecisionContext,
  draft: DecisionDraft,
): void {
  const expired: ConsumerGroupMember[] = [];
  let nextMs = Infinity;
  for (const member of group.members.values()) {
    const deadlineMs = Math.min(member.sessionDeadlineMs, member.revocationDeadlineMs);
    if (deadlineMs <= context.monotonicMs && expired.length < MAX_EXPIRED_AT_ONCE) expired.push(member);
    else nextMs = Math.min(nextMs, deadlineMs);
  }
  if (expired.length > 0) {
    removeOrDowngrade(state, group, expired, context, draft);
    nextMs = Math.min(nextMs, context.monotonicMs + EXPIRY_RETRY_MS);
  }
  state.deadlines.schedule(group.groupId, nextMs);
}
