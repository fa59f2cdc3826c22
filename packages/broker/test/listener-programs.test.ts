/**
 * Runs the programs that attack a broker from outside, as child processes with a deadline, so
 * that a hang of the broker ends there and not at the runner's. More cases: run the programs themselves.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const DEADLINE_MS = 240_000;
const IS_CI = process.env['CI'] !== undefined;
const FRAMES = IS_CI ? 100_000 : 20_000;
const IDLE_CONNECTIONS = IS_CI ? 5_000 : 1_000;

function run(program: string, args: readonly string[]): Promise<{ exitCode: number | null; output: string }> {
  const path = fileURLToPath(new URL(program, import.meta.url));
  return new Promise((resolve, reject) => {
    // A group of its own: at the deadline everything in it goes. The ipc channel ends it with this process.
    const child = spawn(process.execPath, ['--conditions=@tidelog/source', path, ...args], {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const deadline = setTimeout(() => process.kill(-(child.pid as number), 'SIGKILL'), DEADLINE_MS);
    const chunks: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', reject);
    child.once('close', (exitCode) => {
      clearTimeout(deadline);
      resolve({ exitCode, output: Buffer.concat(chunks).toString() });
    });
  });
}

const options = { timeout: DEADLINE_MS + 10_000 };

test('a fuzzed broker answers, lives, and serves a healthy client all along', options, async () => {
  const { exitCode, output } = await run('./fuzz-listener.ts', [
    '--frames',
    String(FRAMES),
    '--kind',
    'broker',
  ]);
  expect(exitCode, output).toBe(0);
  expect(JSON.parse(output)).toMatchObject({ ok: true, seed: 1 });
});

test('so does one whose Kafka listener is fuzzed', options, async () => {
  const { exitCode, output } = await run('./fuzz-kafka-listener.ts', ['--frames', String(FRAMES)]);
  expect(exitCode, output).toBe(0);
  expect(JSON.parse(output)).toMatchObject({ ok: true, seed: 1 });
});

test('idle connections cost at most 20 KB each', options, async () => {
  const args = ['--connections', String(IDLE_CONNECTIONS), '--kind', 'broker'];
  const { exitCode, output } = await run('./idle-connections.ts', args);
  expect(exitCode, output).toBe(0);
  expect(JSON.parse(output)).toMatchObject({ ok: true, closed: 0, connections: IDLE_CONNECTIONS });
});
