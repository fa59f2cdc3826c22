/**
 * The examples in READMEs, run as they stand. Where they name `localhost:7650` or `localhost:9092`, a broker of the
 * check takes that place.
 *
 * In a package's README the first `ts` or `js` block is a whole program that ends by itself. In the README of the
 * workspace every block behind one of these marks is run, in order, against one broker:
 *   <!-- executed -->                                it ends by itself
 *   <!-- executed until "TEXT" -->                   it is interrupted once it has printed that
 *   <!-- executed with NAME … -->                    it needs the program or package NAME
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, nodePath, workspaceFolders } from './bootstrap.js';
import { shellExitCode } from './guarded-process.js';

const DEFAULT_ADDRESS = 'localhost:7650';
const DEFAULT_KAFKA_ADDRESS = 'localhost:9092';
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

/** The blocks behind a mark: `{ language, code, needs, until }`. */
export function executedBlocks(markdown) {
  const mark = /^<!-- executed(?: with (\S+))?(?: until "([^"]*)")? -->\n\n```(\w+)\n([\s\S]*?)^```$/gm;
  return [...markdown.matchAll(mark)].map(([, needs, until, language, code]) => ({
    language,
    code,
    needs,
    until,
  }));
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
 * @param {{ code: string, cwd: string, nodeArgs?: readonly string[], until?: string }} options
 * @returns {Promise<string>} what it printed
 */
export function runProgram({ code, cwd, nodeArgs = [], until }) {
  const args = [...nodeArgs, '--input-type=module-typescript', '-'];
  return run(nodePath(), args, { code, cwd, until });
}

/**
 * Runs a block of the README of the workspace in a folder, with `npx tidelog` as the built command line.
 * @param {{ language: string, code: string, until?: string }} block
 * @param {{ cwd: string, nodeArgs?: readonly string[], broker: ExampleBroker }} options
 * @returns {Promise<string>} what it printed
 */
export function runBlock({ language, code: written, until }, { cwd, nodeArgs, broker }) {
  const code = written
    .replaceAll(DEFAULT_ADDRESS, broker.address)
    .replaceAll(DEFAULT_KAFKA_ADDRESS, broker.kafkaAddress);
  if (language !== 'sh') return runProgram({ code, cwd, nodeArgs, until });
  const cli = `'${nodePath()}' '${join(ROOT, 'apps/cli/dist/main.js')}'`;
  const npx = `npx() { shift; ${cli} "$@" --broker ${broker.address}; }`;
  return run('sh', ['-e'], { code: `${npx}\n${code}`, cwd, until });
}

/** Runs a command on `code` as its standard input; with `until`, interrupts it once it has printed that. */
async function run(command, args, { code, cwd, until }) {
  // A group of its own, so that the interrupt reaches what a shell runs.
  const child = spawn(command, args, { cwd, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
  const endGroup = (signal) => {
    try {
      process.kill(-child.pid, signal);
    } catch {
      // It is gone already.
    }
  };
  const limit = setTimeout(() => endGroup('SIGKILL'), TIME_LIMIT_MS);
  let output = '';
  let isSeen = until === undefined;
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
      if (isSeen || !output.includes(until)) return;
      isSeen = true;
      endGroup('SIGINT');
    });
  }
  child.stdin.on('error', () => undefined);
  child.stdin.end(code);
  const [exitCode, signal] = await once(child, 'close');
  clearTimeout(limit);
  if (until === undefined ? exitCode !== 0 : !isSeen) {
    const missing = until === undefined ? '' : `, without ${JSON.stringify(until)}`;
    throw new Error(`exit code ${shellExitCode(exitCode, signal)}${missing}\n${output}`);
  }
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
  const broker = await startExampleBroker();
  try {
    return await use(broker.address);
  } finally {
    await broker.close();
  }
}

/**
 * As `withBroker`, for as long as the caller likes.
 * @typedef {{ address: string, kafkaAddress: string, close(): Promise<void> }} ExampleBroker
 * @returns {Promise<ExampleBroker>}
 */
export async function startExampleBroker() {
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
  const close = async () => {
    if (broker.connected) broker.send({ type: 'shutdown' });
    await exited;
    rmSync(dataDir, { recursive: true, force: true });
  };
  const ready = await Promise.race([once(broker, 'message'), exited.then(() => undefined)]);
  if (ready === undefined) {
    await close();
    throw new Error('the broker did not start');
  }
  const [{ brokers, kafkaBrokers }] = ready;
  return { address: brokers[0], kafkaAddress: kafkaBrokers[0], close };
}
