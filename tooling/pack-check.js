/**
 * `pnpm pack:check`: is each package fit to be published? For every member of the workspace that is not private:
 * packs it; checks the tarball with publint and attw; installs the tarball, with those of our packages that it
 * needs, into an empty project outside the workspace, once with and once without optional dependencies; and runs
 * the example of its README there (for a package with a command: the command's --help).
 *
 *   node tooling/pack-check.js [name …]     only the packages of these names, without @tidelog/
 *
 * Exit code 1 when any step of any package failed; the others are still checked. Needs the npm registry (or
 * npm's cache) for the dependencies that are not ours.
 */
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, bootstrap, nodePath, pnpmCommand, toolEnvironment } from './bootstrap.js';
import { runGuarded } from './guarded-process.js';
import { publishedPackages, runReadmeExample } from './readme-examples.js';

const REQUIRED_FILES = ['package/README.md', 'package/LICENSE', 'package/package.json'];

async function run(command, args, cwd) {
  const env = { ...toolEnvironment(), NO_COLOR: '1', FORCE_COLOR: '0' };
  const { exitCode, output } = await runGuarded(command, args, { cwd, env, capture: true });
  if (exitCode !== 0) throw new Error(`${command} ${args.join(' ')}: exit code ${exitCode}\n${output}`);
  return output;
}

const runBin = (bin, args, cwd) => run(nodePath(), [join(ROOT, 'node_modules', bin), ...args], cwd);

/** Packs a package into `folder`; returns the path of the tarball. */
async function pack({ folder, manifest }, target) {
  const [command, ...args] = pnpmCommand();
  await run(command, [...args, 'pack', '--pack-destination', target], folder);
  const name = manifest.name.replace(/^@/, '').replace('/', '-');
  return join(target, `${name}-${manifest.version}.tgz`);
}

async function checkContents(tarball) {
  const files = (await run('tar', ['-tzf', tarball])).trim().split('\n');
  const missing = REQUIRED_FILES.filter((file) => !files.includes(file));
  if (missing.length > 0) throw new Error(`the tarball lacks ${missing.join(', ')}`);
  const tests = files.filter((file) => /\.test\.|\.tsbuildinfo/.test(file));
  if (tests.length > 0) throw new Error(`the tarball holds ${tests.join(', ')}`);
  return `${files.length} files, ${Math.ceil(statSync(tarball).size / 1024)} KB`;
}

/** The names of a package and of those of ours that it depends on, directly or not. */
export function closureOf(name, manifests) {
  const found = new Set();
  const visit = (current) => {
    if (found.has(current) || !manifests.has(current)) return;
    found.add(current);
    Object.keys(manifests.get(current).dependencies ?? {}).forEach(visit);
  };
  visit(name);
  return [...found];
}

/** An empty project with the tarballs as its only dependencies, installed by npm. */
async function installInto(project, tarballs, npmArgs) {
  mkdirSync(project, { recursive: true });
  const dependencies = Object.fromEntries([...tarballs].map(([name, path]) => [name, `file:${path}`]));
  writeFileSync(
    join(project, 'package.json'),
    JSON.stringify({ private: true, type: 'module', dependencies }),
  );
  await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...npmArgs], project);
}

async function tryOut({ folder, manifest }, project) {
  const bins = Object.keys(manifest.bin ?? {});
  for (const bin of bins) await run(join(project, 'node_modules', '.bin', bin), ['--help'], project);
  if (bins.length === 0) await runReadmeExample(folder, { cwd: project });
}

async function checkPackage(entry, tarballs, manifests, work) {
  const { name } = entry.manifest;
  const tarball = tarballs.get(name);
  const ours = new Map(closureOf(name, manifests).map((each) => [each, tarballs.get(each)]));
  const project = (variant) => join(work, variant, name.replace('/', '-'));
  const steps = {
    contents: () => checkContents(tarball),
    publint: async () => {
      await runBin('publint/src/cli.js', ['run', tarball, '--strict'], ROOT);
    },
    attw: async () => {
      if (entry.manifest.exports === undefined) return 'no exports';
      await runBin('@arethetypeswrong/cli/dist/index.js', [tarball, '--profile', 'esm-only'], ROOT);
    },
    install: () => installInto(project('full'), ours, []),
    example: () => tryOut(entry, project('full')),
    'install without optional dependencies': () => installInto(project('bare'), ours, ['--omit=optional']),
    'example without optional dependencies': () => tryOut(entry, project('bare')),
  };
  console.log(name);
  let failures = 0;
  for (const [step, action] of Object.entries(steps)) {
    try {
      const remark = await action();
      console.log(`  ok      ${step}${remark === undefined ? '' : ` (${remark})`}`);
    } catch (error) {
      failures++;
      console.log(`  FAILED  ${step}\n${error.message.replace(/^/gm, '          ')}`);
    }
  }
  return failures;
}

async function main(names) {
  await bootstrap({ report: (line) => console.log(`pack:check: ${line}`) });
  const packages = publishedPackages();
  const manifests = new Map(packages.map(({ manifest }) => [manifest.name, manifest]));
  const work = mkdtempSync(join(tmpdir(), 'tidelog-pack-'));
  let failures = 0;
  try {
    const tarballs = new Map();
    for (const entry of packages) tarballs.set(entry.manifest.name, await pack(entry, work));
    const chosen = packages.filter(
      ({ manifest }) => names.length === 0 || names.includes(manifest.name.replace('@tidelog/', '')),
    );
    for (const entry of chosen) failures += await checkPackage(entry, tarballs, manifests, work);
    console.log(`pack:check: ${chosen.length} packages, ${failures} failed steps`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  process.exitCode = failures === 0 ? 0 : 1;
}

if (process.argv[1] === import.meta.filename) await main(process.argv.slice(2));
