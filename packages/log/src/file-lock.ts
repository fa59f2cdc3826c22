/**
 * The exclusive lock of a data directory on a real disk.
 *
 * Node has no flock. The lock is a POSIX record lock (fcntl) that SQLite, which is part of Node, takes on an
 * empty file when it begins an exclusive transaction (https://sqlite.org/lockingv3.html): the kernel grants it
 * to one process, frees it when that process ends in whatever way, and sees through containers that share the
 * disk. SQLite itself refuses a second lock inside the same process. Nothing is ever written to the file, so it
 * stays what it is in Kafka: an empty `.lock`, on which Kafka takes a record lock of its own, which conflicts.
 *
 * Beside it, `<path>-holder.tidelog` names the holder (process id, start time, boot id) for the message of
 * DATA_DIR_LOCKED. It decides nothing while the kernel's lock works.
 *
 * Where record locks do not work (a Node built without SQLite, a network disk without locks) the holder file is
 * the lock: created whole by link(2), which fails when the name exists. A holder is dead when its boot is over,
 * its process is gone or the id belongs to a process that started at another time; only then is the file taken
 * over, and taking over is itself guarded by a file that link(2) creates, so that of several processes that see
 * a dead holder one removes it and no one removes the live lock of another. A process killed inside those few
 * microseconds leaves the guard; the error then says which file to remove.
 *
 * A crash leaves: the empty file and the holder file; both are fine to find.
 */
import { randomBytes } from 'node:crypto';
import { link, open, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { TidelogError } from '@tidelog/record/errors';
import { processExists, readBootId, readProcessStartTicks } from './boot-id.ts';
import type { FileLock } from './file-system.ts';

interface Holder {
  readonly pid: number;
  readonly startTicks: string | undefined;
  readonly bootId: string | undefined;
}

/** SQLite's primary result codes (https://sqlite.org/rescode.html). */
const SQLITE_BUSY = 5;
const SQLITE_NOTADB = 26;

/** A lock must outlive the variable that holds it: a collected database would be closed, and the lock gone. */
const heldLocks = new Set<unknown>();

/**
 * Takes the lock at `path`, creating the file when it is missing. Throws DATA_DIR_LOCKED, naming the holder's
 * process id and the directory, when it is held; a Node error (EACCES, EROFS, ENOENT, …) when the file cannot be
 * opened for writing.
 */
export async function acquireFileLock(path: string): Promise<FileLock> {
  await (await open(path, 'a')).close();
  const release = await lockByKernel(path);
  if (release === undefined) return lockByHolderFile(path);
  await replaceHolderFile(path);
  return {
    async release() {
      await unlink(holderPathOf(path)).catch(ignoreMissing);
      release();
    },
  };
}

/** undefined when this system cannot lock; otherwise the function that frees the lock. */
async function lockByKernel(path: string): Promise<(() => void) | undefined> {
  const sqlite = await import('node:sqlite').catch(() => undefined);
  if (sqlite === undefined) return undefined;
  let database;
  try {
    database = new sqlite.DatabaseSync(path, { timeout: 0 });
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    if (database?.isOpen === true) database.close();
    const code = ((error as { errcode?: number }).errcode ?? 0) & 0xff;
    if (code === SQLITE_BUSY) throw lockedError(path, await readHolder(path));
    if (code === SQLITE_NOTADB) {
      throw new TidelogError(
        'DATA_DIR_FORMAT',
        `the lock file ${path} is not empty, so it is no lock file; move it away`,
      );
    }
    return undefined;
  }
  const held = database;
  heldLocks.add(held);
  return () => {
    heldLocks.delete(held);
    if (held.isOpen) held.close();
  };
}

/** Exported for its tests: the lock of systems without record locks. */
export async function lockByHolderFile(path: string): Promise<FileLock> {
  const holderPath = holderPathOf(path);
  const minePath = `${path}.${process.pid}-${randomBytes(6).toString('hex')}`;
  const guardPath = `${path}-takeover.tidelog`;
  await writeFile(minePath, await describeThisProcess());
  try {
    if (await linkUnlessTaken({ from: minePath, to: holderPath })) return holderFileLock(holderPath);
    if (await isAlive(await readHolder(path))) throw lockedError(path, await readHolder(path));
    if (!(await linkUnlessTaken({ from: minePath, to: guardPath }))) {
      throw new TidelogError(
        'DATA_DIR_LOCKED',
        `the data directory ${dirname(path)} is being locked by another process; when none is, remove ${guardPath}`,
      );
    }
    try {
      // Looked at again under the guard: another process may have taken over in between.
      if (await isAlive(await readHolder(path))) throw lockedError(path, await readHolder(path));
      await unlink(holderPath).catch(ignoreMissing);
      if (!(await linkUnlessTaken({ from: minePath, to: holderPath }))) {
        throw lockedError(path, await readHolder(path));
      }
    } finally {
      await unlink(guardPath);
    }
    return holderFileLock(holderPath);
  } finally {
    await unlink(minePath);
  }
}

function holderFileLock(holderPath: string): FileLock {
  return { release: () => unlink(holderPath).catch(ignoreMissing) };
}

async function linkUnlessTaken(paths: { from: string; to: string }): Promise<boolean> {
  try {
    await link(paths.from, paths.to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function replaceHolderFile(path: string): Promise<void> {
  const temporary = `${holderPathOf(path)}.tmp`;
  await writeFile(temporary, await describeThisProcess());
  await rename(temporary, holderPathOf(path));
}

async function describeThisProcess(): Promise<string> {
  const holder: Holder = {
    pid: process.pid,
    startTicks: await readProcessStartTicks(process.pid),
    bootId: await readBootId(),
  };
  return `${JSON.stringify(holder)}\n`;
}

async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    const holder = JSON.parse(await readFile(holderPathOf(path), 'utf8')) as Partial<Holder> | null;
    if (holder === null || !Number.isSafeInteger(holder.pid)) return undefined;
    return { pid: holder.pid as number, startTicks: holder.startTicks, bootId: holder.bootId };
  } catch {
    return undefined;
  }
}

/** Whatever cannot be ruled out is alive. */
async function isAlive(holder: Holder | undefined): Promise<boolean> {
  if (holder === undefined) return false;
  const bootId = await readBootId();
  if (bootId !== undefined && holder.bootId !== undefined && bootId !== holder.bootId) return false;
  if (!processExists(holder.pid)) return false;
  const startTicks = await readProcessStartTicks(holder.pid);
  return startTicks === undefined || holder.startTicks === undefined || startTicks === holder.startTicks;
}

function lockedError(path: string, holder: Holder | undefined): TidelogError {
  const who =
    holder === undefined
      ? 'another process'
      : holder.pid === process.pid
        ? `this process (pid ${holder.pid})`
        : `the process with pid ${holder.pid}`;
  return new TidelogError(
    'DATA_DIR_LOCKED',
    `the data directory ${dirname(path)} is in use by ${who}; stop it, or use another directory`,
  );
}

function holderPathOf(path: string): string {
  return `${path}-holder.tidelog`;
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
