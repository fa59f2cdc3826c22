import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BatchBuilder, type BuildOptions } from './batch-builder.ts';
import * as format from './batch-format.ts';
import { STORED_BATCH_RULES, validateBatch, validateRecords, type BatchRules } from './batch-validation.ts';
import { crc32cOfRange } from './crc32c.ts';
import { RecordBatch } from './record-batch.ts';

const withCode = (code: string, part: string): unknown =>
  expect.objectContaining({ name: 'TidelogError', code, message: expect.stringContaining(part) });

function sample(options: BuildOptions = {}): Buffer {
  const builder = new BatchBuilder();
  for (let index = 0; index < 5; index++) builder.append(1000 + index, `key ${index}`, `value ${index}`);
  return builder.buildSync(options);
}

/** Writes the CRC that belongs to the bytes as they are. */
function seal(bytes: Buffer): Buffer {
  bytes.writeUInt32BE(crc32cOfRange(bytes, format.ATTRIBUTES_POSITION, bytes.length), format.CRC_POSITION);
  return bytes;
}

function damaged(damage: (bytes: Buffer) => void, options?: BuildOptions): Buffer {
  const bytes = sample(options);
  damage(bytes);
  return seal(bytes);
}

const setAttributes =
  (attributes: number) =>
  (bytes: Buffer): void => {
    bytes.writeUInt16BE(attributes, format.ATTRIBUTES_POSITION);
  };

test('a batch of this package is valid, wherever it lies', () => {
  const bytes = Buffer.concat([Buffer.alloc(7), sample({ compression: 'gzip' }), Buffer.alloc(100)]);
  expect(validateBatch(bytes, 7)).toMatchObject({ recordCount: 5, compression: 'gzip' });
});

describe('what a client sends is refused when', () => {
  test.each<[string, Buffer, BatchRules, string, string]>([
    ['no header is there', sample().subarray(0, 60), {}, 'CORRUPT_MESSAGE', 'only 60 bytes'],
    ['its end is missing', sample().subarray(0, -1), {}, 'CORRUPT_MESSAGE', 'bytes are there'],
    ['it declares 2 GB', damaged((b) => b.writeInt32BE(2 ** 31 - 1, 8)), {}, 'CORRUPT_MESSAGE', '2147483659'],
    [
      'it declares a negative length',
      damaged((b) => b.writeInt32BE(-100, 8)),
      {},
      'CORRUPT_MESSAGE',
      '-88 bytes',
    ],
    ['it is over the limit', sample(), { maxBatchBytes: 100 }, 'MESSAGE_TOO_LARGE', 'limit of 100'],
    ['magic is 1', damaged((b) => b.writeInt8(1, 16)), {}, 'UNSUPPORTED_FOR_MESSAGE_FORMAT', 'magic is 1'],
    ['magic is 9', damaged((b) => b.writeInt8(9, 16)), {}, 'CORRUPT_MESSAGE', 'magic is 9'],
    ['the codec is unknown', damaged(setAttributes(7)), {}, 'UNSUPPORTED_COMPRESSION_TYPE', 'codec 7'],
    ['unknown attributes are set', damaged(setAttributes(0x80)), {}, 'INVALID_RECORD', 'attributes 0x80'],
    [
      'fewer records than offsets',
      damaged((b) => b.writeInt32BE(4, 57)),
      {},
      'INVALID_RECORD',
      'record count 4',
    ],
    [
      'more records than offsets',
      damaged((b) => b.writeInt32BE(6, 57)),
      {},
      'INVALID_RECORD',
      'record count 6',
    ],
    [
      'more records than bytes',
      damaged((b) => {
        b.writeInt32BE(1_000_000, 57);
        b.writeInt32BE(999_999, 23);
      }),
      {},
      'CORRUPT_MESSAGE',
      'cannot hold 1000000 records',
    ],
    [
      'the max timestamp is below −1',
      damaged((b) => b.writeBigInt64BE(-2n, 35)),
      {},
      'INVALID_TIMESTAMP',
      '-2',
    ],
    [
      'the base timestamp is below −1',
      damaged((b) => b.writeBigInt64BE(-5n, 27)),
      {},
      'INVALID_TIMESTAMP',
      '-5',
    ],
    ['it claims LogAppendTime', damaged(setAttributes(8)), {}, 'INVALID_TIMESTAMP', 'LogAppendTime'],
    ['it has a delete horizon', damaged(setAttributes(0x40)), {}, 'INVALID_RECORD', 'delete horizon'],
    ['it is a control batch', sample({ isControl: true }), {}, 'INVALID_RECORD', 'control'],
    [
      'it is transactional',
      sample({ isTransactional: true, producerId: 1, producerEpoch: 0, baseSequence: 0 }),
      {},
      'INVALID_RECORD',
      'transactional batch is not accepted',
    ],
    [
      'it is transactional without a producer',
      sample({ isTransactional: true }),
      { allowTransactional: true },
      'INVALID_RECORD',
      'needs a producer id',
    ],
    [
      'the producer id is below −1',
      damaged((b) => b.writeBigInt64BE(-2n, 43)),
      {},
      'INVALID_RECORD',
      'id -2',
    ],
    [
      'the producer has no epoch',
      sample({ producerId: 1, baseSequence: 0 }),
      {},
      'INVALID_RECORD',
      'epoch -1',
    ],
    [
      'the producer has no sequence',
      sample({ producerId: 1, producerEpoch: 0 }),
      {},
      'INVALID_RECORD',
      'sequence -1',
    ],
  ])('%s', (_, bytes, rules, code, reason) => {
    expect(() => validateBatch(bytes, 0, rules)).toThrow(withCode(code, reason));
  });

  test('records are claimed and no bytes are there', () => {
    const bytes = Buffer.from(sample({ compression: 'gzip' }).subarray(0, 61));
    bytes.writeInt32BE(49, 8);
    expect(() => validateBatch(seal(bytes))).toThrow(withCode('CORRUPT_MESSAGE', 'no bytes'));
  });

  test('any byte under the CRC was changed', () => {
    const whole = sample();
    for (let position = format.ATTRIBUTES_POSITION; position < whole.length; position++) {
      const bytes = Buffer.from(whole);
      bytes[position]! ^= 0x10;
      expect(() => validateBatch(bytes)).toThrow(withCode('CORRUPT_MESSAGE', 'CRC-32C'));
    }
  });
});

describe('rules', () => {
  test('the limit counts the whole batch', () => {
    const bytes = sample();
    expect(validateBatch(bytes, 0, { maxBatchBytes: bytes.length }).sizeBytes).toBe(bytes.length);
    expect(() => validateBatch(bytes, 0, { maxBatchBytes: bytes.length - 1 })).toThrow('exceed');
  });

  test('a producer id of −1 makes epoch and sequence meaningless, as kafkajs leaves them', () => {
    expect(validateBatch(sample({ producerEpoch: 0, baseSequence: 0 })).producerId).toBe(-1);
  });

  test('a stored batch may be a marker, be transactional, have gaps, be empty, carry the time of the append', () => {
    const producer = { producerId: 1, producerEpoch: 0, isTransactional: true };
    validateBatch(sample({ ...producer, isControl: true }), 0, STORED_BATCH_RULES);
    validateBatch(damaged(setAttributes(0x48)), 0, STORED_BATCH_RULES);
    validateBatch(
      damaged((b) => b.writeInt32BE(9, 23)),
      0,
      STORED_BATCH_RULES,
    );
    const empty = Buffer.from(sample().subarray(0, 61));
    empty.writeInt32BE(49, 8);
    empty.writeInt32BE(0, 57);
    expect(validateBatch(seal(empty), 0, STORED_BATCH_RULES).recordCount).toBe(0);
  });

  test('a stored batch never has more records than offsets', () => {
    const bytes = damaged((b) => b.writeInt32BE(3, 23));
    expect(() => validateBatch(bytes, 0, STORED_BATCH_RULES)).toThrow(withCode('INVALID_RECORD', 'count 5'));
  });

  test('the CRC is left out only on demand', () => {
    const bytes = sample();
    bytes[bytes.length - 1]! ^= 1;
    expect(() => validateBatch(bytes)).toThrow('CRC-32C');
    expect(validateBatch(bytes, 0, { verifyCrc: false }).recordCount).toBe(5);
  });
});

describe('validateRecords', () => {
  test('requires keys on demand', () => {
    const builder = new BatchBuilder();
    builder.append(1, 'key', 'value');
    builder.append(1, null, 'value');
    const batch = RecordBatch.read(builder.buildSync({ baseOffset: 40 }));
    validateRecords(batch);
    expect(() => validateRecords(batch, { requireKeys: true })).toThrow(
      withCode('INVALID_RECORD', 'offset 41'),
    );
  });

  test('requires no keys of markers', () => {
    const builder = new BatchBuilder();
    builder.append(1, null, 'marker');
    validateRecords(RecordBatch.read(builder.buildSync({ isControl: true })), { requireKeys: true });
  });
});

test('no damage to the bytes leads to anything but an error of this package', () => {
  const whole = sample();
  const damage = fc.record({
    changes: fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
    length: fc.integer({ min: 0, max: whole.length }),
    isSealed: fc.boolean(),
  });
  fc.assert(
    fc.property(damage, ({ changes, length, isSealed }) => {
      const bytes = Buffer.from(whole.subarray(0, length));
      for (const [position, byte] of changes) if (position < length) bytes[position] = byte;
      if (isSealed && length > 61) seal(bytes);
      try {
        validateBatch(bytes, 0, { ...STORED_BATCH_RULES, verifyCrc: isSealed });
        const batch = RecordBatch.read(bytes);
        if (batch.header.compression !== 'none') batch.decompressSync({ maxOutputBytes: 10_000 });
        validateRecords(batch);
        for (const record of batch) expect(record.headers.length).toBe(record.headerCount);
      } catch (error) {
        expect(error).toMatchObject({ name: 'TidelogError' });
      }
    }),
    { numRuns: 3000 },
  );
});
