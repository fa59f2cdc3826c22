/** Batches of this package are read by other Kafka clients' decoders: kafkajs (none, gzip), @platformatic/kafka (all). */
import { createRequire } from 'node:module';
import { Reader, readRecordsBatch } from '@platformatic/kafka';
import { describe, expect, test } from 'vitest';
import { BatchBuilder, type CompressionType } from '../src/index.ts';
import { GOLDEN_RECORDS, type GoldenRecord } from './golden-records.ts';

const require = createRequire(import.meta.url);

function build(records: readonly GoldenRecord[], compression: CompressionType): Promise<Buffer> {
  const builder = new BatchBuilder();
  for (const { timestampMs, key, value, headers } of records) {
    const pairs = headers.map(([name, data]) => ({ key: name, value: data }));
    builder.append(timestampMs, key, value, pairs);
  }
  return builder.build({ compression, baseOffset: 77 });
}

describe.each(['mixed', 'large'] as const)('%s records', (name) => {
  const records = GOLDEN_RECORDS[name];

  test.each(['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const)(
    '@platformatic/kafka reads %s',
    async (codec) => {
      const batch = readRecordsBatch(Reader.from(await build(records, codec)));
      expect(batch.firstOffset).toBe(77n);
      const line = (key: unknown, value: unknown, time: number, headers: readonly unknown[]): string =>
        [key, value, time, ...headers].map(String).join('|');
      const decoded = batch.records.map(({ key, value, timestampDelta, headers }) =>
        line(key, value, Number(batch.firstTimestamp + timestampDelta), headers.flat()),
      );
      expect(decoded).toEqual(
        records.map(({ key, value, timestampMs, headers }) => line(key, value, timestampMs, headers.flat())),
      );
    },
  );

  test.each(['none', 'gzip'] as const)('kafkajs reads %s', async (codec) => {
    const Decoder = require('kafkajs/src/protocol/decoder') as new (bytes: Buffer) => {
      readInt64(): { toString(): string };
      readInt32(): number;
      readInt8(): number;
      slice(sizeBytes: number): object;
    };
    const decode = require('kafkajs/src/protocol/recordBatch/v0/decoder') as (decoder: object) => Promise<{
      records: { key: Buffer | null; value: Buffer | null; timestamp: string; offset: string }[];
    }>;
    const bytes = await build(records, codec);
    const { records: decoded } = await decode(new Decoder(bytes));
    expect(
      decoded.map(({ key, value, timestamp, offset }) => [key, value, timestamp, offset].map(String)),
    ).toEqual(
      records.map(({ key, value, timestampMs }, index) => [key, value, timestampMs, 77 + index].map(String)),
    );
  });
});
