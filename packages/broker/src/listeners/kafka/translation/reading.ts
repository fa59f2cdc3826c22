/**
 * What readers send: Fetch and ListOffsets.
 *
 * Fetch sessions (KIP-227) are not kept: every response says session 0, and clients then name all their partitions
 * in each request. Followers do not read through this listener.
 */
import type { RequestOf as KafkaRequestOf, ResponseInput } from '@tidelog/kafka-protocol';
import { TidelogError } from '@tidelog/record/errors';
import {
  EARLIEST_TIMESTAMP,
  type FetchResult,
  type IsolationLevel,
  type ListOffsetsResult,
} from '../../../requests.ts';
import {
  errorCodeOf,
  kafkaApi,
  regroup,
  topicReference,
  type AnyKafkaApi,
  type KafkaCall,
} from '../kafka-api.ts';

const NO_BYTES = Buffer.alloc(0);
/** The earliest offset on this broker's disk (KIP-405); without tiered storage, the earliest there is. */
const EARLIEST_LOCAL_TIMESTAMP = -4;
/** The last offset in tiered storage (KIP-1005), of which there is none. */
const LATEST_TIERED_TIMESTAMP = -5;

export const FETCH: AnyKafkaApi = kafkaApi({
  api: 'Fetch',
  minVersion: 4,
  maxVersion: 16,
  serve: async ({ request, dispatch, missing }) => {
    checkNoFollower(request, missing);
    checkNoSession(request);
    const response = await dispatch('fetch', {
      // The Java client ends its fetching with a request without partitions, and waits for the answer.
      maxWaitMs: request.topics.length === 0 ? 0 : Math.max(0, request.maxWaitMs),
      minBytes: Math.max(0, request.minBytes),
      maxBytes: Math.max(0, request.maxBytes),
      isolationLevel: isolationLevelOf(request.isolationLevel),
      partitions: request.topics.flatMap((topic) =>
        topic.partitions.map((partition) => ({
          ...topicReference({ name: topic.topic, topicId: topic.topicId }),
          partition: partition.partition,
          fetchOffset: partition.fetchOffset,
          partitionMaxBytes: Math.max(0, partition.partitionMaxBytes),
          currentLeaderEpoch: leaderEpochOf(partition.currentLeaderEpoch),
        })),
      ),
    });
    return { body: fetchResponse(request, response.partitions), release: () => response.release() };
  },
  refuse: (request, error, version) =>
    // Before version 7 only partitions have errors.
    version >= FIRST_FETCH_VERSION_WITH_ERROR
      ? { errorCode: errorCodeOf(error), sessionId: 0, responses: [] }
      : fetchResponse(
          request,
          request.topics.flatMap(({ partitions }) => partitions.map(() => failedFetch(error))),
        ),
});

export const LIST_OFFSETS: AnyKafkaApi = kafkaApi({
  api: 'ListOffsets',
  minVersion: 1,
  maxVersion: 9,
  serve: async ({ request, dispatch }) => {
    const { partitions } = await dispatch('listOffsets', {
      isolationLevel: isolationLevelOf(request.isolationLevel),
      partitions: request.topics.flatMap(({ name, partitions: rows }) =>
        rows.map(({ partitionIndex, timestamp, currentLeaderEpoch }) => ({
          topic: name,
          partition: partitionIndex,
          timestampMs: isOfTiers(timestamp) ? EARLIEST_TIMESTAMP : timestamp,
          currentLeaderEpoch: leaderEpochOf(currentLeaderEpoch),
        })),
      ),
    });
    return { body: listOffsetsResponse(request, partitions) };
  },
  refuse: (request, error) =>
    listOffsetsResponse(
      request,
      request.topics.flatMap(({ partitions }) =>
        partitions.map(() => ({ error, offset: -1, timestampMs: -1, leaderEpoch: -1 })),
      ),
    ),
});

const FIRST_FETCH_VERSION_WITH_ERROR = 7;

function fetchResponse(
  request: KafkaRequestOf<'Fetch'>,
  results: readonly FetchResult[],
): ResponseInput<'Fetch'> {
  const grouped = regroup(request.topics, results, (_topic, { partition }, result) => ({
    partitionIndex: partition,
    errorCode: errorCodeOf(result.error),
    highWatermark: result.highWatermark,
    lastStableOffset: result.lastStableOffset,
    logStartOffset: result.logStartOffset,
    divergingEpoch: {},
    currentLeader: {},
    snapshotId: {},
    abortedTransactions: null,
    preferredReadReplica: -1,
    records: result.records,
  }));
  return {
    responses: grouped.map(({ topic, results: partitions }) => ({
      topic: topic.topic,
      topicId: topic.topicId,
      partitions,
    })),
  };
}

function failedFetch(error: TidelogError): FetchResult {
  return { error, highWatermark: -1, lastStableOffset: -1, logStartOffset: -1, records: NO_BYTES };
}

function listOffsetsResponse(
  request: KafkaRequestOf<'ListOffsets'>,
  results: readonly ListOffsetsResult[],
): ResponseInput<'ListOffsets'> {
  const grouped = regroup(request.topics, results, (_topic, { partitionIndex, timestamp }, result) => {
    const isTiered = timestamp === LATEST_TIERED_TIMESTAMP;
    return {
      partitionIndex,
      errorCode: errorCodeOf(result.error),
      timestamp: isTiered ? -1 : result.timestampMs,
      offset: isTiered ? -1 : result.offset,
      leaderEpoch: isTiered ? -1 : result.leaderEpoch,
    };
  });
  return { topics: grouped.map(({ topic, results: partitions }) => ({ name: topic.name, partitions })) };
}

/** Is one end of what lies on one tier of storage asked for? */
function isOfTiers(timestamp: number): boolean {
  return timestamp === EARLIEST_LOCAL_TIMESTAMP || timestamp === LATEST_TIERED_TIMESTAMP;
}

function isolationLevelOf(level: number): IsolationLevel {
  if (level === 0) return 'read_uncommitted';
  if (level === 1) return 'read_committed';
  throw new TidelogError(
    'INVALID_REQUEST',
    `the isolation level is ${level}; it is 0 (read_uncommitted) or 1 (read_committed)`,
  );
}

/** −1: the client does not know it. */
function leaderEpochOf(epoch: number): number | undefined {
  return epoch < 0 ? undefined : epoch;
}

function checkNoFollower(
  { replicaId, replicaState }: KafkaRequestOf<'Fetch'>,
  missing: KafkaCall<'Fetch'>['missing'],
): void {
  if (replicaId < 0 && replicaState.replicaId < 0) return;
  missing('fetching as a follower');
  throw new TidelogError(
    'INVALID_REQUEST',
    'a follower asks for records; replicas of this cluster do not read through the Kafka listener',
  );
}

/** The session epochs of a request that names all its partitions: it begins a session, or has none (KIP-227). */
const WHOLE_REQUEST_EPOCHS: readonly number[] = [0, -1];

/** A whole request is served whatever session it names: kafka-go fetches in session −1. */
function checkNoSession({ sessionId, sessionEpoch }: KafkaRequestOf<'Fetch'>): void {
  if (WHOLE_REQUEST_EPOCHS.includes(sessionEpoch)) return;
  throw new TidelogError(
    'FETCH_SESSION_ID_NOT_FOUND',
    `there is no fetch session ${sessionId}; this broker keeps none, fetch without one`,
  );
}
