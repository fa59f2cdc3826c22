import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readSafeInt64, writeSafeInt64 } from './safe-int64.ts';

test('writes what a bigint write writes and reads it back, for every safe integer', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (value) => {
      const bytes = Buffer.alloc(8);
      writeSafeInt64(bytes, 0, value);
      expect(bytes.readBigInt64BE()).toBe(BigInt(value));
      expect(readSafeInt64(bytes, 0, 'field')).toBe(value);
    }),
    {
      examples: [
        [0],
        [-1],
        [2 ** 32],
        [-(2 ** 32)],
        [2 ** 53 - 1],
        [-(2 ** 53) + 1],
        [2 ** 31],
        [-(2 ** 31)],
      ],
    },
  );
});

test('refuses what a number cannot hold exactly, and names the field', () => {
  for (const value of [2n ** 53n, -(2n ** 53n), 2n ** 63n - 1n, -(2n ** 63n), 2n ** 53n + 1n]) {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64BE(value);
    expect(() => readSafeInt64(bytes, 0, 'base offset')).toThrow(
      expect.objectContaining({ code: 'CORRUPT_MESSAGE', message: expect.stringContaining(`base offset`) }),
    );
    expect(() => readSafeInt64(bytes, 0, 'x')).toThrow(String(value));
  }
});
