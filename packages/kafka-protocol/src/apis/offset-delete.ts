/**
 * OffsetDelete (key 47): forgets offsets of a group (KIP-496). Never flexible.
 */
import { defineApi } from '../api-definition.ts';
import { array, int16, int32, string } from '../schema.ts';

export const OffsetDelete = defineApi(
  { key: 47, name: 'OffsetDelete', versions: '0', flexible: 'none' },
  {
    groupId: string('0+'),
    topics: array('0+', {
      name: string('0+'),
      partitions: array('0+', {
        partitionIndex: int32('0+'),
      }),
    }),
  },
  {
    errorCode: int16('0+'),
    throttleTimeMs: int32('0+', { ignorable: true }),
    topics: array('0+', {
      name: string('0+'),
      partitions: array('0+', {
        partitionIndex: int32('0+'),
        errorCode: int16('0+'),
      }),
    }),
  },
);
