import { describe, expect, test } from 'vitest';
import {
  batchesInFile,
  compact,
  keyedBatch,
  put,
  readTexts,
  rollAndCompact,
} from '../test/compaction-fixture.ts';
import { fileNames, LOG_DIR, openTestLog, producerBatch, type TestLog } from '../test/log-fixture.ts';

const FIRST = '00000000000000000000';
const COMPACTED = { cleanupPolicy: ['compact'], segmentBytes: 1024, fileDeleteDelayMs: 1000 } as const;

function openCompacted(config: object = {}): Promise<TestLog> {
  return openTestLog({ config: { ...COMPACTED, ...config } });
}

/** Closes the log and opens it again as after a clean stop. */
async function reopen(opened: TestLog, config: object = {}): Promise<TestLog> {
  const { fileSystem, clock, log } = opened;
  const { logEndOffset: recoveryPoint, firstDirtyOffset } = log;
  await log.close();
  return openTestLog({
    fileSystem,
    clock,
    recoveryPoint,
    firstDirtyOffset,
    config: { ...COMPACTED, ...config },
  });
}

describe('what a cleaning keeps', () => {
  test('of each key the last record, in the order of offsets, which stay', async () => {
    const opened = await openCompacted();
    await put(opened, 'a=1', 'b=1', 'a=2');
    await put(opened, 'c=1');
    await put(opened, 'b=2', 'a=3');
    const report = await rollAndCompact(opened);
    expect(report).toMatchObject({ fromOffset: 0, toOffset: 6, removedRecords: 3, isMapFull: false });
    expect(await readTexts(opened.log)).toEqual(['3:c=1', '4:b=2', '5:a=3']);
    expect(opened.log).toMatchObject({ firstDirtyOffset: 6, logStartOffset: 0, logEndOffset: 6 });
  });

  test('what it cleaned before, too, when a later record has the key', async () => {
    const opened = await openCompacted();
    await put(opened, 'a=1', 'b=1');
    await rollAndCompact(opened);
    await put(opened, 'a=2');
    await rollAndCompact(opened);
    expect(await readTexts(opened.log)).toEqual(['1:b=1', '2:a=2']);
    expect(opened.log.segmentCount).toBe(2);
  });

  test('the records of the active segment, and what reaches above the high watermark', async () => {
    const opened = await openCompacted();
    await put(opened, 'a=1');
    await opened.log.roll();
    await put(opened, 'a=2');
    await opened.log.roll();
    await put(opened, 'a=3');
    const { log, clock } = opened;
    await log.compact({ nowMs: clock.nowMs(), highWatermark: 1, dedupeBufferBytes: 65536 });
    expect(await readTexts(log)).toEqual(['0:a=1', '1:a=2', '2:a=3']);
    await compact(opened);
    expect(await readTexts(log)).toEqual(['1:a=2', '2:a=3']);
  });

  test('a record that is younger than min.compaction.lag.ms', async () => {
    const opened = await openCompacted({ minCompactionLagMs: 1000 });
    await put(opened, 'a=1');
    await put(opened, 'a=2');
    expect(await rollAndCompact(opened)).toBeUndefined();
    await opened.clock.advance(1001);
    await compact(opened);
    expect(await readTexts(opened.log)).toEqual(['1:a=2']);
  });

  test('a tombstone until delete.retention.ms after the cleaning that first met it', async () => {
    const opened = await openCompacted({ deleteRetentionMs: 5000 });
    const { clock, log } = opened;
    await put(opened, 'a=1', 'b=1');
    await put(opened, 'a');
    await rollAndCompact(opened);
    expect(await readTexts(log)).toEqual(['1:b=1', '2:a']);
    await clock.advance(4999);
    await put(opened, 'c=1');
    await rollAndCompact(opened);
    expect(await readTexts(log)).toEqual(['1:b=1', '2:a', '3:c=1']);
    await clock.advance(1);
    await put(opened, 'd=1');
    await rollAndCompact(opened);
    expect(await readTexts(log)).toEqual(['1:b=1', '3:c=1', '4:d=1']);
  });

  test('times of records when their batch gets a delete horizon, also with a codec', async () => {
    const opened = await openCompacted();
    const times = { timestampMs: 1_600_000_000_000 };
    for (const compression of ['none', 'gzip'] as const) {
      const records = ['a', 'b', 'c'].map((key) => ({
        key: key + compression,
        value: key === 'b' ? null : 'x',
      }));
      await opened.log.append(keyedBatch(records, { ...times, compression }), { leaderEpoch: 0 });
    }
    await rollAndCompact(opened);
    const batches = batchesInFile(opened, `${FIRST}.log`);
    for (const batch of batches) {
      await batch.decompress();
      expect(batch.header).toMatchObject({ hasDeleteHorizon: true, maxTimestampMs: times.timestampMs + 2 });
      expect([...batch].map((record) => record.timestampMs - times.timestampMs)).toEqual([0, 1, 2]);
    }
    expect(batches.map((batch) => batch.header.compression)).toEqual(['none', 'gzip']);
    expect(await opened.log.offsetForTimestamp(times.timestampMs + 1)).toMatchObject({ offset: 1 });
  });

  test("a producer's last batch, as an empty one, and so its sequence", async () => {
    const opened = await openCompacted({ cleanupPolicy: [] });
    for (const baseSequence of [0, 1]) {
      await opened.log.append(producerBatch({ producerId: 7, baseSequence }), { leaderEpoch: 0 });
    }
    opened.log.updateConfig({ ...COMPACTED, durability: 'page-cache' });
    await put(opened, 'a=1');
    await rollAndCompact(opened);
    expect(await readTexts(opened.log)).toEqual(['2:a=1']);
    const [batch] = batchesInFile(opened, `${FIRST}.log`);
    expect(batch?.header).toMatchObject({ baseOffset: 1, recordCount: 0, producerId: 7, baseSequence: 1 });
  });
});

describe('a key map that is full', () => {
  test('ends the cleaning there, and the next one goes on', async () => {
    const opened = await openCompacted({ segmentBytes: 65536 });
    const keys = Array.from({ length: 40 }, (_, index) => `key-${index}`);
    await put(opened, ...keys.map((key) => `${key}=old`));
    await put(opened, ...keys.map((key) => `${key}=new`));
    await opened.log.roll();
    const starts: number[] = [];
    for (let report = await compact(opened, { dedupeBufferBytes: 384 }); report !== undefined;) {
      starts.push(report.fromOffset);
      expect(report.toOffset).toBeGreaterThan(report.fromOffset);
      report = await compact(opened, { dedupeBufferBytes: 384 });
    }
    expect(starts.length).toBeGreaterThan(3);
    expect(await readTexts(opened.log)).toEqual(keys.map((key, index) => `${40 + index}:${key}=new`));
  });
});

describe('gaps', () => {
  test('a read that begins in one goes on with the next batch, and skips to the end where nothing is left', async () => {
    const opened = await openCompacted();
    for (let index = 0; index < 30; index++) await put(opened, `a=${index}`.padEnd(90, '.'), `k${index}=1`);
    await rollAndCompact(opened);
    const { log } = opened;
    for (let offset = 0; offset < log.logEndOffset; offset++) {
      const read = await log.read({ fromOffset: offset, maxBytes: 1, minOneBatch: true });
      expect(read.nextOffset).toBeGreaterThan(offset);
      read.release();
    }
  });

  test('stay allowed after opening again, in every way in which a log is opened', async () => {
    for (const lastShutdown of ['clean', 'process-crash', 'power-loss'] as const) {
      const opened = await openCompacted();
      for (let index = 0; index < 30; index++) await put(opened, `k${index % 4}=${index}`.padEnd(90, '.'));
      await rollAndCompact(opened);
      const texts = await readTexts(opened.log);
      await opened.log.flush();
      const { fileSystem, clock } = opened;
      const again = await openTestLog({
        fileSystem: fileSystem.crash({ kind: 'process-kill', seed: 1 }),
        clock,
        lastShutdown,
      });
      expect(again.log.recovery).toMatchObject({ damaged: [], truncatedBytes: 0 });
      expect(await readTexts(again.log)).toEqual(texts);
      expect(again.log.logEndOffset).toBe(30);
    }
  });

  test('above what was compacted are damage, as in a log that never was', async () => {
    const opened = await openCompacted();
    await put(opened, 'a=1');
    await put(opened, 'a=2');
    await rollAndCompact(opened);
    for (const value of [3, 4, 5]) await put(opened, `a=${value}`);
    await opened.log.flush();
    const name = `${LOG_DIR}/00000000000000000002.log`;
    const { fileSystem } = opened;
    const bytes = fileSystem.readFileSync(name);
    const third = bytes.length / 3;
    fileSystem.damage(name, { position: third, bytes: bytes.subarray(2 * third) });
    const handle = await fileSystem.open(name, 'read-write');
    await handle.truncate(2 * third);
    const again = await openTestLog({ fileSystem, lastShutdown: 'process-crash', recoveryPoint: 2 });
    expect(again.log.isQuarantined).toBe(true);
    expect(again.log.recovery.damaged[0]).toMatchObject({ fromOffset: 3 });
  });
});

describe('cleaning beside other work', () => {
  test('a read under way gives what was there before, a later one what is left', async () => {
    const opened = await openCompacted();
    await put(opened, 'a=1');
    await put(opened, 'a=2');
    await opened.log.roll();
    const before = opened.log.read({ fromOffset: 0, maxBytes: 10_000 });
    const cleaning = compact(opened);
    const read = await before;
    expect(read.bytes.length).toBeGreaterThan(100);
    read.release();
    await cleaning;
    expect(await readTexts(opened.log)).toEqual(['1:a=2']);
  });

  test('closing ends it, and leaves nothing of it', async () => {
    const opened = await openCompacted();
    await put(opened, 'a=1');
    await put(opened, 'a=2');
    await opened.log.roll();
    const cleaning = compact(opened);
    await opened.log.close();
    expect(await cleaning).toMatchObject({ isAborted: true });
    expect((await fileNames(opened.fileSystem)).filter((name) => /cleaned|swap/.test(name))).toEqual([]);
    const again = await reopen(opened);
    expect(await readTexts(again.log)).toEqual(['0:a=1', '1:a=2']);
  });

  test('truncation and another policy end it', async () => {
    for (const interrupt of [
      (opened: TestLog) => opened.log.truncateTo(1),
      async (opened: TestLog) =>
        opened.log.updateConfig({ cleanupPolicy: ['delete'], durability: 'page-cache' }),
    ]) {
      const opened = await openCompacted();
      await put(opened, 'a=1');
      await put(opened, 'a=2');
      await opened.log.roll();
      const cleaning = compact(opened);
      await interrupt(opened);
      expect(await cleaning).toMatchObject({ isAborted: true });
    }
  });

  test('a log that is cut in its compacted part goes on there, densely', async () => {
    const opened = await openCompacted();
    for (let index = 0; index < 8; index++) await put(opened, `k${index % 3}=${index}`);
    await rollAndCompact(opened);
    expect(await readTexts(opened.log)).toEqual(['5:k2=5', '6:k0=6', '7:k1=7']);
    await opened.log.truncateTo(6);
    expect(opened.log).toMatchObject({ logEndOffset: 6, firstDirtyOffset: 0 });
    await put(opened, 'k0=again');
    const again = await reopen(opened);
    expect(await readTexts(again.log)).toEqual(['5:k2=5', '6:k0=again']);
  });

  test('damage ends it, and no damaged byte is copied', async () => {
    const opened = await openCompacted();
    await put(opened, 'a=1');
    await put(opened, 'b=1');
    await opened.log.roll();
    opened.fileSystem.damage(`${LOG_DIR}/${FIRST}.log`, { position: 66, bytes: Buffer.from([0xff]) });
    await expect(compact(opened)).rejects.toMatchObject({ code: 'KAFKA_STORAGE_ERROR' });
    expect(opened.log.firstDirtyOffset).toBe(0);
    expect((await fileNames(opened.fileSystem)).filter((name) => /cleaned|swap/.test(name))).toEqual([]);
  });

  test('a full disk ends it, and the log goes on', async () => {
    const opened = await openCompacted();
    await put(opened, 'a=1');
    await put(opened, 'a=2');
    await opened.log.roll();
    await opened.log.flush();
    opened.fileSystem.capacityBytes = opened.fileSystem.usedBytes + 10;
    await expect(compact(opened)).rejects.toMatchObject({ code: 'DISK_FULL' });
    opened.fileSystem.capacityBytes = Number.MAX_SAFE_INTEGER;
    expect(opened.log.offline).toBeUndefined();
    await compact(opened);
    expect(await readTexts(opened.log)).toEqual(['1:a=2']);
  });
});

describe('retention of a compacted log', () => {
  const old = { retentionMs: 1000, retentionBytes: 1 };

  test('goes by deleted records alone without `delete` in the policy', async () => {
    const opened = await openCompacted(old);
    const { log, clock } = opened;
    await put(opened, 'a=1');
    await log.roll();
    await put(opened, 'b=1');
    await clock.advance(5000);
    await log.applyRetention(clock.nowMs(), { highWatermark: 2 });
    expect(log.segmentCount).toBe(2);
    await log.deleteRecordsBefore(1);
    await log.applyRetention(clock.nowMs(), { highWatermark: 2 });
    expect(log.segmentCount).toBe(1);
    expect(await readTexts(log)).toEqual(['1:b=1']);
  });

  test('goes by age and size, too, with both', async () => {
    const opened = await openCompacted({ ...old, cleanupPolicy: ['compact', 'delete'] });
    const { log, clock } = opened;
    await put(opened, 'a=1', 'a=2');
    await rollAndCompact(opened);
    expect(await readTexts(log)).toEqual(['1:a=2']);
    await clock.advance(5000);
    await put(opened, 'b=1');
    await log.applyRetention(clock.nowMs(), { highWatermark: 3 });
    expect(await readTexts(log)).toEqual(['2:b=1']);
    expect(log.logStartOffset).toBe(2);
  });

  test('an empty policy keeps everything', async () => {
    const opened = await openCompacted({ ...old, cleanupPolicy: [] });
    const { log, clock } = opened;
    await put(opened, 'a=1');
    await put(opened, 'a=2');
    await log.roll();
    await clock.advance(5000);
    await log.applyRetention(clock.nowMs(), { highWatermark: 2 });
    expect(await compact(opened)).toBeUndefined();
    expect(await readTexts(log)).toEqual(['0:a=1', '1:a=2']);
  });
});

test('the active segment is sealed for a record older than max.compaction.lag.ms, and the log is due', async () => {
  const opened = await openCompacted({ maxCompactionLagMs: 1000, minCleanableDirtyRatio: 1 });
  const { log, clock } = opened;
  await put(opened, 'a=1', 'a=2');
  const need = () => log.compactionNeed({ nowMs: clock.nowMs(), highWatermark: log.logEndOffset });
  expect(await need()).toMatchObject({ isDue: false, dirtyBytes: 0 });
  await clock.advance(1002);
  expect(await need()).toMatchObject({ isDue: true, isOverdue: true });
  expect(log.segmentCount).toBe(2);
});
