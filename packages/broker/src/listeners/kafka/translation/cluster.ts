/**
 * What is asked of the cluster and of the history of its leaders: DescribeCluster and OffsetForLeaderEpoch.
 */
import { TidelogError } from '@tidelog/record/errors';
import { errorCodeOf, errorOf, kafkaApi, regroup, type AnyKafkaApi } from '../kafka-api.ts';

const BROKER_ENDPOINTS = 1;

export const DESCRIBE_CLUSTER: AnyKafkaApi = kafkaApi({
  api: 'DescribeCluster',
  minVersion: 0,
  maxVersion: 1,
  serve: async ({ request, dispatch }) => {
    if (request.endpointType !== BROKER_ENDPOINTS) {
      throw new TidelogError(
        'MISMATCHED_ENDPOINT_TYPE',
        'the client asks for controllers; this endpoint is that of brokers',
      );
    }
    const { clusterId, controllerId, brokers } = await dispatch('metadata', {
      topics: [],
      allowAutoTopicCreation: false,
    });
    return {
      body: {
        throttleTimeMs: 0,
        errorCode: 0,
        clusterId,
        controllerId,
        brokers: brokers.map(({ brokerId, host, port, rack }) => ({
          brokerId,
          host,
          port,
          rack: rack === undefined || rack === '' ? null : rack,
        })),
      },
    };
  },
  refuse: (_request, error) => ({ throttleTimeMs: 0, ...errorOf(error), clusterId: '', brokers: [] }),
});

export const OFFSET_FOR_LEADER_EPOCH: AnyKafkaApi = kafkaApi({
  api: 'OffsetForLeaderEpoch',
  minVersion: 2,
  maxVersion: 4,
  serve: async ({ request, dispatch }) => {
    const { partitions } = await dispatch('offsetForLeaderEpoch', {
      partitions: request.topics.flatMap(({ topic, partitions: rows }) =>
        rows.map(({ partition, currentLeaderEpoch, leaderEpoch }) => ({
          topic,
          partition,
          currentLeaderEpoch: currentLeaderEpoch < 0 ? undefined : currentLeaderEpoch,
          leaderEpoch,
        })),
      ),
    });
    const grouped = regroup(request.topics, partitions, (_topic, { partition }, row) => ({
      errorCode: errorCodeOf(row.error),
      partition,
      leaderEpoch: row.leaderEpoch,
      endOffset: row.endOffset,
    }));
    return {
      body: { topics: grouped.map(({ topic, results }) => ({ topic: topic.topic, partitions: results })) },
    };
  },
  refuse: (request, error) => ({
    topics: request.topics.map(({ topic, partitions }) => ({
      topic,
      partitions: partitions.map(({ partition }) => ({ errorCode: errorCodeOf(error), partition })),
    })),
  }),
});
