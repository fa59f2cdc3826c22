/**
 * ListPartitionReassignments (key 46): the partitions that are being moved (KIP-455).
 */
import { defineApi } from '../api-definition.ts';
import { array, int16, int32, int32Array, string } from '../schema.ts';

export const ListPartitionReassignments = defineApi(
  { key: 46, name: 'ListPartitionReassignments', versions: '0', flexible: '0+' },
  {
    timeoutMs: int32('0+', { default: 60000 }),
    topics: array(
      '0+',
      {
        name: string('0+'),
        partitionIndexes: int32Array('0+'),
      },
      { nullable: '0+', default: null },
    ),
  },
  {
    throttleTimeMs: int32('0+'),
    errorCode: int16('0+'),
    errorMessage: string('0+', { nullable: '0+' }),
    topics: array('0+', {
      name: string('0+'),
      partitions: array('0+', {
        partitionIndex: int32('0+'),
        replicas: int32Array('0+'),
        addingReplicas: int32Array('0+'),
        removingReplicas: int32Array('0+'),
      }),
    }),
  },
);
