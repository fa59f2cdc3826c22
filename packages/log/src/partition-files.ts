/**
 * The listing of a partition's directory: which segments there are, and what an interrupted deletion left.
 *
 * What a crash can leave: `*.deleted` files whose time to be removed had not come; `*.cleaned` files of a cleaning
 * under way; index, snapshot and side files whose segment is gone, since a segment's `.log` file is renamed first;
 * `*.tmp` and torn snapshot files. All are removed here or replaced later. Nothing else in the directory is touched.
 */
import { dirname, join } from 'node:path';
import { TidelogError } from '@tidelog/record/errors';
import type { FileSystem } from './file-system.ts';
import {
  CLEANED_SUFFIX,
  DELETED_SUFFIX,
  LOG_SUFFIX,
  OFFSET_INDEX_SUFFIX,
  offsetOfFileName,
  segmentFileName,
  TIME_INDEX_SUFFIX,
  TRANSACTION_INDEX_SUFFIX,
} from './log-file-names.ts';
import type { LastShutdown } from './log-options.ts';
import { Segment, type SegmentPlace } from './segment.ts';

/** Names in the directory after the leftovers were removed. A directory that does not exist is made, durably. */
export async function listPartitionFiles(fileSystem: FileSystem, dir: string): Promise<string[]> {
  const names = await readOrMakeDirectory(fileSystem, dir);
  const bases = new Set(names.map((name) => offsetOfFileName(name, LOG_SUFFIX)));
  const isLeftover = (name: string): boolean =>
    name.endsWith(DELETED_SUFFIX) || name.endsWith(CLEANED_SUFFIX) || isOrphan(name, bases);
  for (const name of names.filter(isLeftover)) await fileSystem.unlink(join(dir, name));
  return names.filter((name) => !isLeftover(name));
}

async function readOrMakeDirectory(fileSystem: FileSystem, dir: string): Promise<string[]> {
  try {
    return await fileSystem.readdir(dir);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    await fileSystem.mkdir(dir);
    await fileSystem.syncDirectory(dirname(dir));
    return [];
  }
}

function isOrphan(name: string, bases: ReadonlySet<number | undefined>): boolean {
  return [OFFSET_INDEX_SUFFIX, TIME_INDEX_SUFFIX, TRANSACTION_INDEX_SUFFIX].some((suffix) => {
    const base = offsetOfFileName(name, suffix);
    return base !== undefined && !bases.has(base);
  });
}

/** The segments among the names, oldest first. A sealed one ends where the next begins; the last one's end is not known yet. */
export async function openSegments(
  place: SegmentPlace,
  names: readonly string[],
  lastShutdown: LastShutdown,
): Promise<Segment[]> {
  const bases = names
    .map((name) => offsetOfFileName(name, LOG_SUFFIX))
    .filter((base) => base !== undefined)
    .sort((a, b) => a - b);
  return Promise.all(
    bases.map(async (baseOffset, index) => {
      const file = place.files.file(segmentPath(place, baseOffset), 'read-write');
      const stat = await place.fileSystem.stat(file.path);
      if (stat === undefined)
        throw new TidelogError('STORAGE_FAILED', `${file.path} went away while it was opened`);
      return new Segment({
        place,
        baseOffset,
        file,
        sizeBytes: stat.sizeBytes,
        nextOffset: bases[index + 1] ?? baseOffset,
        createdMs: stat.mtimeMs,
        isNew: false,
        // A process that died may have left names in the page cache alone.
        isCreated: lastShutdown === 'clean' || lastShutdown === 'power-loss',
      });
    }),
  );
}

function segmentPath(place: SegmentPlace, baseOffset: number): string {
  return join(place.dir, segmentFileName(baseOffset, LOG_SUFFIX));
}
