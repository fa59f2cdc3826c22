/**
 * Writes again what a failed sync may have dropped.
 *
 * Linux marks the pages that a failed sync could not write as clean. They can be read until the memory is needed, no
 * later sync writes them, and it says OK. So when a log is opened in the same boot, everything above its recovery point
 * is read, written to its place again and synced, before the recovery looks at it. What the kernel has forgotten by
 * then comes from the disk as it is there, for the recovery to judge as after a power loss.
 *
 * Names are not made again: file systems write them through a journal of their own, and go read-only when they cannot.
 *
 * Crash policy: the same bytes go to the same places, so a crash leaves what was there before, a part of it written
 * again.
 */
import { join } from 'node:path';
import { BATCH_HEADER_BYTES, readBatchHeader } from '@tidelog/record';
import { storageFailed } from './directory-committer.ts';
import type { FileHandle } from './file-system.ts';
import type { PooledFile } from './file-pool.ts';
import { PRODUCERS_SUFFIX, SNAPSHOT_SUFFIX } from './log-file-names.ts';
import type { LogOptions } from './log-options.ts';
import type { Segment } from './segment.ts';
import type { SegmentList } from './segment-list.ts';

const CHUNK_BYTES = 1024 * 1024;

/** Throws STORAGE_FAILED when a sync fails, and what else the file system throws. */
export async function rewriteUnsynced(
  options: LogOptions,
  log: {
    readonly segments: SegmentList;
    readonly recoveryPoint: number;
    /** Names in the partition's directory. */
    readonly names: readonly string[];
  },
): Promise<void> {
  const { segments, recoveryPoint, names } = log;
  let rewrittenBytes = 0;
  for (const segment of segments) {
    if (segment !== segments.active && segment.nextOffset <= recoveryPoint) continue;
    rewrittenBytes += await rewrite(segment.file, await startOfUnsynced(segment, recoveryPoint));
    await finalSync(options, segment.file);
  }
  // Written in place, and trusted below the recovery point. Indexes above it are made anew.
  for (const name of names) {
    if (name.endsWith(SNAPSHOT_SUFFIX) || name.endsWith(PRODUCERS_SUFFIX)) await rewriteFile(options, name);
  }
  await options.fileSystem.syncDirectory(options.dir);
  options.logger?.warn(
    { log: options.name, recoveryPoint, rewrittenBytes },
    `a sync had failed before the last process ended: ${rewrittenBytes} bytes of log ${options.name} from offset ${recoveryPoint} on were written again and synced`,
  );
}

/** Syncs a file. A failure is final: it takes the data directory offline. Throws STORAGE_FAILED. */
export async function finalSync(options: LogOptions, file: Pick<FileHandle, 'sync' | 'path'>): Promise<void> {
  try {
    await file.sync();
  } catch (cause) {
    const error = storageFailed(`syncing ${file.path}`, cause);
    options.onFailure?.(error);
    throw error;
  }
}

/** At or below the position of the recovery point: the batch of an index entry that fits, or the begin. */
async function startOfUnsynced(segment: Segment, recoveryPoint: number): Promise<number> {
  if (recoveryPoint <= segment.baseOffset) return 0;
  const { offset } = await segment.indexes();
  const entry = await offset.floor(recoveryPoint - 1);
  if (entry === undefined) return 0;
  const bytes = Buffer.alloc(BATCH_HEADER_BYTES);
  if ((await segment.file.read(bytes, entry.position)) < bytes.length) return 0;
  try {
    return readBatchHeader(bytes).lastOffset === entry.offset ? entry.position : 0;
  } catch {
    return 0;
  }
}

/** Returns how many bytes. */
async function rewrite(file: PooledFile, fromPosition: number): Promise<number> {
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  const unpin = await file.pin();
  try {
    for (let position = fromPosition; ;) {
      const readBytes = await file.read(chunk, position);
      if (readBytes === 0) return position - fromPosition;
      file.writevSync([chunk.subarray(0, readBytes)], position);
      position += readBytes;
    }
  } finally {
    unpin();
  }
}

async function rewriteFile(options: LogOptions, name: string): Promise<void> {
  const { fileSystem, dir } = options;
  const content = await fileSystem.readFile(join(dir, name));
  const file = await fileSystem.open(join(dir, name), 'read-write');
  try {
    file.writevSync([content], 0);
    await finalSync(options, file);
  } finally {
    await file.close();
  }
}
