/**
 * The load of bench/loopback.ts, in a process of its own: keeps a number of equal frames in flight on each of
 * some connections and counts what is acknowledged. Acknowledgements are told by their size, which is the same
 * for all of them.
 */
import { connect } from 'node:net';

/** What the parent sends once. */
export interface LoadOrder {
  readonly port: number;
  readonly connections: number;
  readonly inFlight: number;
  /** base64. */
  readonly frame: string;
  readonly acknowledgementBytes: number;
  readonly warmUpMs: number;
  readonly durationMs: number;
}

/** What the load answers. */
export interface LoadResult {
  readonly framesPerSecond: number;
}

process.once('disconnect', () => process.exit(0));
process.once('message', (message) => {
  const order = message as LoadOrder;
  const frame = Buffer.from(order.frame, 'base64');
  let acknowledged = 0;
  for (let index = 0; index < order.connections; index++) {
    let partBytes = 0;
    const send = (count: number): void => {
      socket.cork();
      for (let sent = 0; sent < count; sent++) socket.write(frame);
      socket.uncork();
    };
    const socket = connect({
      host: '127.0.0.1',
      port: order.port,
      noDelay: true,
      onread: {
        buffer: Buffer.alloc(64 * 1024),
        callback(sizeBytes) {
          partBytes += sizeBytes;
          const count = Math.floor(partBytes / order.acknowledgementBytes);
          partBytes -= count * order.acknowledgementBytes;
          acknowledged += count;
          send(count);
          return true;
        },
      },
    });
    socket.on('connect', () => send(order.inFlight));
    socket.on('error', (error) => {
      console.error(error.message);
      process.exit(1);
    });
  }
  setTimeout(() => {
    const before = acknowledged;
    const startMs = performance.now();
    setTimeout(() => {
      const seconds = (performance.now() - startMs) / 1000;
      const result: LoadResult = { framesPerSecond: (acknowledged - before) / seconds };
      process.send?.(result, () => process.exit(0));
    }, order.durationMs);
  }, order.warmUpMs);
});
