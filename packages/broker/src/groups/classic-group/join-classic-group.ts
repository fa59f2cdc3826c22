/**
 * JoinGroup at a classic group.
 *
 * A join is answered at once (refused, told its member id, or already in the generation), or it waits for the join
 * phase to end. A dynamic member that comes without an id is given one and asked to come back with it (KIP-394), so
 * that joins whose answers got lost leave no members behind. A static member that comes without an id takes over
 * its instance id from whoever had it (KIP-345): in a stable group whose protocol stays it also takes over the
 * assignment, without a rebalance, unless that assignment waits for the member to give something up.
 *
 * Limits: what is kept of members is bounded by `group.max.size`, `MAX_PENDING_MEMBERS`, and
 * `CLASSIC_GROUP_MAX_BYTES` of what members say about themselves.
 */
import { TidelogError } from '@tidelog/record/errors';
import type { JoinGroupProtocol, JoinGroupRequest } from '../../group-requests.ts';
import type { DecisionContext, GroupCommand } from '../group-decision.ts';
import type { DecisionDraft } from '../decision-draft.ts';
import { memberBytes } from './classic-group-state.ts';
import type { ClassicGroup, ClassicMember, ClassicMemberDescription } from './classic-group-state.ts';
import {
  completeJoinIfAllCame,
  joinedAnswer,
  prepareRebalance,
  refusedJoin,
  refuseWaiting,
  renewSession,
  showMember,
} from './classic-rebalance.ts';
import { memberProblem } from './classic-membership.ts';
import { hasToGiveUp } from './classic-subscriptions.ts';

/**
 * What is kept of a group's members, and what its record may take: less of it, with assignments. The record has to fit
 * into one batch of the offsets topic (16 MiB), beside the removal of the consumer group that the group may have been.
 */
export const CLASSIC_GROUP_MAX_BYTES: number = 4 * 1024 * 1024;
/** Ids of one group that were given out and not joined with. */
export const MAX_PENDING_MEMBERS = 10_000;
/** Protocols that a member may offer. */
export const MAX_PROTOCOLS = 100;
/** How long a new member may wait for its first generation before it is taken to be gone. */
export const NEW_MEMBER_JOIN_TIMEOUT_MS = 300_000;
/** How much of a client id or instance id a member id begins with. */
const MEMBER_ID_PREFIX_LENGTH = 200;

type JoinCommand = GroupCommand<'joinGroup'>;

/** Why a join is refused whatever group it is for. */
export function joinRequestProblem(
  request: JoinGroupRequest,
  context: DecisionContext,
): TidelogError | undefined {
  const { classicMinSessionTimeoutMs: minMs, classicMaxSessionTimeoutMs: maxMs } = context.config;
  if (!(request.sessionTimeoutMs >= minMs && request.sessionTimeoutMs <= maxMs)) {
    return new TidelogError(
      'INVALID_SESSION_TIMEOUT',
      `a session timeout of ${request.sessionTimeoutMs} ms is outside ${minMs} … ${maxMs} ms ` +
        '(group.min.session.timeout.ms, group.max.session.timeout.ms)',
    );
  }
  if (request.protocols.length > MAX_PROTOCOLS) {
    return new TidelogError(
      'INCONSISTENT_GROUP_PROTOCOL',
      `a member offers ${request.protocols.length} protocols; at most ${MAX_PROTOCOLS} are taken`,
    );
  }
  if (request.groupInstanceId === '') {
    return new TidelogError('INVALID_REQUEST', 'an instance id must not be empty; leave it out instead');
  }
  return undefined;
}

/** Takes a join of a request that `joinRequestProblem` found nothing wrong with. */
export function joinClassicGroup(
  draft: DecisionDraft,
  group: ClassicGroup,
  command: JoinCommand,
  context: DecisionContext,
): void {
  const { request, requestId } = command;
  const problem = sizeProblem(group, command, context) ?? protocolProblem(group, request);
  if (problem !== undefined) {
    draft.answer(requestId, refusedJoin(request.memberId, problem));
    return;
  }
  if (request.memberId === '') joinWithoutId(draft, group, command, context);
  else if (group.pendingMembers.has(request.memberId)) joinWithGivenId(draft, group, command, context);
  else joinAgain(draft, group, command, context);
}

function joinWithoutId(
  draft: DecisionDraft,
  group: ClassicGroup,
  command: JoinCommand,
  context: DecisionContext,
): void {
  const { request, requestId, client } = command;
  const prefix = (request.groupInstanceId ?? client.clientId).slice(0, MEMBER_ID_PREFIX_LENGTH);
  const memberId = `${prefix}-${context.randomMemberId()}`;
  const oldMemberId =
    request.groupInstanceId === undefined ? undefined : group.staticMemberId(request.groupInstanceId);
  if (oldMemberId !== undefined) {
    replaceStaticMember(draft, group, { command, oldMemberId, newMemberId: memberId }, context);
  } else if (request.requireKnownMemberId && request.groupInstanceId === undefined) {
    group.pendingMembers.set(memberId, context.monotonicMs + request.sessionTimeoutMs);
    const message = `join the group '${group.groupId}' again with the member id '${memberId}'`;
    draft.answer(requestId, refusedJoin(memberId, new TidelogError('MEMBER_ID_REQUIRED', message)));
  } else {
    addMember(draft, group, { command, memberId }, context);
  }
}

function joinWithGivenId(
  draft: DecisionDraft,
  group: ClassicGroup,
  command: JoinCommand,
  context: DecisionContext,
): void {
  const { memberId, groupInstanceId } = command.request;
  const holder = groupInstanceId === undefined ? undefined : group.staticMemberId(groupInstanceId);
  if (holder === undefined) {
    addMember(draft, group, { command, memberId }, context);
    return;
  }
  const message = `the instance id '${groupInstanceId}' belongs to ${showMember(group, holder)}`;
  draft.answer(command.requestId, refusedJoin(memberId, new TidelogError('FENCED_INSTANCE_ID', message)));
}

function addMember(
  draft: DecisionDraft,
  group: ClassicGroup,
  joining: { readonly command: JoinCommand; readonly memberId: string },
  context: DecisionContext,
): void {
  const { request, requestId } = joining.command;
  const member: ClassicMember = {
    ...describedBy(joining.command),
    memberId: joining.memberId,
    groupInstanceId: request.groupInstanceId,
    assignment: Buffer.alloc(0),
    waitingJoinId: undefined,
    waitingSyncId: undefined,
    isNew: true,
    sessionDeadlineMs: context.monotonicMs + NEW_MEMBER_JOIN_TIMEOUT_MS,
  };
  if (group.members.size === 0) group.protocolType = request.protocolType;
  group.joinedDuringDelay = true;
  group.add(member);
  group.setWaitingJoin(member, requestId);
  if (group.phase === 'PreparingRebalance') completeJoinIfAllCame(draft, group, context);
  else prepareRebalance(draft, group, context);
}

/** A join of a member that the group has, or had. */
function joinAgain(
  draft: DecisionDraft,
  group: ClassicGroup,
  command: JoinCommand,
  context: DecisionContext,
): void {
  const { request, requestId } = command;
  const problem = memberProblem(group, request);
  const member = group.members.get(request.memberId);
  if (problem !== undefined || member === undefined) {
    draft.answer(requestId, refusedJoin(request.memberId, problem ?? unknown(group, request.memberId)));
    return;
  }
  // A leader joins a stable group again when it wants to assign anew, as after topics changed.
  const wantsRebalance =
    !offersTheSame(member, request.protocols) ||
    (group.phase === 'Stable' && group.leaderId === member.memberId);
  if (group.phase !== 'PreparingRebalance' && !wantsRebalance) {
    // The answer to its last join may have got lost.
    renewSession(member, context);
    draft.answer(requestId, joinedAnswer(group, member, { skipAssignment: false }));
    return;
  }
  waitToJoin(draft, group, member, command);
  if (group.phase === 'PreparingRebalance') completeJoinIfAllCame(draft, group, context);
  else prepareRebalance(draft, group, context);
}

/** Lets a known member wait for the next generation; an earlier join of it that still waits gives way. */
function waitToJoin(
  draft: DecisionDraft,
  group: ClassicGroup,
  member: ClassicMember,
  command: JoinCommand,
): void {
  const message = `a later request of ${showMember(group, member.memberId)} took the place of this one; join again`;
  refuseWaiting(draft, group, member, new TidelogError('REBALANCE_IN_PROGRESS', message));
  group.update(member, describedBy(command));
  group.setWaitingJoin(member, command.requestId);
}

function replaceStaticMember(
  draft: DecisionDraft,
  group: ClassicGroup,
  names: { readonly command: JoinCommand; readonly oldMemberId: string; readonly newMemberId: string },
  context: DecisionContext,
): void {
  const { command, oldMemberId, newMemberId } = names;
  const old = group.members.get(oldMemberId);
  if (old === undefined) throw new Error(`the instance id of ${oldMemberId} has no member`);
  const message = `a later member with the instance id '${old.groupInstanceId}' took over`;
  refuseWaiting(draft, group, old, new TidelogError('FENCED_INSTANCE_ID', message));
  const leaderBefore = group.leaderId ?? '';
  // Its former self was to join again; in its place nobody would.
  const mustRebalance = hasToGiveUp(group, old);
  const member: ClassicMember = { ...old, memberId: newMemberId, isNew: false };
  group.replace(oldMemberId, member);
  if (group.phase === 'CompletingRebalance') group.pendingSyncs.add(newMemberId);
  group.update(member, describedBy(command));
  renewSession(member, context);
  if (group.phase === 'Stable' && !mustRebalance && group.selectProtocol() === group.protocolName) {
    keepPlace(draft, group, { command, member, leaderBefore }, context);
    return;
  }
  group.setWaitingJoin(member, command.requestId);
  if (group.phase === 'PreparingRebalance') completeJoinIfAllCame(draft, group, context);
  else prepareRebalance(draft, group, context);
}

/** The generation goes on with the member under its new id; only that is written. */
function keepPlace(
  draft: DecisionDraft,
  group: ClassicGroup,
  taken: { readonly command: JoinCommand; readonly member: ClassicMember; readonly leaderBefore: string },
  context: DecisionContext,
): void {
  const { request, requestId } = taken.command;
  const isLeader = group.leaderId === taken.member.memberId;
  const answer = joinedAnswer(group, taken.member, { skipAssignment: isLeader });
  // Clients before KIP-814 would assign anew if they found themselves leader, and the group would not listen: they
  // are told the leader's former id, and sync as followers.
  const answerBefore814 = { ...answer, skipAssignment: false, leader: taken.leaderBefore, members: [] };
  draft.answer(requestId, request.supportsSkippingAssignment ? answer : answerBefore814);
  draft.write({
    type: 'classicGroup',
    groupId: group.groupId,
    value: group.toValue({ assignments: group.assignments(), nowMs: context.nowMs }),
  });
}

/** Why the group does not understand this member. */
function protocolProblem(group: ClassicGroup, request: JoinGroupRequest): TidelogError | undefined {
  if (group.supportsProtocols(request.protocolType, request.protocols)) return undefined;
  const offered = request.protocols.map(({ name }) => name).join(', ');
  return new TidelogError(
    'INCONSISTENT_GROUP_PROTOCOL',
    `the group '${group.groupId}' speaks '${group.protocolType ?? ''}' and shares no protocol with this member ` +
      `('${request.protocolType}': ${offered === '' ? 'none' : offered})`,
  );
}

/** Why the group has no room for this member. */
function sizeProblem(
  group: ClassicGroup,
  command: JoinCommand,
  context: DecisionContext,
): TidelogError | undefined {
  const { request, client } = command;
  const { memberId, groupInstanceId } = request;
  // A static member that comes back has the room of its instance id.
  const replacedId =
    memberId === '' && groupInstanceId !== undefined ? group.staticMemberId(groupInstanceId) : undefined;
  const before = group.members.get(replacedId ?? memberId);
  const isJoining = group.phase === 'PreparingRebalance';
  // While members join, whoever comes first has a place: a group above the limit shrinks to it.
  const takenCount = isJoining ? group.waitingJoinCount : group.members.size;
  const hasPlace = before !== undefined && (!isJoining || before.waitingJoinId !== undefined);
  if (!hasPlace && takenCount >= context.config.classicMaxSize) {
    return tooLarge(group, `${context.config.classicMaxSize} members (group.max.size)`);
  }
  if (memberId === '' && before === undefined && group.pendingMembers.size >= MAX_PENDING_MEMBERS) {
    return tooLarge(group, `${MAX_PENDING_MEMBERS} members that are about to join`);
  }
  const candidate = {
    memberId: memberId === '' ? 'x'.repeat(MEMBER_ID_PREFIX_LENGTH) : memberId,
    groupInstanceId,
    clientId: client.clientId,
    clientHost: client.clientHost,
    protocols: request.protocols,
  };
  const otherBytes = group.metadataBytes - (before === undefined ? 0 : memberBytes(before));
  return otherBytes + memberBytes(candidate) <= CLASSIC_GROUP_MAX_BYTES
    ? undefined
    : tooLarge(group, `${CLASSIC_GROUP_MAX_BYTES} bytes of member metadata`);
}

function tooLarge(group: ClassicGroup, limit: string): TidelogError {
  return new TidelogError(
    'GROUP_MAX_SIZE_REACHED',
    `the group '${group.groupId}' has reached its largest size: ${limit}`,
  );
}

function unknown(group: ClassicGroup, memberId: string): TidelogError {
  return new TidelogError(
    'UNKNOWN_MEMBER_ID',
    `${showMember(group, memberId)} is not known; join without an id`,
  );
}

/** What a join says about its member; of two protocols of one name the first counts. */
function describedBy(command: JoinCommand): ClassicMemberDescription {
  const { request, client } = command;
  const byName = new Map<string, JoinGroupProtocol>();
  for (const { name, metadata } of request.protocols) {
    // A copy: the request's memory is the listener's again, and would be held whole.
    if (!byName.has(name)) byName.set(name, { name, metadata: Buffer.from(metadata) });
  }
  return {
    protocols: [...byName.values()],
    rebalanceTimeoutMs: Math.max(request.rebalanceTimeoutMs, 0),
    sessionTimeoutMs: request.sessionTimeoutMs,
    clientId: client.clientId,
    clientHost: client.clientHost,
  };
}

function offersTheSame(member: ClassicMember, protocols: readonly JoinGroupProtocol[]): boolean {
  return (
    member.protocols.length === protocols.length &&
    member.protocols.every((own, index) => {
      const offered = protocols[index];
      return offered !== undefined && own.name === offered.name && own.metadata.equals(offered.metadata);
    })
  );
}
