import { TidelogError } from '@tidelog/record/errors';
import { beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from './clock.ts';
import { JournalCommitter, type JournalCommitterOptions } from './journal-committer.ts';
import { replayJournal } from './journal-replay.ts';
import { DATA_DIR, DIRECTORY_ID, TestSegment, partitionOn, recoverDisk } from '../test/test-segment.ts';
import { MemoryFileSystem } from './memory-file-system.ts';

let disk: MemoryFileSystem;
beforeEach(async () => {
  disk = new MemoryFileSystem();
  await disk.mkdir(DATA_DIR);
  await disk.syncDirectory('/');
});

async function committerOn(options: Partial<JournalCommitterOptions> = {}): Promise<JournalCommitter> {
  return new JournalCommitter({
    fileSystem: disk,
    clock: systemClock,
    dataDir: DATA_DIR,
    directoryId: DIRECTORY_ID,
    replayed: await replayJournal({ fileSystem: disk, dataDir: DATA_DIR, directoryId: DIRECTORY_ID }),
    policy: { directFileLimit: 0 },
    ...options,
  });
}

async function segmentsOn(count: number, committer: JournalCommitter): Promise<TestSegment[]> {
  const segments: TestSegment[] = [];
  for (let index = 0; index < count; index++) {
    await partitionOn(disk, `t-${index}`);
    segments.push(await TestSegment.create({ disk, committer, partitionDir: `t-${index}`, baseOffset: 0 }));
  }
  return segments;
}

describe('one sync for all', () => {
  test('commits of one turn over many segments share one journal sync and survive a power loss', async () => {
    const committer = await committerOn();
    const segments = await segmentsOn(50, committer);
    await segments[0]!.append('warm up');
    const syncsBefore = disk.syncCount;
    await Promise.all(segments.map((segment) => segment.append('x'.repeat(200))));
    expect(disk.syncCount - syncsBefore).toBe(1);
    expect(committer.stats).toMatchObject({ fileSyncCount: 0, journalSyncCount: 2 });
    for (let seed = 0; seed < 20; seed++) {
      const survivor = disk.crash({ seed, kind: 'power-loss' });
      const report = await recoverDisk(survivor);
      expect(report.damage).toEqual([]);
      for (const segment of segments) segment.expectDurableOn(survivor);
    }
  });

  test('with few files commits are direct and nothing is written twice', async () => {
    const committer = await committerOn({ policy: { directFileLimit: 4 } });
    const segments = await segmentsOn(4, committer);
    await Promise.all(segments.map((segment) => segment.append('abc')));
    expect(committer.stats).toEqual({ fileSyncCount: 4, journalSyncCount: 0, journalBytes: 0 });
    expect(await disk.readdir(DATA_DIR)).not.toContain('journal.tidelog');
  });

  test('a write that comes during a direct sync of its segment is journalled after it', async () => {
    const committer = await committerOn({ policy: { directFileLimit: 1 } });
    const [a, b] = (await segmentsOn(2, committer)) as [TestSegment, TestSegment];
    const direct = a.append('direct');
    const others = [b.append('b'), a.append('queued'), a.append('too')];
    await Promise.all([direct, ...others]);
    expect(committer.stats.fileSyncCount).toBe(1);
    expect(committer.stats.journalSyncCount).toBeGreaterThan(0);
    const survivor = disk.crash({ seed: 1, kind: 'power-loss' });
    await recoverDisk(survivor);
    a.expectDurableOn(survivor);
    b.expectDurableOn(survivor);
  });

  test('a large write is direct and settles what was queued before it', async () => {
    const committer = await committerOn({ policy: { directFileLimit: 1, directWriteBytes: 1000 } });
    const [a, b] = (await segmentsOn(2, committer)) as [TestSegment, TestSegment];
    const all = [a.append('direct'), b.append('b'), a.append('queued'), a.append('L'.repeat(1000))];
    await Promise.all(all);
    expect(committer.stats).toMatchObject({ fileSyncCount: 2, journalSyncCount: 1 });
  });

  test('the bytes of a commit may be reused after the turn', async () => {
    const committer = await committerOn();
    const [segment] = (await segmentsOn(1, committer)) as [TestSegment];
    const bytes = Buffer.from('original');
    const done = segment.appendBytes(bytes);
    bytes.fill('X');
    await done;
    const survivor = disk.crash({ seed: 0, kind: 'power-loss' });
    await recoverDisk(survivor);
    segment.expectDurableOn(survivor);
  });
});

describe('journal files', () => {
  test('full files are freed in the background and used again; the journal does not grow', async () => {
    const committer = await committerOn({ journalFileSizeBytes: 32_768, maxJournalFiles: 3 });
    const segments = await segmentsOn(5, committer);
    for (let round = 0; round < 200; round++) {
      await Promise.all(segments.map((segment) => segment.append('r'.repeat(300))));
    }
    const names = await disk.readdir(`${DATA_DIR}/journal.tidelog`);
    expect(names.length).toBeLessThanOrEqual(3);
    for (const name of names) {
      expect(disk.readFileSync(`${DATA_DIR}/journal.tidelog/${name}`).length).toBeLessThanOrEqual(32_768);
    }
    expect(committer.stats.journalBytes).toBeGreaterThan(300_000);
    const survivor = disk.crash({ seed: 1, kind: 'power-loss' });
    await recoverDisk(survivor);
    for (const segment of segments) segment.expectDurableOn(survivor);
  });

  test('when no file can be freed, commits wait, and bytes beyond the bound are committed directly', async () => {
    const committer = await committerOn({
      journalFileSizeBytes: 9000,
      maxJournalFiles: 2,
      policy: { directFileLimit: 0, maxPendingBytes: 2000 },
    });
    const segments = await segmentsOn(3, committer);
    const gate = Promise.withResolvers<void>();
    disk.onSyncPoint = (point) =>
      point.when === 'before' && point.path.endsWith('.log') ? gate.promise : undefined;
    const commits: Promise<void>[] = [];
    for (let round = 0; round < 30; round++) {
      for (const segment of segments) commits.push(segment.append('b'.repeat(100)));
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
    expect(committer.stats.journalBytes).toBeLessThan(3000);
    gate.resolve();
    await Promise.all(commits);
    expect(committer.stats.fileSyncCount).toBeGreaterThan(0);
    const survivor = disk.crash({ seed: 1, kind: 'power-loss' });
    await recoverDisk(survivor);
    for (const segment of segments) segment.expectDurableOn(survivor);
  });

  test('after close nothing is left to replay, and the files are used again by the next committer', async () => {
    const first = await committerOn();
    const segments = await segmentsOn(3, first);
    await Promise.all(segments.map((segment) => segment.append('one')));
    await first.close();
    await expect(segments[0]!.append('late')).rejects.toMatchObject({ code: 'CLOSED' });
    const survivor = disk.crash({ seed: 5, kind: 'power-loss' });
    for (const segment of segments) segment.expectDurableOn(survivor);
    const report = await recoverDisk(survivor);
    expect(report).toMatchObject({ replayedBytes: 0, damage: [] });
    const second = await committerOn();
    for (const segment of segments) segment.committer = second;
    await segments[1]!.append('two');
    expect(await disk.readdir(`${DATA_DIR}/journal.tidelog`)).toEqual(['0.journal']);
    await second.close();
  });

  test('flush makes the segments themselves durable', async () => {
    const committer = await committerOn();
    const segments = await segmentsOn(3, committer);
    await Promise.all(segments.map((segment) => segment.append('flushed')));
    await committer.flush();
    const survivor = disk.crash({ seed: 5, kind: 'power-loss' });
    for (const segment of segments) segment.expectDurableOn(survivor);
  });

  test('a segment whose log was closed is synced by its path; one that was removed is passed over', async () => {
    const committer = await committerOn();
    const [closed, removed] = (await segmentsOn(2, committer)) as [TestSegment, TestSegment];
    await Promise.all([closed.append('abc'), removed.append('abc')]);
    await closed.handleOfFile.close();
    await removed.handleOfFile.close();
    await disk.unlink(removed.path);
    await committer.close();
    closed.expectDurableOn(disk.crash({ seed: 2, kind: 'power-loss' }));
  });
});

test('the name of a journal file that a killed process left in the page cache survives with what is added', async () => {
  const first = await committerOn();
  const [segment] = (await segmentsOn(1, first)) as [TestSegment];
  let killed: MemoryFileSystem | undefined;
  disk.onSyncPoint = ({ kind, when, path }): void => {
    const isName = kind === 'directory' && when === 'before' && path === `${DATA_DIR}/journal.tidelog`;
    if (isName) killed ??= disk.crash({ kind: 'process-kill', seed: 0 });
  };
  await segment.append('abc');
  disk = killed as MemoryFileSystem;
  const second = await committerOn();
  await partitionOn(disk, 't-1');
  const again = await TestSegment.create({ disk, committer: second, partitionDir: 't-1', baseOffset: 0 });
  await again.append('def');
  for (let seed = 0; seed < 20; seed++) {
    const survivor = disk.crash({ seed, kind: 'power-loss' });
    await recoverDisk(survivor);
    again.expectDurableOn(survivor);
  }
});

describe('forgetting', () => {
  test('waits for entries on their way into the journal, also behind a direct sync that has settled them', async () => {
    const committer = await committerOn({ policy: { directFileLimit: 0, directWriteBytes: 1000 } });
    const [other, segment] = (await segmentsOn(2, committer)) as [TestSegment, TestSegment];
    const gate = Promise.withResolvers<void>();
    disk.onSyncPoint = ({ when, path }) =>
      when === 'before' && path.endsWith('.journal') ? gate.promise : undefined;
    const held = other.append('a group that is being synced');
    await new Promise(setImmediate);
    const entered = segment.append('cut off');
    await segment.append('x'.repeat(1000));
    let isCut = false;
    const cutting = segment.cutTo(0).then(() => (isCut = true));
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    expect(isCut).toBe(false);
    gate.resolve();
    await Promise.all([held, entered, cutting]);
    const survivor = disk.crash({ seed: 0, kind: 'power-loss' });
    await recoverDisk(survivor);
    expect(survivor.readFileSync(segment.path).toString()).toBe('');
  });

  test('bytes that were cut off do not come back, what was written in their place stays', async () => {
    const committer = await committerOn();
    const [segment] = (await segmentsOn(1, committer)) as [TestSegment];
    await segment.append('kept');
    await segment.append('cut off');
    await segment.cutTo(6);
    for (let seed = 0; seed < 10; seed++) {
      const survivor = disk.crash({ seed, kind: 'power-loss' });
      await recoverDisk(survivor);
      segment.expectDurableOn(survivor);
      expect(survivor.readFileSync(segment.path).toString()).toBe('keptcu');
    }
    await segment.append('new');
    const survivor = disk.crash({ seed: 0, kind: 'power-loss' });
    await recoverDisk(survivor);
    expect(survivor.readFileSync(segment.path).toString()).toBe('keptcunew');
  });

  test('a segment that was removed and created again keeps nothing of the first', async () => {
    const committer = await committerOn();
    const [segment] = (await segmentsOn(1, committer)) as [TestSegment];
    await segment.append('a long first life');
    await segment.remove();
    const again = await TestSegment.create({ disk, committer, partitionDir: 't-0', baseOffset: 0 });
    await again.append('second');
    const survivor = disk.crash({ seed: 0, kind: 'power-loss' });
    await recoverDisk(survivor);
    expect(survivor.readFileSync(again.path).toString()).toBe('second');
  });

  test('a forgotten partition keeps nothing, other partitions keep all', async () => {
    const committer = await committerOn();
    const segments = await segmentsOn(2, committer);
    await Promise.all(segments.map((segment) => segment.append('first life')));
    await committer.forgetPartition('t-0');
    segments[0]!.handleOfFile.truncateSync(0);
    await segments[0]!.handleOfFile.sync();
    const survivor = disk.crash({ seed: 0, kind: 'power-loss' });
    await recoverDisk(survivor);
    expect(survivor.readFileSync(segments[0]!.path).length).toBe(0);
    segments[1]!.expectDurableOn(survivor);
  });

  test('forgetting what was never journalled costs no sync', async () => {
    const committer = await committerOn({ policy: { directFileLimit: 4 } });
    const [segment] = (await segmentsOn(1, committer)) as [TestSegment];
    await segment.append('direct');
    const syncsBefore = disk.syncCount;
    await committer.forget({ file: segment, fromPosition: 0 });
    await committer.forgetPartition('t-0');
    expect(disk.syncCount).toBe(syncsBefore);
  });
});

describe('failures', () => {
  test('a failed journal sync fails everybody, for good', async () => {
    const failures: TidelogError[] = [];
    const committer = await committerOn({ onFailed: (error) => failures.push(error) });
    const segments = await segmentsOn(3, committer);
    await segments[0]!.append('fine');
    disk.failSync({ pathPart: '.journal' });
    const outcomes = await Promise.allSettled(segments.map((segment) => segment.append('lost')));
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'STORAGE_FAILED' } });
    }
    await expect(segments[1]!.append('later')).rejects.toBe(failures[0]);
    await expect(committer.forget({ file: segments[0]!, fromPosition: 0 })).rejects.toBe(failures[0]);
    await expect(committer.flush()).rejects.toBe(failures[0]);
    await expect(committer.close()).rejects.toBe(failures[0]);
    expect(failures).toHaveLength(1);
    expect(failures[0]!.message).toContain('writing the journal of /data failed: EIO');
  });

  test('a failed sync of a segment in the background fails everybody, also those that wait for room', async () => {
    const committer = await committerOn({ journalFileSizeBytes: 9000, maxJournalFiles: 2 });
    const segments = await segmentsOn(3, committer);
    disk.failSync({ pathPart: '.log' });
    const outcomes: Promise<unknown>[] = [];
    for (let round = 0; round < 10; round++) {
      outcomes.push(
        ...segments.map((segment) => segment.append('x'.repeat(150)).catch((error: unknown) => error)),
      );
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
    expect((await Promise.all(outcomes)).at(-1)).toBe(committer.failed);
    expect(committer.failed).toBeInstanceOf(TidelogError);
  });

  test('a journal without space is no failure: the segments are synced directly', async () => {
    const committer = await committerOn();
    const segments = await segmentsOn(3, committer);
    await Promise.all(segments.map((segment) => segment.append('in the journal')));
    disk.capacityBytes = disk.usedBytes + 60;
    await Promise.all(segments.map((segment) => segment.append('12345678')));
    expect(committer.failed).toBeUndefined();
    expect(committer.stats.fileSyncCount).toBe(3);
    const survivor = disk.crash({ seed: 3, kind: 'power-loss' });
    await recoverDisk(survivor);
    for (const segment of segments) segment.expectDurableOn(survivor);
  });

  test('forgetting works without space, too', async () => {
    const committer = await committerOn();
    const [segment] = (await segmentsOn(1, committer)) as [TestSegment];
    await segment.append('to be cut off');
    disk.capacityBytes = disk.usedBytes;
    await segment.cutTo(2);
    const survivor = disk.crash({ seed: 3, kind: 'power-loss' });
    await recoverDisk(survivor);
    expect(survivor.readFileSync(segment.path).toString()).toBe('to');
  });
});
