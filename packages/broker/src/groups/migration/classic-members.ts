/**
 * Classic members at a consumer group that has members: they are refused (Kafka's group.consumer.migration.policy
 * `disabled`). A fleet changes its protocol while the group is empty, in either direction, and keeps its offsets.
 */
import { TidelogError } from '@tidelog/record/errors';
import { refusedJoin, refusedSync } from '../classic-group/classic-rebalance.ts';
import type { ConsumerGroup } from '../consumer-group/consumer-group-state.ts';
import type { DecisionDraft } from '../decision-draft.ts';
import type { DecisionContext, GroupCommand } from '../group-decision.ts';
import type { GroupCoordinatorState } from '../group-coordinator-state.ts';

/** JoinGroup at a consumer group with members. */
export function joinConsumerGroupAsClassicMember(
  _state: GroupCoordinatorState,
  group: ConsumerGroup,
  { requestId, request }: GroupCommand<'joinGroup'>,
  _context: DecisionContext,
  draft: DecisionDraft,
): void {
  const message =
    `the group '${group.groupId}' is a consumer group with ${group.members.size} members: stop them before classic ` +
    'members join, or let this consumer use the consumer protocol (group.protocol=consumer)';
  draft.answer(
    requestId,
    refusedJoin(request.memberId, new TidelogError('INCONSISTENT_GROUP_PROTOCOL', message)),
  );
}

/** SyncGroup at a consumer group with members. */
export function syncAsClassicMember(
  _state: GroupCoordinatorState,
  group: ConsumerGroup,
  { requestId, request }: GroupCommand<'syncGroup'>,
  _context: DecisionContext,
  draft: DecisionDraft,
): void {
  draft.answer(requestId, refusedSync(noClassicMember(group, request.memberId)));
}

/** Heartbeat at a consumer group. */
export function heartbeatAsClassicMember(
  _state: GroupCoordinatorState,
  group: ConsumerGroup,
  { requestId, request }: GroupCommand<'heartbeat'>,
  _context: DecisionContext,
  draft: DecisionDraft,
): void {
  draft.refuse(requestId, noClassicMember(group, request.memberId));
}

/** LeaveGroup at a consumer group. */
export function leaveAsClassicMembers(
  _state: GroupCoordinatorState,
  group: ConsumerGroup,
  { requestId, request }: GroupCommand<'leaveGroup'>,
  _context: DecisionContext,
  draft: DecisionDraft,
): void {
  const members = request.members.map((member) => ({
    ...member,
    error: noClassicMember(group, member.memberId),
  }));
  draft.answer(requestId, { members });
}

function noClassicMember(group: ConsumerGroup, memberId: string): TidelogError {
  return new TidelogError(
    'UNKNOWN_MEMBER_ID',
    `'${memberId}' is no classic member of the group '${group.groupId}', which is a consumer group`,
  );
}
