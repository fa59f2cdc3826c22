/**
 * Whether a request comes from a classic member of a consumer group, and from its present generation.
 */
import { TidelogError } from '@tidelog/record/errors';
import type { HeartbeatRequest, SyncGroupRequest } from '../../group-requests.ts';
import type { MemberIdentity } from '../classic-group/classic-membership.ts';
import { CONSUMER_PROTOCOL_TYPE } from '../classic-group/classic-group-state.ts';
import type { ConsumerGroup, ConsumerGroupMember } from '../consumer-group/consumer-group-state.ts';

/** The member; an instance id without a member id names whoever has it. UNKNOWN_MEMBER_ID, FENCED_INSTANCE_ID. */
export function classicMemberOf(
  group: ConsumerGroup,
  { memberId, groupInstanceId }: MemberIdentity,
): ConsumerGroupMember | TidelogError {
  const member =
    groupInstanceId === undefined ? group.members.get(memberId) : group.staticMember(groupInstanceId);
  if (member?.value.classicMember === undefined) {
    return new TidelogError(
      'UNKNOWN_MEMBER_ID',
      `'${memberId === '' ? (groupInstanceId ?? '') : memberId}' is no classic member of the consumer group '${group.groupId}'; join again`,
    );
  }
  if (member.memberId === memberId || memberId === '') return member;
  return new TidelogError(
    'FENCED_INSTANCE_ID',
    `the instance id '${groupInstanceId}' of the group '${group.groupId}' belongs to the member '${member.memberId}' ` +
      'now; two consumers must not use one instance id',
  );
}

/** Like `classicMemberOf`, and ILLEGAL_GENERATION when the generation is not the member's epoch. */
export function classicMemberProblem(
  group: ConsumerGroup,
  request: Pick<HeartbeatRequest, 'memberId' | 'groupInstanceId' | 'generationId'>,
): TidelogError | undefined {
  const member = classicMemberOf(group, request);
  if (member instanceof TidelogError) return member;
  if (member.current.memberEpoch === request.generationId) return undefined;
  return new TidelogError(
    'ILLEGAL_GENERATION',
    `the member '${member.memberId}' of the group '${group.groupId}' is of generation ${member.current.memberEpoch}, ` +
      `not ${request.generationId}; join again`,
  );
}

/** Why a sync gets no assignment. */
export function syncProblem(group: ConsumerGroup, request: SyncGroupRequest): TidelogError | undefined {
  const problem = classicMemberProblem(group, request);
  const member = group.members.get(request.memberId);
  if (problem !== undefined || member === undefined) return problem;
  const name = member.value.classicMember?.supportedProtocols[0]?.name;
  const { protocolType = CONSUMER_PROTOCOL_TYPE, protocolName = name } = request;
  if (protocolType !== CONSUMER_PROTOCOL_TYPE || protocolName !== name) {
    const message = `the member '${member.memberId}' was told the protocol '${name ?? ''}' of '${CONSUMER_PROTOCOL_TYPE}', not '${protocolName ?? ''}' of '${protocolType}'`;
    return new TidelogError('INCONSISTENT_GROUP_PROTOCOL', message);
  }
  // A member that gives up partitions has joined already, and joins again once it has.
  if (group.groupEpoch <= member.current.memberEpoch || member.current.state === 'unrevokedPartitions') {
    return undefined;
  }
  return new TidelogError('REBALANCE_IN_PROGRESS', `the group '${group.groupId}' rebalances; join again`);
}
