import { expect, test } from 'vitest';
import { kafkaCall } from '../../../../test/kafka-calls.ts';
import { MemoryBroker } from '../../../../test/memory-broker.ts';

const TOPIC = 2;
const GROUP = 32;
const INVALID_REQUEST = 42;

test('configs of a group, of which there are none, are refused in their row; the topics beside it are described', async () => {
  await using broker = await MemoryBroker.start({ topics: { orders: 1, bills: 1 } });
  const keys = { configurationKeys: ['retention.ms'] };
  const { results } = await kafkaCall(broker, 'DescribeConfigs', 4, {
    resources: [
      { resourceType: TOPIC, resourceName: 'orders', ...keys },
      { resourceType: GROUP, resourceName: 'shop', ...keys },
      { resourceType: TOPIC, resourceName: 'bills', ...keys },
    ],
  });
  expect(results).toMatchObject([
    { errorCode: 0, resourceName: 'orders', configs: [{ name: 'retention.ms' }] },
    { errorCode: INVALID_REQUEST, resourceType: GROUP, resourceName: 'shop', configs: [] },
    { errorCode: 0, resourceName: 'bills', configs: [{ name: 'retention.ms' }] },
  ]);
  expect(results[1]?.errorMessage).toContain('type 32');
});

test('changes to a group are refused in their row, those to the topic beside it are made', async () => {
  await using broker = await MemoryBroker.start({ topics: { orders: 1 } });
  const configs = [{ name: 'retention.ms', configOperation: 0, value: '1000' }];
  const { responses } = await kafkaCall(broker, 'IncrementalAlterConfigs', 1, {
    resources: [
      { resourceType: GROUP, resourceName: 'shop', configs },
      { resourceType: TOPIC, resourceName: 'orders', configs },
    ],
    validateOnly: false,
  });
  expect(responses).toMatchObject([
    { errorCode: INVALID_REQUEST, resourceType: GROUP, resourceName: 'shop' },
    { errorCode: 0, resourceType: TOPIC, resourceName: 'orders' },
  ]);
  const { results } = await kafkaCall(broker, 'DescribeConfigs', 4, {
    resources: [{ resourceType: TOPIC, resourceName: 'orders', configurationKeys: ['retention.ms'] }],
  });
  expect(results[0]?.configs).toMatchObject([{ name: 'retention.ms', value: '1000' }]);
});
