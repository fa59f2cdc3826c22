import { expect, test } from 'vitest';
import { MemoryBroker } from './memory-broker.ts';

const SEGMENT = '/data/orders-0/00000000000000000000.log';

test('a damaged batch quarantines its partition, which says so everywhere; the good ranges can be read', async () => {
  const first = await MemoryBroker.start({ topics: { orders: 2 } });
  for (const value of ['a', 'b', 'c']) await first.produce('orders', [value]);
  const disk = first.kill('power-loss');
  await first.launched.broker.close();
  const middle = Math.floor(disk.readFileSync(SEGMENT).length / 2);
  disk.damage(SEGMENT, { position: middle + 10, bytes: Buffer.from('!') });

  await using broker = await MemoryBroker.start({}, disk);
  const { values, results } = await broker.fetch([{ topic: 'orders' }]);
  expect(results[0]?.error).toBeUndefined();
  expect(values).toEqual([['a']]);
  const damaged = await broker.fetch([{ topic: 'orders', fetchOffset: 1 }]);
  expect(damaged.results[0]?.error?.code).toBe('KAFKA_STORAGE_ERROR');
  expect((await broker.produce('orders', ['d'])).error?.code).toBe('KAFKA_STORAGE_ERROR');
  expect((await broker.produce('orders', ['e'], { partition: 1 })).error).toBeUndefined();

  const { topics } = await broker.dispatch('metadata', { topics: 'all', allowAutoTopicCreation: false });
  const rows = topics[0]?.partitions ?? [];
  expect(rows.map((row) => [row.error?.code, row.leaderId])).toEqual([
    ['KAFKA_STORAGE_ERROR', 1],
    [undefined, 1],
  ]);
  expect(rows[0]?.error?.message).toContain('"orders" partition 0 is quarantined: the offsets 1 to');
  expect(await broker.launched.broker.metrics()).toContain('tidelog_quarantined_partitions 1');
});

test('after a sync that failed nothing is acknowledged any more, reads go on, and the broker says why', async () => {
  const broker = await MemoryBroker.start({ topics: { orders: 2 } });
  await broker.produce('orders', ['a']);
  broker.fileSystem.onSyncPoint = ({ when }) => {
    if (when === 'before') throw Object.assign(new Error('EIO: simulated'), { code: 'EIO' });
  };
  const refused = await broker.produce('orders', ['b']);
  expect(refused.error?.code).toBe('KAFKA_STORAGE_ERROR');
  expect(refused.error?.message).toContain('EIO');
  broker.fileSystem.onSyncPoint = undefined;
  expect((await broker.produce('orders', ['c'])).error?.code).toBe('KAFKA_STORAGE_ERROR');
  expect((await broker.produce('orders', ['d'], { partition: 1 })).error?.code).toBe('KAFKA_STORAGE_ERROR');
  expect((await broker.fetch([{ topic: 'orders' }])).values).toEqual([['a']]);
  expect(broker.launched.broker.status().offline).toContain('EIO');
  expect(await broker.launched.broker.metrics()).toContain('tidelog_offline_directories 1');
  await expect(broker.launched.broker.close()).rejects.toMatchObject({ code: 'STORAGE_FAILED' });

  await using after = await MemoryBroker.start({}, broker.kill('power-loss'));
  expect((await after.fetch([{ topic: 'orders' }])).values[0]?.[0]).toBe('a');
  expect((await after.produce('orders', ['e'])).error).toBeUndefined();
});
