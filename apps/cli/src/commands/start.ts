/** `tidelog start`: a broker in this process until a signal asks it to stop. */
import { releaseStartMemory, startBroker, type Broker } from '@tidelog/broker';
import { once } from 'node:events';
import { pino } from 'pino';
import { brokerFlag } from '../invocation.ts';
import { interruptSignal } from '../interrupt.ts';
import { printResult, say, type Output } from '../output.ts';

export interface StartOptions {
  readonly dataDir: string;
  readonly ephemeral?: boolean;
  readonly host: string;
  readonly advertisedHost?: string;
  readonly advertisedPort?: number;
  readonly port: number;
  readonly kafka: boolean;
  readonly kafkaPort: number;
  readonly httpPort: number;
  readonly id: number;
  readonly durability: 'fsync' | 'page-cache';
  readonly logLevel: string;
}

/** Runs until SIGINT or SIGTERM, then closes the broker cleanly. Throws when the broker cannot start or close. */
export async function start(options: StartOptions, output: Output): Promise<void> {
  using interrupt = interruptSignal();
  const { ephemeral, dataDir, advertisedHost, advertisedPort } = options;
  const broker = await startBroker({
    ...(ephemeral === true ? {} : { dataDir }),
    host: options.host,
    ...(advertisedHost === undefined ? {} : { advertisedHost }),
    ...(advertisedPort === undefined ? {} : { advertisedPort }),
    port: options.port,
    kafka: options.kafka && { port: options.kafkaPort },
    http: { port: options.httpPort },
    brokerId: options.id,
    durability: options.durability,
    // Synchronous: no line is lost when the process exits.
    logger: pino(
      { level: options.logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime },
      pino.destination({ dest: 2, sync: true }),
    ),
  });
  await printResult(output, announcement(broker, options, output));
  releaseStartMemory();
  if (!interrupt.signal.aborted) await once(interrupt.signal, 'abort');
  say(output, 'tidelog: stopping; Ctrl-C again to leave at once');
  await broker.close();
  await printResult(output, { json: { event: 'closed' }, text: 'Closed cleanly.' });
}

function announcement(
  broker: Broker,
  { ephemeral, dataDir, durability }: StartOptions,
  { program }: Output,
): { json: unknown; text: string } {
  const startTimeMs = Math.round(performance.now());
  const { brokers, kafkaBrokers, httpUrl, brokerId, clusterId } = broker;
  const data = ephemeral === true ? 'temporary, removed at the end' : dataDir;
  return {
    json: {
      event: 'listening',
      brokers,
      kafkaBrokers,
      httpUrl,
      brokerId,
      clusterId,
      dataDir: ephemeral === true ? null : dataDir,
      startTimeMs,
    },
    text: [
      `Tidelog broker ${brokerId} of cluster ${clusterId} is ready (${startTimeMs} ms).`,
      `  native  ${brokers.join(', ')}`,
      `  kafka   ${kafkaBrokers.join(', ') || 'off'}`,
      `  http    ${httpUrl ?? 'off'} (/healthz, /readyz, /metrics)`,
      `  data    ${data} (durability ${durability})`,
      `Try: ${program} topic create hello --partitions 3${brokerFlag(brokers)}`,
    ].join('\n'),
  };
}
