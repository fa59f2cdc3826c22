/**
 * What classic consumers embed into their group requests, against kafkajs's encoders.
 */
import kafkajs from 'kafkajs';
import { expect, test } from 'vitest';
import {
  ConsumerProtocolAssignment,
  ConsumerProtocolSubscription,
  decodeConsumerAssignment,
  decodeConsumerSubscription,
} from './consumer-protocol.ts';

const { MemberMetadata, MemberAssignment } = kafkajs.AssignerProtocol;

test('a subscription of kafkajs decodes and encodes to the same bytes', () => {
  const theirs = MemberMetadata.encode({ version: 0, topics: ['a', 'b'], userData: Buffer.from('u') });
  const { version, value } = decodeConsumerSubscription(theirs);
  expect(value).toMatchObject({ topics: ['a', 'b'], userData: Buffer.from('u'), ownedPartitions: [] });
  expect(ConsumerProtocolSubscription.encodeVersioned(version, value)).toEqual(theirs);
});

test('an assignment of kafkajs decodes and encodes to the same bytes', () => {
  const theirs = MemberAssignment.encode({
    version: 0,
    assignment: { a: [0, 1], b: [2] },
    userData: Buffer.alloc(0),
  });
  const { version, value } = decodeConsumerAssignment(theirs);
  expect(value.assignedPartitions).toEqual([
    { topic: 'a', partitions: [0, 1] },
    { topic: 'b', partitions: [2] },
  ]);
  expect(ConsumerProtocolAssignment.encodeVersioned(version, value)).toEqual(theirs);
});

test('a subscription of version 3 has owned partitions, generation and rack', () => {
  const value = {
    topics: ['a'],
    userData: null,
    ownedPartitions: [{ topic: 'a', partitions: [3] }],
    generationId: 8,
    rackId: 'r1',
  };
  const bytes = ConsumerProtocolSubscription.encodeVersioned(3, value);
  expect(decodeConsumerSubscription(bytes)).toEqual({ version: 3, value });
});

test('a later version is read as the latest known one, and what it adds is left alone', () => {
  const known = ConsumerProtocolSubscription.encode(3, { topics: ['a'], userData: null, rackId: 'r' });
  const later = Buffer.concat([Buffer.from([0, 9]), known, Buffer.from('something new')]);
  expect(decodeConsumerSubscription(later)).toMatchObject({
    version: 9,
    value: { topics: ['a'], rackId: 'r' },
  });
});

test('bytes that are no subscription are refused', () => {
  expect(() => decodeConsumerSubscription(Buffer.from('{"workers":[]}'))).toThrow(
    /ConsumerProtocolSubscription/,
  );
  expect(() => decodeConsumerSubscription(Buffer.alloc(1))).toThrow(/too few/);
  expect(() => decodeConsumerAssignment(Buffer.from([0xff, 0xff]))).toThrow(/negative/);
});
