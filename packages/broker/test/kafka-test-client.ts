/**
 * A client of Kafka's protocol as plain as can be, for tests: one socket, frames out, responses in, in the order of
 * the requests.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import {
  decodeResponse,
  encodeRequest,
  type ApiName,
  type RequestInput,
  type ResponseOf,
} from '@tidelog/kafka-protocol';
import { withDeadline } from './test-client.ts';

const SIZE_BYTES = 4;

interface Waiting {
  readonly resolve: (frame: Buffer) => void;
  readonly reject: (error: Error) => void;
}

export class KafkaTestClient {
  readonly socket: Socket;
  readonly #waiting: Waiting[] = [];
  #received: Buffer[] = [];
  #receivedBytes = 0;
  #lastId = 0;
  /** Called with each response, without its size, that no call waits for. */
  onResponse: (frame: Buffer) => void = () => undefined;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('error', () => undefined);
    socket.on('data', (bytes: Buffer) => this.#receive(bytes));
    socket.on('close', () => {
      for (const { reject } of this.#waiting.splice(0)) reject(new Error('the connection was closed'));
    });
  }

  /** Connects to `host:port`, or a port of this machine. */
  static async connect(to: string | number): Promise<KafkaTestClient> {
    const port = typeof to === 'number' ? to : Number(to.split(':').at(-1));
    const socket = connect({ host: '127.0.0.1', port, noDelay: true });
    await withDeadline('connect', once(socket, 'connect'));
    return new KafkaTestClient(socket);
  }

  /** Sends bytes, whatever they are. What answers them goes to `onResponse`, or to a call that waits. */
  send(bytes: Uint8Array): void {
    if (!this.socket.destroyed) this.socket.write(bytes);
  }

  /** Sends a request and resolves with its response. */
  async call<N extends ApiName>(api: N, apiVersion: number, body: RequestInput<N>): Promise<ResponseOf<N>> {
    const head = { apiVersion, correlationId: ++this.#lastId, clientId: 'test' };
    const answer = this.#answer();
    this.send(Buffer.concat(encodeRequest(api, head, body)));
    const response = decodeResponse(api, apiVersion, await withDeadline(`${api} ${apiVersion}`, answer));
    if (response.correlationId !== head.correlationId) {
      throw new Error(`${api} ${apiVersion} was answered with the id ${response.correlationId}`);
    }
    return response.body;
  }

  /** Resolves when the broker has ended the connection. */
  async closed(): Promise<void> {
    if (this.socket.closed) return;
    await withDeadline('the end of the connection', once(this.socket, 'close'));
  }

  #answer(): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      if (this.socket.destroyed) reject(new Error('the connection was closed'));
      else this.#waiting.push({ resolve, reject });
    });
  }

  #receive(bytes: Buffer): void {
    this.#received.push(bytes);
    this.#receivedBytes += bytes.length;
    if (this.#receivedBytes < SIZE_BYTES) return;
    let rest = this.#received.length === 1 ? bytes : Buffer.concat(this.#received);
    while (rest.length >= SIZE_BYTES && rest.length >= SIZE_BYTES + rest.readInt32BE(0)) {
      const end = SIZE_BYTES + rest.readInt32BE(0);
      const waiting = this.#waiting.shift();
      if (waiting === undefined) this.onResponse(rest.subarray(SIZE_BYTES, end));
      else waiting.resolve(rest.subarray(SIZE_BYTES, end));
      rest = rest.subarray(end);
    }
    this.#received = rest.length === 0 ? [] : [rest];
    this.#receivedBytes = rest.length;
  }
}
