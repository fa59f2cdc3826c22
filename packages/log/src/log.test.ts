import { describe, expect, test } from 'vitest';
import {
  append,
  fileBytes,
  fileNames,
  filledLog,
  NOW_MS,
  openTestLog,
  readValues,
  textBatch,
} from '../test/log-fixture.ts';
import { ManualClock } from './manual-clock.ts';

const EPOCH = { leaderEpoch: 0 };

describe('segments', () => {
  test('a log rolls by size and reads across segments', async () => {
    const opened = await filledLog(40, { config: { segmentBytes: 1024 } });
    expect(opened.log.segmentCount).toBeGreaterThan(5);
    const values = await readValues(opened.log, { maxBytes: 300 });
    expect(values.map((value) => value.split(':')[0])).toEqual(
      Array.from({ length: 40 }, (_, index) => `${index}`),
    );
    expect(await fileNames(opened.fileSystem)).toContain('00000000000000000000.timeindex');
  });

  test('a log rolls by time of its batches', async () => {
    const { log } = await openTestLog({ config: { segmentMs: 60_000 } });
    for (const minutes of [0, 1, 2, 3])
      await log.append(textBatch({ values: ['x'], timestampMs: NOW_MS + minutes * 60_000 }), EPOCH);
    expect(log.segmentCount).toBe(2);
  });

  test('a batch that fits no segment is refused', async () => {
    const { log } = await openTestLog({ config: { segmentBytes: 1024 } });
    await expect(log.append(textBatch({ values: ['x'.repeat(1200)] }), EPOCH)).rejects.toMatchObject({
      code: 'RECORD_LIST_TOO_LARGE',
    });
  });

  test('one turn may fill several segments', async () => {
    const opened = await openTestLog({ config: { segmentBytes: 1024 } });
    await Promise.all(Array.from({ length: 30 }, (_, index) => append(opened, `${index}`.padEnd(200))));
    expect(opened.log.segmentCount).toBe(10);
    expect(await readValues(opened.log)).toHaveLength(30);
  });

  test('the last entry of a sealed time index is the largest timestamp', async () => {
    const opened = await openTestLog();
    await opened.log.append(textBatch({ values: ['a'], timestampMs: NOW_MS - 5 }), EPOCH);
    await opened.log.roll();
    await opened.log.flush();
    const bytes = fileBytes(opened.fileSystem, '00000000000000000000.timeindex');
    expect(Number(bytes.readBigInt64BE(bytes.length - 12))).toBe(NOW_MS - 5);
  });

  test('rolling an empty log does nothing', async () => {
    const { log } = await openTestLog();
    await log.roll();
    expect(log.segmentCount).toBe(1);
  });
});

test('a log that has written much asks for a flush once', async () => {
  let wantedCount = 0;
  const { log } = await openTestLog({
    config: { maxMessageBytes: 20_000_000 },
    onFlushWanted: () => (wantedCount += 1),
  });
  const batch = textBatch({ values: ['x'.repeat(10_000_000)] });
  for (let index = 0; index < 9; index++) await log.append(batch, EPOCH);
  expect(wantedCount).toBe(1);
  await log.flush();
  expect(log).toMatchObject({ unflushedBytes: 0, recoveryPoint: 9 });
});

test('time moves for a log only through its clock', async () => {
  const clock = new ManualClock({ nowMs: NOW_MS, defer: 'manual' });
  const opened = await openTestLog({ clock });
  let isDone = false;
  const appending = append(opened, 'a').then(() => (isDone = true));
  await new Promise((resolve) => setImmediate(resolve));
  expect(isDone).toBe(false);
  clock.runDeferred();
  await appending;
  expect(isDone).toBe(true);
});

test('readers, a writer, rolls, retention and flushes at the same time never see a wrong record', async () => {
  const { log, clock } = await openTestLog({
    config: { segmentBytes: 1024, retentionBytes: 3000, fileDeleteDelayMs: 0 },
  });
  const end = 600;
  const writer = async (): Promise<void> => {
    for (let offset = 0; offset < end; offset += 2) {
      const results = [offset, offset + 1].map((value) =>
        log.append(textBatch({ values: [`${value}`] }), EPOCH),
      );
      await Promise.all(results);
      if (offset % 60 === 0) await log.flush();
      if (offset % 90 === 0) await log.applyRetention(clock.nowMs(), { highWatermark: log.logEndOffset });
      if (offset % 150 === 0) await log.roll();
    }
  };
  const reader = async (maxBytes: number): Promise<number> => {
    let seenCount = 0;
    for (let offset = 0; offset < end;) {
      try {
        const values = await readValues(log, { fromOffset: offset, maxBytes });
        for (const value of values) expect(value).toBe(`${offset}:${offset++}`);
        seenCount += values.length;
      } catch (error) {
        expect(error).toMatchObject({ code: 'OFFSET_OUT_OF_RANGE' });
        offset = log.logStartOffset;
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
    return seenCount;
  };
  const [, ...seenCounts] = await Promise.all([writer(), reader(1), reader(500), reader(100_000)]);
  for (const seenCount of seenCounts) expect(seenCount).toBeGreaterThan(100);
});
