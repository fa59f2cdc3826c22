import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { acquireFileLock, lockByHolderFile } from './file-lock.ts';

let dir: string;
let path: string;
const children: ChildProcess[] = [];
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tidelog-lock-'));
  path = join(dir, '.lock');
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(dir, { recursive: true, force: true });
});

/** A process that takes the lock by `functionName`, prints the outcome and stays. */
async function lockInChild(functionName: string): Promise<{ child: ChildProcess; outcome: string }> {
  const script = `
    const lock = await import(${JSON.stringify(new URL('./file-lock.ts', import.meta.url).href)});
    process.on('disconnect', () => process.exit());
    try { await lock.${functionName}(process.argv[1]); console.log('locked'); }
    catch (error) { console.log(error.code + ' ' + error.message); }`;
  const child = spawn(
    process.execPath,
    ['--conditions=@tidelog/source', '--input-type=module', '-e', script, path],
    {
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    },
  );
  children.push(child);
  const [chunk] = (await once(child.stdout!, 'data')) as [Buffer];
  return { child, outcome: chunk.toString().trim() };
}

describe.each(['acquireFileLock', 'lockByHolderFile'])('%s', (functionName) => {
  const acquire = functionName === 'acquireFileLock' ? acquireFileLock : lockByHolderFile;

  test('a second lock inside the same process is refused until the first is released', async () => {
    const lock = await acquire(path);
    await expect(acquire(path)).rejects.toMatchObject({
      code: 'DATA_DIR_LOCKED',
      message: expect.stringMatching(`${dir}.*this process \\(pid ${process.pid}\\)`) as string,
    });
    await lock.release();
    await (await acquire(path)).release();
  });

  test('another process is refused with the pid of the holder, and gets the lock after kill -9', async () => {
    const { child, outcome } = await lockInChild(functionName);
    expect(outcome).toBe('locked');
    await expect(acquire(path)).rejects.toThrow(`${dir} is in use by the process with pid ${child.pid}`);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await (await acquire(path)).release();
  });

  test('of several processes that start at the same time over a stale lock exactly one gets it', async () => {
    const first = await lockInChild(functionName);
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');
    const contenders = await Promise.all([1, 2, 3, 4].map(() => lockInChild(functionName)));
    const outcomes = contenders.map((contender) => contender.outcome);
    expect(outcomes.filter((outcome) => outcome === 'locked')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome.startsWith('DATA_DIR_LOCKED'))).toHaveLength(3);
  });
});

describe('lock file', () => {
  test('the lock file itself stays empty, and nothing is left beside it', async () => {
    const lock = await acquireFileLock(path);
    expect((await stat(path)).size).toBe(0);
    expect(JSON.parse(await readFile(`${path}-holder.tidelog`, 'utf8'))).toMatchObject({ pid: process.pid });
    await lock.release();
    expect(await readdir(dir)).toEqual(['.lock']);
  });

  test('a file that is no lock file is not taken for one', async () => {
    await writeFile(path, 'x'.repeat(5000));
    await expect(acquireFileLock(path)).rejects.toMatchObject({ code: 'DATA_DIR_FORMAT' });
  });

  test('a holder with the id of a process that started at another time is dead', async () => {
    await writeFile(`${path}-holder.tidelog`, JSON.stringify({ pid: process.pid, startTicks: '1' }));
    await (await lockByHolderFile(path)).release();
  });

  test('a holder of an earlier boot is dead', async () => {
    await writeFile(`${path}-holder.tidelog`, JSON.stringify({ pid: process.pid, bootId: 'earlier' }));
    await (await lockByHolderFile(path)).release();
  });

  test('a takeover that was killed half-way names the file to remove', async () => {
    await writeFile(`${path}-holder.tidelog`, JSON.stringify({ pid: 1, bootId: 'earlier' }));
    await writeFile(`${path}-takeover.tidelog`, '');
    await expect(lockByHolderFile(path)).rejects.toThrow(`remove ${path}-takeover.tidelog`);
  });
});
