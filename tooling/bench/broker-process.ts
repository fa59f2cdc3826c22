/** A broker in a process of its own, as the benchmarks use it. */
import { startBroker } from '@tidelog/broker';
import { childReady } from './processes.ts';

const options = JSON.parse(process.argv[2] as string) as {
  dataDir: string;
  durability: 'fsync' | 'page-cache';
  cleanerBackoffMs?: number;
  kafka?: { port: number };
  retentionCheckIntervalMs?: number;
};
const broker = await startBroker(options);
process.on('message', () => {
  void broker.metrics().then((metrics) => {
    process.send?.({ rssBytes: process.memoryUsage.rss(), cpuMicros: process.cpuUsage(), metrics });
  });
});
childReady({ address: broker.brokers[0], kafkaAddress: broker.kafkaBrokers[0] }, () => broker.close());
