/** `tidelog start`: a broker in this process until a signal asks it to stop. */
import { startBroker } from '@tidelog/broker';
import { once } from 'node:events';
import { interruptSignal } from '../interrupt.ts';
import { printResult, say, type Output } from '../output.ts';

export interface StartOptions {
  dataDir: string;
  ephemeral?: boolean;
  host: string;
  advertisedHost?: string;
  port: number;
  kafkaPort?: number;
  httpPort: number;
  id: number;
  durability: 'fsync' | 'page-cache';
  logLevel: string;
}

/** Runs until SIGINT or SIGTERM, then closes the broker cleanly. Throws when the broker cannot start. */
export async function start(options: StartOptions, output: Output): Promise<void> {
  const { pino } = await import('pino');
  using interrupt = interruptSignal();
  if (options.kafkaPort !== undefined) {
    say(output, 'tidelog: this version has no Kafka listener; --kafka-port opens nothing.');
  }
  await using broker = await startBroker({
    ...(options.ephemeral === true ? {} : { dataDir: options.dataDir }),
    host: options.host,
    ...(options.advertisedHost === undefined ? {} : { advertisedHost: options.advertisedHost }),
    port: options.port,
    http: { port: options.httpPort },
    brokerId: options.id,
    durability: options.durability,
    logger: pino({ level: options.logLevel }, pino.destination({ fd: 2, sync: true })),
  });
  const address = broker.brokers[0] as string;
  const elsewhere =
    address === 'localhost:7650' || address === '127.0.0.1:7650' ? '' : ` --broker ${address}`;
  await printResult(output, {
    json: {
      event: 'listening',
      brokers: broker.brokers,
      httpUrl: broker.httpUrl,
      dataDir: options.ephemeral === true ? null : options.dataDir,
    },
    text: [
      `Tidelog broker ${broker.brokerId} is ready.`,
      `  native  ${address}`,
      `  http    ${broker.httpUrl ?? ''}`,
      `  data    ${options.ephemeral === true ? 'temporary, removed at the end' : options.dataDir} (${options.durability})`,
      `Try: tidelog topic create hello --partitions 3${elsewhere}`,
    ].join('\n'),
  });
  if (!interrupt.signal.aborted) await once(interrupt.signal, 'abort');
  say(output, 'tidelog: stopping');
}
