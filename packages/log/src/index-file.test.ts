import { expect, test } from 'vitest';
import { FilePool } from './file-pool.ts';
import { IndexFile } from './index-file.ts';
import { MemoryFileSystem } from './memory-file-system.ts';

function open(fileSystem: MemoryFileSystem, sizeBytes?: number): IndexFile {
  return new IndexFile({ path: '/x.index', entryBytes: 8, files: new FilePool({ fileSystem }), sizeBytes });
}

function add(index: IndexFile, value: number): void {
  const { bytes, position } = index.append();
  bytes.writeInt32BE(value, position);
}

test('entries wait in memory until there are many of them', async () => {
  const fileSystem = new MemoryFileSystem();
  const index = open(fileSystem);
  for (let value = 0; value < 511; value++) add(index, value);
  expect(index.wantsWrite).toBe(false);
  add(index, 511);
  expect(index.wantsWrite).toBe(true);
  await index.write();
  expect(index).toMatchObject({ wantsWrite: false, count: 512 });
  expect(fileSystem.readFileSync('/x.index')).toHaveLength(4096);
});

test('entries that could not be written wait on and are found', async () => {
  const fileSystem = new MemoryFileSystem({ capacityBytes: 0 });
  const index = open(fileSystem);
  add(index, 7);
  await expect(index.sync()).rejects.toMatchObject({ code: 'ENOSPC' });
  expect((await index.entry(0))?.readInt32BE(0)).toBe(7);
  fileSystem.capacityBytes = 1000;
  add(index, 8);
  await index.sync();
  expect(fileSystem.readFileSync('/x.index')).toHaveLength(16);
});

test('what was synced survives a power loss once its name is durable', async () => {
  const fileSystem = new MemoryFileSystem();
  const index = open(fileSystem);
  add(index, 7);
  await index.sync();
  await fileSystem.syncDirectory('/');
  for (let seed = 0; seed < 20; seed++) {
    const survivor = fileSystem.crash({ kind: 'power-loss', seed });
    expect(survivor.readFileSync('/x.index').readInt32BE(0)).toBe(7);
  }
});

test('an unchanged index costs no sync', async () => {
  const fileSystem = new MemoryFileSystem();
  const index = open(fileSystem);
  add(index, 7);
  await index.sync();
  const { syncCount } = fileSystem;
  await index.sync();
  expect(fileSystem.syncCount).toBe(syncCount);
});

test('an index that is searched and written at the same time finds its entries', async () => {
  const index = open(new MemoryFileSystem());
  for (let value = 0; value < 2000; value++) {
    add(index, value);
    if (index.wantsWrite) void index.write();
    if (value % 97 !== 0) continue;
    const found = await index.findLast((bytes, position) => bytes.readInt32BE(position) <= value - 50);
    expect(found?.bytes.readInt32BE(0)).toBe(value >= 50 ? value - 50 : undefined);
  }
});
