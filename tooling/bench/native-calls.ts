/**
 * Requests of the native protocol without the client: many in flight on one connection, answers by correlation id.
 * For load whose requests depend on the answers before them.
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
import { splitAddress } from './raw-load.ts';

const MAX_FRAME_BYTES = 64 * 1024 * 1024;

export class NativeCalls implements Disposable {
  readonly #socket: Socket;
  readonly #decoder = new FrameDecoder({ maxFrameBytes: MAX_FRAME_BYTES });
  readonly #waiting = new Map<number, (head: ResponseHead) => void>();
  #lastId = 0;
  #isCorked = false;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (bytes: Buffer) => this.#receive(bytes));
  }

  static async connect(address: string): Promise<NativeCalls> {
    const [host, port] = splitAddress(address);
    const socket = connect({ host, port, noDelay: true });
    await once(socket, 'connect');
    return new NativeCalls(socket);
  }

  /** Rejects with the error of the answer. */
  async call<A extends ApiName>(api: A, body: RequestInputs[A]): Promise<ResponseBodies[A]> {
    const correlationId = ++this.#lastId;
    const answer = new Promise<ResponseHead>((resolve) => this.#waiting.set(correlationId, resolve));
    this.#cork();
    for (const piece of encodeRequest(api, correlationId, body)) this.#socket.write(piece);
    const head = await answer;
    if (head.error !== undefined) throw head.error;
    return decodeResponseBody(api, head.body);
  }

  [Symbol.dispose](): void {
    this.#socket.destroy();
  }

  /** The requests of a turn are one write. */
  #cork(): void {
    if (this.#isCorked) return;
    this.#isCorked = true;
    this.#socket.cork();
    setImmediate(() => {
      this.#isCorked = false;
      this.#socket.uncork();
    });
  }

  #receive(bytes: Buffer): void {
    this.#decoder.push(bytes);
    for (let frame = this.#decoder.next(); frame !== undefined; frame = this.#decoder.next()) {
      const head = decodeResponseHeader(frame);
      this.#waiting.get(head.correlationId)?.(head);
      this.#waiting.delete(head.correlationId);
    }
  }
}
