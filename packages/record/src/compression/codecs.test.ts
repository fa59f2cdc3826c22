import fc from 'fast-check';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { compress, compressSync, decompress, decompressSync } from './codecs.ts';
import { COMPRESSION_TYPES } from './compression-type.ts';

const CODECS = COMPRESSION_TYPES.filter((type) => type !== 'none');
const NO_LIMIT = { maxOutputBytes: 1 << 30 };
const MIB = 1048576;

/** Text that compresses about as log lines do, of exactly this size. */
function lines(sizeBytes: number): Buffer {
  const text = Array.from(
    { length: Math.ceil(sizeBytes / 20) + 1 },
    (_, index) => `line ${(index * 7919) % 10007}\n`,
  );
  return Buffer.from(text.join('').slice(0, sizeBytes).padEnd(sizeBytes, '.'));
}

const withCode = (code: string): unknown => expect.objectContaining({ name: 'TidelogError', code });

describe.each(CODECS)('%s', (type) => {
  test('gives back what was compressed, on and off the main thread, in any combination', async () => {
    for (const sizeBytes of [0, 1, 11, 1000, 65_535, 65_536, 65_537, 300_000, 5 * MIB]) {
      const input = lines(sizeBytes);
      const compressed = [await compress(type, input), compressSync(type, input)];
      for (const bytes of compressed) {
        expect((await decompress(type, bytes, NO_LIMIT)).equals(input)).toBe(true);
        expect(decompressSync(type, bytes, NO_LIMIT).equals(input)).toBe(true);
      }
    }
  });

  test('gives back any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5000 }), (input) => {
        const output = decompressSync(type, compressSync(type, input), NO_LIMIT);
        expect(output.equals(Buffer.from(input))).toBe(true);
      }),
    );
  });

  test('accepts output of exactly the limit and refuses one byte more', async () => {
    for (const sizeBytes of [1000, 100_000, 3 * MIB + 17]) {
      const bytes = compressSync(type, lines(sizeBytes));
      const [exact, less] = [{ maxOutputBytes: sizeBytes }, { maxOutputBytes: sizeBytes - 1 }];
      expect(decompressSync(type, bytes, exact).length).toBe(sizeBytes);
      expect((await decompress(type, bytes, exact)).length).toBe(sizeBytes);
      expect(() => decompressSync(type, bytes, less)).toThrow(withCode('MESSAGE_TOO_LARGE'));
      await expect(decompress(type, bytes, less)).rejects.toThrow(withCode('MESSAGE_TOO_LARGE'));
    }
  });

  test('refuses a bomb without allocating for it', () => {
    const bomb = compressSync(type, Buffer.alloc(64 * MIB));
    const before = process.memoryUsage();
    const allocated = (): number => {
      const { external, arrayBuffers } = process.memoryUsage();
      return Math.max(external - before.external, arrayBuffers - before.arrayBuffers);
    };
    const peakBefore = process.resourceUsage().maxRSS;
    expect(() => decompressSync(type, bomb, { maxOutputBytes: MIB })).toThrow(withCode('MESSAGE_TOO_LARGE'));
    expect(allocated()).toBeLessThan(16 * MIB);
    expect(process.resourceUsage().maxRSS - peakBefore).toBeLessThan(32 * 1024);
  });

  test('refuses bytes after the end', async () => {
    const bytes = compressSync(type, lines(1000));
    for (const tail of [Buffer.alloc(1), Buffer.alloc(30), Buffer.from('x'), bytes]) {
      // gzip is the one format of members that may follow each other.
      if (type === 'gzip' && tail === bytes) continue;
      const longer = Buffer.concat([bytes, tail]);
      expect(() => decompressSync(type, longer, NO_LIMIT)).toThrow(withCode('CORRUPT_MESSAGE'));
      await expect(decompress(type, longer, NO_LIMIT)).rejects.toThrow(withCode('CORRUPT_MESSAGE'));
    }
  });

  test('refuses truncated and damaged bytes with CORRUPT_MESSAGE or gives other bytes, and never crashes', () => {
    const input = lines(20_000);
    const bytes = compressSync(type, input);
    for (let length = 0; length < bytes.length; length += 1 + Math.floor(bytes.length / 60)) {
      expect(() => decompressSync(type, bytes.subarray(0, length), NO_LIMIT)).toThrow(
        withCode('CORRUPT_MESSAGE'),
      );
    }
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (position, flip) => {
        const damaged = Buffer.from(bytes);
        damaged[position]! ^= flip;
        try {
          expect(decompressSync(type, damaged, { maxOutputBytes: MIB }).length).toBeLessThanOrEqual(MIB);
        } catch (error) {
          expect(error).toMatchObject({
            code: expect.stringMatching(/^(CORRUPT_MESSAGE|MESSAGE_TOO_LARGE)$/),
          });
        }
      }),
    );
  });

  test('refuses random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 20, maxLength: 300 }), (bytes) => {
        try {
          decompressSync(type, bytes, { maxOutputBytes: MIB });
        } catch (error) {
          expect(error).toMatchObject({ name: 'TidelogError' });
        }
      }),
    );
  });

  test('compresses a view of a larger buffer and plain Uint8Arrays', async () => {
    const whole = new Uint8Array(lines(1000));
    const view = whole.subarray(100, 700);
    expect(decompressSync(type, compressSync(type, view), NO_LIMIT).equals(Buffer.from(view))).toBe(true);
    expect((await decompress(type, await compress(type, view), NO_LIMIT)).equals(Buffer.from(view))).toBe(
      true,
    );
  });
});

describe('levels', () => {
  test('of gzip and zstd are honoured', () => {
    const input = lines(200_000);
    for (const [type, low, high] of [
      ['gzip', 1, 9],
      ['zstd', -50, 19],
    ] as const) {
      expect(compressSync(type, input, { level: high }).length).toBeLessThan(
        compressSync(type, input, { level: low }).length,
      );
    }
    expect(compressSync('gzip', input).length).toBe(gzipSync(input).length);
    expect(compressSync('zstd', input)).toEqual(compressSync('zstd', input, { level: 1 }));
    expect(compressSync('zstd', input).length).not.toBe(zstdCompressSync(input).length);
  });

  test('outside the range, or for a codec without levels, are refused', async () => {
    for (const [type, level] of [
      ['gzip', 0],
      ['gzip', 10],
      ['gzip', 1.5],
      ['zstd', 23],
      ['zstd', NaN],
      ['lz4', 1],
      ['snappy', 1],
      ['none', 1],
    ] as const) {
      expect(() => compressSync(type, Buffer.alloc(1), { level })).toThrow(withCode('INVALID_ARGUMENT'));
      await expect(compress(type, Buffer.alloc(1), { level })).rejects.toThrow(withCode('INVALID_ARGUMENT'));
    }
  });
});

test('none shares the memory of its input and still obeys the limit', async () => {
  const input = lines(100);
  expect(compressSync('none', input).buffer).toBe(input.buffer);
  expect((await compress('none', input)).buffer).toBe(input.buffer);
  expect(decompressSync('none', input, { maxOutputBytes: 100 }).equals(input)).toBe(true);
  expect(() => decompressSync('none', input, { maxOutputBytes: 99 })).toThrow(withCode('MESSAGE_TOO_LARGE'));
  await expect(decompress('none', input, { maxOutputBytes: 99 })).rejects.toThrow(
    withCode('MESSAGE_TOO_LARGE'),
  );
});

test('a limit that is none is refused', async () => {
  for (const maxOutputBytes of [0, -1, NaN, 1.5, Infinity]) {
    const bytes = compressSync('gzip', lines(10));
    expect(() => decompressSync('gzip', bytes, { maxOutputBytes })).toThrow(withCode('INVALID_ARGUMENT'));
    await expect(decompress('gzip', bytes, { maxOutputBytes })).rejects.toThrow(withCode('INVALID_ARGUMENT'));
  }
});
