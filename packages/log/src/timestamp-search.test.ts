import { describe, expect, test } from 'vitest';
import { NOW_MS, openTestLog, textBatch } from '../test/log-fixture.ts';

const EPOCH = { leaderEpoch: 0 };

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
