import { expect, test } from 'vitest';
import { ManualClock } from '@tidelog/log/testing';
import { MemoryBroker } from '../../test/memory-broker.ts';
import { batchOf } from '../../test/test-batches.ts';

async function earliest(broker: MemoryBroker): Promise<number | undefined> {
  const { partitions } = await broker.dispatch('listOffsets', {
    isolationLevel: 'read_uncommitted',
    partitions: [{ topic: 'orders', partition: 0, timestampMs: -2 }],
  });
  return partitions[0]?.offset;
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 1000; attempt++) {
    if (await isTrue()) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error('it did not become true');
}

test('segments that are too old are deleted at the next check, also of a log that nobody used since the start', async () => {
  const clock = new ManualClock({ nowMs: Date.now() });
  const environment = { clock };
  const first = await MemoryBroker.start({
    environment,
    topics: { orders: { configs: { 'retention.ms': 10_000, 'segment.bytes': 1024 } } },
  });
  for (let index = 0; index < 5; index++) {
    await first.produce('orders', batchOf(['x'.repeat(600)], { timestampMs: clock.nowMs() }));
  }
  expect(await earliest(first)).toBe(0);
  await first.launched.broker.close();

  await using broker = await MemoryBroker.start(
    { environment, retentionCheckIntervalMs: 60_000 },
    first.fileSystem,
  );
  await clock.advance(59_000);
  expect(broker.launched.core.partitions.made().next().done).toBe(true);
  await clock.advance(1_000);
  await until(async () => (await earliest(broker)) === 5);
});

test('closing does not wait for the next check', async () => {
  const broker = await MemoryBroker.start({ topics: { orders: 1 } });
  await broker.launched.broker.close();
  await broker.launched.broker.close();
});
