import { describe, expect, test } from 'vitest';
import {
  append,
  filledLog,
  LOG_DIR,
  openTestLog,
  producerBatch,
  readValues,
  textBatch,
} from '../test/log-fixture.ts';
import { LogDirectory } from './log-directory.ts';
import type { Log } from './log.ts';
import { ManualClock } from './manual-clock.ts';
import { MemoryFileSystem } from './memory-file-system.ts';

const EPOCH = { leaderEpoch: 0 };

describe('truncation', () => {
  test('cuts at the batch that holds the offset, with what was known of its producer', async () => {
    const { log } = await openTestLog();
    for (let baseSequence = 0; baseSequence < 6; baseSequence += 2)
      await log.append(producerBatch({ producerId: 1, baseSequence, recordCount: 2 }), EPOCH);
    await log.truncateTo(3);
    expect(log.logEndOffset).toBe(2);
    expect(
      await log.append(producerBatch({ producerId: 1, baseSequence: 2, recordCount: 2 }), EPOCH),
    ).toMatchObject({ isDuplicate: false, baseOffset: 2 });
    expect(await readValues(log)).toHaveLength(4);
  });

  test('goes back over segments and survives closing', async () => {
    const lowered: number[] = [];
    const opened = await filledLog(30, {
      config: { segmentBytes: 1024 },
      onRecoveryPointLowered: (offset) => Promise.resolve(void lowered.push(offset)),
    });
    await opened.log.flush();
    await opened.log.truncateTo(9);
    expect(lowered).toEqual([9]);
    await append(opened, 'new');
    expect((await readValues(opened.log)).slice(-2)).toEqual([expect.stringMatching(/^8:8-/), '9:new']);
    await opened.log.close();
    const again = await openTestLog({
      fileSystem: opened.fileSystem,
      recoveryPoint: opened.log.recoveryPoint,
      config: { segmentBytes: 1024 },
    });
    expect(again.log.logEndOffset).toBe(10);
  });

  test('below the log start it begins anew there', async () => {
    const opened = await filledLog(5);
    await opened.log.deleteRecordsBefore(4);
    await opened.log.roll();
    await opened.log.applyRetention(opened.clock.nowMs(), { highWatermark: 4 });
    await opened.log.truncateTo(0);
    expect(await append(opened, 'anew')).toMatchObject({ baseOffset: 0 });
  });

  test('beyond the end nothing happens', async () => {
    const { log } = await filledLog(5);
    await log.truncateTo(5);
    expect(log.logEndOffset).toBe(5);
  });

  test('drops the leader epochs that began after it', async () => {
    const { log } = await openTestLog();
    await log.append(textBatch({ values: ['a'] }), { leaderEpoch: 1 });
    await log.append(textBatch({ values: ['b'] }), { leaderEpoch: 2 });
    await log.truncateTo(1);
    expect(log.latestLeaderEpoch).toBe(1);
  });
});

test('a cut where compaction left nothing up to the end takes nothing else', async () => {
  const opened = await filledLog(4);
  const { fileSystem, clock, log } = opened;
  await log.close();
  // As Kafka's cleaner leaves it: the last batches of a sealed segment are gone.
  const active = await fileSystem.open(`${LOG_DIR}/00000000000000000010.log`, 'create');
  await active.close();
  const again = await openTestLog({ fileSystem, clock, recoveryPoint: 10, firstDirtyOffset: 10 });
  expect(again.log.logEndOffset).toBe(10);
  await again.log.truncateTo(7);
  expect(again.log.logEndOffset).toBeLessThanOrEqual(7);
  expect(await readValues(again.log)).toHaveLength(4);
  expect((await append(again, 'new')).baseOffset).toBe(again.log.logEndOffset - 1);
});

async function openOn(fileSystem: MemoryFileSystem, bootId: string): Promise<Log> {
  const clock = new ManualClock();
  const directory = await LogDirectory.open({ dir: '/data', fileSystem, clock, bootId, minFreeBytes: 0 });
  return directory.openPartition({ topic: 'orders', partition: 0, topicId: 'A'.repeat(22) });
}

async function put(log: Log, value: string): Promise<void> {
  const { durable } = await log.append(textBatch({ values: [value] }), EPOCH);
  await durable;
}

describe('a cut below the log start', () => {
  test.each([0, 2])('keeps what is appended after it through a power loss (at %i)', async (cut) => {
    const disk = new MemoryFileSystem();
    const log = await openOn(disk, 'boot-1');
    for (const value of ['a', 'b', 'c', 'd', 'e']) await put(log, value);
    await log.deleteRecordsBefore(4);
    if (cut === 0) {
      await log.roll();
      await log.applyRetention(0, { highWatermark: 5 });
    }
    await log.truncateTo(cut);
    await put(log, 'again');
    const again = await openOn(disk.crash({ kind: 'power-loss', seed: 1 }), 'boot-2');
    expect(await readValues(again)).toEqual([`${cut}:again`]);
  });

  test('can be asked for again after a power loss at any of its syncs', async () => {
    const disk = new MemoryFileSystem();
    const log = await openOn(disk, 'boot-1');
    for (const value of ['a', 'b', 'c', 'd', 'e']) {
      await put(log, value);
      await log.roll();
    }
    await log.deleteRecordsBefore(3);
    await log.applyRetention(0, { highWatermark: 3 });
    const survivors: MemoryFileSystem[] = [];
    disk.onSyncPoint = () => {
      survivors.push(disk.crash({ kind: 'power-loss', seed: survivors.length }));
    };
    await log.truncateTo(1);
    expect(survivors.length).toBeGreaterThan(6);
    for (const survivor of survivors) {
      const again = await openOn(survivor, 'boot-2');
      expect(again.isQuarantined).toBe(false);
      await again.truncateTo(1);
      await put(again, 'again');
      expect((await readValues(again)).at(-1)).toMatch(/:again$/);
    }
  });
});
