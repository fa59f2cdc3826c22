import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  BatchBuilder,
  type BuildOptions,
  type HeaderValue,
  type RecordHeaderInput,
} from './batch-builder.ts';
import { validateBatch, validateRecords, STORED_BATCH_RULES } from './batch-validation.ts';
import { COMPRESSION_TYPES } from './compression/compression-type.ts';
import { RecordBatch } from './record-batch.ts';

const withCode = (code: string, part: string): unknown =>
  expect.objectContaining({ name: 'TidelogError', code, message: expect.stringContaining(part) });

interface Input {
  readonly timestampMs: number;
  readonly key: string | Uint8Array | null;
  readonly value: string | Uint8Array | null;
  readonly headers: readonly RecordHeaderInput[] | undefined;
}

const bytesOf = (data: HeaderValue): Buffer | null => (data === null ? null : Buffer.from(data as string));

/** Text of any kind: ASCII, beyond, unpaired surrogates; lengths on both sides of the one- and two-byte limits. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: 'grapheme-ascii', maxLength: 90 }),
  fc.string({
    unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
    maxLength: 30,
  }),
  fc.integer({ min: 50, max: 70 }).map((length) => 'a'.repeat(length)),
  fc.integer({ min: 15, max: 70 }).map((length) => 'ß'.repeat(length)),
  fc.integer({ min: 8150, max: 8200 }).map((length) => 'a'.repeat(length)),
  fc.integer({ min: 2700, max: 2740 }).map((length) => '値'.repeat(length)),
  fc.integer({ min: 1000, max: 1050 }).map((length) => 'é'.repeat(length)),
);
const data: fc.Arbitrary<HeaderValue> = fc.oneof(
  text,
  fc.uint8Array({ maxLength: 200 }),
  fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)),
  fc.constant(null),
);
const input: fc.Arbitrary<Input> = fc.record({
  timestampMs: fc.oneof(fc.integer({ min: -1, max: 100 }), fc.integer({ min: 0, max: 2 ** 52 })),
  key: data,
  value: data,
  headers: fc.option(fc.array(fc.record({ key: text, value: data }), { maxLength: 4 }), { nil: undefined }),
});

function built(records: readonly Input[], options: BuildOptions = {}, initialBytes = 64): Buffer {
  const builder = new BatchBuilder({ initialBytes });
  for (const { timestampMs, key, value, headers } of records)
    builder.append(timestampMs, key, value, headers);
  return builder.buildSync(options);
}

function expectRecords(batch: RecordBatch, records: readonly Input[]): void {
  const decoded = [...batch].map(({ timestampMs, key, value, headers }) => ({
    timestampMs,
    key,
    value,
    headers,
  }));
  expect(decoded).toEqual(
    records.map(({ timestampMs, key, value, headers }) => ({
      timestampMs,
      key: bytesOf(key),
      value: bytesOf(value),
      // An unpaired surrogate becomes U+FFFD in UTF-8.
      headers: (headers ?? []).map((header) => ({
        key: header.key.toWellFormed(),
        value: bytesOf(header.value),
      })),
    })),
  );
}

test('any records can be read back from a valid batch, whatever the builder had to grow or move', () => {
  fc.assert(
    fc.property(fc.array(input, { minLength: 1, maxLength: 20 }), fc.nat(30_000), (records, initialBytes) => {
      const bytes = built(records, { baseOffset: 10 }, initialBytes);
      const header = validateBatch(bytes);
      expect(header.recordCount).toBe(records.length);
      expect(header.baseTimestampMs).toBe(records[0]!.timestampMs);
      expect(header.maxTimestampMs).toBe(Math.max(...records.map(({ timestampMs }) => timestampMs)));
      const batch = RecordBatch.read(bytes);
      validateRecords(batch);
      expectRecords(batch, records);
    }),
    { numRuns: 500 },
  );
});

test('any records can be read back from a compressed batch', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(input, { minLength: 1, maxLength: 8 }),
      fc.constantFrom(...COMPRESSION_TYPES),
      async (records, compression) => {
        const builder = new BatchBuilder();
        for (const { timestampMs, key, value, headers } of records)
          builder.append(timestampMs, key, value, headers);
        const bytes = await builder.build({ compression });
        expect(validateBatch(bytes).compression).toBe(compression);
        const batch = RecordBatch.read(bytes);
        await batch.decompress();
        expectRecords(batch, records);
        const builtSync = RecordBatch.read(built(records, { compression }));
        builtSync.decompressSync();
        expectRecords(builtSync, records);
      },
    ),
    { numRuns: 60 },
  );
});

test('append returns the size of the batch so far, and the estimate is never exceeded', () => {
  fc.assert(
    fc.property(fc.array(input, { minLength: 1, maxLength: 10 }), (records) => {
      const builder = new BatchBuilder();
      for (const { timestampMs, key, value, headers } of records) {
        const before = builder.sizeBytes;
        const after = builder.append(timestampMs, key, value, headers);
        expect(after).toBe(builder.sizeBytes);
        expect(after - before).toBeLessThanOrEqual(BatchBuilder.estimateRecordBytes(key, value, headers));
      }
      expect(builder.recordCount).toBe(records.length);
      expect(builder.buildSync().length).toBe(builder.sizeBytes);
    }),
  );
});

test('offsets of one to four bytes and lengths of one to four are written', () => {
  const builder = new BatchBuilder();
  for (let index = 0; index < 9000; index++) builder.append(5, null, null);
  builder.append(5, 'k'.repeat(70_000), Buffer.alloc(3_000_000, 1));
  const bytes = builder.buildSync();
  validateRecords(RecordBatch.read(bytes));
  const last = [...RecordBatch.read(bytes)].at(-1)!;
  expect([last.offset, last.keySizeBytes, last.valueSizeBytes]).toEqual([9000, 70_000, 3_000_000]);
});

test('the header carries what the producer decides', () => {
  const options = {
    producerId: 2 ** 50,
    producerEpoch: 3,
    baseSequence: 2 ** 31 - 1,
    isTransactional: true,
    isControl: true,
    baseOffset: 2 ** 40,
    partitionLeaderEpoch: 5,
  };
  const bytes = built([{ timestampMs: 0, key: null, value: null, headers: undefined }], options);
  expect(validateBatch(bytes, 0, STORED_BATCH_RULES)).toMatchObject(options);
  const plain = validateBatch(built([{ timestampMs: -1, key: null, value: null, headers: [] }]));
  expect(plain).toMatchObject({
    producerId: -1,
    producerEpoch: -1,
    baseSequence: -1,
    baseOffset: 0,
    partitionLeaderEpoch: -1,
    baseTimestampMs: -1,
    maxTimestampMs: -1,
    isTransactional: false,
    isControl: false,
  });
});

describe('what is refused leaves the batch as it was:', () => {
  test.each<[string, (builder: BatchBuilder) => unknown, string]>([
    ['a timestamp below −1', (b) => b.append(-2, null, 'x'), 'timestampMs is -2'],
    ['a timestamp with a fraction', (b) => b.append(1.5, null, 'x'), 'timestampMs is 1.5'],
    ['a timestamp that is no number', (b) => b.append(NaN, null, 'x'), 'timestampMs is NaN'],
    ['a timestamp beyond 2^53', (b) => b.append(2 ** 53, null, 'x'), 'timestampMs'],
    ['a number as value', (b) => b.append(9, null, 5 as unknown as string), 'got number'],
    ['an array as key', (b) => b.append(9, [1] as unknown as string, null), 'got object'],
    [
      'a wide array as value',
      (b) => b.append(9, null, new Uint16Array(2) as unknown as string),
      'got object',
    ],
    ['undefined as value', (b) => b.append(9, null, undefined as unknown as string), 'got undefined'],
    [
      'a header without value',
      (b) => b.append(9, 'k', 'v', [{ key: 'h' } as RecordHeaderInput]),
      'got undefined',
    ],
    [
      'a header without key',
      (b) => b.append(9, 'k', 'v', [{ value: 'h' } as unknown as RecordHeaderInput]),
      'key of a header',
    ],
  ])('%s', (_, refuse, reason) => {
    const builder = new BatchBuilder();
    expect(() => refuse(builder)).toThrow(withCode('INVALID_ARGUMENT', reason));
    builder.append(7, 'key', 'value');
    expect(() => refuse(builder)).toThrow(withCode('INVALID_ARGUMENT', reason));
    builder.append(8, 'key', 'value');
    const bytes = builder.buildSync();
    expect(validateBatch(bytes)).toMatchObject({ recordCount: 2, baseTimestampMs: 7, maxTimestampMs: 8 });
    validateRecords(RecordBatch.read(bytes));
  });

  test('fields that the header cannot hold', async () => {
    for (const options of [
      { producerId: 2 ** 53 },
      { producerId: -2 },
      { producerEpoch: 32768 },
      { baseSequence: 2 ** 31 },
      { baseSequence: 0.5 },
      { baseOffset: NaN },
      { partitionLeaderEpoch: 2 ** 31 },
    ]) {
      const builder = new BatchBuilder();
      builder.append(1, null, 'x');
      const [name] = Object.keys(options) as [string];
      expect(() => builder.buildSync(options)).toThrow(withCode('INVALID_ARGUMENT', name));
      await expect(builder.build(options)).rejects.toThrow(withCode('INVALID_ARGUMENT', name));
      expect(validateBatch(builder.buildSync()).recordCount).toBe(1);
    }
  });

  test('an empty batch', () => {
    expect(() => new BatchBuilder().buildSync()).toThrow(withCode('INVALID_ARGUMENT', 'at least one record'));
  });
});

test('a built builder takes no more records and builds no second time', async () => {
  const builder = new BatchBuilder();
  builder.append(1, null, 'x');
  const bytes = Buffer.from(builder.buildSync());
  expect(() => builder.append(1, null, 'x')).toThrow(withCode('CLOSED', 'new BatchBuilder'));
  expect(() => builder.append(2, null, 'x')).toThrow(withCode('CLOSED', 'new BatchBuilder'));
  expect(() => builder.buildSync()).toThrow(withCode('CLOSED', 'new BatchBuilder'));
  await expect(builder.build()).rejects.toThrow(withCode('CLOSED', 'new BatchBuilder'));
  expect(validateBatch(bytes).recordCount).toBe(1);
});

test('memory may be given and taken back for the next batch', () => {
  const memory = Buffer.alloc(1000);
  const first = new BatchBuilder({ memory });
  first.append(1, 'a', 'b');
  expect(first.buildSync().buffer).toBe(memory.buffer);
  expect(first.memory).toBe(memory);
  const second = new BatchBuilder({ memory });
  second.append(2, 'c', 'd'.repeat(5000));
  expect(second.memory).not.toBe(memory);
  expect([...RecordBatch.read(second.buildSync())][0]!.value!.length).toBe(5000);
  expect(new BatchBuilder({ memory: Buffer.alloc(10) }).append(1, null, null)).toBe(68);
});

test('the estimate of a record counts a character as three bytes and refuses what append refuses', () => {
  expect(BatchBuilder.estimateRecordBytes(null, null)).toBe(36);
  expect(BatchBuilder.estimateRecordBytes('ab', Buffer.alloc(5))).toBe(36 + 6 + 5);
  expect(() => BatchBuilder.estimateRecordBytes(5 as unknown as string, null)).toThrow('got number');
});
