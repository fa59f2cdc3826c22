/**
 * DescribeTransactions (key 65): the state of transactions by transactional id (KIP-664).
 */
import { defineApi } from '../api-definition.ts';
import { array, int16, int32, int32Array, int64, string, stringArray } from '../schema.ts';

export const DescribeTransactions = defineApi(
  { key: 65, name: 'DescribeTransactions', versions: '0', flexible: '0+' },
  {
    transactionalIds: stringArray('0+'),
  },
  {
    throttleTimeMs: int32('0+'),
    transactionStates: array('0+', {
      errorCode: int16('0+'),
      transactionalId: string('0+'),
      transactionState: string('0+'),
      transactionTimeoutMs: int32('0+'),
      transactionStartTimeMs: int64('0+'),
      producerId: int64('0+'),
      producerEpoch: int16('0+'),
      topics: array('0+', {
        topic: string('0+'),
        partitions: int32Array('0+'),
      }),
    }),
  },
);
