/**
 * Produce (key 0): appends record batches to partitions.
 *
 * What versions changed: 3 carries the record batch format 2 and the transactional id; 0–2 carried older formats,
 * are defined here only so that they can be refused, and must be advertised all the same, because librdkafka
 * otherwise stops compressing (KAFKA-18659). Response 1 adds the throttle time, 2 the append time, 5 the log start
 * offset, 8 the errors of single records (KIP-467). 4 may answer KAFKA_STORAGE_ERROR, 7 allows zstd (KIP-110),
 * 9 is flexible, response 10 names the current leader and its address (KIP-951), 11 may answer TRANSACTION_ABORTABLE
 * (KIP-890).
 */
import { defineApi } from '../api-definition.ts';
import { array, int16, int32, int64, records, string, struct } from '../schema.ts';

export const Produce = defineApi(
  { key: 0, name: 'Produce', versions: '0-11', flexible: '9+' },
  {
    transactionalId: string('3+', { nullable: '3+', default: null }),
    /** 0: no answer, 1: the leader has it, −1: all in-sync replicas have it. */
    acks: int16('0+'),
    timeoutMs: int32('0+'),
    topicData: array('0+', {
      name: string('0+'),
      partitionData: array('0+', {
        index: int32('0+'),
        records: records('0+', { nullable: '0+' }),
      }),
    }),
  },
  {
    responses: array('0+', {
      name: string('0+'),
      partitionResponses: array('0+', {
        index: int32('0+'),
        errorCode: int16('0+'),
        /** Of the first record of the batch; −1 after an error. */
        baseOffset: int64('0+'),
        /** Milliseconds since 1970 for topics with LogAppendTime; −1 for the others. */
        logAppendTimeMs: int64('2+', { default: -1, ignorable: true }),
        logStartOffset: int64('5+', { default: -1, ignorable: true }),
        recordErrors: array(
          '8+',
          {
            batchIndex: int32('8+'),
            batchIndexErrorMessage: string('8+', { nullable: '8+', default: null }),
          },
          { ignorable: true },
        ),
        errorMessage: string('8+', { nullable: '8+', default: null, ignorable: true }),
        currentLeader: struct(
          '10+',
          {
            leaderId: int32('10+', { default: -1 }),
            leaderEpoch: int32('10+', { default: -1 }),
          },
          { ignorable: true, tag: 0 },
        ),
      }),
    }),
    throttleTimeMs: int32('1+', { default: 0, ignorable: true }),
    /** Addresses of the brokers that are named as current leaders. */
    nodeEndpoints: array(
      '10+',
      {
        nodeId: int32('10+'),
        host: string('10+'),
        port: int32('10+'),
        rack: string('10+', { nullable: '10+', default: null }),
      },
      { ignorable: true, tag: 0 },
    ),
  },
);
