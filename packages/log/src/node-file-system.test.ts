import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodeFileSystem, writeAllSync } from './node-file-system.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tidelog-disk-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

describe('node file system', () => {
  test('writes gathered buffers at a position and reads them back, less at the end of the file', async () => {
    const file = await nodeFileSystem.open(join(dir, 'a'), 'create');
    file.writevSync([Buffer.from('abc'), Buffer.from(''), Buffer.from('defg')], 2);
    await file.datasync();
    await file.sync();
    const target = Buffer.alloc(20);
    expect(await file.read(target, 2)).toBe(7);
    expect(target.toString('latin1', 0, 7)).toBe('abcdefg');
    expect(file.readSync(target, 7)).toBe(2);
    expect(await file.sizeBytes()).toBe(9);
    file.truncateSync(4);
    await file.truncate(3);
    expect(await file.sizeBytes()).toBe(3);
    await file.close();
    await file.close();
  });

  test('writes more buffers than the system takes in one call', async () => {
    const file = await nodeFileSystem.open(join(dir, 'many'), 'create');
    const buffers = Array.from({ length: 5000 }, (_, index) => Buffer.from([index % 256]));
    file.writevSync(buffers, 0);
    expect(await nodeFileSystem.readFile(join(dir, 'many'))).toEqual(Buffer.concat(buffers));
    await file.close();
  });

  test('the open modes create, refuse or find a file', async () => {
    const path = join(dir, 'modes');
    await expect(nodeFileSystem.open(path, 'read')).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(nodeFileSystem.open(path, 'read-write')).rejects.toMatchObject({ code: 'ENOENT' });
    await (await nodeFileSystem.open(path, 'create')).close();
    await expect(nodeFileSystem.open(path, 'create')).rejects.toMatchObject({ code: 'EEXIST' });
    await (await nodeFileSystem.open(path, 'open-or-create')).close();
    const reader = await nodeFileSystem.open(path, 'read');
    expect(() => reader.writevSync([Buffer.from('x')], 0)).toThrow(path);
    await reader.close();
  });

  test('a closed handle fails instead of touching a descriptor that is used again', async () => {
    const file = await nodeFileSystem.open(join(dir, 'closed'), 'create');
    const syncing = file.datasync();
    const closing = file.close();
    expect(() => file.readSync(Buffer.alloc(1), 0)).toThrow('EBADF');
    await expect(file.datasync()).rejects.toMatchObject({ code: 'EBADF' });
    await syncing;
    await closing;
  });

  test('names can be made, renamed over each other, listed and removed', async () => {
    await nodeFileSystem.mkdir(join(dir, 'x/y'));
    await nodeFileSystem.mkdir(join(dir, 'x/y'));
    await (await nodeFileSystem.open(join(dir, 'x/y/1'), 'create')).close();
    await (await nodeFileSystem.open(join(dir, 'x/y/2'), 'create')).close();
    await nodeFileSystem.rename({ from: join(dir, 'x/y/1'), to: join(dir, 'x/y/2') });
    await nodeFileSystem.syncDirectory(join(dir, 'x/y'));
    expect(await nodeFileSystem.readdir(join(dir, 'x/y'))).toEqual(['2']);
    expect(await nodeFileSystem.stat(join(dir, 'x/y/1'))).toBeUndefined();
    expect(await nodeFileSystem.stat(join(dir, 'x/y/2/3'))).toBeUndefined();
    expect(await nodeFileSystem.stat(join(dir, 'x/y'))).toMatchObject({ isDirectory: true });
    await nodeFileSystem.unlink(join(dir, 'x/y/2'));
    await nodeFileSystem.removeTree(join(dir, 'x'));
    await nodeFileSystem.removeTree(join(dir, 'x'));
    expect(await nodeFileSystem.stat(join(dir, 'x'))).toBeUndefined();
    expect(await nodeFileSystem.freeBytes(dir)).toBeGreaterThan(0);
  });
});

test('a directory that cannot be made is an error, in a file as in a place that has no directories', async () => {
  await (await nodeFileSystem.open(join(dir, 'file'), 'create')).close();
  await expect(nodeFileSystem.mkdir(join(dir, 'file'))).rejects.toMatchObject({ code: 'EEXIST' });
  await expect(nodeFileSystem.mkdir(join(dir, 'file', 'x'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  await expect(nodeFileSystem.mkdir('/proc/x/y')).rejects.toMatchObject({ code: 'ENOENT' });
});

describe('continuing partial writes', () => {
  test('the rest of a partial write is written, whatever it cut', () => {
    const target = Buffer.alloc(12);
    const buffers = [Buffer.from('ab'), Buffer.from(''), Buffer.from('cdefg'), Buffer.from('hij')];
    let call = 0;
    writeAllSync(
      (rest, position) => {
        call += 1;
        if (call === 2) throw Object.assign(new Error('again'), { code: 'EAGAIN' });
        const bytes = Buffer.concat(rest).subarray(0, 3);
        target.set(bytes, position);
        return bytes.length;
      },
      { buffers, position: 1, path: 'f' },
    );
    expect(target.toString('latin1')).toBe('\0abcdefghij\0');
  });

  test('a write that makes no progress fails', () => {
    const write = { buffers: [Buffer.from('a')], position: 0, path: 'f' };
    expect(() => writeAllSync(() => 0, write)).toThrow('EIO');
  });

  test('another error is passed on with the path', () => {
    const write = { buffers: [Buffer.from('a')], position: 0, path: '/data/f' };
    const full = (): number => {
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    };
    expect(() => writeAllSync(full, write)).toThrow(/ENOSPC.*\/data\/f/);
  });
});
