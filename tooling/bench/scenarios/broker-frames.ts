/** What the broker does with frames, without a client in the way: ingest, fetch, group commit, latency. */
import { Tidelog } from '@tidelog/client';
import type { Figure } from '../figures.ts';
import { scratchDirectory, startChild, type Child } from '../processes.ts';
import { fetchFrames, makeBatch, produceFrames, type PartitionTarget } from '../produce-frames.ts';
import { measureSyncs, measureWrites } from '../raw-disk.ts';
import { runRawLoad } from '../raw-load.ts';
import type { Scenario, ScenarioContext } from './scenario.ts';

interface Ready {
  address: string;
}
type Durability = 'fsync' | 'page-cache';

const GB = 1e9;
const SYNC_REFERENCE_MS = 500;
const WARMUP_MS = 300;
/** The first append to a partition creates its files and syncs them: not what is measured here. */
const FIRST_APPEND_MS = 3;

/** A broker on an empty directory with one topic, handed to `use` and closed afterwards. */
export async function withBroker<T>(
  context: ScenarioContext,
  o: { durability: Durability; partitions: number },
  use: (address: string, targets: PartitionTarget[]) => Promise<T>,
): Promise<T> {
  await using directory = await scratchDirectory(context.scratchRoot);
  await using broker: Child<Ready> = await startChild<Ready>('./broker-process.ts', {
    dataDir: directory.path,
    durability: o.durability,
  });
  await using tidelog = new Tidelog({ brokers: [broker.ready.address] });
  const admin = tidelog.admin();
  await admin.createTopics([{ topic: 'bench', partitions: o.partitions }]);
  const [topic] = await admin.describeTopics(['bench']);
  if (topic === undefined) throw new Error('the topic that was just created cannot be described');
  const targets = topic.partitions.map(({ partition }) => ({ topicId: topic.topicId, partition }));
  return await use(broker.ready.address, targets);
}

async function bareRate(context: ScenarioContext, frames: readonly Buffer[][], answerBytes: number) {
  await using bare = await startChild<Ready>('./bare-server.ts', { answerBytes });
  return await runRawLoad({ address: bare.ready.address, frames, durationMs: context.durationMs });
}

async function ingest(
  context: ScenarioContext,
  o: {
    batchBytes: number;
    connections: number;
    depth: number;
    durability: Durability;
    targetGbPerSecond: number;
    what: string;
  },
): Promise<Figure> {
  const batch = makeBatch({ batchBytes: o.batchBytes, valueBytes: 100 });
  const disk = measureWrites(context.scratchRoot, {
    sizeBytes: batch.length,
    durationMs: context.durationMs,
  });
  return withBroker(
    context,
    { durability: o.durability, partitions: o.connections },
    async (address, targets) => {
      const frames = targets.map((target) =>
        produceFrames({ targets: [target], batch, depth: o.depth, acks: 1 }),
      );
      const measured = await runRawLoad({ address, frames, durationMs: context.durationMs });
      const bare = await bareRate(context, frames, 40);
      return {
        what: o.what,
        value: measured.sentBytesPerSecond / GB,
        unit: 'GB/s',
        target: { value: o.targetGbPerSecond, better: 'more' },
        reference: { what: 'one thread that only writes such batches into a fresh file', value: disk / GB },
        note: `the same frames to a bare loopback server: ${(bare.sentBytesPerSecond / GB).toFixed(2)} GB/s`,
      };
    },
  );
}

/** Small durable requests: `connections` with `depth` in flight each, spread over the partitions. */
async function durableSmall(
  context: ScenarioContext,
  o: {
    connections: number;
    depth: number;
    partitions: number;
    targetPerSecond?: number;
    targetP50Ms?: number;
  },
): Promise<Figure[]> {
  const batch = makeBatch({ batchBytes: 1, valueBytes: 100 });
  const disk = measureSyncs(context.scratchRoot, { sizeBytes: batch.length, durationMs: SYNC_REFERENCE_MS });
  return withBroker(context, { durability: 'fsync', partitions: o.partitions }, async (address, targets) => {
    const frames = Array.from({ length: o.connections }, (_, connection) => {
      const mine = targets.filter((_target, index) => index % o.connections === connection % o.partitions);
      return produceFrames({ targets: mine, batch, depth: o.depth, acks: -1 });
    });
    const warmupMs = WARMUP_MS + o.partitions * FIRST_APPEND_MS;
    const measured = await runRawLoad({ address, frames, durationMs: context.durationMs, warmupMs });
    const bare = await bareRate(context, frames, 40);
    const partitions = `${o.partitions} ${o.partitions === 1 ? 'partition' : 'partitions'}`;
    const where = `${o.connections} connections × ${o.depth} in flight, ${partitions}`;
    return [
      {
        what: `durable 100-byte requests, ${where}`,
        value: measured.requestsPerSecond / 1000,
        unit: 'k/s',
        ...(o.targetPerSecond === undefined
          ? {}
          : { target: { value: o.targetPerSecond / 1000, better: 'more' as const } }),
        reference: { what: 'the same load on a bare loopback server', value: bare.requestsPerSecond / 1000 },
        note: `the disk alone: ${(disk.syncsPerSecond / 1000).toFixed(2)} k syncs/s`,
      },
      {
        what: `the same: p50`,
        value: measured.p50Us / 1000,
        unit: 'ms',
        ...(o.targetP50Ms === undefined ? {} : { target: { value: o.targetP50Ms, better: 'less' as const } }),
        reference: { what: 'a write and fdatasync in a loop, disk alone', value: disk.p50Ms },
        note: `p99 ${(measured.p99Us / 1000).toFixed(2)} ms`,
      },
    ];
  });
}

export const ingestScenario: Scenario = {
  name: 'ingest',
  title: 'Produce requests straight into the broker',
  run: async (context) => [
    await ingest(context, {
      what: 'ingest, 64 KB batches, 4 connections × 5 in flight, page cache',
      batchBytes: 65_536,
      connections: 4,
      depth: 5,
      durability: 'page-cache',
      targetGbPerSecond: 1.5,
    }),
    await ingest(context, {
      what: 'ingest, 16 KB batches, 4 connections × 5 in flight, page cache',
      batchBytes: 16_384,
      connections: 4,
      depth: 5,
      durability: 'page-cache',
      targetGbPerSecond: 0.95,
    }),
    await ingest(context, {
      what: 'group commit, 16 KB batches, 80 in flight, fsync',
      batchBytes: 16_384,
      connections: 4,
      depth: 20,
      durability: 'fsync',
      targetGbPerSecond: 0.6,
    }),
  ],
};

export const durableScenario: Scenario = {
  name: 'durable',
  title: 'Durable acknowledgements with default settings (fsync)',
  run: async (context) => [
    ...(await durableSmall(context, { connections: 1, depth: 1, partitions: 1 })),
    ...(await durableSmall(context, {
      connections: 64,
      depth: 1,
      partitions: 1,
      targetPerSecond: 70_000,
      targetP50Ms: 0.9,
    })),
    ...(await durableSmall(context, { connections: 4, depth: 64, partitions: 1 })),
    ...(await durableSmall(context, { connections: 4, depth: 16, partitions: 64 })),
    ...(await durableSmall(context, { connections: 4, depth: 250, partitions: 1000 })),
  ],
};

export const latencyScenario: Scenario = {
  name: 'latency',
  title: 'One request in flight, page-cache acknowledgement',
  run: async (context) => {
    const batch = makeBatch({ batchBytes: 1, valueBytes: 100 });
    return withBroker(context, { durability: 'page-cache', partitions: 1 }, async (address, targets) => {
      const frames = [produceFrames({ targets, batch, depth: 1, acks: -1 })];
      const measured = await runRawLoad({ address, frames, durationMs: context.durationMs });
      const bare = await bareRate(context, frames, 40);
      return [
        {
          what: 'one 100-byte request in flight: p50',
          value: measured.p50Us,
          unit: 'µs',
          target: { value: 60, better: 'less' },
          reference: { what: 'bare loopback server', value: bare.p50Us },
          note: `p99 ${measured.p99Us.toFixed(0)} µs`,
        },
      ];
    });
  },
};

export const fetchScenario: Scenario = {
  name: 'fetch',
  title: 'Fetch requests straight from the broker',
  run: async (context) => {
    const batch = makeBatch({ batchBytes: 65_536, valueBytes: 100 });
    return withBroker(context, { durability: 'page-cache', partitions: 1 }, async (address, targets) => {
      const fill = targets.map((target) => produceFrames({ targets: [target], batch, depth: 8, acks: 1 }));
      await runRawLoad({ address, frames: fill, durationMs: 500, warmupMs: 0 });
      const target = targets[0] as PartitionTarget;
      const frames = [fetchFrames({ target, fetchOffset: 0, maxBytes: 1024 * 1024, depth: 4 })];
      const measured = await runRawLoad({ address, frames, durationMs: context.durationMs });
      const answerBytes = Math.round(measured.receivedBytesPerSecond / measured.requestsPerSecond);
      const bare = await bareRate(context, frames, answerBytes);
      return [
        {
          what: 'fetch, 1 MB answers, 4 in flight',
          value: measured.receivedBytesPerSecond / GB,
          unit: 'GB/s',
          target: { value: 4, better: 'more' },
          reference: { what: 'bare loopback server, same answers', value: bare.receivedBytesPerSecond / GB },
        },
      ];
    });
  },
};
