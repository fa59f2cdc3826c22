import { describe, expect, test } from 'vitest';
import type { MemoryFileSystem } from '@tidelog/log/testing';
import { MemoryBroker } from '../../test/memory-broker.ts';
import type { OffsetCommitRequest, OffsetCommitResponse } from '../group-requests.ts';
import { partitionOfGroup } from './offsets-topic.ts';

const OFFSETS_TOPIC = '__consumer_offsets';

function commitOf(groupId: string, offset: number, topic = 'orders'): OffsetCommitRequest {
  return {
    groupId,
    memberId: '',
    memberEpoch: -1,
    partitions: [
      { topic, partition: 0, committedOffset: offset, committedLeaderEpoch: -1, metadata: `at ${offset}` },
    ],
    refuseBeyondLogEnd: false,
  };
}

async function start(
  options: Parameters<typeof MemoryBroker.start>[0] = {},
  disk?: MemoryFileSystem,
): Promise<MemoryBroker> {
  const broker = await MemoryBroker.start({ topics: { orders: 2 }, ...options }, disk);
  await broker.launched.core.groups.loaded();
  return broker;
}

async function find(broker: MemoryBroker, ...keys: string[]): Promise<(string | undefined)[]> {
  const { coordinators } = await broker.dispatch('findCoordinator', { keyType: 'group', keys });
  return coordinators.map(({ error, coordinator }) => error?.code ?? `${coordinator?.host}`);
}

async function commit(broker: MemoryBroker, request: OffsetCommitRequest): Promise<OffsetCommitResponse> {
  return await broker.dispatch('offsetCommit', request);
}

/** What the group committed: topic, partition, offset and metadata of each. */
async function committed(broker: MemoryBroker, groupId: string): Promise<string[]> {
  const { groups } = await broker.dispatch('offsetFetch', {
    groups: [{ groupId, partitions: 'all' }],
    requireStable: false,
  });
  const [group] = groups;
  if (group?.error !== undefined) throw group.error;
  return (group?.partitions ?? []).map(
    ({ topic, partition, committedOffset, metadata }) =>
      `${topic}-${partition} ${committedOffset} ${metadata}`,
  );
}

describe('the offsets topic', () => {
  test("a group's partition is that of Java's hash", () => {
    expect(partitionOfGroup('', 50)).toBe(0);
    expect(partitionOfGroup('billing', 50)).toBe(Math.abs(-109829509) % 50);
    // "polygenelubricants" hashes to −2^31, which has no counterpart.
    expect(partitionOfGroup('polygenelubricants', 50)).toBe(0);
    expect(partitionOfGroup('grüße 😀', 7)).toBeLessThan(7);
  });

  test('is created for the first group that is asked for, and without its logs', async () => {
    await using broker = await start();
    const { core } = broker.launched;
    expect(core.metadata.view.topicNamed(OFFSETS_TOPIC)).toBeUndefined();
    await expect(commit(broker, commitOf('g', 1))).rejects.toMatchObject({
      code: 'COORDINATOR_NOT_AVAILABLE',
      message: expect.stringContaining('FindCoordinator') as string,
    });
    expect(await Promise.all([find(broker, 'g'), find(broker, 'h')])).toEqual([['127.0.0.1'], ['127.0.0.1']]);
    const topic = core.metadata.view.topicNamed(OFFSETS_TOPIC);
    expect(topic?.partitions).toHaveLength(50);
    expect(topic?.configs.get('cleanup.policy')).toBe('compact');
    expect(core.partitions.withFilesOf(topic?.topicId ?? '')).toEqual([]);
    await commit(broker, commitOf('g', 1));
    expect(core.partitions.withFilesOf(topic?.topicId ?? '')).toEqual([partitionOfGroup('g', 50)]);
  });

  test('has as many partitions as the broker is told', async () => {
    await using broker = await start({ offsetsTopicPartitions: 3, maxPartitions: 2 });
    await find(broker, 'g');
    expect(broker.launched.core.metadata.view.topicNamed(OFFSETS_TOPIC)?.partitions).toHaveLength(3);
  });

  test('belongs to the broker: clients neither create, write, change nor delete it', async () => {
    await using broker = await start();
    const created = await broker.dispatch('createTopics', {
      topics: [
        { topic: OFFSETS_TOPIC, partitionCount: 1, replicationFactor: 1, configs: new Map() },
        { topic: '__consumer.offsets', partitionCount: 1, replicationFactor: 1, configs: new Map() },
      ],
      validateOnly: false,
      timeoutMs: 1000,
    });
    expect(created.topics.map(({ error }) => error?.code)).toEqual([
      'INVALID_TOPIC_EXCEPTION',
      'INVALID_TOPIC_EXCEPTION',
    ]);
    await find(broker, 'g');
    expect((await broker.produce(OFFSETS_TOPIC, ['x'])).error?.code).toBe('INVALID_TOPIC_EXCEPTION');
    const deleted = await broker.dispatch('deleteTopics', {
      topics: [{ topic: OFFSETS_TOPIC }],
      timeoutMs: 1,
    });
    expect(deleted.topics[0]?.error?.code).toBe('INVALID_TOPIC_EXCEPTION');
    const grown = await broker.dispatch('createPartitions', {
      topics: [{ topic: OFFSETS_TOPIC, totalCount: 60 }],
      validateOnly: false,
      timeoutMs: 1,
    });
    expect(grown.topics[0]?.error?.code).toBe('INVALID_TOPIC_EXCEPTION');
  });
});

describe('committed offsets', () => {
  test('are there after a restart, and after a crash', async () => {
    const first = await start();
    await find(first, 'g');
    for (const groupId of ['g', 'h', 'other']) await commit(first, commitOf(groupId, 7));
    await commit(first, commitOf('g', 8));
    const crashed = first.kill('power-loss');
    await first.launched.broker.close();
    for (const disk of [first.fileSystem, crashed]) {
      await using again = await start({}, disk);
      expect(await committed(again, 'g')).toEqual(['orders-0 8 at 8']);
      expect(await committed(again, 'h')).toEqual(['orders-0 7 at 7']);
      expect(again.launched.core.groups.counts.loads).toBe(
        new Set(['g', 'h', 'other'].map((groupId) => partitionOfGroup(groupId, 50))).size,
      );
    }
  });

  test('beyond the end of the log are refused where that is asked for, row by row', async () => {
    await using broker = await start();
    await find(broker, 'g');
    await broker.produce('orders', ['a', 'b', 'c']);
    const row = { topic: 'orders', partition: 0, committedLeaderEpoch: -1, metadata: '' };
    const { partitions } = await commit(broker, {
      ...commitOf('g', 0),
      partitions: [
        { ...row, partition: 1, committedOffset: 1 },
        { ...row, committedOffset: 3 },
      ],
      refuseBeyondLogEnd: true,
    });
    expect(partitions[0]?.error).toMatchObject({
      code: 'OFFSET_OUT_OF_RANGE',
      message: '"orders" partition 1 ends at offset 0; 1 cannot be committed',
    });
    expect(partitions[1]?.error).toBeUndefined();
    expect(await committed(broker, 'g')).toEqual(['orders-0 3 ']);
    await commit(broker, commitOf('g', 100));
    expect(await committed(broker, 'g'), 'Kafka clients may').toEqual(['orders-0 100 at 100']);
  });

  test('keep their order when the first has to wait for its log to be opened', async () => {
    const first = await start();
    await find(first, 'g');
    await first.produce('orders', ['a', 'b', 'c']);
    await commit(first, commitOf('g', 0));
    await first.launched.broker.close();
    await using broker = await start({}, first.fileSystem);
    const refuseBeyondLogEnd = true;
    await Promise.all([
      commit(broker, { ...commitOf('g', 2), refuseBeyondLogEnd }),
      commit(broker, { ...commitOf('g', 0), refuseBeyondLogEnd }),
      commit(broker, { ...commitOf('g', 1), refuseBeyondLogEnd }),
    ]);
    expect(await committed(broker, 'g')).toEqual(['orders-0 1 at 1']);
  });

  test('go with their topic', async () => {
    await using broker = await start();
    await find(broker, 'g');
    await commit(broker, commitOf('g', 0));
    await broker.dispatch('deleteTopics', { topics: [{ topic: 'orders' }], timeoutMs: 1000 });
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    expect(await committed(broker, 'g')).toEqual([]);
  });
});

describe('requests about several groups', () => {
  test('are taken apart, and a group that is bad does not spoil the others', async () => {
    await using broker = await start();
    const long = 'x'.repeat(256);
    expect(await find(broker, 'g', '', long)).toEqual(['127.0.0.1', 'INVALID_GROUP_ID', 'INVALID_GROUP_ID']);
    await commit(broker, commitOf('g', 0));
    const { groups } = await broker.dispatch('listGroups', { states: [], types: [] });
    expect(groups.map(({ groupId }) => groupId)).toEqual(['g']);
    const described = await broker.dispatch('describeGroups', { groupIds: ['g', 'nobody', ''] });
    expect(described.groups.map(({ error }) => error?.code)).toEqual([
      undefined,
      'GROUP_ID_NOT_FOUND',
      'INVALID_GROUP_ID',
    ]);
    const deleted = await broker.dispatch('deleteGroups', { groupIds: ['nobody', 'g'] });
    expect(deleted.groups.map(({ error }) => error?.code)).toEqual(['GROUP_ID_NOT_FOUND', undefined]);
    expect(await committed(broker, 'g')).toEqual([]);
  });

  test('about groups that do not exist yet anywhere', async () => {
    await using broker = await start();
    expect(await broker.dispatch('listGroups', { states: [], types: [] })).toEqual({ groups: [] });
  });

  test('name each group once', async () => {
    await using broker = await start();
    await find(broker, 'g');
    await commit(broker, commitOf('g', 0));
    const { groups } = await broker.dispatch('describeGroups', { groupIds: ['g', 'g'] });
    expect(groups.map(({ error }) => error?.code)).toEqual(['INVALID_REQUEST', 'INVALID_REQUEST']);
  });
});

test('closing answers those who wait for other members, and a closed broker coordinates nothing', async () => {
  const broker = await start({ groupInitialRebalanceDelayMs: 60_000 });
  await find(broker, 'g');
  const join = broker.dispatch('joinGroup', {
    groupId: 'g',
    sessionTimeoutMs: 10_000,
    rebalanceTimeoutMs: 60_000,
    memberId: '',
    protocolType: 'consumer',
    protocols: [{ name: 'range', metadata: Buffer.alloc(4) }],
    requireKnownMemberId: false,
    supportsSkippingAssignment: false,
  });
  join.catch(() => undefined);
  await new Promise(setImmediate);
  expect(await broker.launched.broker.metrics()).toContain('tidelog_group_requests_waiting 1');
  await broker.launched.broker.close();
  await expect(join).rejects.toMatchObject({ code: 'COORDINATOR_NOT_AVAILABLE' });
  await expect(commit(broker, commitOf('g', 1))).rejects.toMatchObject({ code: 'COORDINATOR_NOT_AVAILABLE' });
});
