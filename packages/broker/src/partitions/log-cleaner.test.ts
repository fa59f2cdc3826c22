import { expect, test } from 'vitest';
import { BatchBuilder, RecordBatch } from '@tidelog/record';
import { ManualClock } from '@tidelog/log/testing';
import { MemoryBroker } from '../../test/memory-broker.ts';

const TOPIC = {
  orders: {
    configs: { 'cleanup.policy': 'compact', 'segment.bytes': 1024, 'min.cleanable.dirty.ratio': 0.1 },
  },
};

function batchOf(key: string, value: string, timestampMs: number): Buffer {
  const builder = new BatchBuilder();
  builder.append(timestampMs, key, value);
  return builder.buildSync();
}

async function keysIn(broker: MemoryBroker): Promise<string[]> {
  const [partition] = [...broker.launched.core.partitions.made()];
  if (partition === undefined) throw new Error('there is no partition');
  const keys: string[] = [];
  for (let offset = 0; offset < partition.highWatermark;) {
    const read = await partition.read({ fromOffset: offset, maxBytes: 100_000, minOneBatch: true });
    for (let position = 0; position < read.bytes.length;) {
      const batch = RecordBatch.read(read.bytes, position);
      for (const record of batch) keys.push(`${record.offset}:${record.key?.toString()}`);
      position += batch.header.sizeBytes;
    }
    offset = read.nextOffset;
    read.release();
  }
  return keys;
}

test('a compacted topic is cleaned at the next look when it is due; the metrics tell', async () => {
  const clock = new ManualClock({ nowMs: Date.now() });
  await using broker = await MemoryBroker.start({
    environment: { clock },
    cleanerIoMaxBytesPerSecond: Number.MAX_SAFE_INTEGER,
    topics: TOPIC,
  });
  for (let index = 0; index < 9; index++) {
    await broker.produce('orders', batchOf(`k${index % 2}`, 'x'.repeat(400), clock.nowMs()));
  }
  expect(await keysIn(broker)).toHaveLength(9);
  const { cleaner } = broker.launched.core.metrics;
  for (let attempt = 0; attempt < 1000 && cleaner.cleaningsTotal === 0; attempt++) {
    await clock.advance(attempt === 0 ? 15_000 : 1);
  }
  const page = await broker.launched.broker.metrics();
  expect(page).toContain('tidelog_log_cleaner_cleanings_total 1\n');
  expect(page).toContain('tidelog_log_cleaner_removed_records_total 6\n');
  expect(await keysIn(broker)).toEqual(['6:k0', '7:k1', '8:k0']);
});

test('closing ends a cleaning that rests for its rate', async () => {
  const clock = new ManualClock({ nowMs: Date.now() });
  const broker = await MemoryBroker.start({
    environment: { clock },
    cleanerIoMaxBytesPerSecond: 1024,
    topics: TOPIC,
  });
  for (let index = 0; index < 9; index++) {
    await broker.produce('orders', batchOf(`k${index % 2}`, 'x'.repeat(400), clock.nowMs()));
  }
  await clock.advance(15_000);
  await broker.launched.broker.close();
});
