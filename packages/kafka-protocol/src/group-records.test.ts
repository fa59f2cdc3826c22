/**
 * The records of `__consumer_offsets`, against bytes written out by hand from Kafka's public definitions.
 */
import { expect, test } from 'vitest';
import {
  ConsumerGroupCurrentMemberAssignmentValue,
  ConsumerGroupMemberMetadataValue,
  ConsumerGroupMetadataValue,
  GROUP_RECORD_SCHEMAS,
  GroupMetadataValue,
  OffsetCommitKey,
  OffsetCommitValue,
} from './group-records.ts';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

test('an offset key is its type, group, topic and partition', () => {
  const bytes = hex('0001 0001 67 0006 6f7264657273 00000002');
  expect(OffsetCommitKey.encodeVersioned(1, { group: 'g', topic: 'orders', partition: 2 })).toEqual(bytes);
  expect(OffsetCommitKey.decodeVersioned(bytes)).toEqual({
    version: 1,
    value: { group: 'g', topic: 'orders', partition: 2 },
  });
});

test('an offset value of version 3 has the leader epoch and no expiry', () => {
  const value = { offset: 7, leaderEpoch: 4, metadata: 'm', commitTimestamp: 1_000 };
  const bytes = hex('0003 0000000000000007 00000004 0001 6d 00000000000003e8');
  expect(OffsetCommitValue.encodeVersioned(3, value)).toEqual(bytes);
  expect(OffsetCommitValue.decodeVersioned(bytes).value).toEqual({ ...value, expireTimestamp: -1 });
});

test('an offset value of version 1 has the expiry and drops the leader epoch', () => {
  const value = { offset: 7, leaderEpoch: 4, metadata: '', commitTimestamp: 0, expireTimestamp: 9 };
  const bytes = hex('0001 0000000000000007 0000 0000000000000000 0000000000000009');
  expect(OffsetCommitValue.encodeVersioned(1, value)).toEqual(bytes);
  expect(OffsetCommitValue.decodeVersioned(bytes).value).toEqual({ ...value, leaderEpoch: -1 });
});

test('group metadata of version 4 is flexible, of version 3 it is not', () => {
  const value = {
    protocolType: 'consumer',
    generation: 3,
    protocol: 'range',
    leader: null,
    currentStateTimestamp: 5,
    members: [],
  };
  const tail = '00000003';
  expect(GroupMetadataValue.encode(3, value)).toEqual(
    hex(`0008 636f6e73756d6572 ${tail} 0005 72616e6765 ffff 0000000000000005 00000000`),
  );
  expect(GroupMetadataValue.encode(4, value)).toEqual(
    hex(`09 636f6e73756d6572 ${tail} 06 72616e6765 00 0000000000000005 01 00`),
  );
  expect(GroupMetadataValue.decode(4, GroupMetadataValue.encode(4, value))).toEqual(value);
});

test('a tagged field is written only when it differs from its default', () => {
  expect(ConsumerGroupMetadataValue.encodeVersioned(0, { epoch: 9 })).toEqual(hex('0000 00000009 00'));
  const bytes = hex('0000 00000009 01 00 08 ffffffffffffffff');
  expect(ConsumerGroupMetadataValue.encodeVersioned(0, { epoch: 9, metadataHash: -1n })).toEqual(bytes);
  expect(ConsumerGroupMetadataValue.decodeVersioned(bytes).value).toEqual({
    epoch: 9,
    metadataHash: -1n,
    creationTimeMs: -1,
  });
});

test('tagged fields of a later Kafka come back out as they went in', () => {
  const bytes = hex('0000 00000009 02 00 08 0000000000000001 63 02 abcd');
  const { version, value } = ConsumerGroupMetadataValue.decodeVersioned(bytes);
  expect(value.unknownTaggedFields).toEqual([{ tag: 99, data: hex('abcd') }]);
  expect(ConsumerGroupMetadataValue.encodeVersioned(version, value)).toEqual(bytes);
});

test('a tagged struct that may be null has a byte before it', () => {
  const value = {
    instanceId: null,
    rackId: null,
    clientId: 'c',
    clientHost: '/h',
    subscribedTopicNames: ['t'],
    subscribedTopicRegex: null,
    rebalanceTimeoutMs: -1,
    serverAssignor: null,
    classicMemberMetadata: { sessionTimeoutMs: 1, supportedProtocols: [] },
  };
  const head = '00 00 02 63 03 2f68 02 02 74 00 ffffffff 00';
  const bytes = hex(`${head} 01 00 07 01 00000001 01 00`);
  expect(ConsumerGroupMemberMetadataValue.encode(0, value)).toEqual(bytes);
  expect(ConsumerGroupMemberMetadataValue.decode(0, bytes)).toEqual(value);
  expect(ConsumerGroupMemberMetadataValue.decode(0, hex(`${head} 00`)).classicMemberMetadata).toBeNull();
});

test('topic ids are 22 characters in memory and 16 bytes in the record', () => {
  const topicId = 'AAECAwQFBgcICQoLDA0ODw';
  const value = {
    memberEpoch: 2,
    previousMemberEpoch: 1,
    state: 0,
    assignedPartitions: [{ topicId, partitions: [0, 1], assignmentEpochs: [2, 2] }],
    partitionsPendingRevocation: [],
  };
  const bytes = ConsumerGroupCurrentMemberAssignmentValue.encodeVersioned(0, value);
  expect(bytes.toString('hex')).toContain('000102030405060708090a0b0c0d0e0f');
  expect(ConsumerGroupCurrentMemberAssignmentValue.decodeVersioned(bytes).value).toEqual(value);
});

test('each type of record has the number that its key begins with', () => {
  const numbers = Object.entries(GROUP_RECORD_SCHEMAS).map(([type, { key }]) => [type, key.maxVersion]);
  expect(Object.fromEntries(numbers)).toEqual({
    OffsetCommit: 1,
    GroupMetadata: 2,
    ConsumerGroupMetadata: 3,
    ConsumerGroupPartitionMetadata: 4,
    ConsumerGroupMemberMetadata: 5,
    ConsumerGroupTargetAssignmentMetadata: 6,
    ConsumerGroupTargetAssignmentMember: 7,
    ConsumerGroupCurrentMemberAssignment: 8,
    ConsumerGroupRegularExpression: 16,
  });
});
