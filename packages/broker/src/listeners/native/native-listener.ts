/**
 * The listener of the native protocol (docs/formats/native-protocol.md).
 */
import { encodeErrorResponse } from '@tidelog/protocol';
import type { ListenerMetrics } from '../../metrics.ts';
import type { Router } from '../../router.ts';
import type { ConnectionTable } from '../connection-table.ts';
import { startFramedListener } from '../framed-listener.ts';
import type { Listener } from '../listener.ts';
import type { Network } from '../network.ts';
import { nodeNetwork } from '../node-network.ts';
import { NativeConnection } from './native-connection.ts';

export interface NativeListenerOptions {
  /** Unique among the broker's listeners; `native` unless given. */
  readonly name?: string;
  readonly host: string;
  /** 0 … 65535; 0: one that is free. */
  readonly port: number;
  /** How the user sets the port, for messages; `the option port (--port)` unless given. */
  readonly portOption?: string;
  /** Shared by all listeners of the broker: limits, memory, time limits. */
  readonly table: ConnectionTable;
  readonly router: Router;
  readonly metrics: ListenerMetrics;
  /** The system's TCP unless given. */
  readonly network?: Network;
}

/** Listens. Rejects with PORT_IN_USE, or INVALID_ARGUMENT when the address may not be used. */
export function startNativeListener(options: NativeListenerOptions): Promise<Listener> {
  const { host, port, table, router, metrics } = options;
  const name = options.name ?? 'native';
  return startFramedListener({
    identity: { name, portOption: options.portOption ?? 'the option port (--port)' },
    address: { host, port },
    network: options.network ?? nodeNetwork,
    table,
    metrics,
    protocol: (connection) => new NativeConnection({ listener: name, connection, table, router }),
    refusal: () =>
      encodeErrorResponse(
        0,
        'THROTTLING_QUOTA_EXCEEDED',
        `this broker has ${table.limits.maxConnections} connections, as many as it may (maxConnections); close some or try again later`,
      ),
  });
}
