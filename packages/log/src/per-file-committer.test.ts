import type { TidelogError } from '@tidelog/record/errors';
import { expect, test } from 'vitest';
import type { CommitFile } from './durability.ts';
import { MemoryFileSystem } from './memory-file-system.ts';
import { PerFileCommitter } from './per-file-committer.ts';

async function fileOn(
  disk: MemoryFileSystem,
  path: string,
): Promise<CommitFile & { write: (text: string) => void }> {
  const handle = await disk.open(path, 'create');
  await handle.sync();
  await disk.syncDirectory('/');
  let position = 0;
  return {
    partitionDir: path.slice(1),
    segmentBaseOffset: 0,
    handle: () => Promise.resolve(handle),
    write(text) {
      handle.writevSync([Buffer.from(text)], position);
      position += text.length;
    },
  };
}

const commitOf = (file: CommitFile) => ({ file, position: 0, buffers: [], sizeBytes: 0 });

test('what a commit resolved for survives a power loss, and commits that wait share a sync', async () => {
  const disk = new MemoryFileSystem();
  const committer = new PerFileCommitter();
  const file = await fileOn(disk, '/a');
  const syncsBefore = disk.syncCount;
  file.write('1');
  const first = committer.commit(commitOf(file));
  file.write('2');
  const second = committer.commit(commitOf(file));
  file.write('3');
  await Promise.all([first, second, committer.commit(commitOf(file))]);
  expect(disk.syncCount - syncsBefore).toBe(2);
  expect(committer.stats).toEqual({ fileSyncCount: 2, journalSyncCount: 0, journalBytes: 0 });
  expect(disk.crash({ seed: 3, kind: 'power-loss' }).readFileSync('/a').toString()).toBe('123');
});

test('a failed sync is final for every file', async () => {
  const disk = new MemoryFileSystem();
  const failures: TidelogError[] = [];
  const committer = new PerFileCommitter({ onFailed: (error) => failures.push(error) });
  const [a, b] = [await fileOn(disk, '/a'), await fileOn(disk, '/b')];
  disk.failSync({ pathPart: '/a' });
  await expect(committer.commit(commitOf(a))).rejects.toMatchObject({
    code: 'STORAGE_FAILED',
    message: expect.stringContaining('syncing segment 0 of a failed: EIO') as string,
  });
  await expect(committer.commit(commitOf(a))).rejects.toBe(failures[0]);
  await expect(committer.commit(commitOf(b))).rejects.toBe(committer.failed);
  await expect(committer.flush()).rejects.toBe(committer.failed);
  await expect(committer.forget()).rejects.toBe(committer.failed);
  expect(failures).toHaveLength(1);
});

test('flush and close wait for what was handed in', async () => {
  const disk = new MemoryFileSystem();
  const committer = new PerFileCommitter();
  const file = await fileOn(disk, '/a');
  file.write('x');
  let isDone = false;
  void committer.commit(commitOf(file)).then(() => {
    isDone = true;
  });
  await committer.flush();
  expect(isDone).toBe(true);
  await committer.forgetPartition();
  await committer.close();
  await expect(committer.commit(commitOf(file))).rejects.toMatchObject({ code: 'CLOSED' });
});
