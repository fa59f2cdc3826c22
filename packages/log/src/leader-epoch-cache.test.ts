import { describe, expect, test } from 'vitest';
import { LeaderEpochCache } from './leader-epoch-cache.ts';
import { MemoryFileSystem } from './memory-file-system.ts';

/** Epochs 1 from offset 0, 3 from 10, 6 from 25. */
function cache(): LeaderEpochCache {
  const made = new LeaderEpochCache();
  made.assign(1, 0);
  made.assign(3, 10);
  made.assign(6, 25);
  return made;
}

describe('the end of an epoch', () => {
  test.each([
    [6, { epoch: 6, endOffset: 40 }, 'the latest epoch ends at the log end offset'],
    [3, { epoch: 3, endOffset: 25 }, 'an older one where the next begins'],
    [4, { epoch: 3, endOffset: 25 }, 'one that wrote nothing is answered with the one below'],
    [0, { epoch: 0, endOffset: 0 }, 'one before the log ends where the log begins'],
    [7, { epoch: -1, endOffset: -1 }, 'one above all is unknown'],
    [-1, { epoch: -1, endOffset: -1 }, 'no epoch is unknown'],
  ])('epoch %i: %j, %s', (epoch, expected) => {
    expect(cache().endOffsetFor(epoch, 40)).toEqual(expected);
  });

  test('of an empty cache is unknown', () => {
    expect(new LeaderEpochCache().endOffsetFor(0, 40)).toEqual({ epoch: -1, endOffset: -1 });
  });
});

describe('entries', () => {
  test('an epoch at or below the latest changes nothing', () => {
    const made = cache();
    made.assign(6, 30);
    made.assign(2, 31);
    expect(made.entries).toHaveLength(3);
    expect(made.epochAt(24)).toBe(3);
    expect(made.epochAt(25)).toBe(6);
  });

  test('an epoch that wrote nothing before the next one is replaced by it', () => {
    const made = cache();
    made.assign(8, 25);
    expect(made.entries).toEqual([
      { epoch: 1, startOffset: 0 },
      { epoch: 3, startOffset: 10 },
      { epoch: 8, startOffset: 25 },
    ]);
  });

  test('cutting the end drops what begins there', () => {
    const made = cache();
    made.truncateFromEnd(25);
    expect(made.latestEpoch).toBe(3);
    made.truncateFromEnd(0);
    expect(made.latestEpoch).toBe(-1);
  });

  test('cutting the start keeps the epoch that holds it', () => {
    const made = cache();
    made.truncateFromStart(12);
    expect(made.entries).toEqual([
      { epoch: 3, startOffset: 12 },
      { epoch: 6, startOffset: 25 },
    ]);
    made.truncateFromStart(100);
    expect(made.entries).toEqual([{ epoch: 6, startOffset: 100 }]);
  });
});

describe('the checkpoint file', () => {
  test("has Kafka's format and comes back", async () => {
    const fileSystem = new MemoryFileSystem();
    const made = cache();
    await made.save(fileSystem, '/leader-epoch-checkpoint');
    expect(fileSystem.readFileSync('/leader-epoch-checkpoint').toString()).toBe('0\n3\n1 0\n3 10\n6 25\n');
    expect((await LeaderEpochCache.load(fileSystem, '/leader-epoch-checkpoint'))?.entries).toEqual(
      made.entries,
    );
  });

  test('is written only when something changed', async () => {
    const fileSystem = new MemoryFileSystem();
    const made = cache();
    await made.save(fileSystem, '/leader-epoch-checkpoint');
    const { syncCount } = fileSystem;
    await made.save(fileSystem, '/leader-epoch-checkpoint');
    expect(fileSystem.syncCount).toBe(syncCount);
  });

  test('missing or damaged it is to be rebuilt', async () => {
    const fileSystem = new MemoryFileSystem();
    expect(await LeaderEpochCache.load(fileSystem, '/leader-epoch-checkpoint')).toBeUndefined();
    const file = await fileSystem.open('/leader-epoch-checkpoint', 'create');
    file.writevSync([Buffer.from('0\n2\n1 0\n')], 0);
    expect(await LeaderEpochCache.load(fileSystem, '/leader-epoch-checkpoint')).toBeUndefined();
  });
});
