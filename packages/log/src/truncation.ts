/**
 * Cuts an open log at a batch boundary: what replication asks for when a replica parted from its leader.
 *
 * Crash policy: first the recovery point and the cleaner's are lowered durably, since what lies above the cut will be
 * gone; then later segments go, newest first; then the file that holds the cut is shortened and synced; then a log start
 * offset above the cut is lowered durably, since what is appended next begins below it. A crash in between leaves a
 * longer log, or none at all when everything was to go, or one that begins and ends at its old start; the owner asks for
 * the same cut again.
 */
import { BATCH_HEADER_BYTES, baseOffsetAt } from '@tidelog/record';
import { writeCompactionMark } from './compaction-mark.ts';
import type { LogContents } from './log-contents.ts';
import type { LogReader } from './log-reader.ts';
import type { ReadPosition } from './read-positions.ts';
import { SegmentScan } from './segment-scan.ts';
import { Segment } from './segment.ts';
import type { SegmentDeletion } from './segment-deletion.ts';
import { StateReplay } from './state-replay.ts';

/** Runs while nothing is appended, flushed or deleted. `offset` lies below the log end offset. */
export async function truncateLog(
  contents: LogContents,
  cut: { readonly offset: number; readonly reader: LogReader; readonly deletion: SegmentDeletion },
): Promise<void> {
  const { segments } = contents;
  const at = cut.offset < segments.first.baseOffset ? undefined : await cutPosition(contents, cut);
  const offset = at === undefined ? cut.offset : ((await baseOffsetAtPosition(at)) ?? cut.offset);
  contents.truncationCount += 1;
  const { promise, resolve } = Promise.withResolvers<void>();
  contents.truncating = promise;
  try {
    await cutAt(contents, { at, offset, deletion: cut.deletion });
  } finally {
    contents.truncating = undefined;
    resolve();
  }
}

async function cutAt(
  contents: LogContents,
  cut: { readonly at: ReadPosition | undefined; readonly offset: number; readonly deletion: SegmentDeletion },
): Promise<void> {
  const { segments, options, epochs, producers, snapshots } = contents;
  const { at, offset } = cut;
  // In the compacted part the log may end before the cut: at the last batch that is left.
  const mayEndBefore =
    at !== undefined && (offset < contents.gapsBelow || at.position === at.segment.sizeBytes);
  const floor = mayEndBefore ? at.segment.baseOffset : offset;
  contents.recoveryPoint = Math.min(contents.recoveryPoint, floor);
  await options.onRecoveryPointLowered?.(contents.recoveryPoint);
  if (contents.firstDirtyOffset > floor) {
    contents.firstDirtyOffset = floor;
    await options.onFirstDirtyOffsetMoved?.(floor);
  }
  if (at === undefined) await beginAt(contents, offset, cut.deletion);
  else await cutSegment(contents, at, cut.deletion);
  contents.truncationCount += 1;
  if (contents.logEndOffset < contents.logStartOffset) {
    contents.logStartOffset = contents.logEndOffset;
    await options.onLogStartOffsetMoved?.(contents.logStartOffset);
  }
  await lowerGaps(contents);
  epochs.truncateFromEnd(offset);
  await snapshots.remove((kept) => kept > offset);
  producers.clear();
  const nowMs = options.clock.nowMs();
  await new StateReplay({ segments, snapshots, epochs, producers, nowMs }).upTo(offset);
}

/** What is appended from now on is dense again. */
async function lowerGaps(contents: LogContents): Promise<void> {
  const { logEndOffset, options, compactionMarkPath } = contents;
  if (contents.gapsBelow <= logEndOffset) return;
  contents.gapsBelow = logEndOffset;
  await writeCompactionMark(options.fileSystem, compactionMarkPath, { gapsBelow: logEndOffset });
}

/** Where the batch with the offset begins; where compaction has left none from there on, the end of the last one. */
async function cutPosition(
  { segments }: LogContents,
  cut: { readonly offset: number; readonly reader: LogReader },
): Promise<ReadPosition | undefined> {
  const at = await cut.reader.locate(cut.offset);
  if (at !== undefined) return at;
  const last = segments.toArray().findLast((segment) => segment.sizeBytes > 0);
  return last === undefined ? undefined : { segment: last, position: last.sizeBytes };
}

/** undefined at the end of the batches. */
async function baseOffsetAtPosition(at: ReadPosition): Promise<number | undefined> {
  if (at.position === at.segment.sizeBytes) return undefined;
  const header = Buffer.alloc(BATCH_HEADER_BYTES);
  await at.segment.file.read(header, at.position);
  return baseOffsetAt(header, 0);
}

/**
 * All of the log is gone; it begins again at `offset`. The old segments leave the disk before the new one is there:
 * side by side they would look like a log with a gap.
 */
async function beginAt(contents: LogContents, offset: number, deletion: SegmentDeletion): Promise<void> {
  const { segments, place, options } = contents;
  for (const segment of segments.toArray().reverse()) await deletion.delete(segment);
  segments.replaceAll(await Segment.create(place, offset, options.clock.nowMs()));
}

async function cutSegment(contents: LogContents, at: ReadPosition, deletion: SegmentDeletion): Promise<void> {
  const { segments, options, config } = contents;
  const { segment, position } = at;
  while (segments.active !== segment) await removeNewest(contents, deletion);
  await options.committer?.forget({ file: segment, fromPosition: position });
  await segment.file.truncate(position);
  await segment.file.sync();
  const { offset, time } = await segment.indexes();
  await offset.truncateToPosition(position);
  const last = await offset.last();
  await time.truncateToOffset(last === undefined ? 0 : last.offset + 1);
  segment.sizeBytes = position;
  await new SegmentScan({
    segments,
    options,
    config,
    recoveryPoint: 0,
    gapsBelow: contents.gapsBelow,
    damaged: contents.damaged,
    onBatch: () => undefined,
  }).readTail();
}

async function removeNewest(contents: LogContents, deletion: SegmentDeletion): Promise<void> {
  const removed = contents.segments.removeLast();
  if (removed !== undefined) await deletion.delete(removed);
}
