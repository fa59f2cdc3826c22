/**
 * `npm test`: everything that must hold before a change lands, in stages. The first stage that fails ends the
 * run with its output and a line that names it; the last stage is vitest, called directly, so that its own
 * summary closes the output. Exit code: 0, 1 when a stage failed, 128 + signal when stopped.
 *
 * Plain JavaScript for Node 20: it runs before anything is installed.
 */
import { join } from 'node:path';
import { BootstrapError, ROOT, bootstrap, nodePath, timed, toolEnvironment } from './bootstrap.js';
import { runGuarded, shellExitCode } from './guarded-process.js';
import { installSystemPackages } from './system-packages.js';

const stopped = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => stopped.abort(name));

const report = (line) => console.log(`npm test: ${line}`);
const bin = (name) => join(ROOT, 'node_modules', name);

/** Tests and tools see plain output, Node 24 first on PATH, and no telemetry. */
function environment() {
  return {
    ...toolEnvironment(),
    NO_COLOR: '1',
    TURBO_TELEMETRY_DISABLED: '1',
    TURBO_NO_UPDATE_NOTIFIER: '1',
  };
}

/** Runs a program of the workspace under Node 24. Its output is shown when it fails, or always with `show`. */
async function tool(args, { show = false } = {}) {
  const options = { cwd: ROOT, env: environment(), capture: !show, signal: stopped.signal };
  const { exitCode, output } = await runGuarded(nodePath(), args, options);
  stopped.signal.throwIfAborted();
  if (exitCode !== 0) throw new BootstrapError(output.trimEnd(), exitCode);
}

const STAGES = [
  {
    name: 'system packages',
    run: () => Promise.resolve(installSystemPackages().join(', ') || undefined),
  },
  {
    name: 'generated files',
    run: async () => {
      await tool([join('packages', 'protocol', 'scripts', 'generate.js'), '--check']);
      await tool(['--conditions=@tidelog/source', join('tooling', 'reference-docs.js'), '--check']);
    },
  },
  {
    name: 'types',
    run: async () => {
      await tool([bin('turbo/bin/turbo'), 'run', 'typecheck', '--output-logs=errors-only', '--ui=stream']);
      await tool([bin('typescript-native/bin/tsc'), '-p', join('tooling', 'tsconfig.json')]);
    },
  },
  {
    name: 'lint',
    run: async () => {
      const cache = ['--cache', '--cache-location'];
      await tool([
        bin('eslint/bin/eslint.js'),
        ...cache,
        'node_modules/.cache/eslint/',
        '--max-warnings=0',
        '.',
      ]);
      await tool([
        bin('prettier/bin/prettier.cjs'),
        '--check',
        ...cache,
        'node_modules/.cache/prettier',
        '.',
      ]);
    },
  },
];

async function main() {
  await bootstrap({ report, signal: stopped.signal });
  for (const { name, run } of STAGES) {
    await timed(name, report, async () => {
      try {
        return await run();
      } catch (error) {
        if (error instanceof Error) error.message += `\nthe stage "${name}" failed`;
        throw error;
      }
    });
  }
  report('tests (the slowest groups run alone, last) …');
  await tool([bin('vitest/vitest.mjs'), 'run', ...process.argv.slice(2)], { show: true });
}

try {
  await main();
} catch (error) {
  if (stopped.signal.aborted) process.exit(shellExitCode(null, stopped.signal.reason));
  if (!(error instanceof BootstrapError)) console.error(error);
  else if (error.message !== '') console.error(`npm test: ${error.message}`);
  process.exit(1);
}
