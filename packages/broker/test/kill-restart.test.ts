import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { launchBroker } from '../src/launch-broker.ts';
import type { LaunchedBroker } from '../src/launch-broker.ts';
import { ANONYMOUS } from '../src/requests.ts';
import { valuesIn } from './test-batches.ts';

interface Acknowledged {
  readonly partition: number;
  readonly offset: number;
  readonly value: string;
}

/** Runs the producing broker until it has acknowledged so many records, and kills it with SIGKILL. */
async function runAndKill(
  dataDir: string,
  run: { durability: string; firstValue: number; recordCount: number },
): Promise<Acknowledged[]> {
  const program = join(import.meta.dirname, 'producing-broker.ts');
  const child = fork(program, [dataDir, run.durability, String(run.firstValue)], {
    execArgv: ['--conditions=@tidelog/source'],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit');
  const acknowledged: Acknowledged[] = [];
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    const [partition, offset, value = ''] = line.split(' ');
    acknowledged.push({ partition: Number(partition), offset: Number(offset), value });
    if (acknowledged.length === run.recordCount) child.kill('SIGKILL');
  }
  await exited;
  return acknowledged;
}

async function readAll({ router }: LaunchedBroker, partition: number): Promise<string[]> {
  const values: string[] = [];
  for (;;) {
    const response = await router.dispatch(
      'fetch',
      {
        maxWaitMs: 0,
        minBytes: 0,
        maxBytes: 10_000_000,
        isolationLevel: 'read_uncommitted',
        partitions: [
          { topic: 'orders', partition, fetchOffset: values.length, partitionMaxBytes: 10_000_000 },
        ],
      },
      {
        listener: 'native',
        principal: ANONYMOUS,
        clientId: '',
        clientHost: '127.0.0.1',
        connectionId: 'c',
        signal: new AbortController().signal,
      },
    );
    const row = response.partitions[0];
    if (row === undefined || row.error !== undefined) throw row?.error ?? new Error('no row');
    const read = valuesIn(row.records);
    response.release();
    if (read.length === 0) return values;
    values.push(...read);
  }
}

test.each(['fsync', 'page-cache'])(
  'killed again and again in the middle of writing (%s), a broker keeps every acknowledged record at its offset',
  async (durability) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'tidelog-kill-'));
    try {
      const acknowledged: Acknowledged[] = [];
      for (let round = 0; round < 3; round++) {
        const firstValue = round * 1_000_000;
        acknowledged.push(...(await runAndKill(dataDir, { durability, firstValue, recordCount: 700 })));
      }
      const launched = await launchBroker({ dataDir });
      for (let partition = 0; partition < 4; partition++) {
        const values = await readAll(launched, partition);
        const promised = acknowledged.filter((record) => record.partition === partition);
        expect(promised.length).toBeGreaterThan(100);
        expect(promised.filter(({ offset, value }) => values[offset] !== value)).toEqual([]);
        expect(new Set(values).size, 'nothing is there twice').toBe(values.length);
      }
      expect(launched.core.metadata.view.topicNamed('orders')?.partitions[0]?.leaderEpoch).toBe(3);
      await launched.broker.close();
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  },
  60_000,
);
