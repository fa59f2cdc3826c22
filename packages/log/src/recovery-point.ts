/**
 * Moves the recovery point: makes everything below an offset durable in the log's own files, so that the next
 * recovery need not look at it.
 *
 * Steps, in this order, each of which a crash may cut short without harm, as the recovery point moves last:
 * 1. The state at the log end offset is encoded: producers, epochs.
 * 2. Segments above the old recovery point are synced, oldest first, then their indexes.
 * 3. The producer snapshot and the epochs are written and synced, then the directory that names them.
 * 4. The recovery point moves to that offset. The owner of the log writes it into its checkpoint when it likes.
 * 5. Older snapshots are removed, except those at the base offset of a segment.
 *
 * A failed sync takes the log offline: what it should have made durable is in doubt for good.
 */
import type { LogContents } from './log-contents.ts';
import { encodeProducers, type EncodedSnapshot } from './producer-snapshot-files.ts';
import type { Segment } from './segment.ts';

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
    this.#rolled.push(encodeProducers(this.#contents.logEndOffset, this.#contents.producers.entries()));
  }

  /** Moves the recovery point to the log end offset of this moment. Moves run one after the other. */
  move(options: { readonly isLast?: boolean } = {}): Promise<void> {
    return this.serialized(() => this.#move(options));
  }

  /** Makes what was written so far durable in the segment files, without moving the recovery point. */
  syncData(): Promise<void> {
    return this.serialized(async () => {
      for (const segment of this.#segmentsToSync()) {
        if (segment.isDeleted) continue;
        await segment.ensureCreated();
        await segment.file.datasync();
      }
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
    if (contents.recoveryPoint >= offset && options.isLast !== true && contents.segments.active.isCreated)
      return;
    const snapshot = encodeProducers(offset, contents.producers.entries());
    const rolled = this.#rolled;
    this.#rolled = [];
    try {
      for (const segment of this.#segmentsToSync()) await this.#syncSegment(segment);
      for (const encoded of [...rolled, snapshot]) {
        // One at or below the recovery point is trusted as it is: a crash must not find it half rewritten.
        const isTrusted =
          encoded.offset <= contents.recoveryPoint && contents.snapshots.offsets.includes(encoded.offset);
        if (!isTrusted && encoded.offset > 0) await contents.snapshots.write(encoded);
      }
      await contents.epochs.save(contents.options.fileSystem, contents.leaderEpochPath);
      await contents.options.fileSystem.syncDirectory(contents.options.dir);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      // A full disk keeps the recovery point where it is; everything is tried again next time.
      if (code === 'ENOSPC' || code === 'EDQUOT') {
        this.#rolled = [...rolled, ...this.#rolled];
        throw error;
      }
      throw contents.goOffline(error, `making ${contents.options.dir} durable`);
    }
    await contents.snapshots.removeOrphans();
    contents.recoveryPoint = Math.max(contents.recoveryPoint, offset);
    const bases = new Set(contents.segments.toArray().map((segment) => segment.baseOffset));
    await contents.snapshots.remove((kept) => kept < offset && !bases.has(kept));
  }

  #segmentsToSync(): Segment[] {
    const { segments, recoveryPoint } = this.#contents;
    return segments
      .toArray()
      .filter((segment) => segment.nextOffset > recoveryPoint || segment === segments.active);
  }

  async #syncSegment(segment: Segment): Promise<void> {
    if (segment.isDeleted) return;
    await segment.ensureCreated();
    await segment.file.datasync();
    await segment.syncIndexes();
  }
}

function ignore(): void {
  // The caller of `serialized` gets the outcome; the next in line only waits for the end.
}
