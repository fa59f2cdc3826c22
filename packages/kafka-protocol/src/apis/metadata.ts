/**
 * Metadata (key 3): the brokers, and topics with their partitions and leaders.
 *
 * Asking for all topics: an empty list in version 0, null from version 1 on (an empty list then means none).
 *
 * What versions changed: 1 adds racks, the controller and whether a topic is internal, 2 the cluster id, 3 the
 * throttle time, 4 whether topics may be created by asking, 5 offline replicas, 7 leader epochs, 8 authorized
 * operations (KIP-430), 9 is flexible, 10 adds topic ids, 11 moves the cluster's authorized operations to
 * DescribeCluster (KIP-700), 12 allows asking by topic id alone.
 */
import { defineApi } from '../api-definition.ts';
import { array, bool, int16, int32, int32Array, string, uuid } from '../schema.ts';

export const Metadata = defineApi(
  { key: 3, name: 'Metadata', versions: '0-12', flexible: '9+' },
  {
    /** Null: all topics (an empty list in version 0). */
    topics: array(
      '0+',
      {
        topicId: uuid('10+', { ignorable: true }),
        name: string('0+', { nullable: '10+' }),
      },
      { nullable: '1+' },
    ),
    allowAutoTopicCreation: bool('4+', { default: true }),
    includeClusterAuthorizedOperations: bool('8-10', { default: false }),
    includeTopicAuthorizedOperations: bool('8+', { default: false }),
  },
  {
    throttleTimeMs: int32('3+', { ignorable: true }),
    brokers: array('0+', {
      nodeId: int32('0+'),
      host: string('0+'),
      port: int32('0+'),
      rack: string('1+', { nullable: '1+', default: null, ignorable: true }),
    }),
    clusterId: string('2+', { nullable: '2+', default: null, ignorable: true }),
    controllerId: int32('1+', { default: -1, ignorable: true }),
    topics: array('0+', {
      errorCode: int16('0+'),
      name: string('0+', { nullable: '12+' }),
      topicId: uuid('10+', { ignorable: true }),
      isInternal: bool('1+', { default: false, ignorable: true }),
      partitions: array('0+', {
        errorCode: int16('0+'),
        partitionIndex: int32('0+'),
        leaderId: int32('0+'),
        leaderEpoch: int32('7+', { default: -1, ignorable: true }),
        replicaNodes: int32Array('0+'),
        isrNodes: int32Array('0+'),
        offlineReplicas: int32Array('5+', { ignorable: true }),
      }),
      /** Bits by operation; the smallest int32: not asked for. */
      topicAuthorizedOperations: int32('8+', { default: -2147483648, ignorable: true }),
    }),
    /** Bits by operation; the smallest int32: not asked for. */
    clusterAuthorizedOperations: int32('8-10', { default: -2147483648, ignorable: true }),
  },
);
