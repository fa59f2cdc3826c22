import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PieceList } from './piece-list.ts';

describe('PieceList', () => {
  test('joins any pieces in their order, again and again', () => {
    const piece = fc.record({
      bytes: fc.oneof(fc.uint8Array({ maxLength: 50 }), fc.uint8Array({ minLength: 4096, maxLength: 9000 })),
      isBehindLast: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(fc.array(piece, { maxLength: 12 }), { maxLength: 4 }), (lists) => {
        const pieces = new PieceList();
        for (const list of lists) {
          const expected = Buffer.concat(list.map(({ bytes }) => bytes));
          const slab = Buffer.from(expected);
          let position = 0;
          for (const { bytes, isBehindLast } of list) {
            const end = position + bytes.length;
            pieces.add(isBehindLast ? slab.subarray(position, end) : Buffer.from(bytes));
            position = end;
          }
          expect(pieces.sizeBytes).toBe(expected.length);
          expect(Buffer.compare(pieces.join(), expected)).toBe(0);
          expect(pieces.sizeBytes).toBe(0);
        }
      }),
    );
  });

  test('keeps one piece, and pieces that follow each other in memory, as a view', () => {
    const slab = Buffer.alloc(100, 1);
    const pieces = new PieceList();
    pieces.add(slab.subarray(10, 20));
    expect(pieces.join().buffer).toBe(slab.buffer);
    pieces.add(slab.subarray(10, 20));
    pieces.add(slab.subarray(20, 21));
    pieces.add(slab.subarray(21, 90));
    const joined = pieces.join();
    expect([joined.buffer, joined.byteOffset, joined.length]).toEqual([
      slab.buffer,
      slab.byteOffset + 10,
      80,
    ]);
  });

  test('holds a million tiny pieces in memory in proportion to their bytes', () => {
    const pieces = new PieceList();
    const one = Buffer.alloc(1);
    const beforeBytes = process.memoryUsage().arrayBuffers;
    for (let i = 0; i < 1_000_000; i++) pieces.add(one);
    expect(process.memoryUsage().arrayBuffers - beforeBytes).toBeLessThan(4 * 1024 * 1024);
    expect(pieces.join()).toHaveLength(1_000_000);
  });

  test('lets go of everything when it is cleared', () => {
    const pieces = new PieceList();
    pieces.add(Buffer.from('abc'));
    pieces.add(Buffer.from('def'));
    pieces.clear();
    pieces.add(Buffer.from('ghi'));
    expect(pieces.join().toString()).toBe('ghi');
  });
});
