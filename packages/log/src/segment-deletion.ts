/**
 * Takes segments off the disk. A segment that left the log is renamed (`.deleted`), its `.log` file first, and
 * unlinked after file.delete.delay.ms, so that reads that began before end well.
 *
 * Crash policy: before the first rename the committer has durably forgotten the segment, so no journal brings it
 * back, and the renames are durable before the next segment goes, so that no gap can come up; renamed files, and indexes whose `.log` file is gone, are removed when the log is opened; a rename that
 * did not survive leaves a segment that retention deletes again.
 */
import type { Timer } from './clock.ts';
import type { LogContents } from './log-contents.ts';
import {
  DELETED_SUFFIX,
  LOG_SUFFIX,
  OFFSET_INDEX_SUFFIX,
  TIME_INDEX_SUFFIX,
  TRANSACTION_INDEX_SUFFIX,
} from './log-file-names.ts';
import type { Segment } from './segment.ts';

const SEGMENT_SUFFIXES = [LOG_SUFFIX, OFFSET_INDEX_SUFFIX, TIME_INDEX_SUFFIX, TRANSACTION_INDEX_SUFFIX];

export class SegmentDeletion {
  readonly #contents: LogContents;
  /** Renamed segments that wait to be unlinked. */
  readonly #waiting = new Map<Segment, { readonly paths: readonly string[]; readonly timer: Timer }>();

  constructor(contents: LogContents) {
    this.#contents = contents;
  }

  /** Deletes a segment that is no longer in the list of segments. Segments go one after the other. */
  async delete(segment: Segment): Promise<void> {
    const { committer, fileSystem, clock } = this.#contents.options;
    segment.isDeleted = true;
    await committer?.forget({ file: segment, fromPosition: 0 });
    const paths: string[] = [];
    for (const suffix of SEGMENT_SUFFIXES) {
      const from = segment.pathOf(suffix);
      const to = this.#deletedPath(from);
      try {
        await fileSystem.rename({ from, to });
        paths.push(to);
        // A read that opens the file again must not find another one that has the name by then.
        if (suffix === LOG_SUFFIX) segment.file.moved(to);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      }
    }
    await fileSystem.syncDirectory(this.#contents.options.dir);
    const timer = clock.setTimer(this.#contents.config.fileDeleteDelayMs, () => {
      this.#unlink(segment).catch((error: unknown) => {
        this.#contents.logger.warn(
          { err: error, segment: segment.path },
          'removing a deleted segment failed',
        );
      });
    });
    this.#waiting.set(segment, { paths, timer });
  }

  /** A segment of the same name may have been deleted a moment ago. */
  #deletedPath(from: string): string {
    const taken = new Set([...this.#waiting.values()].flatMap(({ paths }) => paths));
    for (let count = 0; ; count++) {
      const to = `${from}${count === 0 ? '' : `.${count}`}${DELETED_SUFFIX}`;
      if (!taken.has(to)) return to;
    }
  }

  /** Unlinks what still waits. */
  async close(): Promise<void> {
    for (const [segment, { timer }] of [...this.#waiting]) {
      timer.cancel();
      await this.#unlink(segment);
    }
  }

  async #unlink(segment: Segment): Promise<void> {
    const paths = this.#waiting.get(segment)?.paths ?? [];
    this.#waiting.delete(segment);
    await segment.close();
    for (const path of paths) {
      await this.#contents.options.fileSystem.unlink(path).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
      });
    }
  }
}
