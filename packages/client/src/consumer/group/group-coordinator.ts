/**
 * The way of one consumer to the broker that coordinates its group: keeps a connection of its own to it, and follows
 * it when told that it is elsewhere. The connection carries heartbeats and commits only, so that neither waits behind
 * fetched records.
 */
import type { ApiName, RequestInputs, ResponseBodies } from '@tidelog/protocol';
import { TidelogError } from '@tidelog/record/errors';
import { BrokerLink } from '../../broker-link.ts';
import type { ClientSettings } from '../../client-options.ts';
import type { Coordinator, CoordinatorLookup } from '../../coordinator-lookup.ts';

/** A third of Kafka's session: a coordinator that is silent is given up while another try still helps. */
const MAX_REQUEST_TIMEOUT_MS = 15_000;

export class GroupCoordinator {
  readonly #groupId: string;
  readonly #settings: ClientSettings;
  readonly #lookup: CoordinatorLookup;
  #link: BrokerLink | undefined;
  /** Whom the link leads to; undefined: to be looked for. */
  #coordinator: Coordinator | undefined;
  #isClosed = false;

  constructor(groupId: string, settings: ClientSettings, lookup: CoordinatorLookup) {
    this.#groupId = groupId;
    const requestTimeoutMs = Math.min(settings.requestTimeoutMs, MAX_REQUEST_TIMEOUT_MS);
    this.#settings = { ...settings, requestTimeoutMs };
    this.#lookup = lookup;
  }

  /**
   * Asks the coordinator; at once when its connection stands, so that requests keep the order of the calls.
   * Rejects with the coordinator's error, or with one of the way to it; nothing is tried again here.
   */
  request<A extends ApiName>(api: A, body: RequestInputs[A]): Promise<ResponseBodies[A]> {
    const connection = this.#coordinator === undefined ? undefined : this.#link?.current;
    if (connection !== undefined) return connection.send(api, body);
    return this.#openAndSend(api, body);
  }

  /** The coordinator may be another broker by now: the next request looks for it. */
  forget(): void {
    if (this.#coordinator !== undefined) this.#lookup.invalidate(this.#groupId, this.#coordinator);
    this.#coordinator = undefined;
  }

  /** Closes the connection behind what was sent; what waits rejects with CLOSED. */
  close(): void {
    this.#isClosed = true;
    this.#link?.close();
  }

  async #openAndSend<A extends ApiName>(api: A, body: RequestInputs[A]): Promise<ResponseBodies[A]> {
    const coordinator = await this.#lookup.find(this.#groupId);
    if (this.#isClosed) throw new TidelogError('CLOSED', 'the consumer was closed');
    this.#coordinator = coordinator;
    this.#link ??= new BrokerLink(coordinator.endpoint, this.#settings);
    this.#link.moveTo(coordinator.endpoint);
    const connection = await this.#link.open();
    return await connection.send(api, body);
  }
}
