/**
 * AlterPartitionReassignments (key 45): moves partitions to other brokers, or cancels that (KIP-455).
 */
import { defineApi } from '../api-definition.ts';
import { array, int16, int32, int32Array, string } from '../schema.ts';

export const AlterPartitionReassignments = defineApi(
  { key: 45, name: 'AlterPartitionReassignments', versions: '0', flexible: '0+' },
  {
    timeoutMs: int32('0+', { default: 60000 }),
    topics: array('0+', {
      name: string('0+'),
      partitions: array('0+', {
        partitionIndex: int32('0+'),
        replicas: int32Array('0+', { nullable: '0+', default: null }),
      }),
    }),
  },
  {
    throttleTimeMs: int32('0+'),
    errorCode: int16('0+'),
    errorMessage: string('0+', { nullable: '0+' }),
    responses: array('0+', {
      name: string('0+'),
      partitions: array('0+', {
        partitionIndex: int32('0+'),
        errorCode: int16('0+'),
        errorMessage: string('0+', { nullable: '0+' }),
      }),
    }),
  },
);
