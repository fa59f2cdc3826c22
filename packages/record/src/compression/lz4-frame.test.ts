import { compressFrameSync } from 'lz4-napi';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decompressSync } from './codecs.ts';
import { checkLz4Frame } from './lz4-frame.ts';

const MIB = 1048576;
const withCode = (code: string, part: string): unknown =>
  expect.objectContaining({ code, message: expect.stringContaining(part) });

/** A frame by hand: FLG 0x60 (version 1, independent blocks) unless given, BD 0x40 (64 KiB blocks). */
function frame(blocks: readonly Buffer[], flags = 0x60, blockDescriptor = 0x40): Buffer {
  const parts: Buffer[] = [Buffer.from([0x04, 0x22, 0x4d, 0x18, flags, blockDescriptor, 0x82])];
  for (const block of blocks) {
    const size = Buffer.alloc(4);
    size.writeUInt32LE(block.length);
    parts.push(size, block);
  }
  return Buffer.concat([...parts, Buffer.alloc(4)]);
}

test('a block of one literal run may be as long as its output', () => {
  const block = Buffer.from([0x50, ...Buffer.from('hello')]);
  expect(decompressSync('lz4', frame([block]), { maxOutputBytes: 5 }).toString()).toBe('hello');
  expect(() => checkLz4Frame(frame([block]), 4)).toThrow(withCode('MESSAGE_TOO_LARGE', 'decompress to 5'));
});

test('the size of compressed blocks is found exactly, without decompressing', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(255), fc.integer({ min: 1, max: 30_000 })), { minLength: 1, maxLength: 8 }),
      (runs) => {
        const input = Buffer.concat(runs.map(([byte, length]) => Buffer.alloc(length, byte)));
        const bytes = compressFrameSync(input);
        checkLz4Frame(bytes, input.length);
        expect(() => checkLz4Frame(bytes, input.length - 1)).toThrow(
          withCode('MESSAGE_TOO_LARGE', `decompress to ${input.length}`),
        );
      },
    ),
  );
});

test('a frame whose blocks could exceed the limit, but do not, is accepted', () => {
  // Blocks of up to 4 MiB: the bound from block sizes is far above the true 5 MiB.
  const input = Buffer.from(Array.from({ length: 5 * MIB }, (_, index) => (index >> 8) & 0xff));
  const bytes = compressFrameSync(input);
  expect(decompressSync('lz4', bytes, { maxOutputBytes: input.length }).equals(input)).toBe(true);
});

describe('a malformed frame is refused:', () => {
  const whole = compressFrameSync(Buffer.from('some text, some text, some text, some text'));
  const damaged = (position: number, byte: number): Buffer => {
    const copy = Buffer.from(whole);
    copy[position] = byte;
    return copy;
  };

  test.each([
    ['another magic', damaged(0, 0x05), 'magic'],
    ['another version', damaged(4, 0xa0), 'version 2'],
    ['a dictionary', damaged(4, 0x61), 'dictionary'],
    ['an unknown block size', damaged(5, 0x30), 'block size code 3'],
    ['too few bytes', whole.subarray(0, 10), 'too few'],
    ['no end mark', whole.subarray(0, whole.length - 4), 'end mark'],
    ['an end inside a block', whole.subarray(0, 14), 'inside a block'],
    ['bytes after the end', Buffer.concat([whole, Buffer.alloc(1)]), 'its end is at byte'],
    ['a block over the block size', frame([Buffer.alloc(65_537)]), 'exceeds 65536'],
    ['a block that ends in a length', frame([Buffer.from([0xf0, 0xff])]), 'inside a length'],
    ['a block that ends in an offset', frame([Buffer.from([0x10, 0x61, 0x01])]), 'inside a sequence'],
    ['a block without last literals', frame([Buffer.from([0x10, 0x61, 0x01, 0x00])]), 'without literals'],
    ['an empty block', frame([Buffer.from([0x80, 0x00])]), ''],
  ])('%s', (_, bytes, reason) => {
    expect(() => checkLz4Frame(bytes, 1)).toThrow(withCode('CORRUPT_MESSAGE', reason));
  });

  test('a declared content size that the blocks cannot hold', () => {
    const header = Buffer.from([0x04, 0x22, 0x4d, 0x18, 0x68, 0x40, 0, 0, 0, 0, 0, 1, 0, 0, 0x00]);
    const bytes = Buffer.concat([header, frame([Buffer.from([0x10, 0x61])]).subarray(7)]);
    expect(() => checkLz4Frame(bytes, MIB)).toThrow(withCode('CORRUPT_MESSAGE', 'declared content size'));
  });

  test('a header whose checksum is wrong, by the decoder', () => {
    expect(() => decompressSync('lz4', damaged(6, whole[6]! ^ 1), { maxOutputBytes: MIB })).toThrow(
      withCode('CORRUPT_MESSAGE', 'lz4'),
    );
  });
});
