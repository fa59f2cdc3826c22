/**
 * SyncGroup at a classic group: followers wait for the assignment of the leader; the leader's sync writes the
 * generation and answers all of them. A member that asks again later gets what was assigned.
 *
 * What the leader sends is taken for members of the generation alone, and only while it fits into the group's
 * record (`CLASSIC_GROUP_MAX_BYTES`); else the leader is refused and the group rebalances.
 */
import { TidelogError } from '@tidelog/record/errors';
import type { SyncGroupRequest, SyncGroupResponse } from '../../group-requests.ts';
import type { DecisionContext, GroupCommand } from '../group-decision.ts';
import type { DecisionDraft } from '../decision-draft.ts';
import type { ClassicGroup, ClassicMember } from './classic-group-state.ts';
import { generationProblem } from './classic-membership.ts';
import { prepareRebalance, refusedSync, renewSession } from './classic-rebalance.ts';
import { CLASSIC_GROUP_MAX_BYTES } from './join-classic-group.ts';

type SyncCommand = GroupCommand<'syncGroup'>;

/** Takes a sync for a group that exists. */
export function syncClassicGroup(
  draft: DecisionDraft,
  group: ClassicGroup,
  command: SyncCommand,
  context: DecisionContext,
): void {
  const { request, requestId } = command;
  const problem = syncProblem(group, request);
  const member = group.members.get(request.memberId);
  if (problem !== undefined || member === undefined) {
    draft.answer(requestId, refusedSync(problem ?? rejoin(group)));
    return;
  }
  renewSession(member, context);
  group.pendingSyncs.delete(member.memberId);
  if (group.pendingSyncs.size === 0) group.syncDeadlineMs = undefined;
  if (group.phase === 'Stable') {
    draft.answer(requestId, assignmentAnswer(group, member.assignment));
    return;
  }
  if (member.waitingSyncId !== undefined) draft.answer(member.waitingSyncId, refusedSync(replaced(member)));
  member.waitingSyncId = requestId;
  if (group.leaderId === member.memberId) assign(draft, group, command, context);
}

/** The leader has assigned: everybody who waits is answered, the others ask later. */
function assign(
  draft: DecisionDraft,
  group: ClassicGroup,
  command: SyncCommand,
  context: DecisionContext,
): void {
  const assignments = new Map<string, Buffer>();
  let sizeBytes = group.metadataBytes;
  for (const { memberId, assignment } of command.request.assignments) {
    if (!group.members.has(memberId)) continue;
    sizeBytes += assignment.length - (assignments.get(memberId)?.length ?? 0);
    if (sizeBytes > CLASSIC_GROUP_MAX_BYTES) {
      refuseAssignment(draft, group, command, context);
      return;
    }
    // A copy: the request's memory is the listener's again, and would be held whole.
    assignments.set(memberId, Buffer.from(assignment));
  }
  for (const member of group.members.values()) {
    if (member.waitingSyncId === undefined) continue;
    draft.answer(
      member.waitingSyncId,
      assignmentAnswer(group, assignments.get(member.memberId) ?? Buffer.alloc(0)),
    );
    member.waitingSyncId = undefined;
    renewSession(member, context);
  }
  draft.write({
    type: 'classicGroup',
    groupId: group.groupId,
    value: group.toValue({ assignments, nowMs: context.nowMs }),
  });
}

function refuseAssignment(
  draft: DecisionDraft,
  group: ClassicGroup,
  command: SyncCommand,
  context: DecisionContext,
): void {
  const leader = group.members.get(command.request.memberId);
  if (leader !== undefined) leader.waitingSyncId = undefined;
  const message =
    `the subscriptions and assignments of the group '${group.groupId}' take more than ` +
    `${CLASSIC_GROUP_MAX_BYTES} bytes; use fewer members or an assignor with less user data`;
  draft.answer(command.requestId, refusedSync(new TidelogError('MESSAGE_TOO_LARGE', message)));
  prepareRebalance(draft, group, context);
}

function syncProblem(group: ClassicGroup, request: SyncGroupRequest): TidelogError | undefined {
  const problem = generationProblem(group, request);
  if (problem !== undefined) return problem;
  if (
    isOther(request.protocolType, group.protocolType) ||
    isOther(request.protocolName, group.protocolName)
  ) {
    return new TidelogError(
      'INCONSISTENT_GROUP_PROTOCOL',
      `the group '${group.groupId}' chose '${group.protocolName ?? ''}' of '${group.protocolType ?? ''}', not ` +
        `'${request.protocolName ?? ''}' of '${request.protocolType ?? ''}'`,
    );
  }
  return group.phase === 'PreparingRebalance' ? rejoin(group) : undefined;
}

function assignmentAnswer(group: ClassicGroup, assignment: Buffer): SyncGroupResponse {
  return { protocolType: group.protocolType, protocolName: group.protocolName, assignment };
}

function isOther(given: string | undefined, own: string | undefined): boolean {
  return given !== undefined && given !== own;
}

function rejoin(group: ClassicGroup): TidelogError {
  return new TidelogError('REBALANCE_IN_PROGRESS', `the group '${group.groupId}' rebalances; join again`);
}

function replaced(member: ClassicMember): TidelogError {
  const message = `a later sync of the member '${member.memberId}' took the place of this one`;
  return new TidelogError('REBALANCE_IN_PROGRESS', message);
}
