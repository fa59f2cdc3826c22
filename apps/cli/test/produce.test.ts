import { batchesOf, type RecordBatch } from '@tidelog/record';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jsonLines, outputOf, runCli } from './cli-process.ts';
import { brokerForCli, recordsOf, valuesOf, type CliTestBroker } from './test-broker.ts';

let env: CliTestBroker;
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tidelog-produce-'));
  env = await brokerForCli();
});
afterAll(async () => {
  await env[Symbol.asyncDispose]();
  await rm(directory, { recursive: true, force: true });
});

const produce = (args: readonly string[], input: string | Buffer): Promise<string> =>
  outputOf(['produce', ...args, ...env.at], input);

async function failing(args: readonly string[], input: string | Buffer = ''): Promise<string> {
  const { exitCode, stderr } = await runCli(['produce', ...args, ...env.at], input);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^tidelog: [^\n]+\n$/);
  return stderr;
}

/** The batches of partition 0 as they lie on disk. */
async function storedBatches(topic: string): Promise<RecordBatch[]> {
  const path = join(env.broker.dataDir, `${topic}-0`, '00000000000000000000.log');
  return [...batchesOf(await readFile(path))];
}

describe('a line is a record', () => {
  test('from standard input: empty lines and a last line without a newline too, every byte kept', async () => {
    await env.broker.createTopic('lines');
    const text = await produce(['lines'], 'one\n\nthree \r\n\tfour');
    expect(text).toMatch(/^Produced 4 records to lines in [\d.]+ s\.\n$/);
    expect(await valuesOf(env.tidelog, 'lines')).toEqual(['one', '', 'three \r', '\tfour']);
  });

  test('from a file, with the result as JSON', async () => {
    await env.broker.createTopic('filed');
    const file = join(directory, 'lines.txt');
    await writeFile(file, 'a\nb\n');
    const [result] = jsonLines(await produce(['filed', '--file', file, '--json'], ''));
    expect(result).toMatchObject({ topic: 'filed', records: 2, failed: 0, bytes: 4 });
    expect(await valuesOf(env.tidelog, 'filed')).toEqual(['a', 'b']);
  });

  test('with a key before the first separator; one without a separator has none', async () => {
    await env.broker.createTopic('keyed');
    const { exitCode, stdout, stderr } = await runCli(
      ['produce', 'keyed', '--key-separator', '\\t', ...env.at],
      'k1\tv1\n\tempty key\nno key\nk2\tv\t2\n',
    );
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: 'tidelog: 1 line had no --key-separator and became records without a key\n',
    });
    expect(stdout.toString()).toMatch(/^Produced 4 records/);
    expect(await recordsOf(env.tidelog, 'keyed')).toEqual([
      { partition: 0, key: 'k1', value: 'v1' },
      { partition: 0, key: '', value: 'empty key' },
      { partition: 0, key: null, value: 'no key' },
      { partition: 0, key: 'k2', value: 'v\t2' },
    ]);
  });

  test('lines without the separator are counted in the JSON too, where the warning is a JSON line', async () => {
    await env.broker.createTopic('counted');
    const args = ['produce', 'counted', '--key-separator', ':', '--json', ...env.at];
    const { stdout, stderr } = await runCli(args, 'a:1\nb\nc\n');
    expect(jsonLines(stdout)).toEqual([expect.objectContaining({ records: 3, withoutKey: 2 })]);
    expect(jsonLines(stderr)).toEqual([
      { event: 'warning', message: '2 lines had no --key-separator and became records without a key' },
    ]);
  });

  test('in one partition with --partition, else where its key belongs', async () => {
    await env.broker.createTopic('spread', 3);
    await produce(['spread', '--partition', '2'], 'x\ny\n');
    const keys = Array.from({ length: 30 }, (_, index) => `key${index % 10}`);
    await produce(['spread', '--key-separator', '='], keys.map((key) => `${key}=v\n`).join(''));
    const records = await recordsOf(env.tidelog, 'spread');
    expect(records.filter(({ key }) => key === null)).toEqual([
      { partition: 2, key: null, value: 'x' },
      { partition: 2, key: null, value: 'y' },
    ]);
    const places = new Set(records.flatMap(({ key, partition }) => (key ? [`${key} ${partition}`] : [])));
    expect(places.size).toBe(10);
  });

  test('no line at all is no record', async () => {
    await env.broker.createTopic('nothing');
    expect(await produce(['nothing'], '')).toMatch(/^Produced 0 records/);
  });
});

describe('the flags reach the batches', () => {
  test.concurrent.each(['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const)(
    '--compression %s',
    async (codec) => {
      const topic = `codec-${codec}`;
      await env.broker.createTopic(topic);
      await produce([topic, '--compression', codec], 'aaaaaaaaaaaaaaaa\n'.repeat(100));
      const [batch] = await storedBatches(topic);
      expect(batch?.header.compression).toBe(codec);
      expect(await valuesOf(env.tidelog, topic)).toEqual(new Array(100).fill('aaaaaaaaaaaaaaaa'));
    },
  );

  test.concurrent.each([
    [['--acks', 'all'], true],
    [['--acks', '1'], false],
    [['--no-idempotence'], false],
  ] as const)('%j', async (flags, isIdempotent) => {
    const topic = `acks${flags.join('')}`;
    await env.broker.createTopic(topic);
    await produce([topic, ...flags], 'x\n');
    const [batch] = await storedBatches(topic);
    expect((batch?.header.producerId ?? -1) >= 0).toBe(isIdempotent);
    expect(await valuesOf(env.tidelog, topic)).toEqual(['x']);
  });

  test('--acks 0 hands the lines over and does not wait for them', async () => {
    await env.broker.createTopic('unacknowledged');
    await produce(['unacknowledged', '--acks', '0'], 'x\ny\n');
    await using consumer = env.tidelog.consumer({ topics: ['unacknowledged'], startFrom: 'earliest' });
    const values: string[] = [];
    for await (const { value } of consumer) if (values.push(String(value)) === 2) break;
    expect(values).toEqual(['x', 'y']);
  });

  test('--batch-size-bytes and --linger-ms', async () => {
    await env.broker.createTopic('small');
    await produce(
      ['small', '--batch-size-bytes', '200', '--linger-ms', '0'],
      'x'.repeat(90).concat('\n').repeat(4),
    );
    expect((await storedBatches('small')).length).toBeGreaterThan(1);
  });
});

describe('what cannot be sent is one line on standard error, and the broker serves on', () => {
  beforeAll(() => env.broker.createTopic('orders', 2));
  afterAll(async () => {
    await env.broker.createTopic('after');
    await produce(['after'], 'still here\n');
    expect(await valuesOf(env.tidelog, 'after')).toEqual(['still here']);
  });

  test('an unknown topic is not created; the error names it, the nearest and the command that does', async () => {
    const stderr = await failing(['oders'], 'x\n');
    expect(stderr).toContain(
      'UNKNOWN_TOPIC_OR_PARTITION: there is no topic "oders" (did you mean "orders"?)',
    );
    expect(stderr).toContain(`topic create oders ${env.at.join(' ')}`);
    const topics = await env.tidelog.admin().listTopics();
    expect(topics.map(({ topic }) => topic)).not.toContain('oders');
  });

  test('a partition that the topic does not have', async () => {
    expect(await failing(['orders', '--partition', '2'], 'x\n')).toContain(
      'topic "orders" has no partition 2; it has 0 to 1',
    );
  });

  test('a line over max.message.bytes is named; the lines before it are delivered', async () => {
    await env.broker.createTopic('limited', { configs: { 'max.message.bytes': 1_000 } });
    const { exitCode, stdout, stderr } = await runCli(
      ['produce', 'limited', ...env.at],
      `one\ntwo\n${'x'.repeat(2_000)}\nfour\n`,
    );
    expect(exitCode).toBe(1);
    expect(stdout.toString()).toMatch(/^Produced 2 records/);
    expect(stderr).toContain('MESSAGE_TOO_LARGE: line 3 of standard input makes a record');
    expect(stderr).toContain('topic alter limited --config max.message.bytes=N');
    expect(await valuesOf(env.tidelog, 'limited')).toEqual(['one', 'two']);
  });

  test('a line that just fits max.message.bytes is taken', async () => {
    await env.broker.createTopic('edge', { configs: { 'max.message.bytes': 1_000 } });
    const header = 61 + 8;
    await produce(['edge'], `${'x'.repeat(1_000 - header - 2)}\n`);
    expect(await valuesOf(env.tidelog, 'edge')).toHaveLength(1);
  });

  test('a batch that is over max.message.bytes after compression is refused with that reason', async () => {
    await env.broker.createTopic('compressed', { configs: { 'max.message.bytes': 1_000 } });
    await produce(['compressed', '--compression', 'zstd'], `${'x'.repeat(5_000)}\n`);
    const noise = randomBytes(2_000).toString('hex');
    const stderr = await failing(['compressed', '--compression', 'zstd'], `${noise}\n`);
    expect(stderr).toContain('MESSAGE_TOO_LARGE: 1 of 1 record not delivered');
    expect(stderr).toContain('raise max.message.bytes of the topic');
  });

  test('a file that is missing, and a directory', async () => {
    const missing = join(directory, 'missing');
    expect(await failing(['orders', '--file', missing])).toBe(
      `tidelog: --file: cannot read ${missing}: there is no such file\n`,
    );
    expect(await failing(['orders', '--file', directory])).toBe(
      `tidelog: --file: ${directory} is a directory; give a file of lines\n`,
    );
  });
});

describe('a broker that cannot be reached ends the command in bounded time and is named', () => {
  test('nobody listens', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const { exitCode, stdout, stderr } = await runCli(
      ['produce', 'orders', '--broker', `127.0.0.1:${port}`],
      'x\n',
    );
    expect({ exitCode, stdout: stdout.toString() }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toMatch(
      new RegExp(
        `^tidelog: CONNECTION_FAILED: no broker could be reached: 127.0.0.1:${port} \\(.*ECONNREFUSED`,
      ),
    );
    expect(stderr).toMatch(/--broker names the broker, and ".* start" runs one here\n$/);
  });

  test('somebody listens and says nothing', async () => {
    const server = createServer((socket) => socket.resume()).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const { exitCode, stderr } = await runCli(['topic', 'list', '--broker', `127.0.0.1:${port}`]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`CONNECTION_FAILED: no broker could be reached: 127.0.0.1:${port}`);
    await new Promise((resolve) => server.close(resolve));
  });
});
