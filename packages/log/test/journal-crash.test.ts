/**
 * Power loss at every sync point of a random run of the journal committer: appends small and large, cut-off
 * tails, removed and re-created segments, flushes, journal files so small that they are used again and again.
 *
 * After each crash and replay: every byte that was reported durable is in its segment; nothing that was cut off
 * or removed is back; a second replay, also one after a crash in the middle of the first, changes nothing; no
 * damage is reported.
 */
import { expect, test } from 'vitest';
import { systemClock } from '../src/clock.ts';
import { JournalCommitter } from '../src/journal-committer.ts';
import { replayJournal } from '../src/journal-replay.ts';
import { MemoryFileSystem } from '../src/memory-file-system.ts';
import { seededRandom, type Random } from '../src/seeded-random.ts';
import { DATA_DIR, DIRECTORY_ID, TestSegment, partitionOn, recoverDisk } from './test-segment.ts';

const RUN_COUNT = 12;
const STEP_COUNT = 40;
const PARTITION_COUNT = 4;

/** What must hold of one segment file after a crash. */
interface Expectation {
  readonly path: string;
  readonly content: Buffer;
  readonly staleContent: Buffer | undefined;
  readonly durableBytes: number;
}

function expectationsOf(segments: readonly (TestSegment | undefined)[]): Expectation[] {
  return segments
    .filter((segment) => segment !== undefined)
    .map(({ path, content, staleContent, durableBytes }) => ({ path, content, staleContent, durableBytes }));
}

function check(disk: MemoryFileSystem, expectations: readonly Expectation[]): void {
  for (const { path, content, staleContent, durableBytes } of expectations) {
    const found = disk.readFileSync(path);
    expect(found.length).toBeGreaterThanOrEqual(durableBytes);
    expect(found.length).toBeLessThanOrEqual(Math.max(content.length, staleContent?.length ?? 0));
    expect(found.compare(content, 0, durableBytes, 0, durableBytes)).toBe(0);
    // Behind the durable bytes: what was written, or zeros where it was lost; nothing older.
    for (let at = durableBytes; at < found.length; at++) {
      const isKnown = found[at] === 0 || found[at] === content[at] || found[at] === staleContent?.[at];
      if (!isKnown) expect.fail(`byte ${at} of ${path} is from before`);
    }
  }
}

async function checkPowerLoss(
  disk: MemoryFileSystem,
  seed: number,
  expectations: readonly Expectation[],
): Promise<void> {
  const survivor = disk.crash({ seed, kind: 'power-loss' });
  const crashedAgain: MemoryFileSystem[] = [];
  survivor.onSyncPoint = ({ number }) => {
    crashedAgain.push(survivor.crash({ seed: seed + number, kind: 'power-loss' }));
  };
  const report = await recoverDisk(survivor);
  survivor.onSyncPoint = undefined;
  expect(report.damage).toEqual([]);
  check(survivor, expectations);
  for (const disk of crashedAgain) {
    await recoverDisk(disk);
    check(disk, expectations);
  }
  const replayed = survivor.crash({ seed, kind: 'power-loss' });
  const second = await recoverDisk(replayed);
  expect(second.replayedBytes).toBe(0);
  for (const { path } of expectations)
    expect(replayed.readFileSync(path)).toEqual(survivor.readFileSync(path));
}

/** After the death of the process alone the page cache holds everything: the replay changes no byte. */
async function checkProcessKill(disk: MemoryFileSystem, expectations: readonly Expectation[]): Promise<void> {
  const survivor = disk.crash({ seed: 0, kind: 'process-kill' });
  const before = expectations.map(({ path }) => survivor.readFileSync(path));
  await recoverDisk(survivor);
  for (const [index, { path }] of expectations.entries()) {
    expect(survivor.readFileSync(path)).toEqual(before[index]);
  }
}

function endOfTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** One random run; `atSyncPoint` is called at every sync point with what must hold there. */
async function run(
  random: Random,
  disk: MemoryFileSystem,
  atSyncPoint: (expectations: Expectation[]) => Promise<void>,
): Promise<void> {
  await disk.mkdir(DATA_DIR);
  await disk.syncDirectory('/');
  const committer = new JournalCommitter({
    fileSystem: disk,
    clock: systemClock,
    dataDir: DATA_DIR,
    directoryId: DIRECTORY_ID,
    replayed: await replayJournal({ fileSystem: disk, dataDir: DATA_DIR, directoryId: DIRECTORY_ID }),
    policy: { directFileLimit: random.below(3), directWriteBytes: 1500, calmGroups: 3 },
    journalFileSizeBytes: 8192 + 2048 + random.below(4096),
    maxJournalFiles: 2 + random.below(2),
  });
  const segments: (TestSegment | undefined)[] = [];
  const create = (index: number): Promise<TestSegment> =>
    TestSegment.create({ disk, committer, partitionDir: `t-${index}`, baseOffset: 0 });
  for (let index = 0; index < PARTITION_COUNT; index++) {
    await partitionOn(disk, `t-${index}`);
    segments.push(await create(index));
  }
  disk.onSyncPoint = async ({ number }) => {
    await atSyncPoint(expectationsOf(segments));
    // Syncs end in any order.
    for (let turns = (number * 7) % 5; turns > 0; turns--) await endOfTurn();
  };
  let outstanding: Promise<void>[] = [];
  for (let step = 0; step < STEP_COUNT; step++) {
    const index = random.below(PARTITION_COUNT);
    const segment = segments[index] as TestSegment;
    const draw = random.below(100);
    if (draw < 80) {
      const sizeBytes = random.below(10) === 0 ? 1500 + random.below(1000) : 1 + random.below(700);
      outstanding.push(segment.appendBytes(Buffer.alloc(sizeBytes, 1 + random.below(255))));
    } else if (draw < 90) {
      await segment.cutTo(random.below(segment.content.length + 1));
    } else if (draw < 94) {
      // While it is being removed, nothing is expected of it.
      segments[index] = undefined;
      await segment.remove();
      segments[index] = await create(index);
    } else if (draw < 97) {
      await committer.flush();
    }
    if (random.below(4) === 0) {
      await Promise.all(outstanding);
      outstanding = [];
    }
  }
  await Promise.all(outstanding);
  if (random.below(2) === 0) await committer.close();
}

test.each(Array.from({ length: RUN_COUNT }, (_, seed) => seed))(
  'power loss at every sync point of run %i keeps what is durable and brings back nothing',
  async (seed) => {
    const disk = new MemoryFileSystem();
    let crashCount = 0;
    await run(seededRandom(seed), disk, async (expectations) => {
      crashCount += 1;
      await Promise.all([
        checkProcessKill(disk, expectations),
        checkPowerLoss(disk, seed * 1000 + crashCount, expectations),
      ]);
    });
    expect(crashCount).toBeGreaterThan(20);
    await checkPowerLoss(disk, seed, []);
  },
);

test('a damaged entry below a later sync is reported, the file set aside, everything else replayed', async () => {
  const disk = new MemoryFileSystem();
  await disk.mkdir(DATA_DIR);
  await disk.syncDirectory('/');
  const committer = new JournalCommitter({
    fileSystem: disk,
    clock: systemClock,
    dataDir: DATA_DIR,
    directoryId: DIRECTORY_ID,
    replayed: { files: [], nextUse: 1 },
    policy: { directFileLimit: 0 },
  });
  await partitionOn(disk, 't-0');
  const segment = await TestSegment.create({ disk, committer, partitionDir: 't-0', baseOffset: 0 });
  for (const text of ['first', 'second', 'third']) await segment.append(text);
  const path = `${DATA_DIR}/journal.tidelog/0.journal`;
  disk.damage(path, { position: disk.readFileSync(path).indexOf('second'), bytes: Buffer.from('X') });
  const survivor = disk.crash({ seed: 2, kind: 'power-loss' });
  const report = await recoverDisk(survivor);
  expect(report.damage).toHaveLength(1);
  expect(report.damage[0]).toMatchObject({ path, reason: expect.stringContaining('later sync') as string });
  const found = survivor.readFileSync(segment.path);
  expect(found.toString('latin1', 0, 5)).toBe('first');
  expect(found.toString('latin1', 11)).toBe('third');
  expect(await survivor.readdir(`${DATA_DIR}/journal.tidelog`)).toEqual(['0.journal.damaged']);
});

test('a journal of another data directory is refused', async () => {
  const disk = new MemoryFileSystem();
  await disk.mkdir(DATA_DIR);
  const committer = new JournalCommitter({
    fileSystem: disk,
    clock: systemClock,
    dataDir: DATA_DIR,
    directoryId: Buffer.from('fedcba9876543210'),
    replayed: { files: [], nextUse: 1 },
    policy: { directFileLimit: 0 },
  });
  await partitionOn(disk, 't-0');
  const segment = await TestSegment.create({ disk, committer, partitionDir: 't-0', baseOffset: 0 });
  await segment.append('x');
  await expect(recoverDisk(disk)).rejects.toMatchObject({
    code: 'DATA_DIR_FORMAT',
    message: expect.stringContaining('belongs to another data directory') as string,
  });
});

test('a failed sync of a segment in the replay leaves the journal for the next start', async () => {
  const disk = new MemoryFileSystem();
  await disk.mkdir(DATA_DIR);
  await disk.syncDirectory('/');
  const committer = new JournalCommitter({
    fileSystem: disk,
    clock: systemClock,
    dataDir: DATA_DIR,
    directoryId: DIRECTORY_ID,
    replayed: { files: [], nextUse: 1 },
    policy: { directFileLimit: 0 },
  });
  await partitionOn(disk, 't-0');
  const segment = await TestSegment.create({ disk, committer, partitionDir: 't-0', baseOffset: 0 });
  await segment.append('kept');
  const survivor = disk.crash({ seed: 1, kind: 'power-loss' });
  survivor.failSync({ pathPart: '.log' });
  await expect(recoverDisk(survivor)).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
  const next = survivor.crash({ seed: 2, kind: 'power-loss' });
  await recoverDisk(next);
  segment.expectDurableOn(next);
});
