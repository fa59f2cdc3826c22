/**
 * Classic members of a consumer group (KIP-848, online migration): the coordinator assigns to them as to all others,
 * and speaks JoinGroup, SyncGroup, Heartbeat and LeaveGroup with them. No member leads; nobody waits for anybody.
 *
 *   JoinGroup   says what the member subscribes to and what it owns; the answer's generation is its member epoch.
 *   SyncGroup   gives what it may own from then on.
 *   Heartbeat   asks it to join again (REBALANCE_IN_PROGRESS) when the group has a later epoch, when it has to give
 *               up partitions, and when partitions that it waits for are free. A member that does not come within its
 *               rebalance time-out is removed.
 *
 * A static member that takes the place of the last one of the consumer protocol makes the group a classic one.
 *
 * Members that come without an id are asked to come back with one (KIP-394), which is not remembered: any id that
 * comes is a new member's.
 */
import { TidelogError } from '@tidelog/record/errors';
import type { JoinGroupProtocol, JoinGroupResponse } from '../../group-requests.ts';
import { CONSUMER_PROTOCOL_TYPE, memberBytes } from '../classic-group/classic-group-state.ts';
import type { MemberIdentity } from '../classic-group/classic-membership.ts';
import { refusedJoin, refusedSync } from '../classic-group/classic-rebalance.ts';
import { CLASSIC_GROUP_MAX_BYTES, joinClassicGroup } from '../classic-group/join-classic-group.ts';
import { ConsumerGroupChange } from '../consumer-group/consumer-group-change.ts';
import { UNASSIGNED } from '../consumer-group/consumer-group-state.ts';
import type { ConsumerGroup, ConsumerGroupMember } from '../consumer-group/consumer-group-state.ts';
import { removeMembers } from '../consumer-group/member-departure.ts';
import { reconcile } from '../consumer-group/member-reconciliation.ts';
import type { DecisionDraft } from '../decision-draft.ts';
import type { DecisionContext, GroupCommand } from '../group-decision.ts';
import type { GroupCoordinatorState } from '../group-coordinator-state.ts';
import type {
  ClassicMemberMetadata,
  ConsumerGroupMemberValue,
  CurrentAssignmentValue,
} from '../group-records.ts';
import { classicMemberOf, classicMemberProblem, syncProblem } from './classic-member-checks.ts';
import { downgradeConsumerGroup } from './downgrade-consumer-group.ts';
import { embeddedAssignment, embeddedSubscription } from './embedded-protocol.ts';
import type { EmbeddedSubscription } from './embedded-protocol.ts';

type JoinCommand = GroupCommand<'joinGroup'>;

/** A join that nothing speaks against. */
interface Joining {
  readonly command: JoinCommand;
  readonly memberId: string;
  readonly subscription: EmbeddedSubscription;
  /** Who has the instance id so far, if it is another. */
  readonly replaced: ConsumerGroupMember | undefined;
}

/** JoinGroup at a consumer group with members. */
export function joinConsumerGroupAsClassicMember(
  state: GroupCoordinatorState,
  group: ConsumerGroup,
  command: JoinCommand,
  context: DecisionContext,
  draft: DecisionDraft,
): void {
  const { request, requestId, client } = command;
  const isNameless = request.memberId === '';
  const memberId = isNameless
    ? `${request.groupInstanceId ?? client.clientId}-${context.randomMemberId()}`.slice(-MEMBER_ID_MAX_LENGTH)
    : request.memberId;
  const subscription = embeddedSubscription(request.protocols, context.topics);
  const problem = joinProblem(group, command, context);
  if (problem !== undefined || subscription === undefined) {
    draft.answer(requestId, refusedJoin(request.memberId, problem ?? unreadable(group)));
    return;
  }
  if (isNameless && request.requireKnownMemberId && request.groupInstanceId === undefined) {
    const message = `join the group '${group.groupId}' again with the member id '${memberId}'`;
    draft.answer(requestId, refusedJoin(memberId, new TidelogError('MEMBER_ID_REQUIRED', message)));
    return;
  }
  const holder =
    request.groupInstanceId === undefined ? undefined : group.staticMember(request.groupInstanceId);
  const replaced = holder?.memberId === memberId ? undefined : holder;
  if (
    replaced !== undefined &&
    downgradeConsumerGroup(state, { group, leaving: [replaced] }, context, draft)
  ) {
    const classic = state.classicGroup(group.groupId);
    if (classic === undefined) throw new Error(`the group ${group.groupId} was not downgraded`);
    joinClassicGroup(draft, classic, command, context);
    state.deadlines.schedule(classic.groupId, classic.nextDeadlineMs());
    return;
  }
  draft.answer(requestId, join(state, group, { command, memberId, subscription, replaced }, context, draft));
}

/** SyncGroup at a consumer group with members. */
export function syncAsClassicMember(
  _state: GroupCoordinatorState,
  group: ConsumerGroup,
  { requestId, request }: GroupCommand<'syncGroup'>,
  context: DecisionContext,
  draft: DecisionDraft,
): void {
  const problem = syncProblem(group, request);
  const member = group.members.get(request.memberId);
  const classicMember = member?.value.classicMember;
  if (problem !== undefined || member === undefined || classicMember === undefined) {
    draft.answer(requestId, refusedSync(problem ?? unreadable(group)));
    return;
  }
  renewSession(member, classicMember, context);
  const { supportedProtocols } = classicMember;
  draft.answer(requestId, {
    protocolType: CONSUMER_PROTOCOL_TYPE,
    protocolName: supportedProtocols[0]?.name,
    assignment: embeddedAssignment(member.current.assignedPartitions, supportedProtocols, context.topics),
  });
}

/** Heartbeat at a consumer group. */
export function heartbeatAsClassicMember(
  state: GroupCoordinatorState,
  group: ConsumerGroup,
  { requestId, request }: GroupCommand<'heartbeat'>,
  context: DecisionContext,
  draft: DecisionDraft,
): void {
  const problem = classicMemberProblem(group, request);
  const member = group.members.get(request.memberId);
  const classicMember = member?.value.classicMember;
  if (problem !== undefined || member === undefined || classicMember === undefined) {
    draft.refuse(requestId, problem ?? unreadable(group));
    return;
  }
  renewSession(member, classicMember, context);
  let groupEpoch = group.groupEpoch;
  if (group.isMetadataStale) {
    const change = new ConsumerGroupChange(group, draft, context);
    change.settle({ isRefresh: true, mustBump: false });
    groupEpoch = change.groupEpoch;
    group.isMetadataStale = false;
  }
  if (!mustRejoin(group, member, groupEpoch)) {
    draft.answer(requestId, {});
    return;
  }
  // It counts as one that has something to give up: it is removed when it does not come in time.
  if (member.revocationDeadlineMs === Infinity) {
    member.revocationDeadlineMs = context.monotonicMs + member.value.rebalanceTimeoutMs;
    state.deadlines.schedule(group.groupId, member.revocationDeadlineMs);
  }
  const message = `the group '${group.groupId}' rebalances; join again`;
  draft.refuse(requestId, new TidelogError('REBALANCE_IN_PROGRESS', message));
}

/** LeaveGroup at a consumer group. */
export function leaveAsClassicMembers(
  state: GroupCoordinatorState,
  group: ConsumerGroup,
  { requestId, request }: GroupCommand<'leaveGroup'>,
  context: DecisionContext,
  draft: DecisionDraft,
): void {
  const gone = new Set<ConsumerGroupMember>();
  const members = request.members.map((leaving) => {
    const found = classicMemberOf(group, leaving);
    if (found instanceof TidelogError) return { ...leaving, error: found };
    gone.add(found);
    return leaving;
  });
  if (gone.size > 0) removeMembers(state, group, [...gone], context, draft);
  draft.answer(requestId, { members });
}

const MEMBER_ID_MAX_LENGTH = 255;

function join(
  state: GroupCoordinatorState,
  group: ConsumerGroup,
  { command, memberId, subscription, replaced }: Joining,
  context: DecisionContext,
  draft: DecisionDraft,
): JoinGroupResponse {
  const { groupId } = group;
  const member = group.members.get(memberId);
  const before = (replaced ?? member)?.current ?? UNASSIGNED;
  const change = new ConsumerGroupChange(group, draft, context);
  if (replaced !== undefined) change.replaceMember(replaced.memberId, memberId);
  const value = valueOf(command, subscription);
  const hasOtherSubscription = change.putMember(memberId, value);
  change.settle({ isRefresh: group.isMetadataStale, mustBump: hasOtherSubscription });
  change.updateTarget();
  group.isMetadataStale = false;
  const current = reconcile({
    // Whoever takes over an instance id starts again, and owns nothing.
    current: replaced === undefined ? before : UNASSIGNED,
    seenEpoch: before.memberEpoch,
    targetEpoch: change.assignmentEpoch,
    target: change.targetOf(memberId),
    owned: subscription.owned,
    isFree: (topicId, partition) => {
      const owner = group.ownerOf(topicId, partition);
      return owner === undefined || owner === memberId || owner === replaced?.memberId;
    },
  });
  if (current !== member?.current)
    draft.write({ type: 'currentAssignment', groupId, memberId, value: current });
  if (member !== undefined) {
    renewSession(member, value.classicMember, context);
    // It may ask for a shorter session than it had.
    state.deadlines.schedule(groupId, member.sessionDeadlineMs);
    if (current === member.current) state.beginRevocation(group, member);
  }
  return answerOf(memberId, current, command.request.protocols);
}

function answerOf(
  memberId: string,
  { memberEpoch }: CurrentAssignmentValue,
  protocols: readonly JoinGroupProtocol[],
): JoinGroupResponse {
  return {
    generationId: memberEpoch,
    protocolType: CONSUMER_PROTOCOL_TYPE,
    protocolName: protocols[0]?.name,
    leader: '',
    skipAssignment: false,
    memberId,
    members: [],
  };
}

function valueOf(
  { request, client }: JoinCommand,
  subscription: EmbeddedSubscription,
): ConsumerGroupMemberValue & { readonly classicMember: ClassicMemberMetadata } {
  return {
    instanceId: request.groupInstanceId,
    rackId: subscription.rackId,
    clientId: client.clientId,
    clientHost: client.clientHost,
    subscribedTopicNames: subscription.topics,
    subscribedTopicRegex: '',
    rebalanceTimeoutMs: Math.max(request.rebalanceTimeoutMs, 0),
    serverAssignor: undefined,
    classicMember: {
      sessionTimeoutMs: request.sessionTimeoutMs,
      // Copies: the request's memory is the listener's again, and would be held whole.
      supportedProtocols: request.protocols.map(({ name, metadata }) => ({
        name,
        metadata: Buffer.from(metadata),
      })),
    },
  };
}

function joinProblem(
  group: ConsumerGroup,
  { request, client }: JoinCommand,
  { config }: DecisionContext,
): TidelogError | undefined {
  const { memberId, groupInstanceId, protocolType, protocols } = request;
  const holder = groupInstanceId === undefined ? undefined : group.staticMember(groupInstanceId);
  if (holder !== undefined && memberId !== '' && holder.memberId !== memberId) {
    const message = `the instance id '${groupInstanceId}' of the group '${group.groupId}' belongs to the member '${holder.memberId}' now`;
    return new TidelogError('FENCED_INSTANCE_ID', message);
  }
  if (holder === undefined && groupInstanceId !== undefined && memberId !== '') {
    const message = `the group '${group.groupId}' has no static member '${groupInstanceId}'; join without a member id`;
    return new TidelogError('UNKNOWN_MEMBER_ID', message);
  }
  if (memberId.length > MEMBER_ID_MAX_LENGTH) {
    return new TidelogError('INVALID_REQUEST', `a member id has at most ${MEMBER_ID_MAX_LENGTH} characters`);
  }
  if (protocolType !== CONSUMER_PROTOCOL_TYPE || !sharesProtocol(group, memberId, protocols)) {
    const message = `the group '${group.groupId}' is a consumer group, and shares no protocol with this member ('${protocolType}')`;
    return new TidelogError('INCONSISTENT_GROUP_PROTOCOL', message);
  }
  const { clientId, clientHost } = client;
  const joiningBytes = memberBytes({ memberId, groupInstanceId, clientId, clientHost, protocols });
  if (keptBytes(group, request) + joiningBytes > CLASSIC_GROUP_MAX_BYTES) {
    const message = `what the classic members of the group '${group.groupId}' say about themselves takes more than ${CLASSIC_GROUP_MAX_BYTES} bytes`;
    return new TidelogError('GROUP_MAX_SIZE_REACHED', message);
  }
  if (holder !== undefined || group.members.has(memberId) || group.members.size < config.consumerMaxSize) {
    return undefined;
  }
  const message = `the group '${group.groupId}' has ${group.members.size} members, as many as group.consumer.max.size allows`;
  return new TidelogError('GROUP_MAX_SIZE_REACHED', message);
}

/** What is kept of all classic members but the one that joins. */
function keptBytes(group: ConsumerGroup, joining: MemberIdentity): number {
  const holder =
    joining.groupInstanceId === undefined ? undefined : group.staticMember(joining.groupInstanceId);
  let sizeBytes = 0;
  for (const member of group.members.values()) {
    const { memberId, value } = member;
    if (value.classicMember === undefined || memberId === joining.memberId || member === holder) continue;
    const { clientId, clientHost, instanceId: groupInstanceId, classicMember } = value;
    const protocols = classicMember.supportedProtocols;
    sizeBytes += memberBytes({ memberId, groupInstanceId, clientId, clientHost, protocols });
  }
  return sizeBytes;
}

/** Classic members have to share a protocol, or they could not become a classic group again. */
function sharesProtocol(
  group: ConsumerGroup,
  memberId: string,
  protocols: readonly JoinGroupProtocol[],
): boolean {
  const common = new Set(protocols.map(({ name }) => name));
  for (const member of group.members.values()) {
    const { classicMember } = member.value;
    if (classicMember === undefined || member.memberId === memberId) continue;
    const names = new Set(classicMember.supportedProtocols.map(({ name }) => name));
    for (const name of common) if (!names.has(name)) common.delete(name);
  }
  return common.size > 0;
}

function mustRejoin(group: ConsumerGroup, member: ConsumerGroupMember, groupEpoch: number): boolean {
  const { memberEpoch, state, assignedPartitions } = member.current;
  if (memberEpoch < groupEpoch || state === 'unrevokedPartitions') return true;
  if (state !== 'unreleasedPartitions') return false;
  for (const [topicId, partitions] of group.targetOf(member.memberId)) {
    const owned = new Set(assignedPartitions.get(topicId));
    if (
      partitions.some((partition) => !owned.has(partition) && group.ownerOf(topicId, partition) === undefined)
    ) {
      return true;
    }
  }
  return false;
}

function renewSession(
  member: ConsumerGroupMember,
  { sessionTimeoutMs }: ClassicMemberMetadata,
  { monotonicMs }: DecisionContext,
): void {
  member.sessionDeadlineMs = monotonicMs + sessionTimeoutMs;
}

function unreadable(group: ConsumerGroup): TidelogError {
  const message = `the group '${group.groupId}' is a consumer group, and this member's subscription cannot be read`;
  return new TidelogError('INCONSISTENT_GROUP_PROTOCOL', message);
}
