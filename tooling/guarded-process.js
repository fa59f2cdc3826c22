/**
 * Child processes that cannot outlive the script that started them.
 *
 * Between the script and the command stands a guard: this file, run as a program in a process group of its own
 * with an ipc channel to the script. The command and all that it starts live in the guard's group.
 *
 * States of the guard: running → stopping (the script asked by SIGTERM, or the channel broke because the script
 * died, kill -9 included: the group gets SIGTERM) → killed (still alive after GRACE_MS: the group gets SIGKILL).
 *
 * Plain JavaScript for Node 20: it runs before anything is installed.
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

const GRACE_MS = 5_000;
const PROGRAM = fileURLToPath(import.meta.url);

/** The exit code that a shell would report: the code itself, or 128 + the number of the signal. */
export function shellExitCode(code, signal) {
  return code ?? 128 + (constants.signals[signal] ?? 0);
}

/**
 * Runs a command under a guard and resolves with `{ exitCode, output }` once its whole group has ended; never
 * rejects because the command failed. `output` is stdout and stderr together when `capture` is set, else empty
 * (the command then writes to the script's own streams). Aborting `signal` stops the group.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, capture?: boolean, signal?: AbortSignal }} options
 * @returns {Promise<{ exitCode: number, output: string }>}
 */
export function runGuarded(command, args, { cwd, env = process.env, capture = false, signal } = {}) {
  return new Promise((resolve, reject) => {
    const stream = capture ? 'pipe' : 'inherit';
    const guard = spawn(process.execPath, [PROGRAM, command, ...args], {
      cwd,
      env,
      detached: true,
      stdio: ['ignore', stream, stream, 'ipc'],
    });
    const chunks = [];
    guard.stdout?.on('data', (chunk) => chunks.push(chunk));
    guard.stderr?.on('data', (chunk) => chunks.push(chunk));
    const stop = () => guard.kill('SIGTERM');
    signal?.addEventListener('abort', stop, { once: true });
    guard.once('error', reject);
    guard.once('close', (code, killedBy) => {
      signal?.removeEventListener('abort', stop);
      resolve({ exitCode: shellExitCode(code, killedBy), output: Buffer.concat(chunks).toString() });
    });
    if (signal?.aborted === true) stop();
  });
}

function guardMain([command, ...args]) {
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    process.kill(-process.pid, 'SIGTERM'); // reaches the guard too, which has a handler and stays
    setTimeout(() => process.kill(-process.pid, 'SIGKILL'), GRACE_MS);
  };
  // Before the spawn: a signal between the two would kill the guard alone.
  for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(name, stop);
  process.on('disconnect', stop);
  process.stdout.on('error', stop);
  const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  child.once('error', (error) => {
    console.error(`cannot run ${command}: ${error.message}`);
    process.exit(127);
  });
  child.once('exit', (code, killedBy) => {
    if (stopping)
      process.kill(-process.pid, 'SIGKILL'); // what the command left behind, and the guard
    else process.exit(shellExitCode(code, killedBy));
  });
  // The script died, or asked, before the handlers were there.
  if (!process.connected) stop();
}

if (process.argv[1] === PROGRAM) guardMain(process.argv.slice(2));
