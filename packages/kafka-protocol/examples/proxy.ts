/**
 * A proxy that shows what a Kafka client and its broker say to each other, decoded, one JSON line a message.
 *
 *   node examples/proxy.ts localhost:9092 9093
 *
 * Point a client at the second port. Frames are passed on as they came, except for answers that name brokers: they
 * are encoded anew with the proxy's address, or the client would go past it.
 */
import { connect, createServer, type Server, type Socket } from 'node:net';
import {
  decodeRequest,
  decodeResponse,
  encodeResponse,
  responseCorrelationId,
  type AnyRequest,
  type ApiName,
} from '@tidelog/kafka-protocol';

export interface ProxyOptions {
  readonly upstream: { readonly host: string; readonly port: number };
  /** 0 for any free port. */
  readonly listenPort: number;
  /** Gets each line. */
  readonly print: (line: string) => void;
}

/** Starts listening; resolves with the server. */
export async function startProxy({ upstream, listenPort, print }: ProxyOptions): Promise<Server> {
  const server = createServer((client) => {
    const broker = connect(upstream);
    const inFlight = new Map<number, AnyRequest>();
    for (const [from, to] of [
      [client, broker],
      [broker, client],
    ] as const) {
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
    }
    forEachFrame(client, (frame) => {
      const request = decodeRequest(frame);
      const { api, header, body } = request;
      print(toLine({ request: api, version: header.apiVersion, correlationId: header.correlationId, body }));
      if (!(api === 'Produce' && body.acks === 0)) inFlight.set(header.correlationId, request);
      broker.write(sized(frame));
    });
    forEachFrame(broker, (frame) => {
      const correlationId = responseCorrelationId(frame);
      const request = inFlight.get(correlationId);
      inFlight.delete(correlationId);
      if (request === undefined) throw new Error(`nobody asked for ${correlationId}`);
      const { api, header } = request;
      const { body, apiVersion } = decodeResponse(api, header.apiVersion, frame);
      print(toLine({ response: api, version: apiVersion, correlationId, body }));
      const address = { host: '127.0.0.1', port: (server.address() as { port: number }).port };
      const redirected = redirect(api, body as Redirectable, address);
      if (redirected === undefined) client.write(sized(frame));
      else
        client.write(Buffer.concat(encodeResponse(api, { apiVersion, correlationId }, redirected as never)));
    });
  });
  await new Promise<void>((resolve) => server.listen(listenPort, '127.0.0.1', resolve));
  return server;
}

interface Address {
  readonly host: string;
  readonly port: number;
}
interface Redirectable {
  readonly brokers?: readonly object[];
  readonly coordinators?: readonly object[];
}

/** The answer with the proxy's address in place of the brokers'; undefined when it names none. */
function redirect(api: ApiName, body: Redirectable, address: Address): object | undefined {
  const here = (node: object): object => ({ ...node, ...address });
  if (api === 'Metadata' || api === 'DescribeCluster') return { ...body, brokers: body.brokers?.map(here) };
  if (api !== 'FindCoordinator') return undefined;
  return body.coordinators?.length === 0
    ? here(body)
    : { ...body, coordinators: body.coordinators?.map(here) };
}

/** Cuts a stream into frames: an int32 that counts the bytes after it, and these. */
function forEachFrame(socket: Socket, use: (frame: Buffer) => void): void {
  let received = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    try {
      while (received.length >= 4 && received.length >= 4 + received.readInt32BE(0)) {
        const end = 4 + received.readInt32BE(0);
        use(received.subarray(4, end));
        received = received.subarray(end);
      }
    } catch (error) {
      socket.destroy(error instanceof Error ? error : undefined);
    }
  });
}

function sized(frame: Buffer): Buffer {
  const size = Buffer.alloc(4);
  size.writeInt32BE(frame.length);
  return Buffer.concat([size, frame]);
}

/** JSON, with byte ranges by their length. */
function toLine(message: object): string {
  return JSON.stringify(message, function replace(this: Record<string, unknown>, key, value: unknown) {
    const original = this[key];
    return Buffer.isBuffer(original) ? `${original.length} bytes` : value;
  });
}

if (import.meta.main) {
  const [address = 'localhost:9092', listenPort = '9093'] = process.argv.slice(2);
  const [host = 'localhost', port = '9092'] = address.split(':');
  const upstream = { host, port: Number(port) };
  await startProxy({ upstream, listenPort: Number(listenPort), print: (line) => console.log(line) });
  console.error(`127.0.0.1:${listenPort} → ${host}:${port}`);
}
