/**
 * Syncs of files with group commit: at most one sync of a file runs at a time, and the next one serves everything
 * that was asked for meanwhile. Over all files at most `maxConcurrentSyncs` run, in the order in which the files
 * asked, since each occupies a thread of libuv's pool.
 *
 * States of a file: idle → ready (waits for a slot) → syncing → idle, or ready again when asked meanwhile.
 *
 * Invariant: a promise of `sync` resolves only after a sync that began after the call succeeded. The first
 * failed sync fails everything that waits and everything that comes.
 */
import type { TidelogError } from '@tidelog/record/errors';

export interface FileSyncerOptions<F> {
  readonly sync: (file: F) => Promise<void>;
  readonly maxConcurrentSyncs: number;
  /** Makes the error of a failed sync and is called once; `fail` is done by then. */
  readonly onFailed: (cause: unknown, file: F) => TidelogError;
}

interface FileState<F> {
  readonly file: F;
  isSyncing: boolean;
  /** Resolved by the next sync. */
  waiting: PromiseWithResolvers<void> | undefined;
}

export class FileSyncer<F extends object> {
  readonly #options: FileSyncerOptions<F>;
  readonly #states = new Map<F, FileState<F>>();
  #ready: FileState<F>[] = [];
  #syncingCount = 0;
  #syncCount = 0;
  #failed: TidelogError | undefined;
  #onIdle: (() => void)[] = [];

  constructor(options: FileSyncerOptions<F>) {
    this.#options = options;
  }

  /** Files with a sync running or asked for. */
  get pendingFileCount(): number {
    return this.#states.size;
  }

  /** Syncs that succeeded so far. */
  get syncCount(): number {
    return this.#syncCount;
  }

  isPending(file: F): boolean {
    return this.#states.has(file);
  }

  /** Resolves when a sync that began after this call succeeded; rejects with STORAGE_FAILED. */
  sync(file: F): Promise<void> {
    if (this.#failed !== undefined) return Promise.reject(this.#failed);
    let state = this.#states.get(file);
    if (state === undefined) {
      state = { file, isSyncing: false, waiting: undefined };
      this.#states.set(file, state);
    }
    if (state.waiting === undefined) {
      state.waiting = Promise.withResolvers<void>();
      // Whoever asked may not be listening any more when it fails.
      state.waiting.promise.catch(() => undefined);
      if (!state.isSyncing) this.#ready.push(state);
    }
    const { promise } = state.waiting;
    this.#startSyncs();
    return promise;
  }

  /** Resolves when no sync is running or asked for; also after a failure. */
  async idle(): Promise<void> {
    while (this.#states.size > 0) {
      await new Promise<void>((resolve) => {
        this.#onIdle.push(resolve);
      });
    }
  }

  /** Rejects everything that waits and everything that comes. Syncs that run end by themselves. */
  fail(error: TidelogError): void {
    if (this.#failed !== undefined) return;
    this.#failed = error;
    this.#ready = [];
    for (const state of [...this.#states.values()]) {
      state.waiting?.reject(error);
      state.waiting = undefined;
      if (!state.isSyncing) this.#remove(state);
    }
  }

  #startSyncs(): void {
    while (this.#syncingCount < this.#options.maxConcurrentSyncs) {
      const state = this.#ready.shift();
      if (state === undefined) return;
      void this.#runSync(state);
    }
  }

  async #runSync(state: FileState<F>): Promise<void> {
    const group = state.waiting as PromiseWithResolvers<void>;
    state.waiting = undefined;
    state.isSyncing = true;
    this.#syncingCount += 1;
    try {
      await this.#options.sync(state.file);
      this.#syncCount += 1;
      if (this.#failed === undefined) group.resolve();
      else group.reject(this.#failed);
    } catch (cause) {
      this.fail(this.#failed ?? this.#options.onFailed(cause, state.file));
      group.reject(this.#failed);
    }
    state.isSyncing = false;
    this.#syncingCount -= 1;
    if (state.waiting === undefined) this.#remove(state);
    else this.#ready.push(state);
    this.#startSyncs();
  }

  #remove(state: FileState<F>): void {
    this.#states.delete(state.file);
    if (this.#states.size > 0) return;
    const waiting = this.#onIdle;
    this.#onIdle = [];
    for (const resolve of waiting) resolve();
  }
}
