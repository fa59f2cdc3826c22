/**
 * The seam behind which a written batch becomes durable. A log writes a batch into its segment file (the page
 * cache) and hands the same bytes to the committer; what the committer does with them (a sync of the file, a
 * shared journal, or both by load) is its own affair.
 *
 * Contract: `commit` is called in the same turn as the write, right after it, with positions that rise per
 * segment file. When its promise resolves, recovery after a power loss yields those bytes at that place of that
 * segment. When it rejects, it rejects with STORAGE_FAILED, for good: the directory is offline, nothing is
 * retried.
 */
import type { TidelogError } from '@tidelog/record/errors';
import type { FileHandle } from './file-system.ts';

/** A segment file that takes part in commits. One object per open segment, compared by identity. */
export interface CommitFile {
  /** The directory of the partition, relative to the data directory: `orders-3`. */
  readonly partitionDir: string;
  /** The base offset in the segment's file name. */
  readonly segmentBaseOffset: number;
  /** The descriptor, opened again when the pool had closed it. */
  handle(): Promise<FileHandle>;
}

export interface CommitWrite {
  readonly file: CommitFile;
  /** Where in the file the bytes begin. */
  readonly position: number;
  /** The bytes as written. They may be reused by their owner once this turn is over. */
  readonly buffers: readonly Uint8Array[];
  readonly sizeBytes: number;
}

export interface DurabilityCommitter {
  /** Resolves when the bytes survive a power loss. */
  commit(write: CommitWrite): Promise<void>;
  /**
   * Called, and awaited, before bytes of a segment that were committed are cut off or the segment is removed, so
   * that a later recovery does not bring them back: makes the forgetting durable. `fromPosition` 0 forgets all
   * of the segment.
   */
  forget(cut: { file: CommitFile; fromPosition: number }): Promise<void>;
  /** Makes every byte handed in so far durable inside the segment files themselves. */
  flush(): Promise<void>;
  /** Flushes and gives up its resources. */
  close(): Promise<void>;
  /** Set once a sync failed; from then on every commit rejects with it. */
  readonly failed: TidelogError | undefined;
}
