/**
 * How many records per second `run` hands to a call that does nothing, from a network that costs one copy: the price
 * of a call per record, in order or by key.
 *
 *   node --conditions=@tidelog/source bench/process.ts [records in millions] [partition|key]
 */
import { cpus } from 'node:os';
import { Tidelog } from '../src/tidelog.ts';
import { nullNetwork } from './null-network.ts';

const [millions = '1', by = 'partition'] = process.argv.slice(2);
const recordCount = Number(millions) * 1_000_000;
const topic = 'bench';
const tidelog = new Tidelog({ brokers: ['null:1'], network: nullNetwork({ topic, partitionCount: 1 }) });

async function processRecords(): Promise<void> {
  const consumer = tidelog.consumer({ topics: [topic], startFrom: 'earliest' });
  const done = new AbortController();
  let count = 0;
  await consumer.run({
    concurrency: by === 'key' ? { by: 'key', max: 16 } : 1,
    signal: done.signal,
    eachMessage: () => {
      if (++count === recordCount) done.abort();
    },
  });
  await consumer.close();
}

for (let round = 0; round < 4; round++) {
  const startMs = performance.now();
  const startCpu = process.cpuUsage();
  await processRecords();
  const seconds = (performance.now() - startMs) / 1000;
  const cpu = process.cpuUsage(startCpu);
  const rate = (perSeconds: number): string => (recordCount / perSeconds / 1e6).toFixed(2);
  console.log(
    `${rate(seconds)} M records/s, ${rate((cpu.user + cpu.system) / 1e6)} M per CPU second (by ${by})`,
  );
}
console.log(`${process.version}, ${cpus()[0]?.model ?? 'unknown CPU'}`);
await tidelog.close();
