/**
 * The records of `__consumer_offsets`, as Kafka's group coordinator writes them (the public definitions of its
 * group-coordinator module).
 *
 * Format: key and value each begin with an int16. In a key it is the type of the record (which Kafka treats as the
 * key's version); in a value it is the version of its format. A null value is a tombstone: the state that the key
 * names is gone.
 *
 *     key version   record                              since
 *     0, 1          OffsetCommit                        classic and consumer groups; both versions are alike
 *     2             GroupMetadata                       classic groups
 *     3             ConsumerGroupMetadata               KIP-848, as all that follow
 *     4             ConsumerGroupPartitionMetadata      no longer written since Kafka 4.1
 *     5             ConsumerGroupMemberMetadata
 *     6             ConsumerGroupTargetAssignmentMetadata
 *     7             ConsumerGroupTargetAssignmentMember
 *     8             ConsumerGroupCurrentMemberAssignment
 *     16            ConsumerGroupRegularExpression
 *
 * What versions changed: OffsetCommitValue 1 adds expireTimestamp and 2 drops it again, 3 adds leaderEpoch, 4 is
 * flexible. GroupMetadataValue 1 adds rebalanceTimeout, 2 currentStateTimestamp, 3 groupInstanceId, 4 is flexible.
 * The values of KIP-848 have one version and grow by tagged fields.
 */
import { messageCodec } from './message-codec.ts';
import {
  array,
  bigint64,
  bytes,
  int32,
  int32Array,
  int64,
  int8,
  message,
  string,
  stringArray,
  struct,
  uuid,
  type ValueOf,
} from './schema.ts';

export const OffsetCommitKey = messageCodec(
  message(
    'OffsetCommitKey',
    { versions: '0-1', flexible: 'none' },
    {
      group: string('0-1'),
      topic: string('0-1'),
      partition: int32('0-1'),
    },
  ),
);

export const OffsetCommitValue = messageCodec(
  message(
    'OffsetCommitValue',
    { versions: '0-4', flexible: '4+' },
    {
      offset: int64('0+'),
      leaderEpoch: int32('3+', { default: -1, ignorable: true }),
      metadata: string('0+'),
      /** When the commit was written, milliseconds since 1970. */
      commitTimestamp: int64('0+'),
      /** When the offset expires; −1: by the retention of the topic. */
      expireTimestamp: int64('1', { default: -1, ignorable: true }),
    },
  ),
);

export const GroupMetadataKey = messageCodec(
  message('GroupMetadataKey', { versions: '2', flexible: 'none' }, { group: string('2') }),
);

export const GroupMetadataValue = messageCodec(
  message(
    'GroupMetadataValue',
    { versions: '0-4', flexible: '4+' },
    {
      protocolType: string('0+'),
      generation: int32('0+'),
      protocol: string('0+', { nullable: '0+' }),
      leader: string('0+', { nullable: '0+' }),
      /** When the group entered its state, milliseconds since 1970; −1: not known. */
      currentStateTimestamp: int64('2+', { default: -1, ignorable: true }),
      members: array('0+', {
        memberId: string('0+'),
        groupInstanceId: string('3+', { nullable: '3+', default: null, ignorable: true }),
        clientId: string('0+'),
        clientHost: string('0+'),
        /** In milliseconds; −1: the session timeout. */
        rebalanceTimeout: int32('1+', { default: -1, ignorable: true }),
        /** In milliseconds. */
        sessionTimeout: int32('0+'),
        subscription: bytes('0+'),
        assignment: bytes('0+'),
      }),
    },
  ),
);

export const ConsumerGroupMetadataKey = messageCodec(
  message('ConsumerGroupMetadataKey', { versions: '3', flexible: 'none' }, { groupId: string('3') }),
);

export const ConsumerGroupMetadataValue = messageCodec(
  message(
    'ConsumerGroupMetadataValue',
    { versions: '0', flexible: '0+' },
    {
      epoch: int32('0+'),
      /** A hash of the subscribed topics; it changes when the group must be assigned anew (KIP-1101). */
      metadataHash: bigint64('0+', { default: 0n, tag: 0 }),
      /** When the group was made, milliseconds since 1970; −1: not known (KIP-1282). */
      creationTimeMs: int64('0+', { default: -1, tag: 1 }),
    },
  ),
);

export const ConsumerGroupPartitionMetadataKey = messageCodec(
  message('ConsumerGroupPartitionMetadataKey', { versions: '4', flexible: 'none' }, { groupId: string('4') }),
);

export const ConsumerGroupPartitionMetadataValue = messageCodec(
  message(
    'ConsumerGroupPartitionMetadataValue',
    { versions: '0', flexible: '0+' },
    {
      topics: array('0+', {
        topicId: uuid('0+'),
        topicName: string('0+'),
        numPartitions: int32('0+'),
        partitionMetadata: array('0+', { partition: int32('0+'), racks: stringArray('0+') }),
      }),
    },
  ),
);

export const ConsumerGroupMemberMetadataKey = messageCodec(
  message(
    'ConsumerGroupMemberMetadataKey',
    { versions: '5', flexible: 'none' },
    {
      groupId: string('5'),
      memberId: string('5'),
    },
  ),
);

export const ConsumerGroupMemberMetadataValue = messageCodec(
  message(
    'ConsumerGroupMemberMetadataValue',
    { versions: '0', flexible: '0+' },
    {
      instanceId: string('0+', { nullable: '0+' }),
      rackId: string('0+', { nullable: '0+' }),
      clientId: string('0+'),
      clientHost: string('0+'),
      subscribedTopicNames: stringArray('0+'),
      subscribedTopicRegex: string('0+', { nullable: '0+' }),
      rebalanceTimeoutMs: int32('0+', { default: -1 }),
      serverAssignor: string('0+', { nullable: '0+' }),
      /** Of a member that speaks the classic protocol to a consumer group; null: it does not. */
      classicMemberMetadata: struct(
        '0+',
        {
          sessionTimeoutMs: int32('0+'),
          supportedProtocols: array('0+', { name: string('0+'), metadata: bytes('0+') }),
        },
        { nullable: '0+', default: null, tag: 0 },
      ),
    },
  ),
);

export const ConsumerGroupTargetAssignmentMetadataKey = messageCodec(
  message(
    'ConsumerGroupTargetAssignmentMetadataKey',
    { versions: '6', flexible: 'none' },
    {
      groupId: string('6'),
    },
  ),
);

export const ConsumerGroupTargetAssignmentMetadataValue = messageCodec(
  message(
    'ConsumerGroupTargetAssignmentMetadataValue',
    { versions: '0', flexible: '0+' },
    {
      assignmentEpoch: int32('0+'),
      /** When the assignment was worked out, milliseconds since 1970; 0: not known (KIP-1263). */
      assignmentTimestamp: int64('0+', { default: 0, tag: 0, ignorable: true }),
    },
  ),
);

export const ConsumerGroupTargetAssignmentMemberKey = messageCodec(
  message(
    'ConsumerGroupTargetAssignmentMemberKey',
    { versions: '7', flexible: 'none' },
    {
      groupId: string('7'),
      memberId: string('7'),
    },
  ),
);

export const ConsumerGroupTargetAssignmentMemberValue = messageCodec(
  message(
    'ConsumerGroupTargetAssignmentMemberValue',
    { versions: '0', flexible: '0+' },
    {
      topicPartitions: array('0+', { topicId: uuid('0+'), partitions: int32Array('0+') }),
    },
  ),
);

export const ConsumerGroupCurrentMemberAssignmentKey = messageCodec(
  message(
    'ConsumerGroupCurrentMemberAssignmentKey',
    { versions: '8', flexible: 'none' },
    {
      groupId: string('8'),
      memberId: string('8'),
    },
  ),
);

const MEMBER_PARTITIONS = {
  topicId: uuid('0+'),
  partitions: int32Array('0+'),
  /** For each partition the epoch in which the member got it; null: not known (KIP-1251). */
  assignmentEpochs: int32Array('0+', { nullable: '0+', default: null, tag: 0 }),
};

export const ConsumerGroupCurrentMemberAssignmentValue = messageCodec(
  message(
    'ConsumerGroupCurrentMemberAssignmentValue',
    { versions: '0', flexible: '0+' },
    {
      memberEpoch: int32('0+'),
      previousMemberEpoch: int32('0+'),
      /** 0 stable, 1 has partitions to revoke, 2 waits for partitions of others; Kafka's MemberState. */
      state: int8('0+'),
      assignedPartitions: array('0+', MEMBER_PARTITIONS),
      partitionsPendingRevocation: array('0+', MEMBER_PARTITIONS),
    },
  ),
);

export const ConsumerGroupRegularExpressionKey = messageCodec(
  message(
    'ConsumerGroupRegularExpressionKey',
    { versions: '16', flexible: 'none' },
    {
      groupId: string('16'),
      regularExpression: string('16'),
    },
  ),
);

export const ConsumerGroupRegularExpressionValue = messageCodec(
  message(
    'ConsumerGroupRegularExpressionValue',
    { versions: '0', flexible: '0+' },
    {
      topics: stringArray('0+'),
      /** The version of the metadata by which the topics were found. */
      version: int64('0+'),
      /** When they were found, milliseconds since 1970. */
      timestamp: int64('0+'),
    },
  ),
);

/** Key and value of each type of record. */
export const GROUP_RECORD_SCHEMAS = {
  OffsetCommit: { key: OffsetCommitKey, value: OffsetCommitValue },
  GroupMetadata: { key: GroupMetadataKey, value: GroupMetadataValue },
  ConsumerGroupMetadata: { key: ConsumerGroupMetadataKey, value: ConsumerGroupMetadataValue },
  ConsumerGroupPartitionMetadata: {
    key: ConsumerGroupPartitionMetadataKey,
    value: ConsumerGroupPartitionMetadataValue,
  },
  ConsumerGroupMemberMetadata: {
    key: ConsumerGroupMemberMetadataKey,
    value: ConsumerGroupMemberMetadataValue,
  },
  ConsumerGroupTargetAssignmentMetadata: {
    key: ConsumerGroupTargetAssignmentMetadataKey,
    value: ConsumerGroupTargetAssignmentMetadataValue,
  },
  ConsumerGroupTargetAssignmentMember: {
    key: ConsumerGroupTargetAssignmentMemberKey,
    value: ConsumerGroupTargetAssignmentMemberValue,
  },
  ConsumerGroupCurrentMemberAssignment: {
    key: ConsumerGroupCurrentMemberAssignmentKey,
    value: ConsumerGroupCurrentMemberAssignmentValue,
  },
  ConsumerGroupRegularExpression: {
    key: ConsumerGroupRegularExpressionKey,
    value: ConsumerGroupRegularExpressionValue,
  },
} as const;

/** The name of a type of record. */
export type GroupRecordType = keyof typeof GROUP_RECORD_SCHEMAS;

type Schemas = typeof GROUP_RECORD_SCHEMAS;
/** The decoded key of a type of record. */
export type GroupRecordKey<T extends GroupRecordType> = ValueOf<Schemas[T]['key']['definition']>;
/** The decoded value of a type of record. */
export type GroupRecordValue<T extends GroupRecordType> = ValueOf<Schemas[T]['value']['definition']>;
