/** Runs the command line from source as a child process, as a user's shell would. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll } from 'vitest';

const entry = new URL('../src/main.ts', import.meta.url).pathname;

/** Saves each child the compilation of all sources, two thirds of its start. */
const compileCache = mkdtempSync(join(tmpdir(), 'tidelog-cli-compiled-'));
afterAll(() => {
  rmSync(compileCache, { recursive: true, force: true });
});

export interface CliResult {
  /** null: a signal ended the process. */
  readonly exitCode: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface SpawnOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts a command with a pipe on each stream. */
export function spawnCli(args: readonly string[], options: SpawnOptions = {}): ChildProcess {
  return spawn(process.execPath, ['--conditions=@tidelog/source', entry, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    env: { ...process.env, NODE_COMPILE_CACHE: compileCache, ...options.env },
  });
}

/** The command as a line for a shell. */
export function shellCommand(args: readonly string[]): string {
  const words = [process.execPath, '--conditions=@tidelog/source', entry, ...args];
  return words.map((word) => `'${word}'`).join(' ');
}

/** Waits for a child that was spawned with pipes and gathers what it printed. */
export async function finished(child: ChildProcess): Promise<CliResult> {
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk));
  const [exitCode] = (await once(child, 'close')) as [number | null];
  return { exitCode, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() };
}

/** Runs one command to its end, with `input` on standard input. */
export function runCli(
  args: readonly string[],
  input: string | Buffer = '',
  options: SpawnOptions = {},
): Promise<CliResult> {
  const child = spawnCli(args, options);
  // A command that reads nothing may be gone before it is all written.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(input);
  return finished(child);
}

/** As `runCli` for a command that is to succeed in silence; returns its standard output as text. */
export async function outputOf(args: readonly string[], input: string | Buffer = ''): Promise<string> {
  const { exitCode, stdout, stderr } = await runCli(args, input);
  if (exitCode !== 0 || stderr !== '') {
    throw new Error(`tidelog ${args.join(' ')}: exit code ${String(exitCode)}, standard error: ${stderr}`);
  }
  return stdout.toString();
}

/** The objects of a command's JSON lines. */
export function jsonLines(text: string | Buffer): unknown[] {
  return text
    .toString()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);
}

export interface CliBroker extends AsyncDisposable {
  readonly address: string;
  readonly httpUrl: string;
  readonly process: ChildProcess;
  /** Ends the process and waits until it is gone. */
  kill(signal: NodeJS.Signals): Promise<void>;
}

/** `tidelog start` on `dataDir`; resolves once it listens. Port 0 lets the system choose. */
export async function startCliBroker(
  dataDir: string,
  o: { port?: number; args?: readonly string[] } = {},
): Promise<CliBroker> {
  const child = spawnCli([
    'start',
    ...[
      '--data-dir',
      dataDir,
      '--port',
      String(o.port ?? 0),
      '--kafka-port',
      '0',
      '--http-port',
      '0',
      '--json',
    ],
    ...(o.args ?? []),
  ]);
  const errors: string[] = [];
  child.stderr?.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const line = await Promise.race([
    once(lines, 'line').then(([text]) => text as string),
    exited.then(([code]) => {
      throw new Error(`tidelog start ended with ${String(code)}: ${errors.join('')}`);
    }),
  ]);
  const { brokers, httpUrl } = JSON.parse(line) as { brokers: string[]; httpUrl: string };
  const kill = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await exited;
  };
  return {
    address: brokers[0] as string,
    httpUrl,
    process: child,
    kill,
    [Symbol.asyncDispose]: () => kill('SIGTERM'),
  };
}
