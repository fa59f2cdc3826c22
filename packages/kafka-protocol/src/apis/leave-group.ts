/**
 * LeaveGroup (key 13): a member leaves a classic group, from version 3 on several do.
 *
 * What versions changed: 1 adds the throttle time, 3 takes members by member id and group instance id (KIP-345),
 * 4 is flexible, 5 adds the reason (KIP-800).
 */
import { defineApi } from '../api-definition.ts';
import { array, int16, int32, string } from '../schema.ts';

export const LeaveGroup = defineApi(
  { key: 13, name: 'LeaveGroup', versions: '0-5', flexible: '4+' },
  {
    groupId: string('0+'),
    memberId: string('0-2', { default: '' }),
    members: array(
      '3+',
      {
        memberId: string('3+'),
        groupInstanceId: string('3+', { nullable: '3+', default: null }),
        reason: string('5+', { nullable: '5+', default: null, ignorable: true }),
      },
      { default: [] },
    ),
  },
  {
    throttleTimeMs: int32('1+', { ignorable: true }),
    errorCode: int16('0+'),
    members: array(
      '3+',
      {
        memberId: string('3+'),
        groupInstanceId: string('3+', { nullable: '3+' }),
        errorCode: int16('3+'),
      },
      { default: [] },
    ),
  },
);
