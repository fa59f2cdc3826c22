/**
 * DeleteRecords (key 21): moves the log start offset of partitions; offset −1 stands for the high watermark.
 *
 * What versions changed: 2 is flexible.
 */
import { defineApi } from '../api-definition.ts';
import { array, clampedInt64, int16, int32, int64, string } from '../schema.ts';

export const DeleteRecords = defineApi(
  { key: 21, name: 'DeleteRecords', versions: '0-2', flexible: '2+' },
  {
    topics: array('0+', {
      name: string('0+'),
      partitions: array('0+', {
        partitionIndex: int32('0+'),
        offset: clampedInt64('0+'),
      }),
    }),
    timeoutMs: int32('0+'),
  },
  {
    throttleTimeMs: int32('0+'),
    topics: array('0+', {
      name: string('0+'),
      partitions: array('0+', {
        partitionIndex: int32('0+'),
        lowWatermark: int64('0+'),
        errorCode: int16('0+'),
      }),
    }),
  },
);
