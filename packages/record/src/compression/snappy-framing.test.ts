import { compressSync as rawSnappy } from 'snappy';
import { describe, expect, test } from 'vitest';
import { decompress, decompressSync } from './codecs.ts';
import { snappyBlocks } from './snappy-framing.ts';

const LIMIT = { maxOutputBytes: 1_000_000 };
const withCode = (code: string, part: string): unknown =>
  expect.objectContaining({ code, message: expect.stringContaining(part) });

/** The framing of snappy-java: magic, two versions, and each block with its length. */
function xerial(...blocks: readonly Buffer[]): Buffer {
  const parts: Buffer[] = [Buffer.from('\x82SNAPPY\x00\x00\x00\x00\x01\x00\x00\x00\x01', 'latin1')];
  for (const block of blocks) {
    const length = Buffer.alloc(4);
    length.writeInt32BE(block.length);
    parts.push(length, block);
  }
  return Buffer.concat(parts);
}

test('the blocks of a xerial stream are read one after the other', async () => {
  const stream = xerial(rawSnappy('one '), rawSnappy('two '), rawSnappy('three'));
  expect(decompressSync('snappy', stream, LIMIT).toString()).toBe('one two three');
  expect((await decompress('snappy', stream, LIMIT)).toString()).toBe('one two three');
  expect(decompressSync('snappy', xerial(), LIMIT).length).toBe(0);
});

test('the limit counts all blocks of a xerial stream together', () => {
  const stream = xerial(rawSnappy('x'.repeat(600)), rawSnappy('y'.repeat(600)));
  expect(decompressSync('snappy', stream, { maxOutputBytes: 1200 }).length).toBe(1200);
  expect(() => decompressSync('snappy', stream, { maxOutputBytes: 1199 })).toThrow(
    withCode('MESSAGE_TOO_LARGE', '1200'),
  );
});

describe('a malformed xerial stream is refused:', () => {
  const block = rawSnappy('hello');
  const whole = xerial(block, block);
  test('one that ends inside a block or its length', () => {
    for (let length = 17; length < whole.length; length++) {
      // Only the end of the first block is an end.
      if (length === 16 + 4 + block.length) continue;
      expect(() => snappyBlocks(whole.subarray(0, length), 100)).toThrow(
        withCode('CORRUPT_MESSAGE', 'xerial'),
      );
    }
  });

  test('one with an empty or negative block length', () => {
    for (const length of [0, -1, -(2 ** 31), 2 ** 31 - 1]) {
      const damaged = Buffer.from(whole);
      damaged.writeInt32BE(length, 16);
      expect(() => snappyBlocks(damaged, 100)).toThrow(withCode('CORRUPT_MESSAGE', `claims ${length} bytes`));
    }
  });
});

describe('a declared length is not trusted:', () => {
  test('one beyond what the block can hold is refused before the decoder sees it', () => {
    const huge = Buffer.from([0xff, 0xff, 0xff, 0xff, 0x0f, 0x00, 0x61]);
    expect(() => snappyBlocks(huge, 2 ** 40)).toThrow(withCode('CORRUPT_MESSAGE', 'declares 4294967295'));
  });

  test('one that the block does not fill, or overfills, is refused by the decoder', () => {
    const block = Buffer.from(rawSnappy('hello world'));
    for (const length of [10, 12]) {
      block[0] = length;
      expect(() => decompressSync('snappy', block, LIMIT)).toThrow(withCode('CORRUPT_MESSAGE', 'snappy'));
    }
  });

  test('one of more than 32 bits is refused', () => {
    expect(() => snappyBlocks(Buffer.alloc(8, 0xff), 100)).toThrow(withCode('CORRUPT_MESSAGE', '32 bits'));
    expect(() => snappyBlocks(Buffer.from([0xff, 0xff]), 100)).toThrow(
      withCode('CORRUPT_MESSAGE', 'inside its length'),
    );
    expect(() => snappyBlocks(Buffer.alloc(0), 100)).toThrow(
      withCode('CORRUPT_MESSAGE', 'inside its length'),
    );
  });
});
