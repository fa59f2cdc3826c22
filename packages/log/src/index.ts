export { BufferPool, type BufferPoolOptions, type PooledBuffer } from './buffer-pool.ts';
export { systemClock, type Clock, type Timer } from './clock.ts';
export type { CommitFile, CommitWrite, DurabilityCommitter } from './durability.ts';
export { FilePool, PooledFile, defaultMaxOpenFiles, type FilePoolOptions } from './file-pool.ts';
export type { FileHandle, FileLock, FileStat, FileSystem, OpenMode } from './file-system.ts';
export { nodeFileSystem } from './node-file-system.ts';
