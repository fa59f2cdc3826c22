/**
 * Runs kafkajs's own tests, those that talk to a broker, against the Kafka listener.
 *
 *   node --conditions=@tidelog/source tooling/kafka-conformance/kafkajs-suite.ts
 *        [--checkout folder]  a clone of kafkajs, of which the pinned commit is taken; else it is cloned from GitHub
 *        [--only regex]       files that match
 *        [--write]            writes the counts to kafkajs-suite.json, for the reference page
 *
 * Their code is taken to a folder of the system's for temporary files, never into the repository: the pinned commit,
 * its tests pointed at the port of a broker started here, the tools of a release left away. kafkajs-left-out.ts names
 * what cannot be run and why. Where the suite cannot be had (no network) one line says so, and the exit code is 0; a
 * failure that is not expected is exit code 1. Ends with one line of JSON.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { startTestBroker } from '@tidelog/broker/testing';
import { runGuarded } from '../guarded-process.js';
import { LEFT_OUT, type LeftOut } from './kafkajs-left-out.ts';
import { writeSuiteCounts } from './verdicts.ts';

const REPOSITORY = 'https://github.com/tulios/kafkajs.git';
/** The head of their main branch; the released 2.2.4 with the tests of what came after. */
const COMMIT = '55b0b416308b9e597a5a6b97b0a6fd6b846255dc';
/** What the tests need of their development dependencies. */
const TOOLS = /^(jest|jest-circus|jest-extended|execa|glob|ip|jsonwebtoken|mockdate|semver|uuid)$/;
/** Those that talk to a broker; the rest test code of kafkajs alone. */
const TEST_FILES = 'src/(admin|broker|cluster|consumer|producer)/';
/** The ports of their three brokers. */
const THEIR_PORTS = /\b(9092|9095|9098)\b/g;
const DEADLINE_MS = 20 * 60_000;

interface JestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: 'passed' | 'failed' | 'pending';
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** Runs a command to its end; throws what it printed when it fails. */
function execute(command: string, args: readonly string[], cwd?: string): void {
  const { status, error, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? stderr}`);
}

function checkOut(folder: string, source: string): void {
  execute('git', ['init', '--quiet', folder]);
  execute('git', ['-C', folder, 'fetch', '--quiet', '--depth', '1', source, COMMIT]);
  execute('git', ['-C', folder, 'checkout', '--quiet', 'FETCH_HEAD']);
  const path = join(folder, 'package.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as { devDependencies: Record<string, string> };
  manifest.devDependencies = Object.fromEntries(
    Object.entries(manifest.devDependencies).filter(([name]) => TOOLS.test(name)),
  );
  writeFileSync(path, JSON.stringify(manifest));
  rmSync(join(folder, 'yarn.lock'), { force: true });
  execute('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], folder);
}

function edit(path: string, change: (text: string) => string): void {
  writeFileSync(path, change(readFileSync(path, 'utf8')));
}

/** Points the tests at one broker with the id 0, where theirs are three in containers. */
function adapt(folder: string, port: string): void {
  edit(join(folder, 'testHelpers/index.js'), (text) => text.replaceAll(THEIR_PORTS, port));
  edit(join(folder, 'src/producer/__tests__/idempotentProduceMessages.spec.js'), (text) =>
    text.replaceAll('of [0, 1, 2]', 'of [0]'),
  );
  writeFileSync(
    join(folder, 'scripts/addPartitions.sh'),
    `#!/bin/sh
exec node -e "
const { Kafka } = require('./index')
const admin = new Kafka({ brokers: ['localhost:${port}'] }).admin()
const topicPartitions = [{ topic: process.env.TOPIC, count: Number(process.env.PARTITIONS) }]
admin.connect().then(() => admin.createPartitions({ topicPartitions })).then(() => admin.disconnect())
"
`,
  );
}

async function runJest(folder: string, only: string | undefined): Promise<JestReport> {
  const report = join(folder, 'report.json');
  const whole = LEFT_OUT.filter(({ tests }) => tests === undefined).map(({ file }) => `src/${file}`);
  const args = [
    join('node_modules', 'jest', 'bin', 'jest.js'),
    ...['--reporters=default', '--forceExit', '--silent', '--maxWorkers=2'],
    ...['--json', `--outputFile=${report}`, `--testPathPattern=${only ?? TEST_FILES}`],
    ...[`--testPathIgnorePatterns=/node_modules/`, ...whole],
  ];
  const { output } = await runGuarded(process.execPath, args, {
    cwd: folder,
    env: { ...process.env, KAFKA_VERSION: '2.4', NODE_ENV: 'test' },
    capture: true,
    signal: AbortSignal.timeout(DEADLINE_MS),
  });
  if (!existsSync(report)) throw new Error(`jest wrote no report:\n${output.slice(-4000)}`);
  return JSON.parse(readFileSync(report, 'utf8')) as JestReport;
}

const covers =
  (file: string, fullName: string) =>
  (row: LeftOut): boolean =>
    row.file === file && (row.tests?.test(fullName) ?? true);

/** Prints what is not as expected, and counts. */
function judge(folder: string, { testResults }: JestReport) {
  const counts = { passed: 0, skipped: 0, leftOutTests: 0, failed: 0 };
  for (const { name, message, assertionResults } of testResults) {
    const file = relative(join(folder, 'src'), name);
    if (assertionResults.length === 0) {
      counts.failed++;
      console.error(`${file}: no test was run: ${message}`);
    }
    for (const { fullName, status, failureMessages } of assertionResults) {
      if (status === 'pending') counts.skipped++;
      else if (status === 'passed') counts.passed++;
      else if (LEFT_OUT.some(covers(file, fullName))) counts.leftOutTests++;
      else {
        counts.failed++;
        console.error(`${file}: ${fullName}: ${(failureMessages[0] ?? '').slice(0, 500)}`);
      }
    }
  }
  return counts;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { checkout: { type: 'string' }, only: { type: 'string' }, write: { type: 'boolean' } },
  });
  const folder = mkdtempSync(join(tmpdir(), 'tidelog-kafkajs-'));
  try {
    try {
      checkOut(folder, values.checkout ?? REPOSITORY);
    } catch (error) {
      console.warn(`skipped: kafkajs's own tests cannot be had: ${(error as Error).message}`);
      return;
    }
    await using broker = await startTestBroker({
      brokerId: 0,
      kafka: { port: 0, advertisedHost: 'localhost' },
      autoCreateTopics: true,
      groupInitialRebalanceDelayMs: 0,
    });
    adapt(folder, broker.kafkaBrokers[0]!.split(':').at(-1)!);
    const counts = judge(folder, await runJest(folder, values.only));
    const leftOutFiles = LEFT_OUT.filter(({ tests }) => tests === undefined).length;
    console.log(JSON.stringify({ ok: counts.failed === 0, commit: COMMIT, ...counts, leftOutFiles }));
    if (values.write === true && values.only === undefined) writeSuiteCounts({ commit: COMMIT, ...counts });
    if (counts.failed > 0) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
