/**
 * How a member of a classic group stays in it (Heartbeat), goes (LeaveGroup), and is removed when it does neither
 * before its session ends.
 */
import { TidelogError } from '@tidelog/record/errors';
import type { LeavingMember } from '../../group-requests.ts';
import type { DecisionContext, GroupCommand } from '../group-decision.ts';
import type { DecisionDraft } from '../decision-draft.ts';
import type { ClassicGroup } from './classic-group-state.ts';
import { generationProblem, memberProblem } from './classic-membership.ts';
import {
  advanceAfterRemoval,
  completeJoinIfAllCame,
  expireJoinDeadline,
  expirePendingSyncs,
  removeMember,
  renewSession,
} from './classic-rebalance.ts';

/** Takes a heartbeat for a group that exists; REBALANCE_IN_PROGRESS tells the member to join again. */
export function heartbeatClassicGroup(
  draft: DecisionDraft,
  group: ClassicGroup,
  command: GroupCommand<'heartbeat'>,
  context: DecisionContext,
): void {
  const { request, requestId } = command;
  const problem = generationProblem(group, request);
  const member = group.members.get(request.memberId);
  if (problem !== undefined || member === undefined) {
    draft.refuse(requestId, problem ?? new TidelogError('UNKNOWN_MEMBER_ID', 'join again'));
    return;
  }
  renewSession(member, context);
  if (group.phase === 'PreparingRebalance') {
    const message = `the group '${group.groupId}' rebalances; join again`;
    draft.refuse(requestId, new TidelogError('REBALANCE_IN_PROGRESS', message));
  } else {
    draft.answer(requestId, {});
  }
}

/** Lets members go, each with its own result; what is left of the group rebalances once. */
export function leaveClassicGroup(
  draft: DecisionDraft,
  group: ClassicGroup,
  command: GroupCommand<'leaveGroup'>,
  context: DecisionContext,
): void {
  const countBefore = group.members.size;
  const pendingBefore = group.pendingMembers.size;
  const members = command.request.members.map((leaving) => ({
    ...leaving,
    error: leave(draft, group, leaving),
  }));
  if (group.members.size < countBefore) advanceAfterRemoval(draft, group, context);
  else if (group.pendingMembers.size < pendingBefore) completeJoinIfAllCame(draft, group, context);
  draft.answer(command.requestId, { members });
}

/** Does everything in the group whose time has come. */
export function tickClassicGroup(draft: DecisionDraft, group: ClassicGroup, context: DecisionContext): void {
  const nowMs = context.monotonicMs;
  const countBefore = group.members.size;
  const isSomebodyGone = expirePendingMembers(group, nowMs);
  expireSessions(draft, group, context);
  if (group.members.size < countBefore) advanceAfterRemoval(draft, group, context);
  else if (isDue(group.syncDeadlineMs, nowMs)) expirePendingSyncs(draft, group, context);
  else if (isDue(group.joinDeadline?.atMs, nowMs)) expireJoinDeadline(draft, group, context);
  else if (isSomebodyGone) completeJoinIfAllCame(draft, group, context);
}

function expirePendingMembers(group: ClassicGroup, nowMs: number): boolean {
  let isSomebodyGone = false;
  for (const [memberId, deadlineMs] of group.pendingMembers) {
    if (deadlineMs > nowMs) continue;
    group.pendingMembers.delete(memberId);
    isSomebodyGone = true;
  }
  return isSomebodyGone;
}

/**
 * Members that wait for an answer of ours are not late, except new ones: their clients may have gone and come back
 * under another id, and nothing else would ever tell.
 */
function expireSessions(draft: DecisionDraft, group: ClassicGroup, context: DecisionContext): void {
  for (const member of [...group.members.values()]) {
    if (!isDue(member.sessionDeadlineMs, context.monotonicMs)) continue;
    const isWaiting = member.waitingJoinId !== undefined || member.waitingSyncId !== undefined;
    if (isWaiting && !member.isNew) renewSession(member, context);
    else
      removeMember(
        draft,
        group,
        member,
        `it was not heard of for its session of ${member.sessionTimeoutMs} ms`,
      );
  }
}

function leave(draft: DecisionDraft, group: ClassicGroup, leaving: LeavingMember): TidelogError | undefined {
  if (group.pendingMembers.delete(leaving.memberId)) return undefined;
  // An administrator removes static members by their instance id alone.
  const holderId =
    leaving.memberId === '' && leaving.groupInstanceId !== undefined
      ? group.staticMemberId(leaving.groupInstanceId)
      : undefined;
  const identity = { ...leaving, memberId: holderId ?? leaving.memberId };
  const problem = memberProblem(group, identity);
  const member = group.members.get(identity.memberId);
  if (problem !== undefined || member === undefined) return problem;
  removeMember(draft, group, member, 'it left the group');
  return undefined;
}

function isDue(deadlineMs: number | undefined, nowMs: number): boolean {
  return deadlineMs !== undefined && deadlineMs <= nowMs;
}
