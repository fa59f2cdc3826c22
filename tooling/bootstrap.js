/**
 * Brings a clone to the point where its programs run: Node 24, dependencies, built sources. Behind `npm start`
 * and `npm test`.
 *
 * Every step first looks whether it is needed, reads only local files for that, and so costs milliseconds and
 * no network once done:
 * - install: the lock file differs from the copy that pnpm leaves beside what it installed
 *   (node_modules/.pnpm/lock.yaml, written last), or a dependency named in a package.json is not in place;
 * - build: the contents of the sources differ from those of the last successful build (.bootstrap-stamp), or
 *   one of its outputs is missing.
 * A run that was interrupted leaves both conditions true: the next one repeats the step.
 *
 * Plain JavaScript for Node 20: it runs before anything is installed.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runGuarded } from './guarded-process.js';

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const OLDEST_SYSTEM_NODE = 20;
const OLDEST_NODE = 24;
/** tsc follows the project references of these to every package. */
const PROGRAMS = ['apps/broker', 'apps/cli'];

/** A failure that one line (or the captured output of a tool) explains; callers print it without a stack. */
export class BootstrapError extends Error {
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

const majorOf = (version) => Number(version.replace(/^v/, '').split('.')[0]);
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));
const sameBytes = (a, b) => existsSync(a) && existsSync(b) && readFileSync(a).equals(readFileSync(b));

/** The folders that hold a package.json: the root and the members that pnpm-workspace.yaml lists (`a/b` or `a/*`). */
export function workspaceFolders(root = ROOT) {
  const [, list] = /^packages:\n((?: {2}- .*\n)+)/m.exec(
    readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8'),
  );
  const members = list
    .trim()
    .split('\n')
    .map((line) => line.replace(/^ *- /, ''))
    .flatMap((pattern) => {
      if (!pattern.endsWith('/*')) return [join(root, pattern)];
      const parent = join(root, pattern.slice(0, -2));
      return existsSync(parent) ? readdirSync(parent).map((name) => join(parent, name)) : [];
    });
  return [root, ...members].filter((folder) => existsSync(join(folder, 'package.json')));
}

/** Says why an install is needed, or undefined. */
export function whyInstall(root = ROOT) {
  if (!existsSync(join(root, 'node_modules', '.modules.yaml'))) return 'first run';
  if (!sameBytes(join(root, 'pnpm-lock.yaml'), join(root, 'node_modules', '.pnpm', 'lock.yaml'))) {
    return 'the lock file changed';
  }
  for (const folder of workspaceFolders(root)) {
    const { dependencies, devDependencies } = readJson(join(folder, 'package.json'));
    for (const name of Object.keys({ ...dependencies, ...devDependencies })) {
      if (!existsSync(join(folder, 'node_modules', name, 'package.json'))) {
        return `${relative(root, folder) || 'the root'} misses ${name}`;
      }
    }
  }
  return undefined;
}

function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

/** Reads what a build reads: `{ hash, outputs }`, the hash of all sources and the files that the build writes. */
export function readSources(root = ROOT) {
  const hash = createHash('sha256');
  const outputs = [];
  const sources = filesBelow(join(root, 'tooling', 'tsconfig'));
  for (const folder of workspaceFolders(root)) {
    if (!existsSync(join(folder, 'tsconfig.build.json'))) continue;
    sources.push(join(folder, 'tsconfig.build.json'), join(folder, 'package.json'));
    sources.push(...filesBelow(join(folder, 'gen')));
    for (const path of filesBelow(join(folder, 'src'))) {
      if (path.endsWith('.test.ts')) continue;
      sources.push(path);
      const built = join(folder, 'dist', relative(join(folder, 'src'), path));
      if (path.endsWith('.ts') && !path.endsWith('.d.ts')) outputs.push(built.replace(/\.ts$/, '.js'));
    }
  }
  for (const path of sources.sort()) hash.update(`${relative(root, path)}\n`).update(readFileSync(path));
  return { hash: hash.digest('hex'), outputs };
}

/** The Node that runs Tidelog: the workspace's own, else the one that runs this script when it is new enough. */
export function nodePath(root = ROOT) {
  const own = join(root, 'node_modules', '.bin', 'node');
  return existsSync(own) ? own : process.execPath;
}

/** The environment in which tools run: the workspace's programs, its Node among them, come first on PATH. */
export function toolEnvironment(root = ROOT) {
  const separator = process.platform === 'win32' ? ';' : ':';
  return {
    ...process.env,
    PATH: `${join(root, 'node_modules', '.bin')}${separator}${process.env.PATH ?? ''}`,
  };
}

function checkSystemNode(root) {
  const major = majorOf(process.version);
  const bundled =
    `node-${process.platform}-${process.arch}` in readJson(join(root, 'package.json')).optionalDependencies;
  if (major < OLDEST_SYSTEM_NODE || (!bundled && major < OLDEST_NODE)) {
    const needed = bundled ? OLDEST_SYSTEM_NODE : OLDEST_NODE;
    throw new BootstrapError(
      `Tidelog needs Node ${needed} or newer on ${process.platform}-${process.arch}, and this is Node ${process.version}: install a newer one and try again.`,
    );
  }
}

function checkInstalledNode(root) {
  const node = nodePath(root);
  const { stdout, error } = spawnSync(node, ['--version'], { encoding: 'utf8' });
  if (error !== undefined || majorOf(stdout ?? '') < OLDEST_NODE || !/^v\d/.test(stdout ?? '')) {
    throw new BootstrapError(
      `Tidelog needs Node ${OLDEST_NODE} or newer, and none that came with the workspace runs here (${node}): put one on PATH and try again.`,
    );
  }
}

async function runTool(what, command, args, { root, signal, env = toolEnvironment(root) }) {
  const { exitCode, output } = await runGuarded(command, args, { cwd: root, env, capture: true, signal });
  signal?.throwIfAborted();
  if (exitCode !== 0)
    throw new BootstrapError(`${output.trimEnd()}\n${what} failed (exit code ${exitCode}).`);
}

/** The command that runs the workspace's pnpm: from npm's cache when it is there, so that no network is needed. */
export function pnpmCommand(root = ROOT) {
  return ['npx', '--prefer-offline', '-y', readJson(join(root, 'package.json')).packageManager];
}

async function install(root, signal) {
  const [command, ...args] = pnpmCommand(root);
  args.push('install', '--frozen-lockfile', '--prefer-offline', '--config.confirm-modules-purge=false');
  await runTool('Installing the dependencies', command, args, { root, signal, env: process.env });
  checkInstalledNode(root);
}

async function build(root, signal) {
  const { hash, outputs } = readSources(root);
  const missing = outputs.some((path) => !existsSync(path));
  const stamp = join(root, '.bootstrap-stamp');
  if (!missing && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return false;
  const projects = PROGRAMS.map((program) => join(program, 'tsconfig.build.json'));
  // --force: tsc trusts its own records and would not write a deleted output again.
  const args = ['-b', ...(missing ? ['--force'] : []), ...projects];
  const tsc = join(root, 'node_modules', 'typescript-native', 'bin', 'tsc');
  await runTool('The build', nodePath(root), [tsc, ...args], { root, signal });
  writeFileSync(stamp, hash);
  return true;
}

/**
 * Makes `npx tidelog` run the command line of this clone, under the workspace's Node: the root cannot depend on
 * a member of the workspace, because then `npm install` would fail there.
 */
function linkCommandLine(root) {
  const shim = join(root, 'node_modules', '.bin', 'tidelog');
  if (existsSync(shim) || process.platform === 'win32') return;
  mkdirSync(dirname(shim), { recursive: true });
  const script = [
    '#!/bin/sh',
    'here=$(dirname "$(readlink -f "$0")")',
    'node="$here/node"',
    '[ -x "$node" ] || node=node',
    'exec "$node" "$here/../../apps/cli/dist/main.js" "$@"',
    '',
  ];
  writeFileSync(shim, script.join('\n'), { mode: 0o755 });
}

/**
 * Installs and builds what is not up to date. `report(line)` gets a line per stage with its time. Aborting
 * `signal` stops the tool that runs, with all its children, and rejects. Throws BootstrapError when a step
 * cannot succeed.
 * @param {{ root?: string, report?: (line: string) => void, signal?: AbortSignal }} options
 */
export async function bootstrap({ root = ROOT, report = console.error, signal } = {}) {
  checkSystemNode(root);
  const reason = whyInstall(root);
  if (reason !== undefined) {
    report(`install: ${reason}; this can take half a minute …`);
    await timed('install', report, () => install(root, signal));
  }
  await timed('build', report, async () => ((await build(root, signal)) ? undefined : 'up to date'));
  linkCommandLine(root);
}

/**
 * Runs one stage and reports its name, its time and what it returned to say about itself.
 * @param {string} name
 * @param {(line: string) => void} report
 * @param {() => Promise<string | undefined | void>} run
 */
export async function timed(name, report, run) {
  const startMs = performance.now();
  const remark = await run();
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
  report(`${name}: ${seconds} s${remark === undefined ? '' : ` (${remark})`}`);
}
