import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { finished, shellCommand } from './cli-process.ts';
import { brokerForCli } from './test-broker.ts';

test('the example of the README runs as it stands', async () => {
  await using env = await brokerForCli();
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const [, , example] = readme.split('```sh\n').map((block) => block.split('```')[0] as string);
  expect(example).toContain('tidelog topic create fruit');
  const script = `set -e\ntidelog() { ${shellCommand([])} "$@" ${env.at.join(' ')}; }\n${example as string}`;
  const { exitCode, stdout, stderr } = await finished(spawn('sh', ['-c', script]));
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const lines = stdout.toString().trimEnd().split('\n');
  expect(lines.slice(0, 1)).toEqual(['Created topic fruit with 3 partitions.']);
  expect(lines[1]).toMatch(/^Produced 3 records to fruit in/);
  expect(lines.slice(2).filter((line) => / apple /.test(line))).toEqual([
    expect.stringMatching(/^\d \d apple 1$/),
    expect.stringMatching(/^\d \d apple 3$/),
  ]);
  expect(lines).toHaveLength(5);
});
