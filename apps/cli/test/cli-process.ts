/** Runs the command line from source as a child process, as a user's shell would. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const entry = new URL('../src/main.ts', import.meta.url).pathname;

export interface CliResult {
  readonly exitCode: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export function spawnCli(args: readonly string[]): ChildProcess {
  return spawn(process.execPath, ['--conditions=@tidelog/source', entry, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
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
export function runCli(args: readonly string[], input: string | Buffer = ''): Promise<CliResult> {
  const child = spawnCli(args);
  child.stdin?.end(input);
  return finished(child);
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
    ...['--data-dir', dataDir, '--port', String(o.port ?? 0), '--http-port', '0', '--json'],
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
