import { defineConfig } from 'vitest/config';

const roots = [
  'packages/record',
  'packages/protocol',
  'packages/log',
  'packages/broker',
  'packages/client',
  'apps/broker',
  'apps/cli',
];

// The default module runner makes loops across modules 17 times slower; forks run the sources under Node's
// own type stripping instead. There is no vi.mock: inject.
export default defineConfig({
  test: {
    experimental: { viteModuleRunner: false },
    pool: 'forks',
    maxWorkers: 2,
    execArgv: ['--conditions=@tidelog/source'],
    projects: roots.map((root) => ({
      extends: true,
      root,
      test: { name: root, include: ['src/**/*.test.ts', 'test/**/*.test.ts'] },
    })),
  },
});
