/**
 * OffsetFetch: what a group committed. Rows without a committed offset say −1, and so do all rows of a group that
 * does not exist. An offset that was committed for a topic that has been deleted and created again does not exist.
 */
import { TidelogError } from '@tidelog/record/errors';
import type {
  CommittedOffsetResult,
  OffsetFetchGroup,
  OffsetFetchGroupResult,
} from '../../group-requests.ts';
import type { PartitionReference } from '../../requests.ts';
import type { DecisionDraft } from '../decision-draft.ts';
import type { GroupCommand, TopicsView } from '../group-decision.ts';
import type { CommittedOffset } from '../group-records.ts';
import type { GroupCoordinatorState } from '../group-coordinator-state.ts';
import { groupIdProblem } from '../group-limits.ts';
import { fetchProblem } from './offset-commit-policy.ts';
import { isOfAnotherTopic } from './offsets-state.ts';
import { resolveTopic } from './resolve-topic.ts';

export function decideOffsetFetch(
  state: GroupCoordinatorState,
  command: GroupCommand<'offsetFetch'>,
  topics: TopicsView,
  draft: DecisionDraft,
): void {
  const groups = command.request.groups.map((group) => fetchGroup(state, group, topics));
  draft.answer(command.requestId, { groups });
}

function fetchGroup(
  state: GroupCoordinatorState,
  request: OffsetFetchGroup,
  topics: TopicsView,
): OffsetFetchGroupResult {
  const { groupId, partitions } = request;
  const requester = { groupId, memberId: request.memberId ?? '', memberEpoch: request.memberEpoch ?? -1 };
  const problem = groupIdProblem(groupId) ?? fetchProblem(state.groups.get(groupId), requester);
  if (problem !== undefined) return { groupId, error: problem, partitions: [] };
  return {
    groupId,
    partitions:
      partitions === 'all'
        ? fetchAll(state, groupId, topics)
        : partitions.map((partition) => fetchRow(state, { groupId, partition }, topics)),
  };
}

function fetchAll(
  state: GroupCoordinatorState,
  groupId: string,
  topics: TopicsView,
): CommittedOffsetResult[] {
  const rows: CommittedOffsetResult[] = [];
  for (const { topic, partition, committed } of state.offsets.offsetsOf(groupId)) {
    if (isOfAnotherTopic(topic, committed, topics)) continue;
    rows.push(row({ topic, topicId: topics.named(topic)?.topicId, partition }, committed));
  }
  return rows;
}

function fetchRow(
  state: GroupCoordinatorState,
  { groupId, partition }: { readonly groupId: string; readonly partition: PartitionReference },
  topics: TopicsView,
): CommittedOffsetResult {
  const view = resolveTopic(topics, partition);
  if (view instanceof TidelogError) {
    if (partition.topicId !== undefined) return { ...row(partition, undefined), error: view };
    // Offsets outlive their topics until the coordinator learns of the deletion.
    const { topic } = partition;
    return row(
      partition,
      topic === undefined ? undefined : state.offsets.committed(groupId, topic, partition.partition),
    );
  }
  const place = { topic: view.topic, topicId: view.topicId, partition: partition.partition };
  return row(place, state.offsets.current(groupId, view.topic, partition.partition, topics));
}

function row(place: PartitionReference, committed: CommittedOffset | undefined): CommittedOffsetResult {
  return {
    topic: place.topic,
    topicId: place.topicId,
    partition: place.partition,
    committedOffset: committed?.offset ?? -1,
    committedLeaderEpoch: committed?.leaderEpoch ?? -1,
    metadata: committed?.metadata ?? '',
  };
}
