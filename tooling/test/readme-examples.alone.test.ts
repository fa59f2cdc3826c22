import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { firstExample, publishedPackages, runReadmeExample } from '../readme-examples.js';

const libraries = publishedPackages().filter(({ manifest }) => manifest.bin === undefined);

/** A project outside the workspace in which the names of our packages lead to their sources. */
let project: string;
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'tidelog-readme-'));
  mkdirSync(join(project, 'node_modules/@tidelog'), { recursive: true });
  for (const { folder } of libraries) {
    symlinkSync(folder, join(project, 'node_modules/@tidelog', basename(folder)));
  }
});
afterAll(() => {
  rmSync(project, { recursive: true });
});

test('an example is the first ts or js block of a README', () => {
  expect(firstExample('# a\n\n```sh\nnpm i\n```\n\n```ts\nlet a = 1;\n```\n\n```js\nb\n```\n')).toBe(
    'let a = 1;\n',
  );
  expect(firstExample('# a\n\n```sh\nnpm i\n```\n')).toBeUndefined();
});

describe('the example in the README runs from source', () => {
  test.each(libraries.map(({ manifest, folder }) => [manifest.name as string, folder]))(
    '%s',
    async (_name, folder) => {
      await runReadmeExample(folder, { cwd: project, nodeArgs: ['--conditions=@tidelog/source'] });
    },
  );
});
