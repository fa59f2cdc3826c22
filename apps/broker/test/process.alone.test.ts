import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { spawnBroker, type BrokerChild } from './broker-child.ts';

const CLEAN_SHUTDOWN_FILE = '.kafka_cleanshutdown';
const closings = ({ output }: BrokerChild): number => output.stderr.split('"msg":"closing"').length - 1;

describe('the process closes once and exits with 0', () => {
  const wishes: Record<string, (broker: BrokerChild) => void> = {
    'on SIGINT': ({ process }) => process.kill('SIGINT'),
    'on SIGTERM': ({ process }) => process.kill('SIGTERM'),
    'on SIGHUP': ({ process }) => process.kill('SIGHUP'),
    'on the shutdown message': ({ process }) => process.send({ type: 'shutdown' }),
    'when the channel to its parent breaks': ({ process }) => {
      process.disconnect();
    },
    'on all of them at once': ({ process }) => {
      process.send({ type: 'shutdown' });
      process.kill('SIGINT');
      process.kill('SIGTERM');
      process.disconnect();
    },
  };
  test.each(Object.entries(wishes))('%s', async (_name, wish) => {
    await using broker = await spawnBroker({});
    await broker.ready;
    wish(broker);
    expect(await broker.exit).toBe(0);
    expect(closings(broker)).toBe(1);
    expect(broker.output.stdout).toContain('Closed cleanly.');
    expect(existsSync(join(broker.dataDir, CLEAN_SHUTDOWN_FILE))).toBe(true);
  });
});

test('a wish to stop that comes while the broker starts closes it as soon as it is up', async () => {
  await using broker = await spawnBroker({});
  broker.process.send({ type: 'shutdown' });
  expect(await broker.exit).toBe(0);
  expect(existsSync(join(broker.dataDir, CLEAN_SHUTDOWN_FILE))).toBe(true);
});

describe('a broker that cannot start says why in one line and exits', () => {
  test('with 2 for an unknown variable, naming the nearest', async () => {
    await using broker = await spawnBroker({ env: { TIDELOG_PROT: '1' } });
    expect(await broker.exit).toBe(2);
    expect(broker.output.stderr).toBe(
      'tidelog-broker: environment: unknown variable TIDELOG_PROT; did you mean TIDELOG_PORT?\n',
    );
  });

  test('with 1 for a data directory that another broker holds', async () => {
    await using first = await spawnBroker({});
    await first.ready;
    await using second = await spawnBroker({ env: { TIDELOG_DATA_DIR: first.dataDir } });
    expect(await second.exit).toBe(1);
    expect(second.output.stderr).toContain('DATA_DIR_LOCKED');
  });

  test.each(['TIDELOG_PORT', 'TIDELOG_KAFKA_PORT', 'TIDELOG_HTTP_PORT'])(
    'with 1 for a port that is taken, naming the setting %s and no other',
    async (variable) => {
      await using first = await spawnBroker({});
      const { brokers } = await first.ready;
      const port = String(brokers[0]).split(':').at(-1) as string;
      await using second = await spawnBroker({ env: { [variable]: port } });
      expect(await second.exit).toBe(1);
      expect(second.output.stderr).toContain('PORT_IN_USE');
      expect(second.output.stderr).toContain(`127.0.0.1:${port}`);
      expect(second.output.stderr).toContain(`(set by ${variable})`);
    },
  );

  test('with 2 for several wrong settings, each on a line of its own', async () => {
    await using broker = await spawnBroker({ env: { TIDELOG_PROT: '1', TIDELOG_KAFKA: 'no' } });
    expect(await broker.exit).toBe(2);
    expect(broker.output.stderr).toBe(
      'tidelog-broker: 2 settings are wrong:\n' +
        '  environment: unknown variable TIDELOG_PROT; did you mean TIDELOG_PORT?\n' +
        '  environment: TIDELOG_KAFKA is "no"; it must be true or false\n',
    );
  });

  test('with 2 for a topic config that does not exist, which only another setting mends', async () => {
    await using holder = await spawnBroker({});
    await holder.ready;
    const file = join(holder.dataDir, 'settings.json');
    writeFileSync(file, JSON.stringify({ topicDefaults: { 'retention.mss': 1 } }));
    await using broker = await spawnBroker({ env: { TIDELOG_CONFIG_FILE: file } });
    expect(await broker.exit).toBe(2);
    expect(broker.output.stderr).toContain('retention.ms');
  });

  test('with 1 for a data directory that is a file', async () => {
    await using holder = await spawnBroker({});
    await holder.ready;
    const file = join(holder.dataDir, 'file');
    writeFileSync(file, '');
    await using broker = await spawnBroker({ env: { TIDELOG_DATA_DIR: file } });
    expect(await broker.exit).toBe(1);
    expect(broker.output.stderr).toContain('DATA_DIR_NOT_WRITABLE');
  });
});
