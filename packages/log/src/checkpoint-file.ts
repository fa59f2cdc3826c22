/**
 * Small files that are replaced as a whole, and Kafka's two checkpoint formats in them.
 *
 * Offsets by partition (`recovery-point-offset-checkpoint`, `log-start-offset-checkpoint`,
 * `replication-offset-checkpoint`), as Kafka's OffsetCheckpointFile:
 *
 *     0                       version
 *     2                       how many lines follow
 *     orders 0 4711           topic, partition, offset
 *     orders 1 12
 *
 * Leader epochs (`leader-epoch-checkpoint`), as Kafka's LeaderEpochCheckpointFile: the same head, then
 * `epoch startOffset`, both rising.
 *
 * Invariant: a file of that name holds the old content or the new, never a mixture: the new one is written to
 * `<name>.tmp`, synced, renamed over the old one, and the directory synced. A crash leaves at most a `.tmp` file,
 * which the next write replaces.
 *
 * The parsers accept nothing else; their error (DATA_DIR_FORMAT) names the file and the line.
 */
import { dirname } from 'node:path';
import { TidelogError } from '@tidelog/record/errors';
import type { FileSystem } from './file-system.ts';

/** One line of an offset checkpoint. */
export interface PartitionOffset {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

/** One line of a leader epoch checkpoint: the first offset that was written under the epoch. */
export interface EpochStart {
  readonly epoch: number;
  readonly startOffset: number;
}

/**
 * Replaces the file at `path` by `content`, durably. Two writes of one path must not overlap. On an error the old
 * content is still there, or the new one, undurable, when only the sync of the directory failed.
 */
export async function writeFileAtomic(
  fileSystem: FileSystem,
  path: string,
  content: string | Uint8Array,
): Promise<void> {
  const temporary = `${path}.tmp`;
  const handle = await fileSystem.open(temporary, 'open-or-create');
  try {
    await handle.truncate(0);
    handle.writevSync([typeof content === 'string' ? Buffer.from(content) : content], 0);
    await handle.sync();
  } catch (error) {
    await handle.close();
    await fileSystem.unlink(temporary).catch(() => undefined);
    throw error;
  }
  await handle.close();
  await fileSystem.rename({ from: temporary, to: path });
  await fileSystem.syncDirectory(dirname(path));
}

/** The content of a file that may be missing. */
export async function readFileIfPresent(fileSystem: FileSystem, path: string): Promise<Buffer | undefined> {
  try {
    return await fileSystem.readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

export function formatOffsetCheckpoint(entries: readonly PartitionOffset[]): string {
  return formatCheckpoint(entries.map((entry) => `${entry.topic} ${entry.partition} ${entry.offset}`));
}

/** Throws DATA_DIR_FORMAT, also when a partition appears twice; `path` is for its message. */
export function parseOffsetCheckpoint(text: string, path: string): PartitionOffset[] {
  const seen = new Set<string>();
  return checkpointLines(text, path).map(({ line, lineNumber }) => {
    const [topic = '', partition = '', offset = '', ...rest] = line.split(' ');
    if (topic === '' || rest.length > 0) throw formatError(path, lineNumber, 'topic partition offset', line);
    const entry: PartitionOffset = {
      topic,
      partition: parseCount(partition, path, lineNumber),
      offset: parseCount(offset, path, lineNumber),
    };
    const key = `${topic} ${entry.partition}`;
    if (seen.has(key)) {
      throw formatError(path, lineNumber, 'a partition that no earlier line names', line);
    }
    seen.add(key);
    return entry;
  });
}

export function formatEpochCheckpoint(entries: readonly EpochStart[]): string {
  return formatCheckpoint(entries.map((entry) => `${entry.epoch} ${entry.startOffset}`));
}

/** Throws DATA_DIR_FORMAT, also when epochs or offsets fall; `path` is for its message. */
export function parseEpochCheckpoint(text: string, path: string): EpochStart[] {
  let previous: EpochStart = { epoch: -1, startOffset: 0 };
  return checkpointLines(text, path).map(({ line, lineNumber }) => {
    const [epoch = '', startOffset = '', ...rest] = line.split(' ');
    if (rest.length > 0) throw formatError(path, lineNumber, 'epoch startOffset', line);
    const entry: EpochStart = {
      epoch: parseCount(epoch, path, lineNumber),
      startOffset: parseCount(startOffset, path, lineNumber),
    };
    if (entry.epoch <= previous.epoch || entry.startOffset < previous.startOffset) {
      throw formatError(path, lineNumber, 'an epoch above and an offset not below the line before', line);
    }
    previous = entry;
    return entry;
  });
}

/** undefined when there is no such file. */
export async function readOffsetCheckpoint(
  fileSystem: FileSystem,
  path: string,
): Promise<PartitionOffset[] | undefined> {
  const content = await readFileIfPresent(fileSystem, path);
  return content === undefined ? undefined : parseOffsetCheckpoint(content.toString('utf8'), path);
}

export async function writeOffsetCheckpoint(
  fileSystem: FileSystem,
  path: string,
  entries: readonly PartitionOffset[],
): Promise<void> {
  await writeFileAtomic(fileSystem, path, formatOffsetCheckpoint(entries));
}

/** undefined when there is no such file. */
export async function readEpochCheckpoint(
  fileSystem: FileSystem,
  path: string,
): Promise<EpochStart[] | undefined> {
  const content = await readFileIfPresent(fileSystem, path);
  return content === undefined ? undefined : parseEpochCheckpoint(content.toString('utf8'), path);
}

export async function writeEpochCheckpoint(
  fileSystem: FileSystem,
  path: string,
  entries: readonly EpochStart[],
): Promise<void> {
  await writeFileAtomic(fileSystem, path, formatEpochCheckpoint(entries));
}

const CHECKPOINT_VERSION = '0';

function formatCheckpoint(lines: readonly string[]): string {
  return `${[CHECKPOINT_VERSION, String(lines.length), ...lines].join('\n')}\n`;
}

/** Checks version and count; gives the lines after them, numbered as an editor numbers them. */
function checkpointLines(text: string, path: string): { line: string; lineNumber: number }[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const [version = '', count = '', ...rest] = lines;
  if (version !== CHECKPOINT_VERSION) {
    throw formatError(path, 1, `the checkpoint version ${CHECKPOINT_VERSION}`, version);
  }
  const expectedCount = parseCount(count, path, 2);
  if (rest.length !== expectedCount) {
    throw formatError(path, 2, `the number of lines that follow, ${rest.length}`, count);
  }
  return rest.map((line, index) => ({ line, lineNumber: index + 3 }));
}

function parseCount(text: string, path: string, lineNumber: number): number {
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value))
    throw formatError(path, lineNumber, 'an integer from 0 to 2^53 - 1', text);
  return value;
}

function formatError(path: string, lineNumber: number, expected: string, found: string): TidelogError {
  const shown = JSON.stringify(found.length > 80 ? `${found.slice(0, 77)}...` : found);
  return new TidelogError(
    'DATA_DIR_FORMAT',
    `${path}:${lineNumber}: expected ${expected}, found ${found === '' ? 'nothing' : shown}`,
  );
}
