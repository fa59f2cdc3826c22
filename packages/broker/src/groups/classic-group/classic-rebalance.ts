/**
 * How the members of a classic group come to a new generation: the join barrier and the wait for the leader's
 * assignment (Kafka's join and sync phases).
 *
 * - A rebalance begins: waiting syncs are told to join again; the join phase lasts until every member joined, at
 *   most the longest rebalance time-out. The first rebalance of an empty group waits instead for a delay that every
 *   newcomer prolongs, so that a fleet that starts together is assigned once.
 * - The join phase ends: dynamic members that did not come are removed, static ones stay with their place. Without
 *   a leader that came another one is chosen; while nobody came, the phase goes on until sessions end.
 * - All waiting joins are answered with the new generation. Members that do not sync within the rebalance time-out
 *   are removed, and the group rebalances.
 *
 * Every function is called as the last change of a decision to its group: what it writes is applied before anything
 * else looks at the group.
 */
import { TidelogError } from '@tidelog/record/errors';
import type { JoinGroupResponse, SyncGroupResponse } from '../../group-requests.ts';
import type { DecisionContext } from '../group-decision.ts';
import type { DecisionDraft } from '../decision-draft.ts';
import type { ClassicGroup, ClassicMember } from './classic-group-state.ts';

const NO_BYTES = Buffer.alloc(0);
/** A join phase that nobody came to goes on for at least this long, whatever the members' time-outs are. */
const MIN_EXTENSION_MS = 1_000;

/** The answer to a join that gets no generation. */
export function refusedJoin(memberId: string, error: TidelogError): JoinGroupResponse {
  return { error, generationId: -1, leader: '', skipAssignment: false, memberId, members: [] };
}

/** The answer to a sync that gets no assignment. */
export function refusedSync(error: TidelogError): SyncGroupResponse {
  return { error, assignment: NO_BYTES };
}

/** The answer to a member of the present generation; the leader gets everybody's metadata. */
export function joinedAnswer(
  group: ClassicGroup,
  member: ClassicMember,
  options: { readonly skipAssignment: boolean },
): JoinGroupResponse {
  const isLeader = group.leaderId === member.memberId;
  return {
    generationId: group.generationId,
    protocolType: group.protocolType,
    protocolName: group.protocolName,
    leader: group.leaderId ?? '',
    skipAssignment: options.skipAssignment,
    memberId: member.memberId,
    members: isLeader
      ? [...group.members.values()].map((each) => ({
          memberId: each.memberId,
          groupInstanceId: each.groupInstanceId,
          metadata: group.metadataOf(each),
        }))
      : [],
  };
}

/** Answers whatever a member waits for with an error. */
export function refuseWaiting(
  draft: DecisionDraft,
  group: ClassicGroup,
  member: ClassicMember,
  error: TidelogError,
): void {
  if (member.waitingJoinId !== undefined) {
    draft.answer(member.waitingJoinId, refusedJoin(member.memberId, error));
    group.setWaitingJoin(member, undefined);
  }
  if (member.waitingSyncId !== undefined) {
    draft.answer(member.waitingSyncId, refusedSync(error));
    member.waitingSyncId = undefined;
  }
}

/** Removes a member for good, and tells it so if it waits. The group is to be advanced afterwards. */
export function removeMember(
  draft: DecisionDraft,
  group: ClassicGroup,
  member: ClassicMember,
  reason: string,
): void {
  refuseWaiting(
    draft,
    group,
    member,
    new TidelogError(
      'UNKNOWN_MEMBER_ID',
      `${showMember(group, member.memberId)} was removed: ${reason}; join again`,
    ),
  );
  group.remove(member.memberId);
}

/** After members were removed: a group that was assigned rebalances, one that was joining may be complete now. */
export function advanceAfterRemoval(
  draft: DecisionDraft,
  group: ClassicGroup,
  context: DecisionContext,
): void {
  if (group.phase === 'Stable' || group.phase === 'CompletingRebalance')
    prepareRebalance(draft, group, context);
  else completeJoinIfAllCame(draft, group, context);
}

/** Begins a rebalance, and ends its join phase at once when everybody waits for it already. */
export function prepareRebalance(draft: DecisionDraft, group: ClassicGroup, context: DecisionContext): void {
  refuseWaitingSyncs(draft, group, context);
  group.pendingSyncs.clear();
  group.syncDeadlineMs = undefined;
  const delayMs = group.phase === 'Empty' ? context.config.classicInitialRebalanceDelayMs : 0;
  const timeoutMs = group.rebalanceTimeoutMs();
  group.phase = 'PreparingRebalance';
  group.joinedDuringDelay = false;
  group.joinDeadline =
    delayMs > 0
      ? { atMs: context.monotonicMs + delayMs, remainingDelayMs: Math.max(timeoutMs - delayMs, 0) }
      : { atMs: context.monotonicMs + timeoutMs };
  completeJoinIfAllCame(draft, group, context);
}

/** Ends the join phase when nobody is missing; the delay of an empty group is kept while it has members. */
export function completeJoinIfAllCame(
  draft: DecisionDraft,
  group: ClassicGroup,
  context: DecisionContext,
): void {
  if (group.phase !== 'PreparingRebalance' || !group.hasAllMembersJoined) return;
  const isDelayed = group.joinDeadline?.remainingDelayMs !== undefined;
  if (isDelayed && group.members.size > 0) return;
  completeJoin(draft, group, context);
}

/** When the join deadline has come. */
export function expireJoinDeadline(
  draft: DecisionDraft,
  group: ClassicGroup,
  context: DecisionContext,
): void {
  const remainingMs = group.joinDeadline?.remainingDelayMs ?? 0;
  if (group.joinedDuringDelay && remainingMs > 0) {
    const delayMs = Math.min(context.config.classicInitialRebalanceDelayMs, remainingMs);
    group.joinedDuringDelay = false;
    group.joinDeadline = { atMs: context.monotonicMs + delayMs, remainingDelayMs: remainingMs - delayMs };
    return;
  }
  completeJoin(draft, group, context);
}

/** Removes the members that did not sync within the rebalance time-out. */
export function expirePendingSyncs(
  draft: DecisionDraft,
  group: ClassicGroup,
  context: DecisionContext,
): void {
  const missing = [...group.pendingSyncs];
  group.syncDeadlineMs = undefined;
  for (const memberId of missing) {
    const member = group.members.get(memberId);
    if (member !== undefined) removeMember(draft, group, member, 'it did not sync in time');
  }
  if (missing.length > 0) advanceAfterRemoval(draft, group, context);
}

/** The session of a member begins anew. */
export function renewSession(member: ClassicMember, context: DecisionContext): void {
  member.sessionDeadlineMs = context.monotonicMs + member.sessionTimeoutMs;
}

/** A member as messages name it. */
export function showMember(group: Pick<ClassicGroup, 'groupId'>, memberId: string): string {
  return `member '${memberId}' of the group '${group.groupId}'`;
}

function completeJoin(draft: DecisionDraft, group: ClassicGroup, context: DecisionContext): void {
  for (const member of [...group.members.values()]) {
    if (member.waitingJoinId === undefined && member.groupInstanceId === undefined)
      group.remove(member.memberId);
  }
  if (group.members.size > 0 && !electLeader(group)) {
    const extensionMs = Math.max(group.rebalanceTimeoutMs(), MIN_EXTENSION_MS);
    group.joinDeadline = { atMs: context.monotonicMs + extensionMs };
    return;
  }
  if (group.members.size === 0) {
    becomeEmpty(draft, group, context);
    return;
  }
  group.beginGeneration();
  for (const member of group.members.values()) {
    if (member.waitingJoinId !== undefined) {
      draft.answer(member.waitingJoinId, joinedAnswer(group, member, { skipAssignment: false }));
      group.setWaitingJoin(member, undefined);
    }
    member.isNew = false;
    group.pendingSyncs.add(member.memberId);
    renewSession(member, context);
  }
  group.syncDeadlineMs = context.monotonicMs + group.rebalanceTimeoutMs();
}

/** Writes that the group has no members any more; a group that nothing was written of just has none. */
function becomeEmpty(draft: DecisionDraft, group: ClassicGroup, context: DecisionContext): void {
  group.beginGeneration();
  group.phase = 'Empty';
  if (group.generationId === 1 && !group.isWritten) return;
  draft.write({
    type: 'classicGroup',
    groupId: group.groupId,
    value: group.toValue({ assignments: new Map(), nowMs: context.nowMs }),
  });
}

/** Keeps a leader that joined, else takes the first that did; false when nobody did. */
function electLeader(group: ClassicGroup): boolean {
  if (group.leader?.waitingJoinId !== undefined) return true;
  for (const member of group.members.values()) {
    if (member.waitingJoinId === undefined) continue;
    group.leaderId = member.memberId;
    return true;
  }
  return false;
}

function refuseWaitingSyncs(draft: DecisionDraft, group: ClassicGroup, context: DecisionContext): void {
  for (const member of group.members.values()) {
    if (member.waitingSyncId === undefined) continue;
    const message = `the group '${group.groupId}' rebalances again; join again`;
    refuseWaiting(draft, group, member, new TidelogError('REBALANCE_IN_PROGRESS', message));
    renewSession(member, context);
  }
}
