/**
 * The heartbeat of a consumer group member (KIP-848): it joins, says what it subscribes to and what it owns, hears
 * what it may own, and leaves; there is no other request of a member.
 *
 * A heartbeat of a member that has nothing to say, in a group that has nothing to tell, is nearly all there is: it
 * moves the end of the session and allocates the answer.
 */
import { TidelogError } from '@tidelog/record/errors';
import type { ConsumerGroupHeartbeatRequest, ConsumerGroupHeartbeatResponse } from '../../group-requests.ts';
import type { DecisionDraft } from '../decision-draft.ts';
import type { DecisionContext, GroupCommand } from '../group-decision.ts';
import type { GroupCoordinatorState } from '../group-coordinator-state.ts';
import type { ConsumerGroupMemberValue, CurrentAssignmentValue } from '../group-records.ts';
import { groupCountProblem } from '../group-limits.ts';
import { classicGroupTombstones } from '../migration/convert-offline.ts';
import { upgradeClassicGroup } from '../migration/upgrade-classic-group.ts';
import { ConsumerGroupChange } from './consumer-group-change.ts';
import { ConsumerGroup, subscriptionKey } from './consumer-group-state.ts';
import type { ConsumerGroupMember } from './consumer-group-state.ts';
import { JOIN_EPOCH, validateHeartbeat } from './heartbeat-validation.ts';
import { decideLeave } from './member-departure.ts';
import { placeOf } from './member-place.ts';
import type { MemberPlace } from './member-place.ts';
import { reconcile } from './member-reconciliation.ts';
import { isSame, toTopicIdPartitions } from './partitions-by-topic.ts';
import { targetIntervalMs } from './target-interval-policy.ts';

type Command = GroupCommand<'consumerGroupHeartbeat'>;

/** Patterns of one group that differ; each is resolved again whenever topics come or go. Kafka has no limit. */
export const MAX_GROUP_PATTERNS = 100;
/** Characters that the different subscriptions of one group take together. Kafka has no limit. */
export const MAX_GROUP_SUBSCRIPTION_LENGTH = 5_000_000;

/** @throws TidelogError when the heartbeat is refused; then the draft is of no use */
export function decideConsumerGroupHeartbeat(
  state: GroupCoordinatorState,
  command: Command,
  context: DecisionContext,
  draft: DecisionDraft,
): void {
  const { request, requestId } = command;
  const known = state.groups.get(request.groupId);
  if (known?.type === 'consumer' && !known.isMetadataStale && known.groupEpoch === known.assignmentEpoch) {
    const member = known.members.get(request.memberId);
    if (member !== undefined && known.isReconciled(member) && saysNothing(member, request)) {
      member.sessionDeadlineMs = context.monotonicMs + context.config.consumerSessionTimeoutMs;
      draft.answer(requestId, answerTo(member.memberId, member.current, context));
      return;
    }
  }
  validateHeartbeat(request);
  if (request.memberEpoch < JOIN_EPOCH) decideLeave(state, command, context, draft);
  else decidePresence(groupFor(state, request, context, draft), command, context, draft);
}

/** True when the member is where the coordinator thinks it is, and changes nothing about itself. */
function saysNothing(member: ConsumerGroupMember, request: ConsumerGroupHeartbeatRequest): boolean {
  return (
    request.memberEpoch === member.current.memberEpoch &&
    request.subscribedTopicNames === undefined &&
    request.subscribedTopicRegex === undefined &&
    request.rebalanceTimeoutMs === undefined &&
    request.serverAssignor === undefined &&
    (request.instanceId === undefined || request.instanceId === member.value.instanceId) &&
    (request.rackId === undefined || request.rackId === member.value.rackId) &&
    ownsWhatItMay(request, member.current)
  );
}

/** A member that says it owns something else is told again what it may own: it may have missed it. */
function ownsWhatItMay(
  { ownedPartitions }: ConsumerGroupHeartbeatRequest,
  { assignedPartitions }: CurrentAssignmentValue,
): boolean {
  return ownedPartitions === undefined || isSame(ownedPartitions, assignedPartitions);
}

function groupFor(
  state: GroupCoordinatorState,
  { groupId, memberEpoch, memberId }: ConsumerGroupHeartbeatRequest,
  context: DecisionContext,
  draft: DecisionDraft,
): ConsumerGroup {
  const group = state.groups.get(groupId);
  if (group?.type === 'consumer') return group;
  if (memberEpoch !== JOIN_EPOCH) {
    throw new TidelogError(
      'UNKNOWN_MEMBER_ID',
      `there is no consumer group ${JSON.stringify(groupId)} with the member ${memberId}: join it with the epoch 0`,
    );
  }
  if (group === undefined) {
    const problem = groupCountProblem(state);
    if (problem !== undefined) throw problem;
  } else {
    if (group.members.size > 0) return upgradeClassicGroup(group, context, draft);
    draft.write(...classicGroupTombstones(group));
  }
  return new ConsumerGroup(groupId);
}

function decidePresence(
  group: ConsumerGroup,
  command: Command,
  context: DecisionContext,
  draft: DecisionDraft,
): void {
  const { request, requestId } = command;
  const place = placeOf(group, request, context);
  requirePatternRoom(group, request);
  const { memberId, member } = place;
  const change = new ConsumerGroupChange(group, draft, context);
  if (place.replaced !== undefined) change.replaceMember(place.replaced.memberId, memberId);
  const value = valueAfter(change.valueOf(memberId), command);
  if (request.subscribedTopicNames !== undefined || request.subscribedTopicRegex !== undefined) {
    requireSubscriptionRoom(group, value);
  }
  const hasOtherSubscription = change.putMember(memberId, value);
  const isRefresh = group.isMetadataStale;
  change.settle({ isRefresh, mustBump: hasOtherSubscription || place.mustBump });
  const mayUpdateTarget =
    place.mustBump || group.assignmentEpoch === 0 || context.monotonicMs >= group.nextTargetMs;
  if (change.groupEpoch > change.assignmentEpoch && mayUpdateTarget) {
    change.updateTarget();
    group.nextTargetMs = context.monotonicMs + targetIntervalMs(change);
  }
  const current = reconciled(group, place, change, request);
  if (current !== member?.current) {
    draft.write({ type: 'currentAssignment', groupId: group.groupId, memberId, value: current });
  }
  // A new epoch says so itself once it is written: this decision may still turn out too large to be.
  if (change.groupEpoch === group.groupEpoch) group.isMetadataStale = false;
  if (member !== undefined)
    member.sessionDeadlineMs = context.monotonicMs + context.config.consumerSessionTimeoutMs;
  const isTold =
    isFullRequest(request) ||
    request.memberEpoch !== place.current.memberEpoch ||
    current.assignedPartitions !== place.current.assignedPartitions ||
    !ownsWhatItMay(request, current);
  draft.answer(requestId, answerTo(memberId, current, context, { isTold }));
}

function requirePatternRoom(
  { groupId, patterns }: ConsumerGroup,
  { subscribedTopicRegex = '' }: ConsumerGroupHeartbeatRequest,
): void {
  if (subscribedTopicRegex === '' || patterns.has(subscribedTopicRegex)) return;
  if (patterns.size < MAX_GROUP_PATTERNS) return;
  throw new TidelogError(
    'INVALID_REQUEST',
    `the members of the group ${JSON.stringify(groupId)} subscribe by ${String(patterns.size)} different patterns; at most ${String(MAX_GROUP_PATTERNS)} are allowed: use the pattern of another member`,
  );
}

function requireSubscriptionRoom(
  { groupId, subscriptions, subscriptionLength }: ConsumerGroup,
  value: ConsumerGroupMemberValue,
): void {
  const key = subscriptionKey(value);
  if (subscriptions.has(key) || subscriptionLength + key.length <= MAX_GROUP_SUBSCRIPTION_LENGTH) return;
  throw new TidelogError(
    'INVALID_REQUEST',
    `the members of the group ${JSON.stringify(groupId)} subscribe to ${String(subscriptions.size)} different lists of topics, which take ${String(subscriptionLength)} characters; at most ${String(MAX_GROUP_SUBSCRIPTION_LENGTH)} are allowed: use the list of another member, or a pattern`,
  );
}

/** What is known of the member after the heartbeat; what it does not mention stays. */
function valueAfter(
  before: ConsumerGroupMemberValue | undefined,
  { request, client }: Command,
): ConsumerGroupMemberValue {
  const names = request.subscribedTopicNames;
  return {
    instanceId: request.instanceId ?? before?.instanceId,
    rackId: request.rackId ?? before?.rackId,
    clientId: client.clientId,
    clientHost: client.clientHost,
    subscribedTopicNames:
      names === undefined ? (before?.subscribedTopicNames ?? []) : [...new Set(names)].sort(),
    subscribedTopicRegex: request.subscribedTopicRegex ?? before?.subscribedTopicRegex ?? '',
    rebalanceTimeoutMs: request.rebalanceTimeoutMs ?? before?.rebalanceTimeoutMs ?? 0,
    serverAssignor: request.serverAssignor ?? before?.serverAssignor,
    classicMember: undefined,
  };
}

function reconciled(
  group: ConsumerGroup,
  { memberId, replaced, current }: MemberPlace,
  change: ConsumerGroupChange,
  { memberEpoch, ownedPartitions }: ConsumerGroupHeartbeatRequest,
): CurrentAssignmentValue {
  return reconcile({
    current,
    seenEpoch: memberEpoch,
    targetEpoch: change.assignmentEpoch,
    target: change.targetOf(memberId),
    owned: ownedPartitions,
    isFree: (topicId, partition) => {
      const owner = group.ownerOf(topicId, partition);
      return owner === undefined || owner === memberId || owner === replaced?.memberId;
    },
  });
}

/** A member sends everything when it joins, and when it does not know whether its last heartbeat arrived. */
function isFullRequest(request: ConsumerGroupHeartbeatRequest): boolean {
  return (
    request.memberEpoch === JOIN_EPOCH ||
    (request.rebalanceTimeoutMs !== undefined &&
      request.ownedPartitions !== undefined &&
      (request.subscribedTopicNames !== undefined || request.subscribedTopicRegex !== undefined))
  );
}

function answerTo(
  memberId: string,
  current: CurrentAssignmentValue,
  { config }: DecisionContext,
  { isTold }: { readonly isTold: boolean } = { isTold: false },
): ConsumerGroupHeartbeatResponse {
  return {
    memberId,
    memberEpoch: current.memberEpoch,
    heartbeatIntervalMs: config.consumerHeartbeatIntervalMs,
    sessionTimeoutMs: config.consumerSessionTimeoutMs,
    assignment: isTold ? toTopicIdPartitions(current.assignedPartitions) : undefined,
  };
}
