import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OffsetCommitKey, OffsetCommitValue } from '@tidelog/kafka-protocol/group-records';
import { decodeGroupRecord, encodeGroupRecord } from './group-record-codec.ts';
import type { GroupRecord, PartitionsByTopic } from './group-records.ts';

const text = fc.string({ maxLength: 20 });
const int32 = fc.integer();
const epoch = fc.integer({ min: -1, max: 1_000_000 });
const timeMs = fc.nat({ max: Number.MAX_SAFE_INTEGER });
const bytes = fc.uint8Array({ maxLength: 40 }).map((array) => Buffer.from(array));
const topicId = fc
  .uint8Array({ minLength: 16, maxLength: 16 })
  .map((id) => Buffer.from(id).toString('base64url'));
const orUndefined = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined });
const orTombstone = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { nil: null });

const partitions: fc.Arbitrary<PartitionsByTopic> = fc
  .array(fc.tuple(topicId, fc.uniqueArray(fc.nat(500), { minLength: 1, maxLength: 6 })), { maxLength: 4 })
  .map((topics) => new Map(topics.map(([id, numbers]) => [id, numbers.sort((one, two) => one - two)])));

const classicMember = fc.record({
  memberId: text,
  groupInstanceId: orUndefined(text),
  clientId: text,
  clientHost: text,
  rebalanceTimeoutMs: fc.nat(),
  sessionTimeoutMs: fc.nat(),
  subscription: bytes,
  assignment: bytes,
});

const record: fc.Arbitrary<GroupRecord> = fc.oneof(
  fc.record({
    type: fc.constant('offsetCommit' as const),
    groupId: text,
    topic: text,
    partition: fc.nat(),
    value: orTombstone(
      fc.record(
        { offset: timeMs, leaderEpoch: epoch, metadata: text, commitTimestampMs: timeMs, topicId },
        { requiredKeys: ['offset', 'leaderEpoch', 'metadata', 'commitTimestampMs'] },
      ),
    ),
  }),
  fc.record({
    type: fc.constant('classicGroup' as const),
    groupId: text,
    value: orTombstone(
      fc.record({
        protocolType: text,
        generationId: int32,
        protocolName: orUndefined(text),
        leader: orUndefined(text),
        currentStateTimestampMs: timeMs,
        members: fc.array(classicMember, { maxLength: 3 }),
      }),
    ),
  }),
  fc.record({
    type: fc.constant('consumerGroup' as const),
    groupId: text,
    value: orTombstone(fc.record({ epoch: int32, metadataHash: fc.maxSafeInteger() })),
  }),
  fc.record({
    type: fc.constant('consumerGroupMember' as const),
    groupId: text,
    memberId: text,
    value: orTombstone(
      fc.record({
        instanceId: orUndefined(text),
        rackId: orUndefined(text),
        clientId: text,
        clientHost: text,
        subscribedTopicNames: fc.array(text, { maxLength: 4 }),
        subscribedTopicRegex: text,
        rebalanceTimeoutMs: int32,
        serverAssignor: orUndefined(text),
        classicMember: orUndefined(
          fc.record({
            sessionTimeoutMs: int32,
            supportedProtocols: fc.array(fc.record({ name: text, metadata: bytes }), { maxLength: 2 }),
          }),
        ),
      }),
    ),
  }),
  fc.record({
    type: fc.constant('targetAssignment' as const),
    groupId: text,
    value: orTombstone(fc.record({ assignmentEpoch: int32 })),
  }),
  fc.record({
    type: fc.constant('targetAssignmentMember' as const),
    groupId: text,
    memberId: text,
    value: orTombstone(fc.record({ partitions })),
  }),
  fc.record({
    type: fc.constant('currentAssignment' as const),
    groupId: text,
    memberId: text,
    value: orTombstone(
      fc.record({
        memberEpoch: int32,
        previousMemberEpoch: int32,
        state: fc.constantFrom('stable', 'unrevokedPartitions', 'unreleasedPartitions'),
        assignedPartitions: partitions,
        partitionsPendingRevocation: partitions,
      }),
    ),
  }),
  fc.record({
    type: fc.constant('regularExpression' as const),
    groupId: text,
    pattern: text,
    value: orTombstone(
      fc.record({ topics: fc.array(text, { maxLength: 4 }), version: timeMs, timestampMs: timeMs }),
    ),
  }),
);

test('every record comes back as it was', () => {
  fc.assert(
    fc.property(record, (given) => {
      const { key, value } = encodeGroupRecord(given);
      // Copies, as the log gives them: encoding shares memory.
      const decoded = decodeGroupRecord(Buffer.from(key), value === null ? null : Buffer.from(value));
      expect(decoded).toEqual({ record: given });
    }),
    { numRuns: 500 },
  );
});

test('what a record is about is its key: tombstone and value have the same', () => {
  fc.assert(
    fc.property(record, (given) => {
      const removed = { ...given, value: null } as GroupRecord;
      expect(encodeGroupRecord(removed)).toEqual({ key: encodeGroupRecord(given).key, value: null });
    }),
  );
});

describe('records of others', () => {
  test('offsets as Kafka writes them are read, whatever their version', () => {
    const key = { group: 'g', topic: 'orders', partition: 3 };
    for (const keyVersion of [0, 1]) {
      for (const version of [0, 1, 2, 3, 4]) {
        const value = { offset: 7, metadata: 'm', commitTimestamp: 9, leaderEpoch: version < 3 ? -1 : 5 };
        const decoded = decodeGroupRecord(
          OffsetCommitKey.encodeVersioned(keyVersion, key),
          OffsetCommitValue.encodeVersioned(version, value),
        );
        expect(decoded.record).toEqual({
          type: 'offsetCommit',
          groupId: 'g',
          topic: 'orders',
          partition: 3,
          value: { offset: 7, leaderEpoch: value.leaderEpoch, metadata: 'm', commitTimestampMs: 9 },
        });
      }
    }
  });

  test('an unknown type of key, or version of a value, is passed over and says so; what Kafka gave up is not worth a word', () => {
    const hex = (digits: string): Buffer => Buffer.from(digits, 'hex');
    expect(decodeGroupRecord(hex('0063'), hex('00'))).toEqual({ unknown: 'a key of type 99' });
    expect(decodeGroupRecord(hex('0003000167'), hex('0001'))).toEqual({
      unknown: 'a value of version 1 under a key of type 3',
    });
    expect(decodeGroupRecord(hex('0004000167'), hex('0000'))).toEqual({ unknown: undefined });
  });

  test('bytes that are not what they say are damage', () => {
    const hex = (digits: string): Buffer => Buffer.from(digits, 'hex');
    const malformed = expect.objectContaining({ code: 'MALFORMED_FRAME' }) as Error;
    expect(() => decodeGroupRecord(hex('00'), null)).toThrow(malformed);
    expect(() => decodeGroupRecord(hex('0001000567'), null)).toThrow(malformed);
    expect(() => decodeGroupRecord(hex('0003000167'), hex('00000000'))).toThrow(malformed);
    // A member in a state that does not exist owns something that nobody else may get.
    expect(() =>
      decodeGroupRecord(
        hex('00080001670001 6d'.replace(' ', '')),
        hex('0000 00000001 00000000 07 01 01 00'.replaceAll(' ', '')),
      ),
    ).toThrow('state 7');
  });
});
