/**
 * What the client knows of the cluster: brokers, topics, and who leads which partition. Pure: a snapshot and an
 * answer give the next snapshot.
 *
 * Invariants, for one topic id:
 * - the leader of a partition never goes back to an older leader epoch, whichever broker answers (KIP-320);
 * - a partition that was seen stays.
 */
import { topicIdFromBytes, type TopicId, type wire } from '@tidelog/protocol';
import { TidelogError } from '@tidelog/record/errors';
import type { Endpoint } from './transport.ts';

export interface BrokerInfo {
  readonly brokerId: number;
  readonly endpoint: Endpoint;
  /** Empty: none. */
  readonly rack: string;
}

export interface PartitionInfo {
  readonly partition: number;
  /** −1: no leader at the moment. */
  readonly leaderId: number;
  readonly leaderEpoch: number;
  readonly replicaIds: readonly number[];
  readonly isrIds: readonly number[];
}

export interface TopicInfo {
  readonly name: string;
  readonly topicId: TopicId;
  /** True for the topics that the cluster keeps for itself. */
  readonly isInternal: boolean;
  /** By partition number, without gaps. */
  readonly partitions: readonly PartitionInfo[];
}

export interface MetadataSnapshot {
  /** Empty before the first answer. */
  readonly clusterId: string;
  /** −1: unknown. */
  readonly controllerId: number;
  readonly brokers: ReadonlyMap<number, BrokerInfo>;
  readonly topics: ReadonlyMap<string, TopicInfo>;
  /** Why a topic that was asked for is not in `topics`, or is not complete. */
  readonly topicErrors: ReadonlyMap<string, TidelogError>;
}

export const EMPTY_METADATA: MetadataSnapshot = {
  clusterId: '',
  controllerId: -1,
  brokers: new Map(),
  topics: new Map(),
  topicErrors: new Map(),
};

/** The snapshot after an answer: its brokers replace the known ones, its topics join or replace theirs. */
export function mergeMetadata(previous: MetadataSnapshot, answer: wire.MetadataResponse): MetadataSnapshot {
  const topics = new Map(previous.topics);
  const topicErrors = new Map(previous.topicErrors);
  for (const topic of answer.topics) {
    const name = topic.name ?? '';
    topicErrors.delete(name);
    if (topic.errorCode !== undefined && topic.errorCode !== 0) {
      const error = TidelogError.fromWire(topic.errorCode, topic.errorMessage ?? '', { topic: name });
      topicErrors.set(name, error);
      if (error.code === 'UNKNOWN_TOPIC_OR_PARTITION') topics.delete(name);
      continue;
    }
    topics.set(name, mergeTopic(topics.get(name), topic));
  }
  return {
    clusterId: answer.clusterId,
    controllerId: answer.controllerId,
    brokers: answer.brokers.length === 0 ? previous.brokers : brokersOf(answer.brokers),
    topics,
    topicErrors,
  };
}

/** The topics of an answer to a request for all, without what was known before. */
export function topicsOf(answer: wire.MetadataResponse): TopicInfo[] {
  return answer.topics
    .filter((topic) => (topic.errorCode ?? 0) === 0)
    .map((topic) => mergeTopic(undefined, topic));
}

function brokersOf(brokers: readonly wire.BrokerEndpoint.$Properties[]): Map<number, BrokerInfo> {
  return new Map(
    brokers.map(({ brokerId = 0, host = '', port = 0, rack = '' }) => [
      brokerId,
      { brokerId, endpoint: { host, port }, rack },
    ]),
  );
}

function mergeTopic(previous: TopicInfo | undefined, topic: wire.TopicMetadata.$Properties): TopicInfo {
  const topicId = topicIdFromBytes(topic.topicId ?? new Uint8Array(0));
  const known = previous?.topicId === topicId ? previous.partitions : [];
  const partitions = [...known];
  const answers = topic.partitions ?? [];
  const partitionCount = Math.max(known.length, answers.length);
  for (const answered of answers) {
    const next = partitionOf(answered);
    if (next.partition >= partitionCount) throw gapError(topic.name ?? '', next.partition, partitionCount);
    const old = partitions[next.partition];
    if (old === undefined || next.leaderEpoch >= old.leaderEpoch) partitions[next.partition] = next;
  }
  for (let partition = 0; partition < partitions.length; partition++) {
    partitions[partition] ??= { partition, leaderId: -1, leaderEpoch: -1, replicaIds: [], isrIds: [] };
  }
  return { name: topic.name ?? '', topicId, isInternal: topic.internal ?? false, partitions };
}

function partitionOf(answered: wire.PartitionMetadata.$Properties): PartitionInfo {
  return {
    partition: answered.partition ?? 0,
    leaderId: answered.leaderId ?? 0,
    leaderEpoch: answered.leaderEpoch ?? 0,
    replicaIds: answered.replicaIds ?? [],
    isrIds: answered.isrIds ?? [],
  };
}

function gapError(name: string, partition: number, partitionCount: number): TidelogError {
  return new TidelogError(
    'MALFORMED_FRAME',
    `the metadata of topic ${JSON.stringify(name)} names partition ${partition} of ${partitionCount}; partitions have no gaps`,
    { topic: name, partition },
  );
}
