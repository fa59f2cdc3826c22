/**
 * Runs the fuzz program as a child process, so that an endless loop in a decoder ends at the
 * deadline instead of hanging the runner. More cases: run the program itself.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const PROGRAM = fileURLToPath(new URL('./fuzz-frames.ts', import.meta.url));
const DEADLINE_MS = 240_000;
/** A million in CI; elsewhere it has to be quick. */
const FRAMES = process.env['CI'] === undefined ? 50_000 : 1_000_000;

function runFuzz(args: readonly string[]): Promise<{ exitCode: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    // A group of its own: at the deadline everything in it goes. The ipc channel ends it with this process.
    const child = spawn(process.execPath, ['--conditions=@tidelog/source', PROGRAM, ...args], {
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

test(
  'damaged frames of every API and version give nothing but MALFORMED_FRAME, and memory stays bounded',
  { timeout: DEADLINE_MS + 10_000 },
  async () => {
    const { exitCode, output } = await runFuzz(['--frames', String(FRAMES), '--seed', '20261121']);
    expect(exitCode, output).toBe(0);
    const summary = JSON.parse(output) as { ok: boolean; cases: number; decoded: number };
    expect(summary).toMatchObject({ ok: true, cases: FRAMES });
    expect(summary.decoded).toBeGreaterThan(FRAMES / 20);
  },
);
