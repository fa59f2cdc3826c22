/** DescribeConfigs and AlterConfigs together. */
import { expect, test } from 'vitest';
import { MemoryBroker } from '../../test/memory-broker.ts';
import type { AlterConfig, AlterConfigsResult, ConfigEntry, DescribeConfigsResult } from '../requests.ts';

async function alter(
  broker: MemoryBroker,
  changes: readonly Partial<AlterConfig>[],
  options: { name?: string; type?: 'topic' | 'broker'; validateOnly?: boolean } = {},
): Promise<AlterConfigsResult> {
  const { resources } = await broker.dispatch('alterConfigs', {
    resources: [
      {
        type: options.type ?? 'topic',
        name: options.name ?? 'orders',
        configs: changes.map((change) => ({ name: '', operation: 'set', value: '', ...change })),
      },
    ],
    validateOnly: options.validateOnly ?? false,
  });
  return resources[0] as AlterConfigsResult;
}

async function describeOne(
  broker: MemoryBroker,
  type: 'topic' | 'broker',
  name: string,
): Promise<DescribeConfigsResult> {
  const { resources } = await broker.dispatch('describeConfigs', { resources: [{ type, name }] });
  return resources[0] as DescribeConfigsResult;
}

async function entry(broker: MemoryBroker, config: string): Promise<ConfigEntry | undefined> {
  const { entries } = await describeOne(broker, 'topic', 'orders');
  return entries.find(({ name }) => name === config);
}

test('a config that is set shows, takes effect at once, survives a restart and can be taken back', async () => {
  const broker = await MemoryBroker.start({ topics: { orders: 1 } });
  await broker.produce('orders', ['x'.repeat(500)]);
  expect(await entry(broker, 'max.message.bytes')).toMatchObject({ source: 'default' });
  expect((await alter(broker, [{ name: 'max.message.bytes', value: '200' }])).error).toBeUndefined();
  expect(await entry(broker, 'max.message.bytes')).toMatchObject({ value: '200', source: 'topic' });
  expect((await broker.produce('orders', ['x'.repeat(500)])).error?.code).toBe('MESSAGE_TOO_LARGE');
  await broker.launched.broker.close();

  await using after = await MemoryBroker.start({}, broker.fileSystem);
  expect((await after.produce('orders', ['x'.repeat(500)])).error?.code).toBe('MESSAGE_TOO_LARGE');
  await alter(after, [{ name: 'max.message.bytes', operation: 'delete' }]);
  expect(await entry(after, 'max.message.bytes')).toMatchObject({ source: 'default' });
  expect((await after.produce('orders', ['x'.repeat(500)])).error).toBeUndefined();
});

test('two changes at the same time are both kept', async () => {
  await using broker = await MemoryBroker.start({ topics: { orders: 1 } });
  await Promise.all([
    alter(broker, [{ name: 'retention.ms', value: '1000' }]),
    alter(broker, [{ name: 'segment.ms', value: '2000' }]),
  ]);
  expect((await entry(broker, 'retention.ms'))?.value).toBe('1000');
  expect((await entry(broker, 'segment.ms'))?.value).toBe('2000');
});

test('a bad change is refused with what would be right, and changes nothing', async () => {
  await using broker = await MemoryBroker.start({ topics: { orders: 1 } });
  const { error } = await alter(broker, [
    { name: 'segment.ms', value: '5' },
    { name: 'retention.mss', value: '1' },
  ]);
  expect(error).toMatchObject({ code: 'INVALID_CONFIG' });
  expect(error?.message).toContain('did you mean "retention.ms"?');
  expect((await entry(broker, 'segment.ms'))?.source).toBe('default');
  expect((await alter(broker, [], { name: 'nothere' })).error?.code).toBe('UNKNOWN_TOPIC_OR_PARTITION');
  expect(
    (await alter(broker, [{ name: 'segment.ms', value: '5' }], { validateOnly: true })).error,
  ).toBeUndefined();
  expect((await entry(broker, 'segment.ms'))?.source).toBe('default');
});

test("the broker's defaults for topics show as such", async () => {
  await using broker = await MemoryBroker.start({
    topics: { orders: 1 },
    durability: 'page-cache',
    topicDefaults: { 'retention.ms': 5000 },
  });
  expect(await entry(broker, 'retention.ms')).toMatchObject({ value: '5000', source: 'broker' });
  expect(await entry(broker, 'durability')).toMatchObject({ value: 'page-cache', source: 'broker' });
});

test('the options of a broker can be read and not altered', async () => {
  await using broker = await MemoryBroker.start({ defaultPartitions: 7 });
  const { entries, error } = await describeOne(broker, 'broker', '1');
  expect(error).toBeUndefined();
  const byName = new Map(entries.map((row) => [row.name, row]));
  expect(byName.get('defaultPartitions')).toMatchObject({ value: '7', source: 'broker', readOnly: true });
  expect(byName.get('maxConnections')).toMatchObject({ source: 'default' });
  expect(byName.get('maxConnections')?.documentation).toContain('Accepts an integer');
  expect(byName.has('logger')).toBe(false);
  expect((await describeOne(broker, 'broker', '2')).error?.message).toContain('this is broker 1');
  const altered = await alter(broker, [{ name: 'defaultPartitions', value: '1' }], {
    type: 'broker',
    name: '1',
  });
  expect(altered.error?.message).toContain('the options that it was started with');
});

test('a resource that is named twice is refused, to be read as well as to be altered', async () => {
  await using broker = await MemoryBroker.start({ topics: { orders: 1, '1': 1 } });
  const orders = { type: 'topic', name: 'orders' } as const;
  const others = [
    { type: 'topic', name: '1' },
    { type: 'broker', name: '1' },
  ] as const;
  const described = await broker.dispatch('describeConfigs', { resources: [orders, orders, ...others] });
  expect(described.resources.map(({ error }) => error?.code)).toEqual([
    'INVALID_REQUEST',
    'INVALID_REQUEST',
    undefined,
    undefined,
  ]);
  const altered = await broker.dispatch('alterConfigs', {
    resources: [orders, orders].map((resource, index) => ({
      ...resource,
      configs: [{ name: 'segment.ms', operation: 'set', value: String(index + 1) }],
    })),
    validateOnly: false,
  });
  expect(altered.resources.map(({ error }) => error?.code)).toEqual(['INVALID_REQUEST', 'INVALID_REQUEST']);
  expect((await entry(broker, 'segment.ms'))?.source).toBe('default');
});
