import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { finished, runCli, spawnCli, startCliBroker, type CliBroker } from './cli-process.ts';
import { keyedLines, realText, type KeyedLine } from './real-text.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tidelog-real-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const LINES = 400_000;

interface Consumed {
  readonly partition: number;
  readonly offset: number;
  readonly key: string;
  readonly value: string;
}

async function consumeAll(broker: CliBroker, topic: string): Promise<Consumed[]> {
  const format = '%p|%o|%k|%v\\n';
  const args = [
    'consume',
    topic,
    '--from-beginning',
    '--exit-at-end',
    '--format',
    format,
    '--broker',
    broker.address,
  ];
  const { exitCode, stdout, stderr } = await runCli(args);
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
  const lines = stdout.toString('latin1').split('\n').slice(0, -1);
  return lines.map((line) => {
    const [partition, offset, key, value] = line.split('|') as [string, string, string, string];
    return { partition: Number(partition), offset: Number(offset), key, value };
  });
}

/** Values per key, in the order of the list. */
function byKey(records: readonly KeyedLine[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { key, value } of records) {
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
}

/** Produces the lines while the broker is killed in the middle and started again; returns the second broker. */
async function produceOverKill(lines: readonly KeyedLine[], flags: readonly string[]): Promise<CliBroker> {
  const dataDir = join(directory, 'data');
  const first = await startCliBroker(dataDir);
  const created = await runCli(['topic', 'create', 'real', '--partitions', '8', '--broker', first.address]);
  expect(created).toMatchObject({ exitCode: 0, stderr: '' });
  const producer = spawnCli([
    'produce',
    'real',
    '--key-separator',
    '|',
    '--json',
    '--broker',
    first.address,
    ...flags,
  ]);
  const result = finished(producer);
  const bytes = Buffer.from(lines.map(({ key, value }) => `${key}|${value}\n`).join(''), 'latin1');
  const half = Math.floor(bytes.length / 2);
  // The pipe is small: when the first half was taken, the producer is in the middle of its work.
  await new Promise<void>((resolve) => producer.stdin?.write(bytes.subarray(0, half), () => resolve()));
  producer.stdin?.write(bytes.subarray(half));
  producer.stdin?.end();
  await first.kill('SIGKILL');
  const second = await startCliBroker(dataDir, { port: Number(first.address.split(':').at(-1)) });
  const { exitCode, stderr, stdout } = await result;
  expect(stderr).not.toContain('not delivered');
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout.toString())).toMatchObject({ records: lines.length, failed: 0 });
  return second;
}

test('every line of a real file is there exactly once and in order per key, over a kill -9 of the broker', async () => {
  const lines = keyedLines(LINES);
  await using broker = await produceOverKill(lines, []);
  const consumed = await consumeAll(broker, 'real');
  expect(consumed.length).toBe(lines.length);
  expect(byKey(consumed)).toEqual(byKey(lines));
  const partitionOfKey = new Map<string, number>();
  for (const { key, partition } of consumed) {
    expect(partitionOfKey.get(key) ?? partition).toBe(partition);
    partitionOfKey.set(key, partition);
  }
}, 180_000);

test('without idempotence every line is there at least once, first occurrences in order, over a kill -9', async () => {
  const lines = keyedLines(LINES);
  await using broker = await produceOverKill(lines, ['--no-idempotence']);
  const consumed = await consumeAll(broker, 'real');
  const firstOccurrences = [...byKey(consumed)].map(([key, values]) => [key, [...new Set(values)]] as const);
  expect(new Map(firstOccurrences)).toEqual(byKey(lines));
}, 180_000);

test('in one partition the output is byte for byte the input', async () => {
  const text = realText();
  const file = join(directory, 'input.js');
  await writeFile(file, text);
  await using broker = await startCliBroker(join(directory, 'data'));
  const at = ['--broker', broker.address];
  expect(await runCli(['topic', 'create', 'bytes', '--partitions', '1', ...at])).toMatchObject({
    exitCode: 0,
  });
  expect(await runCli(['produce', 'bytes', '--file', file, '--compression', 'zstd', ...at])).toMatchObject({
    exitCode: 0,
    stderr: '',
  });
  const { stdout, exitCode } = await runCli(['consume', 'bytes', '--from-beginning', '--exit-at-end', ...at]);
  expect(exitCode).toBe(0);
  const expected = text.at(-1) === 0x0a ? text : Buffer.concat([text, Buffer.from('\n')]);
  expect(stdout.equals(expected)).toBe(true);
}, 120_000);
