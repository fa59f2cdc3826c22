/**
 * One connection whose requests are frames: reading, sending and every limit, the same for each protocol. What
 * the frames mean is the business of a FrameHandler.
 *
 * States:
 *   open       Frames are read and handed over, as far as the limits allow.
 *   draining   No frame is taken any more (the broker closes, or the peer has sent its last byte); requests in
 *              flight finish and are answered; then the connection ends.
 *   lingering  The framing is lost. As draining, but what comes is read and dropped, since closing a socket with
 *              unread bytes makes the system throw away the error response on its way to the peer.
 *   closed     The socket is gone. Responses of requests still in flight are dropped.
 * From each state to any below it, never back.
 *
 * Reading stops while too many requests are in flight, too many response bytes wait for the peer to take them, or
 * memory is short; the peer then feels TCP's back-pressure.
 */
import type { TidelogError } from '@tidelog/record/errors';
import type { ListenerMetrics } from '../metrics.ts';
import type { Lease } from './chunk-pool.ts';
import type { ConnectionTable, TableEntry } from './connection-table.ts';
import { FrameReader, type FrameSink } from './frame-reader.ts';
import type { NetworkConnection, NetworkHandler } from './network.ts';
import { OutgoingQueue } from './outgoing-queue.ts';
import { StallWatch } from './stall-watch.ts';

/** After its last response a connection waits this long for the peer to close it. */
const LINGER_MS = 1000;
/** A partial request that grows by this much in `partialRequestTimeoutMs` is not held up on purpose. */
const PARTIAL_PROGRESS_BYTES = 64 * 1024;

/** What may wait for one peer while the bytes that wait for all peers are over their bound. */
const SHORT_OUTGOING_BYTES = 64 * 1024;
const NO_BYTES = Buffer.alloc(0);

/** What a protocol does on a connection. */
export interface FrameHandler {
  /** One request. The frame is valid during the call; `connection.retain` makes it last. Must not throw. */
  onFrame(frame: Buffer): void;
  /** The framing is lost: what to send before the end. `pendingFrame` is what came of the frame at fault. */
  lastWords(error: TidelogError, pendingFrame: Buffer): readonly Uint8Array[];
  /** The peer has taken response bytes: there may be room for more. */
  onProgress(): void;
  /** No more frames will come; what was begun is still answered. Once. */
  onEnding(): void;
  /** Nobody may be there to read any more: what waits for news should stop waiting. Once or more, after onEnding. */
  onPeerGone(): void;
}

export interface FramedConnectionOptions {
  /** The listener's name, for logs. */
  readonly listener: string;
  readonly network: NetworkConnection;
  readonly table: ConnectionTable;
  readonly metrics: ListenerMetrics;
  readonly protocol: (connection: FramedConnection) => FrameHandler;
  readonly onClosed: (connection: FramedConnection) => void;
}

type State = 'open' | 'draining' | 'lingering' | 'closed';

export class FramedConnection implements NetworkHandler, FrameSink, TableEntry {
  /** Unique among the broker's connections. */
  readonly id: string;
  readonly #network: NetworkConnection;
  readonly #table: ConnectionTable;
  readonly #metrics: ListenerMetrics;
  readonly #listener: string;
  readonly #onClosed: (connection: FramedConnection) => void;
  readonly #reader: FrameReader;
  readonly #outgoing: OutgoingQueue;
  readonly #handler: FrameHandler;
  #state: State = 'open';
  #remoteHost: string | undefined;
  #isReading = true;
  /** The peer does not take its responses: set above the limit, cleared at half of it. */
  #isThrottled = false;
  /** Large requests count as several. */
  #requestsInFlight = 0;
  /** Its turn to exceed the bound on memory, until the request of this number has come whole. */
  #relievedFrame: number | undefined;
  /** FIN was sent, or will be behind the bytes under way. */
  #didEnd = false;
  #endedAtMs = 0;
  readonly #idle = new StallWatch();
  readonly #sending = new StallWatch();
  readonly #arriving = new StallWatch();
  /** Goes up with each sign of life. */
  #activity = 0;

  constructor({ listener, network, table, metrics, protocol, onClosed }: FramedConnectionOptions) {
    this.id = table.nextConnectionId();
    this.#listener = listener;
    this.#network = network;
    this.#table = table;
    this.#metrics = metrics;
    this.#onClosed = onClosed;
    const { pool, limits } = table;
    this.#reader = new FrameReader({
      pool,
      sink: this,
      maxFrameBytes: limits.maxUnauthenticatedRequestBytes,
    });
    this.#outgoing = new OutgoingQueue({
      flusher: table.flusher,
      budget: table.outgoing,
      write: (buffers, done) => network.write(buffers, done),
      onProgress: (writtenBytes) => this.#onWritten(writtenBytes),
    });
    this.#handler = protocol(this);
    table.add(this);
    metrics.acceptedConnectionsTotal++;
    metrics.openConnections++;
    if (pool.isFull) this.#updateReading();
  }

  /** `host:port` of the peer. */
  get remoteAddress(): string {
    return this.#network.remoteAddress;
  }

  /** The peer's address without its port; asked for once, for it may be gone later. */
  get remoteHost(): string {
    return (this.#remoteHost ??= hostOf(this.#network.remoteAddress));
  }

  /** Requests that were begun and not finished, each counted by its weight. */
  get requestsInFlight(): number {
    return this.#requestsInFlight;
  }

  /** Response bytes that the peer has not taken. */
  get outgoingBytes(): number {
    return this.#outgoing.queuedBytes;
  }

  /** True while frames may still come. */
  get isOpen(): boolean {
    return this.#state === 'open';
  }

  /** The peer is known: from here on it may send requests of `maxRequestBytes`. */
  authenticated(): void {
    this.#reader.maxFrameBytes = this.#table.limits.maxRequestBytes;
  }

  /** Makes the frame that is being handed over last; only inside `onFrame`. */
  retain(): Lease {
    return this.#reader.retain();
  }

  /** `weight`: the number of ordinary requests that it counts as. */
  beginRequest(weight: number): void {
    this.#requestsInFlight += weight;
  }

  /** The request was answered (or needs no answer): another one may take its place. `weight` as it was begun with. */
  finishRequest(weight: number): void {
    this.#requestsInFlight -= weight;
    this.#proceed();
  }

  /** Sends buffers at the end of this turn. `onWritten` is called once, when they are sent or never will be. */
  send(buffers: readonly Uint8Array[], onWritten?: () => void): void {
    this.#outgoing.push(buffers, onWritten);
    if (this.#outgoing.queuedBytes <= this.#maxOutgoingBytes()) return;
    this.#isThrottled = true;
    this.#updateReading();
  }

  /**
   * What came is no request: sends the handler's last words behind the responses in flight, then ends.
   * `pendingFrame` is what there is of the frame at fault when it did not come whole.
   */
  loseFraming(error: TidelogError, pendingFrame: Buffer = NO_BYTES): void {
    if (this.#state !== 'open') return;
    this.#metrics.malformedFramesTotal++;
    this.#table.log.warn('a connection sent what is no request and is closed', this.#fields(error.message));
    this.#outgoing.push(this.#handler.lastWords(error, pendingFrame));
    this.#stopTakingFrames('lingering');
    this.#handler.onPeerGone();
    // A protocol without last words has nothing to wait for.
    this.#endWhenIdle();
    this.#updateReading();
  }

  /** Takes no more requests, answers those in flight, then ends. */
  drain(): void {
    if (this.#state !== 'open') return;
    this.#stopTakingFrames('draining');
    this.#endWhenIdle();
    this.#updateReading();
  }

  /** Closes at once. */
  destroy(): void {
    this.#network.destroy();
  }

  acceptsFrames(): boolean {
    return (
      this.#state === 'open' &&
      !this.#isThrottled &&
      this.#requestsInFlight < this.#table.limits.maxInFlightRequestsPerConnection
    );
  }

  onFrame(frame: Buffer): void {
    this.#handler.onFrame(frame);
  }

  onUnblocked(): void {
    this.#updateReading();
  }

  memoryChanged(): void {
    this.#updateReading();
  }

  get lacksMemory(): boolean {
    return this.#state === 'open' && !this.#isReading && !this.#isThrottled && this.#reader.isPartial;
  }

  relieve(): void {
    this.#relievedFrame = this.#reader.frameCount;
    this.#reader.exceedBound();
    this.#updateReading();
  }

  nextReadBuffer(): Buffer | undefined {
    return this.#state === 'open' ? this.#reader.nextReadBuffer() : undefined;
  }

  received(bytes: Buffer): void {
    this.#metrics.receivedBytesTotal += bytes.length;
    if (this.#state !== 'open') return;
    this.#activity++;
    try {
      this.#reader.received(bytes);
    } catch (error) {
      this.loseFraming(error as TidelogError, this.#reader.pendingFrame);
    }
    if (this.#relievedFrame !== undefined) this.#endRelief();
    if (this.#reader.isStuck) this.#updateReading();
  }

  ended(): void {
    this.drain();
    this.#handler.onPeerGone();
  }

  closed(error: Error | undefined): void {
    if (this.#state === 'open') this.#stopTakingFrames('closed');
    else this.#state = 'closed';
    this.#handler.onPeerGone();
    this.#outgoing.close();
    this.#table.remove(this);
    this.#metrics.openConnections--;
    if (error !== undefined) this.#debug('a connection broke', error.message);
    this.#onClosed(this);
  }

  sweep(nowMs: number): void {
    this.#reader.endPeriod();
    const { connectionIdleTimeoutMs, partialRequestTimeoutMs, slowReaderTimeoutMs } = this.#table.limits;
    const sendingMs = this.#sending.observe({ nowMs, mark: this.#sendingMark() });
    const arrivingMs = this.#arriving.observe({ nowMs, mark: this.#arrivingMark() });
    const idleMs = this.#idle.observe({ nowMs, mark: this.#idleMark() });
    if (sendingMs >= slowReaderTimeoutMs) {
      this.#closeFor('a connection was closed: its peer does not read its responses', {
        waitingBytes: this.#outgoing.queuedBytes,
        slowReaderTimeoutMs,
      });
    } else if (arrivingMs >= partialRequestTimeoutMs) {
      this.#closeFor('a connection was closed: a request of it does not arrive', {
        receivedBytes: this.#reader.pendingBytes,
        partialRequestTimeoutMs,
      });
    } else if (this.#didEnd && nowMs - this.#endedAtMs >= LINGER_MS) {
      this.#network.destroy();
    } else if (connectionIdleTimeoutMs > 0 && idleMs >= connectionIdleTimeoutMs && this.#state === 'open') {
      this.#metrics.idleConnectionsClosedTotal++;
      this.drain();
    }
  }

  /** Goes on with what had to wait for a request to finish or for room in the outgoing queue. */
  #proceed(): void {
    if (this.#state !== 'open') {
      this.#endWhenIdle();
      return;
    }
    if (!this.#reader.isStuck || !this.acceptsFrames()) return;
    try {
      this.#reader.resume();
    } catch (error) {
      this.loseFraming(error as TidelogError, this.#reader.pendingFrame);
    }
    this.#updateReading();
  }

  #onWritten(writtenBytes: number): void {
    this.#activity++;
    this.#metrics.sentBytesTotal += writtenBytes;
    if (this.#isThrottled && this.#outgoing.queuedBytes <= this.#maxOutgoingBytes() / 2) {
      this.#isThrottled = false;
      this.#proceed();
      this.#updateReading();
    } else if (this.#state !== 'open') {
      this.#endWhenIdle();
    }
    this.#handler.onProgress();
  }

  /** Less for each when all together have many. */
  #maxOutgoingBytes(): number {
    const { maxOutgoingBytesPerConnection } = this.#table.limits;
    return this.#table.outgoing.hasRoom
      ? maxOutgoingBytesPerConnection
      : Math.min(maxOutgoingBytesPerConnection, SHORT_OUTGOING_BYTES);
  }

  #stopTakingFrames(state: Exclude<State, 'open'>): void {
    this.#state = state;
    this.#table.endRelief(this);
    this.#reader.close();
    this.#handler.onEnding();
  }

  #endRelief(): void {
    if (this.#reader.frameCount === this.#relievedFrame && this.#state === 'open') return;
    this.#relievedFrame = undefined;
    this.#reader.respectBound();
    this.#table.endRelief(this);
    this.#updateReading();
  }

  #endWhenIdle(): void {
    if (this.#didEnd || this.#state === 'closed') return;
    if (this.#requestsInFlight > 0 || this.#outgoing.queuedBytes > 0) return;
    this.#didEnd = true;
    this.#endedAtMs = this.#table.clock.monotonicMs();
    this.#network.end();
    this.#updateReading();
  }

  #updateReading(): void {
    const shouldRead = this.#shouldRead();
    if (shouldRead === this.#isReading) return;
    this.#isReading = shouldRead;
    if (shouldRead) this.#network.resumeReading();
    else this.#network.pauseReading();
  }

  #shouldRead(): boolean {
    switch (this.#state) {
      case 'open':
        return (
          !this.#reader.isStuck &&
          !this.#isThrottled &&
          (!this.#table.pool.isFull || this.#relievedFrame !== undefined)
        );
      case 'draining':
        // Reading on to the peer's end is what tells that it has closed.
        return this.#didEnd;
      default:
        return true;
    }
  }

  /** Changes with each write that the peer has taken. */
  #sendingMark(): number | undefined {
    return this.#outgoing.queuedBytes === 0 ? undefined : this.#outgoing.writeCount;
  }

  /** Changes with each request that came whole and each 64 KiB of one; nothing while this side does not read. */
  #arrivingMark(): number | undefined {
    const { frameCount, pendingBytes } = this.#reader;
    if (this.#state !== 'open' || pendingBytes === 0 || !this.#isReading) return undefined;
    return frameCount * 2 ** 16 + Math.floor(pendingBytes / PARTIAL_PROGRESS_BYTES);
  }

  /** Changes with each read and write; nothing while a response is owed. */
  #idleMark(): number | undefined {
    return this.#requestsInFlight > 0 || this.#outgoing.queuedBytes > 0 ? undefined : this.#activity;
  }

  #closeFor(message: string, fields: object): void {
    this.#table.log.warn(message, { ...this.#fields(), ...fields });
    this.#network.destroy();
  }

  #debug(message: string, reason: string): void {
    this.#table.log.debug(message, this.#fields(reason));
  }

  #fields(reason?: string): object {
    const { id: connectionId, remoteAddress } = this;
    return { listener: this.#listener, connectionId, remoteAddress, ...(reason !== undefined && { reason }) };
  }
}

/** `127.0.0.1:9092` → `127.0.0.1`, `[::1]:9092` → `::1`. */
function hostOf(address: string): string {
  const host = address.slice(0, Math.max(0, address.lastIndexOf(':')));
  return host.startsWith('[') ? host.slice(1, -1) : host;
}
