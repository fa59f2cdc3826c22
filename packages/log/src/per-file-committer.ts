/**
 * Makes batches durable by a sync of the segment file that they were written to: one fdatasync serves all
 * batches of the file that came while the last one ran. Simple, writes nothing twice, best for few busy files;
 * its cost grows with the number of active files.
 *
 * A crash leaves: what the segment files hold; there is nothing to replay and nothing to forget.
 */
import { TidelogError } from '@tidelog/record/errors';
import { storageFailed, type CommitterStats, type DirectoryCommitter } from './directory-committer.ts';
import type { CommitFile, CommitWrite } from './durability.ts';
import { FileSyncer } from './file-syncer.ts';

/** Leaves threads of libuv's pool (4 unless configured) to reads. */
export const DEFAULT_MAX_CONCURRENT_SYNCS = 3;

export interface PerFileCommitterOptions {
  /** How many files are synced at the same time; 3 unless given. */
  readonly maxConcurrentSyncs?: number;
  /** Told once when a sync failed. */
  readonly onFailed?: (error: TidelogError) => void;
}

export class PerFileCommitter implements DirectoryCommitter {
  readonly #syncer: FileSyncer<CommitFile>;
  readonly #onFailed: (error: TidelogError) => void;
  #failed: TidelogError | undefined;
  #isClosed = false;

  constructor(options: PerFileCommitterOptions = {}) {
    this.#onFailed = options.onFailed ?? ((): void => undefined);
    this.#syncer = new FileSyncer<CommitFile>({
      sync: async (file) => (await file.handle()).datasync(),
      maxConcurrentSyncs: options.maxConcurrentSyncs ?? DEFAULT_MAX_CONCURRENT_SYNCS,
      onFailed: (cause, file) => {
        const error = storageFailed(
          `syncing segment ${file.segmentBaseOffset} of ${file.partitionDir}`,
          cause,
        );
        this.fail(error);
        return error;
      },
    });
  }

  get failed(): TidelogError | undefined {
    return this.#failed;
  }

  get stats(): CommitterStats {
    return { fileSyncCount: this.#syncer.syncCount, journalSyncCount: 0, journalBytes: 0 };
  }

  commit(write: CommitWrite): Promise<void> {
    if (this.#isClosed) return Promise.reject(new TidelogError('CLOSED', 'the data directory was closed'));
    return this.#syncer.sync(write.file);
  }

  forget(): Promise<void> {
    return this.#failed === undefined ? Promise.resolve() : Promise.reject(this.#failed);
  }

  forgetPartition(): Promise<void> {
    return this.forget();
  }

  async flush(): Promise<void> {
    await this.#syncer.idle();
    if (this.#failed !== undefined) throw this.#failed;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.flush();
  }

  fail(error: TidelogError): void {
    if (this.#failed !== undefined) return;
    this.#failed = error;
    this.#syncer.fail(error);
    this.#onFailed(error);
  }
}
