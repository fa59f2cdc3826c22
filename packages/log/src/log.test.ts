import { describe, expect, test } from 'vitest';
import { validateBatch } from '@tidelog/record';
import {
  fileBytes,
  fileNames,
  LOG_DIR,
  NOW_MS,
  openTestLog,
  producerBatch,
  readValues,
  textBatch,
  type TestLog,
} from '../test/log-fixture.ts';
import type { AppendResult } from './append-queue.ts';
import { BufferPool } from './buffer-pool.ts';
import { ManualClock } from './manual-clock.ts';
import { MemoryFileSystem } from './memory-file-system.ts';
import { PerFileCommitter } from './per-file-committer.ts';

const EPOCH = { leaderEpoch: 0 };

async function append(opened: TestLog, ...values: string[]): Promise<AppendResult> {
  return opened.log.append(textBatch({ values }), EPOCH);
}

/** A log of `count` batches of one record each, with values of 100 bytes. */
async function filled(count: number, options: Parameters<typeof openTestLog>[0] = {}): Promise<TestLog> {
  const opened = await openTestLog(options);
  for (let index = 0; index < count; index++) await append(opened, `${index}-`.padEnd(100, 'x'));
  return opened;
}

describe('append', () => {
  test('gives offsets in the order of the calls', async () => {
    const opened = await openTestLog();
    const [a, b] = await Promise.all([append(opened, 'a', 'b'), append(opened, 'c')]);
    expect(a).toMatchObject({
      baseOffset: 0,
      lastOffset: 1,
      logAppendTimeMs: -1,
      logStartOffset: 0,
      isDuplicate: false,
    });
    expect(b).toMatchObject({ baseOffset: 2, lastOffset: 2 });
    expect(await readValues(opened.log)).toEqual(['0:a', '1:b', '2:c']);
    expect(opened.log).toMatchObject({ logEndOffset: 3, durableOffset: 3, segmentCount: 1 });
  });

  test('patches base offset and leader epoch in the buffer and keeps the CRC right', async () => {
    const { log } = await openTestLog();
    await log.append(textBatch({ values: ['a'] }), EPOCH);
    const batch = textBatch({ values: ['b', 'c'] });
    await log.append(batch, { leaderEpoch: 9 });
    expect(validateBatch(batch)).toMatchObject({ baseOffset: 1, partitionLeaderEpoch: 9 });
    expect(log.latestLeaderEpoch).toBe(9);
    expect(log.endOffsetForEpoch(0)).toEqual({ epoch: 0, endOffset: 1 });
  });

  test('takes several batches in one buffer', async () => {
    const { log } = await openTestLog();
    const both = Buffer.concat([textBatch({ values: ['a', 'b'] }), textBatch({ values: ['c'] })]);
    expect(await log.append(both, EPOCH)).toMatchObject({ baseOffset: 0, lastOffset: 2 });
    expect(await readValues(log)).toEqual(['0:a', '1:b', '2:c']);
  });

  test('writes everything of one turn with one write', async () => {
    const fileSystem = new MemoryFileSystem();
    const open = fileSystem.open.bind(fileSystem);
    let writeCount = 0;
    fileSystem.open = async (path, mode) => {
      const handle = await open(path, mode);
      const writevSync = handle.writevSync.bind(handle);
      handle.writevSync = (buffers, position): void => {
        if (path.endsWith('.log')) writeCount += 1;
        writevSync(buffers, position);
      };
      return handle;
    };
    const opened = await openTestLog({ fileSystem });
    await Promise.all(Array.from({ length: 50 }, (_, index) => append(opened, `${index}`)));
    expect(writeCount).toBe(1);
    expect(opened.log.logEndOffset).toBe(50);
  });

  test('keeps the order while the descriptor has to be opened again', async () => {
    const opened = await filled(3);
    // A second log takes the only descriptor.
    const results = await Promise.all(['a', 'b', 'c'].map((value) => append(opened, value)));
    expect(results.map((result) => result.baseOffset)).toEqual([3, 4, 5]);
  });

  test.each<[string, Buffer, string]>([
    ['nothing', Buffer.alloc(0), 'INVALID_RECORD'],
    ['half a batch', textBatch({ values: ['abc'] }).subarray(0, 65), 'CORRUPT_MESSAGE'],
    ['random bytes', Buffer.alloc(100, 0x55), 'CORRUPT_MESSAGE'],
    ['a batch over the limit', textBatch({ values: ['x'.repeat(2000)] }), 'MESSAGE_TOO_LARGE'],
    [
      'a control batch',
      textBatch({ values: ['x'], isControl: true, producerId: 1, producerEpoch: 0 }),
      'INVALID_RECORD',
    ],
    [
      'a transactional batch',
      textBatch({ values: ['x'], isTransactional: true, producerId: 1, producerEpoch: 0, baseSequence: 0 }),
      'INVALID_RECORD',
    ],
    [
      'a batch from the future',
      textBatch({ values: ['x'], timestampMs: NOW_MS + 3_600_001 }),
      'INVALID_TIMESTAMP',
    ],
    ['a batch from the past', textBatch({ values: ['x'], timestampMs: NOW_MS - 5001 }), 'INVALID_TIMESTAMP'],
  ])('refuses %s', async (_what, bytes, code) => {
    const { log } = await openTestLog({
      config: { maxMessageBytes: 1500, messageTimestampBeforeMaxMs: 5000 },
    });
    await expect(log.append(bytes, EPOCH)).rejects.toMatchObject({ code });
    expect(log.logEndOffset).toBe(0);
  });

  test('a flipped bit is refused', async () => {
    const { log } = await openTestLog();
    const batch = textBatch({ values: ['abc'] });
    batch[70] = (batch[70] as number) ^ 1;
    await expect(log.append(batch, EPOCH)).rejects.toMatchObject({ code: 'CORRUPT_MESSAGE' });
  });

  test('a count of records that only uses up offsets is refused', async () => {
    const { log } = await openTestLog();
    const batch = textBatch({ values: ['x'.repeat(500)], compression: 'gzip' });
    batch.writeInt32BE(0x7ffffffe, 23);
    batch.writeInt32BE(0x7fffffff, 57);
    const { crc32c } = await import('@tidelog/record');
    batch.writeUInt32BE(crc32c(batch.subarray(21)), 17);
    await expect(log.append(batch, EPOCH)).rejects.toMatchObject({ code: 'INVALID_RECORD' });
  });

  test('LogAppendTime sets the time and the CRC', async () => {
    const { log } = await openTestLog({ config: { messageTimestampType: 'LogAppendTime' } });
    const batch = textBatch({ values: ['a', 'b'], timestampMs: 5 });
    expect(await log.append(batch, EPOCH)).toMatchObject({ logAppendTimeMs: NOW_MS });
    expect(await log.maxTimestamp()).toMatchObject({ timestampMs: NOW_MS, offset: 0 });
  });

  test('is refused after closing, and closing writes what waits', async () => {
    const opened = await openTestLog();
    const waiting = append(opened, 'last');
    const closed = opened.log.close();
    await expect(append(opened, 'late')).rejects.toMatchObject({ code: 'CLOSED' });
    await closed;
    expect((await waiting).baseOffset).toBe(0);
    await expect(opened.log.read({ fromOffset: 0, maxBytes: 1 })).rejects.toMatchObject({ code: 'CLOSED' });
    const again = await openTestLog({ fileSystem: opened.fileSystem, recoveryPoint: 1 });
    expect(await readValues(again.log)).toEqual(['0:last']);
  });
});

describe('idempotence', () => {
  test('a batch that comes again gets its old offsets and is not appended', async () => {
    const { log } = await openTestLog();
    const batch = (): Buffer => producerBatch({ producerId: 5, baseSequence: 0, recordCount: 3 });
    await log.append(batch(), EPOCH);
    expect(await log.append(batch(), EPOCH)).toMatchObject({
      baseOffset: 0,
      lastOffset: 2,
      isDuplicate: true,
    });
    expect(log.logEndOffset).toBe(3);
  });

  test('state survives closing, with all five batches', async () => {
    const { log, fileSystem } = await openTestLog();
    for (let baseSequence = 0; baseSequence < 7; baseSequence++)
      await log.append(producerBatch({ producerId: 5, baseSequence }), EPOCH);
    await log.close();
    const again = await openTestLog({ fileSystem, recoveryPoint: 7 });
    expect(again.log.producerCount).toBe(1);
    expect(await again.log.append(producerBatch({ producerId: 5, baseSequence: 2 }), EPOCH)).toMatchObject({
      isDuplicate: true,
      baseOffset: 2,
    });
    await expect(
      again.log.append(producerBatch({ producerId: 5, baseSequence: 1 }), EPOCH),
    ).rejects.toMatchObject({ code: 'DUPLICATE_SEQUENCE_NUMBER' });
    expect(await again.log.append(producerBatch({ producerId: 5, baseSequence: 7 }), EPOCH)).toMatchObject({
      isDuplicate: false,
    });
  });

  test('an idle producer is forgotten with the retention', async () => {
    const { log, clock } = await openTestLog({ producerIdExpirationMs: 1000 });
    await log.append(producerBatch({ producerId: 5, baseSequence: 0 }), EPOCH);
    await clock.advance(1000);
    await log.applyRetention(clock.nowMs(), { highWatermark: 1 });
    await expect(log.append(producerBatch({ producerId: 5, baseSequence: 1 }), EPOCH)).rejects.toMatchObject({
      code: 'UNKNOWN_PRODUCER_ID',
    });
  });
});

describe('durability', () => {
  test('fsync: a batch counts as durable when its sync has ended, in order', async () => {
    const opened = await openTestLog({ config: { durability: 'fsync' } });
    const first = await append(opened, 'a');
    expect(opened.log).toMatchObject({ logEndOffset: 1, durableOffset: 0 });
    await first.durable;
    expect(opened.log.durableOffset).toBe(1);
  });

  test('all batches of a turn share one promise', async () => {
    const opened = await openTestLog({ config: { durability: 'fsync' } });
    const [a, b] = await Promise.all([append(opened, 'a'), append(opened, 'b')]);
    expect(a.durable).toBe(b.durable);
  });

  test('a durable batch survives any power loss, the name of a new segment included', async () => {
    const opened = await openTestLog({ config: { durability: 'fsync', segmentBytes: 1024 } });
    for (let index = 0; index < 30; index++)
      await (
        await append(opened, `${index}-`.padEnd(100, 'x'))
      ).durable;
    for (let seed = 0; seed < 30; seed++) {
      const fileSystem = opened.fileSystem.crash({ kind: 'power-loss', seed });
      const { log } = await openTestLog({
        fileSystem,
        lastShutdown: 'power-loss',
        config: { segmentBytes: 1024 },
      });
      expect(log.logEndOffset).toBe(30);
    }
  });

  test('a failed sync is final: nothing more becomes durable, appends are refused, reads go on', async () => {
    const failures: string[] = [];
    const opened = await openTestLog({
      config: { durability: 'fsync' },
      onFailure: (error) => failures.push(error.code),
    });
    await (
      await append(opened, 'a')
    ).durable;
    opened.fileSystem.failSync();
    const lost = await append(opened, 'b');
    await expect(lost.durable).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
    await expect(append(opened, 'c')).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
    expect(opened.log).toMatchObject({ durableOffset: 1, offline: { code: 'STORAGE_FAILED' } });
    expect(failures).toEqual(['STORAGE_FAILED']);
    expect(await readValues(opened.log)).toEqual(['0:a', '1:b']);
    await opened.log.close();
  });

  test('from page-cache to fsync: what was written before comes first', async () => {
    const opened = await openTestLog();
    await append(opened, 'a');
    opened.log.updateConfig({ durability: 'fsync' });
    const second = await append(opened, 'b');
    await second.durable;
    for (let seed = 0; seed < 20; seed++) {
      const fileSystem = opened.fileSystem.crash({ kind: 'power-loss', seed });
      const { log } = await openTestLog({ fileSystem, lastShutdown: 'power-loss' });
      expect(log.logEndOffset).toBe(2);
    }
  });

  test('from page-cache to fsync on a full disk takes nothing offline', async () => {
    const opened = await openTestLog();
    await opened.log.append(producerBatch({ producerId: 1, baseSequence: 0 }), EPOCH);
    opened.fileSystem.capacityBytes = opened.fileSystem.usedBytes;
    opened.log.updateConfig({ durability: 'fsync' });
    await opened.log.whenDurable();
    expect(opened.log.offline).toBeUndefined();
  });

  test('fsync without a committer is refused', async () => {
    await expect(
      openTestLog({ config: { durability: 'fsync' }, committer: undefined }),
    ).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });

  test('after the process died, what is in the page cache is synced before it counts', async () => {
    const opened = await openTestLog({ config: { durability: 'fsync' } });
    await append(opened, 'a');
    const fileSystem = opened.fileSystem.crash({ kind: 'process-kill', seed: 0 });
    const again = await openTestLog({
      fileSystem,
      lastShutdown: 'process-crash',
      config: { durability: 'fsync' },
      committer: new PerFileCommitter(),
    });
    expect(again.log).toMatchObject({ logEndOffset: 1, durableOffset: 0 });
    await (
      await append(again, 'b')
    ).durable;
    expect(again.log.durableOffset).toBe(2);
  });
});

describe('a full disk', () => {
  test('fails the write, leaves no trace of it, and goes on when there is room', async () => {
    const opened = await filled(3);
    const sizeBytes = fileBytes(opened.fileSystem, '00000000000000000000.log').length;
    opened.fileSystem.capacityBytes = opened.fileSystem.usedBytes + 150;
    const big = (): Buffer => textBatch({ values: ['y'.repeat(300)] });
    const results = await Promise.allSettled([
      opened.log.append(big(), EPOCH),
      opened.log.append(producerBatch({ producerId: 1, baseSequence: 0 }), EPOCH),
    ]);
    for (const result of results)
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'DISK_FULL', retriable: true } });
    expect(opened.log.logEndOffset).toBe(3);
    expect(opened.log.producerCount).toBe(0);
    expect(await readValues(opened.log)).toHaveLength(3);
    expect(fileBytes(opened.fileSystem, '00000000000000000000.log')).toHaveLength(sizeBytes);
    opened.fileSystem.capacityBytes = Number.MAX_SAFE_INTEGER;
    expect(await opened.log.append(producerBatch({ producerId: 1, baseSequence: 0 }), EPOCH)).toMatchObject({
      baseOffset: 3,
    });
  });

  test('duplicates of a write that failed fail with it, others are answered', async () => {
    const opened = await openTestLog();
    const known = (): Buffer => producerBatch({ producerId: 1, baseSequence: 0 });
    await opened.log.append(known(), EPOCH);
    opened.fileSystem.capacityBytes = opened.fileSystem.usedBytes;
    const fresh = (): Buffer => producerBatch({ producerId: 2, baseSequence: 0 });
    const results = await Promise.allSettled(
      [known(), fresh(), fresh()].map((batch) => opened.log.append(batch, EPOCH)),
    );
    expect(
      results.map((result) => (result.status === 'fulfilled' ? result.value.isDuplicate : 'failed')),
    ).toEqual([true, 'failed', 'failed']);
  });

  test('a write that cannot be taken back takes the log offline', async () => {
    const opened = await openTestLog();
    await append(opened, 'a');
    opened.fileSystem.capacityBytes = opened.fileSystem.usedBytes;
    opened.fileSystem.failSync();
    await expect(append(opened, 'b')).rejects.toMatchObject({ code: 'DISK_FULL' });
    await expect(append(opened, 'c')).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
    expect(opened.messages.some((message) => message.includes('offline'))).toBe(true);
  });
});

describe('segments', () => {
  test('a log rolls by size and reads across segments', async () => {
    const opened = await filled(40, { config: { segmentBytes: 1024 } });
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

describe('retention', () => {
  test('deletes old segments, moves the log start and removes the files after a delay', async () => {
    const opened = await filled(20, {
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
    const opened = await filled(5, { config: { retentionMs: 1000 } });
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
    const once = await filled(40, { config });
    const twice = await filled(40, { config });
    const retain = (opened: TestLog): Promise<unknown> =>
      opened.log.applyRetention(opened.clock.nowMs(), { highWatermark: 40 });
    await retain(once);
    await Promise.all([retain(twice), retain(twice)]);
    expect(twice.log.logStartOffset).toBe(once.log.logStartOffset);
  });

  test('keeps what lies at or above the high watermark', async () => {
    const opened = await filled(20, { config: { segmentBytes: 1024, retentionMs: 0 } });
    await opened.clock.advance(10);
    await opened.log.applyRetention(opened.clock.nowMs(), { highWatermark: 3 });
    expect(opened.log.logStartOffset).toBe(0);
  });

  test('a crash at any sync leaves a log that opens with its newest records', async () => {
    const opened = await filled(20, { config: { segmentBytes: 1024, retentionBytes: 2000 } });
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
    const opened = await filled(20, {
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
    const { log } = await filled(5);
    await log.deleteRecordsBefore(3);
    expect(await log.deleteRecordsBefore(1)).toBe(3);
    await expect(log.deleteRecordsBefore(6)).rejects.toMatchObject({ code: 'OFFSET_OUT_OF_RANGE' });
    await expect(log.deleteRecordsBefore(-1)).rejects.toMatchObject({ code: 'OFFSET_OUT_OF_RANGE' });
  });
});

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
    const opened = await filled(30, {
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
    const opened = await filled(5);
    await opened.log.deleteRecordsBefore(4);
    await opened.log.roll();
    await opened.log.applyRetention(opened.clock.nowMs(), { highWatermark: 4 });
    await opened.log.truncateTo(0);
    expect(await append(opened, 'anew')).toMatchObject({ baseOffset: 0 });
  });

  test('beyond the end nothing happens', async () => {
    const { log } = await filled(5);
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

describe('reads', () => {
  test('end before the offset that the caller names', async () => {
    const { log } = await filled(5);
    const read = await log.read({ fromOffset: 1, maxBytes: 10_000, upToOffset: 3 });
    expect(read).toMatchObject({ fromOffset: 1, nextOffset: 3 });
    read.release();
    expect(await log.read({ fromOffset: 3, maxBytes: 10_000, upToOffset: 3 })).toMatchObject({
      nextOffset: 3,
      bytes: { length: 0 },
    });
  });

  test('at the end are empty, beyond it refused', async () => {
    const { log } = await filled(5);
    expect((await log.read({ fromOffset: 5, maxBytes: 100 })).bytes).toHaveLength(0);
    await expect(log.read({ fromOffset: 6, maxBytes: 100 })).rejects.toMatchObject({
      code: 'OFFSET_OUT_OF_RANGE',
      offset: 6,
    });
    await expect(log.read({ fromOffset: Number.NaN, maxBytes: 100 })).rejects.toMatchObject({
      code: 'OFFSET_OUT_OF_RANGE',
    });
  });

  test('give a first batch that is larger than asked for only on request', async () => {
    const { log } = await openTestLog();
    await log.append(textBatch({ values: ['x'.repeat(5000)] }), EPOCH);
    expect((await log.read({ fromOffset: 0, maxBytes: 1000 })).bytes).toHaveLength(0);
    const whole = await log.read({ fromOffset: 0, maxBytes: 1000, minOneBatch: true });
    expect(whole.nextOffset).toBe(1);
    expect((await log.read({ fromOffset: 0, maxBytes: 0, minOneBatch: true })).nextOffset).toBe(1);
  });

  test('borrow memory from the pool and give it back', async () => {
    const buffers = new BufferPool();
    const { log } = await filled(5, { buffers });
    const read = await log.read({ fromOffset: 0, maxBytes: 10_000 });
    expect(buffers.lentBytes).toBeGreaterThan(0);
    read.release();
    expect(buffers.lentBytes).toBe(0);
    await expect(log.read({ fromOffset: 9, maxBytes: 100 })).rejects.toThrow();
    expect(buffers.lentBytes).toBe(0);
  });

  test('find any offset by the index after opening again', async () => {
    const config = { segmentBytes: 100_000, indexIntervalBytes: 500 };
    const opened = await filled(300, { config });
    await opened.log.close();
    const { log } = await openTestLog({ fileSystem: opened.fileSystem, recoveryPoint: 300, config });
    for (const offset of [0, 1, 77, 150, 298, 299]) {
      const read = await log.read({ fromOffset: offset, maxBytes: 200, minOneBatch: true });
      expect(read.nextOffset).toBe(offset + 1);
      read.release();
    }
  });

  test('an index that does not fit its segment costs time and no wrong answer', async () => {
    const config = { segmentBytes: 100_000, indexIntervalBytes: 500 };
    const opened = await filled(300, { config });
    await opened.log.roll();
    await opened.log.close();
    const path = `${LOG_DIR}/00000000000000000000.index`;
    opened.fileSystem.damage(path, {
      position: 0,
      bytes: Buffer.alloc(fileBytes(opened.fileSystem, '00000000000000000000.index').length, 0x11),
    });
    const again = await openTestLog({ fileSystem: opened.fileSystem, recoveryPoint: 300, config });
    expect(await readValues(again.log, { fromOffset: 250 })).toHaveLength(50);
    opened.fileSystem.damage(path, { position: 0, bytes: Buffer.from('0000000a00000021', 'hex') });
    const third = await openTestLog({ fileSystem: opened.fileSystem, recoveryPoint: 300, config });
    expect(await readValues(third.log, { fromOffset: 12 })).toHaveLength(288);
  });
});

describe('times', () => {
  test('the first record at or after a time is found across segments and within batches', async () => {
    const { log } = await openTestLog({ config: { segmentBytes: 1024, indexIntervalBytes: 100 } });
    for (let index = 0; index < 60; index++) {
      await log.append(
        textBatch({
          values: ['a', 'b', 'c'],
          timestampMs: NOW_MS + index * 10,
          ...(index % 2 === 0 ? {} : { compression: 'gzip' }),
        }),
        { leaderEpoch: 4 },
      );
    }
    expect(await log.offsetForTimestamp(0)).toEqual({ offset: 0, timestampMs: NOW_MS, leaderEpoch: 4 });
    expect(await log.offsetForTimestamp(NOW_MS + 11)).toEqual({
      offset: 4,
      timestampMs: NOW_MS + 11,
      leaderEpoch: 4,
    });
    expect(await log.offsetForTimestamp(NOW_MS + 13)).toEqual({
      offset: 6,
      timestampMs: NOW_MS + 20,
      leaderEpoch: 4,
    });
    expect(await log.offsetForTimestamp(NOW_MS + 592)).toMatchObject({ offset: 179 });
    expect(await log.offsetForTimestamp(NOW_MS + 593)).toBeUndefined();
    expect(await log.maxTimestamp()).toMatchObject({ offset: 179, timestampMs: NOW_MS + 592 });
    await log.deleteRecordsBefore(100);
    expect(await log.offsetForTimestamp(0)).toMatchObject({ offset: 100 });
  });

  test('of an empty log there are none', async () => {
    const { log } = await openTestLog();
    expect(await log.offsetForTimestamp(0)).toBeUndefined();
    expect(await log.maxTimestamp()).toBeUndefined();
  });

  test('records out of order are found by the first that is late enough', async () => {
    const { log } = await openTestLog({ config: { indexIntervalBytes: 0 } });
    for (const timestampMs of [NOW_MS, NOW_MS + 900, NOW_MS + 100, NOW_MS + 500])
      await log.append(textBatch({ values: ['x'], timestampMs }), EPOCH);
    expect(await log.offsetForTimestamp(NOW_MS + 200)).toMatchObject({ offset: 1 });
    expect(await log.maxTimestamp()).toMatchObject({ offset: 1 });
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
