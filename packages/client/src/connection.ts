/**
 * One connection to one broker: connects, greets (Hello), then carries requests until it closes, for good. The
 * next connection to the same broker is a new object (broker-link.ts).
 *
 * States: connecting → greeting → open → closed. `opened` resolves at open; every failure, at any state, ends in
 * closed and rejects what is in flight with NETWORK_EXCEPTION.
 *
 * Invariants:
 * - Frames of one turn of the event loop leave in one gathered write, earlier only beyond FLUSH_BYTES.
 * - Requests reach the broker in the order of the calls.
 * - A request that is not answered in time ends the connection: what the broker did with it and with those
 *   behind it is unknown, and waiting on would not make it known.
 */
import { FrameDecoder, PROTOCOL_VERSION, RequestPipeline } from '@tidelog/protocol';
import type { ApiName, RequestInputs, ResponseBodies } from '@tidelog/protocol';
import { TidelogError } from '@tidelog/record/errors';
import type { ClientSettings } from './client-options.ts';
import type { Timer } from './clock.ts';
import { connectionChannel, requestChannel } from './tracing.ts';
import { CLIENT_VERSION } from './version.ts';
import { formatEndpoint, type Endpoint, type Socket } from './transport.ts';

/** Frames waiting for the end of the turn are written early when they add up to this much. */
const FLUSH_BYTES = 256 * 1024;
const SOFTWARE_NAME = '@tidelog/client';

/** What a connection needs of the client's settings. */
export type ConnectionSettings = Pick<
  ClientSettings,
  'clock' | 'network' | 'clientId' | 'connectionTimeoutMs' | 'requestTimeoutMs' | 'maxResponseBytes'
>;

export interface ConnectionHandlers {
  /** The connection takes bytes again after `canWrite` was false. */
  onWritable?(): void;
  /** An open connection closed; `error` is undefined when `close` was called. Called once. */
  onClose?(error: TidelogError | undefined): void;
}

export class Connection {
  /** From the broker's greeting; −1 before it. */
  brokerId = -1;
  clusterId = '';
  /** The largest request that the broker reads, in bytes; 0 when it did not say. */
  maxRequestBytes = 0;

  readonly endpoint: Endpoint;
  readonly #settings: ConnectionSettings;
  readonly #handlers: ConnectionHandlers;
  readonly #decoder: FrameDecoder;
  readonly #pipeline: RequestPipeline;
  readonly #socket: Socket;
  #state: 'connecting' | 'greeting' | 'open' | 'closed' = 'connecting';
  #outgoing: Buffer[] = [];
  #outgoingBytes = 0;
  #isFlushDeferred = false;
  #isBlocked = false;
  #expiryTimer: Timer | undefined;
  readonly #openTimer: Timer;
  readonly #opening: PromiseWithResolvers<void> = Promise.withResolvers<void>();

  /** Starts to connect at once. */
  constructor(endpoint: Endpoint, settings: ConnectionSettings, handlers: ConnectionHandlers = {}) {
    this.endpoint = endpoint;
    this.#settings = settings;
    this.#handlers = handlers;
    this.#decoder = new FrameDecoder({ maxFrameBytes: settings.maxResponseBytes });
    this.#pipeline = new RequestPipeline({ write: (buffers) => this.#enqueue(buffers) });
    this.#opening.promise.catch(() => undefined);
    const { connectionTimeoutMs } = settings;
    this.#openTimer = settings.clock.setTimer(connectionTimeoutMs, () => {
      this.#fail(new TidelogError('REQUEST_TIMED_OUT', `no greeting within ${connectionTimeoutMs} ms`));
    });
    this.#socket = settings.network.connect(endpoint, {
      onConnect: () => void this.#greet(),
      onData: (chunk) => this.#receive(chunk),
      onDrain: () => this.#unblock(),
      onClose: (error) => this.#ended(error),
    });
  }

  /**
   * Resolves when requests may be sent. Rejects with CONNECTION_FAILED, which names the address, when that fails
   * or takes longer than connectionTimeoutMs.
   */
  get opened(): Promise<void> {
    return this.#opening.promise;
  }

  get isOpen(): boolean {
    return this.#state === 'open';
  }

  /** False while the socket holds more than it likes: send nothing more until `onWritable`. */
  get canWrite(): boolean {
    return this.#state === 'open' && !this.#isBlocked;
  }

  /** Requests without an answer. */
  get inFlight(): number {
    return this.#pipeline.inFlight;
  }

  /**
   * Sends a request; resolves with the answer's body, whose `bytes` are views of received memory.
   * Rejects with the broker's error, or NETWORK_EXCEPTION / REQUEST_TIMED_OUT when the outcome is unknown.
   *
   * @param options.extraTimeMs how long the broker may wait on purpose, on top of requestTimeoutMs
   */
  send<A extends ApiName>(
    api: A,
    body: RequestInputs[A],
    options: { readonly extraTimeMs?: number } = {},
  ): Promise<ResponseBodies[A]> {
    const send = (): Promise<ResponseBodies[A]> => {
      const nowMs = this.#settings.clock.monotonicMs();
      const deadlineMs = nowMs + this.#settings.requestTimeoutMs + (options.extraTimeMs ?? 0);
      const answer = this.#pipeline.send(api, body, { deadlineMs });
      this.#armExpiry(nowMs);
      return answer;
    };
    if (!requestChannel.hasSubscribers) return send();
    const trace = { api, brokerId: this.brokerId, clientId: this.#settings.clientId };
    return requestChannel.tracePromise(send, trace);
  }

  /** Sends a request that has no answer (a produce with acks 0). Throws NETWORK_EXCEPTION when closed. */
  sendOneWay<A extends ApiName>(api: A, body: RequestInputs[A]): void {
    this.#pipeline.sendOneWay(api, body);
  }

  /** Writes what waits for the end of the turn now; for a caller that is itself at the end of a turn. */
  flush(): void {
    if (this.#outgoingBytes === 0 || this.#state === 'closed') return;
    const buffers = this.#outgoing;
    this.#outgoing = [];
    this.#outgoingBytes = 0;
    if (!this.#socket.write(buffers)) this.#isBlocked = true;
  }

  /**
   * Closes, behind the requests that were sent so far: one without an answer would be lost without a word. What
   * is in flight is rejected with NETWORK_EXCEPTION. Closing twice changes nothing.
   */
  close(): void {
    if (this.#state === 'open') this.flush();
    this.#fail(undefined);
  }

  async #greet(): Promise<void> {
    if (this.#state !== 'connecting') return;
    this.#state = 'greeting';
    try {
      const hello = await this.send('HELLO', {
        protocolVersion: PROTOCOL_VERSION,
        clientId: this.#settings.clientId,
        clientSoftwareName: SOFTWARE_NAME,
        clientSoftwareVersion: CLIENT_VERSION,
      });
      if ((this.#state as string) !== 'greeting') return;
      this.brokerId = hello.brokerId;
      this.clusterId = hello.clusterId;
      this.maxRequestBytes = hello.maxRequestBytes;
      this.#state = 'open';
      this.#openTimer.cancel();
      this.#trace('opened', undefined);
      this.#opening.resolve();
    } catch (error) {
      this.#fail(TidelogError.from(error));
    }
  }

  #enqueue(buffers: Buffer[]): void {
    for (const buffer of buffers) {
      this.#outgoing.push(buffer);
      this.#outgoingBytes += buffer.length;
    }
    if (this.#outgoingBytes >= FLUSH_BYTES) {
      this.flush();
    } else if (!this.#isFlushDeferred) {
      this.#isFlushDeferred = true;
      this.#settings.clock.defer(() => {
        this.#isFlushDeferred = false;
        this.flush();
      });
    }
  }

  #unblock(): void {
    if (!this.#isBlocked) return;
    this.#isBlocked = false;
    if (this.#state === 'open') this.#handlers.onWritable?.();
  }

  #receive(chunk: Buffer): void {
    if (this.#state === 'closed') return;
    try {
      this.#decoder.push(chunk);
      for (let frame = this.#decoder.next(); frame !== undefined; frame = this.#decoder.next()) {
        this.#pipeline.receive(frame);
      }
    } catch (error) {
      this.#fail(TidelogError.from(error, 'MALFORMED_FRAME'));
    }
  }

  #armExpiry(nowMs: number): void {
    const deadlineMs = this.#pipeline.nextDeadlineMs;
    if (deadlineMs === undefined || this.#expiryTimer !== undefined || this.#state === 'closed') return;
    this.#expiryTimer = this.#settings.clock.setIdleTimer(Math.max(0, deadlineMs - nowMs), () => {
      this.#expiryTimer = undefined;
      this.#expire();
    });
  }

  #expire(): void {
    const nowMs = this.#settings.clock.monotonicMs();
    this.#pipeline.expire(nowMs);
    if (this.#pipeline.expired > 0) {
      this.#fail(
        new TidelogError(
          'REQUEST_TIMED_OUT',
          `a request was not answered within ${this.#settings.requestTimeoutMs} ms`,
        ),
      );
      return;
    }
    this.#armExpiry(nowMs);
  }

  #ended(error: Error | undefined): void {
    this.#fail(
      new TidelogError('NETWORK_EXCEPTION', error?.message ?? 'the broker closed the connection', {
        cause: error,
      }),
    );
  }

  /** The one way into `closed`. */
  #fail(error: TidelogError | undefined): void {
    if (this.#state === 'closed') return;
    const wasOpen = this.#state === 'open';
    this.#state = 'closed';
    this.#openTimer.cancel();
    this.#expiryTimer?.cancel();
    this.#outgoing = [];
    this.#outgoingBytes = 0;
    if (wasOpen && error === undefined) this.#socket.end();
    else this.#socket.destroy();
    this.#pipeline.fail(error ?? new TidelogError('CLOSED', 'the client closed the connection'));
    if (wasOpen) {
      this.#trace('closed', error);
      this.#handlers.onClose?.(error);
      return;
    }
    const address = formatEndpoint(this.endpoint);
    const reason = error === undefined ? 'the client was closed' : error.message;
    this.#opening.reject(
      new TidelogError('CONNECTION_FAILED', `cannot connect to broker ${address}: ${reason}`, {
        cause: error,
        ...(error === undefined ? { retriable: false } : {}),
      }),
    );
  }

  #trace(state: 'opened' | 'closed', error: TidelogError | undefined): void {
    if (!connectionChannel.hasSubscribers) return;
    const endpoint = formatEndpoint(this.endpoint);
    connectionChannel.publish({ state, endpoint, brokerId: this.brokerId, error });
  }
}
