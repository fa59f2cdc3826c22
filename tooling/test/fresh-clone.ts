/**
 * A clone of the working tree, as a fresh machine would have it: the files that git knows or would know, nothing
 * installed and nothing built, and an environment without what `npm test` put into it.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { ROOT } from '../bootstrap.js';

export interface FreshClone {
  readonly root: string;
  remove(): void;
}

export function freshClone(): FreshClone {
  const root = mkdtempSync(join(tmpdir(), 'tidelog-clone-'));
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  });
  for (const path of listed.split('\0')) {
    if (path !== '' && existsSync(join(ROOT, path))) cpSync(join(ROOT, path), join(root, path));
  }
  return {
    root,
    remove: () => {
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** npm's settings that say where packages come from; all others are of the `npm test` around the test. */
const KEPT = /^npm_config_(?:registry|cache|userconfig)$/i;

/** The environment of a person's shell: no variables of npm, vitest or Tidelog, the workspace not on PATH. */
export function shellEnvironment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(process.env)) {
    const foreign =
      /^(?:npm_|vitest|tidelog_|node_options$|node_env$|init_cwd$)/i.test(name) && !KEPT.test(name);
    if (!foreign) env[name] = value;
  }
  const folders = (process.env.PATH ?? '').split(delimiter);
  env.PATH = folders.filter((folder) => !folder.includes('node_modules')).join(delimiter);
  return env;
}
