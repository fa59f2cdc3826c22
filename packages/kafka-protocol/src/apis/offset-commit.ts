/**
 * OffsetCommit (key 8): stores the offsets of a group.
 *
 * What versions changed: 2–4 carry a retention time, 3 adds the throttle time, 6 the leader epoch (KIP-320),
 * 7 the group instance id (KIP-345), 8 is flexible, 9 is the first for members of KIP-848, whose member epoch
 * stands in generationIdOrMemberEpoch, and may answer STALE_MEMBER_EPOCH and GROUP_ID_NOT_FOUND.
 */
import { defineApi } from '../api-definition.ts';
import { array, int16, int32, int64, string } from '../schema.ts';

export const OffsetCommit = defineApi(
  { key: 8, name: 'OffsetCommit', versions: '2-9', flexible: '8+' },
  {
    groupId: string('0+'),
    /** −1: a simple consumer, which commits without being a member. */
    generationIdOrMemberEpoch: int32('1+', { default: -1 }),
    memberId: string('1+', { ignorable: true }),
    groupInstanceId: string('7+', { nullable: '7+', default: null }),
    /** −1: as the broker is configured. */
    retentionTimeMs: int64('2-4', { default: -1, ignorable: true }),
    topics: array('0+', {
      name: string('0+'),
      partitions: array('0+', {
        partitionIndex: int32('0+'),
        /** −1: none is stored. */
        committedOffset: int64('0+'),
        /** Of the last record that was read; −1: not known. */
        committedLeaderEpoch: int32('6+', { default: -1, ignorable: true }),
        committedMetadata: string('0+', { nullable: '0+' }),
      }),
    }),
  },
  {
    throttleTimeMs: int32('3+', { ignorable: true }),
    topics: array('0+', {
      name: string('0+'),
      partitions: array('0+', {
        partitionIndex: int32('0+'),
        errorCode: int16('0+'),
      }),
    }),
  },
);
