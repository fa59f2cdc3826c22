import { describe, expect, test } from 'vitest';
import { validateBatch } from '@tidelog/record';
import {
  append,
  fileBytes,
  filledLog,
  NOW_MS,
  openTestLog,
  producerBatch,
  readValues,
  textBatch,
} from '../test/log-fixture.ts';
import { MemoryFileSystem } from './memory-file-system.ts';

const EPOCH = { leaderEpoch: 0 };

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
    const opened = await filledLog(3);
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

describe('a full disk', () => {
  test('fails the write, leaves no trace of it, and goes on when there is room', async () => {
    const opened = await filledLog(3);
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
