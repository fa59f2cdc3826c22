/**
 * Group records ⇄ keys and values of `__consumer_offsets`, in Kafka's schemas (`@tidelog/kafka-protocol/group-records`).
 *
 * Versions written: OffsetCommitValue 4, GroupMetadataValue 3 (as Kafka), 0 of all others. The id of a committed
 * offset's topic is tagged field 0 of OffsetCommitValue, which version 4 is the first to have room for; readers that
 * do not know the tag skip it.
 *
 * Versions read: all that Kafka ever wrote. A key of a type that is not known comes from a newer coordinator, or
 * from another kind of group: it says nothing about the groups that are known and is passed over, as is a value in
 * a version that is not known. Bytes that are not what their version says are damage: MALFORMED_FRAME.
 *
 * Invariant: what is decoded equals what was encoded. Byte fields of a decoded record are views of its value.
 */
import {
  ConsumerGroupCurrentMemberAssignmentKey,
  ConsumerGroupCurrentMemberAssignmentValue,
  ConsumerGroupMemberMetadataKey,
  ConsumerGroupMemberMetadataValue,
  ConsumerGroupMetadataKey,
  ConsumerGroupMetadataValue,
  ConsumerGroupRegularExpressionKey,
  ConsumerGroupRegularExpressionValue,
  ConsumerGroupTargetAssignmentMemberKey,
  ConsumerGroupTargetAssignmentMemberValue,
  ConsumerGroupTargetAssignmentMetadataKey,
  ConsumerGroupTargetAssignmentMetadataValue,
  GroupMetadataKey,
  GroupMetadataValue,
  OffsetCommitKey,
  OffsetCommitValue,
} from '@tidelog/kafka-protocol/group-records';
import { TidelogError } from '@tidelog/record/errors';
import {
  decodeClassicGroup,
  decodeConsumerGroup,
  decodeCurrentAssignment,
  decodeMember,
  decodeOffset,
  encodeClassicGroup,
  encodeCurrentAssignment,
  encodeMember,
  encodeOffset,
  partitionsOf,
  topicPartitionsOf,
} from './group-record-values.ts';
import type { GroupRecord } from './group-records.ts';

/** A record as it lies in the log. */
export interface EncodedRecord {
  readonly key: Buffer;
  /** null: a tombstone. */
  readonly value: Buffer | null;
}

/** What a key and a value are: a record, or why they are passed over (`undefined`: nothing to be said about it). */
export type DecodedRecord =
  { readonly record: GroupRecord } | { readonly record?: undefined; readonly unknown: string | undefined };

/** The types of keys, by the number that each key begins with. */
const KEY = {
  OFFSET_COMMIT_V0: 0,
  OFFSET_COMMIT: 1,
  GROUP: 2,
  CONSUMER_GROUP: 3,
  CONSUMER_GROUP_PARTITIONS: 4,
  CONSUMER_GROUP_MEMBER: 5,
  TARGET_ASSIGNMENT: 6,
  TARGET_ASSIGNMENT_MEMBER: 7,
  CURRENT_ASSIGNMENT: 8,
  REGULAR_EXPRESSION: 16,
} as const;

const VERSION_BYTES = 2;

/**
 * Key and value of a record. A value is only valid until the memory of the record's own buffers changes.
 *
 * @throws INVALID_ARGUMENT for what no field can hold: a text of more than 32,767 bytes
 */
export function encodeGroupRecord(record: GroupRecord): EncodedRecord {
  const { groupId } = record;
  switch (record.type) {
    case 'offsetCommit':
      return {
        key: OffsetCommitKey.encodeVersioned(KEY.OFFSET_COMMIT, {
          group: groupId,
          topic: record.topic,
          partition: record.partition,
        }),
        value: record.value === null ? null : encodeOffset(record.value),
      };
    case 'classicGroup':
      return {
        key: GroupMetadataKey.encodeVersioned(KEY.GROUP, { group: groupId }),
        value: record.value === null ? null : encodeClassicGroup(record.value),
      };
    case 'consumerGroup':
      return {
        key: ConsumerGroupMetadataKey.encodeVersioned(KEY.CONSUMER_GROUP, { groupId }),
        value:
          record.value === null
            ? null
            : ConsumerGroupMetadataValue.encodeVersioned(0, {
                epoch: record.value.epoch,
                metadataHash: BigInt(record.value.metadataHash),
              }),
      };
    case 'consumerGroupMember':
      return {
        key: ConsumerGroupMemberMetadataKey.encodeVersioned(KEY.CONSUMER_GROUP_MEMBER, {
          groupId,
          memberId: record.memberId,
        }),
        value: record.value === null ? null : encodeMember(record.value),
      };
    case 'targetAssignment':
      return {
        key: ConsumerGroupTargetAssignmentMetadataKey.encodeVersioned(KEY.TARGET_ASSIGNMENT, { groupId }),
        value:
          record.value === null
            ? null
            : ConsumerGroupTargetAssignmentMetadataValue.encodeVersioned(0, {
                assignmentEpoch: record.value.assignmentEpoch,
              }),
      };
    case 'targetAssignmentMember':
      return {
        key: ConsumerGroupTargetAssignmentMemberKey.encodeVersioned(KEY.TARGET_ASSIGNMENT_MEMBER, {
          groupId,
          memberId: record.memberId,
        }),
        value:
          record.value === null
            ? null
            : ConsumerGroupTargetAssignmentMemberValue.encodeVersioned(0, {
                topicPartitions: topicPartitionsOf(record.value.partitions),
              }),
      };
    case 'currentAssignment':
      return {
        key: ConsumerGroupCurrentMemberAssignmentKey.encodeVersioned(KEY.CURRENT_ASSIGNMENT, {
          groupId,
          memberId: record.memberId,
        }),
        value: record.value === null ? null : encodeCurrentAssignment(record.value),
      };
    case 'regularExpression':
      return {
        key: ConsumerGroupRegularExpressionKey.encodeVersioned(KEY.REGULAR_EXPRESSION, {
          groupId,
          regularExpression: record.pattern,
        }),
        value:
          record.value === null
            ? null
            : ConsumerGroupRegularExpressionValue.encodeVersioned(0, {
                topics: record.value.topics,
                version: record.value.version,
                timestamp: record.value.timestampMs,
              }),
      };
  }
}

/**
 * A key and a value as a record, or why they are none of ours.
 *
 * @throws MALFORMED_FRAME for bytes that are not what they say
 */
export function decodeGroupRecord(key: Buffer, value: Buffer | null): DecodedRecord {
  const type = leadingInt16(key, 'a key');
  const read = READERS[type];
  if (type === KEY.CONSUMER_GROUP_PARTITIONS) return { unknown: undefined };
  if (read === undefined) return { unknown: `a key of type ${type}` };
  if (value !== null) {
    const version = leadingInt16(value, 'a value');
    if (version < 0 || version > read.maxValueVersion) {
      return { unknown: `a value of version ${version} under a key of type ${type}` };
    }
  }
  return { record: read.record(key, value) };
}

interface RecordReader {
  readonly maxValueVersion: number;
  record(key: Buffer, value: Buffer | null): GroupRecord;
}

const offsetReader: RecordReader = {
  maxValueVersion: OffsetCommitValue.maxVersion,
  record(key, value) {
    const { group: groupId, topic, partition } = OffsetCommitKey.decodeVersioned(key).value;
    return {
      type: 'offsetCommit',
      groupId,
      topic,
      partition,
      value: value === null ? null : decodeOffset(OffsetCommitValue.decodeVersioned(value).value),
    };
  },
};

const READERS: Readonly<Record<number, RecordReader>> = {
  [KEY.OFFSET_COMMIT_V0]: offsetReader,
  [KEY.OFFSET_COMMIT]: offsetReader,
  [KEY.GROUP]: {
    maxValueVersion: GroupMetadataValue.maxVersion,
    record: (key, value) => ({
      type: 'classicGroup',
      groupId: GroupMetadataKey.decodeVersioned(key).value.group,
      value: value === null ? null : decodeClassicGroup(GroupMetadataValue.decodeVersioned(value).value),
    }),
  },
  [KEY.CONSUMER_GROUP]: {
    maxValueVersion: ConsumerGroupMetadataValue.maxVersion,
    record: (key, value) => ({
      type: 'consumerGroup',
      groupId: ConsumerGroupMetadataKey.decodeVersioned(key).value.groupId,
      value:
        value === null ? null : decodeConsumerGroup(ConsumerGroupMetadataValue.decodeVersioned(value).value),
    }),
  },
  [KEY.CONSUMER_GROUP_MEMBER]: {
    maxValueVersion: ConsumerGroupMemberMetadataValue.maxVersion,
    record: (key, value) => ({
      type: 'consumerGroupMember',
      ...memberKey(ConsumerGroupMemberMetadataKey.decodeVersioned(key).value),
      value:
        value === null ? null : decodeMember(ConsumerGroupMemberMetadataValue.decodeVersioned(value).value),
    }),
  },
  [KEY.TARGET_ASSIGNMENT]: {
    maxValueVersion: ConsumerGroupTargetAssignmentMetadataValue.maxVersion,
    record: (key, value) => ({
      type: 'targetAssignment',
      groupId: ConsumerGroupTargetAssignmentMetadataKey.decodeVersioned(key).value.groupId,
      value:
        value === null
          ? null
          : {
              assignmentEpoch:
                ConsumerGroupTargetAssignmentMetadataValue.decodeVersioned(value).value.assignmentEpoch,
            },
    }),
  },
  [KEY.TARGET_ASSIGNMENT_MEMBER]: {
    maxValueVersion: ConsumerGroupTargetAssignmentMemberValue.maxVersion,
    record: (key, value) => ({
      type: 'targetAssignmentMember',
      ...memberKey(ConsumerGroupTargetAssignmentMemberKey.decodeVersioned(key).value),
      value:
        value === null
          ? null
          : {
              partitions: partitionsOf(
                ConsumerGroupTargetAssignmentMemberValue.decodeVersioned(value).value.topicPartitions,
              ),
            },
    }),
  },
  [KEY.CURRENT_ASSIGNMENT]: {
    maxValueVersion: ConsumerGroupCurrentMemberAssignmentValue.maxVersion,
    record: (key, value) => ({
      type: 'currentAssignment',
      ...memberKey(ConsumerGroupCurrentMemberAssignmentKey.decodeVersioned(key).value),
      value:
        value === null
          ? null
          : decodeCurrentAssignment(ConsumerGroupCurrentMemberAssignmentValue.decodeVersioned(value).value),
    }),
  },
  [KEY.REGULAR_EXPRESSION]: {
    maxValueVersion: ConsumerGroupRegularExpressionValue.maxVersion,
    record(key, value) {
      const { groupId, regularExpression } = ConsumerGroupRegularExpressionKey.decodeVersioned(key).value;
      const decoded =
        value === null ? null : ConsumerGroupRegularExpressionValue.decodeVersioned(value).value;
      return {
        type: 'regularExpression',
        groupId,
        pattern: regularExpression,
        value:
          decoded === null
            ? null
            : { topics: decoded.topics, version: decoded.version, timestampMs: decoded.timestamp },
      };
    },
  },
};

function leadingInt16(bytes: Buffer, what: string): number {
  if (bytes.length >= VERSION_BYTES) return bytes.readInt16BE(0);
  throw new TidelogError('MALFORMED_FRAME', `${what} of a group record has ${bytes.length} bytes`);
}

function memberKey({ groupId, memberId }: { groupId: string; memberId: string }): {
  groupId: string;
  memberId: string;
} {
  return { groupId, memberId };
}
