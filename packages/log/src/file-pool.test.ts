import { beforeEach, describe, expect, test } from 'vitest';
import { FilePool, defaultMaxOpenFiles } from './file-pool.ts';
import { MemoryFileSystem } from './memory-file-system.ts';

let disk: MemoryFileSystem;
beforeEach(() => {
  disk = new MemoryFileSystem();
});

function gate(): { promise: Promise<void>; open: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { promise, open: resolve };
}

describe('file pool', () => {
  test('never holds more descriptors than its bound, and every file stays usable', async () => {
    const pool = new FilePool({ fileSystem: disk, maxOpenFiles: 3 });
    const files = await Promise.all(
      Array.from({ length: 20 }, (_, index) => pool.open(`/${index}`, 'create')),
    );
    expect(pool.openCount).toBeLessThanOrEqual(3);
    for (const [index, file] of files.entries()) {
      const unpin = await file.pin();
      file.writevSync([Buffer.from(`file ${index}`)], 0);
      unpin();
      expect(pool.openCount).toBeLessThanOrEqual(3);
    }
    for (const [index, file] of files.entries()) {
      const target = Buffer.alloc(20);
      const count = await file.read(target, 0);
      expect(target.toString('latin1', 0, count)).toBe(`file ${index}`);
    }
    await Promise.all(files.map((file) => file.close()));
    expect(pool.openCount).toBe(0);
  });

  test('the least recently used file goes first', async () => {
    const pool = new FilePool({ fileSystem: disk, maxOpenFiles: 2 });
    const a = await pool.open('/a', 'create');
    const b = await pool.open('/b', 'create');
    expect(a.peek()).toBe(a);
    await pool.open('/c', 'create');
    expect([a.isOpen, b.isOpen]).toEqual([true, false]);
    expect(b.peek()).toBeUndefined();
    expect(() => b.writevSync([Buffer.from('x')], 0)).toThrow('EBADF');
  });

  test('a file with an operation in flight or a pin is not closed; the bound gives way', async () => {
    const pool = new FilePool({ fileSystem: disk, maxOpenFiles: 1 });
    const a = await pool.open('/a', 'create');
    const syncing = gate();
    disk.onSyncPoint = (point) => (point.when === 'before' ? syncing.promise : undefined);
    const sync = a.datasync();
    const b = await pool.open('/b', 'create');
    expect([a.isOpen, pool.openCount]).toEqual([true, 2]);
    syncing.open();
    await sync;
    const unpin = await b.pin();
    await pool.open('/c', 'create');
    expect([a.isOpen, b.isOpen, pool.openCount]).toEqual([false, true, 2]);
    unpin();
    unpin();
    await pool.open('/d', 'create');
    expect([b.isOpen, pool.openCount]).toEqual([false, 1]);
  });

  test('a dirty file is synced before it loses its descriptor, a clean one is preferred', async () => {
    const pool = new FilePool({ fileSystem: disk, maxOpenFiles: 2 });
    const dirty = await pool.open('/dirty', 'create');
    await disk.syncDirectory('/');
    dirty.writevSync([Buffer.from('kept')], 0);
    const clean = await pool.open('/clean', 'create');
    const other = await pool.open('/c', 'create');
    expect([dirty.isOpen, clean.isOpen]).toEqual([true, false]);
    const unpin = await other.pin();
    await clean.sizeBytes();
    unpin();
    expect(dirty.isDirty).toBe(false);
    expect(disk.crash({ seed: 1, kind: 'power-loss' }).readFileSync('/dirty').toString()).toBe('kept');
  });

  test('a sync that fails before an eviction is told, and no later sync of the file succeeds', async () => {
    const failures: string[] = [];
    const pool = new FilePool({
      fileSystem: disk,
      maxOpenFiles: 1,
      onSyncFailed: (error, path) => failures.push(`${path} ${(error as NodeJS.ErrnoException).code}`),
    });
    const a = await pool.open('/a', 'create');
    a.writevSync([Buffer.from('x')], 0);
    disk.failSync();
    await pool.open('/b', 'create');
    expect(failures).toEqual(['/a EIO']);
    await expect(a.datasync()).rejects.toMatchObject({ code: 'EIO' });
    await expect(a.datasync()).rejects.toMatchObject({ code: 'EIO' });
  });

  test('bytes written while a sync runs leave the file dirty', async () => {
    const pool = new FilePool({ fileSystem: disk });
    const file = await pool.open('/a', 'create');
    file.writevSync([Buffer.from('1')], 0);
    const sync = file.datasync();
    await Promise.resolve();
    await Promise.resolve();
    file.writevSync([Buffer.from('2')], 1);
    await sync;
    expect(file.isDirty).toBe(true);
    await file.sync();
    expect(file.isDirty).toBe(false);
  });

  test('close waits for what is in flight and is final', async () => {
    const pool = new FilePool({ fileSystem: disk });
    const file = pool.file('/a', 'read-write');
    await expect(file.read(Buffer.alloc(1), 0)).rejects.toMatchObject({ code: 'ENOENT' });
    await (await disk.open('/a', 'create')).close();
    const read = file.read(Buffer.alloc(1), 0);
    await file.close();
    expect(await read).toBe(0);
    await expect(file.read(Buffer.alloc(1), 0)).rejects.toMatchObject({ code: 'EBADF' });
    expect(pool.openCount).toBe(0);
  });

  test('operations that start together open the file once', async () => {
    const pool = new FilePool({ fileSystem: disk, maxOpenFiles: 4 });
    await (await disk.open('/a', 'create')).close();
    const file = pool.file('/a', 'read');
    await Promise.all([file.sizeBytes(), file.sizeBytes(), file.read(Buffer.alloc(1), 0)]);
    expect(pool.openCount).toBe(1);
  });

  test('the default bound lies within its limits', () => {
    expect(defaultMaxOpenFiles()).toBeGreaterThanOrEqual(128);
    expect(defaultMaxOpenFiles()).toBeLessThanOrEqual(16_384);
  });
});
