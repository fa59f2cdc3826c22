/** Client and broker together: produce, consume from the tail, both at once. */
import { median, type Figure } from '../figures.ts';
import { startChild } from '../processes.ts';
import { makeBatch, produceFrames } from '../produce-frames.ts';
import { runRawLoad } from '../raw-load.ts';
import type { ClientResult } from '../client-process.ts';
import { withBroker } from './broker-frames.ts';
import type { Scenario, ScenarioContext } from './scenario.ts';

const ROUNDS = 3;

async function clientRate(
  context: ScenarioContext,
  o: { role: 'produce' | 'consume'; address: string; batchRecords: number },
): Promise<number> {
  await using client = await startChild('./client-process.ts', {
    ...o,
    topic: 'bench',
    durationMs: context.durationMs,
  });
  const result = await client.ask<ClientResult>({ run: true });
  return result.records / result.seconds;
}

async function medianOf(measure: () => Promise<number>): Promise<number> {
  const values: number[] = [];
  for (let round = 0; round < ROUNDS; round++) values.push(await measure());
  return median(values);
}

/** Fills the topic with batches of 500 records until it holds enough for a consumer that reads for a while. */
async function fill(
  address: string,
  targets: Parameters<typeof produceFrames>[0]['targets'],
  durationMs: number,
) {
  const batch = makeBatch({ batchBytes: 500 * 120, valueBytes: 100 });
  const frames = targets.map((target) => produceFrames({ targets: [target], batch, depth: 8, acks: 1 }));
  await runRawLoad({ address, frames, durationMs, warmupMs: 0 });
}

export const endToEndScenario: Scenario = {
  name: 'client',
  title: 'Client and broker in two processes, 100-byte records with 10-byte keys, page cache',
  async run(context) {
    const figures: Figure[] = [];
    for (const [batchRecords, target] of [
      [1000, 12],
      [500, 12],
      [100, undefined],
    ] as const) {
      const rate = await withBroker(context, { durability: 'page-cache', partitions: 4 }, (address) =>
        medianOf(() => clientRate(context, { role: 'produce', address, batchRecords })),
      );
      figures.push({
        what: `producer → broker, batches of ${batchRecords}`,
        value: rate / 1e6,
        unit: 'M records/s',
        ...(target === undefined ? {} : { target: { value: target, better: 'more' as const } }),
      });
    }
    const consumed = await withBroker(
      context,
      { durability: 'page-cache', partitions: 1 },
      async (address, targets) => {
        await fill(address, targets, context.durationMs * 2);
        return medianOf(() => clientRate(context, { role: 'consume', address, batchRecords: 500 }));
      },
    );
    figures.push({
      what: 'consumer, lazy records',
      value: consumed / 1e6,
      unit: 'M records/s',
      target: { value: 23, better: 'more' },
    });
    const both = await withBroker(
      context,
      { durability: 'page-cache', partitions: 1 },
      async (address, targets) => {
        await fill(address, targets, 300);
        const [produced, read] = await Promise.all([
          clientRate(context, { role: 'produce', address, batchRecords: 500 }),
          clientRate(context, { role: 'consume', address, batchRecords: 500 }),
        ]);
        return Math.min(produced, read);
      },
    );
    figures.push({
      what: 'producing and consuming at once (the slower side)',
      value: both / 1e6,
      unit: 'M records/s',
      target: { value: 9, better: 'more' },
      note: 'three processes on the cores of the machine',
    });
    return figures;
  },
};
