/**
 * Heartbeat (key 12): a member of a classic group is alive.
 *
 * What versions changed: 1 adds the throttle time, 3 the group instance id (KIP-345), 4 is flexible.
 */
import { defineApi } from '../api-definition.ts';
import { int16, int32, string } from '../schema.ts';

export const Heartbeat = defineApi(
  { key: 12, name: 'Heartbeat', versions: '0-4', flexible: '4+' },
  {
    groupId: string('0+'),
    generationId: int32('0+'),
    memberId: string('0+'),
    groupInstanceId: string('3+', { nullable: '3+', default: null }),
  },
  {
    throttleTimeMs: int32('1+', { ignorable: true }),
    errorCode: int16('0+'),
  },
);
