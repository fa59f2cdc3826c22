import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { finished, jsonLines, outputOf, runCli, shellCommand, spawnCli } from './cli-process.ts';
import { brokerForCli, type CliTestBroker } from './test-broker.ts';

const RECORD_COUNT = 3_000;

let env: CliTestBroker;
/** `orders`: 3,000 numbered records over three partitions; `large`: 400 records of 10 KB in one. */
beforeAll(async () => {
  env = await brokerForCli({
    topics: { orders: 3, large: 1, live: 1, empty: 2 },
    groupConsumerHeartbeatIntervalMs: 100,
    groupConsumerSessionTimeoutMs: 1_000,
  });
  const producer = env.tidelog.producer({ batchSizeBytes: 2_000 });
  const enqueue = async (topic: string, value: string, partition: number): Promise<void> => {
    if (!producer.enqueue(topic, { value, partition })) await producer.drained();
  };
  for (let index = 0; index < RECORD_COUNT; index++) await enqueue('orders', `${index}`, index % 3);
  for (let index = 0; index < 400; index++) await enqueue('large', `${index} `.padEnd(10_000, '.'), 0);
  await producer.flush();
});
afterAll(() => env[Symbol.asyncDispose]());

const consume = (topic: string, group: string, ...args: string[]): Promise<string> =>
  outputOf(['consume', topic, '--group', group, ...args, ...env.at]);
const toEnd = ['--from-beginning', '--exit-at-end'];
const numbersOf = (text: string | Buffer): number[] =>
  text
    .toString()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => Number.parseInt(line, 10));
const inOrder = (numbers: readonly number[]): number[] => [...numbers].sort((a, b) => a - b);
const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

async function totalLag(group: string): Promise<number> {
  const rows = await env.tidelog.admin().groupLag(group);
  return rows.reduce((sum, { lag }) => sum + Math.max(0, lag), 0);
}

describe('one member after the other', () => {
  test('prints everything once, and nothing the next time', async () => {
    expect(inOrder(numbersOf(await consume('orders', 'once', ...toEnd)))).toEqual(upTo(RECORD_COUNT));
    expect(await totalLag('once')).toBe(0);
    expect(await consume('orders', 'once', ...toEnd)).toBe('');
  });

  test('--count stops in the middle of a batch, and the next one goes on behind the last record printed', async () => {
    const seen: number[] = [];
    for (const count of [7, 1, 100]) {
      const printed = numbersOf(
        await consume('orders', 'counted', '--from-beginning', '--count', String(count)),
      );
      expect(printed).toHaveLength(count);
      seen.push(...printed);
    }
    expect(new Set(seen).size).toBe(108);
    expect(await totalLag('counted')).toBe(RECORD_COUNT - 108);
    expect(await consume('orders', 'counted', '--count', '0')).toBe('');
    const rest = numbersOf(await consume('orders', 'counted', ...toEnd));
    expect(inOrder([...seen, ...rest])).toEqual(upTo(RECORD_COUNT));
  });

  test('without --from-beginning a new group begins at the end', async () => {
    expect(await consume('orders', 'late', '--exit-at-end')).toBe('');
    expect(await totalLag('late')).toBe(0);
  });

  test('--from-beginning is only for a group that has been nowhere', async () => {
    await env.tidelog.admin().setOffsets('been', [
      { topic: 'orders', partition: 0, offset: 998 },
      { topic: 'orders', partition: 1, offset: 1000 },
      { topic: 'orders', partition: 2, offset: 1000 },
    ]);
    expect(await consume('orders', 'been', ...toEnd, '--format', '%p %o\\n')).toBe('0 998\n0 999\n');
  });

  test('an empty topic is at its end', async () => {
    expect(await consume('empty', 'of-nothing', ...toEnd)).toBe('');
  });

  test('--json: an object per record', async () => {
    const [record] = jsonLines(await consume('orders', 'json', '--from-beginning', '--count', '1', '--json'));
    expect(record).toMatchObject({ topic: 'orders', offset: 0, key: null, headers: [] });
  });
});

describe('two members', () => {
  test('with --exit-at-end share the partitions and end when the group is at the end', async () => {
    const args = ['consume', 'orders', '--group', 'pair', ...toEnd, ...env.at];
    const results = await Promise.all([runCli(args), runCli(args)]);
    for (const { exitCode, stderr } of results)
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const printed = numbersOf(Buffer.concat(results.map(({ stdout }) => stdout)));
    expect(inOrder([...new Set(printed)])).toEqual(upTo(RECORD_COUNT));
    expect(await totalLag('pair')).toBe(0);
  });

  test('one that is killed is resumed by the other, and nothing is left out', async () => {
    const doomed = spawnCli(['consume', 'orders', '--group', 'killed', '--from-beginning', ...env.at]);
    const early = finished(doomed);
    await once(doomed.stdout as NodeJS.ReadableStream, 'data');
    doomed.kill('SIGKILL');
    const { stdout } = await early;
    const late = await consume('orders', 'killed', ...toEnd);
    expect(inOrder([...new Set([...numbersOf(stdout), ...numbersOf(late)])])).toEqual(upTo(RECORD_COUNT));
    expect(await totalLag('killed')).toBe(0);
  });

  test('more members than partitions end as well', async () => {
    const args = ['consume', 'large', '--group', 'crowd', ...toEnd, ...env.at];
    const results = await Promise.all([runCli(args), runCli(args), runCli(args)]);
    expect(results.map(({ exitCode, stderr }) => ({ exitCode, stderr }))).toEqual(
      results.map(() => ({ exitCode: 0, stderr: '' })),
    );
    const printed = numbersOf(Buffer.concat(results.map((result) => result.stdout)));
    expect(inOrder([...new Set(printed)])).toEqual(upTo(400));
  });
});

describe('a reader that goes away', () => {
  test('in a pipeline: exit code 0, and what it did not take is not committed', async () => {
    const command = shellCommand(['consume', 'large', '--group', 'headed', ...toEnd, ...env.at]);
    const shell = spawn('sh', ['-c', `{ ${command}; echo "exit code $?" >&2; } | head -n 1`]);
    const { stdout, stderr } = await finished(shell);
    expect(numbersOf(stdout)).toEqual([0]);
    expect(stderr).toBe('exit code 0\n');
    const [row] = await env.tidelog.admin().groupLag('headed');
    // The pipe holds what head did not read: 64 KB of 4 MB, which counts as printed.
    expect(row?.committedOffset).toBeLessThan(50);
    const rest = numbersOf(await consume('large', 'headed', ...toEnd));
    expect(rest).toEqual(upTo(400).slice(row?.committedOffset));
  });
});

describe('an error is one line', () => {
  test.each([['ordres', 'there is no topic "ordres" (did you mean "orders"?); to create it: ']])(
    'topic %s',
    async (topic, message) => {
      const { exitCode, stdout, stderr } = await runCli(['consume', topic, '--group', 'g', ...env.at]);
      expect({ exitCode, stdout: stdout.toString() }).toEqual({ exitCode: 1, stdout: '' });
      expect(stderr).toMatch(/^tidelog: [^\n]+\n$/);
      expect(stderr).toContain(message);
    },
  );
});
