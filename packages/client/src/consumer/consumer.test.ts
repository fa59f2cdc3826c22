import { expect, test } from 'vitest';
import { setUp } from '../../test/set-up.ts';

test('a loop gives the records of all partitions, each in order, until the consumer is closed', async () => {
  await using env = setUp();
  env.cluster.createTopic('orders', 2);
  const producer = env.tidelog.producer({ lingerMs: 0 });
  for (const value of ['1', '2', '3']) {
    await producer.send({ topic: 'orders', messages: [{ value, partition: Number(value) % 2 }] });
  }
  const consumer = env.tidelog.consumer({ topics: ['orders'], startFrom: 'earliest' });
  const seen: string[] = [];
  for await (const record of consumer) {
    seen.push(`${record.partition}:${record.offset}:${String(record.value)}`);
    if (seen.length === 3) await consumer.close();
  }
  expect(seen.toSorted()).toEqual(['0:0:2', '1:0:1', '1:1:3']);
});
