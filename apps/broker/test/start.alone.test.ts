import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { spawnBroker } from './broker-child.ts';

/** What must be loaded on first use, or not at all. */
const LATE = /\/node_modules\/(?:ioredis|lz4-napi|snappy|zod|ajv|commander|cli-progress|kafkajs)\//;

function residentMegabytes(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kilobytes) / 1024);
}

test('a starting broker loads no codec, no Redis client and no schema library', async () => {
  const preload = ['--import', join(import.meta.dirname, 'list-modules.js')];
  await using broker = await spawnBroker({ nodeArgs: preload });
  await broker.ready;
  const answer = once(broker.process, 'message');
  broker.process.send({ type: 'modules' });
  const [{ urls }] = (await answer) as [{ urls: string[] }];
  expect(urls.length).toBeGreaterThan(20);
  expect(urls.filter((url) => LATE.test(url))).toEqual([]);
  const packages = urls.map((url) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1] ?? '');
  const foreign = [...new Set(packages)].filter((name) => name !== '').sort();
  console.info(`modules at start: ${urls.length}; packages that are not ours: ${foreign.join(', ')}`);
});

test('the time from spawn to ready on existing data, and the memory at rest, are reported', async () => {
  await using first = await spawnBroker({});
  await first.ready;
  first.process.kill('SIGTERM');
  expect(await first.exit).toBe(0);
  const spawnedAtMs = performance.now();
  await using broker = await spawnBroker({ env: { TIDELOG_DATA_DIR: first.dataDir } });
  const { startTimeMs } = await broker.ready;
  const readyMs = Math.round(performance.now() - spawnedAtMs);
  const megabytes = residentMegabytes(broker.process.pid as number);
  console.info(`spawn to ready ${readyMs} ms (own clock ${startTimeMs} ms), resident ${megabytes} MB`);
  expect(startTimeMs).toBeGreaterThan(0);
});
