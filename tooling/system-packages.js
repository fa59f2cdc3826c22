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
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

const PYTHON_PACKAGES = '/usr/lib/python3/dist-packages';
/** Package → what shows that it is installed: a command, or the path of one of its files. */
const SYSTEM_PACKAGES = {
  kcat: 'kcat',
  'redis-server': 'redis-server',
  'python3-confluent-kafka': `${PYTHON_PACKAGES}/confluent_kafka`,
  'python3-kafka': `${PYTHON_PACKAGES}/kafka`,
  'python3-lz4': `${PYTHON_PACKAGES}/lz4`,
  'python3-snappy': `${PYTHON_PACKAGES}/snappy`,
  'python3-zstandard': `${PYTHON_PACKAGES}/zstandard`,
};

const inCi = () => !['', '0', 'false', undefined].includes(process.env.CI);

function isInstalled(name) {
  const sign = SYSTEM_PACKAGES[name];
  if (isAbsolute(sign)) return existsSync(sign);
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, sign), constants.X_OK);
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
  if (SYSTEM_PACKAGES[name] === undefined)
    throw new Error(`tooling/system-packages.js does not list ${name}`);
  if (isInstalled(name)) return true;
  const message = `${name} is not installed: apt-get install ${name}`;
  if (inCi()) throw new Error(`${message} (in CI this group must run)`);
  console.warn(`skipped: ${message}`);
  return false;
}

/** In CI: installs what is missing and returns its names; throws when that fails. Elsewhere does nothing. */
export function installSystemPackages() {
  if (!inCi()) return [];
  const missing = Object.keys(SYSTEM_PACKAGES).filter((name) => !isInstalled(name));
  if (missing.length === 0) return [];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...missing]]) {
    const { status, error, stderr } = spawnSync('apt-get', args, { env, encoding: 'utf8' });
    if (status !== 0) throw new Error(`apt-get ${args.join(' ')} failed: ${error?.message ?? stderr}`);
  }
  return missing;
}
