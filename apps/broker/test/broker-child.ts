/** The built broker as a child process on a temporary directory, spoken to over ipc as `npm start` does. */
import { spawn, type ChildProcess, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { ReadyMessage } from '../src/broker-process.ts';

const MAIN = join(import.meta.dirname, '../dist/main.js');

export interface BrokerChild extends AsyncDisposable {
  readonly process: ChildProcess;
  readonly dataDir: string;
  /** Rejects with the child's stderr when it exits instead of becoming ready. */
  readonly ready: Promise<ReadyMessage>;
  /** The exit code, or the name of the signal that killed it. */
  readonly exit: Promise<number | NodeJS.Signals>;
  readonly output: { stdout: string; stderr: string };
}

/** Disposing kills the process when it still runs, and removes the directory. */
export async function spawnBroker(options: {
  env?: Record<string, string>;
  nodeArgs?: readonly string[];
}): Promise<BrokerChild> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tidelog-broker-app-'));
  const child = spawn(process.execPath, [...(options.nodeArgs ?? []), MAIN], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      PATH: process.env.PATH,
      TIDELOG_DATA_DIR: dataDir,
      TIDELOG_HOST: '127.0.0.1',
      TIDELOG_PORT: '0',
      TIDELOG_KAFKA_PORT: '0',
      TIDELOG_HTTP_PORT: '0',
      ...options.env,
    },
  }) as ChildProcessByStdio<null, Readable, Readable>;
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  // Not `close`, which a child whose ipc channel was disconnected never emits.
  const ended = Promise.all([once(child, 'exit'), finished(child.stdout), finished(child.stderr)]);
  const exit = ended.then(([[code, signal]]) => (code ?? signal) as number | NodeJS.Signals);
  const ready = Promise.race([
    once(child, 'message').then(([message]) => message as ReadyMessage),
    exit.then((code) => {
      throw new Error(`exited with ${code} instead of becoming ready\n${output.stderr}`);
    }),
  ]);
  ready.catch(() => undefined);
  return {
    process: child,
    dataDir,
    ready,
    exit,
    output,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await exit;
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
