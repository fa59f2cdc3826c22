/**
 * DescribeGroups (key 15): state and members of classic groups.
 *
 * What versions changed: 1 adds the throttle time, 3 authorized operations (KIP-430), 4 group instance ids, 5 is
 * flexible.
 */
import { defineApi } from '../api-definition.ts';
import { array, bool, bytes, int16, int32, string, stringArray } from '../schema.ts';

export const DescribeGroups = defineApi(
  { key: 15, name: 'DescribeGroups', versions: '0-5', flexible: '5+' },
  {
    groups: stringArray('0+'),
    includeAuthorizedOperations: bool('3+', { default: false }),
  },
  {
    throttleTimeMs: int32('1+', { ignorable: true }),
    groups: array('0+', {
      errorCode: int16('0+'),
      groupId: string('0+'),
      groupState: string('0+'),
      protocolType: string('0+'),
      protocolData: string('0+'),
      members: array('0+', {
        memberId: string('0+'),
        groupInstanceId: string('4+', { nullable: '4+', default: null, ignorable: true }),
        clientId: string('0+'),
        clientHost: string('0+'),
        memberMetadata: bytes('0+'),
        memberAssignment: bytes('0+'),
      }),
      /** Bits by operation; the smallest int32: not asked for. */
      authorizedOperations: int32('3+', { default: -2147483648, ignorable: true }),
    }),
  },
);
