import { describe, expect, test } from 'vitest';
import { append, openTestLog, producerBatch, readValues } from '../test/log-fixture.ts';
import { PerFileCommitter } from './per-file-committer.ts';

const EPOCH = { leaderEpoch: 0 };

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
