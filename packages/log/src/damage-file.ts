/**
 * The quarantine mark of a partition, `damage.tidelog`: which offsets are lost and where. JSON:
 *
 *     { "version": 1, "damaged": [{ "fromOffset": 10, "toOffset": 20, "file": "00000000000000000000.log",
 *       "position": 4096, "endPosition": 8192, "reason": "…" }] }
 *
 * While it exists the partition refuses appends and reads of those ranges. It is replaced atomically and goes
 * away only with a repair, never by itself. One that cannot be read keeps the partition quarantined.
 */
import { readFileIfPresent, writeFileAtomic } from './checkpoint-file.ts';
import type { FileSystem } from './file-system.ts';
import type { DamagedRange } from './log-options.ts';

const VERSION = 1;

/** The ranges of the mark at `path`; none when there is no mark. */
export async function readDamageFile(fileSystem: FileSystem, path: string): Promise<DamagedRange[]> {
  const content = await readFileIfPresent(fileSystem, path);
  if (content === undefined) return [];
  try {
    const parsed = JSON.parse(content.toString('utf8')) as { version?: unknown; damaged?: unknown };
    if (parsed.version === VERSION && Array.isArray(parsed.damaged) && parsed.damaged.every(isRange)) {
      return parsed.damaged;
    }
  } catch {
    // Not JSON: as any other content that is not a mark.
  }
  return [
    {
      fromOffset: 0,
      toOffset: Number.MAX_SAFE_INTEGER,
      file: path,
      position: 0,
      endPosition: content.length,
      reason: 'the quarantine mark itself cannot be read',
    },
  ];
}

export async function writeDamageFile(
  fileSystem: FileSystem,
  path: string,
  damaged: readonly DamagedRange[],
): Promise<void> {
  await writeFileAtomic(fileSystem, path, `${JSON.stringify({ version: VERSION, damaged }, undefined, 2)}\n`);
}

function isRange(value: unknown): value is DamagedRange {
  if (typeof value !== 'object' || value === null) return false;
  const range = value as Record<string, unknown>;
  return (
    [range['fromOffset'], range['toOffset'], range['position'], range['endPosition']].every(
      Number.isSafeInteger,
    ) &&
    typeof range['file'] === 'string' &&
    typeof range['reason'] === 'string'
  );
}
