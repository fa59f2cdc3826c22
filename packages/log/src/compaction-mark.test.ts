import { expect, test } from 'vitest';
import { readCompactionMark, writeCompactionMark } from './compaction-mark.ts';
import { MemoryFileSystem } from './memory-file-system.ts';

const PATH = '/compaction.tidelog';

test('what was written is read; none is none', async () => {
  const fileSystem = new MemoryFileSystem();
  expect(await readCompactionMark(fileSystem, PATH)).toBeUndefined();
  for (const mark of [{ gapsBelow: 7 }, { gapsBelow: 7, swap: { baseOffset: 0, endOffset: 5 } }]) {
    await writeCompactionMark(fileSystem, PATH, mark);
    expect(await readCompactionMark(fileSystem, PATH)).toEqual(mark);
  }
});

test.each([
  '',
  '{',
  '{"version":2,"gapsBelow":1}',
  '{"version":1}',
  '{"version":1,"gapsBelow":-1}',
  '{"version":1,"gapsBelow":9,"swap":{"baseOffset":5,"endOffset":5}}',
])('%j is damage, and never taken for none', async (text) => {
  const fileSystem = new MemoryFileSystem();
  const handle = await fileSystem.open(PATH, 'create');
  handle.writevSync([Buffer.from(text)], 0);
  expect(await readCompactionMark(fileSystem, PATH)).toBe('unreadable');
});
