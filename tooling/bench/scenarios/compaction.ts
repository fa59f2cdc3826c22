/**
 * What compaction takes from producers: the latency of durable produce requests before, and while, the broker cleans
 * another topic whose records are all dirty.
 */
import { Tidelog } from '@tidelog/client';
import { BatchBuilder } from '@tidelog/record';
import type { Figure } from '../figures.ts';
import { scratchDirectory, startChild, type Child } from '../processes.ts';
import { makeBatch, produceFrames, type PartitionTarget } from '../produce-frames.ts';
import { runRawLoad, type RawLoadResult } from '../raw-load.ts';
import type { Scenario } from './scenario.ts';

interface Status {
  readonly metrics: string;
}

const KEYS = 100_000;
const BATCHES = 64;
const BATCH_BYTES = 65_536;
const FILL_MS = 400;
const MAX_CLEANING_MS = 120_000;
const CONNECTIONS = 16;
/** As the target of the log cleaner has it. */
const MAX_RATIO = 2;

/** Batches of about `BATCH_BYTES` whose records go round over the keys. */
function keyedBatches(): Buffer[] {
  let next = 0;
  const nowMs = Date.now();
  return Array.from({ length: BATCHES }, () => {
    const builder = new BatchBuilder();
    const value = Buffer.alloc(100, 'tidelog ');
    while (builder.sizeBytes < BATCH_BYTES - 200) {
      next = (next + 7919) % KEYS;
      builder.append(nowMs, `key-${String(next).padStart(6, '0')}`, value);
    }
    return builder.buildSync();
  });
}

async function counterOf(broker: Child<unknown>, name: string): Promise<number> {
  const { metrics } = await broker.ask<Status>('status');
  return Number(new RegExp(`^tidelog_log_cleaner_${name}_total (\\S+)$`, 'm').exec(metrics)?.[1] ?? NaN);
}

/** Waits for the end of the cleaning, which must take something out. */
async function awaitCleaning(broker: Child<unknown>): Promise<void> {
  const deadlineMs = performance.now() + MAX_CLEANING_MS;
  while ((await counterOf(broker, 'cleanings')) === 0) {
    if (performance.now() > deadlineMs || (await counterOf(broker, 'failures')) > 0) {
      throw new Error('the topic was not compacted');
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  if ((await counterOf(broker, 'removed_records')) === 0) throw new Error('compaction took nothing out');
}

export const compactionScenario: Scenario = {
  name: 'compaction',
  title: 'Durable produce requests while another topic is compacted',
  onlyByName: true,
  run: async (context) => {
    await using directory = await scratchDirectory(context.scratchRoot);
    await using broker = await startChild<{ address: string }>('./broker-process.ts', {
      dataDir: directory.path,
      durability: 'fsync',
      cleanerBackoffMs: 100,
    });
    const { address } = broker.ready;
    await using tidelog = new Tidelog({ brokers: [address] });
    const admin = tidelog.admin();
    await admin.createTopics([
      { topic: 'bench', partitions: 1 },
      { topic: 'table', partitions: 1, configs: { 'segment.bytes': String(16 * 1024 * 1024) } },
    ]);
    const targetOf = async (topic: string): Promise<PartitionTarget> => {
      const [described] = await admin.describeTopics([topic]);
      if (described === undefined) throw new Error(`the topic ${topic} cannot be described`);
      return { topicId: described.topicId, partition: 0 };
    };
    const table = [await targetOf('table')];
    const fill = keyedBatches().map((batch) => produceFrames({ targets: table, batch, depth: 1, acks: 1 }));
    await runRawLoad({ address, frames: fill, durationMs: FILL_MS, warmupMs: 0 });
    const targets = [await targetOf('bench')];
    const batch = makeBatch({ batchBytes: 1024, valueBytes: 100 });
    const frames = Array.from({ length: CONNECTIONS }, () =>
      produceFrames({ targets, batch, depth: 1, acks: -1 }),
    );
    const load = (): Promise<RawLoadResult> =>
      runRawLoad({ address, frames, durationMs: context.durationMs });
    const before = await load();
    await admin.alterConfigs({
      topic: 'table',
      configs: [{ name: 'cleanup.policy', value: 'compact' }],
    });
    const during = await load();
    const isStillCleaning = (await counterOf(broker, 'cleanings')) === 0;
    await awaitCleaning(broker);
    const readMb = (await counterOf(broker, 'read_bytes')) / 1e6;
    const writtenMb = (await counterOf(broker, 'written_bytes')) / 1e6;
    const state = isStillCleaning ? 'it outlasted the measurement' : 'it ended before the measurement did';
    const figure = (what: string, unit: string, values: readonly [number, number]): Figure => ({
      what: `${what}, ${CONNECTIONS} connections with one 1 KB request each`,
      value: values[1],
      unit,
      reference: { what: 'before', value: values[0] },
      note: `compaction, ${readMb.toFixed(0)} MB read and ${writtenMb.toFixed(0)} MB written: ${state}`,
    });
    return [
      {
        ...figure('produce p99 during compaction', 'µs', [before.p99Us, during.p99Us]),
        target: { value: before.p99Us * MAX_RATIO, better: 'less' },
      },
      figure('produce p50 during compaction', 'µs', [before.p50Us, during.p50Us]),
      figure('requests during compaction', 'requests/s', [
        before.requestsPerSecond,
        during.requestsPerSecond,
      ]),
    ];
  },
};
