/**
 * librdkafka against the Kafka listener, and the same against librdkafka's own mock broker, which keeps the last 5 MB
 * of each partition in memory and checks nothing. So the first figure gives the broker the same medium: a file system
 * in memory, and a topic that keeps little; the others write to the disk under test.
 *
 * The limit of the client's processor: with no wait at all its busiest thread would be busy all the time. Where the
 * machine has no idle core left, that limit cannot be reached by whatever broker runs on it.
 */
import { existsSync } from 'node:fs';
import { cpus } from 'node:os';
import { Tidelog } from '@tidelog/client';
import { median, type Figure } from '../figures.ts';
import { findLibrdkafka, type Librdkafka, type LoadResult } from '../librdkafka.ts';
import { scratchDirectory, startChild } from '../processes.ts';
import type { Scenario, ScenarioContext } from './scenario.ts';

const ROUNDS = 5;
const TARGET = { value: 0.9, better: 'more' } as const;
const MEMORY_FILES = '/dev/shm';
const MIB = 2 ** 20;
const PRODUCE_PARTITIONS = 4;
/** What is read: in each partition just under the 5 MB that the mock broker keeps, in as many as make a read last. */
const CONTENT = { partitions: 32, records: 40_000 };
const READS_PER_ROUND = 5;
/** Old segments go about as soon as they are sealed. */
const SMALL_TOPIC = {
  'segment.bytes': String(16 * MIB),
  'retention.bytes': '1',
  'file.delete.delay.ms': '0',
};

interface Measured extends LoadResult {
  readonly rate: number;
  /** Of the processors' time, by client and broker together; undefined where it is not known. */
  readonly machineShare: number | undefined;
}

interface Target extends AsyncDisposable {
  readonly brokers: string;
  /** The broker's processor time so far; 0 where it is not known. */
  readonly brokerSeconds: () => Promise<number>;
}

interface Ours {
  readonly scratchRoot: string;
  readonly durability: 'fsync' | 'page-cache';
  readonly configs?: Record<string, string>;
}

async function startOurs(
  { scratchRoot, durability, configs = {} }: Ours,
  partitions: number,
): Promise<Target> {
  const stack = new AsyncDisposableStack();
  const directory = stack.use(await scratchDirectory(scratchRoot));
  const broker = stack.use(
    await startChild<{ address: string; kafkaAddress: string }>('./broker-process.ts', {
      dataDir: directory.path,
      durability,
      kafka: { port: 0 },
      retentionCheckIntervalMs: 50,
    }),
  );
  await using tidelog = new Tidelog({ brokers: [broker.ready.address] });
  await using admin = tidelog.admin();
  await admin.createTopics([{ topic: 'bench', partitions, configs }]);
  return {
    brokers: broker.ready.kafkaAddress,
    async brokerSeconds() {
      const { cpuMicros } = await broker.ask<{ cpuMicros: NodeJS.CpuUsage }>('status');
      return (cpuMicros.user + cpuMicros.system) / 1e6;
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

async function startMock(librdkafka: Librdkafka, partitions: number): Promise<Target> {
  const mock = await librdkafka.mock(partitions);
  return {
    brokers: mock.brokers,
    brokerSeconds: () => Promise.resolve(0),
    [Symbol.asyncDispose]: () => mock[Symbol.asyncDispose](),
  };
}

async function measure(target: Target, load: () => Promise<LoadResult>): Promise<Measured> {
  const before = await target.brokerSeconds();
  const startedMs = performance.now();
  const result = await load();
  const wallSeconds = (performance.now() - startedMs) / 1000;
  const brokerShare = ((await target.brokerSeconds()) - before) / wallSeconds;
  const clientShare = (result.clientSeconds ?? NaN) / result.seconds;
  const machineShare = (brokerShare + clientShare) / cpus().length;
  return {
    ...result,
    rate: result.records / result.seconds,
    machineShare: Number.isNaN(machineShare) || brokerShare === 0 ? undefined : machineShare,
  };
}

/** The run with the median rate. */
function middle(runs: readonly Measured[]): Measured {
  const rate = median(runs.map((run) => run.rate));
  return runs.find((run) => run.rate === rate) as Measured;
}

/** Each round measures every target, so that all see the machine in the same moods. */
async function rounds(
  starts: readonly (() => Promise<Target>)[],
  measureOnce: (target: Target) => Promise<readonly Measured[]>,
): Promise<Measured[]> {
  const runs: Measured[][] = starts.map(() => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, start] of starts.entries()) {
      await using target = await start();
      runs[index]!.push(...(await measureOnce(target)));
    }
  }
  return runs.map(middle);
}

function figure(what: string, ours: Measured, mock: Measured): Figure {
  const { busiestThreadSeconds, seconds, machineShare } = ours;
  const notes = [`ratio ${(ours.rate / mock.rate).toFixed(2)} of the mock broker`];
  if (busiestThreadSeconds !== undefined) {
    notes.push(`client's busiest thread ${((100 * busiestThreadSeconds) / seconds).toFixed(0)} %`);
  }
  if (machineShare !== undefined) notes.push(`processors ${(100 * machineShare).toFixed(0)} %`);
  return {
    what,
    value: ours.rate / 1e6,
    unit: 'M records/s',
    target: { ...TARGET, value: (TARGET.value * mock.rate) / 1e6 },
    reference: { what: 'its mock broker', value: mock.rate / 1e6 },
    note: notes.join('; '),
  };
}

async function produceFigures(librdkafka: Librdkafka, context: ScenarioContext): Promise<Figure[]> {
  const { scratchRoot, durationMs } = context;
  const inMemory = existsSync(MEMORY_FILES) ? MEMORY_FILES : scratchRoot;
  const ours: { what: string; options: Ours }[] = [
    {
      what: 'produce, files in memory, small retention',
      options: { scratchRoot: inMemory, durability: 'page-cache', configs: SMALL_TOPIC },
    },
    { what: 'produce, page cache', options: { scratchRoot, durability: 'page-cache' } },
    { what: 'produce, fsync', options: { scratchRoot, durability: 'fsync' } },
  ];
  const starts = ours.map(
    ({ options }) =>
      () =>
        startOurs(options, PRODUCE_PARTITIONS),
  );
  const mocked = () => startMock(librdkafka, PRODUCE_PARTITIONS);
  const [mock, ...runs] = await rounds([mocked, ...starts], async (target) => [
    await measure(target, () => librdkafka.produce(target.brokers, durationMs / 1000)),
  ]);
  return ours.map(({ what }, index) => figure(what, runs[index]!, mock!));
}

async function fetchFigures(librdkafka: Librdkafka, { scratchRoot }: ScenarioContext): Promise<Figure[]> {
  const starts = [
    () => startMock(librdkafka, CONTENT.partitions),
    () => startOurs({ scratchRoot, durability: 'page-cache' }, CONTENT.partitions),
  ];
  const [mock, ours] = await rounds(starts, async (target) => {
    const read = () => librdkafka.consume(target.brokers, CONTENT);
    await librdkafka.fill(target.brokers, CONTENT);
    await read(); // both have what they need in memory
    const runs: Measured[] = [];
    while (runs.length < READS_PER_ROUND) runs.push(await measure(target, read));
    return runs;
  });
  return [figure('fetch', ours!, mock!)];
}

export const kafkaScenario: Scenario = {
  name: 'kafka',
  title: 'librdkafka, 100-byte records, acks=1, through the Kafka listener',
  async run(context) {
    using librdkafka = findLibrdkafka();
    if (librdkafka === undefined) return [];
    return [...(await produceFigures(librdkafka, context)), ...(await fetchFigures(librdkafka, context))];
  },
};
