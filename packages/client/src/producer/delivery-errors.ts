/**
 * The errors that records fail with: what happened, to which records, what is known of them, what to do.
 */
import { TidelogError } from '@tidelog/record/errors';
import type { ProducerBatch } from './producer-batch.ts';

function records({ recordCount, topic, partition }: ProducerBatch): string {
  const what = recordCount === 1 ? 'a record' : `${recordCount} records`;
  return `${what} for topic ${JSON.stringify(topic)} partition ${partition}`;
}

/** The broker refused the batch for good; code and message are the broker's. */
export function refusedError(batch: ProducerBatch): TidelogError {
  const { topic, partition, lastError } = batch;
  const code = lastError?.code ?? 'UNKNOWN_SERVER_ERROR';
  const hint =
    code === 'MESSAGE_TOO_LARGE' ? '; raise max.message.bytes of the topic or send smaller records' : '';
  return new TidelogError(
    code,
    `the broker refused ${records(batch)}: ${lastError?.message ?? 'no reason given'}${hint}`,
    {
      topic,
      partition,
      cause: lastError,
    },
  );
}

/** The time for the delivery is over. */
export function deliveryTimeoutError(
  batch: ProducerBatch,
  {
    deliveryTimeoutMs,
    cause,
  }: { readonly deliveryTimeoutMs: number; readonly cause: TidelogError | undefined },
): TidelogError {
  const { topic, partition, attempts } = batch;
  const what = records(batch);
  const reason = cause === undefined ? '' : ` (last error: ${cause.message})`;
  const message =
    attempts === 0
      ? `${what} could not be sent within deliveryTimeoutMs (${deliveryTimeoutMs})${reason}; nothing was written`
      : `${what}, sent ${attempts === 1 ? 'once' : `${attempts} times`}, was not acknowledged within deliveryTimeoutMs (${deliveryTimeoutMs})${reason}; whether it was written is unknown`;
  return new TidelogError('DELIVERY_TIMEOUT', message, { topic, partition, cause });
}

/** Sending the batch again could have doubled it. */
export function possiblyDoubledError(batch: ProducerBatch): TidelogError {
  const { topic, partition, lastError } = batch;
  return new TidelogError(
    'OUT_OF_ORDER_SEQUENCE_NUMBER',
    `${records(batch)}: an earlier attempt was not answered, and the broker no longer knows the records before it, so sending again could double them; whether they were written is unknown`,
    { topic, partition, cause: lastError, retriable: false },
  );
}
