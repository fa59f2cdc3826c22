/**
 * Moves the recovery point: makes everything below an offset durable in the log's own files, so that the next
 * recovery need not look at it.
 *
 * Steps, in this order, each of which a crash may cut short without harm, as the recovery point moves last:
 * 1. The state at the log end offset is encoded: producers, epochs.
 * 2. Segments above the old recovery point are synced, oldest first.
 * 3. Their indexes are written, the producer snapshots and the epochs written and synced.
 * 4. The indexes are synced, then the directory that names all of these.
 * 5. The recovery point moves to that offset. The owner of the log writes it into its checkpoint when it likes.
 * 6. Older snapshots are removed, except those at the base offset of a segment.
 *
 * A failed sync takes the log offline: what it should have made durable is in doubt for good. A full disk, or want of
 * descriptors, does not: the recovery point stays, and the next move begins anew.
 */
import type { LogContents } from './log-contents.ts';
import { encodeProducers, type EncodedSnapshot } from './producer-snapshot-files.ts';
import type { Segment } from './segment.ts';
import { lacksDescriptors, lacksRoom } from './storage-error.ts';

export class RecoveryPointMover {
  readonly #contents: LogContents;
  #last: Promise<void> = Promise.resolve();
  /** States as they were when segments began, to be written with the next move. */
  #rolled: EncodedSnapshot[] = [];

  constructor(contents: LogContents) {
    this.#contents = contents;
  }

  /** Keeps the producer state of this moment, in which a new segment begins at the log end offset. */
  noteRoll(): void {
    this.#keepState(this.#contents.logEndOffset);
  }

  /** The log was cut: states above its end are of batches that are gone. */
  dropStatesAboveEnd(): void {
    this.#rolled = this.#rolled.filter((encoded) => encoded.offset <= this.#contents.logEndOffset);
  }

  /** Moves the recovery point to the log end offset of this moment. Moves run one after the other. */
  move(options: { readonly isLast?: boolean } = {}): Promise<void> {
    return this.serialized(() => this.#move(options));
  }

  /** Makes what was written so far durable in the segment files, without moving the recovery point. */
  syncData(): Promise<void> {
    return this.serialized(async () => {
      for (const segment of this.#segmentsToSync()) await syncBatches(segment);
    });
  }

  /** Runs `work` while no move is under way: for what takes segments away. */
  serialized<T>(work: () => Promise<T>): Promise<T> {
    const running = this.#last.then(work);
    this.#last = running.then(ignore, ignore);
    return running;
  }

  async #move(options: { readonly isLast?: boolean }): Promise<void> {
    const contents = this.#contents;
    if (contents.offline !== undefined) throw contents.offline;
    const offset = contents.logEndOffset;
    if (this.#isAt(offset) && (options.isLast !== true || this.#isComplete(offset))) return;
    const { fileSystem, dir } = contents.options;
    this.#keepState(offset);
    const segments = this.#segmentsToSync();
    await this.#final(async () => {
      for (const segment of segments) await syncBatches(segment);
    });
    await this.#repeatable(async () => {
      for (const segment of segments) await segment.writeIndexes();
      await this.#writeSnapshots();
      await contents.epochs.save(fileSystem, contents.leaderEpochPath);
    });
    await this.#final(async () => {
      for (const segment of segments) await segment.syncIndexes();
      await fileSystem.syncDirectory(dir);
    });
    await contents.snapshots.removeOrphans();
    contents.recoveryPoint = Math.max(contents.recoveryPoint, offset);
    const bases = new Set(contents.segments.toArray().map((segment) => segment.baseOffset));
    await contents.snapshots.remove((kept) => kept < offset && !bases.has(kept));
  }

  /** One state per offset, however often a full disk lets moves fail there. */
  #keepState(offset: number): void {
    if (this.#rolled.at(-1)?.offset === offset) this.#rolled.pop();
    this.#rolled.push(encodeProducers(offset, this.#contents.producers.entries()));
  }

  /** Nothing was appended since the last move. */
  #isAt(offset: number): boolean {
    return this.#contents.recoveryPoint >= offset && this.#contents.segments.active.isCreated;
  }

  /** All files that a clean stop leaves are there. */
  #isComplete(offset: number): boolean {
    const { segments, snapshots } = this.#contents;
    // Also those of a sealed segment, which the recovery may have made anew.
    const areSynced = segments.toArray().every((segment) => segment.hasSyncedIndexes);
    return areSynced && (offset === 0 || snapshots.offsets.includes(offset));
  }

  /** Those with batches above the recovery point; and one that was sealed right at it, for its last time entry. */
  #segmentsToSync(): Segment[] {
    const { segments, recoveryPoint } = this.#contents;
    return segments
      .toArray()
      .filter(
        (segment) =>
          segment.nextOffset > recoveryPoint || segment === segments.active || !segment.hasSyncedIndexes,
      );
  }

  /** The states of rolls that were not written yet, and the one of this moment. */
  async #writeSnapshots(): Promise<void> {
    const { snapshots, recoveryPoint } = this.#contents;
    for (let encoded = this.#rolled[0]; encoded !== undefined; encoded = this.#rolled[0]) {
      // One at or below the recovery point is trusted as it is: a crash must not find it half rewritten.
      const isTrusted = encoded.offset <= recoveryPoint && snapshots.offsets.includes(encoded.offset);
      if (!isTrusted && encoded.offset > 0) await snapshots.write(encoded);
      this.#rolled.shift();
    }
  }

  /** After a failed sync what should be durable is in doubt, for good. One that could not begin can be tried again. */
  async #final(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (lacksDescriptors(error)) throw error;
      throw this.#contents.goOffline(error, `making ${this.#contents.options.dir} durable`);
    }
  }

  /** Work that begins anew next time: want of room only keeps the recovery point where it is. */
  async #repeatable(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (lacksRoom(error)) throw error;
      throw this.#contents.goOffline(
        error,
        `writing the indexes and the state of ${this.#contents.options.dir}`,
      );
    }
  }
}

async function syncBatches(segment: Segment): Promise<void> {
  if (segment.isDeleted) return;
  await segment.ensureCreated();
  await segment.file.datasync();
}

function ignore(): void {
  // The caller of `serialized` gets the outcome; the next in line only waits for the end.
}
