import { Tidelog } from '@tidelog/client';
import { expect, test } from 'vitest';
import { producerSettings, type ProducerFlags } from './producer-settings.ts';

const FLAGS: ProducerFlags = { acks: 'all', compression: 'none', idempotence: true };

test('without compression no batch is larger than the topic takes', () => {
  expect(producerSettings(FLAGS, 5_000)).toMatchObject({ maxRequestSizeBytes: 5_064, batchSizeBytes: 5_000 });
  expect(producerSettings(FLAGS, 9_000_000)).toMatchObject({
    maxRequestSizeBytes: 9_000_064,
    batchSizeBytes: 65_536,
  });
});

test('with compression a batch may be larger than the topic takes, before it is compressed', () => {
  const flags: ProducerFlags = { ...FLAGS, compression: 'zstd', batchSizeBytes: 4_000_000 };
  expect(producerSettings(flags, 5_000).batchSizeBytes).toBe(4_000_000);
  expect(producerSettings(flags, 5_000).maxRequestSizeBytes).toBeGreaterThan(50_000_000);
});

test('idempotence is off where acks does not allow it', () => {
  expect(producerSettings({ ...FLAGS, acks: 1 }, 1_000_000).idempotence).toBe(false);
  expect(producerSettings(FLAGS, 1_000_000).idempotence).toBe(true);
});

test('whatever the topic takes and the flags say, the producer accepts its options', async () => {
  await using tidelog = new Tidelog({ brokers: ['localhost'] });
  for (const compression of ['none', 'gzip'] as const) {
    for (const maxMessageBytes of [0, 1, 1_048_588, 2 ** 31 - 1]) {
      for (const batchSizeBytes of [1, 104_857_600]) {
        const settings = producerSettings({ ...FLAGS, compression, batchSizeBytes }, maxMessageBytes);
        expect(() => tidelog.producer(settings)).not.toThrow();
      }
    }
  }
});
