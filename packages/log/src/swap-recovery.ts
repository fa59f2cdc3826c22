/**
 * Finishes, when a log is opened, a replacement of segments by a cleaned one that a crash interrupted.
 *
 * What a crash can leave (segment-swap.ts has the order of the renames):
 * - no `.log.swap`: the replacement had not begun to count, or is done. Index files that wait as `.swap` go.
 * - a `.log.swap` that the mark names: it counts. The segments of its range that are still there go, all but the one
 *   of its own name, which the renames replace; then its files get their names, indexes first. An index file without
 *   `.swap` has its name already.
 * - a `.log.swap` that the mark does not name: Kafka's cleaner left it, and only Kafka knows what it replaces.
 *
 * Each step may be cut short by a crash and is then done again; the names on which the next step relies are durable
 * before it.
 */
import { join } from 'node:path';
import { TidelogError } from '@tidelog/record/errors';
import type { CompactionMark } from './compaction-mark.ts';
import type { FileSystem } from './file-system.ts';
import {
  LOG_SUFFIX,
  offsetOfFileName,
  OFFSET_INDEX_SUFFIX,
  segmentFileName,
  SWAP_SUFFIX,
  TIME_INDEX_SUFFIX,
  TRANSACTION_INDEX_SUFFIX,
} from './log-file-names.ts';

const INDEX_SUFFIXES = [OFFSET_INDEX_SUFFIX, TIME_INDEX_SUFFIX];

/** Throws DATA_DIR_FORMAT for a swap file that is not ours, or whose mark is damaged. */
export async function finishSwap(options: {
  readonly fileSystem: FileSystem;
  readonly dir: string;
  readonly mark: CompactionMark | 'unreadable' | undefined;
}): Promise<void> {
  const { fileSystem, dir, mark } = options;
  const names = await readIfPresent(fileSystem, dir);
  const swapNames = names.filter((name) => name.endsWith(SWAP_SUFFIX));
  if (swapNames.length === 0) return;
  const logName = swapNames.find((name) => name.endsWith(LOG_SUFFIX + SWAP_SUFFIX));
  if (logName === undefined) {
    for (const name of swapNames) await fileSystem.unlink(join(dir, name));
    return;
  }
  const swap = mark === 'unreadable' ? undefined : mark?.swap;
  if (swap === undefined || logName !== segmentFileName(swap.baseOffset, LOG_SUFFIX + SWAP_SUFFIX)) {
    throw new TidelogError(
      'DATA_DIR_FORMAT',
      `${join(dir, logName)} was left by an interrupted cleaning that compaction.tidelog does not tell of; if Kafka ran on this directory, start it once and stop it cleanly, else restore the partition from a replica or a backup`,
    );
  }
  // The process may have died before the names that it relied on were durable.
  await fileSystem.syncDirectory(dir);
  for (const suffix of [LOG_SUFFIX, ...INDEX_SUFFIXES, TRANSACTION_INDEX_SUFFIX]) {
    for (const name of names) {
      const baseOffset = offsetOfFileName(name, suffix);
      if (baseOffset === undefined || baseOffset <= swap.baseOffset || baseOffset >= swap.endOffset) continue;
      await fileSystem.unlink(join(dir, name));
    }
    await fileSystem.syncDirectory(dir);
  }
  await nameSwapFiles(fileSystem, dir, { baseOffset: swap.baseOffset, names: swapNames });
}

/** The last step of a replacement: the waiting files get the names of a segment, the indexes durably before the log. */
export async function nameSwapFiles(
  fileSystem: FileSystem,
  dir: string,
  swap: { readonly baseOffset: number; readonly names: readonly string[] },
): Promise<void> {
  const rename = async (suffix: string): Promise<void> => {
    const name = segmentFileName(swap.baseOffset, suffix);
    if (!swap.names.includes(name + SWAP_SUFFIX)) return;
    await fileSystem.rename({ from: join(dir, name + SWAP_SUFFIX), to: join(dir, name) });
  };
  for (const suffix of INDEX_SUFFIXES) await rename(suffix);
  await fileSystem.syncDirectory(dir);
  await rename(LOG_SUFFIX);
  await fileSystem.syncDirectory(dir);
}

async function readIfPresent(fileSystem: FileSystem, dir: string): Promise<string[]> {
  try {
    return await fileSystem.readdir(dir);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
