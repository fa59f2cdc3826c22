import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { finished, jsonLines, outputOf, runCli, shellCommand, spawnCli } from './cli-process.ts';
import { brokerForCli, type CliTestBroker } from './test-broker.ts';

const NOON_MS = 1_700_000_000_000;

let env: CliTestBroker;
/** `fruit`: f0 … f9 in partition 0, one second apart, g0 … g2 in partition 1; `many`: 20,000 records. */
beforeAll(async () => {
  env = await brokerForCli({ topics: { fruit: 2, fields: 1, empty: 1, many: 1, live: 1 } });
  const producer = env.tidelog.producer();
  const messages = (name: string, count: number, partition: number): object[] =>
    Array.from({ length: count }, (_, index) => ({
      value: `${name}${index}`,
      timestampMs: NOON_MS + index * 1000,
      partition,
    }));
  await producer.send({
    topic: 'fruit',
    messages: [...messages('f', 10, 0), ...messages('g', 3, 1)] as { value: string }[],
  });
  await producer.send({
    topic: 'fields',
    messages: [
      { key: 'k', value: 'v', timestampMs: NOON_MS, headers: { a: '1', b: '2' } },
      { key: null, value: null, timestampMs: NOON_MS },
      { key: Buffer.from([0xff]), value: '→', timestampMs: NOON_MS },
    ],
  });
  for (let index = 0; index < 20_000; index++) {
    if (!producer.enqueue('many', { value: `record ${index}` })) await producer.drained();
  }
  await producer.flush();
});
afterAll(() => env[Symbol.asyncDispose]());

const consume = (...args: string[]): Promise<string> => outputOf(['consume', ...args, ...env.at]);
const numbered = (name: string, from: number, to: number): string =>
  Array.from({ length: to - from }, (_, index) => `${name}${from + index}\n`).join('');

describe('where it starts and where it stops', () => {
  const first = ['fruit', '--partition', '0', '--exit-at-end'];
  test.concurrent.each([
    [['--from-beginning'], 0],
    [['--offset', 'beginning'], 0],
    [['--offset', '7'], 7],
    [['--offset', '-2'], 8],
    [['--offset=-20'], 0],
    [['--offset', `@${NOON_MS + 4_500}`], 5],
    [['--offset', `@${NOON_MS + 60_000}`], 10],
    [['--offset', 'end'], 10],
    [[], 10],
  ] as [string[], number][])('%j', async (args, start) => {
    expect(await consume(...first, ...args)).toBe(numbered('f', start, 10));
  });

  test('all partitions, each in order', async () => {
    const lines = (await consume('fruit', '--from-beginning', '--exit-at-end')).split('\n').slice(0, -1);
    expect(lines.filter((line) => line.startsWith('f')).join('\n')).toBe(numbered('f', 0, 10).trimEnd());
    expect(lines.filter((line) => line.startsWith('g')).join('\n')).toBe(numbered('g', 0, 3).trimEnd());
    expect(lines).toHaveLength(13);
  });

  test('--count stops after that many, over all partitions', async () => {
    expect((await consume('fruit', '--from-beginning', '--count', '4')).split('\n')).toHaveLength(5);
    expect(await consume('fruit', '--from-beginning', '--count', '0')).toBe('');
    expect(
      await consume('fruit', '--offset', '-1', '--partition', '1', '--count', '9', '--exit-at-end'),
    ).toBe('g2\n');
  });

  test('without a position it prints what comes from now on', async () => {
    const child = spawnCli(['consume', 'live', '--count', '1', ...env.at]);
    const result = finished(child);
    const producer = env.tidelog.producer({ lingerMs: 0 });
    // It cannot be seen when the command has found the end: records come until it has printed one.
    while (child.exitCode === null && child.signalCode === null) {
      await producer.send({ topic: 'live', messages: [{ value: 'news' }] });
    }
    expect(await result).toMatchObject({ exitCode: 0, stderr: '', stdout: Buffer.from('news\n') });
  });
});

describe('how it prints', () => {
  const all = ['fields', '--from-beginning', '--exit-at-end'];

  test("--format in kcat's words, bytes as they are", async () => {
    const { stdout } = await runCli(['consume', ...all, '--format', '%t %p %o %T %k %v %h|', ...env.at]);
    expect(stdout).toEqual(
      Buffer.concat([
        Buffer.from(`fields 0 0 ${NOON_MS} k v a=1,b=2|fields 0 1 ${NOON_MS}   |fields 0 2 ${NOON_MS} `),
        Buffer.from([0xff]),
        Buffer.from(' → |'),
      ]),
    );
  });

  test('--json: an object per record', async () => {
    const place = { topic: 'fields', partition: 0, timestampMs: NOON_MS };
    expect(jsonLines(await consume(...all, '--json'))).toEqual([
      {
        ...place,
        offset: 0,
        key: 'k',
        value: 'v',
        headers: [
          { key: 'a', value: '1' },
          { key: 'b', value: '2' },
        ],
      },
      { ...place, offset: 1, key: null, value: null, headers: [] },
      { ...place, offset: 2, keyBase64: '/w==', value: '→', headers: [] },
    ]);
  });
});

test('a topic that is deleted while it is read ends it with 1', async () => {
  await env.broker.createTopic('doomed');
  await env.tidelog.producer().send({ topic: 'doomed', messages: [{ value: 'last words' }] });
  const child = spawnCli(['consume', 'doomed', '--from-beginning', ...env.at]);
  const result = finished(child);
  await once(child.stdout as NodeJS.ReadableStream, 'data');
  await env.tidelog.admin().deleteTopics(['doomed']);
  expect(await result).toEqual({
    exitCode: 1,
    stdout: Buffer.from('last words\n'),
    stderr: 'tidelog: UNKNOWN_TOPIC_OR_PARTITION: topic "doomed" was deleted while it was read\n',
  });
});

describe('a reader that goes away ends it quietly with 0', () => {
  test('in the middle of the records', async () => {
    const child = spawnCli(['consume', 'many', '--from-beginning', ...env.at]);
    const errors: Buffer[] = [];
    child.stderr?.on('data', (chunk: Buffer) => errors.push(chunk));
    const exited = once(child, 'exit');
    await once(child.stdout as NodeJS.ReadableStream, 'readable');
    child.stdout?.destroy();
    const producer = env.tidelog.producer({ lingerMs: 0 });
    // All that was there may have fitted into the pipe: the next record shows that nobody reads it.
    while (child.exitCode === null && child.signalCode === null) {
      await producer.send({ topic: 'many', messages: [{ value: 'one more' }] });
    }
    expect(await exited).toEqual([0, null]);
    expect(Buffer.concat(errors).toString()).toBe('');
  });

  test('in a pipeline', async () => {
    const consume = shellCommand(['consume', 'many', '--from-beginning', '--exit-at-end', ...env.at]);
    const shell = spawn('sh', ['-c', `{ ${consume}; echo "exit code $?" >&2; } | head -n 1`]);
    expect(await finished(shell)).toEqual({
      exitCode: 0,
      stdout: Buffer.from('record 0\n'),
      stderr: 'exit code 0\n',
    });
  });
});

describe('an error is one line, and the broker serves on', () => {
  test.concurrent.each([
    [
      ['frut'],
      'UNKNOWN_TOPIC_OR_PARTITION: there is no topic "frut" (did you mean "fruit"?); to create it: ',
    ],
    [['fruit', '--partition', '2'], 'topic "fruit" has no partition 2; it has 0 to 1'],
    [
      ['fruit', '--offset', '5'],
      'OFFSET_OUT_OF_RANGE: offset 5 is outside partition 1 of topic "fruit", which holds 0 to 2',
    ],
    [
      ['empty', '--offset', '1', '--exit-at-end'],
      'partition 0 of topic "empty", which is empty and continues at 0',
    ],
  ] as [string[], string][])('%j', async (args, message) => {
    const { exitCode, stdout, stderr } = await runCli(['consume', ...args, ...env.at]);
    expect({ exitCode, stdout: stdout.toString() }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toMatch(/^tidelog: [^\n]+\n$/);
    expect(stderr).toContain(message);
    expect(await consume('fruit', '--partition', '1', '--from-beginning', '--exit-at-end')).toBe(
      'g0\ng1\ng2\n',
    );
  });
});
