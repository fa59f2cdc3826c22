/**
 * A network in memory: connections to servers that a test provides, with delivery at the end of the turn or when
 * the test says so.
 *
 * Invariant: bytes of one direction of one connection arrive in order, and none after its end.
 */
import {
  formatEndpoint,
  type Endpoint,
  type Network,
  type Socket,
  type SocketHandlers,
} from '../src/transport.ts';

/** The server's side of one connection. */
export interface ServerSocket {
  /** Sends to the client. */
  write(buffers: readonly Buffer[]): void;
  /** Ends the connection from the server's side. */
  destroy(): void;
}

export interface ServerHandlers {
  onData(chunk: Buffer): void;
  onClose(): void;
}

export type FakeServer = (socket: ServerSocket) => ServerHandlers;

/** Runs a delivery later. The test's own scheduler may reorder deliveries of different channels. */
export type Schedule = (channel: object, deliver: () => void) => void;

export class FakeNetwork implements Network {
  readonly #servers = new Map<string, FakeServer>();
  readonly #connections = new Set<FakeConnection>();
  readonly #schedule: Schedule;
  /** Connections made since the start. */
  connectCount = 0;

  constructor(schedule: Schedule = (_channel, deliver) => setImmediate(deliver)) {
    this.#schedule = schedule;
  }

  /** From now on something listens at the address. */
  listen(address: string, server: FakeServer): void {
    this.#servers.set(address, server);
  }

  /** From now on nothing listens there, and its connections break. */
  stop(address: string): void {
    this.#servers.delete(address);
    this.disconnect(address);
  }

  /** Breaks the connections to an address, or all of them. Bytes under way to the server may still arrive. */
  disconnect(address?: string): void {
    for (const connection of [...this.#connections]) {
      if (address === undefined || connection.address === address) connection.break();
    }
  }

  /** Makes every socket push back: `write` returns false until `releaseBackPressure`. */
  isPushingBack = false;

  releaseBackPressure(): void {
    this.isPushingBack = false;
    for (const connection of [...this.#connections]) connection.drained();
  }

  connect(endpoint: Endpoint, handlers: SocketHandlers): Socket {
    this.connectCount += 1;
    const address = formatEndpoint(endpoint);
    const connection = new FakeConnection(address, handlers, this.#schedule, this);
    this.#connections.add(connection);
    connection.open(this.#servers.get(address), () => this.#connections.delete(connection));
    return connection;
  }
}

class FakeConnection implements Socket {
  readonly address: string;
  readonly #handlers: SocketHandlers;
  readonly #schedule: Schedule;
  readonly #network: FakeNetwork;
  readonly #toServer = {};
  readonly #toClient = {};
  #server: ServerHandlers | undefined;
  #onEnd: () => void = () => undefined;
  #isClosed = false;

  constructor(address: string, handlers: SocketHandlers, schedule: Schedule, network: FakeNetwork) {
    this.address = address;
    this.#handlers = handlers;
    this.#schedule = schedule;
    this.#network = network;
  }

  open(server: FakeServer | undefined, onEnd: () => void): void {
    this.#onEnd = onEnd;
    this.#schedule(this.#toClient, () => {
      if (this.#isClosed) return;
      if (server === undefined) {
        this.#close(new Error(`connect ECONNREFUSED ${this.address}`));
        return;
      }
      this.#server = server({
        write: (buffers) => {
          const bytes = Buffer.concat(buffers);
          this.#schedule(this.#toClient, () => {
            if (!this.#isClosed) this.#handlers.onData(bytes);
          });
        },
        destroy: () => this.break(),
      });
      this.#handlers.onConnect();
    });
  }

  write(buffers: readonly Buffer[]): boolean {
    // A copy: a real socket has handed the bytes over before they can change.
    const bytes = Buffer.concat(buffers);
    this.#schedule(this.#toServer, () => this.#server?.onData(bytes));
    return !this.#network.isPushingBack;
  }

  end(): void {
    this.destroy();
  }

  /** Unlike a real one it loses nothing that was written. */
  destroy(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#schedule(this.#toClient, () => this.#ended(undefined));
    this.#schedule(this.#toServer, () => this.#server?.onClose());
  }

  drained(): void {
    if (!this.#isClosed) this.#handlers.onDrain();
  }

  break(): void {
    this.#schedule(this.#toClient, () => this.#close(new Error('read ECONNRESET')));
    this.#schedule(this.#toServer, () => this.#server?.onClose());
  }

  #close(error: Error): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#ended(error);
  }

  #ended(error: Error | undefined): void {
    this.#onEnd();
    this.#handlers.onClose(error);
  }
}
