/** How long the broker takes from spawn to ready, and what it holds at rest: small, and with much data. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Tidelog } from '@tidelog/client';
import { startBrokerCommand, type BrokerCommand } from '../broker-command.ts';
import { median, type Figure } from '../figures.ts';
import { scratchDirectory } from '../processes.ts';
import { makeBatch, produceFrames } from '../produce-frames.ts';
import { runRawLoad } from '../raw-load.ts';
import type { Scenario } from './scenario.ts';

const ROUNDS = 5;
const REST_MS = 1000;

async function restingBytes(broker: BrokerCommand): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, REST_MS));
  return broker.residentBytes();
}

async function emptyProgramMs(): Promise<number> {
  const startedMs = performance.now();
  await once(spawn(process.execPath, ['-e', ''], { stdio: 'ignore' }), 'exit');
  return performance.now() - startedMs;
}

export const startScenario: Scenario = {
  name: 'start',
  title: 'Start and rest',
  async run(context) {
    await using directory = await scratchDirectory(context.scratchRoot);
    await (await startBrokerCommand(directory.path)).kill('SIGTERM');
    const readyMs: number[] = [];
    const restBytes: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await using broker = await startBrokerCommand(directory.path);
      readyMs.push(broker.readyMs);
      restBytes.push(await restingBytes(broker));
    }
    const figures: Figure[] = [
      {
        what: 'spawn to /readyz, existing data',
        value: median(readyMs),
        unit: 'ms',
        target: { value: 250, better: 'less' },
        reference: { what: 'an empty Node program, start to end', value: await emptyProgramMs() },
      },
      {
        what: 'resident memory at rest',
        value: median(restBytes) / 1e6,
        unit: 'MB',
        target: { value: 90, better: 'less' },
      },
    ];
    return figures;
  },
};

const PARTITIONS = 1000;
const TOTAL_BYTES = 10e9;
const FILL_CONNECTIONS = 8;

/** Produces to every partition of topic `large` until about `totalBytes` were sent. */
async function write(address: string, totalBytes: number): Promise<void> {
  await using tidelog = new Tidelog({ brokers: [address] });
  const [topic] = await tidelog.admin().describeTopics(['large']);
  if (topic === undefined) throw new Error('topic large is missing');
  const targets = topic.partitions.map(({ partition }) => ({ topicId: topic.topicId, partition }));
  const batch = makeBatch({ batchBytes: 65_536, valueBytes: 1000 });
  const each = PARTITIONS / FILL_CONNECTIONS;
  const frames = Array.from({ length: FILL_CONNECTIONS }, (_, index) =>
    produceFrames({ targets: targets.slice(index * each, (index + 1) * each), batch, depth: each, acks: 1 }),
  );
  for (let written = 0; written < totalBytes;) {
    const { sentBytesPerSecond } = await runRawLoad({ address, frames, durationMs: 1000, warmupMs: 0 });
    written += sentBytesPerSecond;
  }
}

async function createLargeTopic(address: string): Promise<void> {
  await using tidelog = new Tidelog({ brokers: [address] });
  await tidelog.admin().createTopics([{ topic: 'large', partitions: PARTITIONS }]);
}

export const largeStartScenario: Scenario = {
  name: 'large-start',
  title: 'Start with 1,000 partitions and 10 GB',
  onlyByName: true,
  async run(context) {
    await using directory = await scratchDirectory(context.scratchRoot);
    const first = await startBrokerCommand(directory.path);
    await createLargeTopic(first.address);
    await write(first.address, TOTAL_BYTES);
    await first.kill('SIGTERM');
    const afterClean = await startBrokerCommand(directory.path);
    const restBytes = await restingBytes(afterClean);
    // So that every partition has bytes that no checkpoint knows.
    await write(afterClean.address, 1);
    await afterClean.kill('SIGKILL');
    await using afterKill = await startBrokerCommand(directory.path);
    return [
      {
        what: 'ready after a clean stop',
        value: afterClean.readyMs / 1000,
        unit: 's',
        target: { value: 2, better: 'less' },
        note: `${(restBytes / 1e6).toFixed(0)} MB resident`,
      },
      {
        what: 'ready after kill -9 while writing',
        value: afterKill.readyMs / 1000,
        unit: 's',
        target: { value: 5, better: 'less' },
      },
    ];
  },
};
