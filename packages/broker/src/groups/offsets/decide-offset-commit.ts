/**
 * OffsetCommit: which rows of a commit are written, and why others are not. Thousands of commits a second come
 * through here: a row costs one record and one value.
 */
import { TidelogError } from '@tidelog/record/errors';
import { renewSession } from '../classic-group/classic-rebalance.ts';
import type { OffsetCommitPartition, OffsetCommitResponse } from '../../group-requests.ts';
import type { DecisionDraft } from '../decision-draft.ts';
import type { DecisionContext, GroupCommand, TopicView } from '../group-decision.ts';
import type { GroupCoordinatorState } from '../group-coordinator-state.ts';
import { groupIdProblem, MAX_COMMITTED_OFFSETS } from '../group-limits.ts';
import { commitProblem } from './offset-commit-policy.ts';
import { resolveTopic } from './resolve-topic.ts';

type CommitRow = OffsetCommitResponse['partitions'][number];

const COMMITTED: CommitRow = {};

export function decideOffsetCommit(
  state: GroupCoordinatorState,
  command: GroupCommand<'offsetCommit'>,
  context: DecisionContext,
  draft: DecisionDraft,
): void {
  const { request, requestId } = command;
  const group = state.groups.get(request.groupId);
  const problem = groupIdProblem(request.groupId) ?? commitProblem(group, request);
  if (problem !== undefined) {
    draft.answer(requestId, { partitions: request.partitions.map(() => ({ error: problem })) });
    return;
  }
  if (group?.type === 'classic' && (group.phase === 'Stable' || group.phase === 'PreparingRebalance')) {
    const member = group.members.get(request.memberId);
    if (member !== undefined) renewSession(member, context);
  }
  const rows: CommitRow[] = [];
  for (const partition of request.partitions)
    rows.push(commitRow(state, { groupId: request.groupId, partition }, context, draft));
  draft.answer(requestId, { partitions: rows });
}

function commitRow(
  state: GroupCoordinatorState,
  row: { readonly groupId: string; readonly partition: OffsetCommitPartition },
  context: DecisionContext,
  draft: DecisionDraft,
): CommitRow {
  const { groupId, partition: committing } = row;
  const view = resolveTopic(context.topics, committing);
  if (view instanceof TidelogError) return { error: view };
  const problem = rowProblem(state, { groupId, committing, view }, context);
  if (problem !== undefined) return { error: problem };
  draft.records.push({
    type: 'offsetCommit',
    groupId,
    topic: view.topic,
    partition: committing.partition,
    value: {
      offset: committing.committedOffset,
      leaderEpoch: committing.committedLeaderEpoch,
      metadata: committing.metadata,
      commitTimestampMs: context.nowMs,
      topicId: view.topicId,
    },
  });
  return COMMITTED;
}

/** What clients of Kafka commit in order to start at the beginning; −1 is the end. */
const BEGINNING = -2;

function rowProblem(
  state: GroupCoordinatorState,
  row: { readonly groupId: string; readonly committing: OffsetCommitPartition; readonly view: TopicView },
  { config }: DecisionContext,
): TidelogError | undefined {
  const { committing, view } = row;
  const { partition, committedOffset, metadata } = committing;
  if (!(partition >= 0 && partition < view.partitionCount)) {
    const message = `the topic '${view.topic}' has the partitions 0 … ${view.partitionCount - 1}, not ${partition}`;
    return new TidelogError('UNKNOWN_TOPIC_OR_PARTITION', message);
  }
  if (!(committedOffset >= BEGINNING)) {
    const message = `the offset ${committedOffset} of ${view.topic}-${partition} is none; commit the next offset to be read`;
    return new TidelogError('OFFSET_OUT_OF_RANGE', message);
  }
  // A character takes at most three bytes of UTF-8: short metadata is not measured.
  const limitBytes = config.offsetMetadataMaxBytes;
  if (metadata.length * 3 > limitBytes && Buffer.byteLength(metadata) > limitBytes) {
    const message = `the metadata of ${view.topic}-${partition} is longer than ${limitBytes} bytes (offset.metadata.max.bytes)`;
    return new TidelogError('OFFSET_METADATA_TOO_LARGE', message);
  }
  if (state.offsets.count < MAX_COMMITTED_OFFSETS) return undefined;
  if (state.offsets.committed(row.groupId, view.topic, partition) !== undefined) return undefined;
  const message = `the coordinator has ${MAX_COMMITTED_OFFSETS} committed offsets; delete groups or offsets`;
  return new TidelogError('POLICY_VIOLATION', message);
}
