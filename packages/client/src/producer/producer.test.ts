import { expect, test } from 'vitest';
import { FakeCluster } from '../../test/fake-broker.ts';
import { FakeNetwork } from '../../test/fake-network.ts';
import { Tidelog } from '../tidelog.ts';

function setUp(options: { brokerIds?: number[] } = {}): { cluster: FakeCluster; tidelog: Tidelog } {
  const network = new FakeNetwork();
  const cluster = new FakeCluster(network, options.brokerIds ?? [1]);
  const tidelog = new Tidelog({ brokers: cluster.addresses, network });
  return { cluster, tidelog };
}

test('a send resolves with where each record was stored', async () => {
  const { cluster, tidelog } = setUp();
  cluster.createTopic('orders', 3);
  const producer = tidelog.producer({ lingerMs: 0 });
  const metadata = await producer.send({
    topic: 'orders',
    messages: [
      { key: 'a', value: '1', timestampMs: 17 },
      { key: 'a', value: '2', timestampMs: 18 },
    ],
  });
  expect(metadata.map(({ topic, offset, timestampMs }) => ({ topic, offset, timestampMs }))).toEqual([
    { topic: 'orders', offset: 0, timestampMs: 17 },
    { topic: 'orders', offset: 1, timestampMs: 18 },
  ]);
  expect(cluster.log('orders', metadata[0]?.partition).values()).toEqual(['1', '2']);
  await tidelog.close();
});
