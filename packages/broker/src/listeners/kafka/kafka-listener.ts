/**
 * The listener of Kafka's protocol, version by version as ApiVersions tells (docs/reference/kafka-compatibility.md).
 */
import type { ListenerMetrics } from '../../metrics.ts';
import type { Router } from '../../router.ts';
import type { ConnectionTable } from '../connection-table.ts';
import { startFramedListener } from '../framed-listener.ts';
import type { Listener } from '../listener.ts';
import type { Network } from '../network.ts';
import { nodeNetwork } from '../node-network.ts';
import { kafkaApis } from './kafka-apis.ts';
import { KafkaConnection } from './kafka-connection.ts';

export interface KafkaListenerOptions {
  /** Unique among the broker's listeners; `kafka` unless given. */
  readonly name?: string;
  readonly host: string;
  /** 0 … 65535; 0: one that is free. */
  readonly port: number;
  /** How the user sets the port, for messages; `the option kafka.port (--kafka-port)` unless given. */
  readonly portOption?: string;
  /** Shared by all listeners of the broker: limits, memory, time limits. */
  readonly table: ConnectionTable;
  readonly router: Router;
  readonly metrics: ListenerMetrics;
  /** The system's TCP unless given. */
  readonly network?: Network;
}

/** Listens. Rejects with PORT_IN_USE, or INVALID_ARGUMENT when the address may not be used. */
export function startKafkaListener(options: KafkaListenerOptions): Promise<Listener> {
  const { host, port, table, router, metrics } = options;
  const name = options.name ?? 'kafka';
  const apis = kafkaApis();
  return startFramedListener({
    identity: { name, portOption: options.portOption ?? 'the option kafka.port (--kafka-port)' },
    address: { host, port },
    network: options.network ?? nodeNetwork,
    table,
    metrics,
    protocol: (connection) => new KafkaConnection({ listener: name, connection, table, router, apis }),
    // The protocol has no frame for an error that belongs to no request: the connection is closed.
    refusal: () => [],
  });
}
