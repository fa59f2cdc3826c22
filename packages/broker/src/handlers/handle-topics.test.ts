/** CreateTopics, DeleteTopics, CreatePartitions and Metadata together: what one does, another shows. */
import { describe, expect, test } from 'vitest';
import { MemoryBroker } from '../../test/memory-broker.ts';
import type { CreateTopicResult, NewTopic, TopicMetadata } from '../requests.ts';

async function create(
  broker: MemoryBroker,
  ...topics: (Partial<NewTopic> & { topic: string })[]
): Promise<readonly CreateTopicResult[]> {
  const response = await broker.dispatch('createTopics', {
    topics: topics.map((topic) => ({
      partitionCount: 0,
      replicationFactor: 0,
      configs: new Map(),
      ...topic,
    })),
    validateOnly: false,
    timeoutMs: 1000,
  });
  return response.topics;
}

async function describeTopic(broker: MemoryBroker, topic: string): Promise<TopicMetadata> {
  const { topics } = await broker.dispatch('metadata', {
    topics: [{ topic }],
    allowAutoTopicCreation: false,
  });
  return topics[0] as TopicMetadata;
}

describe('creating topics', () => {
  test('a topic gets the partitions and configs that were asked for, or the defaults of the broker', async () => {
    await using broker = await MemoryBroker.start({ defaultPartitions: 4 });
    const configs = new Map([['retention.ms', '1000']]);
    expect(await create(broker, { topic: 'a', partitionCount: 2, configs }, { topic: 'b' })).toMatchObject([
      { topic: 'a', partitionCount: 2, replicationFactor: 1, topicId: expect.stringMatching(/^.{22}$/) },
      { topic: 'b', partitionCount: 4 },
    ]);
    const a = await describeTopic(broker, 'a');
    expect(a.isInternal).toBe(false);
    expect(a.partitions).toEqual([
      { partition: 0, leaderId: 1, leaderEpoch: 0, replicaIds: [1], isrIds: [1] },
      { partition: 1, leaderId: 1, leaderEpoch: 0, replicaIds: [1], isrIds: [1] },
    ]);
  });

  test.each<[string, Partial<NewTopic> & { topic: string }, string, string]>([
    ['a name with a slash', { topic: 'a/b' }, 'INVALID_TOPIC_EXCEPTION', 'other than ASCII letters'],
    ['a name that is taken', { topic: 'taken' }, 'TOPIC_ALREADY_EXISTS', '"taken" exists'],
    ['a name that collides', { topic: 'ta.ken' }, 'INVALID_TOPIC_EXCEPTION', 'differ only in'],
    ['a name of the broker', { topic: '__producer_ids' }, 'INVALID_TOPIC_EXCEPTION', 'belongs to the broker'],
    [
      'a name that would keep the broker from creating its own',
      { topic: '__producer.ids' },
      'INVALID_TOPIC_EXCEPTION',
      'belongs to the broker',
    ],
    ['−1 partitions', { topic: 't', partitionCount: -1 }, 'INVALID_PARTITIONS', 'at least 1'],
    [
      '4 billion partitions',
      { topic: 't', partitionCount: 2 ** 32 - 1 },
      'INVALID_PARTITIONS',
      'maxPartitions',
    ],
    ['2 replicas', { topic: 't', replicationFactor: 2 }, 'INVALID_REPLICATION_FACTOR', 'there are 1 brokers'],
    [
      'an unknown config',
      { topic: 't', configs: new Map([['x', '1']]) },
      'INVALID_CONFIG',
      'there is no config "x"',
    ],
    [
      'a bad value',
      { topic: 't', configs: new Map([['retention.ms', 'x']]) },
      'INVALID_CONFIG',
      'retention.ms is "x"',
    ],
  ])('%s is refused', async (_what, topic, code, message) => {
    await using broker = await MemoryBroker.start({ topics: { taken: 1, ta_ken: 1 } });
    const [result] = await create(broker, topic);
    expect(result).toMatchObject({ error: { code }, partitionCount: -1 });
    expect(result?.error?.message).toContain(message);
  });

  test('a name that a request has twice is refused twice, the others are created', async () => {
    await using broker = await MemoryBroker.start();
    const results = await create(broker, { topic: 'a' }, { topic: 'b' }, { topic: 'a' });
    expect(results.map((result) => result.error?.code)).toEqual([
      'INVALID_REQUEST',
      undefined,
      'INVALID_REQUEST',
    ]);
  });

  test('more than ten thousand at once are refused', async () => {
    await using broker = await MemoryBroker.start();
    const many = Array.from({ length: 10_001 }, (_, index) => ({ topic: `t${index}` }));
    await expect(create(broker, ...many)).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  });

  test('validateOnly finds what is wrong and creates nothing', async () => {
    await using broker = await MemoryBroker.start({ topics: { taken: 1 } });
    const { topics } = await broker.dispatch('createTopics', {
      topics: ['fresh', 'taken'].map((topic) => ({
        topic,
        partitionCount: 3,
        replicationFactor: 1,
        configs: new Map(),
      })),
      validateOnly: true,
      timeoutMs: 1000,
    });
    expect(topics.map((result) => [result.error?.code, result.topicId])).toEqual([
      [undefined, undefined],
      ['TOPIC_ALREADY_EXISTS', undefined],
    ]);
    expect((await describeTopic(broker, 'fresh')).error?.code).toBe('UNKNOWN_TOPIC_OR_PARTITION');
  });

  test('topics with their ids, configs and records are there after a power loss', async () => {
    await using broker = await MemoryBroker.start();
    await create(broker, { topic: 'orders', partitionCount: 3, configs: new Map([['segment.ms', '77']]) });
    const before = await describeTopic(broker, 'orders');
    await broker.produce('orders', ['a'], { partition: 2 });
    await using after = await MemoryBroker.start({}, broker.kill('power-loss', 5));
    const again = await describeTopic(after, 'orders');
    expect(again.topicId).toBe(before.topicId);
    expect(again.partitions.map((partition) => partition.leaderEpoch)).toEqual([1, 1, 1]);
    expect(after.launched.core.metadata.view.topicNamed('orders')?.configs.get('segment.ms')).toBe('77');
    expect((await after.fetch([{ topic: 'orders', partition: 2 }])).values).toEqual([['a']]);
    expect(after.launched.broker.clusterId).toBe(broker.launched.broker.clusterId);
  });
});

describe('metadata', () => {
  test('a missing topic is created when client and broker both allow it', async () => {
    await using broker = await MemoryBroker.start({ defaultPartitions: 2 });
    const ask = (topic: string, allowAutoTopicCreation: boolean) =>
      broker.dispatch('metadata', { topics: [{ topic }], allowAutoTopicCreation });
    expect((await ask('fresh', false)).topics[0]?.error?.code).toBe('UNKNOWN_TOPIC_OR_PARTITION');
    const both = await Promise.all([ask('fresh', true), ask('fresh', true)]);
    expect(both.map((response) => response.topics[0]?.partitions.length)).toEqual([2, 2]);
    expect((await ask('not/valid', true)).topics[0]?.error?.code).toBe('INVALID_TOPIC_EXCEPTION');
    expect((await ask('__producer_ids', true)).topics[0]?.error?.code).toBe('INVALID_TOPIC_EXCEPTION');

    await using strict = await MemoryBroker.start({ autoCreateTopics: false });
    const { topics } = await strict.dispatch('metadata', {
      topics: [{ topic: 'fresh' }],
      allowAutoTopicCreation: true,
    });
    expect(topics[0]?.error?.code).toBe('UNKNOWN_TOPIC_OR_PARTITION');
  });

  test('a topic that is named many times is described once', async () => {
    await using broker = await MemoryBroker.start({ topics: { a: 2, b: 1 } });
    const topicId = broker.launched.core.metadata.view.topicNamed('a')?.topicId as string;
    const names = [{ topic: 'a' }, { topic: 'b' }, { topic: 'none' }, { topicId }];
    const { topics } = await broker.dispatch('metadata', {
      topics: Array.from({ length: 1000 }, () => names).flat(),
      allowAutoTopicCreation: false,
    });
    expect(topics.map((row) => [row.topic, row.partitions.length])).toEqual([
      ['a', 2],
      ['b', 1],
      ['none', 0],
      ['a', 2],
    ]);
  });

  test('it can be asked for all topics, for some by id, or for the brokers alone', async () => {
    await using broker = await MemoryBroker.start({ topics: { a: 1, b: 1 } });
    const ask = (topics: 'all' | { topicId: string }[]) =>
      broker.dispatch('metadata', { topics, allowAutoTopicCreation: true });
    const all = await ask('all');
    expect(all.topics.map((topic) => topic.topic).sort()).toEqual(['a', 'b']);
    const { clusterId, brokers } = broker.launched.broker;
    expect(all).toMatchObject({ clusterId, controllerId: 1 });
    expect(all.brokers.map(({ brokerId, host, port }) => [brokerId, `${host}:${port}`])).toEqual([
      [1, brokers[0]],
    ]);
    const topicId = all.topics[1]?.topicId as string;
    expect((await ask([{ topicId }])).topics[0]?.topic).toBe(all.topics[1]?.topic);
    expect((await ask([{ topicId: 'AAAAAAAAAAAAAAAAAAAAAg' }])).topics[0]?.error?.code).toBe(
      'UNKNOWN_TOPIC_ID',
    );
    expect((await ask([])).topics).toEqual([]);
  });
});

describe('deleting topics', () => {
  test('a deleted topic is gone, with its files; one of the same name begins empty', async () => {
    await using broker = await MemoryBroker.start({ topics: { orders: 2, kept: 1 } });
    await broker.produce('orders', ['old'], { partition: 1 });
    await broker.produce('kept', ['kept']);
    const before = await describeTopic(broker, 'orders');
    const { topics } = await broker.dispatch('deleteTopics', {
      topics: [{ topic: 'orders' }, { topic: 'nothere' }],
      timeoutMs: 1000,
    });
    expect(topics.map((row) => [row.topicId, row.error?.code])).toEqual([
      [before.topicId, undefined],
      [undefined, 'UNKNOWN_TOPIC_OR_PARTITION'],
    ]);
    expect((await broker.produce('orders', ['x'])).error?.code).toBe('UNKNOWN_TOPIC_OR_PARTITION');
    await create(broker, { topic: 'orders', partitionCount: 2 });
    expect((await describeTopic(broker, 'orders')).topicId).not.toBe(before.topicId);
    expect((await broker.produce('orders', ['new'], { partition: 1 })).baseOffset).toBe(0);
    expect((await broker.fetch([{ topic: 'orders', partition: 1 }, { topic: 'kept' }])).values).toEqual([
      ['new'],
      ['kept'],
    ]);
    await broker.launched.broker.close();
    expect(broker.launched.core.metadata.view.deletedTopics.size).toBe(0);
  });

  test('a deletion that a crash interrupted is finished by the next start', async () => {
    await using broker = await MemoryBroker.start({ topics: { orders: 1 } });
    await broker.produce('orders', ['old']);
    await broker.dispatch('deleteTopics', { topics: [{ topic: 'orders' }], timeoutMs: 1000 });
    const after = await MemoryBroker.start({}, broker.kill('power-loss', 9));
    await after.launched.broker.close();
    expect(after.launched.core.metadata.view.deletedTopics.size).toBe(0);
    const names = await after.fileSystem.readdir('/data');
    expect(names).not.toContain('orders-0');
  });

  test('files of a topic that the metadata does not know are left alone and reported', async () => {
    await using broker = await MemoryBroker.start({ topics: { orders: 1 } });
    await broker.produce('orders', ['precious']);
    await broker.launched.broker.close();
    await broker.fileSystem.removeTree('/data/metadata.tidelog');
    await using after = await MemoryBroker.start({}, broker.fileSystem);
    expect(await after.fileSystem.readdir('/data')).toContain('orders-0');
    expect(await after.launched.broker.metrics()).toContain('tidelog_unknown_partition_directories 1');
  });

  test("the broker's own topics cannot be deleted, grown or configured", async () => {
    await using broker = await MemoryBroker.start();
    await broker.dispatch('initProducerId', { transactionTimeoutMs: 0 });
    const topic = '__producer_ids';
    const deleted = await broker.dispatch('deleteTopics', { topics: [{ topic }], timeoutMs: 1000 });
    const grown = await broker.dispatch('createPartitions', {
      topics: [{ topic, totalCount: 5 }],
      validateOnly: false,
      timeoutMs: 1000,
    });
    const altered = await broker.dispatch('alterConfigs', {
      resources: [
        { type: 'topic', name: topic, configs: [{ name: 'retention.ms', operation: 'set', value: '1' }] },
      ],
      validateOnly: false,
    });
    const codes = [deleted.topics[0], grown.topics[0], altered.resources[0]].map((row) => row?.error?.code);
    expect(codes).toEqual(['INVALID_TOPIC_EXCEPTION', 'INVALID_TOPIC_EXCEPTION', 'INVALID_TOPIC_EXCEPTION']);
  });
});

describe('adding partitions', () => {
  test('new partitions can be written to at once; the count never goes down', async () => {
    await using broker = await MemoryBroker.start({ topics: { orders: 2 }, maxPartitions: 10 });
    const grow = async (totalCount: number, validateOnly = false): Promise<string | undefined> => {
      const { topics } = await broker.dispatch('createPartitions', {
        topics: [{ topic: 'orders', totalCount }],
        validateOnly,
        timeoutMs: 1000,
      });
      return topics[0]?.error?.code;
    };
    expect(await grow(4, true)).toBeUndefined();
    expect((await describeTopic(broker, 'orders')).partitions.length).toBe(2);
    expect(await grow(4)).toBeUndefined();
    expect((await broker.produce('orders', ['a'], { partition: 3 })).baseOffset).toBe(0);
    expect(await grow(4)).toBe('INVALID_PARTITIONS');
    expect(await grow(11)).toBe('INVALID_PARTITIONS');
    expect(await grow(0)).toBe('INVALID_PARTITIONS');
  });
});
