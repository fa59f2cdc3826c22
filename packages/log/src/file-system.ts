/**
 * The disk as the log sees it. `node-file-system.ts` is the real one; `memory-file-system.ts` is one that
 * forgets, on a simulated power loss, what was not synced.
 *
 * What a caller may rely on: after `datasync` or `sync` of a file and `syncDirectory` of the directory that
 * names it, its bytes and its name survive a power loss. Nothing else does. Every method may throw an error
 * with Node's `code` (`ENOENT`, `ENOSPC`, `EIO`, `EACCES`, …); a failed `datasync` must never be retried: the
 * kernel may have dropped the dirty pages and say OK the second time.
 */

/** How a file is opened: `create` fails with EEXIST when it exists; the last three also write. */
export type OpenMode = 'read' | 'read-write' | 'create' | 'open-or-create';

export interface FileStat {
  readonly sizeBytes: number;
  readonly mtimeMs: number;
  readonly isDirectory: boolean;
}

/** An open file. Positions are bytes from the start of the file. */
export interface FileHandle {
  readonly path: string;
  /** Writes all of `buffers` one after the other at `position`, or throws; then some of them may be in the file. */
  writevSync(buffers: readonly Uint8Array[], position: number): void;
  /** Reads up to `target.length` bytes; returns how many, fewer only at the end of the file. */
  readSync(target: Uint8Array, position: number): number;
  read(target: Uint8Array, position: number): Promise<number>;
  /** Makes the bytes, and the size needed to read them, durable. */
  datasync(): Promise<void>;
  /** `datasync` and all metadata. */
  sync(): Promise<void>;
  truncate(sizeBytes: number): Promise<void>;
  truncateSync(sizeBytes: number): void;
  sizeBytes(): Promise<number>;
  close(): Promise<void>;
}

export interface FileLock {
  release(): Promise<void>;
}

export interface FileSystem {
  open(path: string, mode: OpenMode): Promise<FileHandle>;
  /** The whole content of a small file. */
  readFile(path: string): Promise<Buffer>;
  /** undefined when nothing of that name exists. */
  stat(path: string): Promise<FileStat | undefined>;
  readdir(path: string): Promise<string[]>;
  /** Creates the directory and its missing parents; no error when it exists. */
  mkdir(path: string): Promise<void>;
  /** Atomic; replaces `to` when it exists. */
  rename(paths: { from: string; to: string }): Promise<void>;
  unlink(path: string): Promise<void>;
  /** Removes a directory and all in it; no error when it does not exist. */
  removeTree(path: string): Promise<void>;
  syncDirectory(path: string): Promise<void>;
  /** Free bytes of the disk that holds `path`, as an unprivileged process may use them. */
  freeBytes(path: string): Promise<number>;
  /**
   * Takes the file at `path` as an exclusive lock that dies with its process, kill −9 included. Throws
   * DATA_DIR_LOCKED with the holder's process id when another process, or this one, holds it.
   */
  lock(path: string): Promise<FileLock>;
}
