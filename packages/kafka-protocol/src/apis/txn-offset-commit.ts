/**
 * TxnOffsetCommit (key 28): offsets of a group that count when the transaction commits.
 *
 * What versions changed: 2 adds the leader epoch, 3 is flexible and adds member id, generation and group instance id,
 * by which a member that was replaced is fenced (KIP-447).
 */
import { defineApi } from '../api-definition.ts';
import { array, int16, int32, int64, string } from '../schema.ts';

export const TxnOffsetCommit = defineApi(
  { key: 28, name: 'TxnOffsetCommit', versions: '0-3', flexible: '3+' },
  {
    transactionalId: string('0+'),
    groupId: string('0+'),
    producerId: int64('0+'),
    producerEpoch: int16('0+'),
    generationId: int32('3+', { default: -1 }),
    memberId: string('3+', { default: '' }),
    groupInstanceId: string('3+', { nullable: '3+', default: null }),
    topics: array('0+', {
      name: string('0+'),
      partitions: array('0+', {
        partitionIndex: int32('0+'),
        /** −1: none is stored. */
        committedOffset: int64('0+'),
        /** Of the last record that was read; −1: not known. */
        committedLeaderEpoch: int32('2+', { default: -1, ignorable: true }),
        committedMetadata: string('0+', { nullable: '0+' }),
      }),
    }),
  },
  {
    throttleTimeMs: int32('0+'),
    topics: array('0+', {
      name: string('0+'),
      partitions: array('0+', {
        partitionIndex: int32('0+'),
        errorCode: int16('0+'),
      }),
    }),
  },
);
