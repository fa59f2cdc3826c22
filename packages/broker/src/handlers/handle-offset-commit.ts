/**
 * OffsetCommit: a group's next offsets. Rows that the principal may not commit, and those that are no place in a log,
 * are refused here; the group decides about the rest as a whole.
 */
import { TidelogError } from '@tidelog/record/errors';
import type { HandlerContext } from '../broker-core.ts';
import type { OffsetCommitPartition, OffsetCommitRequest, OffsetCommitResponse } from '../group-requests.ts';
import type { TopicState } from '../metadata/metadata-state.ts';
import { showTopic } from '../metadata/topic-name.ts';
import type { Partition } from '../partitions/partition.ts';
import { checkRowCount } from './request-checks.ts';

/** Rejects with INVALID_REQUEST, or with an error of the group's coordinator. */
export async function handleOffsetCommit(
  context: HandlerContext,
  request: OffsetCommitRequest,
): Promise<OffsetCommitResponse> {
  const { groupId, partitions } = request;
  const denial = context.denial({ type: 'Group', name: groupId });
  if (denial !== undefined) throw denial;
  checkRowCount('partitions', partitions);
  const { groups } = context.core;
  const opening = request.refuseBeyondLogEnd ? openLogs(context, partitions) : undefined;
  return await groups.commitOrder.run(groupId, opening, async () => {
    const problems = partitions.map((row) => rowProblem(context, request, row));
    const good = partitions.filter((_row, index) => problems[index] === undefined);
    if (good.length === partitions.length) {
      return await groups.submit('offsetCommit', groupId, request, context.request);
    }
    const rest = { ...request, partitions: good };
    const answer = await groups.submit('offsetCommit', groupId, rest, context.request);
    return { partitions: merged(problems, answer) };
  });
}

function rowProblem(
  context: HandlerContext,
  { refuseBeyondLogEnd }: OffsetCommitRequest,
  row: OffsetCommitPartition,
): TidelogError | undefined {
  const topic = topicOf(context, row);
  if (topic === undefined) return undefined;
  const denial = context.denial({ type: 'Topic', name: topic.topic });
  if (denial !== undefined || !refuseBeyondLogEnd) return denial;
  if (!(row.committedOffset >= 0)) {
    return new TidelogError(
      'OFFSET_OUT_OF_RANGE',
      `the offset ${row.committedOffset} of ${showTopic(topic.topic)} partition ${row.partition} is negative; commit the next offset to be read`,
      { topic: topic.topic, partition: row.partition, offset: row.committedOffset },
    );
  }
  const log = partitionOf(context, topic, row)?.openedLog;
  if (log === undefined || !(row.committedOffset > log.logEndOffset)) return undefined;
  return new TidelogError(
    'OFFSET_OUT_OF_RANGE',
    `${showTopic(topic.topic)} partition ${row.partition} ends at offset ${log.logEndOffset}; ${row.committedOffset} cannot be committed`,
    { topic: topic.topic, partition: row.partition, offset: row.committedOffset },
  );
}

/** Opens the logs that a check needs; undefined when all are open. A log that cannot be opened checks nothing. */
function openLogs(
  context: HandlerContext,
  rows: readonly OffsetCommitPartition[],
): Promise<unknown> | undefined {
  const opening: Promise<unknown>[] = [];
  for (const row of rows) {
    // Nothing is beyond the end of any log at 0.
    if (!(row.committedOffset > 0)) continue;
    const topic = topicOf(context, row);
    const partition = topic && partitionOf(context, topic, row);
    if (partition !== undefined && partition.openedLog === undefined) {
      opening.push(partition.withLog(() => Promise.resolve()).catch(() => undefined));
    }
  }
  return opening.length === 0 ? undefined : Promise.all(opening);
}

function topicOf(
  { core }: HandlerContext,
  { topicId, topic }: OffsetCommitPartition,
): TopicState | undefined {
  const { view } = core.metadata;
  if (topicId !== undefined) return view.topics.get(topicId);
  return topic === undefined ? undefined : view.topicNamed(topic);
}

/** The partition when this broker leads it. */
function partitionOf(
  { core }: HandlerContext,
  topic: TopicState,
  { partition }: OffsetCommitPartition,
): Partition | undefined {
  const found = core.partitions.get(topic, partition);
  return found?.leadershipProblem() === undefined ? found : undefined;
}

/** The answer's rows in the places of those that had no problem. */
function merged(
  problems: readonly (TidelogError | undefined)[],
  answer: OffsetCommitResponse,
): OffsetCommitResponse['partitions'] {
  let next = 0;
  return problems.map((error) => (error === undefined ? (answer.partitions[next++] ?? {}) : { error }));
}
