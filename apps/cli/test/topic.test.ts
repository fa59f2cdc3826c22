import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jsonLines, outputOf, runCli } from './cli-process.ts';
import { brokerForCli, type CliTestBroker } from './test-broker.ts';

let env: CliTestBroker;
beforeAll(async () => {
  env = await brokerForCli();
});
afterAll(() => env[Symbol.asyncDispose]());

const topic = (...args: string[]): Promise<string> => outputOf(['topic', ...args, ...env.at]);
const failing = async (...args: string[]): Promise<string> => {
  const { exitCode, stdout, stderr } = await runCli(['topic', ...args, ...env.at]);
  expect(exitCode).toBe(1);
  expect(stdout.toString()).toBe('');
  return stderr;
};

test('a topic is created, listed, described, altered and deleted', async () => {
  expect(await topic('create', 'fruit', '--partitions', '2', '--config', 'retention.ms=60000')).toBe(
    'Created topic fruit with 2 partitions.\n',
  );
  expect(await topic('list')).toContain('fruit\n');
  const described = await topic('describe', 'fruit');
  expect(described).toMatch(/^Topic fruit \(id [\w-]{22}\)\nConfigs: retention.ms=60000\n/);
  expect(described.split('\n').slice(2)).toEqual([
    'partition  leader  replicas  isr  start  end',
    '        0       1  1         1        0    0',
    '        1       1  1         1        0    0',
    '',
  ]);
  expect(
    await topic(
      ...['alter', 'fruit', '--partitions', '3', '--delete-config', 'retention.ms'],
      ...['--config', 'segment.bytes=1048576', '--config', 'cleanup.policy=delete'],
    ),
  ).toBe('Altered topic fruit.\n');
  const altered = await topic('describe', 'fruit');
  expect(altered).toContain('Configs: cleanup.policy=delete segment.bytes=1048576\n');
  expect(altered.split('\n')).toHaveLength(7);
  expect(await topic('delete', 'fruit')).toBe('Deleted topic fruit.\n');
  expect(await topic('list')).not.toContain('fruit');
});

test('with --json every result is one object per line', async () => {
  const create = ['create', 'json', '--partitions', '2', '--replication-factor', '1', '--json'];
  expect(jsonLines(await topic(...create))).toEqual([{ topic: 'json', created: true, partitions: 2 }]);
  const listed = jsonLines(await topic('list', '--json'));
  expect(listed).toContainEqual({ topic: 'json', partitions: 2, internal: false });
  const [described] = jsonLines(await topic('describe', 'json', '--json'));
  expect(described).toMatchObject({
    topic: 'json',
    internal: false,
    partitions: [
      { partition: 0, leader: 1, replicas: [1], isr: [1], logStartOffset: 0, highWatermark: 0 },
      { partition: 1 },
    ],
    configs: { 'max.message.bytes': { value: '1048588', source: 'DEFAULT_CONFIG' } },
  });
  const alter = ['alter', 'json', '--config', 'retention.ms=1', '--json'];
  expect(jsonLines(await topic(...alter))).toEqual([{ topic: 'json', altered: true }]);
  expect(jsonLines(await topic('delete', 'json', '--json'))).toEqual([{ topic: 'json', deleted: true }]);
});

test('--if-not-exists and --if-exists make creating and deleting repeatable', async () => {
  await env.broker.createTopic('there');
  expect(await topic('create', 'there', '--if-not-exists')).toBe('Topic there exists.\n');
  expect(await topic('delete', 'nothere', '--if-exists')).toBe('There is no topic nothere.\n');
});

test('internal topics are listed with --internal only', async () => {
  await env.broker.createTopic('idempotent');
  await env.tidelog.producer().send({ topic: 'idempotent', messages: [{ value: 'x' }] });
  const [plain, all] = await Promise.all([topic('list'), topic('list', '--internal')]);
  expect(plain).not.toContain('__');
  expect(all).toContain('__producer_ids\n');
});

describe('an error is one line that says what was wrong and what to do', () => {
  const cases: [args: string[], message: string][] = [
    [['create', 'orders'], 'TOPIC_ALREADY_EXISTS: the topic "orders" exists'],
    [['create', 'b@d'], 'INVALID_TOPIC_EXCEPTION: topic name "b@d" has characters other than'],
    [['create', 'x', '--config', 'retenton.ms=5'], 'no config "retenton.ms"; did you mean "retention.ms"?'],
    [
      ['create', 'x', '--config', 'retention.ms=soon'],
      'retention.ms is "soon"; it must be an integer from -1',
    ],
    [
      ['create', 'x', '--config', 'durability=maybe'],
      'durability is "maybe"; it must be one of fsync, page-cache',
    ],
    [
      ['create', 'x', '--replication-factor', '3'],
      'INVALID_REPLICATION_FACTOR: the topic "x" is to have 3 replicas',
    ],
    [
      ['create', 'x', '--partitions', '50000'],
      'INVALID_PARTITIONS: 50000 more partitions would exceed the limit',
    ],
    [['describe', 'ordesr'], 'there is no topic "ordesr" (did you mean "orders"?); to create it: '],
    [['alter', 'ordesr', '--partitions', '9'], 'there is no topic "ordesr" (did you mean "orders"?)'],
    [['delete', 'ordesr'], 'there is no topic "ordesr" (did you mean "orders"?)\n'],
    [
      ['alter', 'orders', '--partitions', '1'],
      'the topic "orders" has 2 partitions; it can only be given more',
    ],
    [
      ['alter', 'orders', '--config', 'segment.byte=1'],
      'no config "segment.byte"; did you mean "segment.bytes"?',
    ],
  ];
  beforeAll(() => env.broker.createTopic('orders', 2));

  test.concurrent.each(cases)('%j', async (args, message) => {
    const stderr = await failing(...args);
    expect(stderr).toMatch(/^tidelog: [^\n]+\n$/);
    expect(stderr).toContain(message);
  });

  test('a change that is refused in part changes nothing', async () => {
    await failing('alter', 'orders', '--partitions', '1', '--config', 'retention.ms=5');
    await failing('alter', 'orders', '--partitions', '9', '--config', 'retention.ms=never');
    const [described] = jsonLines(await topic('describe', 'orders', '--json'));
    expect(described).toMatchObject({
      partitions: [{ partition: 0 }, { partition: 1 }],
      configs: { 'retention.ms': { source: 'DEFAULT_CONFIG' } },
    });
    expect((described as { partitions: unknown[] }).partitions).toHaveLength(2);
  });

  test('with --json it is a JSON line', async () => {
    const [error] = jsonLines(await failing('create', 'orders', '--json'));
    expect(error).toEqual({
      event: 'error',
      code: 'TOPIC_ALREADY_EXISTS',
      message: 'TOPIC_ALREADY_EXISTS: the topic "orders" exists',
    });
  });
});
