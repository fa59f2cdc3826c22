import { once } from 'node:events';
import type { Consumer } from '@tidelog/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jsonLines, outputOf, runCli, spawnCli } from './cli-process.ts';
import { brokerForCli, type CliTestBroker } from './test-broker.ts';

const NOON_MS = 1_700_000_000_000;

let env: CliTestBroker;
/** `orders`: ten records in partition 0 and three in 1, one second apart; partition 2 is empty. */
beforeAll(async () => {
  env = await brokerForCli({ topics: { orders: 3, fruit: 1 } });
  const messages = (count: number, partition: number): { value: string; timestampMs: number }[] =>
    Array.from({ length: count }, (_, index) => ({
      value: `${index}`,
      timestampMs: NOON_MS + index * 1000,
      partition,
    }));
  const producer = env.tidelog.producer();
  await producer.send({ topic: 'orders', messages: [...messages(10, 0), ...messages(3, 1)] });
});
afterAll(() => env[Symbol.asyncDispose]());

const group = (...args: string[]): Promise<string> => outputOf(['group', ...args, ...env.at]);
const failing = async (...args: string[]): Promise<string> => {
  const { exitCode, stdout, stderr } = await runCli(['group', ...args, ...env.at]);
  expect({ exitCode, stdout: stdout.toString() }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr).toMatch(/^tidelog: [^\n]+\n$/);
  return stderr;
};

/** A group without members that has committed these offsets of `orders`. */
async function idleGroup(groupId: string, ...offsets: number[]): Promise<void> {
  await env.tidelog.admin().setOffsets(
    groupId,
    offsets.map((offset, partition) => ({ topic: 'orders', partition, offset })),
  );
}

/** A member that owns all of `orders` and reads nothing. */
async function memberOf(groupId: string): Promise<Consumer> {
  const consumer = env.tidelog.consumer({ groupId, topics: ['orders'], startFrom: 'earliest' });
  await consumer.connect();
  while (consumer.assignment().length < 3) await once(consumer, 'partitionsAssigned');
  return consumer;
}

const rowsOf = (text: string): string[][] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => line.trim().split(/ +/));

describe('list', () => {
  test('groups with type and state, all or those of a state and type', async () => {
    await idleGroup('list-idle', 1);
    await using consumer = await memberOf('list-live');
    expect(consumer.memberId).toBeDefined();
    const all = rowsOf(await group('list'));
    expect(all[0]).toEqual(['group', 'type', 'state']);
    expect(all).toContainEqual(['list-live', 'consumer', 'Stable']);
    expect(all.find(([id]) => id === 'list-idle')?.[2]).toBe('Empty');
    const empty = jsonLines(await group('list', '--state', 'Empty', 'Dead', '--json'));
    expect(empty).toContainEqual(expect.objectContaining({ groupId: 'list-idle', state: 'Empty' }));
    expect(empty).not.toContainEqual(expect.objectContaining({ groupId: 'list-live' }));
    const consumers = jsonLines(await group('list', '--type', 'consumer', '--state', 'Stable', '--json'));
    expect(consumers).toContainEqual({
      groupId: 'list-live',
      type: 'consumer',
      protocolType: 'consumer',
      state: 'Stable',
    });
  });

  test('no group at all is no line', async () => {
    await using other = await brokerForCli();
    expect(await outputOf(['group', 'list', ...other.at])).toBe('');
    expect(await outputOf(['group', 'list', '--json', ...other.at])).toBe('');
  });
});

describe('describe', () => {
  test('a group without members: where it is and how far behind', async () => {
    await idleGroup('described', 4, 3);
    const [first, second, ...rows] = (await group('describe', 'described')).trimEnd().split('\n');
    expect(first).toMatch(/^Group described \(\w+\): Empty, epoch \d+, coordinator 1$/);
    expect(second).toBe('0 members, total lag 6');
    expect(rows).toEqual([
      'topic   partition  committed  end  lag  member  client  host',
      'orders          0          4   10    6  -       -       -',
      'orders          1          3    3    0  -       -       -',
    ]);
  });

  test('a group with a member: who owns what, and with --members its epoch', async () => {
    await using consumer = await memberOf('live');
    const text = await group('describe', 'live', '--members');
    expect(text).toMatch(
      /^Group live \(consumer\): Stable, epoch \d+, assignor uniform, coordinator 1\n1 member, /,
    );
    const owned = rowsOf(text).filter(([topic, , , , , member]) => topic === 'orders' && member !== '-');
    expect(owned.map(([, partition, , , , member]) => [partition, member])).toEqual(
      ['0', '1', '2'].map((partition) => [partition, consumer.memberId]),
    );
    expect(text.split('\n\n')[1]).toMatch(/^member +instance +client +host +epoch +partitions\n/);
    expect(text).toContain('orders:0,1,2');
    const [json] = jsonLines(await group('describe', 'live', '--json'));
    expect(json).toMatchObject({
      groupId: 'live',
      type: 'consumer',
      state: 'Stable',
      members: [{ memberId: consumer.memberId, assignment: [{ topic: 'orders', partitions: [0, 1, 2] }] }],
    });
    expect((json as { partitions: unknown[] }).partitions).toHaveLength(3);
  });

  test('an id that would move the cursor of a terminal is shown as text', async () => {
    await idleGroup('bad\u001b[2Jname', 1);
    expect(await group('describe', 'bad\u001b[2Jname')).toMatch(/^Group bad\\x1b\[2Jname \(/);
    expect(await group('list')).not.toContain('\u001b');
  });

  test('an unknown group names the nearest one', async () => {
    await idleGroup('billing', 1);
    expect(await failing('describe', 'biling')).toBe(
      'tidelog: GROUP_ID_NOT_FOUND: there is no group "biling" (did you mean "billing"?)\n',
    );
  });

  test('--watch in a pipe shows what changes, until the reader goes away, with 0', async () => {
    await idleGroup('watched', 1);
    const child = spawnCli([
      'group',
      'describe',
      'watched',
      '--watch',
      '--interval',
      '1',
      '--json',
      ...env.at,
    ]);
    const exited = once(child, 'exit');
    const [first] = jsonLines(String((await once(child.stdout as NodeJS.ReadableStream, 'data'))[0]));
    expect(first).toMatchObject({ totalLag: 9, timestampMs: expect.any(Number) as number });
    await idleGroup('watched', 10);
    const [second] = jsonLines(String((await once(child.stdout as NodeJS.ReadableStream, 'data'))[0]));
    expect(second).toMatchObject({ totalLag: 0 });
    child.stdout?.destroy();
    expect(await exited).toEqual([0, null]);
  });

  test('--watch of a group that is deleted meanwhile ends with its error', async () => {
    await idleGroup('short-lived', 1);
    const child = spawnCli(['group', 'describe', 'short-lived', '--watch', '--interval', '1', ...env.at]);
    const exited = once(child, 'exit');
    await once(child.stdout as NodeJS.ReadableStream, 'data');
    await env.tidelog.admin().deleteGroups(['short-lived']);
    const [text] = (await once(child.stderr as NodeJS.ReadableStream, 'data')) as [Buffer];
    expect(text.toString()).toContain('GROUP_ID_NOT_FOUND: there is no group "short-lived"');
    child.stdout?.resume();
    expect(await exited).toEqual([1, null]);
  });
});

describe('reset', () => {
  const offsetsOf = async (groupId: string): Promise<number[]> =>
    (await env.tidelog.admin().fetchOffsets(groupId)).map(({ offset }) => offset);

  test.concurrent.each([
    [['--to-earliest'], [0, 0]],
    [['--to-latest'], [10, 3]],
    [
      ['--to-offset', '2'],
      [2, 2],
    ],
    [
      ['--to-timestamp', String(NOON_MS + 1_500)],
      [2, 2],
    ],
    [
      ['--to-timestamp', new Date(NOON_MS + 5_000).toISOString()],
      [5, 3],
    ],
    [
      ['--shift-by', '-3'],
      [1, 0],
    ],
    [
      ['--shift-by', '100'],
      [10, 3],
    ],
    [
      ['--to-latest', '--topic', 'orders:1'],
      [4, 3],
    ],
    [
      ['--to-earliest', '--topic', 'orders:0', '--topic', 'orders:0,1'],
      [0, 0],
    ],
    [
      ['--to', 'orders:1=0', '--to', 'orders:0=9'],
      [9, 0],
    ],
  ] as [string[], number[]][])('%j', async (args, expected) => {
    const groupId = `reset${args.join('')}`;
    await idleGroup(groupId, 4, 1);
    const dry = await group('reset', groupId, ...args, '--dry-run');
    expect(dry).toMatch(/ would go on here; nothing was changed:\ntopic +partition +before +after\n/);
    expect(await offsetsOf(groupId)).toEqual([4, 1]);
    expect(await group('reset', groupId, ...args)).toBe(
      dry.replace('would go on here; nothing was changed', 'goes on here'),
    );
    expect(await offsetsOf(groupId)).toEqual(expected);
  });

  test('a group that is not there yet begins where it is told to, the answer as JSON', async () => {
    expect(jsonLines(await group('reset', 'newborn', '--to-latest', '--topic', 'orders', '--json'))).toEqual([
      {
        groupId: 'newborn',
        dryRun: false,
        partitions: [
          { topic: 'orders', partition: 0, previousOffset: -1, offset: 10 },
          { topic: 'orders', partition: 1, previousOffset: -1, offset: 3 },
          { topic: 'orders', partition: 2, previousOffset: -1, offset: 0 },
        ],
      },
    ]);
  });

  test('a group with a live member is refused, with who it is, and nothing moves', async () => {
    await using consumer = await memberOf('busy');
    expect(await failing('reset', 'busy', '--to-latest')).toMatch(
      /NON_EMPTY_GROUP: group "busy" has 1 member \(.* at .*\): its offsets cannot be reset while they run; stop them first\n$/,
    );
    expect(await offsetsOf('busy')).not.toContain(10);
    expect(consumer.assignment()).toHaveLength(3);
  });

  test.each([
    [
      ['nobody', '--to-latest'],
      'GROUP_ID_NOT_FOUND: group "nobody" has committed nothing; --topic says what a group is to begin with',
    ],
    [
      ['refusals', '--shift-by', '1', '--topic', 'orders:2'],
      'has committed nothing in topic "orders" partition 2, so there is nothing for --shift-by to begin at',
    ],
    [['refusals', '--to-offset', '11', '--topic', 'orders:0'], 'OFFSET_OUT_OF_RANGE: '],
    [
      ['refusals', '--to', 'orders:0=11'],
      'offset 11 is outside of topic "orders" partition 0, which holds 0 to 10',
    ],
    [['refusals', '--to', 'orders:3=0'], 'topic "orders" has no partition 3; it has 0 to 2'],
    [
      ['refusals', '--to-latest', '--topic', 'ordres'],
      'there is no topic "ordres" (did you mean "orders"?)\n',
    ],
    [['refusals', '--to-latest', '--topic', 'orders:7'], 'topic "orders" has no partition 7'],
  ] as [string[], string][])('%j is refused, and nothing moves', async (args, message) => {
    await idleGroup('refusals', 4, 1);
    expect(await failing('reset', ...args)).toContain(message);
    expect(await offsetsOf('refusals')).toEqual([4, 1]);
  });
});

describe('delete', () => {
  test('groups and their offsets', async () => {
    await idleGroup('one', 1);
    await idleGroup('two', 1);
    expect(await group('delete', 'one', 'two')).toBe('Deleted group one.\nDeleted group two.\n');
    expect(await group('list')).not.toMatch(/^(one|two) /m);
    expect(await env.tidelog.admin().fetchOffsets('one')).toEqual([]);
  });

  test('one that is not there names the nearest; with --if-exists that is fine', async () => {
    await idleGroup('shipping', 1);
    expect(await failing('delete', 'shiping')).toContain(
      'there is no group "shiping" (did you mean "shipping"?)',
    );
    expect(jsonLines(await group('delete', 'shiping', 'shipping', '--if-exists', '--json'))).toEqual([
      { groupId: 'shiping', deleted: false },
      { groupId: 'shipping', deleted: true },
    ]);
  });

  test('one with a live member is refused, with who it is', async () => {
    await using consumer = await memberOf('undeletable');
    expect(await failing('delete', 'undeletable')).toMatch(
      /NON_EMPTY_GROUP: group "undeletable" has 1 member \(.*\): it cannot be deleted while they run; stop them first/,
    );
    expect(consumer.assignment()).toHaveLength(3);
  });
});
