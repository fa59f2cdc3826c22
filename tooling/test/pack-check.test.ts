import { expect, test } from 'vitest';
import { closureOf } from '../pack-check.js';

test('a package is installed with those of ours that it needs, directly or not, and no others', () => {
  const manifests = new Map([
    ['@tidelog/record', { dependencies: {} }],
    ['@tidelog/log', { dependencies: { '@tidelog/record': '^0.0.0' } }],
    ['@tidelog/broker', { dependencies: { '@tidelog/log': '^0.0.0', pino: '10' } }],
    ['@tidelog/client', {}],
  ]);
  expect(closureOf('@tidelog/broker', manifests)).toEqual([
    '@tidelog/broker',
    '@tidelog/log',
    '@tidelog/record',
  ]);
});
