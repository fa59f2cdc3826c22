/**
 * Metadata: the cluster as clients see it.
 */
import type { RequestOf as KafkaRequestOf } from '@tidelog/kafka-protocol';
import { TidelogError } from '@tidelog/record/errors';
import type { MetadataRequest, TopicMetadata } from '../../../requests.ts';
import { errorCodeOf, kafkaApi, topicReference, type AnyKafkaApi } from '../kafka-api.ts';

export const METADATA: AnyKafkaApi = kafkaApi({
  api: 'Metadata',
  minVersion: 0,
  maxVersion: 12,
  serve: async ({ request, version, dispatch }) => {
    const response = await dispatch('metadata', {
      topics: topicsOf(request, version),
      allowAutoTopicCreation: request.allowAutoTopicCreation,
    });
    return {
      body: {
        brokers: response.brokers.map(({ brokerId, host, port, rack }) => ({
          nodeId: brokerId,
          host,
          port,
          rack: rack === undefined || rack === '' ? null : rack,
        })),
        clusterId: response.clusterId,
        controllerId: response.controllerId,
        topics: response.topics.map((topic) => topicRow(topic, version)),
      },
    };
  },
  refuse: (request, error, version) => ({
    brokers: [],
    topics: (request.topics ?? []).map((topic) =>
      topicRow({ ...topicReference(topic), error, isInternal: false, partitions: [] }, version),
    ),
  }),
});

const FIRST_VERSION_WITH_NULL_NAMES = 12;

function topicsOf(request: KafkaRequestOf<'Metadata'>, version: number): MetadataRequest['topics'] {
  const { topics } = request;
  // Version 0 has no null: its empty list asks for all.
  if (topics === null || (version === 0 && topics.length === 0)) return 'all';
  return topics.map((topic) => {
    const reference = topicReference(topic);
    if (reference.topic !== undefined || reference.topicId !== undefined) return reference;
    throw new TidelogError('INVALID_REQUEST', 'a topic of the request has neither a name nor an id');
  });
}

function topicRow({ error, topic, topicId, isInternal, partitions }: TopicMetadata, version: number) {
  return {
    errorCode: errorCodeOf(error),
    name: topic ?? (version >= FIRST_VERSION_WITH_NULL_NAMES ? null : ''),
    ...(topicId === undefined ? {} : { topicId }),
    isInternal,
    partitions: partitions.map((row) => ({
      errorCode: errorCodeOf(row.error),
      partitionIndex: row.partition,
      leaderId: row.leaderId,
      leaderEpoch: row.leaderEpoch,
      replicaNodes: [...row.replicaIds],
      isrNodes: [...row.isrIds],
      offlineReplicas: [],
    })),
  };
}
