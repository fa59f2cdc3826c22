/**
 * Recovery of the shared journal: writes what it holds into the segment files, before any log is opened.
 *
 * Order of events, each durable before the next: the bytes of all active journal files go into the segments; the
 * segments are synced; the journal files are marked free, the oldest first. A crash anywhere in between leaves a
 * journal that is replayed again with the same result, since the bytes and their places are the same.
 *
 * What is not written: bytes of a segment file that does not exist (it was removed), and bytes that a later
 * forget record covers. A torn end of the last group is ignored, nobody was told that it is durable. Damage
 * elsewhere is reported, everything readable is replayed, and the damaged file is set aside for the operator:
 * where its bytes are missing in a segment too, the recovery of that log sees a hole with valid batches behind
 * it and quarantines the partition instead of cutting it off.
 */
import { join } from 'node:path';
import { TidelogError } from '@tidelog/record/errors';
import { storageFailed } from './directory-committer.ts';
import type { FileHandle, FileSystem } from './file-system.ts';
import { JournalFile, journalIndexOf } from './journal-file.ts';
import {
  JOURNAL_DATA_POSITION,
  scanJournal,
  type JournalDamage,
  type JournalEntry,
  type JournalHeader,
} from './journal-format.ts';
import { LOG_SUFFIX, segmentFileName } from './log-file-names.ts';

/** The journal's directory inside the data directory. */
export const JOURNAL_DIRECTORY = 'journal.tidelog';

export interface JournalReplayReport {
  /** The journal files, blank or free, open, for the journal to use again. */
  readonly files: readonly JournalFile[];
  /** The number for the next use of a file, above all earlier ones. */
  readonly nextUse: number;
  readonly replayedBytes: number;
  readonly replayedSegmentCount: number;
  /** Segments that the journal names and that no longer exist: `orders-3/00000000000000000000.log`. */
  readonly missingSegments: readonly string[];
  readonly damage: readonly JournalDamage[];
}

export interface JournalReplayOptions {
  readonly fileSystem: FileSystem;
  readonly dataDir: string;
  /** 16 bytes; a journal of another directory is refused. */
  readonly directoryId: Buffer;
}

/** A piece of a journal file that goes to one place of a segment. */
interface Piece {
  readonly position: number;
  readonly bytesPosition: number;
  readonly bytesLength: number;
}

interface ActiveFile {
  readonly file: JournalFile;
  readonly header: JournalHeader;
  readonly scanned: ReturnType<typeof scanJournal>;
  /** What survives the forget records, by segment path relative to the data directory. */
  readonly pieces: Map<string, Piece[]>;
}

/**
 * Replays the journal of a data directory. Throws DATA_DIR_FORMAT for a journal of a newer version or of another
 * directory, and STORAGE_FAILED when a segment cannot be written or synced: the journal is then untouched.
 */
export async function replayJournal(options: JournalReplayOptions): Promise<JournalReplayReport> {
  const { fileSystem, dataDir } = options;
  const files = await openJournalFiles(fileSystem, join(dataDir, JOURNAL_DIRECTORY));
  try {
    const damage: JournalDamage[] = [];
    const active = await scanActiveFiles(files, options, damage);
    dropForgotten(active);
    const written = await writePieces(active, options);
    for (const { file } of active) await file.markFree();
    const usable = await setDamagedAside(files, fileSystem, damage);
    const nextUse = 1 + Math.max(0, ...files.map((file) => file.use));
    return { ...written, files: usable, nextUse, damage };
  } catch (error) {
    await Promise.all(files.map((file) => file.handle.close()));
    throw error instanceof TidelogError ? error : storageFailed(`replaying the journal of ${dataDir}`, error);
  }
}

async function openJournalFiles(fileSystem: FileSystem, directory: string): Promise<JournalFile[]> {
  if ((await fileSystem.stat(directory)) === undefined) return [];
  const files: JournalFile[] = [];
  for (const name of await fileSystem.readdir(directory)) {
    const index = journalIndexOf(name);
    if (index !== undefined) files.push(await JournalFile.open(fileSystem, join(directory, name), index));
  }
  return files;
}

/** The active files in the order of their use, scanned. */
async function scanActiveFiles(
  files: readonly JournalFile[],
  options: JournalReplayOptions,
  damage: JournalDamage[],
): Promise<ActiveFile[]> {
  for (const file of files) {
    if (file.header === undefined) await checkBlank(file, damage);
    else checkDirectory(file, options);
  }
  const byUse = files.filter((file) => file.isActive).sort((a, b) => a.use - b.use);
  const active: ActiveFile[] = [];
  for (const file of byUse) {
    const header = file.header as JournalHeader;
    const successor = files.find((other) => other.isActive && other.header?.previousUse === header.use);
    const scanned = scanJournal(await options.fileSystem.readFile(file.path), {
      header,
      path: file.path,
      expectedEnd: successor?.header?.previousEndPosition,
    });
    damage.push(...scanned.damage);
    active.push({ file, header, scanned, pieces: new Map() });
  }
  return active;
}

/** A file without a valid header was being created, which ends before its first entry; or it is damaged. */
async function checkBlank(file: JournalFile, damage: JournalDamage[]): Promise<void> {
  const sizeBytes = await file.handle.sizeBytes();
  if (sizeBytes <= JOURNAL_DATA_POSITION) return;
  damage.push({
    path: file.path,
    position: 0,
    endPosition: sizeBytes,
    reason: 'it has entries but no valid header',
  });
}

function checkDirectory(file: JournalFile, options: JournalReplayOptions): void {
  if (file.header?.directoryId.equals(options.directoryId) !== false) return;
  throw new TidelogError(
    'DATA_DIR_FORMAT',
    `${file.path} belongs to another data directory than ${options.dataDir} (directory.id in meta.properties); ` +
      'move it back to where it came from',
  );
}

/** Applies forget records, in order, to what comes before them. */
function dropForgotten(active: readonly ActiveFile[]): void {
  for (const [index, { scanned, pieces }] of active.entries()) {
    const earlier = active.slice(0, index + 1).map((file) => file.pieces);
    for (const entry of scanned.entries) {
      if (entry.kind === 'write') addPiece(pieces, entry);
      else for (const map of earlier) forgetIn(map, entry);
    }
  }
}

function segmentPathOf(entry: JournalEntry): string {
  return `${entry.partitionDir}/${segmentFileName(entry.segmentBaseOffset, LOG_SUFFIX)}`;
}

function addPiece(pieces: Map<string, Piece[]>, entry: JournalEntry): void {
  // A CRC protects the name; this keeps a journal that was tampered with inside the data directory all the same.
  if (!/^[\w.-]+$/.test(entry.partitionDir) || entry.partitionDir.startsWith('..')) return;
  const path = segmentPathOf(entry);
  const list = pieces.get(path);
  if (list === undefined) pieces.set(path, [entry]);
  else list.push(entry);
}

function forgetIn(pieces: Map<string, Piece[]>, forget: JournalEntry): void {
  if (forget.kind === 'forget-partition') {
    for (const path of [...pieces.keys()]) {
      if (path.startsWith(`${forget.partitionDir}/`)) pieces.delete(path);
    }
    return;
  }
  const path = segmentPathOf(forget);
  const kept = (pieces.get(path) ?? [])
    .filter((piece) => piece.position < forget.position)
    .map((piece) => ({
      ...piece,
      bytesLength: Math.min(piece.bytesLength, forget.position - piece.position),
    }));
  if (kept.length === 0) pieces.delete(path);
  else pieces.set(path, kept);
}

async function writePieces(
  active: readonly ActiveFile[],
  options: JournalReplayOptions,
): Promise<Pick<JournalReplayReport, 'replayedBytes' | 'replayedSegmentCount' | 'missingSegments'>> {
  const { fileSystem, dataDir } = options;
  const missing = new Set<string>();
  const written = new Set<string>();
  let replayedBytes = 0;
  for (const { file, pieces } of active) {
    if (pieces.size === 0) continue;
    const content = await fileSystem.readFile(file.path);
    for (const [path, list] of pieces) {
      const segment = await openIfPresent(fileSystem, join(dataDir, path));
      if (segment === undefined) {
        missing.add(path);
        continue;
      }
      try {
        replayedBytes += writeRuns(segment, content, list);
        // The last file that names the segment syncs it for all.
        written.add(path);
        if (!active.some((other) => other.file.use > file.use && other.pieces.has(path)))
          await segment.sync();
      } finally {
        await segment.close();
      }
    }
  }
  return { replayedBytes, replayedSegmentCount: written.size, missingSegments: [...missing] };
}

/** Writes the pieces, those that adjoin in the segment by one call. Returns how many bytes. */
function writeRuns(segment: FileHandle, content: Buffer, pieces: readonly Piece[]): number {
  let run: Buffer[] = [];
  let runPosition = 0;
  let runBytes = 0;
  let totalBytes = 0;
  for (const piece of pieces) {
    if (piece.position !== runPosition + runBytes) {
      if (run.length > 0) segment.writevSync(run, runPosition);
      run = [];
      runPosition = piece.position;
      runBytes = 0;
    }
    run.push(content.subarray(piece.bytesPosition, piece.bytesPosition + piece.bytesLength));
    runBytes += piece.bytesLength;
    totalBytes += piece.bytesLength;
  }
  if (run.length > 0) segment.writevSync(run, runPosition);
  return totalBytes;
}

async function openIfPresent(fileSystem: FileSystem, path: string): Promise<FileHandle | undefined> {
  try {
    return await fileSystem.open(path, 'read-write');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** Renames damaged files to `<name>.damaged`; the others can be used again. */
async function setDamagedAside(
  files: readonly JournalFile[],
  fileSystem: FileSystem,
  damage: readonly JournalDamage[],
): Promise<JournalFile[]> {
  const damagedPaths = new Set(damage.map((range) => range.path));
  const usable: JournalFile[] = [];
  for (const file of files) {
    if (!damagedPaths.has(file.path)) {
      usable.push(file);
      continue;
    }
    await file.handle.close();
    await fileSystem.rename({ from: file.path, to: `${file.path}.damaged` });
  }
  return usable;
}
