/**
 * librdkafka as a load generator: the C program of this folder, compiled on first use, or kcat where there is no
 * compiler or no librdkafka to compile against.
 */
import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface LoadResult {
  readonly records: number;
  readonly seconds: number;
  /** Processor time of the client's busiest thread; undefined where it is not known. */
  readonly busiestThreadSeconds: number | undefined;
  /** Of all its threads. */
  readonly clientSeconds: number | undefined;
}

export interface TopicContent {
  readonly partitions: number;
  /** In each partition. */
  readonly records: number;
}

/** librdkafka's mock broker, in a process of its own, with the topic `bench`. */
export interface MockBroker extends AsyncDisposable {
  readonly brokers: string;
}

export interface Librdkafka extends Disposable {
  readonly name: string;
  /** With so many partitions in `bench`, if it can be told. */
  mock(partitions: number): Promise<MockBroker>;
  /** 100-byte values without keys, acks=1, for so long. */
  produce(brokers: string, seconds: number): Promise<LoadResult>;
  /** Writes `records` into each partition. */
  fill(brokers: string, content: TopicContent): Promise<void>;
  /** Reads what `fill` wrote. */
  consume(brokers: string, content: TopicContent): Promise<LoadResult>;
}

const INSTALL = 'kafka: skipped: apt-get install gcc librdkafka-dev (or kcat) to measure with librdkafka';
const LOAD_TIMEOUT_MS = 120_000;

/** Undefined, after one line that says what to install, when neither can be had. */
export function findLibrdkafka(): Librdkafka | undefined {
  const directory = mkdtempSync(join(tmpdir(), 'tidelog-librdkafka-'));
  const dispose = (): void => rmSync(directory, { recursive: true, force: true });
  const program = join(directory, 'librdkafka-load');
  const source = new URL('./librdkafka-load.c', import.meta.url).pathname;
  const { status } = spawnSync('gcc', ['-O2', '-o', program, source, '-lrdkafka'], { stdio: 'ignore' });
  if (status === 0) return compiled(program, dispose);
  if (spawnSync('kcat', ['-V'], { stdio: 'ignore' }).status === 0) return kcat(directory, dispose);
  dispose();
  console.error(INSTALL);
  return undefined;
}

function run(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { timeout: LOAD_TIMEOUT_MS, maxBuffer: 2 ** 20 };
    execFile(program, [...args], options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${program} ${args.join(' ')}: ${stderr}`));
    });
  });
}

/** Starts a mock broker that ends with its standard input, and waits for the line that tells its address. */
async function startMock(program: string, args: readonly string[], address: RegExp): Promise<MockBroker> {
  const child = spawn(program, [...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  const exited = once(child, 'exit');
  const found = Promise.withResolvers<string>();
  for (const output of [child.stdout, child.stderr]) {
    createInterface({ input: output }).on('line', (line) => {
      const [, brokers] = address.exec(line) ?? [];
      if (brokers !== undefined) found.resolve(brokers);
    });
  }
  void exited.then(([code]) =>
    found.reject(new Error(`${program}: the mock broker ended with ${String(code)}`)),
  );
  const brokers = await found.promise;
  return {
    brokers,
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      await exited;
    },
  };
}

function compiled(program: string, dispose: () => void): Librdkafka {
  const load = async (...args: string[]): Promise<LoadResult> => {
    const { records, seconds, failed, failure, threads } = JSON.parse(await run(program, args)) as {
      records: number;
      seconds: number;
      failed: number;
      failure: string;
      threads: { name: string; cpuSeconds: number }[];
    };
    if (failed > 0) throw new Error(`librdkafka: ${failed} records failed, the first with ${failure}`);
    const times = threads.map(({ cpuSeconds }) => cpuSeconds);
    return {
      records,
      seconds,
      busiestThreadSeconds: Math.max(...times),
      clientSeconds: times.reduce((sum, time) => sum + time, 0),
    };
  };
  return {
    name: 'librdkafka',
    mock: (partitions) => startMock(program, ['mock', String(partitions)], /"brokers":"([^"]+)"/),
    produce: (brokers, seconds) => load('produce', brokers, 'bench', String(seconds)),
    fill: async (brokers, { partitions, records }) =>
      void (await load('fill', brokers, 'bench', String(partitions), String(records))),
    consume: (brokers, { partitions, records }) =>
      load('consume', brokers, 'bench', String(partitions), String(records)),
    [Symbol.dispose]: dispose,
  };
}

/** kcat reads lines from a file and prints what it gets: it is itself the slowest part, on both sides alike. */
function kcat(directory: string, dispose: () => void): Librdkafka {
  const lines = join(directory, 'lines');
  const LINES_PER_SECOND = 1_000_000;
  const write = async (brokers: string, records: number, args: readonly string[]): Promise<LoadResult> => {
    writeFileSync(lines, `${'tidelog '.repeat(12)}tide\n`.repeat(records));
    const startedMs = performance.now();
    await run('kcat', ['-P', '-b', brokers, '-t', 'bench', '-X', 'acks=1', ...args, '-l', lines]);
    return timed(records, startedMs);
  };
  const timed = (records: number, startedMs: number): LoadResult => ({
    records,
    seconds: (performance.now() - startedMs) / 1000,
    busiestThreadSeconds: undefined,
    clientSeconds: undefined,
  });
  return {
    name: 'kcat',
    mock: () => startMock('kcat', ['-M', '1'], /bootstrap\.servers=(\S+)/),
    produce: (brokers, seconds) => write(brokers, Math.ceil(seconds * LINES_PER_SECOND), []),
    async fill(brokers, { partitions, records }) {
      for (let partition = 0; partition < partitions; partition++) {
        await write(brokers, records, ['-p', String(partition)]);
      }
    },
    async consume(brokers, { partitions, records }) {
      const startedMs = performance.now();
      const args = ['-C', '-b', brokers, '-t', 'bench', '-o', 'beginning', '-e', '-q', '-f', ''];
      await run('kcat', args);
      return timed(records * partitions, startedMs);
    },
    [Symbol.dispose]: dispose,
  };
}
