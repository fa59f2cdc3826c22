/**
 * The network of Node (`node:net`).
 *
 * Reads go into slabs that this file allocates and never reuses, so that records can be handed out as views of
 * what arrived. Successive reads fill a slab from front to back: chunks of one large frame lie next to each
 * other in memory. The next slab is larger after one that filled up in few reads (a consumer catching up) and
 * smaller after idle reads, between `MIN_SLAB_BYTES` and `MAX_SLAB_BYTES`.
 */
import { connect as connectSocket } from 'node:net';
import type { Endpoint, Network, Socket, SocketHandlers } from './transport.ts';

const MIN_SLAB_BYTES = 64 * 1024;
const MAX_SLAB_BYTES = 1024 * 1024;
/** A slab with less room than this is left: tiny reads cost a system call each. */
const MIN_READ_BYTES = 16 * 1024;

/** Hands out the memory of one connection's reads. */
class ReadSlabs {
  #slab: Buffer = Buffer.allocUnsafeSlow(MIN_SLAB_BYTES);
  #position = 0;
  #reads = 0;

  /** Room for the next read: the rest of the current slab, or a fresh one. */
  room(): Buffer {
    if (this.#slab.length - this.#position < MIN_READ_BYTES) this.#replace();
    return this.#slab.subarray(this.#position);
  }

  /** The chunk that a read of `sizeBytes` filled. */
  take(sizeBytes: number): Buffer {
    const start = this.#position;
    this.#position += sizeBytes;
    this.#reads += 1;
    return this.#slab.subarray(start, this.#position);
  }

  #replace(): void {
    const sizeBytes = this.#slab.length;
    const next = this.#reads <= 8 ? sizeBytes * 2 : this.#reads > 64 ? sizeBytes / 2 : sizeBytes;
    this.#slab = Buffer.allocUnsafeSlow(Math.min(MAX_SLAB_BYTES, Math.max(MIN_SLAB_BYTES, next)));
    this.#position = 0;
    this.#reads = 0;
  }
}

/** How long a peer may take to read the last bytes of a connection. */
const END_TIMEOUT_MS = 5_000;

/** Connections over TCP, without Nagle's delay. */
export const nodeNetwork: Network = {
  connect(endpoint: Endpoint, handlers: SocketHandlers): Socket {
    const slabs = new ReadSlabs();
    let closeError: Error | undefined;
    let endTimer: NodeJS.Timeout | undefined;
    let isClosed = false;
    const socket = connectSocket({
      host: endpoint.host,
      port: endpoint.port,
      noDelay: true,
      onread: {
        buffer: () => slabs.room(),
        callback(sizeBytes) {
          if (!isClosed) handlers.onData(slabs.take(sizeBytes));
          return true;
        },
      },
    });
    socket.on('connect', () => handlers.onConnect());
    socket.on('drain', () => {
      if (!isClosed) handlers.onDrain();
    });
    socket.on('error', (error) => (closeError = error));
    // A peer that ends its side will answer nothing more: the connection is of no use.
    socket.on('end', () => socket.destroy());
    socket.on('close', () => {
      isClosed = true;
      clearTimeout(endTimer);
      handlers.onClose(closeError);
    });
    return {
      write(buffers) {
        if (socket.destroyed) return true;
        socket.cork();
        for (const buffer of buffers) socket.write(buffer);
        socket.uncork();
        return !socket.writableNeedDrain;
      },
      end() {
        socket.destroySoon();
        if (socket.destroyed) return;
        endTimer = setTimeout(() => socket.destroy(), END_TIMEOUT_MS);
      },
      destroy() {
        socket.destroy();
      },
    };
  },
};
