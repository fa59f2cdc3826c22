/**
 * ListGroups, DescribeGroups and DeleteGroups, for groups of both types and for those that exist by their committed
 * offsets alone: Kafka counts these as empty classic groups without a protocol type.
 */
import { TidelogError } from '@tidelog/record/errors';
import type { DescribedGroup, GroupResult, ListedGroup, ListGroupsRequest } from '../group-requests.ts';
import { describeClassicGroup } from './classic-group/describe-classic-group.ts';
import { describeConsumerGroup } from './consumer-group/describe-consumer-group.ts';
import type { DecisionDraft } from './decision-draft.ts';
import type { GroupCommand, TopicsView } from './group-decision.ts';
import type { Group, GroupCoordinatorState } from './group-coordinator-state.ts';
import { groupIdProblem } from './group-limits.ts';
import { groupTombstones } from './migration/convert-offline.ts';
import { offsetTombstones } from './offsets/decide-offset-delete.ts';

/** The protocol type of every consumer group. */
const CONSUMER_GROUP_PROTOCOL_TYPE = 'consumer';

export function decideListGroups(
  state: GroupCoordinatorState,
  command: GroupCommand<'listGroups'>,
  draft: DecisionDraft,
): void {
  const isWanted = listFilter(command.request);
  const groups: ListedGroup[] = [];
  for (const group of state.groups.values()) {
    const listed = listedGroup(group);
    if (isWanted(listed)) groups.push(listed);
  }
  for (const groupId of state.offsets.groupIds()) {
    const listed: ListedGroup = { groupId, type: 'classic', protocolType: '', state: 'Empty' };
    if (!state.groups.has(groupId) && isWanted(listed)) groups.push(listed);
  }
  draft.answer(command.requestId, { groups });
}

export function decideDescribeGroups(
  state: GroupCoordinatorState,
  command: GroupCommand<'describeGroups'>,
  topics: TopicsView,
  draft: DecisionDraft,
): void {
  const { groupIds, type } = command.request;
  const groups = groupIds.map((groupId) => {
    const described = describeGroup(state, groupId, topics);
    if (described === undefined) return notFound(groupId, type ?? 'classic', 'does not exist');
    return type === undefined || described.type === type
      ? described
      : notFound(groupId, type, `is of type ${described.type}, not ${type}`);
  });
  draft.answer(command.requestId, { groups });
}

/** Deletes groups without members, with all that they committed. */
export function decideDeleteGroups(
  state: GroupCoordinatorState,
  command: GroupCommand<'deleteGroups'>,
  draft: DecisionDraft,
): void {
  const groups = command.request.groupIds.map((groupId): GroupResult => {
    const problem = deleteProblem(state, groupId);
    if (problem !== undefined) return { groupId, error: problem };
    const group = state.groups.get(groupId);
    draft.write(...offsetTombstones(state.offsets, groupId));
    if (group !== undefined) draft.write(...groupTombstones(group));
    // Nothing was written of a group that somebody is only about to join: no record takes it back.
    if (group?.type === 'classic' && !group.isWritten) state.forgetGroup(groupId);
    return { groupId };
  });
  draft.answer(command.requestId, { groups });
}

function deleteProblem(state: GroupCoordinatorState, groupId: string): TidelogError | undefined {
  const problem = groupIdProblem(groupId);
  if (problem !== undefined) return problem;
  const group = state.groups.get(groupId);
  if (group === undefined && !state.offsets.has(groupId)) {
    return new TidelogError('GROUP_ID_NOT_FOUND', `there is no group '${groupId}'`);
  }
  if (group === undefined || stateOf(group) === 'Empty') return undefined;
  const message = `the group '${groupId}' has ${group.members.size} members; stop them, then delete it`;
  return new TidelogError('NON_EMPTY_GROUP', message);
}

function describeGroup(
  state: GroupCoordinatorState,
  groupId: string,
  topics: TopicsView,
): DescribedGroup | undefined {
  const group = state.groups.get(groupId);
  if (group?.type === 'consumer') return describeConsumerGroup(group, topics);
  if (group !== undefined) return describeClassicGroup(group, topics);
  return state.offsets.has(groupId) ? withoutMembers(groupId, 'classic', 'Empty') : undefined;
}

function listedGroup(group: Group): ListedGroup {
  return {
    groupId: group.groupId,
    type: group.type,
    protocolType: group.type === 'consumer' ? CONSUMER_GROUP_PROTOCOL_TYPE : (group.protocolType ?? ''),
    state: stateOf(group),
  };
}

function stateOf(group: Group): ListedGroup['state'] {
  return group.type === 'consumer' ? group.state : group.phase;
}

function listFilter({ states, types }: ListGroupsRequest): (group: ListedGroup) => boolean {
  const wantedStates = new Set(states.map((name) => name.toLowerCase()));
  const wantedTypes = new Set(types.map((name) => name.toLowerCase()));
  return ({ state, type }) =>
    (wantedStates.size === 0 || wantedStates.has(state.toLowerCase())) &&
    (wantedTypes.size === 0 || wantedTypes.has(type));
}

function notFound(groupId: string, type: DescribedGroup['type'], why: string): DescribedGroup {
  const error = new TidelogError('GROUP_ID_NOT_FOUND', `the group '${groupId}' ${why}`);
  return { ...withoutMembers(groupId, type, 'Dead'), error };
}

function withoutMembers(
  groupId: string,
  type: DescribedGroup['type'],
  state: DescribedGroup['state'],
): DescribedGroup {
  return {
    groupId,
    type,
    protocolType: '',
    state,
    groupEpoch: 0,
    assignmentEpoch: 0,
    assignor: '',
    members: [],
  };
}
