/**
 * Which member of its group a heartbeat comes from, and whether it may: the rules of epochs and of instance ids.
 *
 * Epochs: the current one; or the one that the member last showed, when the answer with the current one was lost,
 * as long as it owns nothing that was taken from it meanwhile. Anything else is fenced: it must give up all and join.
 *
 * Epoch 0 says "I own nothing": a new member, or one that starts again under its id. Then the old place is its own,
 * with its target; the group gets a new epoch, so that whoever still acts under the old epoch is fenced.
 *
 * Instance ids: a static member that left with −2 may come back under any member id; while the old member's session
 * lasts otherwise, nobody takes its place.
 */
import { TidelogError } from '@tidelog/record/errors';
import type { ConsumerGroupHeartbeatRequest, TopicIdPartitions } from '../../group-requests.ts';
import type { DecisionContext } from '../group-decision.ts';
import type { CurrentAssignmentValue } from '../group-records.ts';
import { STATIC_MEMBER_AWAY_EPOCH, UNASSIGNED } from './consumer-group-state.ts';
import type { ConsumerGroup, ConsumerGroupMember } from './consumer-group-state.ts';
import { JOIN_EPOCH } from './heartbeat-validation.ts';
import { isSubset, joinPartitions } from './partitions-by-topic.ts';

export interface MemberPlace {
  readonly memberId: string;
  /** Undefined: the member is new to the group. */
  readonly member: ConsumerGroupMember | undefined;
  /** Whose place it takes: a static member that was away, under another id. */
  readonly replaced: ConsumerGroupMember | undefined;
  /** Where it is before this heartbeat. */
  readonly current: CurrentAssignmentValue;
  /** True when a former self of the member must be fenced by a new epoch. */
  readonly mustBump: boolean;
}

/** @throws UNKNOWN_MEMBER_ID, FENCED_MEMBER_EPOCH, FENCED_INSTANCE_ID, UNRELEASED_INSTANCE_ID, GROUP_MAX_SIZE_REACHED */
export function placeOf(
  group: ConsumerGroup,
  request: ConsumerGroupHeartbeatRequest,
  context: DecisionContext,
): MemberPlace {
  return request.memberEpoch === JOIN_EPOCH
    ? joinedPlace(group, request, context)
    : presentPlace(group, request);
}

function joinedPlace(
  group: ConsumerGroup,
  request: ConsumerGroupHeartbeatRequest,
  context: DecisionContext,
): MemberPlace {
  const memberId = request.memberId === '' ? context.randomMemberId() : request.memberId;
  const holder = request.instanceId === undefined ? undefined : group.staticMember(request.instanceId);
  if (holder !== undefined && holder.memberId !== memberId) {
    // A static member of the classic protocol does not leave: its program starts again with the other protocol.
    const isClassic = holder.value.classicMember !== undefined;
    if (holder.current.memberEpoch !== STATIC_MEMBER_AWAY_EPOCH && !isClassic) {
      throw new TidelogError(
        'UNRELEASED_INSTANCE_ID',
        `${describe(group)}: the instance id ${JSON.stringify(request.instanceId)} is held by the member ${holder.memberId}, which has not left: stop it, or wait until its session has ended`,
      );
    }
    if (!group.members.has(memberId)) {
      return { memberId, member: undefined, replaced: holder, current: UNASSIGNED, mustBump: false };
    }
    throw new TidelogError(
      'INVALID_REQUEST',
      `${describe(group)}: the member ${memberId} is in the group already and cannot take the place of ${holder.memberId}: join with a new member id`,
    );
  }
  const member = group.members.get(memberId);
  if (member === undefined) {
    requireRoom(group, context);
    return { memberId, member, replaced: undefined, current: UNASSIGNED, mustBump: false };
  }
  // The answer to the first join was lost.
  const isRepeated =
    member.current.previousMemberEpoch === JOIN_EPOCH && member.current.memberEpoch > JOIN_EPOCH;
  return {
    memberId,
    member,
    replaced: undefined,
    current: isRepeated ? member.current : UNASSIGNED,
    mustBump: !isRepeated && member.current.memberEpoch !== STATIC_MEMBER_AWAY_EPOCH,
  };
}

function presentPlace(group: ConsumerGroup, request: ConsumerGroupHeartbeatRequest): MemberPlace {
  const member = knownMember(group, request);
  requireEpoch(group, member, request);
  return { memberId: member.memberId, member, replaced: undefined, current: member.current, mustBump: false };
}

/**
 * The member that sent a heartbeat which does not join.
 *
 * @throws UNKNOWN_MEMBER_ID, FENCED_INSTANCE_ID
 */
export function knownMember(
  group: ConsumerGroup,
  { memberId, instanceId }: ConsumerGroupHeartbeatRequest,
): ConsumerGroupMember {
  const member = instanceId === undefined ? group.members.get(memberId) : group.staticMember(instanceId);
  if (member === undefined) {
    const who =
      instanceId === undefined ? `member ${memberId}` : `static member ${JSON.stringify(instanceId)}`;
    throw new TidelogError(
      'UNKNOWN_MEMBER_ID',
      `${describe(group)} has no ${who}: give up all partitions and join with the epoch 0`,
    );
  }
  if (member.memberId !== memberId) {
    throw new TidelogError(
      'FENCED_INSTANCE_ID',
      `${describe(group)}: the instance id ${JSON.stringify(instanceId)} belongs to the member ${member.memberId} now: two consumers must not share an instance id`,
    );
  }
  return member;
}

function requireEpoch(
  group: ConsumerGroup,
  { memberId, current }: ConsumerGroupMember,
  { memberEpoch, ownedPartitions }: ConsumerGroupHeartbeatRequest,
): void {
  if (memberEpoch === current.memberEpoch) return;
  if (memberEpoch === current.previousMemberEpoch && ownsNothingElse(current, ownedPartitions)) return;
  throw new TidelogError(
    'FENCED_MEMBER_EPOCH',
    `${describe(group)}: the member ${memberId} comes with the epoch ${String(memberEpoch)} but is at ${String(current.memberEpoch)}: give up all partitions and join with the epoch 0`,
  );
}

/** What it still has to give up is kept for it, so it may own that too. */
function ownsNothingElse(
  current: CurrentAssignmentValue,
  owned: readonly TopicIdPartitions[] | undefined,
): boolean {
  if (owned === undefined) return false;
  return isSubset(owned, joinPartitions(current.assignedPartitions, current.partitionsPendingRevocation));
}

function requireRoom(group: ConsumerGroup, { config }: DecisionContext): void {
  if (group.members.size < config.consumerMaxSize) return;
  throw new TidelogError(
    'GROUP_MAX_SIZE_REACHED',
    `${describe(group)} has ${String(group.members.size)} members, as many as group.consumer.max.size allows`,
  );
}

function describe(group: ConsumerGroup): string {
  return `group ${JSON.stringify(group.groupId)}`;
}
