import { describe, expect, test } from 'vitest';
import { MemoryFileSystem } from './memory-file-system.ts';
import { encodeProducers, ProducerSnapshotFiles } from './producer-snapshot-files.ts';
import type { ProducerEntry } from './producer-state.ts';

function entry(producerId: number, batchCount: number): ProducerEntry {
  return {
    producerId,
    producerEpoch: 0,
    batches: Array.from({ length: batchCount }, (_, index) => ({
      firstSequence: index,
      lastSequence: index,
      baseOffset: index,
      lastOffset: index,
      maxTimestampMs: 0,
    })),
    lastTimestampMs: 0,
    lastSeenMs: 5,
    coordinatorEpoch: -1,
    currentTransactionFirstOffset: -1,
  };
}

async function open(fileSystem: MemoryFileSystem): Promise<ProducerSnapshotFiles> {
  return new ProducerSnapshotFiles({ fileSystem, dir: '/', names: await fileSystem.readdir('/') });
}

async function written(...offsets: number[]): Promise<MemoryFileSystem> {
  const fileSystem = new MemoryFileSystem();
  const files = await open(fileSystem);
  for (const offset of offsets) await files.write(encodeProducers(offset, [entry(offset, 3)]));
  return fileSystem;
}

const ANY = { minOffset: 0, limitOffset: 1_000_000 };

describe('loading', () => {
  test('takes the newest within the range', async () => {
    const files = await open(await written(10, 20, 30));
    expect((await files.loadNewest(ANY, 0))?.offset).toBe(30);
    expect((await files.loadNewest({ minOffset: 0, limitOffset: 29 }, 0))?.offset).toBe(20);
    expect(await files.loadNewest({ minOffset: 21, limitOffset: 29 }, 0)).toBeUndefined();
  });

  test('passes over a damaged one', async () => {
    const fileSystem = await written(10, 20);
    fileSystem.damage('/00000000000000000020.snapshot', { position: 12, bytes: Buffer.of(99) });
    expect((await (await open(fileSystem)).loadNewest(ANY, 0))?.offset).toBe(10);
  });

  test('prefers an older whole one to one without its side file', async () => {
    const fileSystem = await written(10, 20);
    await fileSystem.unlink('/00000000000000000020.producers.tidelog');
    expect((await (await open(fileSystem)).loadNewest(ANY, 0))?.offset).toBe(10);
    await fileSystem.unlink('/00000000000000000010.producers.tidelog');
    const alone = await (await open(fileSystem)).loadNewest(ANY, 77);
    expect(alone).toMatchObject({ offset: 20, entries: [{ batches: { length: 1 }, lastSeenMs: 77 }] });
  });
});

describe('removing', () => {
  test('takes the snapshot first and its side file after the directory was synced', async () => {
    const fileSystem = await written(10, 20);
    const files = await open(fileSystem);
    await files.remove((offset) => offset < 20);
    expect(await fileSystem.readdir('/')).toEqual([
      '00000000000000000010.producers.tidelog',
      '00000000000000000020.producers.tidelog',
      '00000000000000000020.snapshot',
    ]);
    await files.removeOrphans();
    expect(await fileSystem.readdir('/')).toEqual([
      '00000000000000000020.producers.tidelog',
      '00000000000000000020.snapshot',
    ]);
  });

  test('a side file that a crash left alone goes with the next round', async () => {
    const fileSystem = await written(10);
    await fileSystem.unlink('/00000000000000000010.snapshot');
    await (await open(fileSystem)).removeOrphans();
    expect(await fileSystem.readdir('/')).toEqual([]);
  });
});
