import { expect, test } from 'vitest';
import { jsonLines, outputOf, runCli } from './cli-process.ts';
import { brokerForCli } from './test-broker.ts';

test('what bench produce sends, bench consume counts', async () => {
  await using env = await brokerForCli({ topics: { load: 2 } });
  const sizes = ['--records', '5000', '--record-bytes', '50', '--key-bytes', '8'];
  const flags = ['--compression', 'lz4', '--acks', '1', '--linger-ms', '1', '--batch-size-bytes', '10000'];
  const [produced] = jsonLines(
    await outputOf(['bench', 'produce', 'load', ...sizes, ...flags, '--json', ...env.at]),
  );
  expect(produced).toMatchObject({ topic: 'load', records: 5000, bytes: 5000 * 58 });
  expect((produced as { recordsPerSecond: number }).recordsPerSecond).toBeGreaterThan(0);
  expect(await outputOf(['bench', 'consume', 'load', ...env.at])).toMatch(
    /^5000 records in [\d.]+ s: \d+ records\/s, [\d.]+ MB\/s\n$/,
  );
  const some = ['--records', '10', '--partition', '1', '--json'];
  const [consumed] = jsonLines(await outputOf(['bench', 'consume', 'load', ...some, ...env.at]));
  expect((consumed as { records: number }).records).toBeGreaterThanOrEqual(10);
});

test('a bench without its topic says how to create it', async () => {
  await using env = await brokerForCli();
  for (const command of ['produce', 'consume']) {
    const { exitCode, stderr } = await runCli(['bench', command, 'load', ...env.at]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^tidelog: .*there is no topic "load"; to create it: .* topic create load/);
  }
});
