/**
 * SyncGroup (key 14): the leader of a classic group hands in assignments, every member takes its own.
 *
 * What versions changed: 1 adds the throttle time, 3 the group instance id (KIP-345), 4 is flexible, 5 adds protocol
 * type and name, which must agree with the group's (KIP-559).
 */
import { defineApi } from '../api-definition.ts';
import { array, bytes, int16, int32, string } from '../schema.ts';

export const SyncGroup = defineApi(
  { key: 14, name: 'SyncGroup', versions: '0-5', flexible: '4+' },
  {
    groupId: string('0+'),
    generationId: int32('0+'),
    memberId: string('0+'),
    groupInstanceId: string('3+', { nullable: '3+', default: null }),
    protocolType: string('5+', { nullable: '5+', default: null, ignorable: true }),
    protocolName: string('5+', { nullable: '5+', default: null, ignorable: true }),
    assignments: array('0+', {
      memberId: string('0+'),
      assignment: bytes('0+'),
    }),
  },
  {
    throttleTimeMs: int32('1+', { ignorable: true }),
    errorCode: int16('0+'),
    protocolType: string('5+', { nullable: '5+', default: null, ignorable: true }),
    protocolName: string('5+', { nullable: '5+', default: null, ignorable: true }),
    assignment: bytes('0+'),
  },
);
