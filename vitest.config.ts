import { defineConfig } from 'vitest/config';

/** Each runs as a project of its own name: `vitest run --project packages/log`. */
const ROOTS = [
  'packages/record',
  'packages/protocol',
  'packages/kafka-protocol',
  'packages/log',
  'packages/broker',
  'packages/client',
  'apps/broker',
  'apps/cli',
  'tooling',
];

/** Tests of signals, of chaos and of time: one file after the other, when all the others are done. */
const ALONE = '**/*.alone.test.ts';

// The default module runner makes loops across modules 17 times slower; forks run the sources under Node's
// own type stripping instead. There is no vi.mock: inject.
export default defineConfig({
  test: {
    experimental: { viteModuleRunner: false },
    pool: 'forks',
    isolate: true, // a process per file; said aloud, or the summary ends with advice against it
    maxWorkers: 2,
    execArgv: ['--conditions=@tidelog/source'],
    // Only a test that hangs may fail by time, also on a machine with two busy cores.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    projects: [
      ...ROOTS.map((root) => ({
        extends: true as const,
        root,
        test: { name: root, include: ['**/*.test.ts'], exclude: ['**/node_modules/**', '**/dist/**', ALONE] },
      })),
      {
        extends: true as const,
        test: {
          name: 'alone',
          include: [ALONE],
          exclude: ['**/node_modules/**', '**/dist/**'],
          fileParallelism: false,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
