import { afterEach, describe, expect, test } from 'vitest';
import { ManualClock } from '@tidelog/log/testing';
import type { Log } from '@tidelog/log';
import { TidelogError } from '@tidelog/record/errors';
import { openGatedLog, SyncGate } from '../../test/gated-log.ts';
import { batchOf, valuesIn } from '../../test/test-batches.ts';
import { Histogram } from '../metrics.ts';
import { Partition } from './partition.ts';

const GONE = new TidelogError('NOT_LEADER_OR_FOLLOWER', 'the broker is closing');
const opened: Partition[] = [];

interface Setup {
  readonly partition: Partition;
  readonly gate: SyncGate;
  readonly clock: ManualClock;
}

function setUp(options: { minInsyncReplicas?: number; openLog?: () => Promise<Log> } = {}): Setup {
  const clock = new ManualClock();
  const gate = new SyncGate();
  const partition = new Partition({
    topicId: 'AAAAAAAAAAAAAAAAAAAAAg',
    topic: 'orders',
    partition: 0,
    brokerId: 1,
    assignment: { replicaIds: [1], isrIds: [1], leaderId: 1, leaderEpoch: 4 },
    config: { log: {}, minInsyncReplicas: options.minInsyncReplicas ?? 1 },
    clock,
    durableLatency: new Histogram(),
    openLog: options.openLog ?? (() => openGatedLog({ gate, clock })),
  });
  opened.push(partition);
  return { partition, gate, clock };
}

async function readValues(partition: Partition, fromOffset = 0): Promise<string[]> {
  const read = await partition.read({ fromOffset, maxBytes: 1_000_000, minOneBatch: true });
  const values = valuesIn(read.bytes);
  read.release();
  return values;
}

function isSettled(promise: Promise<unknown>): Promise<boolean> {
  const turn = new Promise((resolve) => setImmediate(resolve, 'pending'));
  return Promise.race([
    promise.then(
      () => 'settled',
      () => 'settled',
    ),
    turn,
  ]).then((state) => state === 'settled');
}

afterEach(async () => {
  for (const partition of opened.splice(0)) await partition.close(GONE);
});

describe('appending and reading', () => {
  test('work that is refused at once while the log opens fails alone', async () => {
    const { partition, gate } = setUp();
    const appended = partition.append(batchOf(['a']));
    const refused = partition.withLog(() => {
      throw GONE;
    });
    const next = partition.append(batchOf(['b']));
    await expect(refused).rejects.toBe(GONE);
    expect(await Promise.all([appended, next])).toMatchObject([{ baseOffset: 0 }, { baseOffset: 1 }]);
    await expect(
      partition.withLog(() => {
        throw GONE;
      }),
    ).rejects.toBe(GONE);
    gate.open();
  });

  test('a batch is seen by readers and acknowledged to acks=all only when it is durable', async () => {
    const { partition, gate } = setUp();
    const { baseOffset, lastOffset } = await partition.append(batchOf(['a', 'b']));
    expect([baseOffset, lastOffset]).toEqual([0, 1]);
    const acknowledged = partition.whenAcknowledged({ offset: 2, timeoutMs: 1000 });
    expect(await isSettled(acknowledged)).toBe(false);
    expect(partition.highWatermark).toBe(0);
    expect(await readValues(partition)).toEqual([]);
    gate.open();
    await acknowledged;
    expect(partition.highWatermark).toBe(2);
    expect(await readValues(partition)).toEqual(['a', 'b']);
  });

  test('appends that come while the log is opening go in the order of the calls', async () => {
    const opening = Promise.withResolvers<void>();
    const gate = new SyncGate();
    const clock = new ManualClock();
    const { partition } = setUp({
      openLog: async () => {
        await opening.promise;
        return openGatedLog({ gate, clock });
      },
    });
    const early = ['a', 'b', 'c'].map((value) => partition.append(batchOf([value])));
    opening.resolve();
    await early[0];
    const late = partition.append(batchOf(['d']));
    const results = await Promise.all([...early, late]);
    gate.open();
    expect(results.map((result) => result.baseOffset)).toEqual([0, 1, 2, 3]);
  });

  test('an open that fails fails what waited for it, and the next request tries again', async () => {
    let attempts = 0;
    const gate = new SyncGate();
    const clock = new ManualClock();
    const { partition } = setUp({
      openLog: () =>
        attempts++ === 0
          ? Promise.reject(Object.assign(new Error('EMFILE'), { code: 'EMFILE' }))
          : openGatedLog({ gate, clock }),
    });
    const failed = [partition.append(batchOf(['a'])), partition.append(batchOf(['b']))];
    for (const append of failed) await expect(append).rejects.toThrow('EMFILE');
    expect((await partition.append(batchOf(['c']))).baseOffset).toBe(0);
    expect(attempts).toBe(2);
    gate.open();
  });

  test('a bad batch is refused and leaves no trace', async () => {
    const { partition, gate } = setUp();
    const bad = batchOf(['a']);
    bad[bad.length - 1] = (bad[bad.length - 1] as number) ^ 1;
    await expect(partition.append(bad)).rejects.toMatchObject({ code: 'CORRUPT_MESSAGE' });
    expect((await partition.append(batchOf(['b']))).baseOffset).toBe(0);
    gate.open();
  });

  test('the batch carries the leader epoch under which it was appended', async () => {
    const { partition, gate } = setUp();
    await partition.append(batchOf(['a']));
    gate.open();
    await partition.whenAcknowledged({ offset: 1, timeoutMs: 1000 });
    const read = await partition.read({ fromOffset: 0, maxBytes: 1000, minOneBatch: true });
    expect(read.bytes.readInt32BE(12)).toBe(4);
    read.release();
  });
});

describe('waiting', () => {
  test('an acknowledgement that does not come in time is a time-out, and the batch stays', async () => {
    const { partition, gate, clock } = setUp();
    await partition.append(batchOf(['a']));
    const acknowledged = partition.whenAcknowledged({ offset: 1, timeoutMs: 50 });
    const outcome = expect(acknowledged).rejects.toMatchObject({ code: 'REQUEST_TIMED_OUT' });
    await clock.advance(50);
    await outcome;
    gate.open();
    await partition.whenAcknowledged({ offset: 1, timeoutMs: 1000 });
    expect(await readValues(partition)).toEqual(['a']);
  });

  test('a failed sync ends the waits with its reason, also those that come later', async () => {
    const { partition, gate } = setUp();
    await partition.append(batchOf(['a']));
    const acknowledged = partition.whenAcknowledged({ offset: 1, timeoutMs: 1000 });
    const outcome = expect(acknowledged).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
    gate.fail(new TidelogError('STORAGE_FAILED', 'the sync failed'));
    await outcome;
    await expect(partition.whenAcknowledged({ offset: 1, timeoutMs: 1000 })).rejects.toMatchObject({
      code: 'STORAGE_FAILED',
    });
    expect(partition.highWatermark).toBe(0);
  });

  test('watchers are woken when there is more to read, with the bytes counted', async () => {
    const { partition, gate } = setUp();
    let wakes = 0;
    const unwatch = partition.watch(() => wakes++);
    const batch = batchOf(['a']);
    await partition.append(batch);
    expect(partition.readableBytesTotal).toBe(0);
    gate.open();
    await partition.whenAcknowledged({ offset: 1, timeoutMs: 1000 });
    expect(wakes).toBeGreaterThan(0);
    expect(partition.readableBytesTotal).toBe(batch.length);
    unwatch();
    const before = wakes;
    await partition.append(batchOf(['b']));
    gate.open();
    await partition.whenAcknowledged({ offset: 2, timeoutMs: 1000 });
    expect(wakes).toBe(before);
  });

  test('closing ends all waits with the reason, and refuses what comes after', async () => {
    const { partition, gate } = setUp();
    await partition.append(batchOf(['a']));
    const outcome = expect(partition.whenAcknowledged({ offset: 1, timeoutMs: 1000 })).rejects.toBe(GONE);
    let isWoken = false;
    partition.watch(() => (isWoken = true));
    const closing = partition.close(GONE);
    await outcome;
    expect(isWoken).toBe(true);
    await expect(partition.append(batchOf(['b']))).rejects.toBe(GONE);
    await expect(partition.whenAcknowledged({ offset: 1, timeoutMs: 1000 })).rejects.toBe(GONE);
    expect(partition.leadershipProblem()).toBe(GONE);
    gate.open();
    await closing;
  });
});

describe('leadership', () => {
  test('a client with an older leader epoch is fenced, one with a newer epoch is told to wait', () => {
    const { partition } = setUp();
    expect(partition.leadershipProblem()).toBeUndefined();
    expect(partition.leadershipProblem(4)).toBeUndefined();
    expect(partition.leadershipProblem(3)?.code).toBe('FENCED_LEADER_EPOCH');
    expect(partition.leadershipProblem(5)?.code).toBe('UNKNOWN_LEADER_EPOCH');
  });

  test('min.insync.replicas above the number of replicas refuses acks=all, until it is lowered', async () => {
    const { partition } = setUp({ minInsyncReplicas: 2 });
    expect(partition.insyncProblem()?.code).toBe('NOT_ENOUGH_REPLICAS');
    await partition.configure({ log: {}, minInsyncReplicas: 1 });
    expect(partition.insyncProblem()).toBeUndefined();
  });

  test('new configs reach a log that is open, and one that is opening', async () => {
    const { partition, gate } = setUp();
    const appended = partition.append(batchOf(['a']));
    await partition.configure({ log: { maxMessageBytes: 61 }, minInsyncReplicas: 1 });
    await appended;
    gate.open();
    await expect(partition.append(batchOf(['b'.repeat(100)]))).rejects.toMatchObject({
      code: 'MESSAGE_TOO_LARGE',
    });
    await partition.configure({ log: {}, minInsyncReplicas: 1 });
    await partition.append(batchOf(['b'.repeat(100)]));
    gate.open();
  });
});
