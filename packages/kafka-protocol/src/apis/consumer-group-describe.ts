/**
 * ConsumerGroupDescribe (key 69): state, members and assignments of KIP-848 groups.
 *
 * What versions changed: response 1 adds the type of each member, which speaks the classic protocol or the new one
 * (KIP-1099).
 */
import { defineApi } from '../api-definition.ts';
import { array, bool, int16, int32, int32Array, int8, string, stringArray, struct, uuid } from '../schema.ts';

const TOPIC_PARTITIONS = {
  topicId: uuid('0+'),
  topicName: string('0+'),
  partitions: int32Array('0+'),
};

const ASSIGNMENT = {
  topicPartitions: array('0+', TOPIC_PARTITIONS),
};

export const ConsumerGroupDescribe = defineApi(
  { key: 69, name: 'ConsumerGroupDescribe', versions: '0-1', flexible: '0+' },
  {
    groupIds: stringArray('0+'),
    includeAuthorizedOperations: bool('0+'),
  },
  {
    throttleTimeMs: int32('0+'),
    groups: array('0+', {
      errorCode: int16('0+'),
      errorMessage: string('0+', { nullable: '0+', default: null }),
      groupId: string('0+'),
      groupState: string('0+'),
      groupEpoch: int32('0+'),
      assignmentEpoch: int32('0+'),
      assignorName: string('0+'),
      members: array('0+', {
        memberId: string('0+'),
        instanceId: string('0+', { nullable: '0+', default: null }),
        rackId: string('0+', { nullable: '0+', default: null }),
        /** Of the assignment that the member has confirmed. */
        memberEpoch: int32('0+'),
        clientId: string('0+'),
        clientHost: string('0+'),
        subscribedTopicNames: stringArray('0+'),
        subscribedTopicRegex: string('0+', { nullable: '0+', default: null }),
        assignment: struct('0+', ASSIGNMENT),
        targetAssignment: struct('0+', ASSIGNMENT),
        /** −1 unknown, 0 classic, 1 consumer. */
        memberType: int8('1+', { default: -1, ignorable: true }),
      }),
      /** Bits by operation; the smallest int32: not asked for. */
      authorizedOperations: int32('0+', { default: -2147483648 }),
    }),
  },
);
