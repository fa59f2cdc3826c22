import { describe, expect, test } from 'vitest';
import {
  formatEpochCheckpoint,
  formatOffsetCheckpoint,
  parseEpochCheckpoint,
  parseOffsetCheckpoint,
  readEpochCheckpoint,
  readOffsetCheckpoint,
  writeEpochCheckpoint,
  writeFileAtomic,
  writeOffsetCheckpoint,
} from './checkpoint-file.ts';
import { MemoryFileSystem } from './memory-file-system.ts';

describe('checkpoint formats', () => {
  test('offsets are written as Kafka writes them', () => {
    const entries = [
      { topic: 'orders', partition: 0, offset: 4711 },
      { topic: 'a.b-c_d', partition: 11, offset: 2 ** 53 - 1 },
    ];
    const text = '0\n2\norders 0 4711\na.b-c_d 11 9007199254740991\n';
    expect(formatOffsetCheckpoint(entries)).toBe(text);
    expect(parseOffsetCheckpoint(text, 'f')).toEqual(entries);
    expect(parseOffsetCheckpoint('0\n0\n', 'f')).toEqual([]);
  });

  test('leader epochs are written as Kafka writes them', () => {
    const entries = [
      { epoch: 0, startOffset: 0 },
      { epoch: 7, startOffset: 120 },
    ];
    expect(formatEpochCheckpoint(entries)).toBe('0\n2\n0 0\n7 120\n');
    expect(parseEpochCheckpoint('0\n2\n0 0\n7 120\n', 'f')).toEqual(entries);
  });

  test.each([
    ['', 'f:1'],
    ['1\n0\n', 'f:1'],
    ['0\n', 'f:2'],
    ['0\n-1\n', 'f:2'],
    ['0\n2\na 0 1\n', 'f:2'],
    ['0\n1\na 0 1\nb 0 1\n', 'f:2'],
    ['0\n1\na 0\n', 'f:3'],
    ['0\n1\na 0 1 2\n', 'f:3'],
    ['0\n1\n 0 1\n', 'f:3'],
    ['0\n2\na 0 1\na 1 1.5\n', 'f:4'],
    ['0\n1\na 0 9007199254740992\n', 'f:3'],
    ['0\n2\na 0 1\na 0 2\n', 'f:4'],
  ])('a damaged offset checkpoint %j is refused with its line', (text, where) => {
    expect(() => parseOffsetCheckpoint(text, 'f')).toThrow(`${where}: expected`);
    expect(() => parseOffsetCheckpoint(text, 'f')).toThrow(
      expect.objectContaining({ code: 'DATA_DIR_FORMAT' }),
    );
  });

  test.each([
    ['0\n2\n1 0\n1 5\n', 'f:4'],
    ['0\n2\n1 5\n2 4\n', 'f:4'],
    ['0\n1\n1\n', 'f:3'],
    ['0\n1\n1 2 3\n', 'f:3'],
  ])('a damaged epoch checkpoint %j is refused with its line', (text, where) => {
    expect(() => parseEpochCheckpoint(text, 'f')).toThrow(`${where}: expected`);
  });
});

describe('atomic files', () => {
  test('a missing checkpoint reads as undefined, a written one as its entries', async () => {
    const disk = new MemoryFileSystem();
    await disk.mkdir('/d');
    expect(await readOffsetCheckpoint(disk, '/d/o')).toBeUndefined();
    expect(await readEpochCheckpoint(disk, '/d/e')).toBeUndefined();
    await writeOffsetCheckpoint(disk, '/d/o', [{ topic: 't', partition: 0, offset: 1 }]);
    await writeEpochCheckpoint(disk, '/d/e', [{ epoch: 1, startOffset: 2 }]);
    expect(await readOffsetCheckpoint(disk, '/d/o')).toEqual([{ topic: 't', partition: 0, offset: 1 }]);
    expect(await readEpochCheckpoint(disk, '/d/e')).toEqual([{ epoch: 1, startOffset: 2 }]);
    expect(await disk.readdir('/d')).toEqual(['e', 'o']);
  });

  test('a power loss at any sync leaves the old content or the new, and the new once the write resolved', async () => {
    for (let seed = 0; seed < 200; seed++) {
      const disk = new MemoryFileSystem();
      await writeFileAtomic(disk, '/f', 'old content'.repeat(100));
      const seen: string[] = [];
      disk.onSyncPoint = () => {
        seen.push(disk.crash({ seed, kind: 'power-loss' }).readFileSync('/f').toString());
      };
      await writeFileAtomic(disk, '/f', 'new content'.repeat(200));
      expect(seen).toHaveLength(4);
      for (const content of seen) {
        expect(['old content'.repeat(100), 'new content'.repeat(200)]).toContain(content);
      }
      expect(seen.at(-1)).toBe('new content'.repeat(200));
    }
  });

  test('a full disk leaves the old content and no temporary file', async () => {
    const disk = new MemoryFileSystem({ capacityBytes: 20 });
    await writeFileAtomic(disk, '/f', 'old');
    await expect(writeFileAtomic(disk, '/f', 'x'.repeat(50))).rejects.toMatchObject({ code: 'ENOSPC' });
    expect(await disk.readdir('/')).toEqual(['f']);
    expect(disk.readFileSync('/f').toString()).toBe('old');
  });
});
