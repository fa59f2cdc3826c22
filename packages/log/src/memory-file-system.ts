/**
 * A file system in memory that knows what is durable, and can lose the rest: the crash tests of everything that
 * writes run on it.
 *
 * Each file has its live bytes (what a reader sees: the page cache) and its durable bytes, and a list of writes
 * and truncations since the last sync. Each directory has its live names, its durable names, and a list of the
 * changes of names since its last sync. A sync makes durable what was there when it began.
 *
 * `crash` makes a new file system of what survives, and leaves this one as it is, so that many seeds can be
 * tried at one point:
 * - `process-kill`: everything that was written. Handles and locks are gone.
 * - `power-loss`: everything durable, plus an arbitrary part of the rest. A write survives by whole, in any
 *   subset of its 512-byte sectors, or torn at any byte; independently of it its growth of the file's size
 *   survives or not, and then zeros stand where the bytes do not. Changes of names survive or not, each name on
 *   its own, but the changes of one name in their order; a rename inside one directory is atomic.
 *
 * Faults: a capacity (ENOSPC, after a short write), syncs that fail, damaged bytes. A failed sync (EIO) of a file drops
 * what it should have written, as in Linux: it can still be read, and no later sync writes it, though it says OK, unless
 * it is written again; `forgetDropped` is a kernel that needs the memory. A failed sync of a directory drops nothing:
 * file systems write names through a journal of their own. Every sync of a file or directory is a sync
 * point, with a number, before and after it.
 */
import { posix } from 'node:path';
import { TidelogError } from '@tidelog/record/errors';
import type { FileHandle, FileLock, FileStat, FileSystem, OpenMode } from './file-system.ts';
import { MemoryDirectory, MemoryFile, type MemoryNode } from './memory-inode.ts';
import { seededRandom } from './seeded-random.ts';

export interface CrashOptions {
  /** Equal seeds on equal histories lose the same. Without effect on `process-kill`. */
  readonly seed: number;
  readonly kind: 'power-loss' | 'process-kill';
}

/** A sync that is about to begin or has just succeeded. */
export interface SyncPoint {
  /** Counts the syncs of this file system from 1. */
  readonly number: number;
  readonly when: 'before' | 'after';
  readonly kind: 'file' | 'directory';
  readonly path: string;
}

export interface MemoryFileSystemOptions {
  /** The time that files get as mtime; 0 unless given. */
  readonly nowMs?: () => number;
  /** Bytes that all files together may hold; unlimited unless given. */
  readonly capacityBytes?: number;
}

export class MemoryFileSystem implements FileSystem {
  /** Called around every sync and awaited. When it throws before a sync, the sync fails with that error. */
  onSyncPoint: ((point: SyncPoint) => void | Promise<void>) | undefined;
  /** Bytes that all files together may hold. */
  capacityBytes: number;
  #root = new MemoryDirectory();
  readonly #locked = new Set<string>();
  readonly #nowMs: () => number;
  #syncCount = 0;
  readonly #failingSyncs: { afterCount: number; matches: (path: string) => boolean }[] = [];

  constructor(options: MemoryFileSystemOptions = {}) {
    this.#nowMs = options.nowMs ?? ((): number => 0);
    this.capacityBytes = options.capacityBytes ?? Number.MAX_SAFE_INTEGER;
  }

  /** Syncs that were begun so far. */
  get syncCount(): number {
    return this.#syncCount;
  }

  /** Bytes that all files hold together. */
  get usedBytes(): number {
    return this.#root.totalBytes();
  }

  /** A new file system that holds what survives; this one goes on unharmed. */
  crash(options: CrashOptions): MemoryFileSystem {
    const survivor = new MemoryFileSystem({ nowMs: this.#nowMs, capacityBytes: this.capacityBytes });
    survivor.#root =
      options.kind === 'process-kill'
        ? this.#root.copyLive()
        : this.#root.copyAfterPowerLoss(seededRandom(options.seed));
    return survivor;
  }

  /**
   * Makes one sync fail with EIO: the n-th from now (1 is the next) among those whose path contains `pathPart`,
   * or among all. What of a file it should have made durable never will be.
   */
  failSync(options: { nth?: number; pathPart?: string } = {}): void {
    const { nth = 1, pathPart = '' } = options;
    this.#failingSyncs.push({ afterCount: nth, matches: (path) => path.includes(pathPart) });
  }

  /** What failed syncs dropped can no longer be read either: what is read comes from the disk. */
  forgetDropped(): void {
    this.#root.forgetDropped();
  }

  /** Overwrites bytes of a file, durably and unseen: bit rot. */
  damage(path: string, change: { position: number; bytes: Uint8Array }): void {
    this.#file(path).damage(change.position, change.bytes);
  }

  async open(path: string, mode: OpenMode): Promise<FileHandle> {
    await settle();
    const { directory, name } = this.#parentOf(path);
    let node = directory.live.get(name);
    if (node instanceof MemoryDirectory) throw fault('EISDIR', path);
    if (node !== undefined && mode === 'create') throw fault('EEXIST', path);
    if (node === undefined) {
      if (mode === 'read' || mode === 'read-write') throw fault('ENOENT', path);
      node = new MemoryFile(this.#nowMs());
      directory.set(name, node);
    }
    return new MemoryFileHandle(normalize(path), node, mode !== 'read', {
      roomBytes: () =>
        this.capacityBytes === Number.MAX_SAFE_INTEGER
          ? this.capacityBytes
          : this.capacityBytes - this.usedBytes,
      nowMs: this.#nowMs,
      sync: (file, syncedPath) => this.#sync('file', syncedPath, file),
    });
  }

  async readFile(path: string): Promise<Buffer> {
    await settle();
    return Buffer.from(this.#file(path).bytes());
  }

  /** `readFile` in the same turn, for assertions. */
  readFileSync(path: string): Buffer {
    return Buffer.from(this.#file(path).bytes());
  }

  async stat(path: string): Promise<FileStat | undefined> {
    await settle();
    const node = this.#find(path);
    if (node === undefined) return undefined;
    return node instanceof MemoryFile
      ? { sizeBytes: node.sizeBytes, mtimeMs: node.mtimeMs, isDirectory: false }
      : { sizeBytes: 0, mtimeMs: 0, isDirectory: true };
  }

  async readdir(path: string): Promise<string[]> {
    await settle();
    return [...this.#directory(path).live.keys()].sort();
  }

  async mkdir(path: string): Promise<void> {
    await settle();
    let directory = this.#root;
    for (const name of namesOf(path)) {
      let next = directory.live.get(name);
      if (next === undefined) {
        next = new MemoryDirectory();
        directory.set(name, next);
      }
      if (next instanceof MemoryFile) throw fault('EEXIST', path);
      directory = next;
    }
  }

  async rename(paths: { from: string; to: string }): Promise<void> {
    await settle();
    const from = this.#parentOf(paths.from);
    const to = this.#parentOf(paths.to);
    const node = from.directory.live.get(from.name);
    if (node === undefined) throw fault('ENOENT', paths.from);
    const replaced = to.directory.live.get(to.name);
    if (replaced === node) return;
    if (replaced instanceof MemoryDirectory && replaced.live.size > 0) throw fault('ENOTEMPTY', paths.to);
    from.directory.rename(from.name, to.directory, to.name);
  }

  async unlink(path: string): Promise<void> {
    await settle();
    const { directory, name } = this.#parentOf(path);
    const node = directory.live.get(name);
    if (node === undefined) throw fault('ENOENT', path);
    if (node instanceof MemoryDirectory) throw fault('EISDIR', path);
    directory.set(name, undefined);
  }

  async removeTree(path: string): Promise<void> {
    await settle();
    if (this.#find(path) === undefined) return;
    const { directory, name } = this.#parentOf(path);
    const node = directory.live.get(name);
    if (node instanceof MemoryDirectory) {
      for (const child of [...node.live.keys()]) await this.removeTree(posix.join(path, child));
    }
    directory.set(name, undefined);
  }

  async syncDirectory(path: string): Promise<void> {
    await this.#sync('directory', normalize(path), this.#directory(path));
  }

  async freeBytes(): Promise<number> {
    await settle();
    return Math.max(0, this.capacityBytes - this.usedBytes);
  }

  async lock(path: string): Promise<FileLock> {
    await settle();
    const key = normalize(path);
    if (this.#locked.has(key)) {
      throw new TidelogError(
        'DATA_DIR_LOCKED',
        `the data directory ${posix.dirname(key)} is in use by this process (pid ${process.pid})`,
      );
    }
    await (await this.open(path, 'open-or-create')).close();
    this.#locked.add(key);
    return {
      release: async () => {
        await settle();
        this.#locked.delete(key);
      },
    };
  }

  async #sync(kind: 'file' | 'directory', path: string, node: MemoryNode): Promise<void> {
    this.#syncCount += 1;
    const number = this.#syncCount;
    const changeCount = node.changeCount;
    await this.onSyncPoint?.({ number, when: 'before', kind, path });
    await settle();
    if (this.#takeFailure(path)) {
      if (node instanceof MemoryFile) node.dropPending(changeCount);
      throw fault('EIO', path);
    }
    node.makeDurable(changeCount);
    await this.onSyncPoint?.({ number, when: 'after', kind, path });
  }

  #takeFailure(path: string): boolean {
    let fails = false;
    for (const failing of [...this.#failingSyncs]) {
      if (!failing.matches(path)) continue;
      failing.afterCount -= 1;
      if (failing.afterCount > 0) continue;
      this.#failingSyncs.splice(this.#failingSyncs.indexOf(failing), 1);
      fails = true;
    }
    return fails;
  }

  #find(path: string): MemoryNode | undefined {
    let node: MemoryNode | undefined = this.#root;
    for (const name of namesOf(path)) {
      if (!(node instanceof MemoryDirectory)) return undefined;
      node = node.live.get(name);
    }
    return node;
  }

  #file(path: string): MemoryFile {
    const node = this.#find(path);
    if (node === undefined) throw fault('ENOENT', path);
    if (node instanceof MemoryDirectory) throw fault('EISDIR', path);
    return node;
  }

  #directory(path: string): MemoryDirectory {
    const node = this.#find(path);
    if (node === undefined) throw fault('ENOENT', path);
    if (node instanceof MemoryFile) throw fault('ENOTDIR', path);
    return node;
  }

  #parentOf(path: string): { directory: MemoryDirectory; name: string } {
    const names = namesOf(path);
    const name = names.pop();
    if (name === undefined) throw fault('EINVAL', path);
    return { directory: this.#directory(`/${names.join('/')}`), name };
  }
}

interface HandleSide {
  roomBytes(): number;
  nowMs(): number;
  sync(file: MemoryFile, path: string): Promise<void>;
}

class MemoryFileHandle implements FileHandle {
  readonly path: string;
  readonly #file: MemoryFile;
  readonly #isWritable: boolean;
  readonly #side: HandleSide;
  #isClosed = false;

  constructor(path: string, file: MemoryFile, isWritable: boolean, side: HandleSide) {
    this.path = path;
    this.#file = file;
    this.#isWritable = isWritable;
    this.#side = side;
  }

  writevSync(buffers: readonly Uint8Array[], position: number): void {
    this.#check({ writes: true });
    const bytes = Buffer.concat(buffers);
    const growthBytes = Math.max(0, position + bytes.length - this.#file.sizeBytes);
    const missingBytes = Math.max(0, growthBytes - Math.max(0, this.#side.roomBytes()));
    const fitting = bytes.subarray(0, Math.max(0, bytes.length - missingBytes));
    this.#file.write(position, fitting, this.#side.nowMs());
    if (missingBytes > 0) throw fault('ENOSPC', this.path);
  }

  readSync(target: Uint8Array, position: number): number {
    this.#check({ writes: false });
    return this.#file.read(target, position);
  }

  async read(target: Uint8Array, position: number): Promise<number> {
    this.#check({ writes: false });
    await settle();
    return this.#file.read(target, position);
  }

  datasync(): Promise<void> {
    return this.sync();
  }

  async sync(): Promise<void> {
    this.#check({ writes: false });
    await this.#side.sync(this.#file, this.path);
  }

  async truncate(sizeBytes: number): Promise<void> {
    await settle();
    this.truncateSync(sizeBytes);
  }

  truncateSync(sizeBytes: number): void {
    this.#check({ writes: true });
    this.#file.truncate(sizeBytes, this.#side.nowMs());
  }

  async sizeBytes(): Promise<number> {
    this.#check({ writes: false });
    await settle();
    return this.#file.sizeBytes;
  }

  async close(): Promise<void> {
    await settle();
    this.#isClosed = true;
  }

  #check(use: { writes: boolean }): void {
    if (this.#isClosed || (use.writes && !this.#isWritable)) throw fault('EBADF', this.path);
  }
}

function normalize(path: string): string {
  return posix.resolve('/', path);
}

function namesOf(path: string): string[] {
  return normalize(path)
    .split('/')
    .filter((name) => name !== '');
}

function fault(code: string, path: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: simulated, '${path}'`), { code });
}

/** Every asynchronous operation takes at least a microtask, as on a real disk. */
function settle(): Promise<void> {
  return Promise.resolve();
}
