/** InitProducerId: a fresh producer id for an idempotent producer. */
import { TidelogError } from '@tidelog/record/errors';
import type { HandlerContext } from '../broker-core.ts';
import type { InitProducerIdRequest, InitProducerIdResponse } from '../requests.ts';

/** Rejects with INVALID_REQUEST for a transactional id, and with what the storage of the ids failed with. */
export async function handleInitProducerId(
  context: HandlerContext,
  { transactionalId }: InitProducerIdRequest,
): Promise<InitProducerIdResponse> {
  const denial = context.denial({ type: 'Cluster' });
  if (denial !== undefined) throw denial;
  if (transactionalId !== undefined && transactionalId !== '') {
    context.missing('transactions');
    throw new TidelogError(
      'INVALID_REQUEST',
      'this broker has no transactions; leave the transactional id out for an idempotent producer',
    );
  }
  return { producerId: await context.core.producerIds.next(), producerEpoch: 0 };
}
