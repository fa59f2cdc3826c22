/**
 * The way to one broker that outlives its connections: opens one when somebody needs it, and after a failure
 * waits before the next try, longer each time.
 *
 * States: idle → connecting → open → (broken) backing off; connecting → (failed) backing off → idle or, when
 * somebody asked meanwhile, connecting.
 *
 * Invariants: at most one connection or try at a time; no try without somebody who wants it.
 */
import { TidelogError } from '@tidelog/record/errors';
import { backoffMs } from './backoff-policy.ts';
import type { ClientSettings } from './client-options.ts';
import type { Timer } from './clock.ts';
import { Connection } from './connection.ts';
import type { Endpoint } from './transport.ts';

export interface BrokerLinkHandlers {
  /** A connection stands: `current` has it. */
  onOpen?(): void;
  /** The connection takes bytes again. */
  onWritable?(): void;
  /** The connection broke, or a try to connect failed. Call `connect` to have it tried again after the wait. */
  onDown?(error: TidelogError): void;
}

export class BrokerLink {
  readonly #settings: ClientSettings;
  readonly #handlers: BrokerLinkHandlers;
  #endpoint: Endpoint;
  #connection: Connection | undefined;
  #openedAtMs = 0;
  #failures = 0;
  #backoffTimer: Timer | undefined;
  #isWanted = false;
  #isClosed = false;
  #waiters: PromiseWithResolvers<Connection>[] = [];

  constructor(endpoint: Endpoint, settings: ClientSettings, handlers: BrokerLinkHandlers = {}) {
    this.#endpoint = endpoint;
    this.#settings = settings;
    this.#handlers = handlers;
  }

  get endpoint(): Endpoint {
    return this.#endpoint;
  }

  /** The open connection, if there is one now. */
  get current(): Connection | undefined {
    return this.#connection?.isOpen === true ? this.#connection : undefined;
  }

  /** A broker that moved: the next try goes there, and a connection to the old place is given up. */
  moveTo(endpoint: Endpoint): void {
    if (endpoint.host === this.#endpoint.host && endpoint.port === this.#endpoint.port) return;
    this.#endpoint = endpoint;
    this.#failures = 0;
    this.#connection?.close();
  }

  /** Makes sure that a connection is open, on its way, or tried after the wait; `onOpen` or `onDown` follows. */
  connect(): void {
    if (this.#isClosed || this.#connection !== undefined) return;
    if (this.#backoffTimer === undefined) this.#try();
    else this.#isWanted = true;
  }

  /**
   * The open connection, or the outcome of the next try.
   * Rejects with CONNECTION_FAILED when the try fails, with CLOSED after `close`.
   */
  open(): Promise<Connection> {
    const connection = this.current;
    if (connection !== undefined) return Promise.resolve(connection);
    if (this.#isClosed) return Promise.reject(closedError());
    const waiter = Promise.withResolvers<Connection>();
    this.#waiters.push(waiter);
    this.connect();
    return waiter.promise;
  }

  /** Closes the connection and gives up any try; waiting callers get CLOSED. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#backoffTimer?.cancel();
    this.#connection?.close();
    for (const waiter of this.#takeWaiters()) waiter.reject(closedError());
  }

  #try(): void {
    this.#isWanted = false;
    const connection = new Connection(this.#endpoint, this.#settings, {
      onWritable: () => this.#handlers.onWritable?.(),
      onClose: (error) => this.#broke(error),
    });
    this.#connection = connection;
    connection.opened.then(
      () => this.#opened(connection),
      (error: unknown) => this.#down(TidelogError.from(error, 'CONNECTION_FAILED')),
    );
  }

  #opened(connection: Connection): void {
    // 1. The greeting arrives. 2. The connection breaks in the same turn. 3. This runs: `#broke` has it.
    if (!connection.isOpen) return;
    this.#openedAtMs = this.#settings.clock.monotonicMs();
    for (const waiter of this.#takeWaiters()) waiter.resolve(connection);
    this.#handlers.onOpen?.();
  }

  #broke(error: TidelogError | undefined): void {
    // A connection that served for a while is a fresh start; one that breaks at once must not spin.
    const servedMs = this.#settings.clock.monotonicMs() - this.#openedAtMs;
    if (servedMs >= this.#settings.reconnectBackoffMaxMs) this.#failures = 0;
    this.#down(error ?? new TidelogError('NETWORK_EXCEPTION', 'the client gave up the connection'));
  }

  #down(error: TidelogError): void {
    this.#connection = undefined;
    if (this.#isClosed) return;
    this.#failures += 1;
    const { clock, random, reconnectBackoffMs, reconnectBackoffMaxMs } = this.#settings;
    const limits = { initialMs: reconnectBackoffMs, maxMs: reconnectBackoffMaxMs };
    this.#backoffTimer = clock.setTimer(backoffMs(this.#failures, limits, random), () => {
      this.#backoffTimer = undefined;
      if (this.#isWanted) this.#try();
    });
    for (const waiter of this.#takeWaiters()) waiter.reject(error);
    this.#handlers.onDown?.(error);
  }

  #takeWaiters(): PromiseWithResolvers<Connection>[] {
    const waiters = this.#waiters;
    this.#waiters = [];
    return waiters;
  }
}

function closedError(): TidelogError {
  return new TidelogError('CLOSED', 'the client was closed');
}
