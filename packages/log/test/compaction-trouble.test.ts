/**
 * A cleaning in trouble: a disk or a process without room at any of its steps, damage that it comes upon, a key map too
 * small. It must lose nothing, hide nothing, and leave a healthy log in use.
 */
import { expect, test } from 'vitest';
import type { MemoryFileSystem } from '../src/memory-file-system.ts';
import { compact, put, readTexts, rollAndCompact } from './compaction-fixture.ts';
import { fileNames, LOG_DIR, openTestLog, type TestLog } from './log-fixture.ts';

const FIRST = '00000000000000000000';
const CONFIG = { cleanupPolicy: ['compact'], segmentBytes: 1024, fileDeleteDelayMs: 0 } as const;

/** Makes the n-th of the operations that can find no room fail; tells what it was. */
function failOperation(
  fileSystem: MemoryFileSystem,
  nth: number,
  code: string,
): { readonly what: string | undefined } {
  const failed: { what: string | undefined } = { what: undefined };
  let count = 0;
  let isOver = false;
  const check = (what: string): void => {
    // From here on the replacement counts, and what fails is final.
    isOver ||= what === `after rename ${LOG_DIR}/${FIRST}.log.cleaned`;
    if (isOver || what.startsWith('after')) return;
    count += 1;
    if (count !== nth) return;
    failed.what = what;
    throw Object.assign(new Error(`${code}: simulated at ${what}`), { code });
  };
  const { open, rename } = fileSystem;
  fileSystem.rename = async (paths): Promise<void> => {
    check(`rename ${paths.from}`);
    await rename.call(fileSystem, paths);
    check(`after rename ${paths.from}`);
  };
  fileSystem.open = async (path, mode): ReturnType<typeof open> => {
    check(`open ${path}`);
    const handle = await open.call(fileSystem, path, mode);
    const { writevSync } = handle;
    handle.writevSync = (buffers, position): void => {
      if (code === 'ENOSPC') check(`write ${path}`);
      writevSync.call(handle, buffers, position);
    };
    return handle;
  };
  return failed;
}

async function twoSegments(): Promise<TestLog> {
  const opened = await openTestLog({ config: CONFIG });
  await put(opened, 'a=1', 'b=1');
  await opened.log.roll();
  await put(opened, 'a=2');
  await opened.log.roll();
  await opened.log.flush();
  return opened;
}

test.each(['ENOSPC', 'EMFILE'])(
  '%s at any step before the replacement counts ends the cleaning, and nothing else',
  async (code) => {
    for (let nth = 1; ; nth++) {
      const opened = await twoSegments();
      const failed = failOperation(opened.fileSystem, nth, code);
      const outcome: unknown = await compact(opened).catch((error: unknown) => error);
      if (failed.what === undefined) break;
      expect(outcome, failed.what).toMatchObject({
        code: code === 'ENOSPC' ? 'DISK_FULL' : 'STORAGE_FAILED',
      });
      expect(opened.log.offline, failed.what).toBeUndefined();
      expect(await readTexts(opened.log)).toEqual(['0:a=1', '1:b=1', '2:a=2']);
      const left = (await fileNames(opened.fileSystem)).filter((name) => name.includes('.log.'));
      expect(left, failed.what).toEqual([]);
      const disk = opened.fileSystem.crash({ kind: 'power-loss', seed: nth });
      const again = await openTestLog({ fileSystem: disk, lastShutdown: 'power-loss', config: CONFIG });
      expect(again.log.isQuarantined).toBe(false);
      await compact(opened);
      expect(await readTexts(opened.log)).toEqual(['1:b=1', '2:a=2']);
      expect(nth).toBeLessThan(100);
    }
  },
);

test('a mark that cannot be written once the segments are replaced does no harm', async () => {
  const opened = await twoSegments();
  const { fileSystem } = opened;
  const { open } = fileSystem;
  let markCount = 0;
  fileSystem.open = (path, mode): ReturnType<typeof open> => {
    if (path.endsWith('compaction.tidelog.tmp') && ++markCount === 2) {
      return Promise.reject(Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' }));
    }
    return open.call(fileSystem, path, mode);
  };
  await compact(opened);
  expect(markCount).toBe(2);
  expect(opened.log.offline).toBeUndefined();
  const disk = fileSystem.crash({ kind: 'process-kill', seed: 1 });
  const again = await openTestLog({ fileSystem: disk, lastShutdown: 'process-crash', config: CONFIG });
  expect(await readTexts(again.log)).toEqual(['1:b=1', '2:a=2']);
});

test('a tombstone that the key map did not reach keeps its whole delete.retention.ms', async () => {
  const opened = await openTestLog({
    config: { ...CONFIG, segmentBytes: 65536, deleteRetentionMs: 5000 },
  });
  const { log, clock } = opened;
  await put(opened, 'a=1');
  for (let index = 0; index < 20; index++) await put(opened, `k${index}=1`);
  await put(opened, 'a');
  await log.roll();
  expect(await compact(opened, { dedupeBufferBytes: 384 })).toMatchObject({ isMapFull: true });
  await clock.advance(6000);
  await compact(opened);
  // A reader that saw the value before this cleaning learns of its end.
  expect(await readTexts(log)).toContain('21:a');
  await clock.advance(6000);
  await put(opened, 'b=1');
  await rollAndCompact(opened);
  expect(await readTexts(log)).not.toContain('21:a');
});

test.each([
  ['a batch that went away from the middle of a segment', 1],
  ['batches that went away from the end of a segment', 2],
])('%s is damage, which a cleaning does not hide', async (_what, keptFrom) => {
  const opened = await openTestLog({ config: CONFIG });
  for (const value of [1, 2, 3]) await put(opened, `k${value}=1`);
  await opened.log.roll();
  await put(opened, 'b=1');
  const { fileSystem, clock, log } = opened;
  await log.close();
  const path = `${LOG_DIR}/${FIRST}.log`;
  const bytes = Buffer.from(fileSystem.readFileSync(path));
  const third = bytes.length / 3;
  if (keptFrom === 1) fileSystem.damage(path, { position: third, bytes: bytes.subarray(2 * third) });
  const handle = await fileSystem.open(path, 'read-write');
  await handle.truncate(2 * third);
  await handle.sync();
  const again = await openTestLog({ fileSystem, clock, recoveryPoint: 4, config: CONFIG });
  await again.log.roll();
  await expect(compact(again)).rejects.toMatchObject({ code: 'KAFKA_STORAGE_ERROR' });
  expect(again.log.firstDirtyOffset).toBe(0);
  await expect(readTexts(again.log)).rejects.toThrow();
});
