import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

test('a start loads nothing that only some brokers need', async () => {
  const program = join(import.meta.dirname, 'loaded-modules.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=@tidelog/source', program]);
  const urls = JSON.parse(stdout) as string[];
  expect(urls.length).toBeGreaterThan(20);
  const unwanted =
    /node_modules\/(prom-client|pino|lz4-napi|snappy|ioredis|re2js)\/|^node:https?$|\/http-listener|\/groups\/(decide|group-shard)\.|\/kafka-protocol\//;
  expect(urls.filter((url) => unwanted.test(url))).toEqual([]);
});
