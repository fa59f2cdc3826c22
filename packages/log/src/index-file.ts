/**
 * A file of entries of one size that rise in their key, with the newest entries in memory: what the offset index
 * and the time index have in common.
 *
 * Entries are added in memory (`append`) and written behind the file's end in blocks (`write`), so that an append
 * to the log costs no second system call and an idle index costs no memory. A search looks into memory first and
 * then into the file, page by page; nothing of the file is kept.
 *
 * Invariants: entries 0 … writtenCount − 1 are in the file, the others in memory, in order. `writtenCount` is
 * what this process wrote or trusted at the opening; bytes of the file beyond it are garbage that the next write
 * replaces.
 *
 * A crash leaves a prefix of the entries, or after a power loss anything in the part that was not synced; the
 * caller drops what lies beyond its recovery point (`open`'s `trustedCount`) and every result of a search is
 * verified against the log.
 */
import type { FilePool, PooledFile } from './file-pool.ts';

/** Bytes of the file that a search reads at once. */
const PAGE_BYTES = 4096;
const INITIAL_ENTRIES = 16;
/** Entries in memory from which they are written to the file. */
const WRITE_ENTRIES = 512;

export class IndexFile {
  readonly path: string;
  readonly entryBytes: number;
  readonly #files: FilePool;
  #file: PooledFile | undefined;
  /** Size of the file; undefined while there is none. */
  #fileBytes: number | undefined;
  #writtenCount: number;
  #pending: Buffer;
  #pendingCount = 0;
  #writing: Promise<void> | undefined;
  #isSynced: boolean;

  /** `sizeBytes` undefined: there is no such file yet, and it is created by the first write. */
  constructor(options: {
    readonly path: string;
    readonly entryBytes: number;
    readonly files: FilePool;
    readonly sizeBytes: number | undefined;
  }) {
    this.path = options.path;
    this.entryBytes = options.entryBytes;
    this.#files = options.files;
    this.#fileBytes = options.sizeBytes;
    this.#writtenCount = Math.floor((options.sizeBytes ?? 0) / options.entryBytes);
    this.#isSynced = this.exists;
    this.#pending = Buffer.alloc(0);
  }

  get count(): number {
    return this.#writtenCount + this.#pendingCount;
  }

  /** Whether there is a file. */
  get exists(): boolean {
    return this.#fileBytes !== undefined;
  }

  /** Whether all of it is in the file and durable. */
  get isSynced(): boolean {
    return this.#isSynced && this.#pendingCount === 0;
  }

  /** Whether so much waits in memory that `write` should be called. */
  get wantsWrite(): boolean {
    return this.#pendingCount >= WRITE_ENTRIES && this.#writing === undefined;
  }

  /** Room for one more entry at the end: the buffer and the position to write it at, in this turn. */
  append(): { bytes: Buffer; position: number } {
    const position = this.#pendingCount * this.entryBytes;
    if (position === this.#pending.length) {
      const grown = Buffer.alloc(Math.max(INITIAL_ENTRIES * this.entryBytes, this.#pending.length * 2));
      this.#pending.copy(grown);
      this.#pending = grown;
    }
    this.#pendingCount += 1;
    return { bytes: this.#pending, position };
  }

  /** The bytes of an entry, 0 … count − 1; undefined when the file is shorter than it should be. */
  async entry(index: number): Promise<Buffer | undefined> {
    const pending = this.#pendingEntry(index);
    if (pending !== undefined) return pending;
    const bytes = Buffer.alloc(this.entryBytes);
    const readBytes = await this.#open().read(bytes, index * this.entryBytes);
    return readBytes === this.entryBytes ? bytes : undefined;
  }

  /**
   * The last entry for which `isAtOrBefore` holds, which must hold for a first part of the entries and for none
   * after it. undefined when it holds for none. On a damaged file the result is arbitrary.
   */
  async findLast(
    isAtOrBefore: (bytes: Buffer, position: number) => boolean,
  ): Promise<{ bytes: Buffer; index: number } | undefined> {
    const heldCount = countHeld(this.#pending, {
      entryBytes: this.entryBytes,
      count: this.#pendingCount,
      isAtOrBefore,
    });
    if (heldCount > 0) {
      const index = this.#writtenCount + heldCount - 1;
      return { bytes: this.#pendingEntry(index) as Buffer, index };
    }
    return this.#findLastInFile(isAtOrBefore);
  }

  /** Writes what waits in memory into the file. Throws what the file system throws; the entries then still wait. */
  async write(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing.catch(() => undefined);
    if (this.#pendingCount === 0 && this.exists) return;
    this.#writing = this.#writePending();
    try {
      await this.#writing;
    } finally {
      this.#writing = undefined;
    }
  }

  /** Writes and makes the file durable. Its name is the caller's affair. */
  async sync(): Promise<void> {
    await this.write();
    if (this.#isSynced) return;
    this.#isSynced = true;
    try {
      await this.#open().datasync();
    } catch (error) {
      this.#isSynced = false;
      throw error;
    }
  }

  /** Keeps the first `count` entries, in the file too. */
  async truncate(count: number): Promise<void> {
    while (this.#writing !== undefined) await this.#writing.catch(() => undefined);
    this.#pendingCount = Math.max(0, Math.min(this.#pendingCount, count - this.#writtenCount));
    if (count < this.#writtenCount) this.#writtenCount = count;
    const sizeBytes = this.#writtenCount * this.entryBytes;
    if (this.#fileBytes === undefined || this.#fileBytes === sizeBytes) return;
    this.#isSynced = false;
    await this.#open().truncate(sizeBytes);
    this.#fileBytes = sizeBytes;
  }

  /** Gives the descriptor back. What waits in memory is dropped unless it was written. */
  async close(): Promise<void> {
    await this.#file?.close();
    this.#file = undefined;
  }

  #pendingEntry(index: number): Buffer | undefined {
    const position = (index - this.#writtenCount) * this.entryBytes;
    if (position < 0) return undefined;
    return Buffer.from(this.#pending.subarray(position, position + this.entryBytes));
  }

  async #writePending(): Promise<void> {
    if (this.#fileBytes === undefined) {
      const file = await this.#files.open(this.path, 'open-or-create');
      this.#file = file;
      await file.truncate(0);
      this.#fileBytes = 0;
      this.#isSynced = false;
    }
    const file = this.#open();
    const unpin = await file.pin();
    try {
      const count = this.#pendingCount;
      const bytes = this.#pending.subarray(0, count * this.entryBytes);
      if (count > 0) file.writevSync([bytes], this.#writtenCount * this.entryBytes);
      this.#writtenCount += count;
      this.#fileBytes = Math.max(this.#fileBytes, this.#writtenCount * this.entryBytes);
      this.#pendingCount = 0;
      this.#pending = Buffer.alloc(0);
      this.#isSynced = false;
    } finally {
      unpin();
    }
  }

  #open(): PooledFile {
    this.#file ??= this.#files.file(this.path, 'read-write');
    return this.#file;
  }

  async #findLastInFile(
    isAtOrBefore: (bytes: Buffer, position: number) => boolean,
  ): Promise<{ bytes: Buffer; index: number } | undefined> {
    const perPage = Math.floor(PAGE_BYTES / this.entryBytes);
    const page = Buffer.alloc(perPage * this.entryBytes);
    let low = 0;
    let high = this.#writtenCount;
    let best: { bytes: Buffer; index: number } | undefined;
    while (low < high) {
      const first = Math.max(low, Math.min(high - perPage, ((low + high) >>> 1) - (perPage >>> 1)));
      const want = Math.min(perPage, high - first) * this.entryBytes;
      const readBytes = await this.#open().read(page.subarray(0, want), first * this.entryBytes);
      const count = Math.floor(readBytes / this.entryBytes);
      const held = countHeld(page, { entryBytes: this.entryBytes, count, isAtOrBefore });
      if (held > 0) {
        const position = (held - 1) * this.entryBytes;
        best = {
          bytes: Buffer.from(page.subarray(position, position + this.entryBytes)),
          index: first + held - 1,
        };
        low = first + held;
      }
      if (held < count || count === 0) high = first + held;
      if (held > 0 && held < count) break;
    }
    return best;
  }
}

/** How many of the first `count` entries of `bytes` hold, by halving. */
function countHeld(
  bytes: Buffer,
  search: {
    readonly entryBytes: number;
    readonly count: number;
    readonly isAtOrBefore: (bytes: Buffer, position: number) => boolean;
  },
): number {
  let low = 0;
  let high = search.count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (search.isAtOrBefore(bytes, middle * search.entryBytes)) low = middle + 1;
    else high = middle;
  }
  return low;
}
