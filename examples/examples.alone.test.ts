import { startTestBroker } from '@tidelog/broker/testing';
import { execFile } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const FOLDER = import.meta.dirname;
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));

test('the README lists every example', () => {
  const listed = [...readFileSync(join(FOLDER, 'README.md'), 'utf8').matchAll(/\]\(([\w-]+\.ts)\)/g)];
  expect(listed.map(([, name]) => name).sort()).toEqual(files.sort());
});

test.each(files)('%s runs against a broker', async (file) => {
  await using broker = await startTestBroker();
  const address = broker.brokers[0] as string;
  const args = ['--conditions=@tidelog/source', join(FOLDER, file), address];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 30_000 });
  expect(stdout).not.toBe('');
});
