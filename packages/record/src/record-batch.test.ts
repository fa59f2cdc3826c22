import { describe, expect, test } from 'vitest';
import { BatchBuilder } from './batch-builder.ts';
import { ATTRIBUTES_POSITION } from './batch-format.ts';
import { compressSync } from './compression/codecs.ts';
import { batchesOf, RecordBatch } from './record-batch.ts';
import { writeZigzagVarint } from './varint.ts';

const withCode = (code: string, part: string): unknown =>
  expect.objectContaining({ name: 'TidelogError', code, message: expect.stringContaining(part) });

function sample(recordCount: number, baseOffset = 0): Buffer {
  const builder = new BatchBuilder();
  for (let index = 0; index < recordCount; index++) {
    builder.append(1000 + index, `k${index}`, `value ${index}`, [{ key: 'h', value: String(index) }]);
  }
  return builder.buildSync({ baseOffset });
}

/** A batch whose record section is exactly these bytes. */
function batchWith(
  records: readonly (readonly number[])[],
  recordCount: number = records.length,
): RecordBatch {
  const section = Buffer.concat(records.map((record) => Buffer.from(record)));
  const bytes = Buffer.concat([sample(1).subarray(0, 61), section]);
  bytes.writeInt32BE(bytes.length - 12, 8);
  bytes.writeInt32BE(Math.max(0, recordCount - 1), 23);
  bytes.writeInt32BE(recordCount, 57);
  return RecordBatch.read(bytes);
}

/** A record with its length; the fields are given as bytes. */
function record(...fields: readonly number[]): number[] {
  const length = Buffer.alloc(5);
  return [...length.subarray(0, writeZigzagVarint(length, 0, fields.length)), ...fields];
}

describe('records', () => {
  test('are objects that stay valid after the iteration', () => {
    const records = [...RecordBatch.read(sample(300, 5000))];
    expect(records.length).toBe(300);
    expect(records.map(({ offset }) => offset)).toEqual(records.map((_, index) => 5000 + index));
    expect(records[299]!.key!.toString()).toBe('k299');
    expect(records[123]!.headers).toEqual([{ key: 'h', value: Buffer.from('123') }]);
    expect(records[7]!.toJSON()).toEqual({ offset: 5007, timestampMs: 1007, key: 'k7', value: 'value 7' });
  });

  test('are views of the batch, never copies', () => {
    const bytes = sample(2);
    const [first] = RecordBatch.read(bytes);
    bytes.write('V', bytes.indexOf('value 0'));
    expect(first!.value!.toString()).toBe('Value 0');
    expect(first!.key!.buffer).toBe(bytes.buffer);
    expect(first!.headers[0]!.value!.buffer).toBe(bytes.buffer);
  });

  test('can be walked with one cursor', () => {
    const cursor = RecordBatch.read(sample(3, 40)).cursor();
    const seen: unknown[] = [];
    while (cursor.next()) {
      seen.push([
        cursor.offset,
        cursor.timestampMs,
        cursor.key?.toString(),
        cursor.value?.toString(),
        cursor.headers,
      ]);
    }
    expect(seen[2]).toEqual([42, 1002, 'k2', 'value 2', [{ key: 'h', value: Buffer.from('2') }]]);
    expect(seen.length).toBe(3);
    expect(cursor.next()).toBe(false);
  });

  test('can be iterated by several readers at once', () => {
    const batch = RecordBatch.read(sample(3));
    const [one, two] = [batch.records(), batch.records()];
    expect(one.next().value?.offset).toBe(0);
    expect(one.next().value?.offset).toBe(1);
    expect(two.next().value?.offset).toBe(0);
    expect([...one].length).toBe(1);
    expect(one.next()).toEqual({ done: true, value: undefined });
  });
});

describe('a batch', () => {
  test('may lie anywhere in a buffer', () => {
    const bytes = Buffer.concat([Buffer.alloc(17), sample(2), Buffer.alloc(9)]);
    const batch = RecordBatch.read(bytes, 17);
    expect(batch.bytes.equals(sample(2))).toBe(true);
    expect([...batch].length).toBe(2);
  });

  test('that is incomplete is refused', () => {
    expect(() => RecordBatch.read(sample(2).subarray(0, -1))).toThrow(
      withCode('CORRUPT_MESSAGE', 'are there'),
    );
  });

  test('of no records is empty', () => {
    expect([...batchWith([], 0)]).toEqual([]);
  });

  test('of LogAppendTime gives every record the batch’s time', () => {
    const bytes = sample(3);
    bytes[ATTRIBUTES_POSITION + 1]! |= 0x08;
    expect([...RecordBatch.read(bytes)].map(({ timestampMs }) => timestampMs)).toEqual([1002, 1002, 1002]);
  });
});

describe('a compressed batch', () => {
  const compressed = (): RecordBatch => {
    const builder = new BatchBuilder();
    for (let index = 0; index < 1000; index++) builder.append(index, null, 'the same text');
    return RecordBatch.read(builder.buildSync({ compression: 'zstd' }));
  };

  test('is read after it was decompressed, once', async () => {
    const batch = compressed();
    expect(batch.isReadable).toBe(false);
    expect(() => batch.records()).toThrow(withCode('INVALID_ARGUMENT', 'await decompress()'));
    expect(() => batch.cursor()).toThrow(withCode('INVALID_ARGUMENT', 'zstd'));
    await batch.decompress();
    expect(batch.isReadable).toBe(true);
    const [first] = batch;
    await batch.decompress();
    batch.decompressSync();
    expect(batch.records().next().value!.value!.buffer).toBe(first!.value!.buffer);
    expect([...batch].length).toBe(1000);
  });

  test('is refused beyond the limit', async () => {
    await expect(compressed().decompress({ maxOutputBytes: 1000 })).rejects.toThrow(
      withCode('MESSAGE_TOO_LARGE', '1000'),
    );
    expect(() => compressed().decompressSync({ maxOutputBytes: 1000 })).toThrow(
      withCode('MESSAGE_TOO_LARGE', '1000'),
    );
  });

  test('that decompresses to fewer bytes than its records need is refused', () => {
    const section = compressSync('gzip', Buffer.alloc(69));
    const bytes = Buffer.concat([sample(10).subarray(0, 61), section]);
    bytes.writeInt32BE(bytes.length - 12, 8);
    bytes[ATTRIBUTES_POSITION + 1] = 1;
    expect(() => RecordBatch.read(bytes).decompressSync()).toThrow(
      withCode('CORRUPT_MESSAGE', 'cannot hold'),
    );
  });
});

describe('a malformed record is refused where it is met:', () => {
  // attributes, timestamp delta, offset delta, key length −1, value length −1, no headers
  const good = [0, 0, 0, 1, 1, 0];

  test.each<[string, () => RecordBatch, string]>([
    [
      'records are missing',
      () => batchWith([record(...good), [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80]], 2),
      'varint',
    ],
    [
      'bytes are left over',
      () => batchWith([record(...good), [0]], 1),
      '1 bytes follow the last of 1 records',
    ],
    ['the length is negative', () => batchWith([[1, ...good]]), 'a length of -1 bytes'],
    ['the length exceeds the batch', () => batchWith([[14, ...good]]), 'a length of 7 bytes'],
    ['the length is too short', () => batchWith([[10, ...good]], 1), 'follow'],
    ['bytes follow its last field', () => batchWith([record(...good, 0)]), '1 bytes follow its last field'],
    ['the key exceeds the record', () => batchWith([record(0, 0, 0, 8, 1, 0)]), 'its key claims 4 bytes'],
    ['the key length is below −1', () => batchWith([record(0, 0, 0, 3, 1, 0)]), 'its key claims -2 bytes'],
    ['the value exceeds the record', () => batchWith([record(0, 0, 0, 1, 4, 0)]), 'its value claims 2 bytes'],
    [
      'the value length is below −1',
      () => batchWith([record(0, 0, 0, 1, 3, 0)]),
      'its value claims -2 bytes',
    ],
    ['the header count is negative', () => batchWith([record(0, 0, 0, 1, 1, 1)]), 'it claims -1 headers'],
    [
      'the header count exceeds the record',
      () => batchWith([record(0, 0, 0, 1, 1, 2, 0)]),
      'it claims 1 headers',
    ],
    ['a header key is null', () => batchWith([record(0, 0, 0, 1, 1, 2, 1, 1)]), 'a header key is null'],
    [
      'a header value exceeds the record',
      () => batchWith([record(0, 0, 0, 1, 1, 2, 0, 2)]),
      'header value claims',
    ],
    ['an overlong number', () => batchWith([record(0, 0, 0, 1, 1, 0x80, 0)]), 'longer than its value needs'],
    ['the first offset is negative', () => batchWith([record(0, 0, 1, 1, 1, 0)]), 'offset delta -1'],
    ['an offset is beyond the batch', () => batchWith([record(0, 0, 2, 1, 1, 0)]), 'offset delta 1'],
    [
      'an offset repeats',
      () => batchWith([record(...good), record(...good)]),
      'offset delta 0 does not follow 0',
    ],
  ])('%s', (_, make, reason) => {
    expect(() => [...make()]).toThrow(withCode('CORRUPT_MESSAGE', reason));
  });

  test.each([1, 70, 2 ** 40])('a timestamp %d ms beyond 2^53 − 1', (deltaMs) => {
    const builder = new BatchBuilder();
    builder.append(0, null, null);
    builder.append(deltaMs, null, null);
    const bytes = builder.buildSync();
    bytes.writeBigInt64BE(2n ** 53n - 1n, 27);
    expect(() => [...RecordBatch.read(bytes)]).toThrow(withCode('CORRUPT_MESSAGE', 'timestamp'));
  });
});

describe('batchesOf', () => {
  test('walks batches back to back and stops before an incomplete last one', () => {
    const [one, two] = [sample(3, 0), sample(2, 3)];
    const all = Buffer.concat([one, two]);
    expect([...batchesOf(all)].map(({ header }) => header.baseOffset)).toEqual([0, 3]);
    for (let cut = 1; cut <= two.length; cut++) {
      expect([...batchesOf(all.subarray(0, all.length - cut))].length).toBe(1);
    }
    expect([...batchesOf(Buffer.alloc(0))]).toEqual([]);
  });

  test('throws at a damaged batch', () => {
    const all = Buffer.concat([sample(1), sample(1)]);
    all[sample(1).length + 16] = 7;
    expect(() => [...batchesOf(all)]).toThrow(withCode('CORRUPT_MESSAGE', 'magic is 7'));
  });
});
