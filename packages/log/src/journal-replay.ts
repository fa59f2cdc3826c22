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
 * it and quarantines the partition instead of cutting it off. Before the journal is freed it is noted, durably, for the
 * partitions that were not recovered yet (shutdown-record.ts).
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
  /** Called, and waited for, when there is damage, while the journal still shows it. */
  readonly onDamage?: (() => Promise<void>) | undefined;
}

/**
 * What of a journal file goes into one segment: position in the segment, position in the journal file and length,
 * three numbers per entry. A full journal holds hundreds of thousands of entries.
 */
type Pieces = number[];
const NUMBERS_PER_PIECE = 3;

/** By partition directory and base offset. */
type PiecesBySegment = Map<string, Map<number, Pieces>>;

interface ActiveFile {
  readonly file: JournalFile;
  readonly sizeBytes: number;
  /** What survives the forget records. */
  readonly pieces: PiecesBySegment;
}

/** Segments that are written and synced at the same time. */
const MAX_CONCURRENT_SEGMENTS = 4;

/**
 * Replays the journal of a data directory. Throws DATA_DIR_FORMAT for a journal of a newer version or of another
 * directory, and STORAGE_FAILED when a segment cannot be written or synced: the journal is then untouched.
 */
export async function replayJournal(options: JournalReplayOptions): Promise<JournalReplayReport> {
  const { fileSystem, dataDir } = options;
  const files = await openJournalFiles(fileSystem, join(dataDir, JOURNAL_DIRECTORY));
  try {
    const damage: JournalDamage[] = [];
    const memory = new FileMemory();
    const active = await scanActiveFiles(files, { options, memory, damage });
    const written = await writePieces(active, { options, memory });
    if (damage.length > 0) await options.onDamage?.();
    for (const { file } of active) await file.markFree();
    const usable = await setDamagedAside(files, fileSystem, damage);
    // A process that died may have left the names in the page cache alone.
    if (files.length > 0) await fileSystem.syncDirectory(join(dataDir, JOURNAL_DIRECTORY));
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

/** One piece of memory for one file after the other. */
class FileMemory {
  #memory: Buffer = Buffer.alloc(0);
  #held: JournalFile | undefined;

  /** The whole content, valid until the next call for another file. */
  async contentOf(file: JournalFile, sizeBytes: number): Promise<Buffer> {
    if (this.#held !== file) {
      if (this.#memory.length < sizeBytes) this.#memory = Buffer.allocUnsafeSlow(sizeBytes);
      await file.handle.read(this.#memory.subarray(0, sizeBytes), 0);
      this.#held = file;
    }
    return this.#memory.subarray(0, sizeBytes);
  }
}

interface Work {
  readonly options: JournalReplayOptions;
  readonly memory: FileMemory;
}

/** The active files in the order of their use, scanned, with forget records applied to what comes before them. */
async function scanActiveFiles(
  files: readonly JournalFile[],
  work: Work & { damage: JournalDamage[] },
): Promise<ActiveFile[]> {
  for (const file of files) {
    if (file.header === undefined) await checkBlank(file, work.damage);
    else checkDirectory(file, work.options);
  }
  const byUse = files.filter((file) => file.isActive).sort((a, b) => a.use - b.use);
  const active: ActiveFile[] = [];
  for (const file of byUse) {
    const header = file.header as JournalHeader;
    const successor = byUse.find((other) => other.header?.previousUse === header.use);
    const expectedEnd = successor?.header?.previousEndPosition;
    const sizeBytes = await file.handle.sizeBytes();
    const pieces: PiecesBySegment = new Map();
    active.push({ file, sizeBytes, pieces });
    const content = await work.memory.contentOf(file, sizeBytes);
    const scanned = scanJournal(content, { header, path: file.path, expectedEnd }, (entry) => {
      if (entry.kind === 'write') addPiece(pieces, entry);
      else for (const earlier of active) forgetIn(earlier.pieces, entry);
    });
    work.damage.push(...scanned.damage);
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

function addPiece(bySegment: PiecesBySegment, entry: JournalEntry): void {
  let byBase = bySegment.get(entry.partitionDir);
  if (byBase === undefined) {
    // A CRC protects the name; a journal that was tampered with still writes nowhere but to partitions.
    if (!/^[\w.-]+$/.test(entry.partitionDir) || entry.partitionDir.startsWith('.')) return;
    byBase = new Map();
    bySegment.set(entry.partitionDir, byBase);
  }
  const pieces = byBase.get(entry.segmentBaseOffset);
  if (pieces !== undefined) pieces.push(entry.position, entry.bytesPosition, entry.bytesLength);
  else byBase.set(entry.segmentBaseOffset, [entry.position, entry.bytesPosition, entry.bytesLength]);
}

function forgetIn(bySegment: PiecesBySegment, forget: JournalEntry): void {
  if (forget.kind === 'forget-partition') {
    bySegment.delete(forget.partitionDir);
    return;
  }
  const byBase = bySegment.get(forget.partitionDir);
  const pieces = byBase?.get(forget.segmentBaseOffset);
  if (byBase === undefined || pieces === undefined) return;
  const kept: Pieces = [];
  for (let at = 0; at < pieces.length; at += NUMBERS_PER_PIECE) {
    const [position = 0, bytesPosition = 0, bytesLength = 0] = pieces.slice(at, at + NUMBERS_PER_PIECE);
    if (position >= forget.position) continue;
    kept.push(position, bytesPosition, Math.min(bytesLength, forget.position - position));
  }
  byBase.set(forget.segmentBaseOffset, kept);
}

async function writePieces(
  active: readonly ActiveFile[],
  work: Work,
): Promise<Pick<JournalReplayReport, 'replayedBytes' | 'replayedSegmentCount' | 'missingSegments'>> {
  const missing = new Set<string>();
  const written = new Set<string>();
  let replayedBytes = 0;
  for (const { file, sizeBytes, pieces } of active) {
    const segments = [...pieces].flatMap(([partitionDir, byBase]) =>
      [...byBase].map(([base, list]) => ({
        path: `${partitionDir}/${segmentFileName(base, LOG_SUFFIX)}`,
        list,
      })),
    );
    const content = segments.length > 0 ? await work.memory.contentOf(file, sizeBytes) : Buffer.alloc(0);
    const writeNext = async (): Promise<void> => {
      for (let segment = segments.pop(); segment !== undefined; segment = segments.pop()) {
        const { path, list } = segment;
        if (list.length === 0) continue;
        const bytes = await writeSegment(path, { content, list, options: work.options });
        if (bytes === undefined) missing.add(path);
        else written.add(path);
        replayedBytes += bytes ?? 0;
      }
    };
    await Promise.all(Array.from({ length: MAX_CONCURRENT_SEGMENTS }, writeNext));
  }
  return { replayedBytes, replayedSegmentCount: written.size, missingSegments: [...missing] };
}

/** Writes and syncs. Returns how many bytes; undefined when the segment does not exist. */
async function writeSegment(
  path: string,
  source: { content: Buffer; list: Pieces; options: JournalReplayOptions },
): Promise<number | undefined> {
  const { fileSystem, dataDir } = source.options;
  const segment = await openIfPresent(fileSystem, join(dataDir, path));
  if (segment === undefined) return undefined;
  try {
    const bytes = writeRuns(segment, source.content, source.list);
    await segment.datasync();
    return bytes;
  } finally {
    await segment.close();
  }
}

/** Writes the pieces, those that adjoin in the segment by one call. Returns how many bytes. */
function writeRuns(segment: FileHandle, content: Buffer, pieces: Pieces): number {
  let run: Buffer[] = [];
  let runPosition = 0;
  let runBytes = 0;
  let totalBytes = 0;
  for (let at = 0; at < pieces.length; at += NUMBERS_PER_PIECE) {
    const position = pieces[at] as number;
    const bytesPosition = pieces[at + 1] as number;
    const bytesLength = pieces[at + 2] as number;
    if (position !== runPosition + runBytes) {
      if (run.length > 0) segment.writevSync(run, runPosition);
      run = [];
      runPosition = position;
      runBytes = 0;
    }
    run.push(content.subarray(bytesPosition, bytesPosition + bytesLength));
    runBytes += bytesLength;
    totalBytes += bytesLength;
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
