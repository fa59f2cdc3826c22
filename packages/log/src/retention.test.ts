import { describe, expect, test } from 'vitest';
import { append, fileNames, filledLog, openTestLog, readValues, type TestLog } from '../test/log-fixture.ts';
import type { MemoryFileSystem } from './memory-file-system.ts';

describe('retention', () => {
  test('deletes old segments, moves the log start and removes the files after a delay', async () => {
    const opened = await filledLog(20, {
      config: { segmentBytes: 1024, retentionBytes: 2000, fileDeleteDelayMs: 5000 },
    });
    const { log, clock, fileSystem } = opened;
    const { deletedSegments } = await log.applyRetention(clock.nowMs(), { highWatermark: log.logEndOffset });
    expect(deletedSegments).toBeGreaterThan(0);
    expect(log.logStartOffset).toBeGreaterThan(0);
    expect(log.sizeBytes).toBeGreaterThanOrEqual(2000);
    expect(await fileNames(fileSystem)).toContain('00000000000000000000.log.deleted');
    await expect(log.read({ fromOffset: 0, maxBytes: 100 })).rejects.toMatchObject({
      code: 'OFFSET_OUT_OF_RANGE',
    });
    await clock.advance(5000);
    await clock.advance(0);
    expect((await fileNames(fileSystem)).filter((name) => name.endsWith('.deleted'))).toEqual([]);
    expect(await readValues(log)).toHaveLength(20 - log.logStartOffset);
  });

  test('by age empties the log, whose offsets go on', async () => {
    const opened = await filledLog(5, { config: { retentionMs: 1000 } });
    await opened.clock.advance(2000);
    await opened.log.applyRetention(opened.clock.nowMs(), { highWatermark: 5 });
    expect(opened.log).toMatchObject({ logStartOffset: 5, logEndOffset: 5, segmentCount: 1, sizeBytes: 0 });
    expect(await append(opened, 'next')).toMatchObject({ baseOffset: 5, logStartOffset: 5 });
    await opened.log.close();
    const again = await openTestLog({ fileSystem: opened.fileSystem, recoveryPoint: 6 });
    expect(again.log).toMatchObject({ logStartOffset: 5, logEndOffset: 6 });
  });

  test('asked for twice at the same time deletes what it would alone', async () => {
    const config = { segmentBytes: 1024, retentionBytes: 2000 };
    const once = await filledLog(40, { config });
    const twice = await filledLog(40, { config });
    const retain = (opened: TestLog): Promise<unknown> =>
      opened.log.applyRetention(opened.clock.nowMs(), { highWatermark: 40 });
    await retain(once);
    await Promise.all([retain(twice), retain(twice)]);
    expect(twice.log.logStartOffset).toBe(once.log.logStartOffset);
  });

  test('keeps what lies at or above the high watermark', async () => {
    const opened = await filledLog(20, { config: { segmentBytes: 1024, retentionMs: 0 } });
    await opened.clock.advance(10);
    await opened.log.applyRetention(opened.clock.nowMs(), { highWatermark: 3 });
    expect(opened.log.logStartOffset).toBe(0);
  });

  test('a crash at any sync leaves a log that opens with its newest records', async () => {
    const opened = await filledLog(20, { config: { segmentBytes: 1024, retentionBytes: 2000 } });
    await opened.log.flush();
    const crashes: MemoryFileSystem[] = [];
    opened.fileSystem.onSyncPoint = ({ number }): void => {
      for (const kind of ['power-loss', 'process-kill'] as const)
        crashes.push(opened.fileSystem.crash({ kind, seed: number }));
    };
    await opened.log.applyRetention(opened.clock.nowMs(), { highWatermark: 20 });
    expect(crashes.length).toBeGreaterThan(2);
    for (const fileSystem of crashes) {
      const { log } = await openTestLog({ fileSystem, lastShutdown: 'power-loss', recoveryPoint: 20 });
      expect(log).toMatchObject({ logEndOffset: 20, isQuarantined: false });
      expect((await readValues(log)).at(-1)).toMatch(/^19:/);
    }
  });
});

describe('deleting records', () => {
  test('hides them at once, durably, and their segments go with the next retention', async () => {
    const moved: number[] = [];
    const opened = await filledLog(20, {
      config: { segmentBytes: 1024 },
      onLogStartOffsetMoved: (offset) => Promise.resolve(void moved.push(offset)),
    });
    expect(await opened.log.deleteRecordsBefore(13)).toBe(13);
    expect(moved).toEqual([13]);
    await expect(opened.log.read({ fromOffset: 12, maxBytes: 100 })).rejects.toMatchObject({
      code: 'OFFSET_OUT_OF_RANGE',
    });
    expect((await readValues(opened.log))[0]).toMatch(/^13:/);
    const { deletedSegments } = await opened.log.applyRetention(opened.clock.nowMs(), { highWatermark: 20 });
    expect(deletedSegments).toBeGreaterThan(0);
    expect(opened.log.logStartOffset).toBe(13);
  });

  test('never goes back, and not beyond the end', async () => {
    const { log } = await filledLog(5);
    await log.deleteRecordsBefore(3);
    expect(await log.deleteRecordsBefore(1)).toBe(3);
    await expect(log.deleteRecordsBefore(6)).rejects.toMatchObject({ code: 'OFFSET_OUT_OF_RANGE' });
    await expect(log.deleteRecordsBefore(-1)).rejects.toMatchObject({ code: 'OFFSET_OUT_OF_RANGE' });
  });
});
