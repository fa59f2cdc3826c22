import { expect, test } from 'vitest';
import { kafkaCall } from '../../../../test/kafka-calls.ts';
import { MemoryBroker } from '../../../../test/memory-broker.ts';

function newTopic(name: string, configs: readonly (readonly [string, string])[] = []) {
  return {
    name,
    numPartitions: -1,
    replicationFactor: -1,
    assignments: [],
    configs: configs.map(([config, value]) => ({ name: config, value })),
  };
}

test.each([false, true])(
  'a topic that is created (validateOnly %s) is answered with its size and all its configs, which the Java client takes for granted',
  async (validateOnly) => {
    await using broker = await MemoryBroker.start({ defaultPartitions: 3 });
    const { topics } = await kafkaCall(broker, 'CreateTopics', 7, {
      topics: [newTopic('orders', [['retention.ms', '1000']]), newTopic('a/b')],
      validateOnly,
    });
    expect(topics).toMatchObject([
      { name: 'orders', errorCode: 0, numPartitions: 3, replicationFactor: 1 },
      { name: 'a/b', errorCode: 17, configs: [] },
    ]);
    const configs = topics[0]?.configs ?? [];
    expect(configs).toContainEqual(
      expect.objectContaining({ name: 'retention.ms', value: '1000', configSource: 1 }),
    );
    expect(configs).toContainEqual(
      expect.objectContaining({ name: 'cleanup.policy', value: 'delete', configSource: 5 }),
    );
  },
);

test('a refusal that quotes very much does not take the answer from the other topics', async () => {
  await using broker = await MemoryBroker.start();
  const brokerIds = Array.from({ length: 20_000 }, (_, index) => 100 + index);
  const assignments = [{ partitionIndex: 0, brokerIds }];
  const { topics } = await kafkaCall(broker, 'CreateTopics', 7, {
    topics: [newTopic('good'), { ...newTopic('bad'), assignments }],
  });
  expect(topics).toMatchObject([
    { name: 'good', errorCode: 0, numPartitions: 1 },
    { name: 'bad', errorCode: 39 },
  ]);
});
