/**
 * How many records per second the consumer fetches, checks and walks, from a network that costs one copy.
 *
 *   node --conditions=@tidelog/source bench/consume.ts [records in millions] [lazy|values|strings|loop] [crc|nocrc]
 */
import { cpus } from 'node:os';
import { Tidelog } from '../src/tidelog.ts';
import { nullNetwork } from './null-network.ts';

const [millions = '10', how = 'lazy', crc = 'crc'] = process.argv.slice(2);
const recordCount = Number(millions) * 1_000_000;
const topic = 'bench';
const tidelog = new Tidelog({ brokers: ['null:1'], network: nullNetwork({ topic, partitionCount: 1 }) });

async function consume(): Promise<number> {
  const consumer = tidelog.consumer({ topics: [topic], startFrom: 'earliest', checkCrcs: crc === 'crc' });
  let count = 0;
  let touched = 0;
  if (how === 'loop') {
    for await (const { offset } of consumer) {
      touched += offset & 1;
      if (++count >= recordCount) break;
    }
  } else {
    for await (const batch of consumer.batches()) {
      for (const record of batch) {
        count += 1;
        if (how === 'values') touched += record.value?.length ?? 0;
        else if (how === 'strings') touched += String(record.value).length;
        else touched += record.offset & 1;
      }
      if (count >= recordCount) break;
    }
  }
  await consumer.close();
  return touched;
}

for (let round = 0; round < 4; round++) {
  const startMs = performance.now();
  const startCpu = process.cpuUsage();
  await consume();
  const seconds = (performance.now() - startMs) / 1000;
  const cpu = process.cpuUsage(startCpu);
  const rate = (perSeconds: number): string => (recordCount / perSeconds / 1e6).toFixed(1);
  // On a machine that others use too, the rate per second of processor time is the one to compare.
  console.log(
    `${rate(seconds)} M records/s, ${rate((cpu.user + cpu.system) / 1e6)} M per CPU second (${how}, ${crc})`,
  );
}
console.log(`${process.version}, ${cpus()[0]?.model ?? 'unknown CPU'}`);
await tidelog.close();
