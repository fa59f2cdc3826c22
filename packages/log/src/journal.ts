/**
 * The shared journal of a data directory, `<dataDir>/journal.tidelog/`: groups of entries are appended to the
 * active file, each group by one write and one fdatasync, whatever number of segments it is for. The format is
 * in journal-format.ts, recovery in journal-replay.ts.
 *
 * A journal file is active (groups are appended) → full (its segments are being synced in the background) → free
 * (can be activated again, so that steady appends overwrite blocks that the disk has already allocated).
 *
 * Invariants:
 * - A group is written only when the sync of the one before has succeeded; a file is activated only when the last
 *   group of the file before is durable.
 * - A file becomes free only when every segment with bytes in it was synced after those bytes were written to it,
 *   or the bytes were forgotten; and only after all older files. So whatever is not yet durable in a segment is
 *   in the journal, and a forget record lives at least as long as the entries that it covers.
 * - Which segments have entries in a file is entered before the write, so it never misses one. An entry whose
 *   bytes are durable in the segment needs no further sync, but a replay still writes it: it counts as held until
 *   its file is free or a forget record covers it.
 * - At most `maxFiles` files: when all are full, `append` waits until one is free.
 */
import { join } from 'node:path';
import type { FileSystem } from './file-system.ts';
import { JournalFile, journalFileName } from './journal-file.ts';
import { JOURNAL_DATA_POSITION, sealGroup } from './journal-format.ts';
import type { JournalGroup } from './journal-group.ts';
import { JOURNAL_DIRECTORY } from './journal-replay.ts';

export interface JournalOptions<S> {
  readonly fileSystem: FileSystem;
  readonly dataDir: string;
  /** 16 bytes. */
  readonly directoryId: Buffer;
  /** What the replay found, to be used again. */
  readonly files: readonly JournalFile[];
  readonly nextUse: number;
  /** A file that has reached this size is full; 32 MiB unless given. */
  readonly fileSizeBytes?: number | undefined;
  /** 4 unless given; at least 2. */
  readonly maxFiles?: number | undefined;
  /** Makes durable what was written to a segment file before the call. */
  readonly syncSegment: (segment: S) => Promise<void>;
  /** Told when a sync in the background failed. */
  readonly onFailed: (error: unknown) => void;
}

/** The entries of one segment in one journal file. */
interface Held {
  /** The number of the last group with an entry. */
  lastGroup: number;
  /** The bytes of all of them are durable in the segment itself. */
  isSynced: boolean;
}

/** The journal could not grow: nothing of the group is durable, the journal stays usable. */
export class JournalFullError extends Error {
  override readonly name = 'JournalFullError';
}

export class Journal<S> {
  readonly #options: JournalOptions<S>;
  readonly #directory: string;
  readonly #fileSizeBytes: number;
  readonly #maxFiles: number;
  #active: JournalFile | undefined;
  /** The oldest first. */
  readonly #full: JournalFile[] = [];
  readonly #free: JournalFile[];
  /** By file that is active or full: the segments with entries in it. */
  readonly #held = new Map<JournalFile, Map<S, Held>>();
  #previous: { use: number; endPosition: number } | undefined;
  #nextUse: number;
  #groupCount = 0;
  #writtenBytes = 0;
  #retiring: Promise<void> | undefined;
  #hasDirectory: boolean;
  /** No more files are retired: the journal was closed, or a sync failed. */
  #isStopped = false;
  /** Called once, when the next file has become free or none will. */
  #onRetired: (() => void)[] = [];

  constructor(options: JournalOptions<S>) {
    this.#options = options;
    this.#directory = join(options.dataDir, JOURNAL_DIRECTORY);
    this.#fileSizeBytes = options.fileSizeBytes ?? 32 * 1024 * 1024;
    this.#maxFiles = Math.max(2, options.maxFiles ?? 4);
    this.#free = [...options.files];
    this.#hasDirectory = options.files.length > 0;
    this.#nextUse = options.nextUse;
  }

  /** Groups appended so far, which is the number of the last one. */
  get groupCount(): number {
    return this.#groupCount;
  }

  get writtenBytes(): number {
    return this.#writtenBytes;
  }

  /** Whether a replay would still write entries of the segment. */
  holds(segment: S): boolean {
    for (const segments of this.#held.values()) if (segments.has(segment)) return true;
    return false;
  }

  /** The bytes of all groups up to this number are durable in the segment itself. */
  noteSynced(segment: S, throughGroup: number): void {
    for (const segments of this.#held.values()) {
      const held = segments.get(segment);
      if (held !== undefined && held.lastGroup <= throughGroup) held.isSynced = true;
    }
  }

  /** A durable forget record covers all entries of the segment: a replay writes none of them. */
  noteForgotten(segment: S): void {
    for (const segments of this.#held.values()) segments.delete(segment);
  }

  /**
   * Appends a group and syncs it. Calls must not overlap. Throws JournalFullError when the disk has no space for
   * it; any other error is that of a failed write or sync, and final.
   */
  async append(group: JournalGroup<S>): Promise<void> {
    const file = await this.#fileWithRoom(group.sizeBytes);
    this.#groupCount += 1;
    const held = this.#held.get(file) as Map<S, Held>;
    for (const segment of group.segments) {
      held.set(segment, { lastGroup: this.#groupCount, isSynced: false });
    }
    const bytes = group.bytes();
    sealGroup(bytes, { groupPosition: file.endPosition, seed: file.seed });
    try {
      file.handle.writevSync([bytes], file.endPosition);
    } catch (error) {
      if (!isNoSpace(error)) throw error;
      // Part of the group may be in the file. Nothing is appended behind it, and the next file's header says
      // that this one ends before it.
      this.#giveUpActive();
      throw new JournalFullError('no space for the journal', { cause: error });
    }
    await file.handle.datasync();
    file.endPosition += bytes.length;
    this.#writtenBytes += bytes.length;
  }

  /** Makes the bytes of all entries durable in the segments themselves. */
  async flush(): Promise<void> {
    const unsynced = new Set([...this.#held.keys()].flatMap((file) => this.#unsyncedIn(file)));
    await Promise.all([...unsynced].map((segment) => this.#sync(segment)));
  }

  /** Syncs the segments and frees all files: nothing is left to replay. Not while an `append` runs. */
  async retireAll(): Promise<void> {
    this.#giveUpActive();
    await this.#retiring;
  }

  /** Closes the files. Without `retireAll` before, what they hold is replayed at the next start. */
  async close(): Promise<void> {
    this.#isStopped = true;
    await this.#retiring;
    const files = [...this.#free, ...this.#full];
    if (this.#active !== undefined) files.push(this.#active);
    await Promise.all(files.map((file) => file.handle.close()));
  }

  async #fileWithRoom(sizeBytes: number): Promise<JournalFile> {
    const active = this.#active;
    if (active !== undefined) {
      // A group larger than a file gets one for itself.
      const isEmpty = active.endPosition === JOURNAL_DATA_POSITION;
      if (isEmpty || active.endPosition + sizeBytes <= this.#fileSizeBytes) return active;
      this.#giveUpActive();
    }
    const file = await this.#freeFile();
    const previous = this.#previous;
    try {
      await file.activate({ use: this.#nextUse, directoryId: this.#options.directoryId, previous });
    } catch (error) {
      if (!isNoSpace(error)) throw error;
      this.#free.push(file);
      throw new JournalFullError('no space for another journal file', { cause: error });
    }
    this.#nextUse += 1;
    this.#held.set(file, new Map());
    this.#active = file;
    return file;
  }

  /** The file that was free for longest, or a new one, or the next that becomes free. */
  async #freeFile(): Promise<JournalFile> {
    for (;;) {
      const free = this.#free.shift();
      if (free !== undefined) return free;
      if (this.#isStopped) throw new Error('the journal was stopped');
      if (this.#full.length < this.#maxFiles) return this.#createFile();
      this.#startRetiring();
      await new Promise<void>((resolve) => {
        this.#onRetired.push(resolve);
      });
    }
  }

  async #createFile(): Promise<JournalFile> {
    const { fileSystem, dataDir } = this.#options;
    try {
      if (!this.#hasDirectory) {
        await fileSystem.mkdir(this.#directory);
        await fileSystem.syncDirectory(dataDir);
        this.#hasDirectory = true;
      }
      const taken = new Set(this.#full.map((file) => file.index));
      let index = 0;
      while (taken.has(index)) index += 1;
      return await JournalFile.open(fileSystem, join(this.#directory, journalFileName(index)), index);
    } catch (error) {
      if (!isNoSpace(error)) throw error;
      throw new JournalFullError('no space for another journal file', { cause: error });
    }
  }

  #giveUpActive(): void {
    const active = this.#active;
    if (active === undefined) return;
    this.#active = undefined;
    this.#previous = { use: active.use, endPosition: active.endPosition };
    this.#full.push(active);
    this.#startRetiring();
  }

  #startRetiring(): void {
    if (this.#retiring !== undefined || this.#full.length === 0) return;
    this.#retiring = this.#retireFull();
  }

  /** Makes full files free, the oldest first. */
  async #retireFull(): Promise<void> {
    try {
      for (let file = this.#full[0]; file !== undefined && !this.#isStopped; file = this.#full[0]) {
        await Promise.all(this.#unsyncedIn(file).map((segment) => this.#sync(segment)));
        await file.markFree();
        this.#held.delete(file);
        this.#full.shift();
        this.#free.push(file);
        this.#wakeWaiting();
      }
    } catch (error) {
      this.#isStopped = true;
      this.#options.onFailed(error);
      this.#wakeWaiting();
    }
    this.#retiring = undefined;
  }

  #wakeWaiting(): void {
    const waiting = this.#onRetired;
    this.#onRetired = [];
    for (const resume of waiting) resume();
  }

  #unsyncedIn(file: JournalFile): S[] {
    const unsynced: S[] = [];
    for (const [segment, held] of this.#held.get(file) ?? []) if (!held.isSynced) unsynced.push(segment);
    return unsynced;
  }

  async #sync(segment: S): Promise<void> {
    // Whatever a group up to this one holds was written to the segment before it was entered in the group.
    const throughGroup = this.#groupCount;
    await this.#options.syncSegment(segment);
    this.noteSynced(segment, throughGroup);
  }
}

function isNoSpace(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOSPC' || code === 'EDQUOT';
}
