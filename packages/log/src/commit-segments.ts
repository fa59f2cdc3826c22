/**
 * The segments that the journal committer knows. Segments are told apart by partition and base offset, not by
 * their `CommitFile`: a log that is closed and opened again brings another object for the same file.
 */
import type { CommitFile } from './durability.ts';

/** A write that waits until the direct sync of its segment is over. */
export interface QueuedWrite {
  readonly position: number;
  readonly bytes: Buffer;
  readonly outcome: PromiseWithResolvers<void>;
}

export interface CommitSegment {
  readonly key: string;
  readonly partitionDir: string;
  /** `partitionDir` in UTF-8. */
  readonly directoryName: Buffer;
  readonly baseOffset: number;
  /** The newest object for the file. */
  file: CommitFile;
  /** The last direct sync that was asked for; undefined when none is outstanding. */
  direct: Promise<void> | undefined;
  /** Not empty only while `direct` is set; in the order of their positions. */
  readonly queued: QueuedWrite[];
  /** The group of its newest entry; undefined when that is settled. */
  entered: Promise<void> | undefined;
}

/** Below so many segments none are dropped. */
const MIN_PRUNE_COUNT = 1024;

export class CommitSegments {
  readonly #byKey = new Map<string, CommitSegment>();
  readonly #byFile = new WeakMap<CommitFile, CommitSegment>();
  readonly #isHeld: (segment: CommitSegment) => boolean;
  #pruneCount = MIN_PRUNE_COUNT;

  /** `isHeld`: whether the journal still holds entries of the segment. */
  constructor(isHeld: (segment: CommitSegment) => boolean) {
    this.#isHeld = isHeld;
  }

  get size(): number {
    return this.#byKey.size;
  }

  of(file: CommitFile): CommitSegment {
    const known = this.#byFile.get(file);
    if (known !== undefined && this.#byKey.get(known.key) === known) return known;
    const key = `${file.partitionDir}/${file.segmentBaseOffset}`;
    let segment = this.#byKey.get(key);
    if (segment === undefined) {
      if (this.#byKey.size >= this.#pruneCount) this.#prune();
      segment = {
        key,
        partitionDir: file.partitionDir,
        directoryName: Buffer.from(file.partitionDir),
        baseOffset: file.segmentBaseOffset,
        file,
        direct: undefined,
        queued: [],
        entered: undefined,
      };
      this.#byKey.set(key, segment);
    }
    segment.file = file;
    this.#byFile.set(file, segment);
    return segment;
  }

  all(): IterableIterator<CommitSegment> {
    return this.#byKey.values();
  }

  inDirectory(partitionDir: string): CommitSegment[] {
    return [...this.#byKey.values()].filter((segment) => segment.partitionDir === partitionDir);
  }

  /** Drops the segments with nothing outstanding and nothing in the journal: rolled, removed or at rest. */
  #prune(): void {
    for (const segment of this.#byKey.values()) {
      const isAtRest = segment.entered === undefined && segment.direct === undefined;
      if (isAtRest && !this.#isHeld(segment)) this.#byKey.delete(segment.key);
    }
    this.#pruneCount = Math.max(MIN_PRUNE_COUNT, 2 * this.#byKey.size);
  }
}
