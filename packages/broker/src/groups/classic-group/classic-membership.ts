/**
 * Who may speak for a member of a classic group: the check that joins, syncs, heartbeats, commits and leaving
 * members have in common (KIP-345).
 */
import { TidelogError } from '@tidelog/record/errors';
import type { ClassicGroup } from './classic-group-state.ts';

/** How a request names its member. */
export interface MemberIdentity {
  readonly memberId: string;
  readonly groupInstanceId?: string | undefined;
}

/**
 * Why the group does not accept this member: FENCED_INSTANCE_ID when another one has its instance id by now,
 * UNKNOWN_MEMBER_ID when it has nobody of these ids.
 */
export function memberProblem(group: ClassicGroup, identity: MemberIdentity): TidelogError | undefined {
  const { memberId, groupInstanceId } = identity;
  const holderId = groupInstanceId === undefined ? memberId : group.staticMemberId(groupInstanceId);
  if (holderId !== undefined && holderId !== memberId) {
    return new TidelogError(
      'FENCED_INSTANCE_ID',
      `the instance id '${groupInstanceId}' of the group '${group.groupId}' belongs to the member '${holderId}' now, ` +
        `not to '${memberId}'; two consumers must not use one instance id`,
    );
  }
  if (holderId !== undefined && group.members.has(memberId)) return undefined;
  const instance = groupInstanceId === undefined ? '' : ` with the instance id '${groupInstanceId}'`;
  return new TidelogError(
    'UNKNOWN_MEMBER_ID',
    `the group '${group.groupId}' has no member '${memberId}'${instance}; join again`,
  );
}

/** Like `memberProblem`, and ILLEGAL_GENERATION when the member is not of the present generation. */
export function generationProblem(
  group: ClassicGroup,
  request: MemberIdentity & { readonly generationId: number },
): TidelogError | undefined {
  const problem = memberProblem(group, request);
  if (problem !== undefined || request.generationId === group.generationId) return problem;
  return new TidelogError(
    'ILLEGAL_GENERATION',
    `the member '${request.memberId}' is of generation ${request.generationId}, the group '${group.groupId}' of ` +
      `${group.generationId}; join again`,
  );
}
