/**
 * One durable, ordered log in a directory, without a server: what an application writes before it acts, and reads
 * again after a crash.
 */
import { openLog } from '@tidelog/log';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const dir = await mkdtemp(join(tmpdir(), 'journal-'));
try {
  {
    await using journal = await openLog({ dir });
    await journal.append({ key: 'account-1', value: '+100' });
    await journal.append([
      { key: 'account-1', value: '-30' },
      { key: 'account-2', value: '+30' },
    ]); // on disk when the promise resolves
  }

  await using journal = await openLog({ dir });
  const balances = new Map<string, number>();
  for await (const { key, value } of journal.read({ fromOffset: journal.startOffset })) {
    const account = String(key);
    balances.set(account, (balances.get(account) ?? 0) + Number(value));
  }
  for (const [account, balance] of balances) console.log(`${account}: ${balance}`);
  if (balances.get('account-1') !== 70) throw new Error('the journal lost a record');
} finally {
  await rm(dir, { recursive: true });
}
