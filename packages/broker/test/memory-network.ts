/**
 * A network without sockets: what a client sends is delivered inside `send`, in pieces of the client's choosing,
 * and what a connection writes is taken at once, or kept waiting while the client does not read.
 */
import type {
  Network,
  NetworkAcceptor,
  NetworkConnection,
  NetworkHandler,
  NetworkServer,
} from '../src/listeners/network.ts';
import type { ListenAddress } from '../src/listeners/listener.ts';

export class MemoryNetwork implements Network {
  #acceptor: NetworkAcceptor | undefined;
  #nextPort = 40_000;

  listen(address: ListenAddress, acceptor: NetworkAcceptor): Promise<NetworkServer> {
    this.#acceptor = acceptor;
    const port = address.port === 0 ? this.#nextPort++ : address.port;
    return Promise.resolve({
      address: { host: address.host, port },
      close: () => {
        this.#acceptor = undefined;
        return Promise.resolve();
      },
    });
  }

  /** A client's connection. Throws when nobody listens. */
  connect(): MemoryClient {
    if (this.#acceptor === undefined) throw new Error('nobody listens');
    return new MemoryClient(this.#acceptor);
  }
}

interface PendingWrite {
  readonly buffers: readonly Uint8Array[];
  readonly done: (error: Error | undefined) => void;
}

/** The client's end, and the connection that the listener sees. */
export class MemoryClient {
  readonly #handler: NetworkHandler | undefined;
  #received: Buffer[] = [];
  #unsent: Buffer[] = [];
  #isPaused = false;
  #isClosed = false;
  #pendingWrite: PendingWrite | undefined;
  #waiters: (() => void)[] = [];
  /** False: writes of the listener wait. */
  isReading = true;
  /** True once the listener has sent its last byte. */
  didListenerEnd = false;

  constructor(acceptor: NetworkAcceptor) {
    const lastWords = acceptor.refusal();
    if (lastWords !== undefined) {
      this.#received = lastWords.map((bytes) => Buffer.from(bytes));
      this.#isClosed = true;
      this.#handler = undefined;
      return;
    }
    this.#handler = acceptor.connected(this.#connection());
  }

  /** True once the connection is gone, whoever closed it. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** True while the listener does not read what is sent. */
  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** Bytes sent that the listener has not read. */
  get unreadBytes(): number {
    return this.#unsent.reduce((sum, bytes) => sum + bytes.length, 0);
  }

  /** What the listener has sent so far. */
  get received(): Buffer {
    return Buffer.concat(this.#received);
  }

  /** Delivers bytes, at most `pieceBytes` at a time; the rest waits while the listener does not read. */
  send(bytes: Uint8Array, { pieceBytes = 64 * 1024 }: { pieceBytes?: number } = {}): void {
    for (let position = 0; position < bytes.length; position += pieceBytes) {
      this.#unsent.push(Buffer.from(bytes.subarray(position, position + pieceBytes)));
    }
    this.#deliver();
  }

  /** Takes what the listener could not write, and reads on. */
  read(): void {
    this.isReading = true;
    this.#takeWrite();
  }

  end(): void {
    this.#handler?.ended();
  }

  /** Breaks the connection. */
  reset(): void {
    this.#close(new Error('reset by the client'));
  }

  /** Resolves at the next change: bytes came, or the connection was ended or closed. */
  changed(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiters.push(resolve);
    });
  }

  /** Resolves when the condition holds, checked at each change. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await this.changed();
  }

  #connection(): NetworkConnection {
    return {
      remoteAddress: 'memory:1',
      write: (buffers, done) => {
        if (this.#pendingWrite !== undefined) throw new Error('a write is under way');
        this.#pendingWrite = { buffers, done };
        queueMicrotask(() => this.#takeWrite());
      },
      pauseReading: () => {
        this.#isPaused = true;
      },
      resumeReading: () => {
        this.#isPaused = false;
        queueMicrotask(() => this.#deliver());
      },
      end: () => {
        this.didListenerEnd = true;
        this.#changed();
      },
      destroy: () => {
        queueMicrotask(() => this.#close(undefined));
      },
    };
  }

  #deliver(): void {
    while (!this.#isPaused && !this.#isClosed) {
      const bytes = this.#unsent.shift();
      if (bytes === undefined) return;
      const target = this.#handler?.nextReadBuffer();
      if (target === undefined) {
        this.#handler?.received(bytes);
        // What a handler was given only for the call is overwritten afterwards.
        bytes.fill(0xee);
        continue;
      }
      const copiedBytes = bytes.copy(target);
      if (copiedBytes < bytes.length) this.#unsent.unshift(bytes.subarray(copiedBytes));
      this.#handler?.received(target.subarray(0, copiedBytes));
    }
  }

  #takeWrite(): void {
    const write = this.#pendingWrite;
    if (write === undefined || !this.isReading || this.#isClosed) return;
    this.#pendingWrite = undefined;
    for (const bytes of write.buffers) this.#received.push(Buffer.from(bytes));
    this.#changed();
    write.done(undefined);
  }

  #close(error: Error | undefined): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const write = this.#pendingWrite;
    this.#pendingWrite = undefined;
    write?.done(error ?? new Error('the connection was closed'));
    this.#handler?.closed(error);
    this.#changed();
  }

  #changed(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const resolve of waiters) resolve();
  }
}
