import { BATCH_HEADER_BYTES, batchesOf, crc32c } from '@tidelog/record';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { outputOf } from './cli-process.ts';
import { brokerForCli, type CliTestBroker } from './test-broker.ts';

const TOPIC = 'accounts';

let env: CliTestBroker;
let dataDir: string;
/** `accounts` holds one record, and behind it a batch of which compaction has left only the header. */
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tidelog-compacted-'));
  const configs = { 'cleanup.policy': 'compact' };
  await using before = await brokerForCli({ dataDir, topics: { [TOPIC]: { partitions: 1, configs } } });
  const producer = before.tidelog.producer({ lingerMs: 0 });
  await producer.send({ topic: TOPIC, messages: [{ key: 'kept', value: '1' }] });
  await producer.send({ topic: TOPIC, messages: [{ key: 'closed', value: null }] });
  await before[Symbol.asyncDispose]();
  const path = join(dataDir, `${TOPIC}-0`, '00000000000000000000.log');
  const [kept, closed] = [...batchesOf(await readFile(path))];
  const [first = 0, second = 0] = [kept?.header.sizeBytes, closed?.header.sizeBytes];
  const bytes = await readFile(path);
  await writeFile(
    path,
    Buffer.concat([bytes.subarray(0, first), emptied(bytes.subarray(first, first + second))]),
  );
  env = await brokerForCli({ dataDir });
});
afterAll(async () => {
  await env[Symbol.asyncDispose]();
  await rm(dataDir, { recursive: true });
});

/** The batch without its records, as compaction writes one whose offsets must stay. */
function emptied(batch: Buffer): Buffer {
  const header = Buffer.from(batch.subarray(0, BATCH_HEADER_BYTES));
  header.writeInt32BE(BATCH_HEADER_BYTES - 12, 8);
  header.writeInt32BE(0, 57);
  header.writeUInt32BE(crc32c(header.subarray(21)), 17);
  return header;
}

test.each([
  ['consume', ['consume', TOPIC, '--from-beginning', '--exit-at-end'], /^1\n$/],
  ['consume --offset', ['consume', TOPIC, '--offset', '1', '--exit-at-end'], /^$/],
  ['consume --group', ['consume', TOPIC, '--group', 'g', '--from-beginning', '--exit-at-end'], /^1\n$/],
  ['bench consume', ['bench', 'consume', TOPIC], /^1 record in /],
])('%s ends where the last records of a topic were compacted away', async (_name, args, printed) => {
  expect(await outputOf([...args, ...env.at])).toMatch(printed);
});

test('a group is at the end of the log behind such a tail', async () => {
  await outputOf(['consume', TOPIC, '--group', 'h', '--from-beginning', '--exit-at-end', ...env.at]);
  const [row] = await env.tidelog.admin().groupLag('h');
  expect(row).toMatchObject({ committedOffset: 2, lag: 0 });
});
