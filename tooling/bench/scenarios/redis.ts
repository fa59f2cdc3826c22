/** The same records into a Redis stream, pipelined, where redis-server is installed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { Redis } from 'ioredis';
import type { Figure } from '../figures.ts';
import { scratchDirectory, startChild } from '../processes.ts';
import type { ClientResult } from '../client-process.ts';
import { withBroker } from './broker-frames.ts';
import type { Scenario, ScenarioContext } from './scenario.ts';

const PIPELINE = 1000;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/** XADD per second in pipelines of 1,000, without persistence: Redis at its fastest. */
async function redisRate(context: ScenarioContext): Promise<number | undefined> {
  await using directory = await scratchDirectory(context.scratchRoot);
  const port = await freePort();
  const server = spawn(
    'redis-server',
    [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'no',
      '--dir',
      directory.path,
    ],
    { stdio: 'ignore' },
  );
  const started = await Promise.race([
    once(server, 'spawn').then(() => true),
    once(server, 'error').then(() => false),
  ]);
  if (!started) return undefined;
  const redis = new Redis({ port, host: '127.0.0.1' });
  try {
    const value = Buffer.alloc(100, 'tidelog ');
    let records = 0;
    const startedMs = performance.now();
    while (performance.now() - startedMs < context.durationMs) {
      const pipelines = Array.from({ length: 2 }, () => {
        const pipeline = redis.pipeline();
        for (let index = 0; index < PIPELINE; index++) pipeline.xadd('bench', '*', 'key-000001', value);
        return pipeline.exec();
      });
      await Promise.all(pipelines);
      records += 2 * PIPELINE;
    }
    return records / ((performance.now() - startedMs) / 1000);
  } finally {
    redis.disconnect();
    server.kill('SIGTERM');
    await once(server, 'exit');
  }
}

export const redisScenario: Scenario = {
  name: 'redis',
  title: 'Against a Redis stream',
  async run(context) {
    const redis = await redisRate(context);
    if (redis === undefined) {
      console.error('redis: skipped, redis-server is not installed (Debian package redis-server)');
      return [];
    }
    const rate = await withBroker(context, { durability: 'page-cache', partitions: 4 }, async (address) => {
      await using client = await startChild('./client-process.ts', {
        role: 'produce',
        address,
        topic: 'bench',
        batchRecords: 1000,
        durationMs: context.durationMs,
      });
      const result = await client.ask<ClientResult>({ run: true });
      return result.records / result.seconds;
    });
    const figures: Figure[] = [
      {
        what: 'produced records over pipelined XADD',
        value: rate / redis,
        unit: '×',
        target: { value: 8, better: 'more' },
        note: `XADD without persistence ${(redis / 1e6).toFixed(2)} M/s, Tidelog page cache ${(rate / 1e6).toFixed(2)} M/s`,
      },
    ];
    return figures;
  },
};
