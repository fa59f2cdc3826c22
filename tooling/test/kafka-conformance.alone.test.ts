/**
 * Runs the conformance suite of Kafka clients as a program, with a deadline that ends all that it started. Clients
 * whose Debian packages are missing are skipped there with a line each, and in CI are failures.
 */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../bootstrap.js';
import { runGuarded } from '../guarded-process.js';

const DEADLINE_MS = 300_000;

test(
  'existing Kafka clients do what the reference page says they do',
  { timeout: DEADLINE_MS + 20_000 },
  async () => {
    const program = join(ROOT, 'tooling', 'kafka-conformance', 'main.ts');
    const { exitCode, output } = await runGuarded(
      process.execPath,
      ['--conditions=@tidelog/source', program],
      { cwd: ROOT, capture: true, signal: AbortSignal.timeout(DEADLINE_MS) },
    );
    for (const line of output.split('\n')) if (line.startsWith('skipped:')) console.warn(line);
    expect(exitCode, output).toBe(0);
    expect(JSON.parse(output.trim().split('\n').at(-1) ?? '')).toMatchObject({ ok: true, failed: 0 });
  },
);
