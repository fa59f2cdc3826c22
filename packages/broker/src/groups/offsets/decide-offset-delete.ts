/**
 * OffsetDelete, and the tombstones of a group's offsets. Offsets of topics that members subscribe to stay: a member
 * would start somewhere else at its next assignment.
 */
import { TidelogError } from '@tidelog/record/errors';
import { CONSUMER_PROTOCOL_TYPE } from '../classic-group/classic-group-state.ts';
import { subscribedTopics } from '../classic-group/classic-subscriptions.ts';
import type { DecisionDraft } from '../decision-draft.ts';
import type { GroupCommand } from '../group-decision.ts';
import type { OffsetCommitRecord } from '../group-records.ts';
import type { Group, GroupCoordinatorState } from '../group-coordinator-state.ts';
import { groupIdProblem } from '../group-limits.ts';
import type { OffsetsState } from './offsets-state.ts';

export function decideOffsetDelete(
  state: GroupCoordinatorState,
  command: GroupCommand<'offsetDelete'>,
  draft: DecisionDraft,
): void {
  const { groupId, partitions } = command.request;
  const group = state.groups.get(groupId);
  const problem = groupIdProblem(groupId) ?? deleteProblem(state, groupId);
  if (problem !== undefined) {
    draft.refuse(command.requestId, problem);
    return;
  }
  const isSubscribed = subscriptionTest(group);
  const rows = partitions.map(({ topic, partition }) => {
    if (isSubscribed(topic)) {
      const message = `members of the group '${groupId}' subscribe to the topic '${topic}'; stop them first`;
      return { error: new TidelogError('GROUP_SUBSCRIBED_TO_TOPIC', message) };
    }
    if (state.offsets.committed(groupId, topic, partition) !== undefined) {
      draft.write(offsetTombstone(groupId, topic, partition));
    }
    return {};
  });
  draft.answer(command.requestId, { partitions: rows });
}

/** Tells which topics the members of a group subscribe to; all of them when they do not say so readably. */
export function subscriptionTest(group: Group | undefined): (topic: string) => boolean {
  if (group === undefined) return () => false;
  const topics = group.type === 'consumer' ? group.subscribedTopics() : subscribedTopics(group);
  return topics === 'unknown' ? () => true : (topic) => topics.has(topic);
}

/** Takes back everything that a group committed. */
export function offsetTombstones(offsets: OffsetsState, groupId: string): OffsetCommitRecord[] {
  return Array.from(offsets.offsetsOf(groupId), ({ topic, partition }) =>
    offsetTombstone(groupId, topic, partition),
  );
}

export function offsetTombstone(groupId: string, topic: string, partition: number): OffsetCommitRecord {
  return { type: 'offsetCommit', groupId, topic, partition, value: null };
}

function deleteProblem(state: GroupCoordinatorState, groupId: string): TidelogError | undefined {
  const group = state.groups.get(groupId);
  if (group === undefined && !state.offsets.has(groupId)) {
    return new TidelogError('GROUP_ID_NOT_FOUND', `there is no group '${groupId}'`);
  }
  if (group?.type !== 'classic' || group.phase === 'Empty' || group.protocolType === CONSUMER_PROTOCOL_TYPE) {
    return undefined;
  }
  const message = `the group '${groupId}' has members of the protocol type '${group.protocolType ?? ''}'; stop them first`;
  return new TidelogError('NON_EMPTY_GROUP', message);
}
