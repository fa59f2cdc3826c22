import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FilePool } from './file-pool.ts';
import { MemoryFileSystem } from './memory-file-system.ts';
import { OffsetIndex } from './offset-index.ts';

const PATH = '/00000000000000000100.index';

function open(fileSystem: MemoryFileSystem, sizeBytes?: number, maxBytes = 10_000_000): OffsetIndex {
  return new OffsetIndex({
    path: PATH,
    baseOffset: 100,
    files: new FilePool({ fileSystem }),
    sizeBytes,
    maxBytes,
  });
}

describe('the file', () => {
  test("has Kafka's entries: relative offset and position, four bytes each", async () => {
    const fileSystem = new MemoryFileSystem();
    const index = open(fileSystem);
    index.add({ offset: 114, position: 6000 });
    index.add({ offset: 130, position: 12_345 });
    await index.sync();
    expect(fileSystem.readFileSync(PATH).toString('hex')).toBe('0000000e00001770' + '0000001e00003039');
  });

  test('is there, and empty, when the index is', async () => {
    const fileSystem = new MemoryFileSystem();
    await open(fileSystem).sync();
    expect(fileSystem.readFileSync(PATH)).toHaveLength(0);
  });

  test('is opened again with what it held', async () => {
    const fileSystem = new MemoryFileSystem();
    const index = open(fileSystem);
    index.add({ offset: 114, position: 6000 });
    await index.sync();
    const again = open(fileSystem, 8);
    expect(await again.last()).toEqual({ offset: 114, position: 6000 });
    again.add({ offset: 120, position: 7000 });
    await again.write();
    expect(fileSystem.readFileSync(PATH)).toHaveLength(16);
  });

  test('bytes of half an entry are replaced', async () => {
    const fileSystem = new MemoryFileSystem();
    const file = await fileSystem.open(PATH, 'create');
    file.writevSync([Buffer.from('0000000e00001770ffff', 'hex')], 0);
    const index = open(fileSystem, 10);
    expect(index.count).toBe(1);
    index.add({ offset: 120, position: 7000 });
    await index.sync();
    expect(fileSystem.readFileSync(PATH).toString('hex')).toBe('0000000e00001770' + '0000001400001b58');
  });

  test('zeros that were allocated beforehand are no entries', async () => {
    const fileSystem = new MemoryFileSystem();
    const file = await fileSystem.open(PATH, 'create');
    file.writevSync([Buffer.concat([Buffer.from('0000000e00001770', 'hex'), Buffer.alloc(8000)])], 0);
    const index = open(fileSystem, 8008);
    expect(await index.floor(5000)).toEqual({ offset: 114, position: 6000 });
    await index.truncateToPosition(100_000);
    expect(index.count).toBe(1);
    expect(fileSystem.readFileSync(PATH)).toHaveLength(8);
  });

  test('that is shorter than it should be gives what it has', async () => {
    const fileSystem = new MemoryFileSystem();
    await open(fileSystem).sync();
    const index = open(fileSystem, 800);
    expect(await index.last()).toBeUndefined();
    expect(await index.floor(1000)).toBeUndefined();
  });
});

test('a full index takes no more entries', () => {
  const index = open(new MemoryFileSystem(), undefined, 24);
  for (let position = 1; position < 9; position++) index.add({ offset: 100 + position, position });
  expect(index.count).toBe(3);
  expect(index.roomEntries).toBe(0);
});

test('searches and cuts agree with a plain array, whatever is in memory and whatever in the file', async () => {
  const gap = fc.tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 5000 }));
  const command = fc.oneof(
    { weight: 6, arbitrary: fc.record({ add: fc.array(gap, { minLength: 1, maxLength: 400 }) }) },
    { weight: 2, arbitrary: fc.constant('write' as const) },
    { weight: 3, arbitrary: fc.record({ find: fc.nat({ max: 60_000 }) }) },
    { weight: 1, arbitrary: fc.record({ cut: fc.nat({ max: 3_000_000 }) }) },
    { weight: 1, arbitrary: fc.constant('reopen' as const) },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(command, { maxLength: 25 }), async (commands) => {
      const fileSystem = new MemoryFileSystem();
      let index = open(fileSystem);
      let model: { offset: number; position: number }[] = [];
      for (const next of commands) {
        if (next === 'write') await index.write();
        else if (next === 'reopen') {
          await index.sync();
          index = open(fileSystem, fileSystem.readFileSync(PATH).length);
        } else if ('add' in next) {
          for (const [offsets, bytes] of next.add) {
            const last = model.at(-1) ?? { offset: 100, position: 0 };
            model.push({ offset: last.offset + offsets, position: last.position + bytes });
            index.add(model.at(-1) as { offset: number; position: number });
          }
        } else if ('find' in next) {
          const expected = model.findLast((entry) => entry.offset <= 100 + next.find);
          expect(await index.floor(100 + next.find)).toEqual(expected);
        } else {
          model = model.filter((entry) => entry.position < next.cut);
          await index.truncateToPosition(next.cut);
        }
        expect(index.count).toBe(model.length);
        expect(await index.last()).toEqual(model.at(-1));
      }
    }),
    { numRuns: 60 },
  );
});
