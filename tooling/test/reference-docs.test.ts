import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { expectedFile, generatedPages, strayPages } from '../reference-docs.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tidelog-reference-'));
  put('package.json', '{}');
  put('pnpm-workspace.yaml', 'packages:\n  - packages/*\n');
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function putScript(folder: string, pages: Record<string, string>): void {
  put(`${folder}/package.json`, '{"type":"module"}');
  put(`${folder}/scripts/reference.js`, `export const pages = ${JSON.stringify(pages)};`);
}

test('the pages are those of the scripts of all members', async () => {
  putScript('packages/a', { 'docs/reference/a.md': '# A\n' });
  putScript('packages/b', { 'packages/b/README.md#options': '| b |' });
  expect([...(await generatedPages(root))]).toEqual([
    ['docs/reference/a.md', '# A'],
    ['packages/b/README.md#options', '| b |'],
  ]);
});

test('two scripts that write one page are an error', async () => {
  putScript('packages/a', { 'docs/reference/a.md': '1' });
  putScript('packages/b', { 'docs/reference/a.md': '2' });
  await expect(generatedPages(root)).rejects.toThrow('two scripts write docs/reference/a.md');
});

test('a marked part is replaced, and what people wrote around it stays', () => {
  put('README.md', 'before\n<!-- generated: t -->\nold\n<!-- end: t -->\nafter\n');
  const text = 'before\n<!-- generated: t -->\n\nnew\n\n<!-- end: t -->\nafter\n';
  expect(expectedFile(root, 'README.md#t', 'new')).toEqual({ file: 'README.md', text });
});

test('a page without the marks of its part is an error that says which lines to add', () => {
  put('README.md', 'text');
  expect(() => expectedFile(root, 'README.md#t', 'new')).toThrow('has no lines "<!-- generated: t -->"');
});

test('a page of the reference that no script writes is found', () => {
  put('docs/reference/a.md', '');
  put('docs/reference/old.md', '');
  expect(strayPages(root, new Map([['docs/reference/a.md', '']]))).toEqual(['docs/reference/old.md']);
});
