/**
 * OffsetFetch (key 9): the stored offsets of a group, from version 8 on of several.
 *
 * What versions changed: 2 allows null for all topics and adds an error of the whole group, 3 the throttle time,
 * 5 leader epochs, 6 is flexible, 7 adds requireStable, which waits for pending transactions (KIP-447), 8 asks for
 * groups instead of one group (KIP-709), 9 adds member id and epoch of KIP-848.
 */
import { defineApi } from '../api-definition.ts';
import { array, bool, int16, int32, int32Array, int64, string } from '../schema.ts';

export const OffsetFetch = defineApi(
  { key: 9, name: 'OffsetFetch', versions: '1-9', flexible: '6+' },
  {
    groupId: string('0-7', { default: '' }),
    /** Null: all topics that have offsets. */
    topics: array(
      '0-7',
      {
        name: string('0-7'),
        partitionIndexes: int32Array('0-7'),
      },
      { nullable: '2-7', default: [] },
    ),
    groups: array(
      '8+',
      {
        groupId: string('8+'),
        memberId: string('9+', { nullable: '9+', default: null, ignorable: true }),
        /** −1: not a member. */
        memberEpoch: int32('9+', { default: -1, ignorable: true }),
        /** Null: all topics that have offsets. */
        topics: array(
          '8+',
          {
            name: string('8+'),
            partitionIndexes: int32Array('8+'),
          },
          { nullable: '8+' },
        ),
      },
      { default: [] },
    ),
    /** Answer UNSTABLE_OFFSET_COMMIT while a transaction has offsets pending. */
    requireStable: bool('7+', { default: false }),
  },
  {
    throttleTimeMs: int32('3+', { ignorable: true }),
    topics: array(
      '0-7',
      {
        name: string('0-7'),
        partitions: array('0-7', {
          partitionIndex: int32('0-7'),
          /** −1: none is stored. */
          committedOffset: int64('0-7'),
          /** Of the last record that was read; −1: not known. */
          committedLeaderEpoch: int32('5-7', { default: -1, ignorable: true }),
          metadata: string('0-7', { nullable: '0-7' }),
          errorCode: int16('0-7'),
        }),
      },
      { default: [] },
    ),
    errorCode: int16('2-7', { default: 0, ignorable: true }),
    groups: array(
      '8+',
      {
        groupId: string('8+'),
        topics: array('8+', {
          name: string('8+'),
          partitions: array('8+', {
            partitionIndex: int32('8+'),
            /** −1: none is stored. */
            committedOffset: int64('8+'),
            /** Of the last record that was read; −1: not known. */
            committedLeaderEpoch: int32('8+', { default: -1 }),
            metadata: string('8+', { nullable: '8+' }),
            errorCode: int16('8+'),
          }),
        }),
        errorCode: int16('8+', { default: 0 }),
      },
      { default: [] },
    ),
  },
);
