/** A log whose batches become durable when the test says so. */
import { BufferPool, FilePool, Log } from '@tidelog/log';
import type { Clock, DurabilityCommitter, FileSystem } from '@tidelog/log';
import { MemoryFileSystem } from '@tidelog/log/testing';
import type { TidelogError } from '@tidelog/record/errors';

/** Syncs wait here. */
export class SyncGate implements DurabilityCommitter {
  failed: TidelogError | undefined;
  #waiting: { resolve: () => void; reject: (error: TidelogError) => void }[] = [];

  commit(): Promise<void> {
    if (this.failed !== undefined) return Promise.reject(this.failed);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
    });
  }

  get waitingCount(): number {
    return this.#waiting.length;
  }

  /** Everything that was written is durable now. */
  open(): void {
    for (const { resolve } of this.#waiting.splice(0)) resolve();
  }

  /** The disk failed. */
  fail(error: TidelogError): void {
    this.failed = error;
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }

  forget(): Promise<void> {
    return Promise.resolve();
  }

  flush(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** Opens a log in memory whose durability is the gate's. */
export async function openGatedLog(options: {
  gate: DurabilityCommitter;
  clock: Clock;
  fileSystem?: FileSystem;
}): Promise<Log> {
  const fileSystem = options.fileSystem ?? new MemoryFileSystem();
  await fileSystem.mkdir('/data');
  return Log.open({
    dir: '/data/orders-0',
    name: 'orders-0',
    fileSystem,
    clock: options.clock,
    files: new FilePool({ fileSystem, maxOpenFiles: 16 }),
    buffers: new BufferPool(),
    committer: options.gate,
    lastShutdown: 'clean',
  });
}
