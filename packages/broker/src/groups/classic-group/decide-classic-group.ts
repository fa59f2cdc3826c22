/**
 * The requests of classic members, and the passing of time, for the groups of a coordinator.
 *
 * A group begins to exist with its first join that is not refused, in memory alone; its first record is written when
 * its first generation is assigned. A group that nobody is in, or about to be in, and that nothing was written of,
 * is forgotten at once. A join to an empty consumer group turns it into a classic one: its records are taken back,
 * its committed offsets stay (KIP-848).
 */
import { TidelogError } from '@tidelog/record/errors';
import type { DecisionDraft } from '../decision-draft.ts';
import type { DecisionContext, GroupCommand } from '../group-decision.ts';
import type { GroupCoordinatorState } from '../group-coordinator-state.ts';
import { groupCountProblem, groupIdProblem } from '../group-limits.ts';
import { consumerGroupTombstones } from '../migration/convert-offline.ts';
import {
  heartbeatAsClassicMember,
  joinConsumerGroupAsClassicMember,
  leaveAsClassicMembers,
  syncAsClassicMember,
} from '../migration/classic-members.ts';
import { ClassicGroup } from './classic-group-state.ts';
import { refusedJoin, refusedSync } from './classic-rebalance.ts';
import { joinClassicGroup, joinRequestProblem } from './join-classic-group.ts';
import { heartbeatClassicGroup, leaveClassicGroup, tickClassicGroup } from './keep-classic-membership.ts';
import { syncClassicGroup } from './sync-classic-group.ts';

/** JoinGroup. The answer may come out of a later decision. */
export function decideJoinGroup(
  state: GroupCoordinatorState,
  command: GroupCommand<'joinGroup'>,
  context: DecisionContext,
  draft: DecisionDraft,
): void {
  const { request, requestId } = command;
  const known = state.groups.get(request.groupId);
  const problem =
    groupIdProblem(request.groupId) ??
    joinRequestProblem(request, context) ??
    (known === undefined ? unknownGroupProblem(state, request) : undefined);
  if (problem !== undefined) {
    draft.answer(requestId, refusedJoin(request.memberId, problem));
    return;
  }
  if (known?.type === 'consumer' && known.members.size > 0) {
    joinConsumerGroupAsClassicMember(state, known, command, context, draft);
    return;
  }
  if (known?.type === 'classic') {
    joinClassicGroup(draft, known, command, context);
    settle(state, known);
    return;
  }
  if (request.memberId !== '') {
    draft.answer(requestId, refusedJoin(request.memberId, unknownMember(request.groupId, request.memberId)));
    return;
  }
  const group = new ClassicGroup(request.groupId);
  joinClassicGroup(draft, group, command, context);
  // A refused join leaves the empty consumer group as it is.
  if (group.isIdle) return;
  if (known !== undefined) draft.write(...consumerGroupTombstones(known));
  state.groups.set(group.groupId, group);
  settle(state, group);
}

/** SyncGroup. The answer may come out of a later decision. */
export function decideSyncGroup(
  state: GroupCoordinatorState,
  command: GroupCommand<'syncGroup'>,
  context: DecisionContext,
  draft: DecisionDraft,
): void {
  const { groupId, memberId } = command.request;
  const problem = groupIdProblem(groupId);
  const group = state.groups.get(groupId);
  if (problem !== undefined || group === undefined || group.members.size === 0) {
    draft.answer(command.requestId, refusedSync(problem ?? unknownMember(groupId, memberId)));
  } else if (group.type === 'consumer') {
    syncAsClassicMember(state, group, command, context, draft);
  } else {
    syncClassicGroup(draft, group, command, context);
    settle(state, group);
  }
}

/** Heartbeat of a classic member. */
export function decideHeartbeat(
  state: GroupCoordinatorState,
  command: GroupCommand<'heartbeat'>,
  context: DecisionContext,
  draft: DecisionDraft,
): void {
  const { groupId, memberId } = command.request;
  const problem = groupIdProblem(groupId);
  const group = state.groups.get(groupId);
  if (problem !== undefined || group === undefined) {
    draft.refuse(command.requestId, problem ?? unknownMember(groupId, memberId));
  } else if (group.type === 'consumer') {
    heartbeatAsClassicMember(state, group, command, context, draft);
  } else {
    // A heartbeat only moves deadlines back: nothing is to be scheduled.
    heartbeatClassicGroup(draft, group, command, context);
  }
}

/** LeaveGroup. */
export function decideLeaveGroup(
  state: GroupCoordinatorState,
  command: GroupCommand<'leaveGroup'>,
  context: DecisionContext,
  draft: DecisionDraft,
): void {
  const { groupId, members } = command.request;
  const problem = groupIdProblem(groupId);
  const group = state.groups.get(groupId);
  if (problem !== undefined) {
    draft.refuse(command.requestId, problem);
  } else if (group === undefined) {
    const rows = members.map((member) => ({ ...member, error: unknownMember(groupId, member.memberId) }));
    draft.answer(command.requestId, { members: rows });
  } else if (group.type === 'consumer') {
    leaveAsClassicMembers(state, group, command, context, draft);
  } else {
    leaveClassicGroup(draft, group, command, context);
    settle(state, group);
  }
}

/** Everything of one classic group whose time has come. */
export function decideClassicGroupTick(
  state: GroupCoordinatorState,
  group: ClassicGroup,
  context: DecisionContext,
  draft: DecisionDraft,
): void {
  tickClassicGroup(draft, group, context);
  settle(state, group);
}

/** Forgets a group that is nothing any more, and sees to it that others are looked at in time. */
function settle(state: GroupCoordinatorState, group: ClassicGroup): void {
  if (group.isIdle && !group.isWritten) state.forgetGroup(group.groupId);
  else state.deadlines.schedule(group.groupId, group.nextDeadlineMs());
}

function unknownGroupProblem(
  state: GroupCoordinatorState,
  request: { readonly groupId: string; readonly memberId: string },
): TidelogError | undefined {
  return request.memberId === ''
    ? groupCountProblem(state)
    : unknownMember(request.groupId, request.memberId);
}

function unknownMember(groupId: string, memberId: string): TidelogError {
  return new TidelogError(
    'UNKNOWN_MEMBER_ID',
    `the group '${groupId}' has no member '${memberId}'; join without a member id`,
  );
}
