import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FilePool } from './file-pool.ts';
import { MemoryFileSystem } from './memory-file-system.ts';
import { TimeIndex } from './time-index.ts';

const PATH = '/00000000000000000100.timeindex';

function open(fileSystem: MemoryFileSystem, sizeBytes?: number, maxBytes = 10_000_000): TimeIndex {
  return new TimeIndex({
    path: PATH,
    baseOffset: 100,
    files: new FilePool({ fileSystem }),
    sizeBytes,
    maxBytes,
  });
}

describe('the file', () => {
  test("has Kafka's entries: eight bytes of timestamp, four of relative offset", async () => {
    const fileSystem = new MemoryFileSystem();
    const index = open(fileSystem);
    index.add({ timestampMs: 5000, offset: 109 });
    index.add({ timestampMs: 1_700_000_000_000, offset: 130 });
    await index.sync();
    expect(fileSystem.readFileSync(PATH).toString('hex')).toBe(
      '000000000000138800000009' + '0000018bcfe568000000001e',
    );
  });

  test('only a larger timestamp gets an entry, also after opening it again', async () => {
    const fileSystem = new MemoryFileSystem();
    const index = open(fileSystem);
    index.add({ timestampMs: 5000, offset: 109 });
    index.add({ timestampMs: 5000, offset: 119 });
    index.add({ timestampMs: 4000, offset: 129 });
    await index.sync();
    const again = open(fileSystem, 12);
    expect(await again.last()).toEqual({ timestampMs: 5000, offset: 109 });
    again.add({ timestampMs: 5000, offset: 139 });
    again.add({ timestampMs: 5001, offset: 149 });
    expect(again.count).toBe(2);
  });

  test('keeps room for the entry that seals the segment', () => {
    const index = open(new MemoryFileSystem(), undefined, 24);
    index.add({ timestampMs: 1, offset: 101 });
    index.add({ timestampMs: 2, offset: 102 });
    expect(index.count).toBe(1);
    index.add({ timestampMs: 3, offset: 103 }, { isLast: true });
    expect(index.count).toBe(2);
  });
});

test('searches and cuts agree with a plain array', async () => {
  const gap = fc.tuple(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 50 }));
  await fc.assert(
    fc.asyncProperty(
      fc.array(gap, { maxLength: 1500 }),
      fc.boolean(),
      fc.array(fc.nat({ max: 500_000 }), { maxLength: 10 }),
      fc.nat({ max: 40_000 }),
      async (gaps, isWritten, searches, cut) => {
        const index = open(new MemoryFileSystem());
        const model: { timestampMs: number; offset: number }[] = [];
        for (const [timeMs, offsets] of gaps) {
          const last = model.at(-1) ?? { timestampMs: 0, offset: 100 };
          model.push({ timestampMs: last.timestampMs + timeMs, offset: last.offset + offsets });
          index.add(model.at(-1) as { timestampMs: number; offset: number });
        }
        if (isWritten) await index.write();
        for (const timestampMs of searches) {
          expect(await index.floor(timestampMs)).toEqual(
            model.findLast((entry) => entry.timestampMs <= timestampMs),
          );
        }
        await index.truncateToOffset(100 + cut);
        expect(await index.last()).toEqual(model.findLast((entry) => entry.offset < 100 + cut));
      },
    ),
    { numRuns: 60 },
  );
});
