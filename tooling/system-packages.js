/**
 * Debian packages that groups of tests need. In CI (the variable CI is set) the suite's set-up installs what is
 * missing, and a group whose package is still missing fails; elsewhere nothing is installed, and the group is
 * skipped after one line that says what to install.
 *
 * A test file decides once, at its top:
 *   const hasKcat = requireSystemPackage('kcat');
 *   describe.skipIf(!hasKcat)('kcat …', …);
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Package → the command that shows that it is installed. */
const SYSTEM_PACKAGES = { kcat: 'kcat', 'redis-server': 'redis-server' };

const inCi = () => !['', '0', 'false', undefined].includes(process.env.CI);

function isOnPath(command) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/**
 * True when the package is installed. Otherwise: throws in CI, else prints one line and returns false. Throws
 * for a package that the table above does not list.
 */
export function requireSystemPackage(name) {
  const command = SYSTEM_PACKAGES[name];
  if (command === undefined) throw new Error(`tooling/system-packages.js does not list ${name}`);
  if (isOnPath(command)) return true;
  const message = `${name} is not installed: apt-get install ${name}`;
  if (inCi()) throw new Error(`${message} (in CI this group must run)`);
  console.warn(`skipped: ${message}`);
  return false;
}

/** In CI: installs what is missing and returns its names; throws when that fails. Elsewhere does nothing. */
export function installSystemPackages() {
  if (!inCi()) return [];
  const missing = Object.keys(SYSTEM_PACKAGES).filter((name) => !isOnPath(SYSTEM_PACKAGES[name]));
  if (missing.length === 0) return [];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...missing]]) {
    const { status, error, stderr } = spawnSync('apt-get', args, { env, encoding: 'utf8' });
    if (status !== 0) throw new Error(`apt-get ${args.join(' ')} failed: ${error?.message ?? stderr}`);
  }
  return missing;
}
