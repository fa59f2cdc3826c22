/**
 * The real network: TCP through node:net. No delay (Nagle's algorithm is off: responses are gathered per turn
 * already), keep-alive probes so that a peer that vanished is noticed, half-open sockets allowed so that a peer
 * that only stopped sending still gets its answers.
 */
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { readAcceptedSocket } from './accepted-socket.ts';
import { formatAddress, type ListenAddress } from './listener.ts';
import type {
  Network,
  NetworkAcceptor,
  NetworkConnection,
  NetworkHandler,
  NetworkServer,
} from './network.ts';

const KEEP_ALIVE_INITIAL_DELAY_MS = 60_000;
/** Connections that the kernel holds until they are accepted; it may hold fewer (net.core.somaxconn). */
const BACKLOG = 4096;

export const nodeNetwork: Network = {
  async listen(address: ListenAddress, acceptor: NetworkAcceptor): Promise<NetworkServer> {
    const server = createServer(
      {
        pauseOnConnect: true,
        allowHalfOpen: true,
        noDelay: true,
        keepAlive: true,
        keepAliveInitialDelay: KEEP_ALIVE_INITIAL_DELAY_MS,
      },
      (accepted) => acceptConnection(accepted, acceptor),
    );
    await listening(server, address);
    server.on('error', (error) => acceptor.acceptFailed(error));
    const bound = server.address() as AddressInfo;
    return {
      address: { host: bound.address, port: bound.port },
      close: () =>
        new Promise((resolve) => {
          server.close(() => resolve());
        }),
    };
  },
};

function listening(server: Server, { host, port }: ListenAddress): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, backlog: BACKLOG }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function acceptConnection(accepted: Socket, acceptor: NetworkAcceptor): void {
  const lastWords = acceptor.refusal();
  if (lastWords === undefined) {
    new SocketConnection(accepted, acceptor);
    return;
  }
  // The peer may have gone already: that is no news.
  accepted.on('error', () => undefined);
  for (const buffer of lastWords) accepted.write(buffer);
  accepted.destroySoon();
}

class SocketConnection implements NetworkConnection {
  readonly #socket: Socket;
  readonly #handler: NetworkHandler;
  #error: Error | undefined;

  constructor(accepted: Socket, acceptor: NetworkAcceptor) {
    // While the socket is made it asks for a buffer before there is a handler: the first read needs no own one.
    let handler: NetworkHandler | undefined;
    this.#socket = readAcceptedSocket(accepted, {
      nextReadBuffer: () => handler?.nextReadBuffer(),
      received: (bytes) => handler?.received(bytes),
    });
    this.#handler = handler = acceptor.connected(this);
    this.#socket.on('error', (error) => {
      this.#error = error;
    });
    this.#socket.on('end', () => this.#handler.ended());
    this.#socket.on('close', () => this.#handler.closed(this.#error));
  }

  get remoteAddress(): string {
    const { remoteAddress, remotePort } = this.#socket;
    return remoteAddress === undefined || remotePort === undefined
      ? 'a peer that is gone'
      : formatAddress({ host: remoteAddress, port: remotePort });
  }

  write(buffers: readonly Uint8Array[], done: (error: Error | undefined) => void): void {
    const socket = this.#socket;
    const finished = (error?: Error | null): void => done(error ?? undefined);
    const last = buffers.length - 1;
    if (last > 0) socket.cork();
    for (let index = 0; index < last; index++) socket.write(buffers[index] as Uint8Array);
    socket.write(buffers[last] as Uint8Array, finished);
    if (last > 0) socket.uncork();
  }

  pauseReading(): void {
    this.#socket.pause();
  }

  resumeReading(): void {
    this.#socket.resume();
  }

  end(): void {
    this.#socket.end();
  }

  destroy(): void {
    this.#socket.destroy();
  }
}
