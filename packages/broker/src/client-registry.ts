/**
 * Who is connected and what they speak, and what clients asked for that this broker does not have: what
 * `tidelog doctor` shows.
 *
 * Bounds: a connection is known while it lasts (`maxConnections`), with at most MAX_USES versions of apis; of what is
 * unsupported MAX_UNSUPPORTED kinds are kept, and a new one takes the place of the one not asked for the longest.
 * Texts that clients choose are cut.
 *
 * Nothing of it survives the broker.
 */
import type { Clock } from '@tidelog/log';
import type { ApiUse, ConnectedClientInfo, UnsupportedRequest } from './broker-requests.ts';

const MAX_USES = 64;
const MAX_UNSUPPORTED = 256;
const MAX_TEXT_LENGTH = 255;

/** Why a request could not be served as it was asked. */
export type MissingReason = 'unknown api' | 'version not served' | 'transactions' | 'fetching as a follower';

export interface MissingRequest {
  /** The api, and its version where that is what is missing: `Produce v2`. */
  readonly request: string;
  readonly reason: MissingReason;
}

export interface NewConnection {
  readonly connectionId: string;
  readonly listener: string;
  /** The peer's address without its port. */
  readonly host: string;
}

/** One connection, as long as it lasts. */
export class ConnectedClient {
  readonly connectionId: string;
  readonly listener: string;
  readonly host: string;
  readonly connectedAtMs: number;
  clientId = '';
  softwareName = '';
  softwareVersion = '';
  #requestCount = 0;
  #useCount = 0;
  readonly #uses = new Map<string, { readonly version: number; count: number }[]>();

  constructor({ connectionId, listener, host }: NewConnection, connectedAtMs: number) {
    this.connectionId = connectionId;
    this.listener = listener;
    this.host = host;
    this.connectedAtMs = connectedAtMs;
  }

  /** Notes one request. On the path of each request: it allocates only for a version that is new. */
  count(api: string, version: number): void {
    this.#requestCount++;
    let ofApi = this.#uses.get(api);
    if (ofApi !== undefined) {
      for (const use of ofApi) {
        if (use.version !== version) continue;
        use.count++;
        return;
      }
    }
    if (this.#useCount >= MAX_USES) return;
    this.#useCount++;
    if (ofApi === undefined) this.#uses.set(api, (ofApi = []));
    ofApi.push({ version, count: 1 });
  }

  /** How the client calls itself. */
  identify({ name, version }: { readonly name: string; readonly version: string }): void {
    this.softwareName = cut(name);
    this.softwareVersion = cut(version);
  }

  /** A copy that changes no more. */
  describe(): ConnectedClientInfo {
    const apis: ApiUse[] = [...this.#uses].flatMap(([api, uses]) =>
      uses.map(({ version, count }) => ({ api, version, requestCount: count })),
    );
    const { connectionId, listener, host, connectedAtMs, clientId, softwareName, softwareVersion } = this;
    return {
      connectionId,
      listener,
      host,
      connectedAtMs,
      clientId: cut(clientId),
      softwareName,
      softwareVersion,
      requestCount: this.#requestCount,
      apis,
    };
  }
}

export class ClientRegistry {
  readonly #clock: Clock;
  readonly #clients = new Map<string, ConnectedClient>();
  /** The one that was asked for last is the last. */
  readonly #unsupported = new Map<string, UnsupportedRequest>();
  #forgottenCount = 0;

  constructor({ clock }: { readonly clock: Clock }) {
    this.#clock = clock;
  }

  connected(connection: NewConnection): ConnectedClient {
    const client = new ConnectedClient(connection, this.#clock.nowMs());
    this.#clients.set(client.connectionId, client);
    return client;
  }

  /** Idempotent. */
  disconnected({ connectionId }: ConnectedClient): void {
    this.#clients.delete(connectionId);
  }

  /** Notes what a connection asked for and this broker does not have. */
  missing(connectionId: string, { request, reason }: MissingRequest): void {
    const client = this.#clients.get(connectionId);
    if (client === undefined) return;
    const { listener, host, softwareName, softwareVersion } = client;
    const clientId = cut(client.clientId);
    const key = JSON.stringify([listener, clientId, softwareName, softwareVersion, request, reason]);
    const nowMs = this.#clock.nowMs();
    const before = this.#unsupported.get(key);
    this.#unsupported.delete(key);
    this.#unsupported.set(key, {
      listener,
      host,
      clientId,
      softwareName,
      softwareVersion,
      request,
      reason,
      requestCount: (before?.requestCount ?? 0) + 1,
      firstAtMs: before?.firstAtMs ?? nowMs,
      lastAtMs: nowMs,
    });
    if (this.#unsupported.size <= MAX_UNSUPPORTED) return;
    const [oldest] = this.#unsupported.keys();
    this.#unsupported.delete(oldest as string);
    this.#forgottenCount++;
  }

  /** Every connection, the oldest first. */
  clients(): ConnectedClientInfo[] {
    return [...this.#clients.values()].map((client) => client.describe());
  }

  /** What is unsupported, the last one asked for first. */
  unsupported(): UnsupportedRequest[] {
    return [...this.#unsupported.values()].reverse();
  }

  /** How often a kind of unsupported request had to make place for another. */
  get forgottenCount(): number {
    return this.#forgottenCount;
  }
}

function cut(text: string): string {
  return text.length <= MAX_TEXT_LENGTH ? text : text.slice(0, MAX_TEXT_LENGTH);
}
