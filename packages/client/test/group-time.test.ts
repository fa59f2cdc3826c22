/** How long a group waits for its members: the real broker and real clients in virtual time. */
import { expect, test } from 'vitest';
import { string, type Consumer, type ConsumerOptions } from '../src/index.ts';
import { VirtualCluster, type VirtualClient } from './virtual-cluster.ts';

const SESSION_TIMEOUT_MS = 45_000;
const HEARTBEAT_INTERVAL_MS = 5_000;
const FIVE_MINUTES_MS = 300_000;

interface TestMember extends VirtualClient {
  readonly consumer: Consumer<Buffer, string>;
  /** What it was assigned and still has. */
  readonly owned: Set<number>;
  readonly events: string[];
}

async function startCluster(): Promise<VirtualCluster> {
  return VirtualCluster.start({
    topics: { orders: 4 },
    groupConsumerSessionTimeoutMs: SESSION_TIMEOUT_MS,
    groupConsumerHeartbeatIntervalMs: HEARTBEAT_INTERVAL_MS,
  });
}

function join(
  cluster: VirtualCluster,
  name: string,
  options: Partial<ConsumerOptions<Buffer, string>> = {},
): TestMember {
  const client = cluster.client(name);
  const owned = new Set<number>();
  const events: string[] = [];
  const consumer = client.tidelog.consumer({
    groupId: 'billing',
    topics: ['orders'],
    startFrom: 'earliest',
    value: string(),
    ...options,
    onAssigned: (partitions) => {
      for (const { partition } of partitions) owned.add(partition);
      events.push('assigned');
    },
    onRevoked: (partitions, { isLost }) => {
      for (const { partition } of partitions) owned.delete(partition);
      events.push(isLost ? 'lost' : 'revoked');
    },
  });
  return { ...client, consumer, owned, events };
}

async function produce(cluster: VirtualCluster, partition: number, value: string): Promise<void> {
  const { tidelog } = cluster.client(`producer-${value}`);
  const producer = tidelog.producer({ value: string() });
  const sent = producer.send({ topic: 'orders', messages: [{ partition, value }] });
  await cluster.timely(sent, { limitMs: 10_000 });
}

async function committedOffset(cluster: VirtualCluster, partition: number): Promise<number> {
  const groups = [{ groupId: 'billing', partitions: 'all' as const }];
  const answer = await cluster.broker.dispatch('offsetFetch', { groups, requireStable: true });
  const rows = answer.groups[0]?.partitions ?? [];
  return rows.find((row) => row.partition === partition)?.committedOffset ?? -1;
}

test('a handler that takes five minutes keeps its partition, and its commit is accepted', async () => {
  await using cluster = await startCluster();
  await produce(cluster, 2, 'slow');
  const slow = join(cluster, 'slow', { autoCommit: false });
  const other = join(cluster, 'other');
  let isWorking = false;
  let commit: Promise<void> | undefined;
  const running = slow.consumer.run({
    eachMessage: async ({ message }) => {
      isWorking = true;
      await new Promise<void>((resolve) => cluster.clock.setTimer(FIVE_MINUTES_MS, resolve));
      commit = slow.consumer.commit(message);
      await commit;
      isWorking = false;
    },
  });
  await cluster.advanceUntil(() => isWorking, { limitMs: 10_000 });
  const epoch = slow.consumer.memberEpoch;
  const startMs = cluster.clock.monotonicMs();
  await cluster.advanceUntil(() => !isWorking, { limitMs: FIVE_MINUTES_MS + 1000, stepMs: 1000 });
  expect(cluster.clock.monotonicMs() - startMs).toBeGreaterThanOrEqual(FIVE_MINUTES_MS);
  await commit;
  expect(await committedOffset(cluster, 2)).toBe(1);
  expect([...slow.owned]).toEqual([0, 1, 2, 3]);
  expect(slow.events).toEqual(['assigned']);
  expect(slow.consumer.memberEpoch).toBe(epoch);
  await Promise.all([cluster.timely(slow.consumer.close(), { limitMs: 60_000 }), other.consumer.close()]);
  await running;
});

test('a member that is asked for its partitions in the middle of five minutes of work hands them over after them', async () => {
  await using cluster = await startCluster();
  await produce(cluster, 0, 'slow');
  const slow = join(cluster, 'slow', { rebalanceTimeoutMs: 2 * FIVE_MINUTES_MS });
  let isWorking = false;
  let endedAtMs = 0;
  const running = slow.consumer.run({
    eachMessage: async () => {
      isWorking = true;
      await new Promise<void>((resolve) => cluster.clock.setTimer(FIVE_MINUTES_MS, resolve));
      isWorking = false;
      endedAtMs = cluster.clock.monotonicMs();
    },
  });
  await cluster.advanceUntil(() => isWorking, { limitMs: 10_000 });
  await cluster.clock.advance(60_000);
  const joining = join(cluster, 'joining');
  const joiningRun = joining.consumer.run({ eachMessage: () => undefined });
  await cluster.advanceUntil(() => slow.owned.size + joining.owned.size === 4 && joining.owned.size === 2, {
    limitMs: FIVE_MINUTES_MS + 60_000,
    stepMs: 1000,
  });
  // Nothing was taken from it while it worked; what it had worked on was committed first.
  expect(slow.events).not.toContain('lost');
  if (joining.owned.has(0)) expect(cluster.clock.monotonicMs()).toBeGreaterThanOrEqual(endedAtMs);
  await cluster.advanceUntil(() => !isWorking, { limitMs: FIVE_MINUTES_MS, stepMs: 1000 });
  await cluster.timely(Promise.all([slow.consumer.close(), joining.consumer.close()]), { limitMs: 60_000 });
  expect(await committedOffset(cluster, 0)).toBe(1);
  await Promise.all([running, joiningRun]);
});

test('a member that is gone without a word is replaced within the session time-out and one heartbeat', async () => {
  await using cluster = await startCluster();
  const members = [join(cluster, 'one'), join(cluster, 'two')] as const;
  const runs = members.map(({ consumer }) => consumer.run({ eachMessage: () => undefined }));
  await cluster.advanceUntil(() => members.every(({ owned }) => owned.size === 2), { limitMs: 60_000 });
  // In the middle of everything: no heartbeat is due.
  await cluster.clock.advance(HEARTBEAT_INTERVAL_MS / 2);
  const [gone, staying] = members;
  gone.machine.isSilent = true;
  const goneAtMs = cluster.clock.monotonicMs();
  await cluster.advanceUntil(() => staying.owned.size === 4, { limitMs: 2 * SESSION_TIMEOUT_MS });
  const tookMs = cluster.clock.monotonicMs() - goneAtMs;
  expect(tookMs).toBeLessThanOrEqual(SESSION_TIMEOUT_MS + HEARTBEAT_INTERVAL_MS);
  expect(tookMs).toBeGreaterThan(SESSION_TIMEOUT_MS - 2 * HEARTBEAT_INTERVAL_MS);
  // The one that is gone knows by its own clock that what it had is lost.
  expect(gone.events.at(-1)).toBe('lost');
  expect(staying.events).toEqual(expect.not.arrayContaining(['lost', 'revoked']));
  await cluster.timely(staying.consumer.close(), { limitMs: 60_000 });
  await runs[1];
});

test('a member that leaves is replaced within one heartbeat', async () => {
  await using cluster = await startCluster();
  const members = [join(cluster, 'one'), join(cluster, 'two')] as const;
  const runs = members.map(({ consumer }) => consumer.run({ eachMessage: () => undefined }));
  await cluster.advanceUntil(() => members.every(({ owned }) => owned.size === 2), { limitMs: 60_000 });
  const [leaving, staying] = members;
  await cluster.timely(leaving.consumer.close(), { limitMs: 10_000 });
  const leftAtMs = cluster.clock.monotonicMs();
  await cluster.advanceUntil(() => staying.owned.size === 4, { limitMs: SESSION_TIMEOUT_MS });
  expect(cluster.clock.monotonicMs() - leftAtMs).toBeLessThanOrEqual(HEARTBEAT_INTERVAL_MS + 100);
  await cluster.timely(staying.consumer.close(), { limitMs: 10_000 });
  await Promise.all(runs);
});
