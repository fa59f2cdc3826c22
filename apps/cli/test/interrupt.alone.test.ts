import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { finished, spawnCli } from './cli-process.ts';
import { brokerForCli, valuesOf, type CliTestBroker } from './test-broker.ts';

let env: CliTestBroker;
beforeAll(async () => {
  env = await brokerForCli({ topics: { fruit: 1, large: 1, typed: 1 } });
  const producer = env.tidelog.producer();
  await producer.send({ topic: 'fruit', messages: [{ value: 'apple' }] });
  const value = Buffer.alloc(1000, 'x');
  for (let index = 0; index < 10_000; index++) {
    if (!producer.enqueue('large', { value })) await producer.drained();
  }
  await producer.flush();
});
afterAll(() => env[Symbol.asyncDispose]());

describe('an interrupt while consuming', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('is its normal end, with 0, on %s', async (signal) => {
    const child = spawnCli(['consume', 'fruit', '--from-beginning', ...env.at]);
    const result = finished(child);
    await once(child.stdout as NodeJS.ReadableStream, 'data');
    child.kill(signal);
    expect(await result).toEqual({ exitCode: 0, stdout: Buffer.from('apple\n'), stderr: '' });
  });

  test('is a failure, with 1, when the records that were asked for are not all printed', async () => {
    const child = spawnCli(['consume', 'fruit', '--from-beginning', '--count', '2', ...env.at]);
    const result = finished(child);
    await once(child.stdout as NodeJS.ReadableStream, 'data');
    child.kill('SIGINT');
    expect(await result).toEqual({
      exitCode: 1,
      stdout: Buffer.from('apple\n'),
      stderr: 'tidelog: interrupted: 1 record printed\n',
    });
  });

  test('ends the wait for a reader that does not read', async () => {
    const child = spawnCli(['consume', 'large', '--from-beginning', '--exit-at-end', ...env.at]);
    const stderr: Buffer[] = [];
    child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk));
    await once(child.stdout as NodeJS.ReadableStream, 'readable');
    child.kill('SIGINT');
    await once(child.stderr as NodeJS.ReadableStream, 'data');
    expect(Buffer.concat(stderr).toString()).toMatch(/^tidelog: interrupted: \d+ records? printed\n$/);
    const { exitCode, stdout } = await finished(child);
    expect(exitCode).toBe(1);
    expect(stdout.length).toBeLessThan(5_000_000);
  });

  test('that comes twice ends the process by the signal when the reader still does not read', async () => {
    const child = spawnCli(['consume', 'large', '--from-beginning', '--exit-at-end', ...env.at]);
    const exited = once(child, 'exit');
    await once(child.stdout as NodeJS.ReadableStream, 'readable');
    child.kill('SIGINT');
    await once(child.stderr as NodeJS.ReadableStream, 'data');
    child.kill('SIGINT');
    const [, signal] = (await exited) as [number | null, string | null];
    expect(signal).toBe('SIGINT');
  });
});

test('an interrupt while producing delivers what was read and fails, with 1', async () => {
  const child = spawnCli(['produce', 'typed', '--linger-ms', '0', ...env.at]);
  const result = finished(child);
  child.stdin?.on('error', () => undefined);
  child.stdin?.write('one\ntwo\nhal');
  await using consumer = env.tidelog.consumer({ topics: ['typed'], startFrom: 'earliest' });
  for await (const { value } of consumer) if (value?.toString() === 'two') break;
  child.kill('SIGINT');
  const { exitCode, stdout, stderr } = await result;
  expect(exitCode).toBe(1);
  expect(stdout.toString()).toMatch(/^Produced 2 records to typed/);
  expect(stderr).toBe(
    'tidelog: delivering what was read; Ctrl-C again to leave at once\n' +
      'tidelog: interrupted: 2 records read and delivered\n',
  );
  expect(await valuesOf(env.tidelog, 'typed')).toEqual(['one', 'two']);
});

test('an interrupt while measuring prints what was measured until then', async () => {
  const child = spawnCli(['bench', 'produce', 'large', '--records', '1000000000', '--json', ...env.at]);
  const result = finished(child);
  // A line of progress shows that it is in the middle.
  await once(child.stderr as NodeJS.ReadableStream, 'data');
  child.kill('SIGINT');
  const { exitCode, stdout } = await result;
  expect(exitCode).toBe(1);
  expect((JSON.parse(stdout.toString()) as { records: number }).records).toBeGreaterThan(0);
});
