/**
 * Decides how a commit becomes durable: by a sync of its segment file (`direct`) or through the shared journal.
 *
 * A sync costs about the same whether it carries one batch or a hundred. While few files are active, syncing
 * those directly writes nothing twice; with many, one journal sync serves all of them. A large write is worth a
 * sync of its own, and copying it into the journal would double the bytes that the disk has to take.
 *
 * States: `direct` → `journal` as soon as more than `directFileLimit` files wait for syncs at the same time;
 * back when `calmGroups` groups of the journal in a row held no more files than that. The distance between
 * the two keeps it from swinging at the limit.
 */
export type CommitRoute = 'direct' | 'journal';

export interface CommitRoutePolicyOptions {
  /** Up to this many files at a time are synced directly; 2 unless given. 0: everything small is journalled. */
  readonly directFileLimit?: number | undefined;
  /** Writes of at least this size are never journalled; 64 KiB unless given. */
  readonly directWriteBytes?: number | undefined;
  /** Bytes that may wait for the journal; beyond them commits are direct. 32 MiB unless given. */
  readonly maxPendingBytes?: number | undefined;
  /** 32 unless given. */
  readonly calmGroups?: number | undefined;
}

/** What a decision depends on. */
export interface CommitSituation {
  readonly sizeBytes: number;
  /** Files that wait for a direct sync, the one of this commit included. */
  readonly directFileCount: number;
  /** Bytes that wait for the journal. */
  readonly pendingBytes: number;
}

export class CommitRoutePolicy {
  readonly #directFileLimit: number;
  readonly #directWriteBytes: number;
  readonly #maxPendingBytes: number;
  readonly #calmGroups: number;
  #mode: CommitRoute;
  #calmCount = 0;

  constructor(options: CommitRoutePolicyOptions = {}) {
    this.#directFileLimit = options.directFileLimit ?? 2;
    this.#directWriteBytes = options.directWriteBytes ?? 64 * 1024;
    this.#maxPendingBytes = options.maxPendingBytes ?? 32 * 1024 * 1024;
    this.#calmGroups = options.calmGroups ?? 32;
    this.#mode = this.#directFileLimit === 0 ? 'journal' : 'direct';
  }

  get mode(): CommitRoute {
    return this.#mode;
  }

  route(situation: CommitSituation): CommitRoute {
    if (situation.sizeBytes >= this.#directWriteBytes) return 'direct';
    if (situation.pendingBytes + situation.sizeBytes > this.#maxPendingBytes) return 'direct';
    if (this.#mode === 'direct' && situation.directFileCount > this.#directFileLimit) {
      this.#mode = 'journal';
      this.#calmCount = 0;
    }
    return this.#mode;
  }

  /** A group of the journal with the bytes of so many files is durable. */
  groupDone(fileCount: number): void {
    if (fileCount > this.#directFileLimit) {
      this.#calmCount = 0;
      return;
    }
    this.#calmCount += 1;
    if (this.#calmCount >= this.#calmGroups && this.#directFileLimit > 0) this.#mode = 'direct';
  }
}
