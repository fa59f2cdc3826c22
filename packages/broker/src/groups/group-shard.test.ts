import { afterEach, describe, expect, test } from 'vitest';
import { silentLogger } from '@tidelog/log';
import type { Logger } from '@tidelog/log';
import { ManualClock, MemoryFileSystem } from '@tidelog/log/testing';
import { batchesOf, BatchBuilder } from '@tidelog/record';
import { TidelogError } from '@tidelog/record/errors';
import { openGatedLog, SyncGate } from '../../test/gated-log.ts';
import { TICKED, TOY_GROUPS, toyCommit } from '../../test/toy-groups.ts';
import type { ToyState } from '../../test/toy-groups.ts';
import type { OffsetFetchResponse } from '../group-requests.ts';
import { Histogram } from '../metrics.ts';
import { Partition } from '../partitions/partition.ts';
import { encodeGroupRecord } from './group-record-codec.ts';
import { GroupShard } from './group-shard.ts';
import type { NewCommand } from './group-shard.ts';

const GONE = new TidelogError('NOT_LEADER_OR_FOLLOWER', 'the broker is closing');
const CLIENT = { clientId: 'c', clientHost: 'h' };

/** Open syncs by themselves: what is written is durable. */
class OpenGate extends SyncGate {
  override commit(): Promise<void> {
    return this.failed === undefined ? Promise.resolve() : Promise.reject(this.failed);
  }
}

class Bench implements AsyncDisposable {
  readonly clock = new ManualClock();
  readonly gate: SyncGate;
  readonly fileSystem = new MemoryFileSystem();
  readonly reports: string[] = [];
  readonly counts = { writtenRecords: 0, writtenBatches: 0, loads: 0, failures: 0 };
  readonly partition: Partition;
  readonly shard: GroupShard<ToyState>;

  constructor({ gate = new OpenGate(), maxMessageBytes = 1_000_000, minInsyncReplicas = 1 } = {}) {
    this.gate = gate;
    this.partition = this.openPartition({ maxMessageBytes, minInsyncReplicas });
    this.shard = this.newShard(this.partition);
  }

  openPartition({ maxMessageBytes = 1_000_000, minInsyncReplicas = 1 } = {}): Partition {
    const { clock, gate, fileSystem } = this;
    return new Partition({
      topicId: 'AAAAAAAAAAAAAAAAAAAAAg',
      topic: '__consumer_offsets',
      partition: 7,
      brokerId: 1,
      assignment: { replicaIds: [1], isrIds: [1], leaderId: 1, leaderEpoch: 4 },
      config: { log: { maxMessageBytes }, minInsyncReplicas },
      clock,
      durableLatency: new Histogram(),
      openLog: () => openGatedLog({ gate, clock, fileSystem }),
    });
  }

  newShard(partition: Partition): GroupShard<ToyState> {
    const { clock, counts, reports } = this;
    const note = (_fields: object, message: string): void => void reports.push(message);
    return new GroupShard<ToyState>({
      partition,
      machine: TOY_GROUPS,
      context: () => ({
        nowMs: clock.nowMs(),
        monotonicMs: clock.monotonicMs(),
        topics: { named: () => undefined, withId: () => undefined, names: () => [] },
        config: {} as never,
        randomMemberId: () => 'm',
      }),
      clock,
      logger: { ...silentLogger, error: note, warn: note } as Logger,
      counts,
    });
  }

  submit(command: Omit<NewCommand, 'client'>, signal = new AbortController().signal): Promise<unknown> {
    return this.shard.submit({ ...command, client: CLIENT } as NewCommand, { signal });
  }

  commit(groupId: string, offset: number, metadata = ''): Promise<unknown> {
    return this.submit({ kind: 'offsetCommit', request: toyCommit(groupId, offset, metadata) } as never);
  }

  async fetch(groupId: string): Promise<number | undefined> {
    const request = { groups: [{ groupId, partitions: 'all' }], requireStable: false };
    const { groups } = (await this.submit({ kind: 'offsetFetch', request } as never)) as OffsetFetchResponse;
    return groups[0]?.partitions[0]?.committedOffset;
  }

  join(signal?: AbortSignal): Promise<unknown> {
    return this.submit({ kind: 'joinGroup', request: {} } as never, signal);
  }

  async batches(): Promise<number[]> {
    const read = await this.partition.read({ fromOffset: 0, maxBytes: 10_000_000, minOneBatch: true });
    const counts = [...batchesOf(read.bytes)].map(({ header }) => header.recordCount);
    read.release();
    return counts;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.gate.open();
    await this.shard.close();
    await this.partition.close(GONE);
  }
}

const benches: Bench[] = [];

function bench(options?: ConstructorParameters<typeof Bench>[0]): Bench {
  const made = new Bench(options);
  benches.push(made);
  return made;
}

function active(options?: ConstructorParameters<typeof Bench>[0]): Bench {
  const made = bench(options);
  made.shard.beginEmpty();
  return made;
}

/** Lets everything happen that waits for nothing but the event loop. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
}

async function isPending(promise: Promise<unknown>): Promise<boolean> {
  let pending = true;
  const done = (): void => void (pending = false);
  promise.then(done, done);
  await settle();
  return pending;
}

afterEach(async () => {
  for (const made of benches.splice(0)) await made[Symbol.asyncDispose]();
});

describe('writing', () => {
  test('all commands of a turn are one batch', async () => {
    const at = active();
    await Promise.all(Array.from({ length: 50 }, (_, index) => at.commit(`g${index}`, index)));
    expect(await at.batches()).toEqual([50]);
    expect(at.counts).toMatchObject({ writtenRecords: 50, writtenBatches: 1 });
  });

  test('a command is decided on what the commands before it in the turn have written', async () => {
    const at = active();
    const [, offset] = await Promise.all([at.commit('g', 5), at.fetch('g')]);
    expect(offset).toBe(5);
  });

  test('batches stay within max.message.bytes, and no decision is torn', async () => {
    const at = active({ maxMessageBytes: 4000 });
    await Promise.all(Array.from({ length: 10 }, (_, index) => at.commit('g', index, 'x'.repeat(900))));
    const batches = await at.batches();
    expect(batches.length).toBeGreaterThan(2);
    expect(batches.reduce((sum, count) => sum + count, 0)).toBe(10);
    expect(await at.fetch('g')).toBe(9);
  });

  test('a decision that fits no batch is refused alone and changes nothing', async () => {
    const at = active({ maxMessageBytes: 4000 });
    const [good, bad] = [at.commit('g', 1), at.commit('g', 2, 'x'.repeat(5000))];
    await expect(bad).rejects.toMatchObject({
      code: 'MESSAGE_TOO_LARGE',
      message: expect.stringContaining('max.message.bytes of the offsets topic allows 4000') as string,
    });
    await good;
    expect(await at.fetch('g')).toBe(1);
  });

  test('answers, also those that only read, wait until the high watermark has passed what was decided before', async () => {
    const at = active({ gate: new SyncGate() });
    const commit = at.commit('g', 1);
    const fetch = at.fetch('g');
    expect(await isPending(commit)).toBe(true);
    expect(await isPending(fetch)).toBe(true);
    at.gate.open();
    await commit;
    expect(await fetch).toBe(1);
    expect(await at.fetch('g'), 'nothing is being written: no wait').toBe(1);
  });

  test('answers leave in the order in which they were decided', async () => {
    const at = active({ gate: new SyncGate() });
    const order: number[] = [];
    const read = { kind: 'offsetFetch', request: { groups: [{ groupId: 'g', partitions: 'all' }] } } as never;
    const commands = [0, 1, 2, 3].map((number) =>
      (number % 2 === 0 ? at.commit('g', number) : at.submit(read)).then(() => order.push(number)),
    );
    await settle();
    const later = at.submit(read).then(() => order.push(4));
    at.gate.open();
    await Promise.all([...commands, later]);
    expect(order).toEqual([0, 1, 2, 3, 4]);
  });

  test('without enough in-sync replicas nothing is decided', async () => {
    const at = active({ minInsyncReplicas: 2 });
    await expect(at.commit('g', 1)).rejects.toMatchObject({ code: 'COORDINATOR_NOT_AVAILABLE' });
    expect(at.shard.state?.offsets.size).toBe(0);
  });
});

describe('loading', () => {
  test('what was written is there again, the last value of each key', async () => {
    const at = active();
    for (let offset = 0; offset < 5; offset++) await at.commit('g', offset);
    await at.commit('h', 7);
    const again = at.newShard(at.partition);
    await again.load();
    expect(again.state?.offsets).toEqual(
      new Map([
        ['g orders 0', 4],
        ['h orders 0', 7],
      ]),
    );
    await again.close();
  });

  test('until it has ended, commands are told so', async () => {
    const at = bench();
    await expect(at.commit('g', 1)).rejects.toMatchObject({ code: 'COORDINATOR_LOAD_IN_PROGRESS' });
    const loading = at.shard.load();
    await expect(at.commit('g', 1)).rejects.toMatchObject({ code: 'COORDINATOR_LOAD_IN_PROGRESS' });
    at.clock.advance(5);
    await loading;
    expect(at.shard.state?.loadedAtMs).toBe(5);
    await at.commit('g', 1);
  });

  test('a partition whose records are not acknowledged yet is not loaded before they are', async () => {
    const at = active({ gate: new SyncGate() });
    const commit = at.commit('g', 1);
    await settle();
    const again = at.newShard(at.partition);
    const loading = again.load();
    expect(await isPending(loading)).toBe(true);
    at.gate.open();
    await loading;
    expect(again.state?.offsets.get('g orders 0')).toBe(1);
    await commit;
    await again.close();
  });

  test('control batches are passed over, records that nobody knows too, with a warning', async () => {
    const at = bench();
    const write = async (key: Buffer, options = {}): Promise<void> => {
      const builder = new BatchBuilder();
      builder.append(1, key, Buffer.from('0000', 'hex'));
      await at.partition.append(builder.buildSync(options));
    };
    const { key, value } = encodeGroupRecord({
      type: 'offsetCommit',
      groupId: 'g',
      topic: 'orders',
      partition: 0,
      value: { offset: 3, leaderEpoch: -1, metadata: '', commitTimestampMs: 1 },
    });
    const builder = new BatchBuilder();
    builder.append(1, key, value);
    await at.partition.append(builder.buildSync());
    await write(Buffer.from('00630000', 'hex'));
    await write(Buffer.from('0004000167', 'hex'));
    await at.shard.load();
    expect(at.shard.state?.offsets).toEqual(new Map([['g orders 0', 3]]));
    expect(at.reports).toEqual(['records of groups were passed over: unknown']);
  });

  test('a record that is damaged keeps the shard unloaded, says so once per interval, and is tried again', async () => {
    const at = bench();
    const builder = new BatchBuilder();
    builder.append(1, Buffer.from('0001', 'hex'), Buffer.from('0004', 'hex'));
    await at.partition.append(builder.buildSync());
    await at.shard.load();
    await expect(at.commit('g', 1)).rejects.toMatchObject({
      code: 'COORDINATOR_LOAD_IN_PROGRESS',
      message: expect.stringContaining('cannot be read') as string,
    });
    for (let retry = 0; retry < 5; retry++) {
      at.clock.advance(2000);
      await settle();
    }
    expect(at.counts.failures).toBeGreaterThan(3);
    expect(at.reports).toEqual(['the groups of a partition are unavailable until it could be loaded']);
    at.clock.advance(30_000);
    await settle();
    expect(at.reports).toHaveLength(2);
  });
});

describe('failing', () => {
  test('when a write fails everybody who waits is told to look again, and the state is that of the log', async () => {
    const at = active();
    await at.commit('g', 1);
    const waiting = at.join();
    waiting.catch(() => undefined);
    at.fileSystem.capacityBytes = at.fileSystem.usedBytes;
    const failing = [at.commit('g', 2), at.fetch('g'), waiting];
    for (const command of failing) {
      await expect(command).rejects.toMatchObject({ code: 'COORDINATOR_NOT_AVAILABLE' });
    }
    await expect(at.commit('g', 3)).rejects.toMatchObject({ code: 'COORDINATOR_LOAD_IN_PROGRESS' });
    at.fileSystem.capacityBytes = Infinity;
    at.clock.advance(100);
    await settle();
    expect(await at.fetch('g')).toBe(1);
    await at.commit('g', 4);
    expect(await at.fetch('g')).toBe(4);
  });

  test('what was decided while the failed batch was being written is not written either', async () => {
    const at = active();
    await at.commit('g', 1);
    at.fileSystem.capacityBytes = at.fileSystem.usedBytes;
    const first = at.commit('g', 2);
    await new Promise(setImmediate);
    const second = at.commit('h', 3);
    await expect(first).rejects.toThrow();
    await expect(second).rejects.toThrow();
    at.fileSystem.capacityBytes = Infinity;
    at.clock.advance(100);
    await settle();
    expect([await at.fetch('g'), await at.fetch('h')]).toEqual([1, -1]);
  });

  test('a sync that failed leaves the groups unavailable', async () => {
    const at = active({ gate: new SyncGate() });
    const commit = at.commit('g', 1);
    await settle();
    at.gate.fail(new TidelogError('STORAGE_FAILED', 'EIO'));
    await expect(commit).rejects.toMatchObject({ code: 'COORDINATOR_NOT_AVAILABLE' });
    at.clock.advance(100);
    await settle();
    await expect(at.commit('g', 2)).rejects.toMatchObject({ code: 'COORDINATOR_LOAD_IN_PROGRESS' });
  });

  test('a fault in a decision fails that command alone', async () => {
    const at = active();
    const commit = at.commit('g', 1);
    await expect(at.submit({ kind: 'deleteGroups', request: {} } as never)).rejects.toThrow(
      'no deleteGroups',
    );
    await commit;
    expect(await at.fetch('g')).toBe(1);
  });

  test('a record that cannot be applied makes the shard load again', async () => {
    const at = active();
    await at.commit('g', 1);
    await expect(
      at.submit({ kind: 'offsetDelete', request: { groupId: 'g', partitions: [] } } as never),
    ).rejects.toMatchObject({ code: 'COORDINATOR_NOT_AVAILABLE' });
    at.clock.advance(100);
    await settle();
    expect(await at.fetch('g')).toBe(1);
  });

  test('when leadership ends those who wait are told where not to ask', async () => {
    const at = active();
    const waiting = at.join();
    waiting.catch(() => undefined);
    await at.partition.close(GONE);
    await expect(waiting).rejects.toMatchObject({ code: 'NOT_COORDINATOR' });
    await expect(at.commit('g', 1)).rejects.toMatchObject({ code: 'NOT_COORDINATOR' });
  });
});

describe('waiting and time', () => {
  test('an answer may come out of a later command', async () => {
    const at = active();
    const first = at.join();
    const second = at.join();
    expect(await isPending(first)).toBe(true);
    expect(at.shard.waitingCount).toBe(2);
    await at.submit({ kind: 'leaveGroup', request: {} } as never);
    expect(await Promise.all([first, second])).toMatchObject([{ generationId: 1 }, { generationId: 2 }]);
    expect(at.shard.waitingCount).toBe(0);
  });

  test('who closes the connection while it waits is forgotten', async () => {
    const at = active();
    const connection = new AbortController();
    const gone = at.join(connection.signal);
    gone.catch(() => undefined);
    const stays = at.join();
    connection.abort();
    await expect(gone).rejects.toThrow('the connection was closed');
    expect(at.shard.waitingCount).toBe(1);
    await at.submit({ kind: 'leaveGroup', request: {} } as never);
    await stays;
  });

  test('what is due is decided when its time has come, for each group by itself', async () => {
    const at = active();
    await at.submit({ kind: 'heartbeat', request: { generationId: 500, memberId: '' } } as never);
    at.clock.advance(499);
    await settle();
    expect(await at.fetch('ticked-1')).toBe(-1);
    at.clock.advance(1);
    await settle();
    expect([await at.fetch('ticked-1'), await at.fetch('ticked-2')]).toEqual([TICKED, TICKED]);
  });

  test('what is due for one group is done although that for another cannot be written', async () => {
    const at = active({ maxMessageBytes: 4000 });
    const request = { generationId: 500, memberId: 'x'.repeat(5000) };
    await at.submit({ kind: 'heartbeat', request } as never);
    at.clock.advance(500);
    await settle();
    expect([await at.fetch('ticked-1'), await at.fetch('ticked-2')]).toEqual([-1, TICKED]);
    expect(at.reports).toEqual(['what was due for groups could not be done']);
  });

  test('topics that change are told to an active shard only', async () => {
    const at = bench();
    at.shard.topicsChanged(new Set(['a']));
    at.shard.beginEmpty();
    at.shard.topicsChanged(new Set(['b', 'c']));
    expect(at.shard.state?.changed).toEqual([['b', 'c']]);
    await settle();
  });

  test('closing ends what waits, and answers what was decided', async () => {
    const at = active({ gate: new SyncGate() });
    const waiting = at.join();
    waiting.catch(() => undefined);
    const commit = at.commit('g', 1);
    const closing = at.shard.close();
    await expect(waiting).rejects.toMatchObject({ code: 'COORDINATOR_NOT_AVAILABLE' });
    await expect(at.fetch('g')).rejects.toMatchObject({ code: 'COORDINATOR_NOT_AVAILABLE' });
    expect(await isPending(closing)).toBe(true);
    at.gate.open();
    await Promise.all([closing, commit]);
  });
});
