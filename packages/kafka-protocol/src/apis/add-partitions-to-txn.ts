/**
 * AddPartitionsToTxn (key 24): partitions that a transaction is about to write to.
 *
 * What versions changed: 2 may answer PRODUCER_FENCED, 3 is flexible. From version 4 on brokers use it among
 * themselves; those versions are not defined here.
 */
import { defineApi } from '../api-definition.ts';
import { array, int16, int32, int32Array, int64, string } from '../schema.ts';

const TOPIC = {
  name: string('0+'),
  partitions: int32Array('0+'),
};

const PARTITION_RESULT = {
  partitionIndex: int32('0+'),
  partitionErrorCode: int16('0+'),
};

const TOPIC_RESULT = {
  name: string('0+'),
  resultsByPartition: array('0+', PARTITION_RESULT),
};

export const AddPartitionsToTxn = defineApi(
  { key: 24, name: 'AddPartitionsToTxn', versions: '0-3', flexible: '3+' },
  {
    transactionalId: string('0-3'),
    producerId: int64('0-3'),
    producerEpoch: int16('0-3'),
    topics: array('0-3', TOPIC),
  },
  {
    throttleTimeMs: int32('0+'),
    resultsByTopic: array('0-3', TOPIC_RESULT),
  },
);
