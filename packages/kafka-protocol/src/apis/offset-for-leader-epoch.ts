/**
 * OffsetForLeaderEpoch (key 23): where a leader epoch ended, by which readers find out that a log was cut (KIP-320).
 *
 * What versions changed: 3 adds the replica id, 4 is flexible.
 */
import { defineApi } from '../api-definition.ts';
import { array, int16, int32, int64, string } from '../schema.ts';

export const OffsetForLeaderEpoch = defineApi(
  { key: 23, name: 'OffsetForLeaderEpoch', versions: '2-4', flexible: '4+' },
  {
    /** Of a follower; −1: a consumer, −2: any reader of a version that does not say. */
    replicaId: int32('3+', { default: -2, ignorable: true }),
    topics: array('0+', {
      topic: string('0+'),
      partitions: array('0+', {
        partition: int32('0+'),
        currentLeaderEpoch: int32('2+', { default: -1 }),
        leaderEpoch: int32('0+'),
      }),
    }),
  },
  {
    throttleTimeMs: int32('2+', { ignorable: true }),
    topics: array('0+', {
      topic: string('0+'),
      partitions: array('0+', {
        errorCode: int16('0+'),
        partition: int32('0+'),
        leaderEpoch: int32('1+', { default: -1 }),
        endOffset: int64('0+', { default: -1 }),
      }),
    }),
  },
);
