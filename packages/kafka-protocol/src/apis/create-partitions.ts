/**
 * CreatePartitions (key 37): raises the number of partitions of topics.
 *
 * What versions changed: 2 is flexible, 3 may answer THROTTLING_QUOTA_EXCEEDED (KIP-599).
 */
import { defineApi } from '../api-definition.ts';
import { array, bool, int16, int32, int32Array, string } from '../schema.ts';

export const CreatePartitions = defineApi(
  { key: 37, name: 'CreatePartitions', versions: '0-3', flexible: '2+' },
  {
    topics: array('0+', {
      name: string('0+'),
      count: int32('0+'),
      assignments: array(
        '0+',
        {
          brokerIds: int32Array('0+'),
        },
        { nullable: '0+' },
      ),
    }),
    timeoutMs: int32('0+'),
    validateOnly: bool('0+'),
  },
  {
    throttleTimeMs: int32('0+'),
    results: array('0+', {
      name: string('0+'),
      errorCode: int16('0+'),
      errorMessage: string('0+', { nullable: '0+', default: null }),
    }),
  },
);
