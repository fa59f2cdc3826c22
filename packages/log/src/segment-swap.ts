/**
 * Puts a cleaned segment in the place of the segments that it was made from, while the log is in use.
 *
 * Order, each step durable before the next:
 * 1. The cleaned files are whole, under `.cleaned` (cleaned-segment.ts).
 * 2. The mark says where offsets may be missing, and which range is replaced (compaction-mark.ts).
 * 3. The indexes, then the log, are renamed to `.swap`. From the last of these on the replacement counts: after a
 *    crash the next opening finishes it (swap-recovery.ts).
 * 4. The journal forgets the replaced segments and they are renamed to `.deleted`, newest first (segment-deletion.ts).
 * 5. The indexes, then the log, get the names of a segment. The list of segments changes in the same turn.
 * 6. The mark forgets the range.
 *
 * Reads that are under way end on the replaced files, which stay for file.delete.delay.ms; one that fails between
 * two renames begins again when the replacement is over.
 *
 * To be run while nothing flushes, truncates or deletes. Want of room before the replacement counts ends it, and nothing
 * has changed; any other failure takes the log offline: which files have which name is then for the next opening to
 * find out.
 */
import { join } from 'node:path';
import { writeCompactionMark, type SwapRange } from './compaction-mark.ts';
import type { LogContents } from './log-contents.ts';
import {
  CLEANED_SUFFIX,
  LOG_SUFFIX,
  OFFSET_INDEX_SUFFIX,
  segmentFileName,
  SWAP_SUFFIX,
  TIME_INDEX_SUFFIX,
} from './log-file-names.ts';
import { Segment } from './segment.ts';
import { lacksRoom, storageError } from './storage-error.ts';
import type { SegmentDeletion } from './segment-deletion.ts';
import { nameSwapFiles } from './swap-recovery.ts';

export interface SegmentSwap {
  /** In the list of segments, next to each other. */
  readonly replaced: readonly Segment[];
  /** Whole and synced, under `.cleaned`; closed by this. */
  readonly cleaned: Segment;
  readonly range: SwapRange;
  /** Exclusive: below it this cleaning leaves offsets out. */
  readonly gapsBelow: number;
  readonly deletion: SegmentDeletion;
}

/** Throws DISK_FULL and STORAGE_FAILED; the log is offline unless it was for want of room. */
export async function swapSegments(contents: LogContents, swap: SegmentSwap): Promise<Segment> {
  const { promise, resolve } = Promise.withResolvers<void>();
  contents.swapCount += 1;
  contents.swapping = promise;
  try {
    return await replace(contents, swap);
  } finally {
    contents.swapCount += 1;
    contents.swapping = undefined;
    resolve();
  }
}

async function replace(contents: LogContents, swap: SegmentSwap): Promise<Segment> {
  const { fileSystem, dir } = contents.options;
  const { replaced, cleaned, range, deletion } = swap;
  const names = await prepare(contents, swap);
  try {
    await fileSystem.syncDirectory(dir);
    for (const segment of replaced.toReversed()) await deletion.delete(segment);
    await nameSwapFiles(fileSystem, dir, { baseOffset: range.baseOffset, names });
    const segment = finished(contents, cleaned, range);
    contents.segments.replace(replaced, segment);
    await forgetRange(contents);
    return segment;
  } catch (error) {
    throw contents.goOffline(error, 'putting cleaned segments in their place');
  }
}

/** Steps 2 and 3 but for the last sync. Gives the names that wait. */
async function prepare(contents: LogContents, swap: SegmentSwap): Promise<string[]> {
  const { fileSystem, dir } = contents.options;
  const { cleaned, range } = swap;
  const gapsBelow = Math.max(contents.gapsBelow, swap.gapsBelow);
  const waiting: string[] = [];
  try {
    await writeCompactionMark(fileSystem, contents.compactionMarkPath, { gapsBelow, swap: range });
    contents.gapsBelow = gapsBelow;
    await cleaned.close();
    for (const suffix of [OFFSET_INDEX_SUFFIX, TIME_INDEX_SUFFIX, LOG_SUFFIX]) {
      // The log counts: the indexes have to be there before it.
      if (suffix === LOG_SUFFIX) await fileSystem.syncDirectory(dir);
      const name = segmentFileName(range.baseOffset, suffix) + SWAP_SUFFIX;
      await fileSystem.rename({ from: cleaned.pathOf(suffix), to: join(dir, name) });
      waiting.push(name);
    }
    return waiting;
  } catch (error) {
    if (!lacksRoom(error)) throw contents.goOffline(error, 'preparing to replace segments by cleaned ones');
    // Those that stay are removed when the log is opened.
    for (const name of waiting) await fileSystem.unlink(join(dir, name)).catch(() => undefined);
    throw storageError(error, `replacing segments in ${dir} by cleaned ones`);
  }
}

/** A mark that names a range of which no file waits does no harm. */
async function forgetRange({ options, compactionMarkPath, gapsBelow, logger }: LogContents): Promise<void> {
  try {
    await writeCompactionMark(options.fileSystem, compactionMarkPath, { gapsBelow });
  } catch (error) {
    if (!lacksRoom(error)) throw error;
    logger.warn(
      { err: error, file: compactionMarkPath },
      'there was no room for the mark of a compacted log',
    );
  }
}

/** The cleaned segment under its own name. */
function finished(contents: LogContents, cleaned: Segment, range: SwapRange): Segment {
  const { place } = contents;
  const path = cleaned.pathOf(LOG_SUFFIX).slice(0, -CLEANED_SUFFIX.length);
  const segment = new Segment({
    place,
    baseOffset: range.baseOffset,
    file: place.files.file(path, 'read-write'),
    sizeBytes: cleaned.sizeBytes,
    nextOffset: range.endOffset,
    createdMs: cleaned.createdMs,
    isNew: false,
    isCreated: true,
  });
  segment.resetNotes({ maxTimestamp: cleaned.knownMaxTimestamp, bytesSinceIndexEntry: 0 });
  segment.firstTimestampMs = cleaned.firstTimestampMs;
  return segment;
}
