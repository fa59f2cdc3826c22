import { expect, test } from 'vitest';
import { string } from '../src/index.ts';
import { VirtualCluster } from './virtual-cluster.ts';

test('records pass through a broker whose time stands still', async () => {
  await using cluster = await VirtualCluster.start({ topics: { orders: 1 } });
  const { tidelog } = cluster.client('shop');
  const producer = tidelog.producer({ value: string() });
  const sent = producer.send({ topic: 'orders', messages: [{ value: 'a' }, { value: 'b' }] });
  expect(await cluster.timely(sent, { limitMs: 1000 })).toMatchObject([{ offset: 0 }, { offset: 1 }]);
  const consumer = tidelog.consumer({ topics: ['orders'], startFrom: 'earliest', value: string() });
  const values: (string | null)[] = [];
  const reading = consumer.run({ eachMessage: ({ message }) => void values.push(message.value) });
  await cluster.advanceUntil(() => values.length === 2, { limitMs: 1000 });
  expect(values).toEqual(['a', 'b']);
  await cluster.timely(consumer.close(), { limitMs: 1000 });
  await reading;
});

test('a machine that falls silent hears nothing and is not heard', async () => {
  await using cluster = await VirtualCluster.start({ topics: { orders: 1 } });
  const { tidelog, machine } = cluster.client('shop');
  const producer = tidelog.producer({ value: string(), deliveryTimeoutMs: 60_000 });
  await cluster.timely(producer.send({ topic: 'orders', messages: [{ value: 'a' }] }), { limitMs: 1000 });
  machine.isSilent = true;
  const sent = producer.send({ topic: 'orders', messages: [{ value: 'b' }] });
  await expect(cluster.timely(sent, { limitMs: 120_000, stepMs: 1000 })).rejects.toMatchObject({
    code: 'DELIVERY_TIMEOUT',
  });
  const { values } = await cluster.broker.fetch([{ topic: 'orders' }]);
  expect(values).toEqual([['a']]);
});
