import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TidelogError } from '@tidelog/record/errors';
import { afterEach, describe, expect, test } from 'vitest';
import { loggerInto, producerBatch, textBatch } from '../test/log-fixture.ts';
import { LogDirectory } from './log-directory.ts';
import type { Log } from './log.ts';
import { ManualClock } from './manual-clock.ts';
import { MemoryFileSystem } from './memory-file-system.ts';
import type { LogDirectoryOptions } from './open-directory.ts';
import { seededRandom } from './seeded-random.ts';

const TOPIC_ID = 'AAAAAAAAAAAAAAAAAAAAAA';
const OTHER_ID = 'BBBBBBBBBBBBBBBBBBBBBB';
const orders = { topic: 'orders', partition: 0, topicId: TOPIC_ID };
const CHECKPOINT = '/data/recovery-point-offset-checkpoint';

const directories: LogDirectory[] = [];
afterEach(async () => {
  await Promise.allSettled(directories.splice(0).map((directory) => directory.close()));
});

async function openOn(
  disk: MemoryFileSystem,
  options: Partial<LogDirectoryOptions> & { messages?: string[] } = {},
): Promise<LogDirectory> {
  const random = seededRandom(disk.syncCount);
  const directory = await LogDirectory.open({
    dir: '/data',
    fileSystem: disk,
    clock: new ManualClock(),
    bootId: 'boot-1',
    logger: loggerInto(options.messages ?? []),
    randomBytes: (sizeBytes) => Buffer.from(Array.from({ length: sizeBytes }, () => random.below(256))),
    ...options,
  });
  directories.push(directory);
  return directory;
}

async function append(log: Log, ...values: string[]): Promise<void> {
  for (const value of values)
    await (
      await log.append(textBatch({ values: [value] }), { leaderEpoch: 0 })
    ).durable;
}

describe('opening and closing', () => {
  test('a new directory gets an identity, which it keeps', async () => {
    const disk = new MemoryFileSystem();
    const first = await openOn(disk, { nodeId: 7 });
    expect(first.lastShutdown).toBe('clean');
    expect(first.clusterId).toMatch(/^[\w][\w-]{21}$/);
    await first.close();
    const second = await openOn(disk, { nodeId: 7 });
    expect([second.clusterId, second.directoryId, second.nodeId]).toEqual([
      first.clusterId,
      first.directoryId,
      7,
    ]);
    expect(second.lastShutdown).toBe('clean');
    const meta = disk.readFileSync('/data/meta.properties').toString();
    expect(meta).toContain(`cluster.id=${first.clusterId}\nnode.id=7\ndirectory.id=${first.directoryId}`);
  });

  test('a second broker on the directory is refused, in this process too', async () => {
    const disk = new MemoryFileSystem();
    await openOn(disk);
    await expect(openOn(disk)).rejects.toMatchObject({ code: 'DATA_DIR_LOCKED' });
  });

  test('the lock is released when opening fails, and when the directory is closed', async () => {
    const disk = new MemoryFileSystem();
    await (await openOn(disk)).close();
    await expect(openOn(disk, { nodeId: 2 })).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      message: expect.stringContaining('belongs to broker 1') as string,
    });
    await expect(openOn(disk, { clusterId: 'another' })).rejects.toMatchObject({
      code: 'INCONSISTENT_CLUSTER_ID',
    });
    const again = await openOn(disk);
    await again.close();
    await again.close();
    await expect(again.openPartition(orders)).rejects.toMatchObject({ code: 'CLOSED' });
  });

  test.each([
    ['format.tidelog', 'version=2\n', 'has format 2, newer than 1'],
    ['format.tidelog', 'rubbish', 'format.tidelog:1: expected version'],
    ['meta.properties', 'version=9\ncluster.id=a\nnode.id=1\n', 'meta.properties:1: has version 9'],
  ])('a directory whose %s is %j is refused', async (name, content, message) => {
    const disk = new MemoryFileSystem();
    await (await openOn(disk)).close();
    const file = await disk.open(`/data/${name}`, 'open-or-create');
    file.truncateSync(0);
    file.writevSync([Buffer.from(content)], 0);
    await expect(openOn(disk)).rejects.toMatchObject({
      code: 'DATA_DIR_FORMAT',
      message: expect.stringContaining(message) as string,
    });
  });

  test('a directory with other things in it is not taken over', async () => {
    const disk = new MemoryFileSystem();
    await disk.mkdir('/data/holiday-photos');
    await expect(openOn(disk)).rejects.toMatchObject({
      code: 'DATA_DIR_FORMAT',
      message: expect.stringContaining('holiday-photos') as string,
    });
    expect(await disk.readdir('/data')).toEqual(['.lock', 'holiday-photos']);
  });
});

describe('on a real disk', () => {
  const dirs: string[] = [];
  afterEach(async () => {
    for (const dir of dirs.splice(0)) await rm(dir, { recursive: true, force: true });
  });
  async function temporary(): Promise<string> {
    const dir = await mkdtemp(join(tmpdir(), 'tidelog-directory-'));
    dirs.push(dir);
    return dir;
  }

  test('a path that cannot be a directory is reported as not writable', async () => {
    const dir = await temporary();
    await writeFile(join(dir, 'file'), '');
    for (const path of [join(dir, 'file'), join(dir, 'file', 'data'), '/proc/tidelog-data']) {
      await expect(LogDirectory.open({ dir: path })).rejects.toMatchObject({
        code: 'DATA_DIR_NOT_WRITABLE',
        message: expect.stringContaining(path) as string,
      });
    }
  });

  test('records survive closing and opening; nothing is left behind but what belongs there', async () => {
    const dir = join(await temporary(), 'made', 'by', 'us');
    const first = await LogDirectory.open({ dir });
    const log = await first.openPartition(orders);
    await append(log, 'a', 'b', 'c');
    await expect(LogDirectory.open({ dir })).rejects.toThrow(`in use by this process (pid ${process.pid})`);
    await first.close();
    const second = await LogDirectory.open({ dir });
    expect((await second.openPartition(orders)).logEndOffset).toBe(3);
    await second.close();
    expect((await readdir(dir)).sort()).toEqual([
      '.kafka_cleanshutdown',
      '.lock',
      'format.tidelog',
      'log-start-offset-checkpoint',
      'meta.properties',
      'orders-0',
      'recovery-point-offset-checkpoint',
    ]);
  });
});

describe('partitions', () => {
  test('a partition is made on first use, listed, and found again', async () => {
    const disk = new MemoryFileSystem();
    const directory = await openOn(disk);
    expect(directory.partitions()).toEqual([]);
    const log = await directory.openPartition(orders);
    expect(await directory.openPartition(orders)).toBe(log);
    await directory.openPartition({ ...orders, partition: 1 });
    await directory.close();
    const again = await openOn(disk);
    expect(again.partitions()).toEqual([orders, { ...orders, partition: 1 }]);
    await expect(again.openPartition({ ...orders, topicId: OTHER_ID })).rejects.toMatchObject({
      code: 'INCONSISTENT_TOPIC_ID',
    });
  });

  test.each([
    [{ ...orders, topic: '../etc' }, 'INVALID_TOPIC_EXCEPTION'],
    [{ ...orders, topic: '' }, 'INVALID_TOPIC_EXCEPTION'],
    [{ ...orders, partition: -1 }, 'INVALID_ARGUMENT'],
    [{ ...orders, topicId: 'short' }, 'INVALID_ARGUMENT'],
  ])('%j is refused with %s', async (files, code) => {
    const directory = await openOn(new MemoryFileSystem());
    await expect(directory.openPartition(files)).rejects.toMatchObject({ code });
    expect(directory.partitions()).toEqual([]);
  });

  test('a log that its owner closed opens again with everything in it', async () => {
    const directory = await openOn(new MemoryFileSystem());
    const log = await directory.openPartition(orders);
    await append(log, 'a', 'b');
    await log.close();
    const again = await directory.openPartition(orders);
    expect(again).not.toBe(log);
    expect(again.logEndOffset).toBe(2);
    expect(again.recovery.scannedBytes).toBe(0);
  });

  test('a deleted partition is gone under its name at once, and its files after the delay', async () => {
    const disk = new MemoryFileSystem();
    const clock = new ManualClock();
    const directory = await openOn(disk, { clock, fileDeleteDelayMs: 1000 });
    const log = await directory.openPartition(orders);
    await append(log, 'a');
    await directory.deletePartition({ ...orders, topicId: OTHER_ID });
    expect(directory.partitions()).toEqual([orders]);
    await directory.deletePartition(orders);
    await directory.deletePartition(orders);
    expect(directory.partitions()).toEqual([]);
    expect(log.isClosed).toBe(true);
    const names = (await disk.readdir('/data')).filter((name) => name.startsWith('orders'));
    expect(names).toEqual([expect.stringMatching(/^orders-0\.[0-9a-f]{32}-delete$/)]);
    await clock.advance(1000);
    await clock.advance(0);
    expect((await disk.readdir('/data')).filter((name) => name.startsWith('orders'))).toEqual([]);
  });

  test('a topic of the same name after a deletion begins empty, whatever a crash loses', async () => {
    for (let seed = 0; seed < 30; seed++) {
      const disk = new MemoryFileSystem();
      const clock = new ManualClock();
      const directory = await openOn(disk, { clock, checkpointIntervalMs: 10 });
      await append(await directory.openPartition(orders), 'old', 'old', 'old');
      await clock.advance(10);
      for (let turn = 0; turn < 20; turn++) await clock.advance(0);
      expect(disk.readFileSync(CHECKPOINT).toString()).toContain('orders 0 3');
      await directory.deletePartition(orders);
      const again = { ...orders, topicId: OTHER_ID };
      await append(await directory.openPartition(again), 'new');
      const survivor = await openOn(disk.crash({ seed, kind: 'power-loss' }), { bootId: 'boot-2' });
      expect(survivor.partitions()).toEqual([again]);
      const log = await survivor.openPartition(again);
      expect([log.logStartOffset, log.logEndOffset]).toEqual([0, 1]);
    }
  });

  test('journalled bytes of a deleted partition do not come back in a new one of the name', async () => {
    const disk = new MemoryFileSystem();
    const directory = await openOn(disk, { commitRoute: 'journal' });
    const log = await directory.openPartition(orders);
    await append(log, 'old 1', 'old 2', 'old 3');
    await directory.deletePartition(orders);
    await append(await directory.openPartition({ ...orders, topicId: OTHER_ID }), 'new');
    expect(directory.commitStats.journalSyncCount).toBeGreaterThan(3);
    for (let seed = 0; seed < 20; seed++) {
      const survivor = await openOn(disk.crash({ seed, kind: 'power-loss' }), { bootId: 'boot-2' });
      expect((await survivor.openPartition({ ...orders, topicId: OTHER_ID })).logEndOffset).toBe(1);
    }
  });

  test('what an interrupted deletion left is removed at the next start', async () => {
    const disk = new MemoryFileSystem();
    const first = await openOn(disk);
    await append(await first.openPartition(orders), 'a');
    await first.deletePartition(orders);
    await first.close();
    const second = await openOn(disk);
    await second.close();
    expect((await disk.readdir('/data')).filter((name) => name.startsWith('orders'))).toEqual([]);
  });

  test('a directory with a log but without its metadata is left alone', async () => {
    const disk = new MemoryFileSystem();
    const first = await openOn(disk);
    await append(await first.openPartition(orders), 'a');
    await first.close();
    await disk.unlink('/data/orders-0/partition.metadata');
    const messages: string[] = [];
    const second = await openOn(disk, { messages });
    expect(second.partitions()).toEqual([]);
    expect(messages).toContain(
      'orders-0 has no readable partition.metadata and is not taken for a partition',
    );
    await expect(second.openPartition(orders)).rejects.toMatchObject({ code: 'DATA_DIR_FORMAT' });
  });
});

describe('shutdowns', () => {
  test('a process that was killed is told from a power loss by the boot id', async () => {
    const disk = new MemoryFileSystem();
    const directory = await openOn(disk);
    await append(await directory.openPartition(orders), 'a', 'b');
    const killed = await openOn(disk.crash({ seed: 0, kind: 'process-kill' }));
    expect(killed.lastShutdown).toBe('process-crash');
    expect((await killed.openPartition(orders)).recovery.lastShutdown).toBe('process-crash');
    const lost = await openOn(disk.crash({ seed: 0, kind: 'power-loss' }), { bootId: 'boot-2' });
    expect(lost.lastShutdown).toBe('power-loss');
    expect((await lost.openPartition(orders)).logEndOffset).toBe(2);
  });

  test('once a directory is open no crash makes the last stop look clean', async () => {
    const disk = new MemoryFileSystem();
    await (await openOn(disk)).close();
    await openOn(disk);
    for (let seed = 0; seed < 20; seed++) {
      const survivor = disk.crash({ seed, kind: 'power-loss' });
      expect(await survivor.readdir('/data')).not.toContain('.kafka_cleanshutdown');
      expect((await openOn(survivor, { bootId: 'boot-2' })).lastShutdown).toBe('power-loss');
    }
  });

  test('a partition that nobody opened since a power loss is still recovered after clean stops', async () => {
    const disk = new MemoryFileSystem();
    const directory = await openOn(disk);
    await append(await directory.openPartition(orders), 'a');
    await append(await directory.openPartition({ ...orders, partition: 1 }), 'b');
    const survivor = disk.crash({ seed: 1, kind: 'power-loss' });
    const second = await openOn(survivor, { bootId: 'boot-2' });
    await second.openPartition({ ...orders, partition: 1 });
    await second.close();
    const third = await openOn(survivor, { bootId: 'boot-2' });
    expect(third.lastShutdown).toBe('clean');
    const log = await third.openPartition(orders);
    expect(log.recovery).toMatchObject({ lastShutdown: 'power-loss' });
    expect(log.recovery.scannedBytes).toBeGreaterThan(0);
    const other = await third.openPartition({ ...orders, partition: 1 });
    expect(other.recovery).toMatchObject({ lastShutdown: 'clean', scannedBytes: 0 });
  });

  test('a stop after which something could not be written does not count as clean', async () => {
    const disk = new MemoryFileSystem();
    const directory = await openOn(disk);
    await append(await directory.openPartition(orders), 'a');
    disk.failSync({ pathPart: 'orders-0' });
    await expect(directory.close()).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
    expect(await disk.readdir('/data')).not.toContain('.kafka_cleanshutdown');
    expect((await openOn(disk)).lastShutdown).toBe('failed-sync');
  });

  test('after a clean stop recovery points stand at the end of each log, and nothing is scanned', async () => {
    const disk = new MemoryFileSystem();
    const directory = await openOn(disk);
    await append(await directory.openPartition(orders), 'a', 'b', 'c');
    await directory.close();
    expect(disk.readFileSync(CHECKPOINT).toString()).toBe('0\n1\norders 0 3\n');
    expect(disk.readFileSync('/data/.kafka_cleanshutdown').toString()).toBe('{"version":0,"brokerEpoch":-1}');
    const again = await openOn(disk.crash({ seed: 9, kind: 'power-loss' }), { bootId: 'boot-2' });
    const log = await again.openPartition(orders);
    expect([log.logEndOffset, log.recovery.scannedBytes]).toEqual([3, 0]);
  });

  test('a damaged checkpoint is reported and not used', async () => {
    const disk = new MemoryFileSystem();
    const directory = await openOn(disk);
    await append(await directory.openPartition(orders), 'a', 'b', 'c');
    await directory.close();
    disk.damage(CHECKPOINT, { position: 0, bytes: Buffer.from('x') });
    const messages: string[] = [];
    const again = await openOn(disk, { messages });
    expect(messages).toContain(`${CHECKPOINT} is damaged and not used`);
    expect((await again.openPartition(orders)).logEndOffset).toBe(3);
  });
});

describe('checkpoints', () => {
  test('logs are flushed and recovery points saved on a timer', async () => {
    const disk = new MemoryFileSystem();
    const clock = new ManualClock();
    const directory = await openOn(disk, { clock, checkpointIntervalMs: 1000 });
    const log = await directory.openPartition(orders);
    await append(log, 'a', 'b');
    expect(log.unflushedBytes).toBeGreaterThan(0);
    await clock.advance(1000);
    for (let turn = 0; turn < 20; turn++) await clock.advance(0);
    expect(log.unflushedBytes).toBe(0);
    expect(disk.readFileSync(CHECKPOINT).toString()).toBe('0\n1\norders 0 2\n');
  });

  test('a moved log start offset is durable before the call returns', async () => {
    const disk = new MemoryFileSystem();
    const directory = await openOn(disk);
    const log = await directory.openPartition(orders);
    await append(log, 'a', 'b', 'c');
    await log.deleteRecordsBefore(2);
    const survivor = await openOn(disk.crash({ seed: 4, kind: 'power-loss' }), { bootId: 'boot-2' });
    expect((await survivor.openPartition(orders)).logStartOffset).toBe(2);
  });
});

describe('trouble with the disk', () => {
  test('below the floor of free space appends are refused, and accepted again above it', async () => {
    const disk = new MemoryFileSystem({ capacityBytes: 1_000_000 });
    const clock = new ManualClock();
    const directory = await openOn(disk, { clock, minFreeBytes: 500_000 });
    const log = await directory.openPartition(orders);
    await append(log, 'a');
    disk.capacityBytes = 400_000;
    await clock.advance(5000);
    await expect(append(log, 'b')).rejects.toMatchObject({
      code: 'DISK_FULL',
      message: expect.stringContaining('less than the floor of 500000') as string,
    });
    expect((await log.read({ fromOffset: 0, maxBytes: 1000 })).nextOffset).toBe(1);
    disk.capacityBytes = 1_000_000;
    await clock.advance(5000);
    await append(log, 'c');
    expect(log.logEndOffset).toBe(2);
  });

  test('a log that cannot write its state for want of space closes behind its commits, and harms no other', async () => {
    const disk = new MemoryFileSystem();
    const directory = await openOn(disk, { commitRoute: 'direct', minFreeBytes: 0 });
    const partitions = [0, 1, 2, 3];
    const logs = await Promise.all(
      partitions.map((partition) => directory.openPartition({ ...orders, partition })),
    );
    for (const log of logs) await append(log, 'a');
    // All commits of the directory wait for three syncs of other partitions.
    const gate = Promise.withResolvers<void>();
    disk.onSyncPoint = ({ when, path }) =>
      when === 'before' && !path.includes('orders-0') ? gate.promise : undefined;
    const commits = logs
      .toReversed()
      .map((log) => log.append(producerBatch({ producerId: 1, baseSequence: 0 }), { leaderEpoch: 0 }));
    const durable = (await Promise.all(commits)).map((result) => result.durable);
    disk.capacityBytes = disk.usedBytes;
    const closing = (logs[0] as Log).close();
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
    gate.resolve();
    await expect(closing).rejects.toMatchObject({ code: 'ENOSPC' });
    await Promise.all(durable);
    expect(directory.offline).toBeUndefined();
    disk.capacityBytes = Number.MAX_SAFE_INTEGER;
  });

  test('a failed sync takes every log of the directory offline; reads go on', async () => {
    const disk = new MemoryFileSystem();
    const directory = await openOn(disk);
    const log = await directory.openPartition(orders);
    const other = await directory.openPartition({ ...orders, partition: 1 });
    await append(log, 'a');
    await append(other, 'b');
    disk.failSync({ pathPart: 'orders-0/' });
    await expect(append(log, 'lost')).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
    expect((directory.offline as TidelogError).code).toBe('STORAGE_FAILED');
    await expect(append(other, 'lost')).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
    expect((await other.read({ fromOffset: 0, maxBytes: 1000 })).nextOffset).toBeGreaterThan(0);
    await expect(directory.openPartition({ ...orders, partition: 2 })).rejects.toMatchObject({
      code: 'STORAGE_FAILED',
    });
    await expect(directory.close()).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
  });
});

test('when the journal is damaged, acknowledged batches that are missing quarantine their log instead of shortening it', async () => {
  let quarantinedCount = 0;
  for (let seed = 0; seed < 30; seed++) {
    const disk = new MemoryFileSystem();
    const directory = await openOn(disk, { commitRoute: 'journal' });
    await append(await directory.openPartition(orders), 'first', 'second', 'third');
    const path = '/data/journal.tidelog/0.journal';
    disk.damage(path, { position: disk.readFileSync(path).indexOf('second'), bytes: Buffer.from('X') });
    const messages: string[] = [];
    const survivor = await openOn(disk.crash({ seed, kind: 'power-loss' }), { bootId: 'boot-2', messages });
    expect(messages.some((message) => message.includes('0.journal is damaged'))).toBe(true);
    const log = await survivor.openPartition(orders);
    if (log.isQuarantined) quarantinedCount += 1;
    else expect(log.logEndOffset).toBe(3);
  }
  expect(quarantinedCount).toBeGreaterThan(5);
});

test('many active partitions share the journal, and all of them survive a power loss', async () => {
  const disk = new MemoryFileSystem();
  const directory = await openOn(disk, { maxOpenFiles: 8 });
  const partitions = Array.from({ length: 20 }, (_, partition) => ({ ...orders, partition }));
  const logs = await Promise.all(partitions.map((files) => directory.openPartition(files)));
  for (let round = 0; round < 5; round++) {
    await Promise.all(logs.map((log, index) => append(log, `value ${round} of ${index}`)));
  }
  expect(directory.commitStats.journalSyncCount).toBeGreaterThan(0);
  expect(directory.openFileCount).toBeLessThanOrEqual(8);
  for (let seed = 0; seed < 10; seed++) {
    const survivor = await openOn(disk.crash({ seed, kind: 'power-loss' }), { bootId: 'boot-2' });
    for (const files of partitions) expect((await survivor.openPartition(files)).logEndOffset).toBe(5);
    await survivor.close();
  }
});
