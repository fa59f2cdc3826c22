import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { installSystemPackages, requireSystemPackage } from '../system-packages.js';

beforeEach(() => {
  vi.stubEnv('PATH', '/nowhere');
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

test('outside CI a group without its package is skipped with one line that says what to install', () => {
  vi.stubEnv('CI', '');
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  expect(requireSystemPackage('kcat')).toBe(false);
  expect(warn.mock.calls).toEqual([['skipped: kcat is not installed: apt-get install kcat']]);
});

test('in CI a group without its package fails', () => {
  vi.stubEnv('CI', 'true');
  expect(() => requireSystemPackage('kcat')).toThrow('apt-get install kcat (in CI this group must run)');
});

test('nothing is installed outside CI', () => {
  vi.stubEnv('CI', '');
  expect(installSystemPackages()).toEqual([]);
});

test('a package that the table does not list is a mistake of the test', () => {
  expect(() => requireSystemPackage('nginx')).toThrow('does not list nginx');
});
