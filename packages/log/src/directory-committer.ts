/**
 * A committer as the data directory owns it: the seam of durability.ts plus what concerns whole partitions and
 * the whole disk. Two implementations: `PerFileCommitter` and `JournalCommitter`.
 */
import { TidelogError } from '@tidelog/record/errors';
import type { DurabilityCommitter } from './durability.ts';

/** What a committer did since it was made. */
export interface CommitterStats {
  /** Syncs of segment files that commits waited for. */
  readonly fileSyncCount: number;
  /** Syncs of journal files, each of them for a group of commits. */
  readonly journalSyncCount: number;
  /** Bytes written to journal files. */
  readonly journalBytes: number;
}

export interface DirectoryCommitter extends DurabilityCommitter {
  /** `forget` for every segment of a partition, before its directory is removed or renamed. */
  forgetPartition(partitionDir: string): Promise<void>;
  /** Takes the directory offline because of a failure elsewhere: from now on every commit rejects with `error`. */
  fail(error: TidelogError): void;
  readonly stats: CommitterStats;
}

/** The final error of a disk operation: says what failed, where, and what to do. */
export function storageFailed(what: string, cause: unknown): TidelogError {
  if (cause instanceof TidelogError && cause.code === 'STORAGE_FAILED') return cause;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new TidelogError(
    'STORAGE_FAILED',
    `${what} failed: ${reason}. What was written since the last sync may be lost, so the data directory is ` +
      'offline; check the disk, then restart the broker, which recovers what is durable',
    { cause },
  );
}
