/**
 * The real disk, through `node:fs`.
 *
 * Invariants: a handle never touches its descriptor after `close` was called, and the descriptor is closed only
 * when the operations in flight have ended, since its number is used again by the next open; writes and reads
 * are whole (partial ones are continued); nothing is retried after a failed sync.
 */
import * as fs from 'node:fs';
import * as fsPromises from 'node:fs/promises';
import { dirname } from 'node:path';
import { acquireFileLock } from './file-lock.ts';
import type { FileHandle, FileStat, FileSystem, OpenMode } from './file-system.ts';

const { O_CREAT, O_EXCL, O_RDONLY, O_RDWR } = fs.constants;
const OPEN_FLAGS: Readonly<Record<OpenMode, number>> = {
  read: O_RDONLY,
  'read-write': O_RDWR,
  create: O_RDWR | O_CREAT | O_EXCL,
  'open-or-create': O_RDWR | O_CREAT,
};

/** How often a write that made no progress is tried again, one millisecond apart, before it fails. */
const MAX_STALLED_WRITES = 100;

class NodeFileHandle implements FileHandle {
  readonly path: string;
  readonly #fd: number;
  #inFlightCount = 0;
  #isClosed = false;
  #onIdle: (() => void) | undefined;

  constructor(path: string, fd: number) {
    this.path = path;
    this.#fd = fd;
  }

  writevSync(buffers: readonly Uint8Array[], position: number): void {
    writeAllSync((rest, at) => fs.writevSync(this.#openFd('write'), rest, at), {
      buffers,
      position,
      path: this.path,
    });
  }

  readSync(target: Uint8Array, position: number): number {
    const fd = this.#openFd('read');
    let readBytes = 0;
    while (readBytes < target.length) {
      const count = fs.readSync(fd, target, readBytes, target.length - readBytes, position + readBytes);
      if (count === 0) break;
      readBytes += count;
    }
    return readBytes;
  }

  async read(target: Uint8Array, position: number): Promise<number> {
    let readBytes = 0;
    while (readBytes < target.length) {
      const offset = readBytes;
      const count = await this.#run<number>('read', (fd, done) => {
        fs.read(fd, target, offset, target.length - offset, position + offset, done);
      });
      if (count === 0) break;
      readBytes += count;
    }
    return readBytes;
  }

  datasync(): Promise<void> {
    return this.#run<void>('fdatasync', (fd, done) => {
      fs.fdatasync(fd, done);
    });
  }

  sync(): Promise<void> {
    return this.#run<void>('fsync', (fd, done) => {
      fs.fsync(fd, done);
    });
  }

  truncate(sizeBytes: number): Promise<void> {
    return this.#run<void>('ftruncate', (fd, done) => {
      fs.ftruncate(fd, sizeBytes, done);
    });
  }

  truncateSync(sizeBytes: number): void {
    fs.ftruncateSync(this.#openFd('ftruncate'), sizeBytes);
  }

  async sizeBytes(): Promise<number> {
    const stat = await this.#run<fs.Stats>('fstat', (fd, done) => {
      fs.fstat(fd, done);
    });
    return stat.size;
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (this.#inFlightCount > 0) {
      await new Promise<void>((resolve) => {
        this.#onIdle = resolve;
      });
    }
    await new Promise<void>((resolve, reject) => {
      fs.close(this.#fd, (error) => (error === null || error === undefined ? resolve() : reject(error)));
    });
  }

  #openFd(operation: string): number {
    if (this.#isClosed) throw nodeError('EBADF', `${operation} on the closed file ${this.path}`);
    return this.#fd;
  }

  #run<T>(
    operation: string,
    start: (fd: number, done: (error: NodeJS.ErrnoException | null, value?: T) => void) => void,
  ): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const fd = this.#openFd(operation);
      this.#inFlightCount += 1;
      start(fd, (error, value) => {
        this.#inFlightCount -= 1;
        if (this.#inFlightCount === 0) this.#onIdle?.();
        if (error) reject(describe(error, this.path));
        else resolve(value as T);
      });
    });
  }
}

/**
 * Calls `writev` until all bytes are written. Exported for its tests: a real disk writes partially only when it
 * is nearly full.
 */
export function writeAllSync(
  writev: (buffers: readonly Uint8Array[], position: number) => number,
  write: { buffers: readonly Uint8Array[]; position: number; path: string },
): void {
  let { buffers, position } = write;
  let remainingBytes = 0;
  for (const buffer of buffers) remainingBytes += buffer.length;
  let stalledCount = 0;
  while (remainingBytes > 0) {
    let writtenBytes = 0;
    try {
      writtenBytes = writev(buffers, position);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code !== 'EAGAIN' && code !== 'EINTR') throw describe(error as NodeJS.ErrnoException, write.path);
    }
    remainingBytes -= writtenBytes;
    if (remainingBytes === 0) return;
    if (writtenBytes === 0) {
      stalledCount += 1;
      if (stalledCount > MAX_STALLED_WRITES)
        throw nodeError('EIO', `writing ${write.path} makes no progress`);
      waitSync(1);
      continue;
    }
    position += writtenBytes;
    buffers = dropBytes(buffers, writtenBytes);
  }
}

function dropBytes(buffers: readonly Uint8Array[], byteCount: number): readonly Uint8Array[] {
  let index = 0;
  let dropBytesLeft = byteCount;
  while (index < buffers.length && (buffers[index] as Uint8Array).length <= dropBytesLeft) {
    dropBytesLeft -= (buffers[index] as Uint8Array).length;
    index += 1;
  }
  const rest = buffers.slice(index);
  if (dropBytesLeft > 0) rest[0] = (rest[0] as Uint8Array).subarray(dropBytesLeft);
  return rest;
}

function waitSync(delayMs: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, delayMs);
}

function nodeError(code: string, message: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: ${message}`), { code });
}

/** Errors of operations on a descriptor do not say which file it was. */
function describe(error: NodeJS.ErrnoException, path: string): NodeJS.ErrnoException {
  if (!error.message.includes(path)) error.message += ` '${path}'`;
  return error;
}

function isMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/**
 * Not `recursive: true`, which never returns where a directory cannot be made below one that exists, as in /proc.
 */
async function makeDirectory(path: string): Promise<void> {
  try {
    await fsPromises.mkdir(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const isDirectory = (await fsPromises.stat(path).catch(() => undefined))?.isDirectory() === true;
    if (code === 'EEXIST' && isDirectory) return;
    const parent = dirname(path);
    const mayMakeParent =
      parent !== path && (await fsPromises.stat(parent).catch(() => undefined)) === undefined;
    if (code !== 'ENOENT' || !mayMakeParent) throw error;
    await makeDirectory(parent);
    await makeDirectory(path);
  }
}

/** The disk of this machine. Paths are those of `node:fs`. */
export const nodeFileSystem: FileSystem = {
  open(path, mode) {
    return new Promise((resolve, reject) => {
      fs.open(path, OPEN_FLAGS[mode], 0o644, (error, fd) => {
        if (error) reject(error);
        else resolve(new NodeFileHandle(path, fd));
      });
    });
  },
  readFile: (path) => fsPromises.readFile(path),
  async stat(path): Promise<FileStat | undefined> {
    try {
      const stat = await fsPromises.stat(path);
      return { sizeBytes: stat.size, mtimeMs: stat.mtimeMs, isDirectory: stat.isDirectory() };
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  },
  readdir: (path) => fsPromises.readdir(path),
  mkdir: makeDirectory,
  rename: (paths) => fsPromises.rename(paths.from, paths.to),
  unlink: (path) => fsPromises.unlink(path),
  removeTree: (path) => fsPromises.rm(path, { recursive: true, force: true }),
  async syncDirectory(path) {
    // Windows cannot open a directory; there NTFS orders the change of names itself.
    if (process.platform === 'win32') return;
    const directory = await fsPromises.open(path, 'r');
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
  },
  async freeBytes(path) {
    const stat = await fsPromises.statfs(path);
    return stat.bavail * stat.bsize;
  },
  lock: acquireFileLock,
};
