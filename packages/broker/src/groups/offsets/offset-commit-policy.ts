/**
 * Who may commit for a group, and who may fetch as a member of it.
 *
 * A member commits with its present epoch (its generation, when it is a classic one). Without a member id and with
 * the epoch −1, an administrator or a consumer that assigns partitions to itself commits, but only while the group
 * has no members: it would move the place of somebody who reads.
 */
import { TidelogError } from '@tidelog/record/errors';
import { generationProblem } from '../classic-group/classic-membership.ts';
import type { ClassicGroup } from '../classic-group/classic-group-state.ts';
import type { ConsumerGroup } from '../consumer-group/consumer-group-state.ts';
import type { Group } from '../group-coordinator-state.ts';

/** Whom a request says that it comes from. */
export interface OffsetRequester {
  readonly groupId: string;
  readonly memberId: string;
  readonly memberEpoch: number;
  readonly groupInstanceId?: string | undefined;
}

/**
 * Why the requester may not commit: UNKNOWN_MEMBER_ID, STALE_MEMBER_EPOCH (consumer groups), ILLEGAL_GENERATION,
 * FENCED_INSTANCE_ID and REBALANCE_IN_PROGRESS (classic members). `group` is undefined when the coordinator has no
 * such group; then whoever is no member may commit, and the group exists by its offsets.
 */
export function commitProblem(
  group: Group | undefined,
  requester: OffsetRequester,
): TidelogError | undefined {
  if (group?.type === 'consumer') return consumerCommitProblem(group, requester);
  if (group !== undefined) return classicCommitProblem(group, requester);
  if (requester.memberEpoch < 0) return undefined;
  return new TidelogError(
    'UNKNOWN_MEMBER_ID',
    `the group '${requester.groupId}' does not exist, so '${requester.memberId}' is no member of it; join again`,
  );
}

/** Why the requester may not fetch as the member that it names; classic groups do not ask. */
export function fetchProblem(group: Group | undefined, requester: OffsetRequester): TidelogError | undefined {
  if (requester.memberId === '' && requester.memberEpoch < 0) return undefined;
  return group?.type === 'consumer' ? consumerMemberProblem(group, requester) : undefined;
}

function consumerCommitProblem(group: ConsumerGroup, requester: OffsetRequester): TidelogError | undefined {
  if (requester.memberEpoch < 0 && group.members.size === 0) return undefined;
  return consumerMemberProblem(group, requester);
}

function consumerMemberProblem(group: ConsumerGroup, requester: OffsetRequester): TidelogError | undefined {
  const { memberId, memberEpoch } = requester;
  const member = group.members.get(memberId);
  if (member === undefined) return memberId === '' ? groupInUse(group) : notAMember(group, memberId);
  if (memberEpoch >= 0 && memberEpoch === member.current.memberEpoch) return undefined;
  const isClassic = member.value.classicMember !== undefined;
  return new TidelogError(
    isClassic ? 'ILLEGAL_GENERATION' : 'STALE_MEMBER_EPOCH',
    `the member '${memberId}' of the group '${group.groupId}' is at the epoch ${member.current.memberEpoch}, not ` +
      `${memberEpoch}; ${isClassic ? 'join again' : 'take the epoch of the next heartbeat and try again'}`,
  );
}

function classicCommitProblem(group: ClassicGroup, requester: OffsetRequester): TidelogError | undefined {
  const { memberId, memberEpoch: generationId, groupInstanceId } = requester;
  if (generationId < 0 && group.phase === 'Empty') return undefined;
  if (generationId < 0 && memberId === '' && groupInstanceId === undefined) return groupInUse(group);
  const problem = generationProblem(group, { memberId, groupInstanceId, generationId });
  if (problem !== undefined) return problem;
  // It has joined the generation and has not synced: it does not own anything to commit for.
  if (group.phase !== 'CompletingRebalance') return undefined;
  const message = `the group '${group.groupId}' is being assigned; sync, then commit for what is assigned then`;
  return new TidelogError('REBALANCE_IN_PROGRESS', message);
}

function groupInUse(group: Group): TidelogError {
  return new TidelogError(
    'UNKNOWN_MEMBER_ID',
    `the group '${group.groupId}' has members, so that only they may set its offsets; stop them first`,
  );
}

function notAMember(group: Group, memberId: string): TidelogError {
  return new TidelogError(
    'UNKNOWN_MEMBER_ID',
    `'${memberId}' is no member of the group '${group.groupId}'; it may have been removed: join again`,
  );
}
