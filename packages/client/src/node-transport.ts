/**
 * The network of Node (`node:net`). What is read lies in memory of frame-slabs.ts, which holds the bytes of a frame
 * back until they are there whole, so that a frame is one piece of memory.
 */
import { connect as connectSocket } from 'node:net';
import { FrameSlabs } from './frame-slabs.ts';
import type { Endpoint, Network, Socket, SocketHandlers } from './transport.ts';

/** How long a peer may take to read the last bytes of a connection. */
const END_TIMEOUT_MS = 5_000;

/** Connections over TCP, without Nagle's delay. */
export const nodeNetwork: Network = {
  connect(endpoint: Endpoint, handlers: SocketHandlers): Socket {
    const slabs = new FrameSlabs();
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
          slabs.received(sizeBytes, (chunk) => {
            if (!isClosed) handlers.onData(chunk);
          });
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
