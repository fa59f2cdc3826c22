/**
 * EndTxn (key 26): commits or aborts a transaction.
 *
 * What versions changed: 2 may answer PRODUCER_FENCED, 3 is flexible.
 */
import { defineApi } from '../api-definition.ts';
import { bool, int16, int32, int64, string } from '../schema.ts';

export const EndTxn = defineApi(
  { key: 26, name: 'EndTxn', versions: '0-3', flexible: '3+' },
  {
    transactionalId: string('0+'),
    producerId: int64('0+'),
    producerEpoch: int16('0+'),
    /** True to commit, false to abort. */
    committed: bool('0+'),
  },
  {
    throttleTimeMs: int32('0+'),
    errorCode: int16('0+'),
  },
);
