import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  readZigzagVarint,
  readZigzagVarlong,
  writeZigzagVarint,
  writeZigzagVarlong,
  zigzagVarintSize,
  zigzagVarlongSize,
  type ByteCursor,
} from './varint.ts';

const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });

function cursorOver(bytes: readonly number[], end: number = bytes.length): ByteCursor {
  return { bytes: Buffer.from(bytes), position: 0, end };
}

function written(write: typeof writeZigzagVarint, value: number): Buffer {
  const target = Buffer.alloc(12, 0xee);
  return target.subarray(0, write(target, 0, value));
}

/** The definition, in bigint: zigzag of 64 bits, then groups of 7. */
function reference(value: number): number[] {
  let zigzag = value >= 0 ? BigInt(value) * 2n : -BigInt(value) * 2n - 1n;
  const bytes: number[] = [];
  for (; zigzag >= 128n; zigzag >>= 7n) bytes.push(Number(zigzag & 127n) | 128);
  return [...bytes, Number(zigzag)];
}

test('small numbers are written as Protocol Buffers writes them', () => {
  expect([...written(writeZigzagVarint, 0)]).toEqual([0]);
  expect([...written(writeZigzagVarint, -1)]).toEqual([1]);
  expect([...written(writeZigzagVarint, 1)]).toEqual([2]);
  expect([...written(writeZigzagVarint, -2)]).toEqual([3]);
  expect([...written(writeZigzagVarint, 300)]).toEqual([0xd8, 0x04]);
  expect([...written(writeZigzagVarint, 2 ** 31 - 1)]).toEqual([0xfe, 0xff, 0xff, 0xff, 0x0f]);
  expect([...written(writeZigzagVarint, -(2 ** 31))]).toEqual([0xff, 0xff, 0xff, 0xff, 0x0f]);
});

test('an int32 is written by definition, in the size foretold, and read back', () => {
  fc.assert(
    fc.property(int32, (value) => {
      const bytes = written(writeZigzagVarint, value);
      expect([...bytes]).toEqual(reference(value));
      expect(zigzagVarintSize(value)).toBe(bytes.length);
      const cursor = cursorOver([...bytes, 0x55]);
      expect(readZigzagVarint(cursor)).toBe(value);
      expect(cursor.position).toBe(bytes.length);
    }),
    {
      examples: [7, 14, 21, 28, 31].flatMap((bits) =>
        [-1, 0, 1].map((by) => [(2 ** (bits - 1) - 1 + by) | 0]),
      ) as [number][],
    },
  );
});

test('a safe integer is written by definition, in the size foretold, and read back', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (value) => {
      const bytes = written(writeZigzagVarlong, value);
      expect([...bytes]).toEqual(reference(value));
      expect(zigzagVarlongSize(value)).toBe(bytes.length);
      const cursor = cursorOver([...bytes]);
      expect(readZigzagVarlong(cursor)).toBe(value);
      expect(cursor.position).toBe(bytes.length);
    }),
    {
      examples: Array.from({ length: 53 }, (_, bits) => [
        [2 ** bits - 1],
        [-(2 ** bits) + 1],
        [-(2 ** bits)],
      ]).flat() as [number][],
    },
  );
});

describe('reading refuses with CORRUPT_MESSAGE', () => {
  const refused = (read: () => number, reason: string): void => {
    expect(read).toThrow(
      expect.objectContaining({ code: 'CORRUPT_MESSAGE', message: expect.stringContaining(reason) }),
    );
  };

  test('a number that runs past the end of its range', () => {
    refused(() => readZigzagVarint(cursorOver([])), 'past the end');
    refused(() => readZigzagVarint(cursorOver([0x80])), 'past the end');
    refused(() => readZigzagVarint(cursorOver([0x80, 0x01], 1)), 'past the end');
    refused(() => readZigzagVarlong(cursorOver([])), 'past the end');
    refused(() => readZigzagVarlong(cursorOver([0xff, 0xff, 0xff])), 'past the end');
  });

  test('an overlong form', () => {
    refused(() => readZigzagVarint(cursorOver([0x80, 0x00])), 'longer than its value needs');
    refused(() => readZigzagVarint(cursorOver([0x82, 0x80, 0x00])), 'longer than its value needs');
    refused(() => readZigzagVarlong(cursorOver([0x80, 0x80, 0x80, 0x00])), 'longer than its value needs');
  });

  test('more bytes or bits than the type has', () => {
    refused(() => readZigzagVarint(cursorOver([0x80, 0x80, 0x80, 0x80, 0x80, 0x01])), 'longer than 5 bytes');
    refused(() => readZigzagVarint(cursorOver([0xff, 0xff, 0xff, 0xff, 0x10])), 'exceeds 32 bits');
    refused(
      () => readZigzagVarlong(cursorOver([...Array<number>(10).fill(0x80), 1])),
      'longer than 10 bytes',
    );
    refused(() => readZigzagVarlong(cursorOver([...Array<number>(9).fill(0xff), 2])), 'exceeds 64 bits');
  });

  test('a varlong beyond what a number holds exactly', () => {
    for (const value of [2n ** 53n, -(2n ** 53n), 2n ** 63n - 1n, -(2n ** 63n)]) {
      let zigzag = value >= 0n ? value * 2n : -value * 2n - 1n;
      const bytes: number[] = [];
      for (; zigzag >= 128n; zigzag >>= 7n) bytes.push(Number(zigzag & 127n) | 128);
      refused(() => readZigzagVarlong(cursorOver([...bytes, Number(zigzag)])), '2^53');
    }
  });
});
