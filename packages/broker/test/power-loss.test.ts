import { expect, test } from 'vitest';
import type { MemoryFileSystem } from '@tidelog/log/testing';
import { seededRandom } from '@tidelog/log/testing';
import { MemoryBroker } from './memory-broker.ts';

const PARTITIONS = 6;
const SEEDS = 40;

interface Acknowledged {
  readonly partition: number;
  readonly offset: number;
  readonly value: string;
}

/** Several producers at once until the disk is copied at a sync chosen by the seed; what was acknowledged by then. */
async function produceUntilCrash(
  seed: number,
): Promise<{ disk: MemoryFileSystem; promised: Acknowledged[] }> {
  const random = seededRandom(seed);
  const broker = await MemoryBroker.start({
    topics: { orders: { partitions: PARTITIONS, configs: { 'segment.bytes': 2048 } } },
  });
  const crashAt = broker.fileSystem.syncCount + 1 + random.below(400);
  const acknowledged: Acknowledged[] = [];
  let crash: { disk: MemoryFileSystem; promised: Acknowledged[] } | undefined;
  broker.fileSystem.onSyncPoint = (point) => {
    if (point.number < crashAt || crash !== undefined) return;
    crash = { disk: broker.kill('power-loss', seed), promised: [...acknowledged] };
  };
  const produce = async (producer: number): Promise<void> => {
    for (let index = 0; crash === undefined && index < 500; index++) {
      const partition = random.below(PARTITIONS);
      const value = `p${producer}-${index}-${'x'.repeat(random.below(300))}`;
      const { baseOffset, error } = await broker.produce('orders', [value], { partition });
      if (error !== undefined) throw error;
      acknowledged.push({ partition, offset: baseOffset, value });
    }
  };
  await Promise.all([0, 1, 2, 3].map(produce));
  await broker.launched.broker.close();
  if (crash === undefined) throw new Error(`seed ${seed}: no sync point ${crashAt} was reached`);
  return crash;
}

test('after a power loss at any moment every acknowledged record is at its offset, and producing goes on', async () => {
  let promisedCount = 0;
  for (let seed = 0; seed < SEEDS; seed++) {
    const { disk, promised } = await produceUntilCrash(seed);
    promisedCount += promised.length;
    const broker = await MemoryBroker.start({}, disk);
    for (let partition = 0; partition < PARTITIONS; partition++) {
      const values: string[] = [];
      for (;;) {
        const read = await broker.fetch([{ topic: 'orders', partition, fetchOffset: values.length }]);
        if (read.results[0]?.error !== undefined) throw read.results[0].error;
        if ((read.values[0] ?? []).length === 0) break;
        values.push(...(read.values[0] ?? []));
      }
      const lost = promised.filter(
        (record) => record.partition === partition && values[record.offset] !== record.value,
      );
      expect(lost, `seed ${seed} partition ${partition}`).toEqual([]);
      expect((await broker.produce('orders', ['next'], { partition })).baseOffset).toBe(values.length);
    }
    await broker.launched.broker.close();
  }
  expect(promisedCount).toBeGreaterThan(SEEDS * 20);
}, 60_000);
