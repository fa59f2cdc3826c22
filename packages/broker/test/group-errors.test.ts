/**
 * What goes wrong with groups, as a client of the native protocol sees it: each has an error with its own name and
 * a message that says what to do.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fromSafeNumber, type RequestInputs, type ResponseBodies } from '@tidelog/protocol';
import { errorCodeOf } from '@tidelog/record/errors';
import type { Broker } from '../src/index.ts';
import { startTestBroker } from '../src/testing.ts';
import { recordBatch } from './hostile-frames.ts';
import { TestClient } from './test-client.ts';

const MEMBER = 'member-of-the-test-000';

let broker: Broker;
let client: TestClient;
let topicId: Buffer;
let memberEpoch = 0;

beforeAll(async () => {
  broker = await startTestBroker({ topics: { orders: 1 } });
  client = await TestClient.connect(Number(broker.brokers[0]?.split(':').at(-1)));
  const { topics } = await client.call('METADATA', { topicNames: ['orders'] });
  topicId = Buffer.from(topics[0]?.topicId ?? []);
  const records = await recordBatch(3, 10);
  await client.call('PRODUCE', {
    acks: -1,
    timeoutMs: 10_000,
    partitions: [{ topicId, partition: 0, records }],
  });
  await client.call('FIND_COORDINATOR', { groupIds: ['live'] });
  const joined = await heartbeat({
    memberEpoch: 0,
    rebalanceTimeoutMs: 60_000,
    subscribedTopicNames: { names: ['orders'] },
    ownedPartitions: { topics: [] },
  });
  memberEpoch = joined.memberEpoch;
});

afterAll(async () => {
  client.socket.destroy();
  await broker.close();
});

type HeartbeatInput = RequestInputs['CONSUMER_GROUP_HEARTBEAT'];

function heartbeat(body: HeartbeatInput): Promise<ResponseBodies['CONSUMER_GROUP_HEARTBEAT']> {
  return client.call('CONSUMER_GROUP_HEARTBEAT', { groupId: 'live', memberId: MEMBER, ...body });
}

/** Commits one row and gives its error as `CODE: message`. */
async function commit(
  body: RequestInputs['OFFSET_COMMIT'],
  {
    partition = 0,
    offset = 1,
    topic = topicId,
  }: { partition?: number; offset?: number; topic?: Buffer } = {},
): Promise<string> {
  const partitions = [{ topicId: topic, partition, committedOffset: fromSafeNumber(offset), metadata: '' }];
  const answer = await client
    .call('OFFSET_COMMIT', { groupId: 'live', memberId: MEMBER, memberEpoch, partitions, ...body })
    .catch((error: Error & { code?: string }) => `${error.code}: ${error.message}`);
  if (typeof answer === 'string') return answer;
  const row = answer.partitions[0];
  const number = row?.errorCode ?? 0;
  return number === 0 ? 'NONE' : `${errorCodeOf(number)}: ${row?.errorMessage}`;
}

test('a member at its epoch may commit', async () => {
  expect(memberEpoch).toBeGreaterThan(0);
  expect(await commit({})).toBe('NONE');
});

test('a commit by a member that the group does not know', async () => {
  expect(await commit({ memberId: 'a-stranger' })).toMatch(/^UNKNOWN_MEMBER_ID: .{20,}/);
});

test('a commit by a member that was fenced: an epoch that is not its own', async () => {
  expect(await commit({ memberEpoch: memberEpoch + 5 })).toMatch(/^(STALE|FENCED)_MEMBER_EPOCH: .{20,}/);
});

test('a commit for a group with live members by somebody who is none', async () => {
  expect(await commit({ memberId: '', memberEpoch: -1 })).toMatch(/^UNKNOWN_MEMBER_ID: .{20,}/);
});

test('a commit for a partition that does not exist', async () => {
  expect(await commit({}, { partition: 9 })).toMatch(/^UNKNOWN_TOPIC_OR_PARTITION: .{20,}/);
});

test('a commit for a topic that does not exist', async () => {
  expect(await commit({}, { topic: Buffer.alloc(16, 7) })).toMatch(
    /^UNKNOWN_TOPIC(_ID|_OR_PARTITION): .{20,}/,
  );
});

test('a commit beyond the end of the log', async () => {
  expect(await commit({}, { offset: 4 })).toBe(
    'OFFSET_OUT_OF_RANGE: "orders" partition 0 ends at offset 3; 4 cannot be committed',
  );
});

test('a commit of a negative offset', async () => {
  expect(await commit({}, { offset: -2 })).toMatch(/^OFFSET_OUT_OF_RANGE: .{20,}/);
});

test.each([
  ['empty', '', 'a group id must not be empty'],
  ['too long', 'g'.repeat(256), 'a group id has at most 255 characters; this one has 256'],
])('a group id that is %s', async (_what, groupId, message) => {
  const { coordinators } = await client.call('FIND_COORDINATOR', { groupIds: [groupId] });
  expect(errorCodeOf(coordinators[0]?.errorCode ?? 0)).toBe('INVALID_GROUP_ID');
  expect(coordinators[0]?.errorMessage).toBe(message);
  expect(await commit({ groupId })).toBe(`INVALID_GROUP_ID: ${message}`);
  await expect(heartbeat({ groupId, memberEpoch: 0 })).rejects.toMatchObject({ code: 'INVALID_GROUP_ID' });
  await expect(client.call('OFFSET_FETCH', { groupId, allPartitions: true })).rejects.toMatchObject({
    code: 'INVALID_GROUP_ID',
  });
});

test('a subscription to a pattern that is none', async () => {
  const joining = heartbeat({
    memberId: 'another-member-00000',
    memberEpoch: 0,
    rebalanceTimeoutMs: 60_000,
    subscribedTopicPattern: 'orders(',
    ownedPartitions: { topics: [] },
  });
  await expect(joining).rejects.toMatchObject({
    code: 'INVALID_REGULAR_EXPRESSION',
    message: expect.stringContaining('orders(') as string,
  });
});

test('deleting a group with live members', async () => {
  const { groups } = await client.call('DELETE_GROUPS', { groupIds: ['live'] });
  expect(errorCodeOf(groups[0]?.errorCode ?? 0)).toBe('NON_EMPTY_GROUP');
});

test('deleting the offsets of a topic that live members subscribe to', async () => {
  const { partitions } = await client.call('OFFSET_DELETE', {
    groupId: 'live',
    partitions: [{ topicName: 'orders', partition: 0 }],
  });
  expect(errorCodeOf(partitions[0]?.errorCode ?? 0)).toBe('GROUP_SUBSCRIBED_TO_TOPIC');
});

test('a group that nobody has heard of', async () => {
  const { groups } = await client.call('DESCRIBE_GROUPS', { groupIds: ['nobody'] });
  expect(errorCodeOf(groups[0]?.errorCode ?? 0)).toBe('GROUP_ID_NOT_FOUND');
});

test('a topic id that has not 16 bytes', async () => {
  expect(await commit({}, { topic: Buffer.alloc(3) })).toMatch(/^INVALID_REQUEST: a topic id has 3 bytes/);
});

test('the member is described with the address that it connected from, and leaves in the end', async () => {
  await client.call('HELLO', { protocolVersion: 1, clientId: 'tester', clientSoftwareName: 't' });
  const described = await client.call('DESCRIBE_GROUPS', { groupIds: ['live'] });
  expect(described.groups[0]).toMatchObject({ type: 'consumer', state: 'Stable', errorCode: 0 });
  expect(described.groups[0]?.members).toMatchObject([{ memberId: MEMBER, clientHost: '127.0.0.1' }]);
  await heartbeat({ memberEpoch: -1 });
  const { groups } = await client.call('DELETE_GROUPS', { groupIds: ['live'] });
  expect(groups[0]?.errorCode).toBe(0);
});
