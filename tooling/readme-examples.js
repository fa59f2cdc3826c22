/**
 * The examples in the packages' READMEs, run as they stand. The first `ts` or `js` block of a README is a whole
 * program that ends by itself. Where it names `localhost:7650`, a broker of the check takes that place.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, nodePath, workspaceFolders } from './bootstrap.js';
import { shellExitCode } from './guarded-process.js';

const DEFAULT_ADDRESS = 'localhost:7650';
const TIME_LIMIT_MS = 30_000;

/** The members of the workspace that are published: `{ folder, manifest }`. */
export function publishedPackages(root = ROOT) {
  return workspaceFolders(root)
    .map((folder) => ({ folder, manifest: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) }))
    .filter(({ manifest }) => manifest.private !== true);
}

/** The code of the first `ts` or `js` block, or undefined. */
export function firstExample(markdown) {
  return /^```(?:ts|js)\b.*\n([\s\S]*?)^```$/m.exec(markdown)?.[1];
}

/** The example in the README of a folder. Throws when there is no README or no example in it. */
export function readmeExample(folder) {
  const path = join(folder, 'README.md');
  const example = existsSync(path) ? firstExample(readFileSync(path, 'utf8')) : undefined;
  if (example === undefined) throw new Error(`${path} has no \`\`\`ts block that can be run`);
  return example;
}

/**
 * Runs a program in a folder, from whose node_modules it imports; rejects with its output when it fails or does
 * not end within 30 seconds.
 * @param {{ code: string, cwd: string, nodeArgs?: readonly string[] }} options
 * @returns {Promise<string>} what it printed
 */
export async function runProgram({ code, cwd, nodeArgs = [] }) {
  const args = [...nodeArgs, '--input-type=module-typescript', '-'];
  const child = spawn(nodePath(), args, { cwd, stdio: ['pipe', 'pipe', 'pipe'], timeout: TIME_LIMIT_MS });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  child.stdin.on('error', () => undefined);
  child.stdin.end(code);
  const [exitCode, signal] = await once(child, 'close');
  if (exitCode !== 0) throw new Error(`exit code ${shellExitCode(exitCode, signal)}\n${output}`);
  return output;
}

/**
 * Runs the example in the README of `folder` like `runProgram`, against a broker when it names one.
 * @param {string} folder
 * @param {{ cwd: string, nodeArgs?: readonly string[] }} options
 */
export async function runReadmeExample(folder, { cwd, nodeArgs = [] }) {
  const code = readmeExample(folder);
  if (!code.includes(DEFAULT_ADDRESS)) return runProgram({ code, cwd, nodeArgs });
  return withBroker((address) =>
    runProgram({ code: code.replaceAll(DEFAULT_ADDRESS, address), cwd, nodeArgs }),
  );
}

/**
 * Calls `use` with the address of a broker that runs as a process of its own on a temporary directory; stops it
 * and removes the directory afterwards.
 * @template T
 * @param {(address: string) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withBroker(use) {
  const dataDir = mkdtempSync(join(tmpdir(), 'tidelog-example-'));
  const broker = spawn(nodePath(), [join(ROOT, 'apps/broker/dist/main.js')], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      ...process.env,
      TIDELOG_DATA_DIR: dataDir,
      TIDELOG_HOST: '127.0.0.1',
      TIDELOG_PORT: '0',
      TIDELOG_KAFKA_PORT: '0',
      TIDELOG_HTTP_PORT: '0',
      TIDELOG_LOG_LEVEL: 'warn',
    },
  });
  const exited = once(broker, 'exit');
  try {
    const ready = await Promise.race([once(broker, 'message'), exited.then(() => undefined)]);
    if (ready === undefined) throw new Error('the broker did not start');
    return await use(ready[0].brokers[0]);
  } finally {
    if (broker.connected) broker.send({ type: 'shutdown' });
    await exited;
    rmSync(dataDir, { recursive: true, force: true });
  }
}
