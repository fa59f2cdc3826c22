/**
 * How many records per second the producer takes, batches, checksums and hands to a network that costs nothing.
 *
 *   node --conditions=@tidelog/source bench/enqueue.ts [records in millions] [partitions] [buffer|string] [buffer memory in MB]
 */
import { cpus } from 'node:os';
import { Tidelog } from '../src/tidelog.ts';
import { nullNetwork } from './null-network.ts';

const [millions = '5', partitions = '1', kind = 'buffer', megabytes = '32'] = process.argv.slice(2);
const recordCount = Number(millions) * 1_000_000;
const partitionCount = Number(partitions);
const topic = 'bench';

const keys = Array.from({ length: 1024 }, (_, index) => Buffer.from(`key-${index}`.padEnd(10, '.')));
const value = Buffer.alloc(100, 'v');
const messages =
  kind === 'string'
    ? keys.map((key) => ({ key: key.toString(), value: value.toString() }))
    : keys.map((key) => ({ key, value }));

const tidelog = new Tidelog({ brokers: ['null:1'], network: nullNetwork({ topic, partitionCount }) });
const producer = tidelog.producer<string | Buffer, string | Buffer>({
  bufferMemoryBytes: Number(megabytes) * 1_048_576,
});
await producer.send({ topic, messages: [{ value }] });

for (let round = 0; round < 4; round++) {
  const startMs = performance.now();
  const startCpu = process.cpuUsage();
  for (let count = 0; count < recordCount; count++) {
    const message = messages[count & 1023] as { key: string | Buffer; value: string | Buffer };
    if (!producer.enqueue(topic, message)) await producer.drained();
  }
  await producer.flush();
  const seconds = (performance.now() - startMs) / 1000;
  const cpu = process.cpuUsage(startCpu);
  const cpuSeconds = (cpu.user + cpu.system) / 1e6;
  const rate = (perSeconds: number): string => (recordCount / perSeconds / 1e6).toFixed(1);
  // On a machine that others use too, the rate per second of processor time is the one to compare.
  console.log(
    `${rate(seconds)} M records/s, ${rate(cpuSeconds)} M per CPU second (${kind}, ${partitionCount} partitions)`,
  );
}
console.log(`${process.version}, ${cpus()[0]?.model ?? 'unknown CPU'}`);
await tidelog.close();
