import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { randomTopicId } from '@tidelog/protocol';
import { seededBytes } from '../../test/seeded-bytes.ts';
import { readMetadataRecord } from './metadata-records.ts';
import type { MetadataCommand } from './metadata-state.ts';
import { decide, MetadataState } from './metadata-state.ts';

const random = seededBytes(7);
const freshId = (): string => randomTopicId((sizeBytes) => random.bytes(sizeBytes));
const IDS = Array.from({ length: 12 }, freshId);

function execute(state: MetadataState, command: MetadataCommand): string | undefined {
  const decision = decide(state, command);
  if (decision.error !== undefined) return decision.error.code;
  // As a journal would: through JSON and the check on reading.
  for (const record of decision.records) state.apply(readMetadataRecord(JSON.parse(JSON.stringify(record))));
  return undefined;
}

function stateWithBroker(): MetadataState {
  const state = new MetadataState();
  execute(state, { type: 'registerCluster', clusterId: 'c', producerIdPrefix: 5 });
  execute(state, { type: 'registerBroker', brokerId: 1, brokerEpoch: 1, rack: '' });
  return state;
}

function createTopic(topic: string, topicId: string, more: Partial<MetadataCommand> = {}): MetadataCommand {
  return {
    type: 'createTopic',
    topicId,
    topic,
    partitionCount: 2,
    replicationFactor: 1,
    configs: new Map(),
    maxPartitions: 10,
    ...more,
  } as MetadataCommand;
}

describe('topics', () => {
  test('a created topic has its partitions led by the broker at epoch 0', () => {
    const state = stateWithBroker();
    expect(execute(state, createTopic('orders', IDS[0] as string))).toBeUndefined();
    expect(state.topicNamed('orders')).toMatchObject({
      topicId: IDS[0],
      partitions: [
        { replicaIds: [1], isrIds: [1], leaderId: 1, leaderEpoch: 0 },
        { replicaIds: [1], isrIds: [1], leaderId: 1, leaderEpoch: 0 },
      ],
    });
    expect(state.partitionCount).toBe(2);
  });

  test.each([
    ['a name that exists', createTopic('orders', IDS[1] as string), 'TOPIC_ALREADY_EXISTS'],
    [
      'a name that differs only in . and _',
      createTopic('a.b_c', IDS[1] as string),
      'INVALID_TOPIC_EXCEPTION',
    ],
    ['an empty name', createTopic('', IDS[1] as string), 'INVALID_TOPIC_EXCEPTION'],
    ['the name ..', createTopic('..', IDS[1] as string), 'INVALID_TOPIC_EXCEPTION'],
    ['a slash in the name', createTopic('a/b', IDS[1] as string), 'INVALID_TOPIC_EXCEPTION'],
    ['a name of 250 characters', createTopic('x'.repeat(250), IDS[1] as string), 'INVALID_TOPIC_EXCEPTION'],
    ['no partitions', createTopic('t', IDS[1] as string, { partitionCount: 0 }), 'INVALID_PARTITIONS'],
    ['half a partition', createTopic('t', IDS[1] as string, { partitionCount: 0.5 }), 'INVALID_PARTITIONS'],
    [
      'partitions over the limit',
      createTopic('t', IDS[1] as string, { partitionCount: 7 }),
      'INVALID_PARTITIONS',
    ],
    [
      'more replicas than brokers',
      createTopic('t', IDS[1] as string, { replicationFactor: 2 }),
      'INVALID_REPLICATION_FACTOR',
    ],
    ['an id that is taken', createTopic('t', IDS[0] as string), 'INVALID_REQUEST'],
  ])('%s is refused', (_what, command, code) => {
    const state = stateWithBroker();
    execute(state, createTopic('orders', IDS[0] as string));
    execute(state, createTopic('a_b.c', IDS[2] as string));
    const before = JSON.stringify(state.toSnapshot());
    expect(execute(state, command)).toBe(code);
    expect(JSON.stringify(state.toSnapshot())).toBe(before);
  });

  test('the longest name is accepted', () => {
    const state = stateWithBroker();
    expect(execute(state, createTopic('x'.repeat(249), IDS[0] as string))).toBeUndefined();
  });

  test('a deleted topic leaves a tombstone until its broker has removed the files, and frees its name', () => {
    const state = stateWithBroker();
    const topicId = IDS[0] as string;
    execute(state, createTopic('orders', topicId));
    expect(execute(state, { type: 'deleteTopic', topicId })).toBeUndefined();
    expect(state.topicNamed('orders')).toBeUndefined();
    expect(state.partitionCount).toBe(0);
    expect(state.deletedTopics.get(topicId)).toEqual({ topic: 'orders', brokerIds: new Set([1]) });
    expect(execute(state, { type: 'deleteTopic', topicId })).toBe('UNKNOWN_TOPIC_ID');
    expect(execute(state, createTopic('orders', topicId))).toBe('INVALID_REQUEST');
    expect(execute(state, createTopic('orders', IDS[1] as string))).toBeUndefined();
    execute(state, { type: 'reportFilesRemoved', topicId, brokerId: 9 });
    expect(state.deletedTopics.has(topicId)).toBe(true);
    execute(state, { type: 'reportFilesRemoved', topicId, brokerId: 1 });
    expect(state.deletedTopics.has(topicId)).toBe(false);
  });

  test('partitions are only ever added, within the limit', () => {
    const state = stateWithBroker();
    const topicId = IDS[0] as string;
    execute(state, createTopic('orders', topicId));
    const grow = (totalCount: number): string | undefined =>
      execute(state, { type: 'createPartitions', topicId, totalCount, maxPartitions: 10 });
    expect(grow(2)).toBe('INVALID_PARTITIONS');
    expect(grow(1)).toBe('INVALID_PARTITIONS');
    expect(grow(Number.NaN)).toBe('INVALID_PARTITIONS');
    expect(grow(11)).toBe('INVALID_PARTITIONS');
    expect(grow(10)).toBeUndefined();
    expect(state.partitionCount).toBe(10);
    expect(state.topicNamed('orders')?.partitions.length).toBe(10);
  });

  test('changes of configs by two callers are merged', () => {
    const state = stateWithBroker();
    const topicId = IDS[0] as string;
    execute(state, createTopic('orders', topicId, { configs: new Map([['retention.ms', '1']]) }));
    const change = (set: [string, string][], deleted: string[]): string | undefined =>
      execute(state, { type: 'changeTopicConfigs', topicId, set: new Map(set), deleted: new Set(deleted) });
    change([['segment.bytes', '2000']], []);
    change([['segment.ms', '7']], ['retention.ms']);
    expect([...(state.topicNamed('orders')?.configs ?? [])]).toEqual([
      ['segment.bytes', '2000'],
      ['segment.ms', '7'],
    ]);
  });
});

describe('brokers', () => {
  test('every start of a broker begins a new leader epoch wherever it leads', () => {
    const state = stateWithBroker();
    execute(state, createTopic('orders', IDS[0] as string));
    execute(state, { type: 'registerBroker', brokerId: 1, brokerEpoch: 9, rack: '' });
    execute(state, { type: 'registerBroker', brokerId: 2, brokerEpoch: 10, rack: '' });
    expect(state.topicNamed('orders')?.partitions.map((partition) => partition.leaderEpoch)).toEqual([1, 1]);
    expect(state.brokers.get(1)?.brokerEpoch).toBe(9);
  });

  test('replicas are placed round robin', () => {
    const state = stateWithBroker();
    execute(state, { type: 'registerBroker', brokerId: 2, brokerEpoch: 2, rack: '' });
    execute(state, { type: 'registerBroker', brokerId: 3, brokerEpoch: 3, rack: '' });
    execute(state, createTopic('t', IDS[0] as string, { partitionCount: 4, replicationFactor: 2 }));
    expect(state.topicNamed('t')?.partitions.map((partition) => partition.replicaIds)).toEqual([
      [1, 2],
      [2, 3],
      [3, 1],
      [1, 2],
    ]);
  });

  test('a cluster is registered once; its identity never changes', () => {
    const state = stateWithBroker();
    execute(state, { type: 'registerCluster', clusterId: 'other', producerIdPrefix: 6 });
    expect([state.clusterId, state.producerIdPrefix]).toEqual(['c', 5]);
  });
});

test('whatever was done, a state that is loaded from its snapshot is the same and counts the same', () => {
  const name = fc.constantFrom('a', 'b', 'a.b', 'a_b', 'c');
  const id = fc.constantFrom(...IDS);
  const command: fc.Arbitrary<MetadataCommand> = fc.oneof(
    fc
      .record({ name, id, partitionCount: fc.integer({ min: 0, max: 4 }) })
      .map((o) => createTopic(o.name, o.id, { partitionCount: o.partitionCount })),
    id.map((topicId): MetadataCommand => ({ type: 'deleteTopic', topicId })),
    id.map((topicId): MetadataCommand => ({ type: 'reportFilesRemoved', topicId, brokerId: 1 })),
    fc.record({ id, totalCount: fc.integer({ min: 1, max: 6 }) }).map((o): MetadataCommand => ({
      type: 'createPartitions',
      topicId: o.id,
      totalCount: o.totalCount,
      maxPartitions: 10,
    })),
    fc.record({ id, value: fc.string() }).map((o): MetadataCommand => ({
      type: 'changeTopicConfigs',
      topicId: o.id,
      set: new Map([['k', o.value]]),
      deleted: new Set(),
    })),
    fc
      .nat({ max: 3 })
      .map((brokerId): MetadataCommand => ({ type: 'registerBroker', brokerId, brokerEpoch: 1, rack: 'r' })),
  );
  fc.assert(
    fc.property(fc.array(command, { maxLength: 40 }), (commands) => {
      const state = stateWithBroker();
      for (const each of commands) execute(state, each);
      const snapshot = JSON.parse(JSON.stringify(state.toSnapshot()));
      const loaded = MetadataState.fromSnapshot(snapshot);
      expect(loaded.toSnapshot()).toEqual(state.toSnapshot());
      const partitions = [...state.topics.values()].flatMap((topic) => topic.partitions);
      expect(loaded.partitionCount).toBe(partitions.length);
      expect(loaded.partitionCount).toBeLessThanOrEqual(10);
      for (const topic of state.topics.values()) {
        expect(loaded.topicNamed(topic.topic)).toEqual(topic);
      }
    }),
  );
});

test('records of an unknown type, or of a wrong form, are refused with what to do', () => {
  for (const value of [null, 7, {}, { type: 'futureRecord' }, { type: 'toString' }]) {
    expect(() => readMetadataRecord(value)).toThrow('use the version that wrote it');
  }
  expect(() => readMetadataRecord({ type: 'topicDeleted', topicId: 'short' })).toThrow('topicDeleted record');
  expect(() => new MetadataState().apply({ type: 'topicDeleted', topicId: IDS[0] as string })).toThrow(
    'never created',
  );
});
