/** A process that has no descriptors left for a while: what cannot be done then is refused, and the log stays in use. */
import { expect, test } from 'vitest';
import type { MemoryFileSystem } from '../src/memory-file-system.ts';
import { append, openTestLog, readValues } from './log-fixture.ts';

/** Until the returned function is called, no directory can be synced, as that takes a descriptor. */
function exhaust(fileSystem: MemoryFileSystem): () => void {
  const { syncDirectory } = fileSystem;
  fileSystem.syncDirectory = () =>
    Promise.reject(Object.assign(new Error('EMFILE: simulated'), { code: 'EMFILE' }));
  return () => {
    fileSystem.syncDirectory = syncDirectory;
  };
}

test('an append to a new segment is refused, and accepted once there are descriptors again', async () => {
  const opened = await openTestLog({ config: { durability: 'fsync' } });
  const restore = exhaust(opened.fileSystem);
  await expect(append(opened, 'a')).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
  expect(opened.log.offline).toBeUndefined();
  restore();
  await (
    await append(opened, 'b')
  ).durable;
  const disk = opened.fileSystem.crash({ kind: 'power-loss', seed: 1 });
  const again = await openTestLog({ fileSystem: disk, lastShutdown: 'power-loss' });
  expect(await readValues(again.log)).toEqual(['0:b']);
});

test('a flush fails, and the next one does its work', async () => {
  const opened = await openTestLog();
  await append(opened, 'a');
  const restore = exhaust(opened.fileSystem);
  await expect(opened.log.flush()).rejects.toMatchObject({ code: 'EMFILE' });
  expect(opened.log.offline).toBeUndefined();
  restore();
  await opened.log.flush();
  expect(opened.log.recoveryPoint).toBe(1);
});
