/** Batches that real Kafka clients made (testdata/README.md) are read as what the clients were given. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  BatchBuilder,
  RecordBatch,
  STORED_BATCH_RULES,
  validateBatch,
  validateRecords,
} from '../src/index.ts';
import { GOLDEN_RECORDS, type GoldenBatch, type GoldenRecord } from './golden-records.ts';

const testdata = new URL('../testdata/', import.meta.url);
const list = JSON.parse(readFileSync(new URL('golden.json', testdata), 'utf8')) as GoldenBatch[];
const bytesOf = (golden: GoldenBatch): Buffer => readFileSync(new URL(`${golden.name}.bin`, testdata));

/** A record as one line of text: thousands of lines compare quickly, and a difference is easy to read. */
function lineOf({ timestampMs, key, value, headers }: GoldenRecord): string {
  const text = (bytes: Buffer | null): string => bytes?.toString('latin1') ?? '(null)';
  const pairs = headers.map(([name, data]) => `${name}=${text(data)}`);
  return [timestampMs, text(key), text(value), ...pairs].join(' | ');
}

function contentsOf(batch: RecordBatch): string[] {
  return [...batch].map(({ timestampMs, key, value, headers }) =>
    lineOf({
      timestampMs,
      key,
      value,
      headers: headers.map((header) => [header.key, header.value] as const),
    }),
  );
}

test('golden bytes of four clients and five codecs are there', () => {
  expect(new Set(list.map(({ client }) => client.split(' ')[0])).size).toBe(4);
  expect(new Set(list.map(({ compression }) => compression)).size).toBe(5);
});

describe.each(list)('$name', (golden) => {
  const expected = GOLDEN_RECORDS[golden.records];
  const expectedLines = expected.map(lineOf);

  test('passes validation and has the header that the client was asked for', () => {
    const header = validateBatch(bytesOf(golden), 0, { allowTransactional: golden.isTransactional });
    expect(header).toMatchObject({
      baseOffset: 0,
      lastOffset: expected.length - 1,
      recordCount: expected.length,
      compression: golden.compression,
      timestampType: 'CreateTime',
      maxTimestampMs: Math.max(...expected.map(({ timestampMs }) => timestampMs)),
      producerId: golden.producerId,
      producerEpoch: golden.producerEpoch,
      baseSequence: golden.baseSequence,
      isTransactional: golden.isTransactional,
      isControl: false,
      hasDeleteHorizon: false,
    });
  });

  test('holds the records that the client was given', async () => {
    const batch = RecordBatch.read(bytesOf(golden));
    await batch.decompress();
    validateRecords(batch);
    expect(contentsOf(batch)).toEqual(expectedLines);
    const again = RecordBatch.read(bytesOf(golden));
    again.decompressSync();
    expect(contentsOf(again)).toEqual(expectedLines);
  });

  test('is written again to the same bytes, or when compressed to a batch with the same records', async () => {
    const original = RecordBatch.read(bytesOf(golden));
    await original.decompress();
    const { header } = original;
    const builder = new BatchBuilder();
    for (const { timestampMs, key, value, headers } of original)
      builder.append(timestampMs, key, value, headers);
    const rebuilt = await builder.build({
      compression: header.compression,
      producerId: header.producerId,
      producerEpoch: header.producerEpoch,
      baseSequence: header.baseSequence,
      isTransactional: header.isTransactional,
      baseOffset: header.baseOffset,
      partitionLeaderEpoch: header.partitionLeaderEpoch,
    });
    // kafkajs bases a batch on its smallest timestamp, this package (as Java) on that of the first record.
    const isBasedOnFirst = header.baseTimestampMs === expected[0]!.timestampMs;
    if (golden.compression === 'none' && isBasedOnFirst) {
      expect(rebuilt.equals(original.bytes)).toBe(true);
      return;
    }
    validateBatch(rebuilt, 0, STORED_BATCH_RULES);
    const batch = RecordBatch.read(rebuilt);
    await batch.decompress();
    expect(contentsOf(batch)).toEqual(expectedLines);
  });
});
