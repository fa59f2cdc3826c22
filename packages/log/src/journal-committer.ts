/**
 * Makes batches durable by whichever is cheaper now: a sync of the segment file, or an entry in the shared
 * journal, of which one sync serves all partitions (commit-route-policy.ts decides).
 *
 * Why a log whose bytes lie partly in the journal is safe:
 * 1. The bytes of a commit are in the segment's page cache before `commit` is called. So a sync of the segment
 *    that begins later covers them, journalled or not, and settles every earlier commit of that segment.
 * 2. An entry goes into a group only when no direct sync of its segment is outstanding; until then a copy of it
 *    waits. So when an entry is durable, everything before it in the segment is durable too, in the segment or in
 *    the journal, and a replay never leaves a hole.
 * 3. Until its segment was synced after it, an entry stays in the journal (journal.ts). A segment is therefore
 *    always what is durable in its file plus what the replay adds.
 * 4. A segment's bytes at a position never change, except after `forget`, which is durable before the bytes are
 *    cut off or the file is removed, and which lives at least as long as the entries that it covers. So a replay,
 *    also a second one, writes what is or should be there, and removed bytes do not come back, also not into a
 *    later segment of the same name.
 * 5. A new segment needs no entry: its owner makes its name durable before the first commit in it. A segment that
 *    was rolled stays covered until it is synced; a log that was closed is synced by its path.
 * 6. A failed sync, of a segment or of the journal, fails every commit from then on; nothing is tried again. Only
 *    a journal that finds no space is not a failure: the group's segments are synced directly instead.
 */
import { join } from 'node:path';
import { TidelogError } from '@tidelog/record/errors';
import type { Clock } from './clock.ts';
import { CommitRoutePolicy, type CommitRoutePolicyOptions } from './commit-route-policy.ts';
import { CommitSegments, type CommitSegment } from './commit-segments.ts';
import { storageFailed, type CommitterStats, type DirectoryCommitter } from './directory-committer.ts';
import type { CommitFile, CommitWrite } from './durability.ts';
import { FileSyncer } from './file-syncer.ts';
import type { FileSystem } from './file-system.ts';
import { JournalGroup } from './journal-group.ts';
import type { JournalReplayReport } from './journal-replay.ts';
import { Journal, JournalFullError } from './journal.ts';
import { LOG_SUFFIX, segmentFileName } from './log-file-names.ts';
import { DEFAULT_MAX_CONCURRENT_SYNCS } from './per-file-committer.ts';

export interface JournalCommitterOptions {
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  readonly dataDir: string;
  /** 16 bytes, from meta.properties. */
  readonly directoryId: Buffer;
  /** What the replay of the journal found; it comes first. */
  readonly replayed: Pick<JournalReplayReport, 'files' | 'nextUse'>;
  readonly policy?: CommitRoutePolicyOptions | undefined;
  readonly journalFileSizeBytes?: number | undefined;
  readonly maxJournalFiles?: number | undefined;
  /** How many segment files are synced at the same time for commits; 3 unless given. */
  readonly maxConcurrentSyncs?: number | undefined;
  /** Told once when a sync failed. */
  readonly onFailed?: ((error: TidelogError) => void) | undefined;
}

/** After the journal found no space, commits are direct for so long. */
const NO_SPACE_PAUSE_MS = 1000;
/** Segments that are synced at the same time to make room in the journal: in the background of everything else. */
const MAX_BACKGROUND_SYNCS = 2;

export class JournalCommitter implements DirectoryCommitter {
  readonly #options: JournalCommitterOptions;
  readonly #policy: CommitRoutePolicy;
  readonly #segments: CommitSegments = new CommitSegments((segment) => this.#journal.holds(segment));
  readonly #journal: Journal<CommitSegment>;
  readonly #directSyncer: FileSyncer<CommitSegment>;
  readonly #backgroundSyncer: FileSyncer<CommitSegment>;
  #group: JournalGroup<CommitSegment> = new JournalGroup<CommitSegment>(undefined);
  #isAppending = false;
  #appending: Promise<void> = Promise.resolve();
  /** Bytes of copies that wait for a direct sync of their segment. */
  #queuedBytes = 0;
  #journalSyncCount = 0;
  #noSpaceUntilMs = 0;
  #isClosed = false;
  #failed: TidelogError | undefined;

  constructor(options: JournalCommitterOptions) {
    this.#options = options;
    this.#policy = new CommitRoutePolicy(options.policy);
    const syncerOptions = {
      onFailed: (cause: unknown, segment: CommitSegment): TidelogError => this.#failedSync(cause, segment),
    };
    this.#directSyncer = new FileSyncer({
      ...syncerOptions,
      sync: async (segment) => (await segment.file.handle()).datasync(),
      maxConcurrentSyncs: options.maxConcurrentSyncs ?? DEFAULT_MAX_CONCURRENT_SYNCS,
    });
    this.#backgroundSyncer = new FileSyncer({
      ...syncerOptions,
      sync: (segment) => this.#syncEvenIfClosed(segment),
      maxConcurrentSyncs: MAX_BACKGROUND_SYNCS,
    });
    this.#journal = new Journal<CommitSegment>({
      fileSystem: options.fileSystem,
      dataDir: options.dataDir,
      directoryId: options.directoryId,
      files: options.replayed.files,
      nextUse: options.replayed.nextUse,
      fileSizeBytes: options.journalFileSizeBytes,
      maxFiles: options.maxJournalFiles,
      syncSegment: (segment) => this.#backgroundSyncer.sync(segment),
      onFailed: (cause) => this.fail(storageFailed('making room in the journal', cause)),
    });
  }

  get failed(): TidelogError | undefined {
    return this.#failed;
  }

  get stats(): CommitterStats {
    return {
      fileSyncCount: this.#directSyncer.syncCount,
      journalSyncCount: this.#journalSyncCount,
      journalBytes: this.#journal.writtenBytes,
    };
  }

  commit(write: CommitWrite): Promise<void> {
    if (this.#failed !== undefined) return Promise.reject(this.#failed);
    if (this.#isClosed) return Promise.reject(new TidelogError('CLOSED', 'the data directory was closed'));
    const segment = this.#segments.of(write.file);
    if (this.#route(segment, write) === 'direct') return this.#commitDirectly(segment);
    if (segment.direct !== undefined) return this.#queueBehindDirect(segment, write);
    return this.#addToGroup(segment, write);
  }

  async forget(cut: { file: CommitFile; fromPosition: number }): Promise<void> {
    const segment = this.#segments.of(cut.file);
    await this.#settled(segment);
    if (!this.#journal.holds(segment)) return;
    await this.#addForget({
      kind: 'forget-segment',
      directoryName: segment.directoryName,
      segmentBaseOffset: segment.baseOffset,
      position: cut.fromPosition,
    });
    if (cut.fromPosition === 0) this.#journal.noteForgotten(segment);
  }

  async forgetPartition(partitionDir: string): Promise<void> {
    const segments = this.#segments.inDirectory(partitionDir);
    for (const segment of segments) await this.#settled(segment);
    if (!segments.some((segment) => this.#journal.holds(segment))) return;
    await this.#addForget({
      kind: 'forget-partition',
      directoryName: Buffer.from(partitionDir),
      segmentBaseOffset: 0,
      position: 0,
    });
    for (const segment of segments) this.#journal.noteForgotten(segment);
  }

  async flush(): Promise<void> {
    await this.#quiesce();
    await this.#journal.flush();
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    try {
      await this.#quiesce();
      await this.#journal.retireAll();
      if (this.#failed !== undefined) throw this.#failed;
    } finally {
      await this.#journal.close();
    }
  }

  fail(error: TidelogError): void {
    if (this.#failed !== undefined) return;
    this.#failed = error;
    this.#directSyncer.fail(error);
    this.#backgroundSyncer.fail(error);
    this.#group.outcome.reject(error);
    for (const segment of this.#segments.all()) {
      for (const queued of segment.queued.splice(0)) queued.outcome.reject(error);
    }
    this.#options.onFailed?.(error);
  }

  #route(segment: CommitSegment, write: CommitWrite): 'direct' | 'journal' {
    if (this.#noSpaceUntilMs > 0) {
      if (this.#options.clock.monotonicMs() < this.#noSpaceUntilMs) return 'direct';
      this.#noSpaceUntilMs = 0;
    }
    return this.#policy.route({
      sizeBytes: write.sizeBytes,
      directFileCount: this.#directSyncer.pendingFileCount + (this.#directSyncer.isPending(segment) ? 0 : 1),
      pendingBytes: this.#group.sizeBytes + this.#queuedBytes,
    });
  }

  /** One sync for this commit and, since it covers them, for everything of the segment that was queued. */
  #commitDirectly(segment: CommitSegment): Promise<void> {
    const throughGroup = this.#journal.groupCount;
    const promise = this.#directSyncer.sync(segment);
    const queued = segment.queued.splice(0);
    for (const entry of queued) this.#queuedBytes -= entry.bytes.length;
    segment.direct = promise;
    const done = (): void => {
      this.#journal.noteSynced(segment, throughGroup);
      for (const entry of queued) entry.outcome.resolve();
      if (segment.direct !== promise) return;
      segment.direct = undefined;
      this.#releaseQueue(segment);
    };
    promise.then(done, (error: unknown) => {
      for (const entry of queued) entry.outcome.reject(error);
    });
    return promise;
  }

  #queueBehindDirect(segment: CommitSegment, write: CommitWrite): Promise<void> {
    const bytes = Buffer.concat(write.buffers);
    const outcome = Promise.withResolvers<void>();
    outcome.promise.catch(() => undefined);
    segment.queued.push({ position: write.position, bytes, outcome });
    this.#queuedBytes += bytes.length;
    return outcome.promise;
  }

  /** The direct sync is over: what waited for it goes into the next group. */
  #releaseQueue(segment: CommitSegment): void {
    for (const { position, bytes, outcome } of segment.queued.splice(0)) {
      this.#queuedBytes -= bytes.length;
      const write = { position, buffers: [bytes], sizeBytes: bytes.length };
      this.#addToGroup(segment, write).then(outcome.resolve, outcome.reject);
    }
  }

  #addToGroup(
    segment: CommitSegment,
    write: Pick<CommitWrite, 'position' | 'buffers' | 'sizeBytes'>,
  ): Promise<void> {
    this.#group.segments.add(segment);
    this.#group.add({
      kind: 'write',
      directoryName: segment.directoryName,
      segmentBaseOffset: segment.baseOffset,
      position: write.position,
      buffers: write.buffers,
      payloadBytes: write.sizeBytes,
    });
    const promise = this.#joinGroup();
    if (segment.entered !== promise) {
      segment.entered = promise;
      const settled = (): void => {
        if (segment.entered === promise) segment.entered = undefined;
      };
      promise.then(settled, settled);
    }
    return promise;
  }

  #addForget(entry: {
    kind: 'forget-segment' | 'forget-partition';
    directoryName: Buffer;
    segmentBaseOffset: number;
    position: number;
  }): Promise<void> {
    if (this.#failed !== undefined) return Promise.reject(this.#failed);
    this.#group.hasForget = true;
    this.#group.add({ ...entry, buffers: [], payloadBytes: 0 });
    return this.#joinGroup();
  }

  #joinGroup(): Promise<void> {
    const { promise } = this.#group.outcome;
    if (!this.#isAppending) {
      this.#isAppending = true;
      // At the end of the turn, so that everything that is written in this turn shares one sync.
      this.#appending = new Promise((resolve) => {
        this.#options.clock.defer(() => {
          resolve(this.#appendGroups());
        });
      });
    }
    return promise;
  }

  /** Appends group after group, each with all that came while the one before was synced. */
  async #appendGroups(): Promise<void> {
    let memory: Buffer | undefined;
    while (!this.#group.isEmpty && this.#failed === undefined) {
      const group = this.#group;
      this.#group = new JournalGroup(memory);
      try {
        await this.#journal.append(group);
        this.#journalSyncCount += 1;
        this.#policy.groupDone(group.segments.size);
      } catch (error) {
        if (error instanceof JournalFullError) await this.#commitWithoutJournal(group);
        else this.fail(storageFailed(`writing the journal of ${this.#options.dataDir}`, error));
      }
      if (this.#failed === undefined) group.outcome.resolve();
      else group.outcome.reject(this.#failed);
      memory = group.takeMemory();
    }
    this.#isAppending = false;
  }

  /** The journal has no space: sync the segments instead. A failure there is in `failed` afterwards. */
  async #commitWithoutJournal(group: JournalGroup<CommitSegment>): Promise<void> {
    this.#noSpaceUntilMs = this.#options.clock.monotonicMs() + NO_SPACE_PAUSE_MS;
    try {
      await Promise.all([...group.segments].map((segment) => this.#directSyncer.sync(segment)));
      // With nothing left to replay there is nothing to forget; freeing the files takes no space.
      if (group.hasForget) await this.#journal.retireAll();
    } catch (error) {
      this.fail(storageFailed('syncing segments', error));
    }
  }

  /**
   * Waits until no sync of the segment is outstanding and no entry of it is on its way into the journal: an entry
   * may still be, after a later direct sync has settled its commit.
   */
  async #settled(segment: CommitSegment): Promise<void> {
    for (;;) {
      if (this.#failed !== undefined) throw this.#failed;
      const outstanding = segment.direct ?? segment.entered;
      if (outstanding === undefined) return;
      await outstanding.catch(() => undefined);
    }
  }

  /** Waits until every commit so far is settled. */
  async #quiesce(): Promise<void> {
    for (const segment of [...this.#segments.all()]) await this.#settled(segment);
    if (this.#isClosed) await this.#appending;
    if (this.#failed !== undefined) throw this.#failed;
  }

  /** The log of a segment may have been closed, or the segment removed, since its bytes were journalled. */
  async #syncEvenIfClosed(segment: CommitSegment): Promise<void> {
    try {
      await (await segment.file.handle()).datasync();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'EBADF' && code !== 'CLOSED' && code !== 'ENOENT') throw error;
      await this.#syncByPath(segment);
    }
  }

  async #syncByPath(segment: CommitSegment): Promise<void> {
    const { fileSystem, dataDir } = this.#options;
    const path = join(dataDir, segment.partitionDir, segmentFileName(segment.baseOffset, LOG_SUFFIX));
    if ((await fileSystem.stat(path)) === undefined) return;
    const handle = await fileSystem.open(path, 'read-write');
    try {
      await handle.datasync();
    } finally {
      await handle.close();
    }
  }

  #failedSync(cause: unknown, segment: CommitSegment): TidelogError {
    const error = storageFailed(`syncing segment ${segment.baseOffset} of ${segment.partitionDir}`, cause);
    this.fail(error);
    return error;
  }
}
