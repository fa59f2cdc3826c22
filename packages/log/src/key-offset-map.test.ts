import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { KeyOffsetMap, MIN_KEY_MAP_BYTES } from './key-offset-map.ts';

test('it holds the last offset of each key, as a map of the keys themselves does, until it is full', () => {
  const puts = fc.array(fc.tuple(fc.nat(300), fc.nat(1_000_000)), { maxLength: 600 });
  fc.assert(
    fc.property(puts, fc.constantFrom(MIN_KEY_MAP_BYTES, 5000, 20_000, 1_000_000), (entries, maxBytes) => {
      const map = new KeyOffsetMap({ maxBytes });
      const model = new Map<number, number>();
      for (const [key, offset] of entries) {
        if (!map.put(Buffer.from(`key-${key}`), offset)) {
          expect(model.has(key)).toBe(false);
          break;
        }
        model.set(key, offset);
      }
      expect(map.size).toBe(model.size);
      expect(map.sizeBytes).toBeLessThanOrEqual(maxBytes);
      for (let key = 0; key <= 300; key++)
        expect(map.get(Buffer.from(`key-${key}`))).toBe(model.get(key) ?? -1);
    }),
  );
});

test('most of its memory can be used', () => {
  const maxBytes = 1_000_000;
  const map = new KeyOffsetMap({ maxBytes });
  let count = 0;
  while (map.put(Buffer.from(`key-${count}`), count)) count += 1;
  expect(count * 24).toBeGreaterThan(maxBytes * 0.6);
});

test('what a cleaning of few keys takes is little', () => {
  const map = new KeyOffsetMap({ maxBytes: 134_217_728 });
  for (let key = 0; key < 100; key++) map.put(Buffer.from(`${key}`), key);
  expect(map.sizeBytes).toBeLessThan(100_000);
});
