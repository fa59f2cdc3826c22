/**
 * Load on a server with requests that were encoded once: as many connections as asked for, each with a fixed
 * number of requests in flight, sent again as their answers come. What is measured is the server; the loading
 * side only copies bytes.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { percentile } from './figures.ts';
import { FrameCutter, RESPONSE_HEAD_BYTES, responseCorrelationId } from './raw-frames.ts';

export interface RawLoad {
  /** `host:port`. */
  readonly address: string;
  /** One list per connection: the request of each slot, with correlation ids 1, 2, … in this order. */
  readonly frames: readonly (readonly Buffer[])[];
  readonly durationMs: number;
  /** Answers before this time do not count. */
  readonly warmupMs?: number;
}

export interface RawLoadResult {
  readonly requestsPerSecond: number;
  readonly sentBytesPerSecond: number;
  readonly receivedBytesPerSecond: number;
  readonly p50Us: number;
  readonly p99Us: number;
}

const MAX_LATENCIES = 2_000_000;

export async function runRawLoad(load: RawLoad): Promise<RawLoadResult> {
  const [host, port] = splitAddress(load.address);
  const readBuffer = Buffer.allocUnsafeSlow(2 * 1024 * 1024);
  const latenciesUs: number[] = [];
  let requests = 0;
  let sentBytes = 0;
  let receivedBytes = 0;
  let isCounting = false;
  let isOver = false;
  const sockets: Socket[] = [];

  const open = async (frames: readonly Buffer[]): Promise<() => void> => {
    const cutter = new FrameCutter(responseCorrelationId, RESPONSE_HEAD_BYTES);
    const sentAt = new Float64Array(frames.length + 1);
    const socket = connect({
      host,
      port,
      noDelay: true,
      onread: {
        buffer: readBuffer,
        callback: (length, bytes) => {
          receive(Buffer.from(bytes.buffer, bytes.byteOffset, length));
          return true;
        },
      },
    });
    socket.on('error', (error) => {
      if (!isOver) throw error;
    });
    sockets.push(socket);
    const send = (id: number): void => {
      const frame = frames[id - 1] as Buffer;
      sentAt[id] = performance.now();
      socket.write(frame);
      if (isCounting) sentBytes += frame.length;
    };
    const receive = (bytes: Buffer): void => {
      if (isCounting) receivedBytes += bytes.length;
      const ids = cutter.push(bytes);
      if (ids.length === 0) return;
      const nowMs = performance.now();
      socket.cork();
      for (const id of ids) {
        if (isCounting) {
          requests++;
          if (latenciesUs.length < MAX_LATENCIES) latenciesUs.push((nowMs - (sentAt[id] as number)) * 1000);
        }
        if (!isOver) send(id);
      }
      socket.uncork();
    };
    await once(socket, 'connect');
    return () => frames.forEach((_, index) => send(index + 1));
  };

  const starts = await Promise.all(load.frames.map(open));
  for (const start of starts) start();
  await elapsed(load.warmupMs ?? 300);
  isCounting = true;
  const startedMs = performance.now();
  await elapsed(load.durationMs);
  const seconds = (performance.now() - startedMs) / 1000;
  isCounting = false;
  isOver = true;
  for (const socket of sockets) socket.destroy();
  return {
    requestsPerSecond: requests / seconds,
    sentBytesPerSecond: sentBytes / seconds,
    receivedBytesPerSecond: receivedBytes / seconds,
    p50Us: percentile(latenciesUs, 50),
    p99Us: percentile(latenciesUs, 99),
  };
}

export function splitAddress(address: string): [host: string, port: number] {
  const colon = address.lastIndexOf(':');
  return [address.slice(0, colon), Number(address.slice(colon + 1))];
}

function elapsed(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, durationMs));
}
