import { describe, expect, test } from 'vitest';
import { silentLogger } from '@tidelog/log';
import { ManualClock, MemoryFileSystem } from '@tidelog/log/testing';
import { randomTopicId } from '@tidelog/protocol';
import { seededBytes } from '../../test/seeded-bytes.ts';
import type { Coordination } from '../coordination/coordination.ts';
import { EmbeddedCoordination } from '../coordination/embedded-coordination.ts';
import { MetadataStore } from './metadata-store.ts';

const random = seededBytes(11);

async function openCoordination(fileSystem = new MemoryFileSystem()): Promise<Coordination> {
  await fileSystem.mkdir('/data');
  return EmbeddedCoordination.open({ dataDir: '/data', fileSystem, clock: new ManualClock(), random });
}

async function openStore(coordination: Coordination, brokerId: number): Promise<MetadataStore> {
  const store = await MetadataStore.open({ coordination, logger: silentLogger });
  const session = await store.registerBroker({ brokerId, rack: '', leaseMs: 10_000 });
  await store.claimController(session);
  return store;
}

function createTopic(store: MetadataStore, topic: string): ReturnType<MetadataStore['execute']> {
  return store.execute({
    type: 'createTopic',
    topicId: randomTopicId((sizeBytes) => random.bytes(sizeBytes)),
    topic,
    partitionCount: 1,
    replicationFactor: 1,
    configs: new Map(),
    maxPartitions: 10_000,
  });
}

describe('changing the metadata', () => {
  test('commands of one broker run one after the other, each on the result of the one before', async () => {
    const store = await openStore(await openCoordination(), 1);
    const results = await Promise.all([
      createTopic(store, 'a'),
      createTopic(store, 'a'),
      createTopic(store, 'b'),
    ]);
    expect(results.map((refusal) => refusal?.code)).toEqual([undefined, 'TOPIC_ALREADY_EXISTS', undefined]);
  });

  test('a broker that lost the race reads what the other one did and decides again', async () => {
    const coordination = await openCoordination();
    const one = await openStore(coordination, 1);
    const two = await MetadataStore.open({ coordination, logger: silentLogger });
    await two.registerBroker({ brokerId: 2, rack: '', leaseMs: 10_000 });
    expect(one.view.brokers.size).toBe(1);
    expect(await createTopic(one, 'a')).toBeUndefined();
    expect(one.view.brokers.size).toBe(2);
    expect(one.at.version).toBe(3);
  });

  test('a broker that is not the controller is told so', async () => {
    const coordination = await openCoordination();
    await openStore(coordination, 1);
    const two = await MetadataStore.open({ coordination, logger: silentLogger });
    await two.registerBroker({ brokerId: 2, rack: '', leaseMs: 10_000 });
    await expect(createTopic(two, 'a')).rejects.toMatchObject({ code: 'NOT_CONTROLLER', retriable: true });
  });

  test('two brokers with one id are told apart', async () => {
    const coordination = await openCoordination();
    await openStore(coordination, 1);
    const other = await MetadataStore.open({ coordination, logger: silentLogger });
    await expect(other.registerBroker({ brokerId: 1, rack: '', leaseMs: 1000 })).rejects.toMatchObject({
      code: 'DUPLICATE_BROKER_REGISTRATION',
    });
  });

  test('a commit whose outcome is unknown is settled by reading', async () => {
    const coordination = await openCoordination();
    const commit = coordination.commit.bind(coordination);
    let isLosing = false;
    const lossy: Coordination = Object.assign(Object.create(coordination) as Coordination, {
      commit: async (change: Parameters<Coordination['commit']>[0]) => {
        const result = await commit(change);
        if (isLosing) throw new Error('the answer was lost');
        return result;
      },
    });
    for (const method of ['read', 'registerBroker', 'claimController', 'saveSnapshot'] as const) {
      Object.assign(lossy, { [method]: coordination[method].bind(coordination) });
    }
    const store = await openStore(lossy, 1);
    isLosing = true;
    await expect(createTopic(store, 'a')).rejects.toThrow('the answer was lost');
    expect(store.view.topicNamed('a')).toBeDefined();
    isLosing = false;
    expect((await createTopic(store, 'a'))?.code).toBe('TOPIC_ALREADY_EXISTS');
  });

  test('listeners hear of each record after it was applied', async () => {
    const store = await openStore(await openCoordination(), 1);
    const heard: string[] = [];
    const unsubscribe = store.subscribe((record) => {
      heard.push(`${record.type} ${store.view.topicNamed('a') === undefined ? 'before' : 'after'}`);
    });
    await createTopic(store, 'a');
    unsubscribe();
    await createTopic(store, 'b');
    expect(heard).toEqual(['topicCreated after']);
  });
});

test('after many versions the state is saved, and the next start loads the same', async () => {
  const fileSystem = new MemoryFileSystem();
  const coordination = await openCoordination(fileSystem);
  const store = await openStore(coordination, 1);
  for (let index = 0; index < 520; index++) await createTopic(store, `t${index}`);
  await coordination.close();
  expect(await fileSystem.readdir('/data/metadata.tidelog')).toContain('snapshot.json');
  const again = await MetadataStore.open({
    coordination: await openCoordination(fileSystem),
    logger: silentLogger,
  });
  expect(again.at).toEqual(store.at);
  expect(again.view.topics.size).toBe(520);
  expect(again.view.topicNamed('t519')).toEqual(store.view.topicNamed('t519'));
});
