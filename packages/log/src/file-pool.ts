/**
 * A bound on open descriptors over thousands of files. Each file of the pool is a `PooledFile`, a `FileHandle`
 * that opens its descriptor on demand and may lose it again when the pool is over its bound; the least recently
 * used file goes first.
 *
 * States of a file: closed → opening → open → (evicted) closing → closed; `close()` ends it for good.
 *
 * Invariants:
 * - A descriptor with an operation in flight, or pinned, is never closed. When all open files are in that state
 *   the bound is exceeded until one of them is free: waiting here for a slot could wait for oneself.
 * - Synchronous operations work on an open file only. `isOpen` stays true until the end of the turn, since an
 *   eviction only ever happens inside an asynchronous `open` of another file; `pin` keeps it for longer.
 * - A file with bytes that were written and not synced is synced before its descriptor is closed: an error of
 *   the kernel's write-back is reported for certain only to descriptors that were open when it happened. A failed
 *   sync there is final and goes to `onSyncFailed`.
 */
import { readFileSync } from 'node:fs';
import type { FileHandle, FileSystem, OpenMode } from './file-system.ts';

export interface FilePoolOptions {
  readonly fileSystem: FileSystem;
  /** The bound; at least 1. `defaultMaxOpenFiles()` unless given. */
  readonly maxOpenFiles?: number;
  /** Told when a sync before an eviction failed: bytes may be lost, nothing may be retried. */
  readonly onSyncFailed?: (error: Error, path: string) => void;
}

/**
 * A quarter of the descriptors that the process may have (the others are for sockets), within 128 and 16,384;
 * 512 where the system does not tell.
 */
export function defaultMaxOpenFiles(): number {
  try {
    const soft = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'latin1'))?.[1];
    if (soft === undefined) return 512;
    return Math.min(16_384, Math.max(128, Math.floor(Number(soft) / 4)));
  } catch {
    return 512;
  }
}

export class FilePool {
  readonly #fileSystem: FileSystem;
  readonly #maxOpenFiles: number;
  readonly #onSyncFailed: (error: Error, path: string) => void;
  /** Files with a descriptor, the least recently used first. */
  readonly #open = new Set<PooledFile>();
  #openingCount = 0;
  #closingCount = 0;
  /** Called once, when the next opening or closing has ended. */
  #onProgress: (() => void)[] = [];

  constructor(options: FilePoolOptions) {
    this.#fileSystem = options.fileSystem;
    this.#maxOpenFiles = Math.max(1, options.maxOpenFiles ?? defaultMaxOpenFiles());
    this.#onSyncFailed = options.onSyncFailed ?? ((): void => undefined);
  }

  /** Open descriptors, those that are being opened or closed included. */
  get openCount(): number {
    return this.#open.size + this.#openingCount + this.#closingCount;
  }

  get maxOpenFiles(): number {
    return this.#maxOpenFiles;
  }

  /** Opens a file, in the pool from now on. `create` fails with EEXIST; evicted, it opens again as `read-write`. */
  async open(path: string, mode: OpenMode): Promise<PooledFile> {
    const file = this.file(path, mode === 'read' ? 'read' : 'read-write');
    await this.#openInto(file, mode);
    return file;
  }

  /** A file of the pool that is not open yet; the first operation opens it. Nothing is checked now. */
  file(path: string, mode: 'read' | 'read-write'): PooledFile {
    return new PooledFile(path, {
      open: (file) => this.#openInto(file, mode),
      used: (file) => {
        this.#open.delete(file);
        this.#open.add(file);
      },
      gone: (file) => {
        this.#open.delete(file);
      },
    });
  }

  async #openInto(file: PooledFile, mode: OpenMode): Promise<void> {
    await this.#takeSlot();
    try {
      file.adopt(await this.#fileSystem.open(file.path, mode));
    } finally {
      this.#openingCount -= 1;
      this.#progressed();
    }
  }

  /**
   * Counts one more opening, after evicting until there is room for it, as far as files are free to go. Openings
   * and closings that are under way end by themselves, so waiting for those is safe.
   */
  async #takeSlot(): Promise<void> {
    while (this.openCount >= this.#maxOpenFiles) {
      const victim = this.#victim();
      if (victim === undefined) {
        if (this.#openingCount + this.#closingCount === 0) break;
        await new Promise<void>((resolve) => {
          this.#onProgress.push(resolve);
        });
        continue;
      }
      this.#open.delete(victim);
      this.#closingCount += 1;
      try {
        await victim.evict();
      } catch (error) {
        this.#onSyncFailed(error as Error, victim.path);
      } finally {
        this.#closingCount -= 1;
        this.#progressed();
      }
    }
    this.#openingCount += 1;
  }

  #progressed(): void {
    const waiting = this.#onProgress;
    this.#onProgress = [];
    for (const resume of waiting) resume();
  }

  /** The least recently used file that is free; a clean one among the oldest is preferred, as it costs no sync. */
  #victim(): PooledFile | undefined {
    let dirty: PooledFile | undefined;
    let looked = 0;
    for (const file of this.#open) {
      if (file.isBusy) continue;
      if (!file.isDirty) return file;
      dirty ??= file;
      looked += 1;
      if (looked >= VICTIM_SEARCH_LIMIT) break;
    }
    return dirty;
  }
}

/** How many dirty files are passed over in the search for a clean one. */
const VICTIM_SEARCH_LIMIT = 32;

interface PoolSide {
  /** Opens the file's descriptor and calls `adopt` with it. */
  open(file: PooledFile): Promise<void>;
  used(file: PooledFile): void;
  gone(file: PooledFile): void;
}

/** A file of the pool. Asynchronous operations open it when needed; synchronous ones throw EBADF unless `isOpen`. */
export class PooledFile implements FileHandle {
  #path: string;
  readonly #pool: PoolSide;
  #handle: FileHandle | undefined;
  #opening: Promise<void> | undefined;
  #evicting: Promise<void> | undefined;
  #isClosed = false;
  /** Operations in flight and pins. */
  #useCount = 0;
  #onIdle: (() => void) | undefined;
  /** Counts writes; a sync makes durable those that it saw at its start. */
  #writeCount = 0;
  #syncedWriteCount = 0;
  /** The first failed sync. What it should have written may be gone, so no later sync may succeed. */
  #syncFailure: Error | undefined;

  /** Made by `FilePool.open` and `FilePool.file`. */
  constructor(path: string, pool: PoolSide) {
    this.#path = path;
    this.#pool = pool;
  }

  get isOpen(): boolean {
    return this.#handle !== undefined;
  }

  /** Written since the last sync. */
  get isDirty(): boolean {
    return this.#writeCount !== this.#syncedWriteCount;
  }

  get path(): string {
    return this.#path;
  }

  /** The file was renamed: it is opened under its new name from now on. */
  moved(path: string): void {
    this.#path = path;
  }

  /** In use, so not to be evicted. */
  get isBusy(): boolean {
    return this.#useCount > 0;
  }

  /**
   * The file for synchronous use in this turn, marked as used; undefined when it is not open. The append path
   * asks here first and awaits `pin` only when the file has lost its descriptor.
   */
  peek(): this | undefined {
    if (this.#handle === undefined) return undefined;
    this.#pool.used(this);
    return this;
  }

  /** Opens the file and keeps it open until the returned function is called, once. */
  async pin(): Promise<() => void> {
    if (this.#isClosed) throw this.#closedError('use');
    this.#useCount += 1;
    try {
      if (this.peek() === undefined) await this.#ensureOpen();
    } catch (error) {
      this.#unuse();
      throw error;
    }
    let isPinned = true;
    return () => {
      if (isPinned) this.#unuse();
      isPinned = false;
    };
  }

  writevSync(buffers: readonly Uint8Array[], position: number): void {
    const handle = this.#openNow('write');
    this.#writeCount += 1;
    handle.writevSync(buffers, position);
  }

  readSync(target: Uint8Array, position: number): number {
    return this.#openNow('read').readSync(target, position);
  }

  truncateSync(sizeBytes: number): void {
    const handle = this.#openNow('truncate');
    this.#writeCount += 1;
    handle.truncateSync(sizeBytes);
  }

  read(target: Uint8Array, position: number): Promise<number> {
    return this.#use((handle) => handle.read(target, position));
  }

  datasync(): Promise<void> {
    return this.#use((handle) => this.#sync(() => handle.datasync()));
  }

  sync(): Promise<void> {
    return this.#use((handle) => this.#sync(() => handle.sync()));
  }

  truncate(sizeBytes: number): Promise<void> {
    return this.#use((handle) => {
      this.#writeCount += 1;
      return handle.truncate(sizeBytes);
    });
  }

  sizeBytes(): Promise<number> {
    return this.#use((handle) => handle.sizeBytes());
  }

  /** Leaves the pool: waits for the operations in flight and closes the descriptor, without a sync. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#evicting?.catch(() => undefined);
    await this.#opening?.catch(() => undefined);
    if (this.#useCount > 0) {
      await new Promise<void>((resolve) => {
        this.#onIdle = resolve;
      });
    }
    const handle = this.#handle;
    this.#handle = undefined;
    this.#pool.gone(this);
    await handle?.close();
  }

  /** Only for the pool: takes a descriptor that the pool has just opened. */
  adopt(handle: FileHandle): void {
    this.#handle = handle;
    this.#pool.used(this);
  }

  /** Only for the pool: gives up the descriptor of a file that is not busy, synced first when dirty. */
  evict(): Promise<void> {
    const handle = this.#handle;
    if (handle === undefined) return Promise.resolve();
    this.#handle = undefined;
    this.#evicting = (async (): Promise<void> => {
      try {
        if (this.isDirty) await this.#sync(() => handle.datasync());
      } finally {
        await handle.close();
        this.#evicting = undefined;
      }
    })();
    return this.#evicting;
  }

  async #use<T>(operation: (handle: FileHandle) => Promise<T>): Promise<T> {
    const unpin = await this.pin();
    try {
      return await operation(this.#openNow('use'));
    } finally {
      unpin();
    }
  }

  #unuse(): void {
    this.#useCount -= 1;
    if (this.#useCount === 0) this.#onIdle?.();
  }

  async #ensureOpen(): Promise<void> {
    while (this.#handle === undefined) {
      if (this.#evicting !== undefined) {
        await this.#evicting.catch(() => undefined);
        continue;
      }
      this.#opening ??= this.#pool.open(this).finally(() => {
        this.#opening = undefined;
      });
      await this.#opening;
    }
    this.#pool.used(this);
  }

  async #sync(run: () => Promise<void>): Promise<void> {
    if (this.#syncFailure !== undefined) throw this.#syncFailure;
    const writeCount = this.#writeCount;
    try {
      await run();
    } catch (error) {
      this.#syncFailure ??= error as Error;
      throw error;
    }
    this.#syncedWriteCount = Math.max(this.#syncedWriteCount, writeCount);
  }

  #openNow(operation: string): FileHandle {
    if (this.#handle === undefined) throw this.#closedError(operation);
    this.#pool.used(this);
    return this.#handle;
  }

  #closedError(operation: string): NodeJS.ErrnoException {
    const state = this.#isClosed ? 'was closed' : 'is not open now';
    return Object.assign(new Error(`EBADF: ${operation} on ${this.path}, which ${state}`), { code: 'EBADF' });
  }
}
