import { describe, expect, test } from 'vitest';
import { BatchBuilder } from './batch-builder.ts';
import * as format from './batch-format.ts';
import * as header from './batch-header.ts';
import { validateBatch, STORED_BATCH_RULES } from './batch-validation.ts';
import { RecordBatch } from './record-batch.ts';

const withCode = (code: string, part: string): unknown =>
  expect.objectContaining({ code, message: expect.stringContaining(part) });

function sample(): Buffer {
  const builder = new BatchBuilder();
  builder.append(1000, 'a', 'first');
  builder.append(900, 'b', 'second');
  builder.append(5000, null, null);
  return builder.buildSync({
    producerId: 2 ** 40 + 1,
    producerEpoch: 7,
    baseSequence: 99,
    baseOffset: 2 ** 45,
    partitionLeaderEpoch: 12,
    isTransactional: true,
  });
}

test('a header is decoded field by field and as a whole', () => {
  const padded = Buffer.concat([Buffer.alloc(9, 0xaa), sample(), Buffer.alloc(5)]);
  const decoded = header.readBatchHeader(padded, 9);
  expect(decoded).toEqual({
    baseOffset: 2 ** 45,
    sizeBytes: padded.length - 14,
    partitionLeaderEpoch: 12,
    magic: 2,
    crc: padded.readUInt32BE(9 + format.CRC_POSITION),
    attributes: format.ATTRIBUTE_TRANSACTIONAL,
    lastOffsetDelta: 2,
    baseTimestampMs: 1000,
    maxTimestampMs: 5000,
    producerId: 2 ** 40 + 1,
    producerEpoch: 7,
    baseSequence: 99,
    recordCount: 3,
    compression: 'none',
    timestampType: 'CreateTime',
    isTransactional: true,
    isControl: false,
    hasDeleteHorizon: false,
    lastOffset: 2 ** 45 + 2,
  });
  expect(header.batchSizeBytesAt(padded, 9)).toBe(decoded.sizeBytes);
  expect(header.baseOffsetAt(padded, 9)).toBe(decoded.baseOffset);
  expect(header.lastOffsetAt(padded, 9)).toBe(decoded.lastOffset);
  expect(header.partitionLeaderEpochAt(padded, 9)).toBe(12);
  expect(header.magicAt(padded, 9)).toBe(2);
  expect(header.attributesAt(padded, 9)).toBe(decoded.attributes);
  expect(header.baseTimestampAt(padded, 9)).toBe(1000);
  expect(header.maxTimestampAt(padded, 9)).toBe(5000);
  expect(header.producerIdAt(padded, 9)).toBe(decoded.producerId);
  expect(header.producerEpochAt(padded, 9)).toBe(7);
  expect(header.baseSequenceAt(padded, 9)).toBe(99);
  expect(header.recordCountAt(padded, 9)).toBe(3);
});

test('the attribute bits are told apart', () => {
  const bytes = sample();
  bytes.writeUInt16BE(
    format.ATTRIBUTE_CONTROL | format.ATTRIBUTE_DELETE_HORIZON | format.ATTRIBUTE_LOG_APPEND_TIME | 4,
    format.ATTRIBUTES_POSITION,
  );
  expect(header.readBatchHeader(bytes)).toMatchObject({
    compression: 'zstd',
    timestampType: 'LogAppendTime',
    isControl: true,
    isTransactional: false,
    hasDeleteHorizon: true,
  });
});

describe('an impossible header is refused:', () => {
  test.each<[string, (bytes: Buffer) => void, string, string]>([
    ['magic 0', (b) => b.writeInt8(0, 16), 'UNSUPPORTED_FOR_MESSAGE_FORMAT', 'magic is 0'],
    ['magic 1', (b) => b.writeInt8(1, 16), 'UNSUPPORTED_FOR_MESSAGE_FORMAT', 'magic is 1'],
    ['magic 3', (b) => b.writeInt8(3, 16), 'CORRUPT_MESSAGE', 'magic is 3'],
    ['a negative length', (b) => b.writeInt32BE(-1, 8), 'CORRUPT_MESSAGE', '11 bytes'],
    ['a length below the header', (b) => b.writeInt32BE(48, 8), 'CORRUPT_MESSAGE', '60 bytes'],
    ['a negative base offset', (b) => b.writeBigInt64BE(-1n, 0), 'CORRUPT_MESSAGE', 'base offset -1'],
    ['a base offset beyond 2^53', (b) => b.writeBigInt64BE(2n ** 53n, 0), 'CORRUPT_MESSAGE', 'base offset'],
    [
      'a last offset beyond 2^53',
      (b) => b.writeBigInt64BE(2n ** 53n - 2n, 0),
      'CORRUPT_MESSAGE',
      'last offset',
    ],
    ['a negative last offset delta', (b) => b.writeInt32BE(-1, 23), 'CORRUPT_MESSAGE', 'delta -1'],
    [
      'a base timestamp beyond 2^53',
      (b) => b.writeBigInt64BE(2n ** 60n, 27),
      'CORRUPT_MESSAGE',
      'base timestamp',
    ],
    [
      'a max timestamp beyond 2^53',
      (b) => b.writeBigInt64BE(2n ** 60n, 35),
      'CORRUPT_MESSAGE',
      'max timestamp',
    ],
    [
      'a producer id beyond 2^53',
      (b) => b.writeBigInt64BE(-(2n ** 60n), 43),
      'CORRUPT_MESSAGE',
      'producer id',
    ],
    ['a negative record count', (b) => b.writeInt32BE(-1, 57), 'CORRUPT_MESSAGE', 'record count -1'],
    ['codec 5', (b) => b.writeUInt16BE(5, 21), 'CORRUPT_MESSAGE', 'codec 5'],
  ])('%s', (_, damage, code, reason) => {
    const bytes = sample();
    damage(bytes);
    expect(() => header.readBatchHeader(bytes)).toThrow(withCode(code, reason));
  });

  test('fewer than 61 bytes', () => {
    for (let length = 0; length < 61; length++) {
      expect(() => header.readBatchHeader(sample().subarray(0, length))).toThrow(
        withCode('CORRUPT_MESSAGE', `${length} bytes are fewer`),
      );
    }
  });
});

describe('patching', () => {
  test('base offset and leader epoch leaves the CRC valid and everything else as it was', () => {
    const [before, after] = [sample(), sample()];
    header.patchBaseOffset(after, 0, 2 ** 52 + 1);
    header.patchPartitionLeaderEpoch(after, 0, 2 ** 31 - 1);
    expect(validateBatch(after, 0, STORED_BATCH_RULES)).toMatchObject({
      baseOffset: 2 ** 52 + 1,
      partitionLeaderEpoch: 2 ** 31 - 1,
    });
    expect(after.subarray(16).equals(before.subarray(16))).toBe(true);
    expect(after.subarray(8, 12).equals(before.subarray(8, 12))).toBe(true);
  });

  test('to LogAppendTime gives every record the time of the append, with a valid CRC', () => {
    const bytes = Buffer.concat([Buffer.alloc(3), sample(), Buffer.alloc(3)]);
    header.patchLogAppendTime(bytes, 3, 123_456_789_012_345);
    expect(validateBatch(bytes, 3, STORED_BATCH_RULES)).toMatchObject({
      timestampType: 'LogAppendTime',
      maxTimestampMs: 123_456_789_012_345,
      isTransactional: true,
    });
    const times = [...RecordBatch.read(bytes, 3)].map(({ timestampMs }) => timestampMs);
    expect(times).toEqual([123_456_789_012_345, 123_456_789_012_345, 123_456_789_012_345]);
    expect(bytes.subarray(-3).equals(Buffer.alloc(3))).toBe(true);
  });

  test('the producer writes a valid CRC', () => {
    const bytes = sample();
    header.patchProducer(bytes, 0, {
      producerId: 2 ** 53 - 1,
      producerEpoch: 32767,
      baseSequence: 2 ** 31 - 1,
    });
    expect(validateBatch(bytes, 0, STORED_BATCH_RULES)).toMatchObject({
      producerId: 2 ** 53 - 1,
      producerEpoch: 32767,
      baseSequence: 2 ** 31 - 1,
    });
  });
});
