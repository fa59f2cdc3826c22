import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from '../bootstrap.js';
import { executedBlocks, publishedPackages, runBlock, startExampleBroker } from '../readme-examples.js';
import { requireSystemPackage } from '../system-packages.js';

const blocks = executedBlocks(readFileSync(join(ROOT, 'README.md'), 'utf8'));
const hasKcat = requireSystemPackage('kcat');

let broker: Awaited<ReturnType<typeof startExampleBroker>>;
/** A project outside the workspace that has our packages, as their sources, and kafkajs. */
let project: string;
beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), 'tidelog-readme-'));
  mkdirSync(join(project, 'node_modules/@tidelog'), { recursive: true });
  for (const { folder, manifest } of publishedPackages()) {
    if (manifest.bin === undefined) {
      symlinkSync(folder, join(project, 'node_modules/@tidelog', basename(folder)));
    }
  }
  const kafkajs = join(ROOT, 'tooling/kafka-conformance/node_modules/kafkajs');
  symlinkSync(kafkajs, join(project, 'node_modules/kafkajs'));
  broker = await startExampleBroker();
});
afterAll(async () => {
  await broker.close();
  rmSync(project, { recursive: true });
});

test('a block is executed when it says so', () => {
  const text = [
    '```sh\nno\n```\n\n<!-- executed -->\n\n```sh\none\n```\n',
    '<!-- executed with kcat until "x y" -->\n\n```ts\ntwo\n```\n',
  ].join('\n');
  expect(executedBlocks(text)).toEqual([
    { language: 'sh', code: 'one\n', needs: undefined, until: undefined },
    { language: 'ts', code: 'two\n', needs: 'kcat', until: 'x y' },
  ]);
});

describe('the README of the workspace, block by block', () => {
  const titled = blocks.map((block) => [block.code.split('\n')[0] as string, block] as const);

  test.each(titled)('%s', async (_title, block) => {
    // What kafkajs waits for was sent by kcat.
    if (block.needs !== undefined && !hasKcat) return;
    await runBlock(block, { cwd: project, nodeArgs: ['--conditions=@tidelog/source'], broker });
  });
});
