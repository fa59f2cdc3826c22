/** The built `tidelog start` as a child process: what a user's broker costs to start and to keep. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';

const cli = new URL('../../apps/cli/dist/main.js', import.meta.url).pathname;

export interface BrokerCommand extends AsyncDisposable {
  readonly address: string;
  readonly process: ChildProcess;
  /** From spawn to the first 200 of /readyz, in milliseconds. */
  readonly readyMs: number;
  residentBytes(): Promise<number>;
  kill(signal: NodeJS.Signals): Promise<void>;
}

/** Starts a broker on `dataDir` with ports from the system and waits until /readyz answers 200. */
export async function startBrokerCommand(
  dataDir: string,
  args: readonly string[] = [],
): Promise<BrokerCommand> {
  const startedMs = performance.now();
  const child = spawn(
    process.execPath,
    [
      cli,
      'start',
      '--data-dir',
      dataDir,
      '--port',
      '0',
      '--kafka-port',
      '0',
      '--http-port',
      '0',
      '--json',
      ...args,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const [line] = (await Promise.race([
    once(lines, 'line'),
    exited.then(([code]) => {
      throw new Error(`tidelog start ended with ${String(code)}`);
    }),
  ])) as [string];
  const { brokers, httpUrl } = JSON.parse(line) as { brokers: string[]; httpUrl: string };
  while ((await fetch(`${httpUrl}/readyz`)).status !== 200) continue;
  const readyMs = performance.now() - startedMs;
  const kill = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await exited;
  };
  return {
    address: brokers[0] as string,
    process: child,
    readyMs,
    kill,
    async residentBytes() {
      const status = await readFile(`/proc/${String(child.pid)}/status`, 'utf8').catch(() => '');
      return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? NaN) * 1024;
    },
    [Symbol.asyncDispose]: () => kill('SIGTERM'),
  };
}
