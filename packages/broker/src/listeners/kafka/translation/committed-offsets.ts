/**
 * The offsets of groups: commit, fetch, delete.
 */
import type { RequestOf as KafkaRequestOf, ResponseInput } from '@tidelog/kafka-protocol';
import type { TidelogError } from '@tidelog/record/errors';
import type {
  CommittedOffsetResult,
  OffsetFetchGroup,
  OffsetFetchGroupResult,
} from '../../../group-requests.ts';
import { errorCodeOf, kafkaApi, regroup, type AnyKafkaApi } from '../kafka-api.ts';

/** From here on a request names several groups (KIP-709). */
const FIRST_FETCH_VERSION_WITH_GROUPS = 8;
/** From here on the response has an error of the whole request. */
const FIRST_FETCH_VERSION_WITH_ERROR = 2;

export const OFFSET_COMMIT: AnyKafkaApi = kafkaApi({
  api: 'OffsetCommit',
  minVersion: 2,
  maxVersion: 9,
  serve: async ({ request, dispatch }) => {
    const { partitions } = await dispatch('offsetCommit', {
      groupId: request.groupId,
      memberId: request.memberId,
      memberEpoch: request.generationIdOrMemberEpoch,
      groupInstanceId: request.groupInstanceId ?? undefined,
      partitions: request.topics.flatMap((topic) =>
        topic.partitions.map((row) => ({
          topic: topic.name,
          partition: row.partitionIndex,
          committedOffset: row.committedOffset,
          committedLeaderEpoch: row.committedLeaderEpoch,
          metadata: row.committedMetadata ?? '',
        })),
      ),
      refuseBeyondLogEnd: false,
    });
    return { body: commitResponse(request, partitions) };
  },
  refuse: (request, error) =>
    commitResponse(
      request,
      request.topics.flatMap(({ partitions }) => partitions.map(() => ({ error }))),
    ),
});

export const OFFSET_FETCH: AnyKafkaApi = kafkaApi({
  api: 'OffsetFetch',
  minVersion: 1,
  maxVersion: 9,
  serve: async ({ request, version, dispatch }) => {
    const isMany = version >= FIRST_FETCH_VERSION_WITH_GROUPS;
    const { groups } = await dispatch('offsetFetch', {
      groups: isMany
        ? request.groups.map(askedGroup)
        : [{ groupId: request.groupId, partitions: askedPartitions(request.topics) }],
      requireStable: request.requireStable,
    });
    if (isMany) return { body: { groups: groups.map(groupRow) } };
    const [group] = groups;
    if (group?.error !== undefined) return { body: refusedFetch(request, group.error, version) };
    return { body: { topics: topicRows(group?.partitions ?? []), errorCode: 0 } };
  },
  refuse: refusedFetch,
});

export const OFFSET_DELETE: AnyKafkaApi = kafkaApi({
  api: 'OffsetDelete',
  minVersion: 0,
  maxVersion: 0,
  serve: async ({ request, dispatch }) => {
    const { partitions } = await dispatch('offsetDelete', {
      groupId: request.groupId,
      partitions: request.topics.flatMap(({ name, partitions: rows }) =>
        rows.map(({ partitionIndex }) => ({ topic: name, partition: partitionIndex })),
      ),
    });
    const grouped = regroup(request.topics, partitions, (_topic, { partitionIndex }, { error }) => ({
      partitionIndex,
      errorCode: errorCodeOf(error),
    }));
    const topics = grouped.map(({ topic, results }) => ({ name: topic.name, partitions: results }));
    return { body: { errorCode: 0, topics } };
  },
  refuse: (_request, error) => ({ errorCode: errorCodeOf(error), topics: [] }),
});

function commitResponse(
  request: KafkaRequestOf<'OffsetCommit'>,
  rows: readonly { readonly error?: TidelogError | undefined }[],
): ResponseInput<'OffsetCommit'> {
  const grouped = regroup(request.topics, rows, (_topic, { partitionIndex }, { error }) => ({
    partitionIndex,
    errorCode: errorCodeOf(error),
  }));
  return { topics: grouped.map(({ topic, results }) => ({ name: topic.name, partitions: results })) };
}

type AskedTopics = KafkaRequestOf<'OffsetFetch'>['topics'];

/** Null: all partitions that the group has committed. */
function askedPartitions(topics: AskedTopics): OffsetFetchGroup['partitions'] {
  if (topics === null) return 'all';
  return topics.flatMap(({ name, partitionIndexes }) =>
    partitionIndexes.map((partition) => ({ topic: name, partition })),
  );
}

function askedGroup(group: KafkaRequestOf<'OffsetFetch'>['groups'][number]): OffsetFetchGroup {
  const { groupId, memberId, memberEpoch, topics } = group;
  const partitions = askedPartitions(topics);
  // Without an id nobody is to be checked, whatever the epoch says.
  return memberId === null || memberEpoch < 0
    ? { groupId, partitions }
    : { groupId, memberId, memberEpoch, partitions };
}

function groupRow({ groupId, error, partitions }: OffsetFetchGroupResult) {
  return {
    groupId,
    topics: error === undefined ? topicRows(partitions) : [],
    errorCode: errorCodeOf(error),
  };
}

function topicRows(rows: readonly CommittedOffsetResult[]) {
  const topics = new Map<string, CommittedOffsetResult[]>();
  for (const row of rows) {
    const name = row.topic ?? '';
    const partitions = topics.get(name);
    if (partitions === undefined) topics.set(name, [row]);
    else partitions.push(row);
  }
  return [...topics].map(([name, partitions]) => ({ name, partitions: partitions.map(partitionRow) }));
}

function partitionRow({
  partition,
  committedOffset,
  committedLeaderEpoch,
  metadata,
  error,
}: CommittedOffsetResult) {
  return {
    partitionIndex: partition,
    committedOffset,
    committedLeaderEpoch,
    metadata,
    errorCode: errorCodeOf(error),
  };
}

function refusedFetch(
  request: KafkaRequestOf<'OffsetFetch'>,
  error: TidelogError,
  version: number,
): ResponseInput<'OffsetFetch'> {
  if (version >= FIRST_FETCH_VERSION_WITH_GROUPS) {
    return { groups: request.groups.map(({ groupId }) => groupRow({ groupId, error, partitions: [] })) };
  }
  if (version >= FIRST_FETCH_VERSION_WITH_ERROR) return { topics: [], errorCode: errorCodeOf(error) };
  const rows = (request.topics ?? []).flatMap(({ name, partitionIndexes }) =>
    partitionIndexes.map((partition) => ({
      topic: name,
      partition,
      error,
      committedOffset: -1,
      committedLeaderEpoch: -1,
      metadata: '',
    })),
  );
  return { topics: topicRows(rows) };
}
