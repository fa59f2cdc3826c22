/**
 * CreateTopics (key 19).
 *
 * What versions changed: 4 allows −1 for the broker's default of partitions and replication factor (KIP-464), 5 is
 * flexible and answers with the configs of the topic (KIP-525), 6 may answer THROTTLING_QUOTA_EXCEEDED (KIP-599),
 * response 7 adds the topic id.
 */
import { defineApi } from '../api-definition.ts';
import { array, bool, int16, int32, int32Array, int8, string, uuid } from '../schema.ts';

export const CreateTopics = defineApi(
  { key: 19, name: 'CreateTopics', versions: '2-7', flexible: '5+' },
  {
    topics: array('0+', {
      name: string('0+'),
      /** −1: given by the assignments, or the default of the broker. */
      numPartitions: int32('0+'),
      /** −1: given by the assignments, or the default of the broker. */
      replicationFactor: int16('0+'),
      assignments: array('0+', {
        partitionIndex: int32('0+'),
        brokerIds: int32Array('0+'),
      }),
      configs: array('0+', {
        name: string('0+'),
        value: string('0+', { nullable: '0+' }),
      }),
    }),
    timeoutMs: int32('0+', { default: 60000 }),
    validateOnly: bool('1+', { default: false }),
  },
  {
    throttleTimeMs: int32('2+', { ignorable: true }),
    topics: array('0+', {
      name: string('0+'),
      topicId: uuid('7+', { ignorable: true }),
      errorCode: int16('0+'),
      errorMessage: string('1+', { nullable: '0+', ignorable: true }),
      topicConfigErrorCode: int16('5+', { ignorable: true, tag: 0 }),
      /** −1: given by the assignments, or the default of the broker. */
      numPartitions: int32('5+', { default: -1, ignorable: true }),
      /** −1: given by the assignments, or the default of the broker. */
      replicationFactor: int16('5+', { default: -1, ignorable: true }),
      configs: array(
        '5+',
        {
          name: string('5+'),
          value: string('5+', { nullable: '5+' }),
          readOnly: bool('5+'),
          /** 1 topic, 2 dynamic of the broker, 3 dynamic default, 4 static of the broker, 5 default. */
          configSource: int8('5+', { default: -1 }),
          isSensitive: bool('5+'),
        },
        { nullable: '5+', ignorable: true },
      ),
    }),
  },
);
