import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { jsonLines, outputOf, runCli } from './cli-process.ts';
import { brokerForCli, type CliTestBroker } from './test-broker.ts';

let env: CliTestBroker;
beforeAll(async () => {
  env = await brokerForCli({ kafka: { port: 0 }, topics: { fruit: 2 } });
});
afterAll(() => env[Symbol.asyncDispose]());

/** A client that asks for the telemetry of KIP-714 (API key 71), as newer ones do when they are told to. */
async function askForTelemetry(address: string): Promise<void> {
  const [host, port] = address.split(':') as [string, string];
  const socket = connect({ host, port: Number(port) });
  socket.on('error', () => undefined);
  socket.resume();
  await once(socket, 'connect');
  socket.write(Buffer.from('0000000f0047000000000001000573686f7073', 'hex'));
  await once(socket, 'close');
}

test('doctor shows the checks, who is connected and what they speak, and what they miss', async () => {
  await env.tidelog.admin().listTopics();
  expect(await outputOf(['doctor', ...env.at])).toContain(
    'No client asked for what this broker does not have.\n',
  );
  await askForTelemetry(env.broker.kafkaBrokers[0]!);
  const lines = (await outputOf(['doctor', ...env.at])).split('\n');
  expect(lines.slice(0, 4)).toEqual([
    expect.stringMatching(/^ok {4}native listener: broker 1 of cluster \S+, version \S+, up \d+ (s|min)$/),
    expect.stringMatching(/^ok {4}Kafka listener: 127\.0\.0\.1:\d+ answers and offers \d+ APIs$/),
    expect.stringMatching(/^ok {4}disk: \S+, durability page-cache, [\d.]+ GiB free$/),
    'ok    partitions: 2 partitions of 1 topic, none in use is damaged',
  ]);
  expect(lines.find((line) => line.startsWith('tidelog-cli'))).toMatch(
    /tidelog-cli +\S+ \S+ +native +127\.0\.0\.1 +\d+ s +\d+ {2}HELLO 1, DESCRIBE_BROKER 1$/,
  );
  expect(lines.find((line) => line.startsWith('API 71'))).toMatch(
    /^API 71 v0 +unknown api +1 +\d+ s ago +shops +– +kafka +127\.0\.0\.1$/,
  );
});

test('with --json doctor prints one object', async () => {
  const [described] = jsonLines(await outputOf(['doctor', '--json', ...env.at]));
  expect(described).toMatchObject({
    brokerId: 1,
    clusterId: env.broker.clusterId,
    checks: [
      { check: 'native listener', ok: true },
      { check: 'Kafka listener', ok: true },
      { check: 'disk', ok: true },
      { check: 'partitions', ok: true },
    ],
    clients: expect.arrayContaining([expect.objectContaining({ clientId: 'tidelog-cli' })]) as unknown,
  });
});

test('a broker without a Kafka listener is well', async () => {
  await using plain = await brokerForCli();
  expect(await outputOf(['doctor', ...plain.at])).toContain('ok    Kafka listener: there is none\n');
});

test('an address that clients are told and cannot use fails, after everything was shown', async () => {
  await using lost = await brokerForCli({
    kafka: { port: 0, advertisedHost: '127.0.0.1', advertisedPort: 1 },
  });
  const { exitCode, stdout, stderr } = await runCli(['doctor', ...lost.at]);
  expect(exitCode).toBe(1);
  expect(stdout.toString()).toMatch(
    /^FAIL {2}Kafka listener: clients are told an address .*127\.0\.0\.1:1: /m,
  );
  expect(stdout.toString()).toContain('connection');
  expect(stderr).toBe('tidelog: 1 check of 4 failed: Kafka listener\n');
});

test('no broker is said as by every command', async () => {
  const { exitCode, stderr } = await runCli(['doctor', '--broker', '127.0.0.1:1']);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^tidelog: CONNECTION_FAILED: /);
});
