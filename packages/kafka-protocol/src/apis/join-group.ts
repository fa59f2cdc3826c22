/**
 * JoinGroup (key 11): a member enters a classic group, or its next generation.
 *
 * What versions changed: 1 adds the rebalance timeout, 2 the throttle time, 4 asks a new member to come back with
 * the id that it was given (MEMBER_ID_REQUIRED, KIP-394), 5 adds the group instance id (KIP-345), 6 is flexible,
 * response 7 adds the protocol type (KIP-559), 8 adds the reason (KIP-800), response 9 tells a leader to skip its
 * assignment (KIP-814).
 */
import { defineApi } from '../api-definition.ts';
import { array, bool, bytes, int16, int32, string } from '../schema.ts';

export const JoinGroup = defineApi(
  { key: 11, name: 'JoinGroup', versions: '0-9', flexible: '6+' },
  {
    groupId: string('0+'),
    sessionTimeoutMs: int32('0+'),
    /** How long the members have to join again; −1: the session timeout. */
    rebalanceTimeoutMs: int32('1+', { default: -1, ignorable: true }),
    /** Empty when the member is new. */
    memberId: string('0+'),
    groupInstanceId: string('5+', { nullable: '5+', default: null }),
    protocolType: string('0+'),
    /** In the order in which the member prefers them. */
    protocols: array('0+', {
      name: string('0+'),
      metadata: bytes('0+'),
    }),
    reason: string('8+', { nullable: '8+', default: null, ignorable: true }),
  },
  {
    throttleTimeMs: int32('2+', { ignorable: true }),
    errorCode: int16('0+'),
    generationId: int32('0+', { default: -1 }),
    protocolType: string('7+', { nullable: '7+', default: null, ignorable: true }),
    protocolName: string('0+', { nullable: '7+' }),
    leader: string('0+'),
    /** The leader is not to work out an assignment. */
    skipAssignment: bool('9+', { default: false }),
    memberId: string('0+'),
    /** For the leader only. */
    members: array('0+', {
      memberId: string('0+'),
      groupInstanceId: string('5+', { nullable: '5+', default: null, ignorable: true }),
      metadata: bytes('0+'),
    }),
  },
);
