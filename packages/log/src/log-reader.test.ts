import { describe, expect, test } from 'vitest';
import { fileBytes, filledLog, LOG_DIR, openTestLog, readValues, textBatch } from '../test/log-fixture.ts';
import { BufferPool } from './buffer-pool.ts';

const EPOCH = { leaderEpoch: 0 };

describe('reads', () => {
  test('end before the offset that the caller names', async () => {
    const { log } = await filledLog(5);
    const read = await log.read({ fromOffset: 1, maxBytes: 10_000, upToOffset: 3 });
    expect(read).toMatchObject({ fromOffset: 1, nextOffset: 3 });
    read.release();
    expect(await log.read({ fromOffset: 3, maxBytes: 10_000, upToOffset: 3 })).toMatchObject({
      nextOffset: 3,
      bytes: { length: 0 },
    });
  });

  test('at the end are empty, beyond it refused', async () => {
    const { log } = await filledLog(5);
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
    const { log } = await filledLog(5, { buffers });
    const read = await log.read({ fromOffset: 0, maxBytes: 10_000 });
    expect(buffers.lentBytes).toBeGreaterThan(0);
    read.release();
    expect(buffers.lentBytes).toBe(0);
    await expect(log.read({ fromOffset: 9, maxBytes: 100 })).rejects.toThrow();
    expect(buffers.lentBytes).toBe(0);
  });

  test('find any offset by the index after opening again', async () => {
    const config = { segmentBytes: 100_000, indexIntervalBytes: 500 };
    const opened = await filledLog(300, { config });
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
    const opened = await filledLog(300, { config });
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
