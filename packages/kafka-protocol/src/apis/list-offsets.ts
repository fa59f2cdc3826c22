/**
 * ListOffsets (key 2): the offset of a timestamp, or of the begin or end of a partition.
 *
 * Special timestamps: −1 the end (latest), −2 the begin (earliest); from version 7 −3 the largest timestamp
 * (KIP-734), from 8 −4 the begin of what is local (KIP-405), from 9 −5 the last offset in tiered storage (KIP-1005).
 *
 * What versions changed: 1 answers one offset with its timestamp, 2 adds the isolation level and the throttle time,
 * 4 leader epochs, 5 may answer OFFSET_NOT_AVAILABLE, 6 is flexible.
 */
import { defineApi } from '../api-definition.ts';
import { array, clampedInt64, int16, int32, int64, int8, string } from '../schema.ts';

export const ListOffsets = defineApi(
  { key: 2, name: 'ListOffsets', versions: '1-9', flexible: '6+' },
  {
    /** Of a follower; −1: a consumer. */
    replicaId: int32('0+'),
    /** 0: read_uncommitted, 1: read_committed. */
    isolationLevel: int8('2+', { default: 0 }),
    topics: array('0+', {
      name: string('0+'),
      partitions: array('0+', {
        partitionIndex: int32('0+'),
        currentLeaderEpoch: int32('4+', { default: -1, ignorable: true }),
        /** Milliseconds since 1970, or one of the special ones. */
        timestamp: clampedInt64('0+'),
      }),
    }),
  },
  {
    throttleTimeMs: int32('2+', { ignorable: true }),
    topics: array('0+', {
      name: string('0+'),
      partitions: array('0+', {
        partitionIndex: int32('0+'),
        errorCode: int16('0+'),
        timestamp: int64('1+', { default: -1 }),
        offset: int64('1+', { default: -1 }),
        leaderEpoch: int32('4+', { default: -1, ignorable: true }),
      }),
    }),
  },
);
