/**
 * DescribeProducers (key 61): the producers that partitions remember (KIP-664).
 */
import { defineApi } from '../api-definition.ts';
import { array, int16, int32, int32Array, int64, string } from '../schema.ts';

export const DescribeProducers = defineApi(
  { key: 61, name: 'DescribeProducers', versions: '0', flexible: '0+' },
  {
    topics: array('0+', {
      name: string('0+'),
      partitionIndexes: int32Array('0+'),
    }),
  },
  {
    throttleTimeMs: int32('0+'),
    topics: array('0+', {
      name: string('0+'),
      partitions: array('0+', {
        partitionIndex: int32('0+'),
        errorCode: int16('0+'),
        errorMessage: string('0+', { nullable: '0+', default: null }),
        activeProducers: array('0+', {
          producerId: int64('0+'),
          producerEpoch: int32('0+'),
          lastSequence: int32('0+', { default: -1 }),
          lastTimestamp: int64('0+', { default: -1 }),
          coordinatorEpoch: int32('0+'),
          currentTxnStartOffset: int64('0+', { default: -1 }),
        }),
      }),
    }),
  },
);
