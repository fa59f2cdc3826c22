/**
 * A broker that dies after a failed sync and is started again while the machine stays up: the page cache shows bytes
 * that are not on the disk, and that no sync would write. What is acknowledged from then on must not depend on them.
 */
import { describe, expect, test } from 'vitest';
import { LogDirectory } from '../src/log-directory.ts';
import type { Log } from '../src/log.ts';
import { ManualClock } from '../src/manual-clock.ts';
import { MemoryFileSystem } from '../src/memory-file-system.ts';
import type { LogDirectoryOptions } from '../src/open-directory.ts';
import { readValues, textBatch } from './log-fixture.ts';

const orders = { topic: 'orders', partition: 0, topicId: 'A'.repeat(22) };
const other = { ...orders, partition: 1 };
const SEED_COUNT = 20;

function openOn(disk: MemoryFileSystem, options: Partial<LogDirectoryOptions> = {}): Promise<LogDirectory> {
  return LogDirectory.open({
    dir: '/data',
    fileSystem: disk,
    clock: new ManualClock(),
    bootId: 'boot-1',
    minFreeBytes: 0,
    ...options,
  });
}

async function append(log: Log, value: string): Promise<void> {
  const { durable } = await log.append(textBatch({ values: [value] }), { leaderEpoch: 0 });
  await durable;
}

/** Two logs with `a`; then a sync of the first one fails, and the process dies with `lost` in its page cache. */
async function afterFailedSync(options: Partial<LogDirectoryOptions> = {}): Promise<MemoryFileSystem> {
  const disk = new MemoryFileSystem();
  const directory = await openOn(disk, options);
  const log = await directory.openPartition(orders);
  await append(log, 'a');
  await append(await directory.openPartition(other), 'a');
  disk.failSync({ pathPart: options.commitRoute === 'journal' ? 'journal.tidelog' : 'orders-0/' });
  await expect(append(log, 'lost')).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
  return disk.crash({ kind: 'process-kill', seed: 0 });
}

async function afterPowerLoss(disk: MemoryFileSystem, seed: number): Promise<Log> {
  const directory = await openOn(disk.crash({ kind: 'power-loss', seed }), { bootId: 'boot-2' });
  return directory.openPartition(orders);
}

describe('after a failed sync, in the same boot', () => {
  test.each(['direct', 'journal'] as const)(
    'what is acknowledged next survives a power loss, with all that lies below it (%s)',
    async (commitRoute) => {
      const disk = await afterFailedSync({ commitRoute });
      const directory = await openOn(disk, { commitRoute });
      expect(directory.lastShutdown).toBe('failed-sync');
      const log = await directory.openPartition(orders);
      expect(log.recovery.lastShutdown).toBe('failed-sync');
      await append(log, 'b');
      expect(await readValues(log)).toEqual(['0:a', '1:lost', '2:b']);
      for (let seed = 0; seed < SEED_COUNT; seed++) {
        const again = await afterPowerLoss(disk, seed);
        expect(again.isQuarantined).toBe(false);
        expect(await readValues(again)).toEqual(['0:a', '1:lost', '2:b']);
      }
    },
  );

  test('a log that is opened only after further stops and kills is written again, too', async () => {
    const disk = await afterFailedSync();
    const second = await openOn(disk);
    await second.openPartition(other);
    await second.close();
    const third = await openOn(disk);
    expect(third.lastShutdown).toBe('clean');
    const survivor = disk.crash({ kind: 'process-kill', seed: 0 });
    const fourth = await openOn(survivor);
    expect(fourth.lastShutdown).toBe('process-crash');
    const log = await fourth.openPartition(orders);
    expect(log.recovery.lastShutdown).toBe('failed-sync');
    expect((await fourth.openPartition(other)).recovery.lastShutdown).toBe('process-crash');
    await append(log, 'b');
    for (let seed = 0; seed < SEED_COUNT; seed++)
      expect(await readValues(await afterPowerLoss(survivor, seed))).toEqual(['0:a', '1:lost', '2:b']);
  });

  test('bytes that the kernel forgot meanwhile are cut off, and no log is quarantined for them', async () => {
    const disk = await afterFailedSync();
    disk.forgetDropped();
    const log = await (await openOn(disk)).openPartition(orders);
    expect(log.isQuarantined).toBe(false);
    await append(log, 'b');
    for (let seed = 0; seed < SEED_COUNT; seed++)
      expect(await readValues(await afterPowerLoss(disk, seed))).toEqual(['0:a', '1:b']);
  });

  test('a sync that fails while the log is written again takes the directory offline, and is noted', async () => {
    const disk = await afterFailedSync();
    const second = await openOn(disk);
    disk.failSync({ pathPart: 'orders-0/' });
    await expect(second.openPartition(orders)).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
    expect(second.offline).toMatchObject({ code: 'STORAGE_FAILED' });
    const third = await openOn(disk.crash({ kind: 'process-kill', seed: 0 }));
    expect((await third.openPartition(orders)).recovery.lastShutdown).toBe('failed-sync');
  });

  test('the end of the machine makes a power loss of it', async () => {
    const disk = await afterFailedSync();
    const directory = await openOn(disk, { bootId: 'boot-2' });
    expect(directory.lastShutdown).toBe('power-loss');
  });
});

test('a failed sync of a replay is noted, too: it may have dropped what the killed process had written', async () => {
  const disk = new MemoryFileSystem();
  const first = await openOn(disk, { commitRoute: 'journal' });
  const log = await first.openPartition({ ...orders, config: { durability: 'fsync' } });
  await append(log, 'a');
  const killed = disk.crash({ kind: 'process-kill', seed: 0 });
  killed.failSync({ pathPart: 'orders-0/' });
  await expect(openOn(killed)).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
  const again = await openOn(killed.crash({ kind: 'process-kill', seed: 0 }));
  expect(again.lastShutdown).toBe('failed-sync');
  expect(await readValues(await again.openPartition(orders))).toEqual(['0:a']);
});

test('a failed sync while the tail of a log is cut takes the directory offline', async () => {
  const disk = new MemoryFileSystem();
  const first = await openOn(disk);
  await append(await first.openPartition(orders), 'a');
  const killed = disk.crash({ kind: 'process-kill', seed: 0 });
  const file = await killed.open('/data/orders-0/00000000000000000000.log', 'read-write');
  file.writevSync([Buffer.from('torn')], await file.sizeBytes());
  const second = await openOn(killed);
  killed.failSync({ pathPart: 'orders-0/0' });
  await expect(second.openPartition(orders)).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
  await expect(second.openPartition(orders)).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
  expect(second.offline).toBeDefined();
});

describe('damage of the journal', () => {
  /** A log with three acknowledged batches, of which the journal lost the second; and no others have it for certain. */
  async function withDamagedJournal(seed: number): Promise<MemoryFileSystem> {
    const disk = new MemoryFileSystem();
    const directory = await openOn(disk, { commitRoute: 'journal' });
    const log = await directory.openPartition(orders);
    for (const value of ['first', 'second', 'third']) await append(log, value);
    const path = '/data/journal.tidelog/0.journal';
    const position = disk.readFileSync(path).indexOf('second');
    disk.damage(path, { position, bytes: Buffer.from('X') });
    return disk.crash({ kind: 'power-loss', seed });
  }

  test('is remembered for a log that is opened in a later run only', async () => {
    let quarantinedCount = 0;
    for (let seed = 0; seed < 30; seed++) {
      const disk = await withDamagedJournal(seed);
      await (await openOn(disk, { bootId: 'boot-2' })).close();
      const third = await openOn(disk, { bootId: 'boot-2' });
      expect(third.journalReplay.damage).toEqual([]);
      const log = await third.openPartition(orders);
      if (log.isQuarantined) quarantinedCount += 1;
      else expect(log.logEndOffset).toBe(3);
      await third.close();
    }
    expect(quarantinedCount).toBeGreaterThan(5);
  });

  test('is remembered whenever the run that found it dies', async () => {
    let quarantinedCount = 0;
    for (let seed = 0; seed < 12; seed++) {
      const disk = await withDamagedJournal(seed);
      const survivors: MemoryFileSystem[] = [];
      disk.onSyncPoint = () => {
        survivors.push(disk.crash({ kind: 'power-loss', seed: survivors.length }));
      };
      await openOn(disk, { bootId: 'boot-2' });
      for (const survivor of survivors) {
        const log = await (await openOn(survivor, { bootId: 'boot-3' })).openPartition(orders);
        if (log.isQuarantined) quarantinedCount += 1;
        else expect(log.logEndOffset).toBe(3);
      }
    }
    expect(quarantinedCount).toBeGreaterThan(20);
  });

  test('is forgotten with the recovery of the log', async () => {
    const disk = await withDamagedJournal(1);
    const second = await openOn(disk, { bootId: 'boot-2' });
    await second.openPartition(orders);
    await second.close();
    const list = JSON.parse(disk.readFileSync('/data/unrecovered.tidelog').toString()) as object;
    expect(list).toEqual({ version: 1, partitions: {}, journalDamaged: [] });
  });
});
