/**
 * Turns commits, which may end in any order, into a durable offset that only rises over what is durable without a
 * gap, and into one promise per gathered write.
 *
 * Invariants: promises resolve in the order of their writes; after a failed commit none resolves any more, and
 * the log is offline. In page-cache mode a write counts as durable at once.
 */
import type { TidelogError } from '@tidelog/record/errors';
import type { LogContents } from './log-contents.ts';
import type { Segment } from './segment.ts';

interface PendingWrite {
  readonly endOffset: number;
  isDone: boolean;
  readonly resolve: () => void;
  readonly reject: (error: TidelogError) => void;
}

/** Bytes that were just written into a segment. */
export interface WrittenBytes {
  readonly segment: Segment;
  readonly position: number;
  readonly buffers: readonly Uint8Array[];
  readonly sizeBytes: number;
  /** The log end offset after them. */
  readonly endOffset: number;
}

const DONE: Promise<void> = Promise.resolve();

export class DurabilityTracker {
  readonly #contents: LogContents;
  readonly #pending: PendingWrite[] = [];
  #durableOffset: number;
  #last: Promise<void> = DONE;

  constructor(contents: LogContents, durableOffset: number) {
    this.#contents = contents;
    this.#durableOffset = durableOffset;
  }

  /** Exclusive: every offset below it is durable as the log's mode promises. */
  get durableOffset(): number {
    return this.#durableOffset;
  }

  /** When everything written so far is durable. */
  get last(): Promise<void> {
    return this.#last;
  }

  /** Notes a write, in the same turn; the promise is shared by all its batches. */
  written(write: WrittenBytes): Promise<void> {
    const { committer } = this.#contents.options;
    if (committer === undefined || this.#contents.config.durability === 'page-cache') {
      if (this.#pending.length === 0) this.#durableOffset = write.endOffset;
      else return this.waitFor(write.endOffset, DONE);
      return DONE;
    }
    const { segment: file, position, buffers, sizeBytes } = write;
    return this.waitFor(write.endOffset, committer.commit({ file, position, buffers, sizeBytes }));
  }

  /** Holds the durable offset below `endOffset`, and all that is written from now on, until `work` has ended. */
  waitFor(endOffset: number, work: Promise<void>): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const pending: PendingWrite = { endOffset, isDone: false, resolve, reject };
    this.#pending.push(pending);
    this.#last = promise;
    // Whoever asked for no acknowledgement does not look at it; a failure is reported by the log going offline.
    promise.catch(() => undefined);
    work.then(
      () => {
        pending.isDone = true;
        this.#advance();
      },
      (error: unknown) => this.fail(this.#contents.goOffline(error, 'making batches durable')),
    );
    return promise;
  }

  /** Rejects everything that is not durable yet. */
  fail(error: TidelogError): void {
    for (const pending of this.#pending.splice(0)) pending.reject(error);
  }

  /** Resolves when nothing is under way any more, well or badly. */
  async settled(): Promise<void> {
    await this.#last.catch(() => undefined);
  }

  /** The log was cut or begun anew, with nothing under way. */
  resetTo(offset: number): void {
    this.#durableOffset = offset;
    this.#last = DONE;
  }

  #advance(): void {
    if (this.#contents.offline !== undefined) {
      this.fail(this.#contents.offline);
      return;
    }
    let doneCount = 0;
    while (this.#pending[doneCount]?.isDone === true) doneCount += 1;
    for (const pending of this.#pending.splice(0, doneCount)) {
      this.#durableOffset = pending.endOffset;
      pending.resolve();
    }
  }
}
