/**
 * A client as plain as can be, for tests that attack a listener: one socket, frames out, response heads in.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import {
  decodeResponseBody,
  decodeResponseHeader,
  encodeRequest,
  FrameDecoder,
  type ApiName,
  type RequestInputs,
  type ResponseBodies,
  type ResponseHead,
} from '@tidelog/protocol';

const DEADLINE_MS = 20_000;

/** Rejects when nothing came of it for 20 s: a broker that hangs. */
export async function withDeadline<T>(what: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: nothing for ${DEADLINE_MS} ms`)), DEADLINE_MS);
  });
  try {
    return await Promise.race([promise, deadline]);
  } finally {
    clearTimeout(timer);
  }
}

export class TestClient {
  readonly socket: Socket;
  readonly #decoder = new FrameDecoder({ maxFrameBytes: 64 * 1024 * 1024 });
  readonly #waiting = new Map<
    number,
    { resolve: (head: ResponseHead) => void; reject: (error: Error) => void }
  >();
  #lastId = 0;
  /** Called for each response that nobody waits for. */
  onResponse: (head: ResponseHead) => void = () => undefined;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('error', () => undefined);
    socket.on('data', (bytes: Buffer) => this.#receive(bytes));
    socket.on('close', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('the connection was closed'));
      this.#waiting.clear();
    });
  }

  static async connect(port: number): Promise<TestClient> {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true });
    await withDeadline('connect', once(socket, 'connect'));
    return new TestClient(socket);
  }

  /** Sends bytes, whatever they are. */
  send(bytes: Uint8Array): void {
    if (this.socket.writable) this.socket.write(bytes);
  }

  /** A request and its answer. Rejects with the answer's error, or when the connection closes first. */
  async call<A extends ApiName>(api: A, body: RequestInputs[A]): Promise<ResponseBodies[A]> {
    const head = await this.callHead(api, body);
    if (head.error !== undefined) throw head.error;
    return decodeResponseBody(api, head.body);
  }

  /** As `call`; an error of the answer is returned with its head. */
  callHead<A extends ApiName>(api: A, body: RequestInputs[A]): Promise<ResponseHead> {
    if (!this.socket.writable) return Promise.reject(new Error('the connection was closed'));
    const correlationId = 0x7000_0000 + ++this.#lastId;
    const answer = new Promise<ResponseHead>((resolve, reject) => {
      this.#waiting.set(correlationId, { resolve, reject });
    });
    this.send(Buffer.concat(encodeRequest(api, correlationId, body)));
    return withDeadline(api, answer);
  }

  /** Resolves when the socket is closed. */
  async closed(): Promise<void> {
    if (!this.socket.closed) await withDeadline('close', once(this.socket, 'close'));
  }

  #receive(bytes: Buffer): void {
    this.#decoder.push(bytes);
    for (let frame = this.#decoder.next(); frame !== undefined; frame = this.#decoder.next()) {
      const head = decodeResponseHeader(frame);
      const waiting = this.#waiting.get(head.correlationId);
      this.#waiting.delete(head.correlationId);
      if (waiting === undefined) this.onResponse(head);
      else waiting.resolve(head);
    }
  }
}
