/**
 * AddOffsetsToTxn (key 25): the group whose offsets a transaction is about to commit.
 *
 * What versions changed: 2 may answer PRODUCER_FENCED, 3 is flexible.
 */
import { defineApi } from '../api-definition.ts';
import { int16, int32, int64, string } from '../schema.ts';

export const AddOffsetsToTxn = defineApi(
  { key: 25, name: 'AddOffsetsToTxn', versions: '0-3', flexible: '3+' },
  {
    transactionalId: string('0+'),
    producerId: int64('0+'),
    producerEpoch: int16('0+'),
    groupId: string('0+'),
  },
  {
    throttleTimeMs: int32('0+'),
    errorCode: int16('0+'),
  },
);
