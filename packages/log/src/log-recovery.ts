/**
 * Opens the files of a partition and brings log, indexes, producer state and epochs into agreement.
 *
 * After a clean shutdown the files are trusted: the walk from the last index entry to the end finds the log end
 * offset. After any other, every batch from the recovery point on is read and compared with its CRC, and must
 * continue the offsets; damage-policy.ts decides whether what is wrong is cut off or quarantined.
 *
 * Steps, each of which may be cut short by a crash and is then done again in full:
 * 1. A replacement of segments by a cleaned one is finished (swap-recovery.ts); leftovers are removed: `*.deleted`,
 *    `*.cleaned`, indexes without a segment.
 * 2. Segments are listed; a log without any gets its first. What a failed sync may have dropped is written again
 *    (unsynced-rewrite.ts).
 * 3. The walk: the tail (clean), or everything from the recovery point (unclean). When the log is cut, later
 *    segments go first, newest first, then the tail of this one, so that no step leaves a gap behind it.
 * 4. Producer state and epochs: from their files as far as those are trusted, then from the batches.
 */
import { basename, join } from 'node:path';
import { readCompactionMark, writeCompactionMark } from './compaction-mark.ts';
import { readDamageFile, writeDamageFile } from './damage-file.ts';
import { LeaderEpochCache } from './leader-epoch-cache.ts';
import { LogContents } from './log-contents.ts';
import type { LogConfig } from './log-config.ts';
import {
  COMPACTION_FILE,
  DAMAGE_FILE,
  LEADER_EPOCH_FILE,
  LOG_SUFFIX,
  OFFSET_INDEX_SUFFIX,
  TIME_INDEX_SUFFIX,
  TRANSACTION_INDEX_SUFFIX,
} from './log-file-names.ts';
import type { LogOptions, RecoveryReport } from './log-options.ts';
import { silentLogger } from './logger.ts';
import { listPartitionFiles, openSegments } from './partition-files.ts';
import { ProducerSnapshotFiles } from './producer-snapshot-files.ts';
import { Segment, type SegmentPlace } from './segment.ts';
import { SegmentList } from './segment-list.ts';
import { SegmentScan, type Cut } from './segment-scan.ts';
import { StateReplay } from './state-replay.ts';
import { finishSwap } from './swap-recovery.ts';
import { finalSync, rewriteUnsynced } from './unsynced-rewrite.ts';

export interface RecoveredLog {
  readonly contents: LogContents;
  readonly report: RecoveryReport;
}

/**
 * Opens the partition's files. Throws what the file system throws, and DATA_DIR_FORMAT for files that it cannot
 * take over.
 */
export async function recoverLog(options: LogOptions, config: LogConfig): Promise<RecoveredLog> {
  const { fileSystem, clock, dir } = options;
  const startMs = clock.monotonicMs();
  const markPath = join(dir, COMPACTION_FILE);
  const mark = await readCompactionMark(fileSystem, markPath);
  await finishSwap({ fileSystem, dir, mark });
  const names = await listPartitionFiles(fileSystem, dir);
  const opened: { contents?: LogContents } = {};
  const place: SegmentPlace = {
    dir,
    partitionDir: options.name,
    fileSystem,
    files: options.files,
    segmentIndexBytes: () => (opened.contents?.config ?? config).segmentIndexBytes,
  };
  const segments = new SegmentList(await openSegments(place, names, options.lastShutdown));
  const isNew = segments.length === 0;
  if (isNew) segments.add(await Segment.create(place, options.logStartOffset ?? 0, clock.nowMs()));
  // Segments are deleted only below the recovery point, so the log's own start is never too high a one.
  const recoveryPoint = Math.max(isNew ? 0 : (options.recoveryPoint ?? 0), segments.first.baseOffset);
  if (options.lastShutdown === 'failed-sync') {
    await rewriteUnsynced(options, { segments, recoveryPoint, names });
  }
  // Segments are compacted only below the recovery point.
  const marked = mark === 'unreadable' ? recoveryPoint : (mark?.gapsBelow ?? 0);
  const allowedGaps = Math.max(marked, options.firstDirtyOffset ?? 0);
  if (mark === 'unreadable') {
    options.logger?.error(
      { log: options.name, file: markPath },
      `${markPath} is damaged: missing offsets below ${recoveryPoint} of log ${options.name} are taken for compacted ones`,
    );
  }
  const damagePath = join(dir, DAMAGE_FILE);
  const knownDamage = names.includes(DAMAGE_FILE) ? await readDamageFile(fileSystem, damagePath) : [];
  const epochs = await LeaderEpochCache.load(fileSystem, join(dir, LEADER_EPOCH_FILE));
  const replay = new StateReplay({
    segments,
    epochs,
    snapshots: new ProducerSnapshotFiles({ fileSystem, dir, names }),
    nowMs: clock.nowMs(),
  });
  const scan = new SegmentScan({
    segments,
    options,
    config,
    recoveryPoint,
    gapsBelow: allowedGaps,
    damaged: knownDamage,
    onBatch: (header) => replay.apply(header),
  });
  const isClean = options.lastShutdown === 'clean' || isNew;
  let cut: Cut | undefined;
  if (isClean) {
    if (!isNew) cut = await scan.readTail();
    await replay.upTo(segments.active.nextOffset);
  } else {
    await replay.upTo(recoveryPoint);
    cut = await scan.scan();
  }
  const truncatedBytes = cut === undefined ? 0 : await applyCut(options, segments, cut);
  const logStartOffset = Math.max(options.logStartOffset ?? 0, segments.first.baseOffset);
  if (logStartOffset > segments.active.nextOffset && scan.damaged.length === 0) {
    await beginAnew(options, segments, () => Segment.create(place, logStartOffset, clock.nowMs()));
    replay.producers.clear();
  }
  if (scan.damaged.length > knownDamage.length) await writeDamageFile(fileSystem, damagePath, scan.damaged);
  replay.epochs.truncateFromEnd(segments.active.nextOffset);
  await replay.snapshots.remove((offset) => offset > Math.min(recoveryPoint, segments.active.nextOffset));
  const { nextOffset: endOffset } = segments.active;
  const gapsBelow = Math.min(allowedGaps, endOffset);
  // What is appended from now on is dense again.
  if (marked > endOffset) await writeCompactionMark(fileSystem, markPath, { gapsBelow });
  const contents = new LogContents({
    options,
    config,
    place,
    segments,
    producers: replay.producers,
    snapshots: replay.snapshots,
    epochs: replay.epochs,
    logStartOffset,
    recoveryPoint: Math.min(recoveryPoint, segments.active.nextOffset),
    gapsBelow,
    firstDirtyOffset: Math.min(options.firstDirtyOffset ?? 0, endOffset),
    damaged: scan.damaged,
  });
  opened.contents = contents;
  const report: RecoveryReport = {
    lastShutdown: options.lastShutdown,
    scannedBytes: scan.scannedBytes,
    truncatedBytes,
    truncatedReason: cut?.reason,
    rebuiltIndexes: scan.rebuiltIndexes,
    damaged: scan.damaged,
    durationMs: clock.monotonicMs() - startMs,
  };
  logReport(options, report, cut);
  return { contents, report };
}

/** Cuts the log at a batch boundary, durably. Returns how many bytes went. */
async function applyCut(options: LogOptions, segments: SegmentList, cut: Cut): Promise<number> {
  let cutBytes = 0;
  while (segments.active !== cut.segment) {
    cutBytes += await segments.active.file.sizeBytes();
    await removeSegment(options, segments.active);
    segments.removeLast();
  }
  await options.fileSystem.syncDirectory(options.dir);
  const fileBytes = await cut.segment.file.sizeBytes();
  if (fileBytes > cut.position) {
    await options.committer?.forget({ file: cut.segment, fromPosition: cut.position });
    await cut.segment.file.truncate(cut.position);
    await finalSync(options, cut.segment.file);
    cutBytes += fileBytes - cut.position;
  }
  return cutBytes;
}

/**
 * The records up to the log start offset were deleted, and what followed was lost: the log goes on empty. The old
 * segments are gone for good before the new one is there: side by side they would look like a log with a gap.
 */
async function beginAnew(
  options: LogOptions,
  segments: SegmentList,
  create: () => Promise<Segment>,
): Promise<void> {
  for (let segment = segments.removeLast(); segment !== undefined; segment = segments.removeLast()) {
    await removeSegment(options, segment);
  }
  await options.fileSystem.syncDirectory(options.dir);
  segments.add(await create());
}

async function removeSegment(options: LogOptions, segment: Segment): Promise<void> {
  await options.committer?.forget({ file: segment, fromPosition: 0 });
  await segment.close();
  for (const suffix of [LOG_SUFFIX, OFFSET_INDEX_SUFFIX, TIME_INDEX_SUFFIX, TRANSACTION_INDEX_SUFFIX]) {
    await options.fileSystem.unlink(segment.pathOf(suffix)).catch(ignoreMissing);
  }
}

function logReport(options: LogOptions, report: RecoveryReport, cut: Cut | undefined): void {
  const logger = options.logger ?? silentLogger;
  if (cut !== undefined) {
    logger.warn(
      {
        log: options.name,
        offset: cut.offset,
        file: cut.segment.path,
        position: cut.position,
        bytes: report.truncatedBytes,
      },
      `log ${options.name} was cut at offset ${cut.offset}: ${report.truncatedBytes} bytes went from ${basename(cut.segment.path)} byte ${cut.position} on (${cut.reason}); this is the rest of a write that a crash interrupted, or a damaged last batch`,
    );
  }
  for (const range of report.damaged) {
    logger.error(
      { log: options.name, ...range },
      `log ${options.name} is quarantined: offsets ${range.fromOffset} to ${range.toOffset - 1} are damaged in ${range.file} at byte ${range.position} (${range.reason}); it takes no appends until the file is restored from a replica or a backup`,
    );
  }
}

function ignoreMissing(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}
