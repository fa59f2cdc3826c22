import { describe, expect, test } from 'vitest';
import { MemoryFileSystem } from './memory-file-system.ts';

const SEEDS = Array.from({ length: 300 }, (_, seed) => seed);

async function diskWith(files: Record<string, string>): Promise<MemoryFileSystem> {
  const disk = new MemoryFileSystem();
  for (const [path, content] of Object.entries(files)) {
    const file = await disk.open(path, 'create');
    file.writevSync([Buffer.from(content)], 0);
    await file.sync();
    await file.close();
  }
  await disk.syncDirectory('/');
  return disk;
}

/** What `path` holds after a power loss, over many seeds; '-' where it is missing. */
async function outcomes(disk: MemoryFileSystem, path: string): Promise<Set<string>> {
  const seen = new Set<string>();
  for (const seed of SEEDS) {
    const survivor = disk.crash({ seed, kind: 'power-loss' });
    const exists = (await survivor.stat(path)) !== undefined;
    seen.add(exists ? survivor.readFileSync(path).toString('latin1') : '-');
  }
  return seen;
}

describe('live content', () => {
  test('behaves as a file system', async () => {
    const disk = await diskWith({ '/a': 'hello' });
    await expect(disk.open('/a', 'create')).rejects.toMatchObject({ code: 'EEXIST' });
    await expect(disk.open('/b', 'read-write')).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(disk.readFile('/b')).rejects.toMatchObject({ code: 'ENOENT' });
    await disk.mkdir('/x/y');
    await disk.rename({ from: '/a', to: '/x/y/a' });
    expect((await disk.readFile('/x/y/a')).toString()).toBe('hello');
    expect(await disk.readdir('/x')).toEqual(['y']);
    expect(await disk.stat('/a')).toBeUndefined();
    const file = await disk.open('/x/y/a', 'read-write');
    file.writevSync([Buffer.from('!')], 7);
    expect(disk.readFileSync('/x/y/a').toString('latin1')).toBe('hello\0\0!');
    await file.truncate(2);
    file.writevSync([Buffer.from('!')], 3);
    expect(disk.readFileSync('/x/y/a').toString('latin1')).toBe('he\0!');
    await file.close();
    expect(() => file.readSync(Buffer.alloc(1), 0)).toThrow('EBADF');
    await disk.removeTree('/x');
    expect(await disk.readdir('/')).toEqual([]);
  });

  test('a lock is exclusive, and gone after a crash', async () => {
    const disk = new MemoryFileSystem();
    const lock = await disk.lock('/.lock');
    await expect(disk.lock('/.lock')).rejects.toMatchObject({ code: 'DATA_DIR_LOCKED' });
    await (await disk.crash({ seed: 0, kind: 'process-kill' }).lock('/.lock')).release();
    await lock.release();
    await (await disk.lock('/.lock')).release();
  });
});

describe('process kill', () => {
  test('keeps everything that was written', async () => {
    const disk = new MemoryFileSystem();
    const file = await disk.open('/a', 'create');
    file.writevSync([Buffer.from('unsynced')], 0);
    const survivor = disk.crash({ seed: 0, kind: 'process-kill' });
    expect(survivor.readFileSync('/a').toString()).toBe('unsynced');
    file.writevSync([Buffer.from('later')], 0);
    expect(survivor.readFileSync('/a').toString()).toBe('unsynced');
  });
});

describe('power loss', () => {
  test('what was synced survives every seed', async () => {
    const disk = await diskWith({ '/a': 'durable' });
    expect(await outcomes(disk, '/a')).toEqual(new Set(['durable']));
  });

  test('unsynced bytes are lost, kept, torn, reordered, or zeros under a size that was kept', async () => {
    const disk = await diskWith({ '/a': 'D' });
    const file = await disk.open('/a', 'read-write');
    file.writevSync([Buffer.from('1234')], 1);
    file.writevSync([Buffer.from('5678')], 5);
    const seen = await outcomes(disk, '/a');
    for (const content of seen) expect(content).toMatch(/^D/);
    expect(seen).toContain('D');
    expect(seen).toContain('D12345678');
    expect(seen).toContain('D\0\0\0\x005678');
    expect(seen).toContain('D1234\0\0\0\0');
    expect([...seen].some((content) => /^D12$|^D12\0/.test(content))).toBe(true);
  });

  test('the sectors of one write survive independently', async () => {
    const disk = await diskWith({ '/a': '' });
    const file = await disk.open('/a', 'read-write');
    file.writevSync([Buffer.alloc(512, 'a'), Buffer.alloc(512, 'b'), Buffer.alloc(512, 'c')], 0);
    const seen = await outcomes(disk, '/a');
    const zeros = '\0'.repeat(512);
    expect(seen).toContain(zeros + 'b'.repeat(512) + zeros);
    expect(seen).toContain('a'.repeat(512) + zeros + 'c'.repeat(512));
  });

  test('a truncation that was not synced may come back', async () => {
    const disk = await diskWith({ '/a': 'abcdef' });
    const file = await disk.open('/a', 'read-write');
    file.truncateSync(2);
    expect(await outcomes(disk, '/a')).toEqual(new Set(['abcdef', 'ab']));
    await file.datasync();
    expect(await outcomes(disk, '/a')).toEqual(new Set(['ab']));
  });

  test('a synced file whose directory was not synced may be missing', async () => {
    const disk = new MemoryFileSystem();
    const file = await disk.open('/a', 'create');
    file.writevSync([Buffer.from('x')], 0);
    await file.sync();
    expect(await outcomes(disk, '/a')).toEqual(new Set(['-', 'x']));
    await disk.syncDirectory('/');
    expect(await outcomes(disk, '/a')).toEqual(new Set(['x']));
  });

  test('a directory that its parent does not hold takes its files with it', async () => {
    const disk = new MemoryFileSystem();
    await disk.mkdir('/d');
    const file = await disk.open('/d/a', 'create');
    await file.sync();
    await disk.syncDirectory('/d');
    expect(await outcomes(disk, '/d/a')).toEqual(new Set(['-', '']));
    await disk.syncDirectory('/');
    expect(await outcomes(disk, '/d/a')).toEqual(new Set(['']));
  });

  test('a rename happens whole or not at all', async () => {
    const disk = await diskWith({ '/new': 'new', '/old': 'old' });
    await disk.rename({ from: '/new', to: '/old' });
    const pairs = new Set<string>();
    for (const seed of SEEDS) {
      const survivor = disk.crash({ seed, kind: 'power-loss' });
      const names = await survivor.readdir('/');
      pairs.add(`${names.join(' ')}: ${survivor.readFileSync('/old').toString()}`);
    }
    expect(pairs).toEqual(new Set(['new old: old', 'old: new']));
  });

  test('an unlink that was not synced may be undone', async () => {
    const disk = await diskWith({ '/a': 'x' });
    await disk.unlink('/a');
    expect(await outcomes(disk, '/a')).toEqual(new Set(['-', 'x']));
  });

  test('the same seed loses the same', async () => {
    const disk = await diskWith({ '/a': '' });
    const file = await disk.open('/a', 'read-write');
    for (let position = 0; position < 20_000; position += 700) {
      file.writevSync([Buffer.alloc(700, position)], position);
    }
    const once = disk.crash({ seed: 5, kind: 'power-loss' }).readFileSync('/a');
    expect(disk.crash({ seed: 5, kind: 'power-loss' }).readFileSync('/a')).toEqual(once);
  });

  test('bytes written while a sync runs are not covered by it', async () => {
    const disk = await diskWith({ '/a': '' });
    const file = await disk.open('/a', 'read-write');
    file.writevSync([Buffer.from('1')], 0);
    disk.onSyncPoint = (point) => {
      if (point.when === 'before') file.writevSync([Buffer.from('2')], 1);
    };
    await file.datasync();
    const seen = await outcomes(disk, '/a');
    expect(seen).toContain('1');
    expect(seen).not.toContain('');
  });
});

describe('faults', () => {
  test('a full disk takes what fits and fails', async () => {
    const disk = new MemoryFileSystem({ capacityBytes: 10 });
    const file = await disk.open('/a', 'create');
    file.writevSync([Buffer.from('12345678')], 0);
    expect(() => file.writevSync([Buffer.from('abcd')], 8)).toThrow('ENOSPC');
    expect(disk.readFileSync('/a').toString()).toBe('12345678ab');
    file.writevSync([Buffer.from('AB')], 0);
    expect(await disk.freeBytes()).toBe(0);
    disk.capacityBytes = 100;
    file.writevSync([Buffer.from('abcd')], 8);
    expect(await disk.freeBytes()).toBe(88);
  });

  test('a failed sync drops its bytes for good, though a later sync says OK', async () => {
    const disk = await diskWith({ '/a': 'old', '/b': 'old' });
    const file = await disk.open('/a', 'read-write');
    file.writevSync([Buffer.from('new')], 0);
    disk.failSync({ nth: 2, pathPart: '/a' });
    await file.datasync();
    file.writevSync([Buffer.from('xyz')], 0);
    await (await disk.open('/b', 'read-write')).datasync();
    await expect(file.datasync()).rejects.toMatchObject({ code: 'EIO' });
    await file.datasync();
    expect(disk.readFileSync('/a').toString()).toBe('xyz');
    expect(await outcomes(disk, '/a')).toEqual(new Set(['new']));
  });

  test('sync points are numbered, before and after each sync', async () => {
    const disk = await diskWith({ '/a': '' });
    const before = disk.syncCount;
    const points: string[] = [];
    disk.onSyncPoint = (point) => {
      points.push(`${point.number - before} ${point.when} ${point.kind} ${point.path}`);
    };
    await (await disk.open('/a', 'read-write')).datasync();
    await disk.syncDirectory('/');
    expect(points).toEqual([
      '1 before file /a',
      '1 after file /a',
      '2 before directory /',
      '2 after directory /',
    ]);
  });

  test('a hook that throws fails the sync', async () => {
    const disk = await diskWith({ '/a': '' });
    disk.onSyncPoint = () => {
      throw new Error('stopped here');
    };
    await expect((await disk.open('/a', 'read-write')).datasync()).rejects.toThrow('stopped here');
  });

  test('damage is durable', async () => {
    const disk = await diskWith({ '/a': 'abc' });
    disk.damage('/a', { position: 1, bytes: Buffer.from('X') });
    expect(await outcomes(disk, '/a')).toEqual(new Set(['aXc']));
  });
});
