/**
 * A listener whose connections send requests as frames: accepting, the limit on connections, and the way to
 * close. The protocol is given.
 */
import type { Clock } from '@tidelog/log';
import type { ListenerMetrics } from '../metrics.ts';
import type { ConnectionTable } from './connection-table.ts';
import { FramedConnection, type FrameHandler } from './framed-connection.ts';
import {
  DEFAULT_CLOSE_GRACE_MS,
  formatAddress,
  listenError,
  type ListenAddress,
  type Listener,
  type ListenerIdentity,
} from './listener.ts';
import type { Network, NetworkServer } from './network.ts';

export interface FramedListenerOptions {
  readonly identity: ListenerIdentity;
  readonly address: ListenAddress;
  readonly network: Network;
  readonly table: ConnectionTable;
  readonly metrics: ListenerMetrics;
  readonly protocol: (connection: FramedConnection) => FrameHandler;
  /** What a connection beyond `maxConnections` is told before it is closed. */
  readonly refusal: () => readonly Uint8Array[];
}

/** Listens. Rejects with PORT_IN_USE or INVALID_ARGUMENT, see `listenError`. */
export async function startFramedListener(options: FramedListenerOptions): Promise<Listener> {
  const listener = new FramedListener(options);
  await listener.listen();
  return listener;
}

class FramedListener implements Listener {
  readonly #options: FramedListenerOptions;
  readonly #connections = new Set<FramedConnection>();
  #server: NetworkServer | undefined;
  #closing: Promise<void> | undefined;
  #onEmpty: () => void = () => undefined;

  constructor(options: FramedListenerOptions) {
    this.#options = options;
  }

  get port(): number {
    return (this.#server as NetworkServer).address.port;
  }

  get address(): string {
    return formatAddress({ host: this.#options.address.host, port: this.port });
  }

  async listen(): Promise<void> {
    const { address, identity, network, table } = this.#options;
    try {
      this.#server = await network.listen(address, {
        refusal: () => this.#refusal(),
        connected: (connection) => this.#connected(connection),
        acceptFailed: (error) =>
          table.log.warn('a connection could not be accepted', {
            listener: identity.name,
            reason: error.message,
          }),
      });
    } catch (error) {
      throw listenError(error, address, identity);
    }
  }

  close({ graceMs }: { graceMs: number } = { graceMs: DEFAULT_CLOSE_GRACE_MS }): Promise<void> {
    this.#closing ??= this.#close(graceMs, this.#options.table.clock);
    return this.#closing;
  }

  async #close(graceMs: number, clock: Clock): Promise<void> {
    const stopped = (this.#server as NetworkServer).close();
    const empty = new Promise<void>((resolve) => {
      this.#onEmpty = resolve;
    });
    for (const connection of this.#connections) connection.drain();
    const timer = clock.setTimer(graceMs, () => {
      for (const connection of this.#connections) connection.destroy();
    });
    if (this.#connections.size > 0) await empty;
    timer.cancel();
    await stopped;
  }

  #refusal(): readonly Uint8Array[] | undefined {
    const { table, metrics, identity, refusal } = this.#options;
    if (this.#closing !== undefined) return [];
    if (!table.isFull) return undefined;
    metrics.refusedConnectionsTotal++;
    table.log.warn('a connection was refused: maxConnections is reached', {
      listener: identity.name,
      maxConnections: table.limits.maxConnections,
    });
    return refusal();
  }

  #connected(network: ConstructorParameters<typeof FramedConnection>[0]['network']): FramedConnection {
    const { identity, table, metrics, protocol } = this.#options;
    const connection = new FramedConnection({
      listener: identity.name,
      network,
      table,
      metrics,
      protocol,
      onClosed: (closed) => {
        this.#connections.delete(closed);
        if (this.#connections.size === 0) this.#onEmpty();
      },
    });
    this.#connections.add(connection);
    return connection;
  }
}
