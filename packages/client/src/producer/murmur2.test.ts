import { expect, test } from 'vitest';
import fc from 'fast-check';
import { murmur2, partitionForKey } from './murmur2.ts';

// From Kafka's own UtilsTest.testMurmur2.
const KAFKA_HASHES: [string, number][] = [
  ['21', -973932308],
  ['foobar', -790332482],
  ['a-little-bit-long-string', -985981536],
  ['a-little-bit-longer-string', -1486304829],
  ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
];

test.each(KAFKA_HASHES)('the hash of %j is the one of the Java client', (key, hash) => {
  expect(murmur2(Buffer.from(key))).toBe(hash);
  expect(murmur2(key)).toBe(hash);
});

test('the hash of three bytes a, b, c is the one of the Java client', () => {
  expect(murmur2(Buffer.from('abc'))).toBe(479470107);
});

test('a negative hash loses its sign bit before the remainder is taken', () => {
  // Math.abs would give 790332482 % 10 = 2.
  expect(partitionForKey('foobar', 10)).toBe((-790332482 & 0x7fffffff) % 10);
  expect(partitionForKey('foobar', 10)).toBe(6);
});

test('a string and its UTF-8 bytes have the same hash', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      expect(murmur2(text)).toBe(murmur2(Buffer.from(text, 'utf8')));
    }),
  );
});
