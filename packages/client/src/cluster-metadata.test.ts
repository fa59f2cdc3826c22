import { describe, expect, test } from 'vitest';
import { FakeCluster } from '../test/fake-broker.ts';
import { FakeNetwork } from '../test/fake-network.ts';
import { ManualClock, quiesce } from '../test/manual-clock.ts';
import { failureOf } from '../test/outcomes.ts';
import { seededRandom } from '../test/seeded-random.ts';
import { resolveClientOptions, type ClientOptions } from './client-options.ts';
import { ClusterMetadata } from './cluster-metadata.ts';

function setUp(options: Partial<ClientOptions> & { brokerIds?: number[]; bootstrap?: string[] } = {}): {
  cluster: FakeCluster;
  clock: ManualClock;
  metadata: ClusterMetadata;
} {
  const { brokerIds = [1], bootstrap, ...rest } = options;
  const network = new FakeNetwork();
  const clock = new ManualClock();
  const cluster = new FakeCluster(network, brokerIds);
  const brokers = bootstrap ?? cluster.addresses;
  const settings = resolveClientOptions({ brokers, network, clock, random: seededRandom(3), ...rest });
  return { cluster, clock, metadata: new ClusterMetadata(settings) };
}

const metadataRequests = ({ requests }: FakeCluster): number =>
  requests.filter((api) => api === 'METADATA').length;

describe('findTopic', () => {
  test('asks once and answers from what is known afterwards', async () => {
    const { cluster, metadata } = setUp();
    cluster.createTopic('orders', 2);
    expect((await metadata.findTopic('orders')).partitions).toHaveLength(2);
    await metadata.findTopic('orders');
    expect(metadataRequests(cluster)).toBe(1);
    metadata.close();
  });

  test('asks again with growing waits until the topic is there', async () => {
    const { cluster, clock, metadata } = setUp();
    const finding = metadata.findTopic('orders');
    await clock.advance(1_000);
    expect(metadataRequests(cluster)).toBeLessThan(6);
    cluster.createTopic('orders');
    await clock.advance(2_000);
    expect((await finding).name).toBe('orders');
    metadata.close();
  });

  test('gives up at once on an error that no waiting changes', async () => {
    const { cluster, metadata } = setUp();
    cluster.onRequest = (api) => (api === 'METADATA' ? 'CLUSTER_AUTHORIZATION_FAILED' : undefined);
    const error = await failureOf(metadata.findTopic('orders'));
    expect(error.code).toBe('CLUSTER_AUTHORIZATION_FAILED');
    expect(error.message).toContain('cannot find topic "orders"');
    metadata.close();
  });

  test('says that no broker was reached when none was', async () => {
    const { cluster, clock, metadata } = setUp({ metadataTimeoutMs: 2_000 });
    cluster.stopBroker(1);
    const failing = failureOf(metadata.findTopic('orders'));
    await clock.advance(3_000);
    expect(await failing).toMatchObject({ code: 'CONNECTION_FAILED', topic: 'orders', retriable: true });
    metadata.close();
  });

  test('ends with its signal, and with close', async () => {
    const { cluster, metadata } = setUp();
    cluster.onRequest = () => 'drop';
    const abort = new AbortController();
    const aborted = failureOf(metadata.findTopic('orders', { signal: abort.signal }));
    const closed = failureOf(metadata.findTopic('orders'));
    await quiesce();
    abort.abort();
    expect((await aborted).code).toBe('ABORTED');
    metadata.close();
    expect((await closed).code).toBe('CLOSED');
  });
});

describe('refreshing', () => {
  test('many requests for it make one, and the next waits', async () => {
    const { cluster, clock, metadata } = setUp();
    cluster.createTopic('orders');
    metadata.use('orders');
    for (let count = 0; count < 10; count++) metadata.requestRefresh();
    await clock.advance(10);
    expect(metadataRequests(cluster)).toBe(1);
    metadata.requestRefresh();
    await clock.advance(50);
    expect(metadataRequests(cluster)).toBe(1);
    await clock.advance(100);
    expect(metadataRequests(cluster)).toBe(2);
    metadata.close();
  });

  test('happens by itself when the knowledge is old, while a topic is in use', async () => {
    const { cluster, clock, metadata } = setUp({ metadataMaxAgeMs: 60_000 });
    cluster.createTopic('orders');
    const endUse = metadata.use('orders');
    await metadata.refresh();
    await clock.advance(60_200);
    expect(metadataRequests(cluster)).toBe(2);
    endUse();
    await clock.advance(200_000);
    expect(metadataRequests(cluster)).toBeLessThanOrEqual(3);
    metadata.close();
  });

  test('survives the bootstrap broker once the others are known', async () => {
    const { cluster, clock, metadata } = setUp({ brokerIds: [1, 2, 3], bootstrap: ['broker-1:7650'] });
    await metadata.refresh();
    cluster.stopBroker(1);
    await quiesce();
    const refreshing = metadata.refresh();
    await clock.advance(5_000);
    await refreshing;
    expect(metadata.snapshot.brokers.size).toBe(3);
    metadata.close();
  });

  test('tells listeners until they stop listening', async () => {
    const { cluster, metadata } = setUp();
    cluster.createTopic('orders');
    let calls = 0;
    const stop = metadata.onChange(() => (calls += 1));
    await metadata.refresh();
    stop();
    await metadata.refresh();
    expect(calls).toBe(1);
    metadata.close();
  });
});
