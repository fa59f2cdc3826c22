/**
 * What producers send: Produce and InitProducerId.
 *
 * Produce 0–2 carried record formats that are not served. They are advertised because older versions of librdkafka
 * stop compressing where they are missing, and refused when they come.
 */
import type { RequestOf as KafkaRequestOf, ResponseInput } from '@tidelog/kafka-protocol';
import { ATTRIBUTE_COMPRESSION_MASK, attributesAt, BATCH_HEADER_BYTES } from '@tidelog/record';
import { TidelogError } from '@tidelog/record/errors';
import type { Acks, ProduceResult } from '../../../requests.ts';
import {
  errorCodeOf,
  errorMessageOf,
  kafkaApi,
  regroup,
  type AnyKafkaApi,
  type KafkaCall,
} from '../kafka-api.ts';

const NO_BYTES = Buffer.alloc(0);
const FIRST_PRODUCE_VERSION_WITH_ZSTD = 7;
/** Its number in a batch's attributes. */
const ZSTD = 4;

export const PRODUCE: AnyKafkaApi = kafkaApi({
  api: 'Produce',
  minVersion: 0,
  maxVersion: 11,
  serve: async ({ request, version, dispatch, missing }) => {
    checkNotTransactional(request.transactionalId, missing);
    if (version < FIRST_PRODUCE_VERSION_WITH_ZSTD) checkNoZstd(request);
    const { partitions } = await dispatch('produce', {
      acks: request.acks as Acks,
      timeoutMs: Math.max(0, request.timeoutMs),
      partitions: request.topicData.flatMap(({ name, partitionData }) =>
        partitionData.map(({ index, records }) => ({
          topic: name,
          partition: index,
          records: records ?? NO_BYTES,
        })),
      ),
    });
    if (request.acks === 0) throwFirstError(partitions);
    return { body: produceResponse(request, partitions) };
  },
  refuse: (request, error) =>
    produceResponse(
      request,
      request.topicData.flatMap(({ partitionData }) => partitionData.map(() => failedRow(error))),
    ),
});

export const INIT_PRODUCER_ID: AnyKafkaApi = kafkaApi({
  api: 'InitProducerId',
  minVersion: 0,
  maxVersion: 4,
  serve: async ({ request, dispatch, missing }) => {
    checkNotTransactional(request.transactionalId, missing);
    const { producerId, producerEpoch } = await dispatch('initProducerId', {
      transactionalId: undefined,
      transactionTimeoutMs: Math.max(0, request.transactionTimeoutMs),
    });
    return { body: { errorCode: 0, producerId, producerEpoch } };
  },
  refuse: (_request, error) => ({ errorCode: errorCodeOf(error), producerId: -1, producerEpoch: -1 }),
});

/** As Kafka does: what an old client writes, clients of its age shall be able to read (KIP-110). */
function checkNoZstd({ topicData }: KafkaRequestOf<'Produce'>): void {
  for (const { name, partitionData } of topicData) {
    for (const { records } of partitionData) {
      if (records === null || records.length < BATCH_HEADER_BYTES) continue;
      if ((attributesAt(records, 0) & ATTRIBUTE_COMPRESSION_MASK) !== ZSTD) continue;
      throw new TidelogError(
        'UNSUPPORTED_COMPRESSION_TYPE',
        `batches compressed with zstd come with version ${FIRST_PRODUCE_VERSION_WITH_ZSTD} of Produce or later`,
        { topic: name },
      );
    }
  }
}

/** A client that wants no answer learns of an error by its connection being closed. */
function throwFirstError(results: readonly ProduceResult[]): void {
  for (const { error } of results) if (error !== undefined) throw error;
}

function checkNotTransactional(
  transactionalId: string | null,
  missing: KafkaCall<'Produce'>['missing'],
): void {
  if (transactionalId === null || transactionalId === '') return;
  missing('transactions');
  throw new TidelogError(
    'TRANSACTIONAL_ID_AUTHORIZATION_FAILED',
    `this broker has no transactions; produce without the transactional id ${JSON.stringify(transactionalId.slice(0, 100))}`,
  );
}

function failedRow(error: TidelogError): ProduceResult {
  return { error, baseOffset: -1, logAppendTimeMs: -1, logStartOffset: -1 };
}

function produceResponse(
  request: KafkaRequestOf<'Produce'>,
  results: readonly ProduceResult[],
): ResponseInput<'Produce'> {
  const topics = request.topicData.map(({ name, partitionData }) => ({ name, partitions: partitionData }));
  const grouped = regroup(topics, results, (_topic, { index }, result) => ({
    index,
    errorCode: errorCodeOf(result.error),
    baseOffset: result.baseOffset,
    logAppendTimeMs: result.logAppendTimeMs,
    logStartOffset: result.logStartOffset,
    errorMessage: errorMessageOf(result.error),
    recordErrors: [],
    currentLeader: {},
  }));
  return {
    responses: grouped.map(({ topic, results: partitionResponses }) => ({
      name: topic.name,
      partitionResponses,
    })),
  };
}
