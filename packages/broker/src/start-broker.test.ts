import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { startBroker } from './start-broker.ts';
import type { StartBrokerOptions } from './options.ts';
import { startTestBroker } from './testing.ts';

const directories: string[] = [];

async function temporaryDirectory(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'tidelog-broker-test-'));
  directories.push(dir);
  return dir;
}

afterEach(async () => {
  for (const dir of directories.splice(0)) await rm(dir, { recursive: true, force: true });
});

describe('starting', () => {
  test('brokers live side by side in one process, each with its own port, directory and cluster', async () => {
    await using one = await startTestBroker();
    await using two = await startTestBroker();
    expect(one.brokers[0]).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(one.brokers).not.toEqual(two.brokers);
    expect(one.dataDir).not.toBe(two.dataDir);
    expect(one.clusterId).not.toBe(two.clusterId);
    expect(one.kafkaBrokers).toEqual([]);
    expect(one.httpUrl).toBeUndefined();
  });

  test('a start adds no handler to the process, and a close leaves none of its directories', async () => {
    const events = ['SIGINT', 'SIGTERM', 'exit', 'uncaughtException', 'unhandledRejection'] as const;
    const counts = (): number[] => events.map((event) => process.listenerCount(event));
    const before = counts();
    const broker = await startBroker();
    expect(counts()).toEqual(before);
    expect(existsSync(broker.dataDir)).toBe(true);
    await broker.close();
    expect(existsSync(broker.dataDir)).toBe(false);
  });

  test('it is ready on HTTP when it is named, and serves its metrics there', async () => {
    await using broker = await startBroker({ http: { port: 0 }, topics: { orders: 3 } });
    const ready = await fetch(`${broker.httpUrl}/readyz`);
    expect(ready.status).toBe(200);
    const page = await (await fetch(`${broker.httpUrl}/metrics`)).text();
    expect(page).toContain('tidelog_topics 1');
    expect(page).toContain('tidelog_partitions 3');
  });

  test.each<[StartBrokerOptions, string, string]>([
    [{ prt: 1 } as StartBrokerOptions, 'INVALID_ARGUMENT', 'did you mean "port"?'],
    [{ kafka: true } as unknown as StartBrokerOptions, 'INVALID_ARGUMENT', 'kafka is'],
    [{ topicDefaults: { x: 1 } }, 'INVALID_CONFIG', 'there is no config "x"'],
    [{ topics: { 'a b': 1 } }, 'INVALID_TOPIC_EXCEPTION', '"a b"'],
    [{ topics: { a: 0.5 } }, 'INVALID_ARGUMENT', 'topics is'],
    [{ topics: { a: { configs: { 'retention.ms': 'x' } } } }, 'INVALID_CONFIG', 'retention.ms is "x"'],
  ])('%j is refused', async (options, code, message) => {
    await expect(startBroker(options)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
  });

  test('a port that is taken is refused by name, and the directory is free again', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const dataDir = await temporaryDirectory();
    await expect(startBroker({ dataDir, port })).rejects.toMatchObject({
      code: 'PORT_IN_USE',
      message: expect.stringContaining('port'),
    });
    await expect(startBroker({ dataDir, http: { port } })).rejects.toMatchObject({ code: 'PORT_IN_USE' });
    await new Promise((resolve) => server.close(resolve));
    await (await startBroker({ dataDir, port })).close();
  });

  test('a data directory in use, not writable, of another broker id or of a newer format is refused', async () => {
    const dataDir = await temporaryDirectory();
    {
      await using _holder = await startBroker({ dataDir });
      await expect(startBroker({ dataDir })).rejects.toMatchObject({ code: 'DATA_DIR_LOCKED' });
    }
    await expect(startBroker({ dataDir, brokerId: 2 })).rejects.toMatchObject({
      message: expect.stringContaining('1'),
    });
    await writeFile(join(dataDir, 'a-file'), '');
    await expect(startBroker({ dataDir: join(dataDir, 'a-file') })).rejects.toMatchObject({
      code: 'DATA_DIR_NOT_WRITABLE',
    });
    const metaPath = join(dataDir, 'meta.properties');
    const meta = await readFile(metaPath, 'utf8');
    await writeFile(metaPath, meta.replace(/^version=.*$/m, 'version=99'));
    await expect(startBroker({ dataDir })).rejects.toMatchObject({
      code: 'DATA_DIR_FORMAT',
      message: expect.stringContaining('99'),
    });
  });

  test('a signal that is aborted stops the start, and later closes the broker', async () => {
    await expect(startBroker({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'ABORTED' });
    const controller = new AbortController();
    const broker = await startBroker({ signal: controller.signal });
    controller.abort();
    await broker.close();
    expect(existsSync(broker.dataDir)).toBe(false);
    expect(broker.status().phase).toBe('closing');
  });
});

describe('closing', () => {
  test('it is idempotent, and the data directory can be opened again with what was in it', async () => {
    const dataDir = await temporaryDirectory();
    const broker = await startBroker({ dataDir, topics: { orders: 3 } });
    await Promise.all([broker.close(), broker.close()]);
    await using again = await startBroker({ dataDir });
    expect(again.clusterId).toBe(broker.clusterId);
    expect(again.status()).toMatchObject({ topicCount: 1, partitionCount: 3, phase: 'ready' });
  });

  test('topics that exist are left as they are', async () => {
    const dataDir = await temporaryDirectory();
    await (await startBroker({ dataDir, topics: { orders: 3 } })).close();
    await using again = await startBroker({ dataDir, topics: { orders: 5, more: 1 } });
    expect(again.status()).toMatchObject({ topicCount: 2, partitionCount: 4 });
  });
});
