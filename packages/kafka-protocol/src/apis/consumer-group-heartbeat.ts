/**
 * ConsumerGroupHeartbeat (key 68): the one request by which a member of a KIP-848 group joins (epoch 0), stays,
 * learns its assignment and leaves (epoch −1; −2 for a static member that will be back).
 *
 * Null means: unchanged since the last heartbeat.
 *
 * What versions changed: 1 adds the subscription by regular expression, and the member makes its own id.
 */
import { defineApi } from '../api-definition.ts';
import { array, int16, int32, int32Array, string, stringArray, struct, uuid } from '../schema.ts';

const TOPIC_PARTITIONS = {
  topicId: uuid('0+'),
  partitions: int32Array('0+'),
};

export const ConsumerGroupHeartbeat = defineApi(
  { key: 68, name: 'ConsumerGroupHeartbeat', versions: '0-1', flexible: '0+' },
  {
    groupId: string('0+'),
    memberId: string('0+'),
    /** 0 to join, −1 to leave, −2 to leave for a while as a static member. */
    memberEpoch: int32('0+'),
    instanceId: string('0+', { nullable: '0+', default: null }),
    rackId: string('0+', { nullable: '0+', default: null }),
    /** −1: unchanged. */
    rebalanceTimeoutMs: int32('0+', { default: -1 }),
    /** Null: unchanged. */
    subscribedTopicNames: stringArray('0+', { nullable: '0+', default: null }),
    subscribedTopicRegex: string('1+', { nullable: '1+', default: null }),
    serverAssignor: string('0+', { nullable: '0+', default: null }),
    /** What the member owns; null: unchanged. */
    topicPartitions: array(
      '0+',
      {
        topicId: uuid('0+'),
        partitions: int32Array('0+'),
      },
      { nullable: '0+', default: null },
    ),
  },
  {
    throttleTimeMs: int32('0+'),
    errorCode: int16('0+'),
    errorMessage: string('0+', { nullable: '0+', default: null }),
    memberId: string('0+', { nullable: '0+', default: null }),
    /** To be sent with the next heartbeat. */
    memberEpoch: int32('0+'),
    /** How often the member is to send heartbeats. */
    heartbeatIntervalMs: int32('0+'),
    /** Null: unchanged. */
    assignment: struct(
      '0+',
      {
        topicPartitions: array('0+', TOPIC_PARTITIONS),
      },
      { nullable: '0+', default: null },
    ),
  },
);
