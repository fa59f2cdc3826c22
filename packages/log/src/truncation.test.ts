import { describe, expect, test } from 'vitest';
import { append, filledLog, openTestLog, producerBatch, readValues, textBatch } from '../test/log-fixture.ts';

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
