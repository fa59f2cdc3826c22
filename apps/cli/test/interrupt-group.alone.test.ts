import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { finished, spawnCli } from './cli-process.ts';
import { brokerForCli, type CliTestBroker } from './test-broker.ts';

let env: CliTestBroker;
beforeAll(async () => {
  env = await brokerForCli({ topics: { fruit: 1, large: 1 } });
  const producer = env.tidelog.producer({ batchSizeBytes: 50_000 });
  await producer.send({ topic: 'fruit', messages: [{ value: 'apple' }, { value: 'pear' }] });
  const value = Buffer.alloc(10_000, 'x');
  for (let index = 0; index < 400; index++) {
    if (!producer.enqueue('large', { value })) await producer.drained();
  }
  await producer.flush();
});
afterAll(() => env[Symbol.asyncDispose]());

async function committed(group: string): Promise<number | undefined> {
  const [row] = await env.tidelog.admin().fetchOffsets(group);
  return row?.offset;
}

/** Resolves with so many lines of the child's standard output. */
async function firstLines(child: ReturnType<typeof spawnCli>, count: number): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    if (lines.push(line) === count) break;
  }
  return lines;
}

describe('an interrupt while consuming in a group', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    'commits what was printed, leaves the group and ends with 0, on %s',
    async (signal) => {
      const group = `fruit-${signal}`;
      const child = spawnCli(['consume', 'fruit', '--group', group, '--from-beginning', ...env.at]);
      const result = finished(child);
      expect(await firstLines(child, 2)).toEqual(['apple', 'pear']);
      child.kill(signal);
      expect(await result).toMatchObject({ exitCode: 0, stderr: '' });
      expect(await committed(group)).toBe(2);
      const [described] = await env.tidelog.admin().describeGroups([group]);
      expect(described?.members).toEqual([]);
    },
  );

  test('is a failure, with 1, when the records that were asked for are not all printed', async () => {
    const child = spawnCli([
      'consume',
      'fruit',
      '--group',
      'three',
      '--from-beginning',
      '--count',
      '3',
      ...env.at,
    ]);
    const result = finished(child);
    await firstLines(child, 2);
    child.kill('SIGINT');
    expect(await result).toMatchObject({
      exitCode: 1,
      stderr: 'tidelog: interrupted: 2 records printed\n',
    });
    expect(await committed('three')).toBe(2);
  });

  test('does not commit what a reader that does not read was not given', async () => {
    const child = spawnCli(['consume', 'large', '--group', 'stuck', '--from-beginning', ...env.at]);
    const exited = once(child, 'exit');
    await once(child.stdout as NodeJS.ReadableStream, 'readable');
    child.kill('SIGINT');
    child.stdout?.destroy();
    expect(await exited).toEqual([0, null]);
    expect(await committed('stuck')).toBeLessThan(100);
  });
});

describe('an interrupt while watching is its normal end, with 0', () => {
  test.each([
    ['list', '--watch'],
    ['describe', 'fruit-SIGINT', '--watch', '--json'],
  ])('group %s', async (...args) => {
    await env.tidelog.admin().setOffsets('fruit-SIGINT', [{ topic: 'fruit', partition: 0, offset: 2 }]);
    const child = spawnCli(['group', ...args, ...env.at]);
    const result = finished(child);
    await once(child.stdout as NodeJS.ReadableStream, 'data');
    child.kill('SIGINT');
    expect(await result).toMatchObject({ exitCode: 0, stderr: '' });
  });
});
