/**
 * Power loss at every sync point in the life of a data directory: made, partitions created, appended to, deleted and
 * made again under the same name, records deleted, checkpoints saved, stopped cleanly and started again.
 *
 * After each crash the directory opens, every record whose append was reported durable is there, in order and in its
 * place, a deleted partition has not come back, and what was appended to a new partition of an old name is not
 * mixed with the old one.
 */
import { batchesOf } from '@tidelog/record';
import { expect, test } from 'vitest';
import { LogDirectory } from '../src/log-directory.ts';
import type { Log } from '../src/log.ts';
import { ManualClock } from '../src/manual-clock.ts';
import { MemoryFileSystem } from '../src/memory-file-system.ts';
import { seededRandom, type Random } from '../src/seeded-random.ts';
import { textBatch } from './log-fixture.ts';

const RUN_COUNT = 6;
const STEP_COUNT = 30;
const PARTITION_COUNT = 3;

/** What must be found of a partition. */
interface Expected {
  topicId: string;
  /** Every value that was given to `append`, by offset. */
  readonly values: string[];
  /** So many of them were reported durable. */
  durableCount: number;
  logStartOffset: number;
  /** Its deletion is under way: it may be there or not. */
  isGoing: boolean;
}

type World = Map<number, Expected>;

function copyOf(world: World): World {
  return new Map(
    [...world].map(([partition, expected]) => [partition, { ...expected, values: [...expected.values] }]),
  );
}

function openOn(
  disk: MemoryFileSystem,
  bootId: string,
  commitRoute: 'adaptive' | 'journal' = 'adaptive',
): Promise<LogDirectory> {
  return LogDirectory.open({
    dir: '/srv/data',
    fileSystem: disk,
    clock: new ManualClock(),
    bootId,
    clusterId: 'AAAAAAAAAAAAAAAAAAAAAA',
    minFreeBytes: 0,
    commitRoute,
  });
}

async function valuesOf(log: Log): Promise<string[]> {
  const values: string[] = [];
  let fromOffset = log.logStartOffset;
  while (fromOffset < log.logEndOffset) {
    const read = await log.read({ fromOffset, maxBytes: 100_000 });
    for (const batch of batchesOf(read.bytes)) {
      for (const record of batch.records()) {
        if (record.offset >= fromOffset) values.push(record.value?.toString() ?? '');
      }
    }
    fromOffset = read.nextOffset;
    read.release();
  }
  return values;
}

async function checkAfterPowerLoss(disk: MemoryFileSystem, seed: number, world: World): Promise<void> {
  const directory = await openOn(disk.crash({ seed, kind: 'power-loss' }), `boot-after-${seed}`);
  expect(directory.journalReplay.damage).toEqual([]);
  const found = new Map(directory.partitions().map((files) => [files.partition, files]));
  for (const [partition, expected] of world) {
    const files = found.get(partition);
    if (files === undefined && (expected.isGoing || expected.durableCount === 0)) continue;
    expect(files).toMatchObject({ topic: 'orders', topicId: expected.topicId });
    if (expected.isGoing) continue;
    const log = await directory.openPartition(files!);
    expect(log.isQuarantined).toBe(false);
    expect(log.logStartOffset).toBeLessThanOrEqual(expected.logStartOffset);
    expect(log.logEndOffset).toBeGreaterThanOrEqual(expected.durableCount);
    expect(await valuesOf(log)).toEqual(expected.values.slice(log.logStartOffset, log.logEndOffset));
  }
  for (const partition of found.keys()) expect(world.has(partition)).toBe(true);
  await directory.close();
}

async function run(random: Random, disk: MemoryFileSystem, world: World): Promise<void> {
  const commitRoute = random.below(2) === 0 ? 'adaptive' : 'journal';
  let directory = await openOn(disk, 'boot', commitRoute);
  let idCount = 0;
  let valueCount = 0;
  const outstanding: Promise<void>[] = [];
  const openLog = async (partition: number): Promise<{ log: Log; expected: Expected }> => {
    let expected = world.get(partition);
    if (expected === undefined) {
      idCount += 1;
      expected = {
        topicId: `id${String(idCount).padStart(20, '0')}`,
        values: [],
        durableCount: 0,
        logStartOffset: 0,
        isGoing: false,
      };
      world.set(partition, expected);
    }
    const config = { segmentBytes: 1024, indexIntervalBytes: 100 };
    const files = { topic: 'orders', partition, topicId: expected.topicId, config };
    return { log: await directory.openPartition(files), expected };
  };
  const append = async (partition: number): Promise<void> => {
    const { log, expected } = await openLog(partition);
    const values = Array.from(
      { length: 1 + random.below(3) },
      () => `value ${(valueCount += 1)} of ${partition}`,
    );
    expected.values.push(...values);
    const endOffset = expected.values.length;
    const { durable } = await log.append(textBatch({ values }), { leaderEpoch: 0 });
    outstanding.push(
      durable.then(() => {
        expected.durableCount = Math.max(expected.durableCount, endOffset);
      }),
    );
  };
  for (let step = 0; step < STEP_COUNT; step++) {
    const partition = random.below(PARTITION_COUNT);
    const draw = random.below(100);
    if (draw < 70) await append(partition);
    else await Promise.all(outstanding.splice(0));
    const expected = world.get(partition);
    if (expected === undefined || draw < 75) continue;
    if (draw < 82) {
      expected.isGoing = true;
      await directory.deletePartition({ topic: 'orders', partition, topicId: expected.topicId });
      world.delete(partition);
    } else if (draw < 88) {
      const { log } = await openLog(partition);
      expected.logStartOffset = random.below(expected.values.length + 1);
      expected.logStartOffset = Math.max(expected.logStartOffset, log.logStartOffset);
      await log.deleteRecordsBefore(expected.logStartOffset);
    } else if (draw < 94) {
      await directory.close();
      directory = await openOn(disk, 'boot', commitRoute);
    } else {
      const { log } = await openLog(partition);
      await log.flush();
    }
  }
  await Promise.all(outstanding);
  await directory.close();
}

test.each(Array.from({ length: RUN_COUNT }, (_, seed) => seed))(
  'power loss at every sync point of run %i leaves a directory that opens with everything durable',
  { timeout: 60_000 },
  async (seed) => {
    const disk = new MemoryFileSystem();
    const world: World = new Map();
    let pointCount = 0;
    let failure: unknown;
    disk.onSyncPoint = async () => {
      pointCount += 1;
      if (failure !== undefined) return;
      try {
        await checkAfterPowerLoss(disk, seed * 10_000 + pointCount, copyOf(world));
      } catch (error) {
        failure = new Error(`at sync point ${pointCount}, syncs ${disk.syncCount}: ${String(error)}`, {
          cause: error,
        });
      }
    };
    await run(seededRandom(seed), disk, world);
    if (failure !== undefined) throw failure;
    expect(pointCount).toBeGreaterThan(100);
  },
);
