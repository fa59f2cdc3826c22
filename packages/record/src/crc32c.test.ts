import fc from 'fast-check';
import { expect, test } from 'vitest';
import { crc32c, crc32cInJavaScript, crc32cOfRange } from './crc32c.ts';

test('matches the examples of RFC 3720 appendix B.4', () => {
  expect(crc32c(Buffer.alloc(32, 0x00))).toBe(0x8a9136aa);
  expect(crc32c(Buffer.alloc(32, 0xff))).toBe(0x62a8ab43);
  expect(crc32c(Buffer.from(Array.from({ length: 32 }, (_, index) => index)))).toBe(0x46dd794e);
  expect(crc32c(Buffer.from(Array.from({ length: 32 }, (_, index) => 31 - index)))).toBe(0x113fdb5c);
  expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
  expect(crc32c(Buffer.alloc(0))).toBe(0);
});

test('the native and the JavaScript implementation agree at every length around their border', () => {
  const bytes = Buffer.from(Array.from({ length: 600 }, (_, index) => (index * 131) & 0xff));
  for (let length = 0; length <= bytes.length; length++) {
    const piece = bytes.subarray(0, length);
    expect(crc32c(piece)).toBe(crc32cInJavaScript(piece));
  }
});

test('may be taken piece by piece', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 1000 }), fc.nat(1000), (bytes, cut) => {
      const first = bytes.subarray(0, cut);
      expect(crc32c(bytes.subarray(cut), crc32c(first))).toBe(crc32c(bytes));
    }),
  );
});

test('of a range equals that of the slice', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 600 }), fc.nat(600), fc.nat(600), (bytes, a, b) => {
      const [start, end] = [Math.min(a, b, bytes.length), Math.min(Math.max(a, b), bytes.length)];
      expect(crc32cOfRange(bytes, start, end)).toBe(crc32c(bytes.slice(start, end)));
    }),
  );
});
