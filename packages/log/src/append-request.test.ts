import { expect, test } from 'vitest';
import { BatchBuilder, crc32c } from '@tidelog/record';
import { openTestLog, readValues, textBatch } from '../test/log-fixture.ts';

const COMPACTED = { config: { cleanupPolicy: ['compact'] } } as const;

function keyedBatch(keys: readonly (string | null)[], compression: 'none' | 'gzip' = 'none'): Buffer {
  const builder = new BatchBuilder();
  for (const key of keys) builder.append(1_700_000_000_000, key, `value of ${key}`);
  return builder.buildSync({ compression });
}

test('a compacted log takes no record without a key, and says which record it is', async () => {
  const { log } = await openTestLog(COMPACTED);
  for (const compression of ['none', 'gzip'] as const) {
    await expect(log.append(keyedBatch(['a', null], compression), { leaderEpoch: 0 })).rejects.toMatchObject({
      code: 'INVALID_RECORD',
      message: expect.stringContaining('record at offset 1') as string,
    });
  }
  expect(log.logEndOffset).toBe(0);
  await log.append(keyedBatch(['a', 'b'], 'gzip'), { leaderEpoch: 0 });
  expect(log.logEndOffset).toBe(2);
});

test('appends keep their order while the keys of a compressed one are looked at', async () => {
  const { log } = await openTestLog(COMPACTED);
  const results = await Promise.allSettled([
    log.append(keyedBatch(['a']), { leaderEpoch: 0 }),
    log.append(keyedBatch(['b', 'c'], 'gzip'), { leaderEpoch: 0 }),
    log.append(keyedBatch([null], 'gzip'), { leaderEpoch: 0 }),
    log.append(keyedBatch(['d']), { leaderEpoch: 0 }),
  ]);
  expect(results.map((result) => (result.status === 'fulfilled' ? result.value.baseOffset : -1))).toEqual([
    0, 1, -1, 3,
  ]);
  await log.close();
});

test('bytes that are no compressed records are refused, and the next append is taken', async () => {
  const { log } = await openTestLog(COMPACTED);
  const good = keyedBatch(['a'], 'gzip');
  const bad = keyedBatch(['a', 'b', 'c'], 'gzip');
  bad.fill(0, 70, 80);
  bad.writeUInt32BE(crc32c(bad.subarray(21)), 17);
  await expect(log.append(bad, { leaderEpoch: 0 })).rejects.toMatchObject({ code: 'CORRUPT_MESSAGE' });
  await log.append(good, { leaderEpoch: 0 });
  expect(log.logEndOffset).toBe(1);
});

test('a log that is not compacted takes records without keys', async () => {
  const opened = await openTestLog();
  await opened.log.append(textBatch({ values: ['x'] }), { leaderEpoch: 0 });
  expect(await readValues(opened.log)).toEqual(['0:x']);
});
