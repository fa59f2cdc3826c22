import { describe, expect, test } from 'vitest';
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
  type TestLogOptions,
} from '../test/log-fixture.ts';
import type { MemoryFileSystem } from './memory-file-system.ts';
import { PerFileCommitter } from './per-file-committer.ts';

const EPOCH = { leaderEpoch: 0 };
const FIRST = '00000000000000000000.log';
/** Bytes of each of the batches that `filled` makes. */
const BATCH_BYTES = 170;

/** A log of `count` batches of one record each, closed or left as a dead process leaves it. */
async function filled(count: number, options: TestLogOptions & { close?: boolean } = {}): Promise<TestLog> {
  const { close = false, ...rest } = options;
  const opened = await openTestLog(rest);
  for (let index = 0; index < count; index++) {
    await opened.log.append(
      textBatch({ values: [`${index}-`.padEnd(100, 'x')], timestampMs: NOW_MS + index }),
      EPOCH,
    );
  }
  if (close) await opened.log.close();
  return opened;
}

async function cutFile(fileSystem: MemoryFileSystem, name: string, sizeBytes: number): Promise<void> {
  const file = await fileSystem.open(`${LOG_DIR}/${name}`, 'read-write');
  file.truncateSync(sizeBytes);
  await file.close();
}

function flip(fileSystem: MemoryFileSystem, name: string, position: number): void {
  const byte = fileBytes(fileSystem, name)[position] ?? 0;
  fileSystem.damage(`${LOG_DIR}/${name}`, { position, bytes: Buffer.of(byte ^ 1) });
}

describe('after a clean stop', () => {
  test('nothing is scanned and everything is there', async () => {
    const { fileSystem } = await filled(50, { config: { segmentBytes: 2048 }, close: true });
    const { log, messages } = await openTestLog({ fileSystem, recoveryPoint: 50 });
    expect(log.recovery).toMatchObject({
      scannedBytes: 0,
      truncatedBytes: 0,
      rebuiltIndexes: [],
      damaged: [],
    });
    expect(await readValues(log)).toHaveLength(50);
    expect(messages).toEqual([]);
  });

  test('few bytes are read, however large the log', async () => {
    const { fileSystem } = await filled(2000, { config: { indexIntervalBytes: 4096 }, close: true });
    const open = fileSystem.open.bind(fileSystem);
    let readBytes = 0;
    fileSystem.open = async (path, mode) => {
      const handle = await open(path, mode);
      const read = handle.read.bind(handle);
      handle.read = (target, position) => {
        readBytes += target.length;
        return read(target, position);
      };
      return handle;
    };
    await openTestLog({ fileSystem, recoveryPoint: 2000 });
    expect(readBytes).toBeLessThan(6000);
  });

  test('indexes go on where they ended', async () => {
    const config = { indexIntervalBytes: 500 };
    const straight = await filled(60, { config, close: true });
    const broken = await filled(20, { config, close: true });
    for (const end of [40, 60]) {
      const { log } = await openTestLog({ fileSystem: broken.fileSystem, recoveryPoint: end - 20, config });
      for (let index = end - 20; index < end; index++) {
        await log.append(
          textBatch({ values: [`${index}-`.padEnd(100, 'x')], timestampMs: NOW_MS + index }),
          EPOCH,
        );
      }
      await log.close();
    }
    for (const suffix of ['log', 'index', 'timeindex']) {
      const file = `00000000000000000000.${suffix}`;
      expect(fileBytes(broken.fileSystem, file)).toEqual(fileBytes(straight.fileSystem, file));
    }
  });

  test('a missing or foreign index is built anew', async () => {
    const config = { indexIntervalBytes: 500 };
    const { fileSystem } = await filled(60, { config, close: true });
    const index = fileBytes(fileSystem, '00000000000000000000.index');
    fileSystem.damage(`${LOG_DIR}/00000000000000000000.index`, {
      position: index.length - 8,
      bytes: Buffer.from('0000001000000040', 'hex'),
    });
    const { log } = await openTestLog({ fileSystem, recoveryPoint: 60, config });
    expect(log.recovery.rebuiltIndexes).toEqual([0]);
    await log.close();
    expect(fileBytes(fileSystem, '00000000000000000000.index')).toEqual(index);
  });

  test('a damaged epoch file is built anew from the batches', async () => {
    const { log, fileSystem } = await openTestLog();
    for (const leaderEpoch of [1, 1, 4]) await log.append(textBatch({ values: ['x'] }), { leaderEpoch });
    await log.close();
    fileSystem.damage(`${LOG_DIR}/leader-epoch-checkpoint`, { position: 0, bytes: Buffer.from('?') });
    const again = await openTestLog({ fileSystem, recoveryPoint: 3 });
    expect(again.log.endOffsetForEpoch(1)).toEqual({ epoch: 1, endOffset: 2 });
  });

  test('damaged snapshots are replaced by the batches', async () => {
    const { log, fileSystem } = await openTestLog();
    for (let baseSequence = 0; baseSequence < 8; baseSequence++)
      await log.append(producerBatch({ producerId: 3, baseSequence }), EPOCH);
    await log.close();
    flip(fileSystem, '00000000000000000008.snapshot', 12);
    const again = await openTestLog({ fileSystem, recoveryPoint: 8 });
    expect(await again.log.append(producerBatch({ producerId: 3, baseSequence: 3 }), EPOCH)).toMatchObject({
      isDuplicate: true,
    });
  });

  test('what is missing at the end is damage', async () => {
    const { fileSystem } = await filled(10, { close: true });
    await cutFile(fileSystem, FIRST, 8 * BATCH_BYTES);
    const { log } = await openTestLog({ fileSystem, recoveryPoint: 10 });
    expect(log.isQuarantined).toBe(true);
    expect(log.recovery.damaged).toMatchObject([
      { fromOffset: 8, toOffset: 10, file: FIRST, position: 8 * BATCH_BYTES },
    ]);
    expect(await readValues(log, { upToOffset: 8 })).toHaveLength(8);
    await expect(log.read({ fromOffset: 9, maxBytes: 1000 })).rejects.toMatchObject({
      code: 'KAFKA_STORAGE_ERROR',
    });
  });

  test('leftovers of deletions go, other files stay', async () => {
    const { fileSystem } = await filled(3, { close: true });
    for (const name of [
      '00000000000000000000.log.deleted',
      '00000000000000000099.index',
      '00000000000000000099.timeindex',
      'partition.metadata',
      'notes.txt',
    ]) {
      await (await fileSystem.open(`${LOG_DIR}/${name}`, 'create')).close();
    }
    await openTestLog({ fileSystem, recoveryPoint: 3 });
    const names = await fileNames(fileSystem);
    expect(names).toContain('partition.metadata');
    expect(names).toContain('notes.txt');
    expect(names.filter((name) => name.includes('99') || name.endsWith('.deleted'))).toEqual([]);
  });

  test("a swap file of Kafka's cleaner is refused with what to do", async () => {
    const { fileSystem } = await filled(3, { close: true });
    await (await fileSystem.open(`${LOG_DIR}/00000000000000000000.log.swap`, 'create')).close();
    await expect(openTestLog({ fileSystem })).rejects.toMatchObject({
      code: 'DATA_DIR_FORMAT',
      message: /start Kafka/,
    });
  });
});

describe('after a crash', () => {
  test('only what lies above the recovery point is read', async () => {
    const { log, fileSystem } = await filled(100, { config: { indexIntervalBytes: 500 } });
    await log.flush();
    for (let index = 0; index < 5; index++) await log.append(textBatch({ values: ['y'.repeat(100)] }), EPOCH);
    const again = await openTestLog({
      fileSystem: fileSystem.crash({ kind: 'process-kill', seed: 0 }),
      lastShutdown: 'process-crash',
      recoveryPoint: 100,
    });
    expect(again.log.logEndOffset).toBe(105);
    expect(again.log.recovery.scannedBytes).toBeLessThan(6 * BATCH_BYTES);
  });

  test.each(['process-crash', 'power-loss'] as const)(
    '%s: a torn last batch is cut off and reported',
    async (lastShutdown) => {
      const { fileSystem } = await filled(10);
      await cutFile(fileSystem, FIRST, 10 * BATCH_BYTES - 7);
      const { log, messages } = await openTestLog({ fileSystem, lastShutdown });
      expect(log).toMatchObject({ logEndOffset: 9, isQuarantined: false });
      expect(log.recovery.truncatedBytes).toBe(BATCH_BYTES - 7);
      expect(messages.join()).toMatch(/cut at offset 9/);
      expect(await log.append(textBatch({ values: ['next'] }), EPOCH)).toMatchObject({ baseOffset: 9 });
      expect(fileBytes(fileSystem, FIRST).length).toBeGreaterThan(9 * BATCH_BYTES);
    },
  );

  test('a torn tail of every length is cut off', async () => {
    const { fileSystem } = await filled(3);
    const whole = fileBytes(fileSystem, FIRST);
    for (let sizeBytes = 0; sizeBytes <= whole.length; sizeBytes += 13) {
      const copy = fileSystem.crash({ kind: 'process-kill', seed: 0 });
      await cutFile(copy, FIRST, sizeBytes);
      const { log } = await openTestLog({ fileSystem: copy, lastShutdown: 'process-crash' });
      expect(log.logEndOffset).toBe(Math.floor(sizeBytes / BATCH_BYTES));
    }
  });

  test('indexes are those of a log that never crashed', async () => {
    const config = { indexIntervalBytes: 500 };
    const straight = await filled(60, { config, close: true });
    const crashed = await filled(60, { config });
    const fileSystem = crashed.fileSystem.crash({ kind: 'process-kill', seed: 0 });
    const { log } = await openTestLog({ fileSystem, lastShutdown: 'process-crash', config });
    await log.close();
    for (const suffix of ['index', 'timeindex']) {
      expect(fileBytes(fileSystem, `00000000000000000000.${suffix}`)).toEqual(
        fileBytes(straight.fileSystem, `00000000000000000000.${suffix}`),
      );
    }
  });

  test('a hole that a power loss left before later writes is cut off with them', async () => {
    const { fileSystem } = await filled(10);
    fileSystem.damage(`${LOG_DIR}/${FIRST}`, { position: 4 * BATCH_BYTES, bytes: Buffer.alloc(BATCH_BYTES) });
    const { log } = await openTestLog({
      fileSystem,
      lastShutdown: 'power-loss',
      config: { durability: 'fsync' },
      committer: new PerFileCommitter(),
    });
    expect(log).toMatchObject({ logEndOffset: 4, isQuarantined: false });
  });

  test('a log that lost its end and the records before its start goes on at its start', async () => {
    const { fileSystem } = await filled(4);
    const { log } = await openTestLog({ fileSystem, lastShutdown: 'power-loss', logStartOffset: 9 });
    expect(log).toMatchObject({ logStartOffset: 9, logEndOffset: 9 });
    expect(await log.append(textBatch({ values: ['x'] }), EPOCH)).toMatchObject({ baseOffset: 9 });
  });

  test('what it appends there survives the next power loss', async () => {
    const config = { durability: 'fsync' as const };
    const { fileSystem } = await filled(4);
    const options = { lastShutdown: 'power-loss' as const, logStartOffset: 9, config };
    const opened = await openTestLog({ fileSystem, ...options });
    await (
      await opened.log.append(textBatch({ values: ['new'] }), EPOCH)
    ).durable;
    for (let seed = 0; seed < 40; seed++) {
      const survivor = fileSystem.crash({ kind: 'power-loss', seed });
      const { log } = await openTestLog({
        fileSystem: survivor,
        ...options,
        committer: new PerFileCommitter(),
      });
      expect(await readValues(log)).toEqual(['9:new']);
    }
  });

  test('empty segments behind a cut go', async () => {
    const { log, fileSystem } = await filled(10);
    await log.roll();
    await cutFile(fileSystem, FIRST, 10 * BATCH_BYTES - 5);
    const again = await openTestLog({ fileSystem, lastShutdown: 'power-loss', recoveryPoint: 0 });
    expect(again.log).toMatchObject({ logEndOffset: 9, segmentCount: 1, isQuarantined: false });
  });
});

test.each(['clean', 'process-crash'] as const)(
  'records of a segment that was sealed right at the recovery point are found by their time after a stop: %s',
  async (lastShutdown) => {
    const { log, fileSystem } = await filled(3);
    await log.flush();
    await log.roll();
    if (lastShutdown === 'clean') await log.close();
    const survivor = fileSystem.crash({ kind: 'process-kill', seed: 0 });
    const again = await openTestLog({ fileSystem: survivor, lastShutdown, recoveryPoint: 3 });
    expect(await again.log.offsetForTimestamp(NOW_MS + 1)).toMatchObject({ offset: 1 });
    expect(await again.log.maxTimestamp()).toMatchObject({ offset: 2, timestampMs: NOW_MS + 2 });
  },
);

describe('bit rot', () => {
  async function rotten(position: number): Promise<TestLog> {
    const { fileSystem } = await filled(20);
    flip(fileSystem, FIRST, position);
    return openTestLog({ fileSystem, lastShutdown: 'process-crash' });
  }

  test('in the middle is quarantined and nothing is cut off', async () => {
    const { log, fileSystem, messages } = await rotten(7 * BATCH_BYTES + 100);
    expect(log).toMatchObject({ isQuarantined: true, logEndOffset: 20 });
    expect(log.recovery.damaged).toMatchObject([
      { fromOffset: 7, toOffset: 8, file: FIRST, position: 7 * BATCH_BYTES, endPosition: 8 * BATCH_BYTES },
    ]);
    expect(fileBytes(fileSystem, FIRST)).toHaveLength(20 * BATCH_BYTES);
    expect(messages.join()).toMatch(/quarantined.*offsets 7 to 7.*byte 1190/);
  });

  test('leaves the good ranges readable, and only those', async () => {
    const { log } = await rotten(7 * BATCH_BYTES + 100);
    expect(await readValues(log, { upToOffset: 7 })).toHaveLength(7);
    expect(await readValues(log, { fromOffset: 8 })).toHaveLength(12);
    const read = await log.read({ fromOffset: 5, maxBytes: 100_000 });
    expect(read.nextOffset).toBe(7);
    read.release();
    await expect(log.read({ fromOffset: 7, maxBytes: 1000 })).rejects.toMatchObject({
      code: 'KAFKA_STORAGE_ERROR',
      message: expect.stringContaining(`${FIRST} at byte 1190`) as string,
    });
  });

  test('stops appends', async () => {
    const { log } = await rotten(7 * BATCH_BYTES + 100);
    await expect(log.append(textBatch({ values: ['x'] }), EPOCH)).rejects.toMatchObject({
      code: 'KAFKA_STORAGE_ERROR',
    });
  });

  test('stays quarantined over restarts, clean or not', async () => {
    const { log, fileSystem } = await rotten(7 * BATCH_BYTES + 100);
    await log.close();
    for (const options of [{ recoveryPoint: log.recoveryPoint }, { lastShutdown: 'power-loss' as const }]) {
      const again = await openTestLog({ fileSystem, ...options });
      expect(again.log).toMatchObject({ isQuarantined: true, logEndOffset: 20 });
      expect(again.log.recovery.damaged).toHaveLength(1);
      expect(await readValues(again.log, { fromOffset: 8 })).toHaveLength(12);
    }
  });

  test('in several places is found in one go', async () => {
    const { fileSystem } = await filled(20);
    for (const batch of [3, 4, 11]) flip(fileSystem, FIRST, batch * BATCH_BYTES + 90);
    const { log } = await openTestLog({ fileSystem, lastShutdown: 'process-crash' });
    expect(log.recovery.damaged).toMatchObject([
      { fromOffset: 3, toOffset: 5 },
      { fromOffset: 11, toOffset: 12 },
    ]);
  });

  test('of a length field is found by the next valid batch', async () => {
    const { fileSystem } = await filled(20);
    fileSystem.damage(`${LOG_DIR}/${FIRST}`, {
      position: 7 * BATCH_BYTES + 8,
      bytes: Buffer.from('7fffffff', 'hex'),
    });
    const { log } = await openTestLog({ fileSystem, lastShutdown: 'process-crash' });
    expect(log.recovery.damaged).toMatchObject([{ fromOffset: 7, toOffset: 8 }]);
  });

  test('at the end of a sealed segment is told by the segment behind it', async () => {
    const { log, fileSystem } = await filled(5);
    await log.roll();
    await log.append(textBatch({ values: ['behind'] }), EPOCH);
    flip(fileSystem, FIRST, 5 * BATCH_BYTES - 3);
    const again = await openTestLog({ fileSystem, lastShutdown: 'process-crash', recoveryPoint: 0 });
    expect(again.log.recovery.damaged).toMatchObject([{ fromOffset: 4, toOffset: 5, file: FIRST }]);
    expect(await readValues(again.log, { fromOffset: 5 })).toEqual(['5:behind']);
  });

  test('of a whole segment file that went away is a gap', async () => {
    const { log, fileSystem } = await filled(18, { config: { segmentBytes: 1024 } });
    expect(log.segmentCount).toBe(3);
    await fileSystem.unlink(`${LOG_DIR}/00000000000000000006.log`);
    const again = await openTestLog({ fileSystem, lastShutdown: 'process-crash' });
    expect(again.log.recovery.damaged).toMatchObject([{ fromOffset: 6, toOffset: 12 }]);
    expect(await readValues(again.log, { fromOffset: 12 })).toHaveLength(6);
  });

  test('below the recovery point is never cut off, even as the last batch', async () => {
    const { fileSystem } = await filled(10, { close: true });
    flip(fileSystem, FIRST, 9 * BATCH_BYTES + 16);
    const { log } = await openTestLog({ fileSystem, lastShutdown: 'power-loss', recoveryPoint: 10 });
    expect(log.recovery.damaged).toMatchObject([{ fromOffset: 9, toOffset: 10 }]);
    expect(fileBytes(fileSystem, FIRST)).toHaveLength(10 * BATCH_BYTES);
  });

  test('as the last batch above the recovery point cannot be told from a torn one: cut off, loudly', async () => {
    const { fileSystem } = await filled(10);
    flip(fileSystem, FIRST, 9 * BATCH_BYTES + 90);
    const { log, messages } = await openTestLog({ fileSystem, lastShutdown: 'process-crash' });
    expect(log).toMatchObject({ logEndOffset: 9, isQuarantined: false });
    expect(messages.join()).toMatch(/damaged last batch/);
  });

  test('that only a read finds is an error for that range and reported', async () => {
    const { fileSystem } = await filled(10, { close: true });
    const { log, messages } = await openTestLog({ fileSystem, recoveryPoint: 10 });
    fileSystem.damage(`${LOG_DIR}/${FIRST}`, { position: 4 * BATCH_BYTES + 16, bytes: Buffer.of(1) });
    const read = await log.read({ fromOffset: 0, maxBytes: 100_000 });
    expect(read.nextOffset).toBe(4);
    read.release();
    await expect(log.read({ fromOffset: 4, maxBytes: 1000 })).rejects.toMatchObject({
      code: 'KAFKA_STORAGE_ERROR',
    });
    expect(messages.join()).toMatch(/damaged.*byte 680/);
  });

  test('of the quarantine mark keeps the quarantine', async () => {
    const { log, fileSystem } = await rotten(7 * BATCH_BYTES + 100);
    await log.close();
    fileSystem.damage(`${LOG_DIR}/damage.tidelog`, { position: 0, bytes: Buffer.from('{]') });
    const again = await openTestLog({ fileSystem, recoveryPoint: 20 });
    expect(again.log.isQuarantined).toBe(true);
  });
});
