/**
 * Who is at the other end of a connection, the same for each protocol: what requests are told of it, its row among
 * the clients, and the gate that its fetches go through.
 *
 * A protocol's connection passes on what the framed connection tells: progress, the end of requests, the loss of the
 * peer.
 */
import type { ConnectedClient, MissingRequest } from '../client-registry.ts';
import { ANONYMOUS, type Principal, type RequestContext } from '../requests.ts';
import type { ConnectionTable } from './connection-table.ts';
import { FetchGate } from './fetch-gate.ts';
import type { FramedConnection } from './framed-connection.ts';

export interface PeerOptions {
  /** The listener's name. */
  readonly listener: string;
  readonly connection: FramedConnection;
  readonly table: ConnectionTable;
}

export class Peer implements RequestContext {
  readonly listener: string;
  readonly principal: Principal = ANONYMOUS;
  readonly connectionId: string;
  /** Its row in the client registry. */
  readonly client: ConnectedClient;
  readonly #connection: FramedConnection;
  readonly #table: ConnectionTable;
  #gate: FetchGate | undefined;
  #abort: AbortController | undefined;
  #isGone = false;

  constructor({ listener, connection, table }: PeerOptions) {
    this.listener = listener;
    this.connectionId = connection.id;
    this.client = table.clients.connected({
      connectionId: connection.id,
      listener,
      host: connection.remoteHost,
    });
    this.#connection = connection;
    this.#table = table;
    // Nobody has to authenticate so far: every peer is ANONYMOUS from the start.
    connection.authenticated();
  }

  /** As the client named itself last. */
  get clientId(): string {
    return this.client.clientId;
  }

  get clientHost(): string {
    return this.client.host;
  }

  /** Made when it is first asked for: most requests wait for nothing. */
  get signal(): AbortSignal {
    if (this.#abort === undefined) {
      this.#abort = new AbortController();
      if (this.#isGone) this.#abort.abort();
    }
    return this.#abort.signal;
  }

  /** Made with the first fetch: most connections fetch nothing. */
  get gate(): FetchGate {
    this.#gate ??= new FetchGate({
      budget: this.#table.outgoing,
      maxOutgoingBytes: this.#table.limits.maxOutgoingBytesPerConnection,
      outgoingBytes: () => this.#connection.outgoingBytes,
    });
    return this.#gate;
  }

  /** Notes what the client asked for in vain. */
  missing(missing: MissingRequest): void {
    this.#table.clients.missing(this.connectionId, missing);
  }

  onProgress(): void {
    this.#gate?.proceed();
  }

  onEnding(): void {
    this.#gate?.close();
  }

  onPeerGone(): void {
    this.#isGone = true;
    this.#table.clients.disconnected(this.client);
    this.#abort?.abort();
  }
}
