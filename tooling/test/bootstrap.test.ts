import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BootstrapError, bootstrap, readSources, whyInstall, workspaceFolders } from '../bootstrap.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tidelog-bootstrap-'));
  put('package.json', JSON.stringify({ devDependencies: { turbo: '1' }, optionalDependencies: {} }));
  put('pnpm-workspace.yaml', 'packages:\n  - packages/*\n  - examples\n\ncatalog:\n  long: 1.0.0\n');
  put('packages/log/package.json', JSON.stringify({ dependencies: { long: 'catalog:' } }));
  put('pnpm-lock.yaml', 'lock 1');
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function putInstalled(): void {
  put('node_modules/.modules.yaml', '');
  put('node_modules/.pnpm/lock.yaml', 'lock 1');
  put('node_modules/turbo/package.json', '{}');
  put('packages/log/node_modules/long/package.json', '{}');
}

test('the folders of the workspace are the root and what pnpm-workspace.yaml lists', () => {
  put('examples/package.json', '{}');
  put('packages/no-package/README.md', '');
  const expected = [root, join(root, 'packages/log'), join(root, 'examples')];
  expect(workspaceFolders(root)).toEqual(expected);
});

describe('an install is needed', () => {
  test('on the first run, and no more once pnpm has finished', () => {
    expect(whyInstall(root)).toBe('first run');
    putInstalled();
    expect(whyInstall(root)).toBeUndefined();
  });

  test('when the lock file is another one than at the last install', () => {
    putInstalled();
    put('pnpm-lock.yaml', 'lock 2');
    expect(whyInstall(root)).toBe('the lock file changed');
  });

  test('when a dependency is gone from the folder of its package', () => {
    putInstalled();
    rmSync(join(root, 'packages/log/node_modules'), { recursive: true });
    expect(whyInstall(root)).toBe('packages/log misses long');
  });
});

describe('the hash of the sources', () => {
  beforeEach(() => {
    put('packages/log/tsconfig.build.json', '{}');
    put('packages/log/src/index.ts', 'export {};');
  });

  test('changes with a source and not with a test', () => {
    const before = readSources(root).hash;
    put('packages/log/src/index.test.ts', 'test');
    expect(readSources(root).hash).toBe(before);
    put('packages/log/src/index.ts', 'export { };');
    expect(readSources(root).hash).not.toBe(before);
  });

  test('names the file that each source becomes', () => {
    put('packages/log/src/segments/segment.ts', '');
    expect(readSources(root).outputs.sort()).toEqual([
      join(root, 'packages/log/dist/index.js'),
      join(root, 'packages/log/dist/segments/segment.js'),
    ]);
  });
});

test('a platform for which the workspace brings no Node and whose own is too old gets one clear line', async () => {
  const version = Object.getOwnPropertyDescriptor(process, 'version') as PropertyDescriptor;
  Object.defineProperty(process, 'version', { value: 'v20.20.2', configurable: true });
  try {
    const failure = await bootstrap({ root, report: () => undefined }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(BootstrapError);
    expect((failure as Error).message).toMatch(
      /^Tidelog needs Node 24 or newer on .*, and this is Node v20.20.2: .*$/,
    );
  } finally {
    Object.defineProperty(process, 'version', version);
  }
});
