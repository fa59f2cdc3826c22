/**
 * A cleaning that dies between any two of its operations on the disk, by a killed process or a power loss; and a
 * recovery from that which dies in turn. What comes back holds the last value of each key, and can be cleaned again.
 */
import { expect, test } from 'vitest';
import type { LogConfigInput } from '../src/log-config.ts';
import type { MemoryFileSystem } from '../src/memory-file-system.ts';
import { MemoryFileSystem as Disk } from '../src/memory-file-system.ts';
import { compact, keyedBatch, readRecords, type StoredRecord } from './compaction-fixture.ts';
import { LOG_DIR } from './log-fixture.ts';
import { SimulatedDirectory, type CommitMode, type CrashKind } from './crash-world.ts';
import { checkSegmentFiles } from './segment-check.ts';
import { observeOperations } from './observed-operations.ts';

const CONFIG: LogConfigInput = {
  cleanupPolicy: ['compact'],
  segmentBytes: 1024,
  indexIntervalBytes: 100,
  fileDeleteDelayMs: 0,
};

interface Sent {
  readonly bytes: Buffer;
  readonly baseOffset: number;
}

interface Life {
  readonly directory: SimulatedDirectory;
  readonly last: Map<string, string>;
  readonly written: Map<number, StoredRecord>;
  readonly sent: Sent[];
}

function openOn(
  fileSystem: MemoryFileSystem,
  mode: CommitMode,
  kind?: CrashKind,
): Promise<SimulatedDirectory> {
  const lastShutdown = kind === 'process-kill' ? 'process-crash' : 'power-loss';
  return SimulatedDirectory.open({ fileSystem, mode, config: CONFIG, lastShutdown });
}

/** Forty batches over seven keys, cleaned once in the middle; all of it durable. */
async function begin(mode: CommitMode): Promise<Life> {
  const directory = await openOn(new Disk(), mode);
  const life: Life = { directory, last: new Map(), written: new Map(), sent: [] };
  const { log, clock } = directory;
  for (let index = 0; index < 40; index++) {
    clock.advance(3);
    const records = [index % 7, (index * 3) % 5].map((key) => ({
      key: `k${key}`,
      value: `${index}`.padEnd(60, '.'),
    }));
    const timestampMs = clock.nowMs();
    const bytes = keyedBatch(records, {
      timestampMs,
      compression: index % 4 === 0 ? 'gzip' : 'none',
      producerId: index % 3,
      producerEpoch: 0,
      baseSequence: 2 * Math.floor(index / 3),
    });
    const { baseOffset, durable } = await log.append(Buffer.from(bytes), { leaderEpoch: 1 });
    await durable;
    records.forEach((record, at) => {
      life.last.set(record.key, record.value);
      life.written.set(baseOffset + at, {
        ...record,
        offset: baseOffset + at,
        timestampMs: timestampMs + at,
      });
    });
    life.sent.push({ bytes, baseOffset });
    if (index === 18) await compact(directory);
  }
  await directory.flush();
  return life;
}

async function checkRecovered(life: Life, directory: SimulatedDirectory): Promise<void> {
  const { log, fileSystem } = directory;
  expect(log.recovery).toMatchObject({ damaged: [], truncatedBytes: 0 });
  expect(log).toMatchObject({ logStartOffset: 0, logEndOffset: 80 });
  const left = (await fileSystem.readdir(LOG_DIR)).filter((name) => /cleaned|swap|deleted/.test(name));
  expect(left).toEqual([]);
  await checkContent(life, directory);
  await log.roll();
  await log.flush();
  await checkSegmentFiles(fileSystem, log, 100);
  for (const { bytes, baseOffset } of life.sent.slice(-12)) {
    const result = await log.append(Buffer.from(bytes), { leaderEpoch: 1 });
    expect(result).toMatchObject({ isDuplicate: true, baseOffset });
  }
  await compact(directory);
  const keys = (await checkContent(life, directory)).filter(({ offset }) => offset < log.firstDirtyOffset);
  expect(new Set(keys.map(({ key }) => key)).size).toBe(keys.length);
  expect(log.firstDirtyOffset).toBeGreaterThan(60);
}

async function checkContent({ last, written }: Life, { log }: SimulatedDirectory): Promise<StoredRecord[]> {
  const found = await readRecords(log);
  let lastOffset = -1;
  for (const record of found) {
    expect(record.offset).toBeGreaterThan(lastOffset);
    expect(record).toEqual(written.get(record.offset));
    lastOffset = record.offset;
  }
  expect(new Map(found.map(({ key, value }) => [key, value ?? '']))).toEqual(last);
  return found;
}

/** What is left of the disk at each operation of `work`, after each kind of death. */
async function crashesDuring(
  fileSystem: MemoryFileSystem,
  kinds: readonly CrashKind[],
  work: () => Promise<unknown>,
): Promise<{ disk: MemoryFileSystem; kind: CrashKind; what: string }[]> {
  const crashes: { disk: MemoryFileSystem; kind: CrashKind; what: string }[] = [];
  let number = 0;
  observeOperations(fileSystem, ({ what, when }) => {
    // What is there before an operation is what was there after the one before it.
    if (when === 'before' && number > 0) return;
    number += 1;
    for (const kind of kinds) {
      const disk = fileSystem.crash({ kind, seed: number });
      crashes.push({ disk, kind, what: `${kind} ${when} ${what} (${number})` });
    }
  });
  await work();
  return crashes;
}

test.each<CommitMode>(['page-cache', 'per-file', 'journal'])(
  'a cleaning survives a crash at every operation, and so does the recovery from it (%s)',
  async (mode) => {
    const life = await begin(mode);
    const { fileSystem } = life.directory;
    const crashes = await crashesDuring(fileSystem, ['process-kill', 'power-loss'], () =>
      compact(life.directory),
    );
    expect(crashes.length).toBeGreaterThan(100);
    let swapCount = 0;
    for (const { disk, kind, what } of crashes) {
      const context = (error: unknown): never => {
        throw new Error(`${what}: ${(error as Error).message}`, { cause: error });
      };
      const copy = disk.crash({ kind: 'process-kill', seed: 0 });
      const names = await copy.readdir(LOG_DIR);
      await openOn(copy, mode, kind)
        .then((directory) => checkRecovered(life, directory))
        .catch(context);
      if (!names.some((name) => name.endsWith('.log.swap'))) continue;
      swapCount += 1;
      if (swapCount % 12 !== 0) continue;
      const again = await crashesDuring(disk, [kind], () => openOn(disk, mode, kind));
      for (const second of again) {
        await openOn(second.disk, mode, kind)
          .then((directory) => checkRecovered(life, directory))
          .catch((error: unknown) =>
            context(new Error(`then ${second.what}: ${String(error)}`, { cause: error })),
          );
      }
    }
    expect(swapCount).toBeGreaterThan(15);
  },
  120_000,
);
