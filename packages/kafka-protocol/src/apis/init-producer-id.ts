/**
 * InitProducerId (key 22): the id and epoch of an idempotent or transactional producer.
 *
 * What versions changed: 2 is flexible, 3 takes id and epoch of a producer that wants its epoch raised (KIP-360),
 * 4 may answer PRODUCER_FENCED.
 */
import { defineApi } from '../api-definition.ts';
import { int16, int32, int64, string } from '../schema.ts';

export const InitProducerId = defineApi(
  { key: 22, name: 'InitProducerId', versions: '0-4', flexible: '2+' },
  {
    transactionalId: string('0+', { nullable: '0+' }),
    transactionTimeoutMs: int32('0+'),
    producerId: int64('3+', { default: -1 }),
    producerEpoch: int16('3+', { default: -1 }),
  },
  {
    throttleTimeMs: int32('0+', { ignorable: true }),
    errorCode: int16('0+'),
    producerId: int64('0+', { default: -1 }),
    producerEpoch: int16('0+'),
  },
);
