import fc from 'fast-check';
import Long from 'long';
import { describe, expect, test } from 'vitest';
import protobuf from 'protobufjs/minimal.js';
import { wire } from '../gen/wire.js';
import { decodeResponseBody } from './message-decoder.ts';
import { fromSafeNumber, toSafeNumber } from './int64.ts';

const MAX = Number.MAX_SAFE_INTEGER;
const EDGES = [0, 1, -1, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 2 ** 32, -(2 ** 31), -(2 ** 32), MAX, -MAX];
const TOO_LARGE = [
  Long.MAX_VALUE, // 2^63 − 1
  Long.MIN_VALUE, // −2^63
  Long.fromString('9007199254740992'), // 2^53
  Long.fromString('-9007199254740992'),
  Long.fromString('9007199254740993'),
  Long.fromString('-9223372036854775807'),
];

/** A ProduceResponse whose only base offset is `value`, made by plain protobufjs. */
function produceResponse(value: Long): Buffer {
  return Buffer.from(wire.ProduceResponse.encode({ partitions: [{ baseOffset: value }] }).finish());
}

describe('toSafeNumber', () => {
  test.each(EDGES)('%d comes back from a Long as it went in', (value) => {
    expect(toSafeNumber(fromSafeNumber(value))).toBe(value);
  });

  test('any safe integer survives the way over the wire', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        const body = decodeResponseBody('PRODUCE', produceResponse(fromSafeNumber(value)));
        expect(toSafeNumber(body.partitions[0]?.baseOffset as Long)).toBe(value);
      }),
    );
  });

  test.each(TOO_LARGE)('%s is refused with its name and value', (value) => {
    expect(() => toSafeNumber(value, 'baseOffset')).toThrowError(
      expect.objectContaining({
        code: 'MALFORMED_FRAME',
        message: expect.stringContaining(`baseOffset is ${value}`),
      }),
    );
  });

  test.each(TOO_LARGE)('a body that holds %s is refused as a whole', (value) => {
    expect(() => decodeResponseBody('PRODUCE', produceResponse(value))).toThrowError(
      expect.objectContaining({
        code: 'MALFORMED_FRAME',
        message: expect.stringMatching(/^PRODUCE response cannot be decoded: .*outside the range/),
      }),
    );
  });

  test('zigzag fields are checked as well', () => {
    for (const timestampMs of [Long.MIN_VALUE, Long.MAX_VALUE]) {
      const body = Buffer.from(wire.ListOffsetsResponse.encode({ partitions: [{ timestampMs }] }).finish());
      expect(() => decodeResponseBody('LIST_OFFSETS', body)).toThrowError(/outside the range/);
    }
  });
});

describe('fromSafeNumber', () => {
  const notSafe = [MAX + 1, -MAX - 1, 2 ** 63, 1.5, NaN, Infinity, '5', null, undefined, 5n, 2n ** 63n];

  test.each(notSafe)('%s is refused', (value) => {
    expect(() => fromSafeNumber(value as number, 'offset')).toThrowError(
      expect.objectContaining({
        code: 'INVALID_ARGUMENT',
        message: expect.stringContaining('offset must be'),
      }),
    );
  });

  test('it is needed because plain protobufjs writes a bigint as 0', () => {
    const writer = protobuf.Writer.create().int64(5n as unknown as number);
    expect([...writer.finish()]).toEqual([0]);
  });
});
