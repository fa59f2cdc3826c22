import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { freshClone, shellEnvironment, type FreshClone } from './fresh-clone.ts';
import { eventually, processesWith, uniqueMark, type Mark } from './processes.ts';

/** Kafka's name for the file that a clean close leaves. */
const CLEAN_SHUTDOWN_FILE = '.kafka_cleanshutdown';

interface Run {
  readonly npm: ChildProcess;
  readonly mark: Mark;
  readonly dataDir: string;
  readonly exit: Promise<unknown>;
  stdout: string;
  stderr: string;
}

let clone: FreshClone;
const runs: Run[] = [];

beforeAll(() => {
  clone = freshClone();
});
afterAll(() => {
  clone.remove();
});
afterEach(() => {
  for (const run of runs.splice(0)) {
    for (const { pid } of processesWith(run.mark)) process.kill(pid, 'SIGKILL');
    rmSync(run.dataDir, { recursive: true, force: true });
  }
});

/** `npm start` as the leader of a process group of its own, as a shell would start it. */
function npmStart(): Run {
  const mark = uniqueMark();
  const dataDir = mkdtempSync(join(tmpdir(), 'tidelog-start-'));
  const npm = spawn('npm', ['start'], {
    cwd: clone.root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...shellEnvironment(),
      ...mark.env,
      TIDELOG_DATA_DIR: dataDir,
      TIDELOG_PORT: '0',
      TIDELOG_KAFKA_PORT: '0',
      TIDELOG_HTTP_PORT: '0',
      TIDELOG_LOG_LEVEL: 'info',
    },
  });
  const run: Run = { npm, mark, dataDir, exit: once(npm, 'close'), stdout: '', stderr: '' };
  npm.stdout.on('data', (chunk: Buffer) => (run.stdout += chunk.toString()));
  npm.stderr.on('data', (chunk: Buffer) => (run.stderr += chunk.toString()));
  runs.push(run);
  return run;
}

async function ready(run: Run): Promise<void> {
  await eventually(() => {
    if (run.npm.exitCode !== null) throw new Error(`npm start ended early:\n${run.stdout}\n${run.stderr}`);
    return run.stdout.includes('Try: ');
  });
}

function pidOf(run: Run, program: string): number {
  const found = processesWith(run.mark).find(
    ({ command }) => command.startsWith('node') && command.endsWith(program),
  );
  if (found === undefined) throw new Error(`${program} does not run`);
  return found.pid;
}

async function nothingIsLeftOf(run: Run): Promise<void> {
  await run.exit;
  await eventually(() => processesWith(run.mark).length === 0);
}

const timesIn = (text: string, part: string): number => text.split(part).length - 1;

/** As if the last install had not finished: pnpm writes this file last. */
function forgetTheInstall(): void {
  rmSync(join(clone.root, 'node_modules', '.modules.yaml'), { force: true });
}

describe('before the broker runs', () => {
  beforeEach(forgetTheInstall);

  test('SIGTERM to npm during the install ends everything that it started', async () => {
    const run = npmStart();
    await eventually(() => run.stderr.includes('install:'));
    await eventually(() => processesWith(run.mark).length > 3);
    run.npm.kill('SIGTERM');
    await nothingIsLeftOf(run);
    expect(run.stdout).not.toContain('is ready');
  });

  test('kill -9 of start.js during the install ends everything that it started', async () => {
    const run = npmStart();
    await eventually(() => run.stderr.includes('install:'));
    await eventually(() => processesWith(run.mark).length > 3);
    process.kill(pidOf(run, 'tooling/start.js'), 'SIGKILL');
    await nothingIsLeftOf(run);
    expect(run.stdout).not.toContain('is ready');
  });
});

describe('a fresh clone', () => {
  beforeEach(forgetTheInstall);

  test('after an interrupted install, npm start installs, builds, serves and says what to try', async () => {
    const run = npmStart();
    await ready(run);
    expect(run.stderr).toContain('install: first run');
    const httpUrl = /http {4}(http:\S+)/.exec(run.stdout)?.[1] as string;
    expect((await fetch(new URL('/readyz', httpUrl))).status).toBe(200);
    const [, command, args] = /Try: npx (\S+) (.*)/.exec(run.stdout) as unknown as [string, string, string];
    const shim = spawn(join(clone.root, 'node_modules/.bin', command), args.split(' '), {
      stdio: 'ignore',
      env: shellEnvironment(),
    });
    expect((await once(shim, 'exit'))[0]).toBe(0);
    run.npm.kill('SIGINT');
    await nothingIsLeftOf(run);
  });
});

describe('a broker that npm start runs closes its data directory once and leaves no process', () => {
  const stops: Record<string, (run: Run) => void> = {
    'on SIGINT to npm alone': ({ npm }) => npm.kill('SIGINT'),
    'on SIGTERM to npm alone': ({ npm }) => npm.kill('SIGTERM'),
    'on SIGINT to the whole group (Ctrl-C)': ({ npm }) => process.kill(-(npm.pid as number), 'SIGINT'),
    'on SIGTERM to the whole group': ({ npm }) => process.kill(-(npm.pid as number), 'SIGTERM'),
    'on kill -9 of start.js': (run) => process.kill(pidOf(run, 'tooling/start.js'), 'SIGKILL'),
  };
  test.each(Object.entries(stops))('%s', async (_name, stop) => {
    const run = npmStart();
    await ready(run);
    expect(existsSync(join(run.dataDir, CLEAN_SHUTDOWN_FILE))).toBe(false);
    stop(run);
    await nothingIsLeftOf(run);
    expect(timesIn(run.stderr, '"msg":"closing"')).toBe(1);
    expect(timesIn(run.stderr, '"msg":"closed cleanly"')).toBe(1);
    expect(existsSync(join(run.dataDir, CLEAN_SHUTDOWN_FILE))).toBe(true);
  });

  test('and a clean stop is exit code 0', async () => {
    const run = npmStart();
    await ready(run);
    process.kill(pidOf(run, 'tooling/start.js'), 'SIGINT');
    await nothingIsLeftOf(run);
    expect(run.npm.exitCode).toBe(0);
  });
});
