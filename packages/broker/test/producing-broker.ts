/**
 * A program for the kill tests: a broker on the data directory of its first argument that produces to itself as
 * fast as it can, 20 requests at a time over 4 partitions, and prints a line `partition offset value` for each
 * acknowledged record. It goes on where the values on disk end, until it is killed.
 */
import { launchBroker } from '../src/launch-broker.ts';
import { ANONYMOUS } from '../src/requests.ts';
import type { RequestContext } from '../src/requests.ts';
import { batchOf } from './test-batches.ts';

const IN_FLIGHT = 20;
const PARTITIONS = 4;

const [dataDir = '', durability = 'fsync', firstValue = '0'] = process.argv.slice(2);
const { router } = await launchBroker({
  dataDir,
  durability: durability as 'fsync' | 'page-cache',
  topics: { orders: { partitions: PARTITIONS, configs: { 'segment.bytes': 20_000 } } },
});
const context: RequestContext = {
  listener: 'native',
  principal: ANONYMOUS,
  clientId: 'kill-test',
  clientHost: '127.0.0.1',
  connectionId: 'c1',
  signal: new AbortController().signal,
};
let nextValue = Number(firstValue);

async function produceForever(): Promise<never> {
  for (;;) {
    const value = nextValue++;
    const partition = value % PARTITIONS;
    const records = batchOf([String(value)], { timestampMs: Date.now() });
    const partitions = [{ topic: 'orders', partition, records }];
    const response = await router.dispatch('produce', { acks: -1, timeoutMs: 10_000, partitions }, context);
    const result = response.partitions[0];
    if (result === undefined || result.error !== undefined) throw result?.error ?? new Error('no answer');
    process.stdout.write(`${partition} ${result.baseOffset} ${value}\n`);
  }
}

process.on('disconnect', () => process.exit(1));
await Promise.all(Array.from({ length: IN_FLIGHT }, produceForever));
