import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** What each package may import of ours; nothing else. The same picture as in ARCHITECTURE.md. */
const ARROWS = {
  'packages/record': [],
  'packages/protocol': ['record'],
  'packages/kafka-protocol': ['record'],
  'packages/log': ['record'],
  'packages/client': ['record', 'protocol'],
  'packages/broker': ['record', 'protocol', 'kafka-protocol', 'log'],
  'apps/broker': ['record', 'broker'],
  'apps/cli': ['record', 'broker', 'client'],
};
const OURS = ['record', 'protocol', 'kafka-protocol', 'log', 'broker', 'client'];

const arrowRules = Object.entries(ARROWS).map(([root, allowed]) => ({
  files: [`${root}/src/**/*.ts`],
  ignores: ['**/*.test.ts'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `^@tidelog/(?:${OURS.filter((name) => !allowed.includes(name)).join('|') || '$none'})(?:/|$)`,
            message: `${root} may import of ours only: ${allowed.join(', ') || 'nothing'} (ARCHITECTURE.md).`,
          },
          ...(root === 'packages/record'
            ? [{ regex: '^node:(?:net|fs|http|tls)', message: 'record does no input or output.' }]
            : []),
          ...(root === 'packages/protocol' || root === 'packages/kafka-protocol'
            ? [{ regex: '^node:(?:net|fs|http|tls)', message: `${root} holds no socket.` }]
            : []),
        ],
      },
    ],
  },
}));

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/gen/**',
      '**/node_modules/**',
      'coverage/**',
      'tidelog-data/**',
      '**/.turbo/**',
    ],
  },
  js.configs.recommended,
  tseslint.configs.strict,
  {
    files: ['**/*.ts', '**/*.js'],
    languageOptions: {
      globals: { process: 'readonly', console: 'readonly', Buffer: 'readonly', performance: 'readonly' },
    },
    rules: {
      eqeqeq: 'error',
      'no-console': 'off',
      'no-undef': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unified-signatures': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
    },
  },
  {
    files: ['**/*-state.ts', '**/*-plan.ts', '**/*-policy.ts'],
    rules: {
      'no-restricted-globals': ['error', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Pure machines take nowMs.' },
        { object: 'Math', property: 'random', message: 'Pure machines take a seeded generator.' },
        { object: 'performance', property: 'now', message: 'Pure machines take nowMs.' },
      ],
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^node:', message: 'Pure machines do no input or output.' }] },
      ],
    },
  },
  {
    files: ['packages/*/src/**/*.ts', 'apps/*/src/**/*.ts'],
    ignores: ['apps/*/src/env.ts', '**/*.test.ts', 'apps/cli/src/main.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'The environment is read only in apps/*/src/env.ts.' },
        { object: 'Math', property: 'random', message: 'Randomness is injected.' },
      ],
    },
  },
  {
    files: ['packages/*/src/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      // docs/decisions/0002-declarations-are-inferred.md
      '@typescript-eslint/explicit-module-boundary-types': 'error',
    },
  },
  ...arrowRules,
);
