/**
 * `npm test`: everything that must hold before a change lands, in stages. The first stage that fails ends the
 * run with its output and a line that names it; the last stage is vitest, called directly, so that its own
 * summary closes the output. Exit code: 0, 1 when a stage failed, 128 + signal when stopped.
 *
 * Plain JavaScript for Node 20: it runs before anything is installed.
 */
import { join } from 'node:path';
import {
  BootstrapError,
  ROOT,
  bootstrap,
  nodePath,
  pnpmCommand,
  timed,
  toolEnvironment,
} from './bootstrap.js';
import { runGuarded, shellExitCode } from './guarded-process.js';
import { installSystemPackages } from './system-packages.js';

const stopped = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => stopped.abort(name));

const report = (line) => console.log(`npm test: ${line}`);
const bin = (name) => join(ROOT, 'node_modules', name);
const cacheOf = (name) => join('node_modules', '.cache', name);

/** Tests and tools see plain output, Node 24 first on PATH, and no telemetry. */
function environment() {
  return {
    ...toolEnvironment(),
    NO_COLOR: '1',
    TURBO_TELEMETRY_DISABLED: '1',
    TURBO_NO_UPDATE_NOTIFIER: '1',
  };
}

/** Runs a command. Its output is shown when it fails, or always with `show`. */
async function run([command, ...args], { show = false } = {}) {
  const options = { cwd: ROOT, env: environment(), capture: !show, signal: stopped.signal };
  const { exitCode, output } = await runGuarded(command, args, options);
  stopped.signal.throwIfAborted();
  if (exitCode !== 0) throw new BootstrapError(output.trimEnd(), exitCode);
}

/** Runs a program of the workspace under Node 24. */
const runNode = (args, options) => run([nodePath(), ...args], options);

const STAGES = [
  {
    name: 'system packages',
    run: () => Promise.resolve(installSystemPackages().join(', ') || undefined),
  },
  {
    name: 'generated files',
    run: async () => {
      await runNode([join('packages', 'protocol', 'scripts', 'generate.js'), '--check']);
      await runNode(['--conditions=@tidelog/source', join('tooling', 'reference-docs.js'), '--check']);
    },
  },
  {
    name: 'types',
    run: async () => {
      const turbo = ['exec', 'turbo', 'run', 'typecheck', '--output-logs=errors-only', '--ui=stream'];
      await run([...pnpmCommand(), ...turbo]);
      await runNode([bin('typescript-native/bin/tsc'), '-p', join('tooling', 'tsconfig.json')]);
    },
  },
  {
    name: 'lint',
    run: async () => {
      const cache = ['--cache', '--cache-location'];
      await runNode([bin('eslint/bin/eslint.js'), '.', '--max-warnings=0', ...cache, cacheOf('eslint/')]);
      await runNode([bin('prettier/bin/prettier.cjs'), '.', '--check', ...cache, cacheOf('prettier')]);
    },
  },
];

async function main() {
  await bootstrap({ report, signal: stopped.signal });
  for (const stage of STAGES) {
    await timed(stage.name, report, async () => {
      try {
        return await stage.run();
      } catch (error) {
        if (error instanceof Error) error.message += `\nthe stage "${stage.name}" failed`;
        throw error;
      }
    });
  }
  report('tests (the slowest groups run alone, last) …');
  await runNode([bin('vitest/vitest.mjs'), 'run', ...process.argv.slice(2)], { show: true });
}

try {
  await main();
} catch (error) {
  if (stopped.signal.aborted) process.exit(shellExitCode(null, stopped.signal.reason));
  if (!(error instanceof BootstrapError)) console.error(error);
  else if (error.message !== '') console.error(`npm test: ${error.message}`);
  process.exit(1);
}
