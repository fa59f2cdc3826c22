/**
 * ListTransactions (key 66): the transactions that a broker coordinates (KIP-664).
 */
import { defineApi } from '../api-definition.ts';
import { array, int16, int32, int64, int64Array, string, stringArray } from '../schema.ts';

export const ListTransactions = defineApi(
  { key: 66, name: 'ListTransactions', versions: '0', flexible: '0+' },
  {
    stateFilters: stringArray('0+'),
    producerIdFilters: int64Array('0+'),
  },
  {
    throttleTimeMs: int32('0+'),
    errorCode: int16('0+'),
    unknownStateFilters: stringArray('0+'),
    transactionStates: array('0+', {
      transactionalId: string('0+'),
      producerId: int64('0+'),
      transactionState: string('0+'),
    }),
  },
);
