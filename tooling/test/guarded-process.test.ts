import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { runGuarded } from '../guarded-process.js';
import { eventually, processesWith, uniqueMark } from './processes.ts';

test('a guarded command gives its exit code and its captured output', async () => {
  const program = 'console.log("out"); console.error("err"); process.exit(3)';
  const result = await runGuarded(process.execPath, ['-e', program], { capture: true });
  expect(result.exitCode).toBe(3);
  expect(result.output).toContain('out\n');
  expect(result.output).toContain('err\n');
});

test('a command that does not exist fails with 127 and names itself', async () => {
  const result = await runGuarded('no-such-command-of-tidelog', [], { capture: true });
  expect(result.exitCode).toBe(127);
  expect(result.output).toContain('no-such-command-of-tidelog');
});

test('an abort ends the command together with what it started', async () => {
  const mark = uniqueMark();
  const stop = new AbortController();
  const running = runGuarded('sh', ['-c', 'sleep 600 & sleep 600'], {
    env: { ...process.env, ...mark.env },
    signal: stop.signal,
  });
  await eventually(() => processesWith(mark).length >= 4);
  stop.abort();
  expect((await running).exitCode).toBeGreaterThan(128);
  await eventually(() => processesWith(mark).length === 0);
});

test('kill -9 of the script that guards a command ends the command', async () => {
  const mark = uniqueMark();
  const module = JSON.stringify(new URL('../guarded-process.js', import.meta.url).href);
  const program = `import { runGuarded } from ${module}; await runGuarded('sleep', ['600'])`;
  const script = spawn(process.execPath, ['--input-type=module', '-e', program], {
    env: { ...process.env, ...mark.env },
    stdio: 'ignore',
  });
  await eventually(() => processesWith(mark).length >= 3);
  script.kill('SIGKILL');
  await once(script, 'exit');
  await eventually(() => processesWith(mark).length === 0);
});
