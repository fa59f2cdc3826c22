/**
 * The client's network and the broker's, joined without sockets: what one side writes, the other receives at the end
 * of the turn. Each client machine has its own, which can fall silent: nothing passes any more in either direction
 * and nobody is told, as when a machine loses its power.
 *
 * Invariant: bytes of one direction of one connection arrive in order, and none after its end.
 */
import type {
  Network as ListenerNetwork,
  NetworkAcceptor,
  NetworkHandler,
  NetworkServer,
} from '../../broker/src/listeners/network.ts';
import type { Endpoint, Network, Socket, SocketHandlers } from '../src/transport.ts';

/** The broker's side: one listener. */
export class MemoryLink implements ListenerNetwork {
  readonly #connections = new Set<LinkedConnection>();
  #acceptor: NetworkAcceptor | undefined;

  listen(address: { host: string; port: number }, acceptor: NetworkAcceptor): Promise<NetworkServer> {
    this.#acceptor = acceptor;
    return Promise.resolve({
      address,
      close: () => {
        this.#acceptor = undefined;
        return Promise.resolve();
      },
    });
  }

  /** Breaks every connection, as when the broker's process ends; nobody listens any more. */
  breakAll(): void {
    this.#acceptor = undefined;
    for (const connection of [...this.#connections]) connection.break();
  }

  /** The network of one client machine. */
  machine(): ClientMachine {
    return new ClientMachine((handlers, machine) => {
      const connection = new LinkedConnection(handlers, machine, () => this.#connections.delete(connection));
      this.#connections.add(connection);
      connection.open(() => this.#acceptor);
      return connection;
    });
  }
}

export class ClientMachine implements Network {
  /** True: it is off. What it sends is not received, and it receives nothing. */
  isSilent = false;
  readonly #connect: (handlers: SocketHandlers, machine: ClientMachine) => Socket;

  constructor(connect: (handlers: SocketHandlers, machine: ClientMachine) => Socket) {
    this.#connect = connect;
  }

  connect(_endpoint: Endpoint, handlers: SocketHandlers): Socket {
    return this.#connect(handlers, this);
  }
}

class LinkedConnection implements Socket {
  readonly #client: SocketHandlers;
  readonly #machine: ClientMachine;
  readonly #onGone: () => void;
  readonly #unread: Buffer[] = [];
  #broker: NetworkHandler | undefined;
  #isPaused = false;
  #isClosed = false;

  constructor(client: SocketHandlers, machine: ClientMachine, onGone: () => void) {
    this.#client = client;
    this.#machine = machine;
    this.#onGone = onGone;
  }

  open(acceptor: () => NetworkAcceptor | undefined): void {
    this.#later(() => {
      const found = acceptor();
      if (found === undefined) return this.#close(new Error('connect ECONNREFUSED'));
      if (found.refusal() !== undefined) return this.#close(new Error('the broker has no room'));
      this.#broker = found.connected({
        remoteAddress: 'memory:1',
        write: (buffers, done) => {
          const bytes = Buffer.concat(buffers);
          setImmediate(() => done(this.#isClosed ? new Error('the connection is closed') : undefined));
          this.#later(() => this.#client.onData(bytes));
        },
        pauseReading: () => {
          this.#isPaused = true;
        },
        resumeReading: () => {
          this.#isPaused = false;
          this.#later(() => this.#deliver());
        },
        end: () => this.break(),
        destroy: () => this.break(),
      });
      this.#client.onConnect();
    });
  }

  write(buffers: readonly Buffer[]): boolean {
    const bytes = Buffer.concat(buffers);
    this.#later(() => {
      this.#unread.push(bytes);
      this.#deliver();
    });
    return true;
  }

  end(): void {
    this.destroy();
  }

  destroy(): void {
    this.#later(() => this.#close(undefined));
  }

  break(): void {
    setImmediate(() => this.#close(new Error('read ECONNRESET')));
  }

  /** At the end of the turn, unless the connection has ended or the machine is off by then. */
  #later(deliver: () => void): void {
    setImmediate(() => {
      if (!this.#isClosed && !this.#machine.isSilent) deliver();
    });
  }

  #deliver(): void {
    while (!this.#isPaused && !this.#isClosed) {
      const bytes = this.#unread.shift();
      if (bytes === undefined) return;
      const target = this.#broker?.nextReadBuffer();
      if (target === undefined) {
        this.#broker?.received(bytes);
        continue;
      }
      const copiedBytes = bytes.copy(target);
      if (copiedBytes < bytes.length) this.#unread.unshift(bytes.subarray(copiedBytes));
      this.#broker?.received(target.subarray(0, copiedBytes));
    }
  }

  #close(error: Error | undefined): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#onGone();
    this.#broker?.closed(error);
    if (!this.#machine.isSilent) this.#client.onClose(error);
  }
}
