/** The flags of commands that have a producer, as the options of one that fits the topic. */
import type { ProducerOptions, Tidelog } from '@tidelog/client';
import type { CompressionType } from '@tidelog/record/compression';

export interface ProducerFlags {
  readonly acks: 'all' | 0 | 1;
  readonly compression: CompressionType;
  /** Ignored unless acks is all: without acknowledgements there is nothing to send again. */
  readonly idempotence: boolean;
  readonly lingerMs?: number;
  readonly batchSizeBytes?: number;
  readonly deliveryTimeoutMs?: number;
}

/** Bounds and defaults of the client's options. */
const MIN_REQUEST_BYTES = 1_024;
const MAX_REQUEST_BYTES = 104_857_600;
const DEFAULT_BATCH_BYTES = 65_536;
/** Kafka's default of `max.message.bytes`. */
const DEFAULT_MESSAGE_BYTES = 1_048_588;
/** A record that may shrink is taken up to this size; the topic's limit is for what it has become. */
const MAX_COMPRESSIBLE_BYTES = 67_108_864;
/** The client takes a record for this much larger than it may turn out, and must not refuse what fits. */
const ESTIMATE_SLACK_BYTES = 64;

/**
 * A record that the topic refuses for its size is best refused before it is sent: then its line is known.
 * Compression is the exception: what a batch will measure is known only afterwards.
 */
export function producerSettings(flags: ProducerFlags, maxMessageBytes: number): ProducerOptions {
  const { acks, compression, idempotence, lingerMs, deliveryTimeoutMs } = flags;
  const largestBatchBytes = compression === 'none' ? maxMessageBytes : MAX_COMPRESSIBLE_BYTES;
  const maxRequestSizeBytes = Math.min(
    Math.max(largestBatchBytes + ESTIMATE_SLACK_BYTES, MIN_REQUEST_BYTES),
    MAX_REQUEST_BYTES,
  );
  const batchSizeBytes = Math.min(flags.batchSizeBytes ?? DEFAULT_BATCH_BYTES, largestBatchBytes);
  return {
    acks,
    compression,
    idempotence: idempotence && acks === 'all',
    maxRequestSizeBytes,
    batchSizeBytes: Math.min(Math.max(batchSizeBytes, 1), maxRequestSizeBytes),
    ...(lingerMs === undefined ? {} : { lingerMs }),
    ...(deliveryTimeoutMs === undefined ? {} : { deliveryTimeoutMs }),
  };
}

/** The largest batch that the topic takes: its `max.message.bytes`. */
export async function maxMessageBytesOf(
  tidelog: Tidelog,
  topic: string,
  signal: AbortSignal,
): Promise<number> {
  const names = ['max.message.bytes'];
  const [config] = await tidelog.admin().describeConfigs({ topic }, { names, signal });
  return Number(config?.value ?? DEFAULT_MESSAGE_BYTES);
}
