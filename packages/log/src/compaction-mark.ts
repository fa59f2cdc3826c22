/**
 * The mark of a compacted partition, `compaction.tidelog`. JSON:
 *
 *     { "version": 1, "gapsBelow": 4711, "swap": { "baseOffset": 0, "endOffset": 1200 } }
 *
 * `gapsBelow`: offsets below it may be missing; those from it on are dense. `swap`, when it is there: the cleaned
 * segment that is about to replace all segments that begin in this range of offsets; it counts once
 * `<baseOffset>.log.swap` exists (swap-recovery.ts).
 *
 * The mark is written, durably, before the first file is renamed for it, so a crash leaves one that allows too much
 * at the worst. It is replaced atomically; one that cannot be read was damaged on the disk.
 */
import { readFileIfPresent, writeFileAtomic } from './checkpoint-file.ts';
import type { FileSystem } from './file-system.ts';

/** Offsets from `baseOffset` up to `endOffset`, exclusive. */
export interface SwapRange {
  readonly baseOffset: number;
  readonly endOffset: number;
}

export interface CompactionMark {
  readonly gapsBelow: number;
  /** undefined: no segment is being replaced. */
  readonly swap?: SwapRange | undefined;
}

const VERSION = 1;

/** undefined: there is none, the log was never compacted here. `unreadable`: there is one, and it is damaged. */
export async function readCompactionMark(
  fileSystem: FileSystem,
  path: string,
): Promise<CompactionMark | 'unreadable' | undefined> {
  const content = await readFileIfPresent(fileSystem, path);
  if (content === undefined) return undefined;
  try {
    const parsed = JSON.parse(content.toString('utf8')) as { version?: unknown } & Partial<CompactionMark>;
    const { gapsBelow, swap } = parsed;
    if (parsed.version !== VERSION || !isOffset(gapsBelow)) return 'unreadable';
    if (swap === undefined) return { gapsBelow };
    const isRange = isOffset(swap.baseOffset) && isOffset(swap.endOffset) && swap.baseOffset < swap.endOffset;
    return isRange ? { gapsBelow, swap } : 'unreadable';
  } catch {
    return 'unreadable';
  }
}

/** Replaces the mark, durably. */
export async function writeCompactionMark(
  fileSystem: FileSystem,
  path: string,
  mark: CompactionMark,
): Promise<void> {
  await writeFileAtomic(fileSystem, path, `${JSON.stringify({ version: VERSION, ...mark })}\n`);
}

function isOffset(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
