/**
 * Requests that any broker may answer (metadata, producer ids, administration): finds one that does.
 *
 * It starts from the bootstrap addresses and adds the brokers that the cluster told of, so that it survives the
 * bootstrap brokers once it has met the others. The broker that answered last is asked first; the rest follow in
 * random order.
 */
import type { ApiName, RequestInputs, ResponseBodies } from '@tidelog/protocol';
import { TidelogError } from '@tidelog/record/errors';
import { BrokerLink } from './broker-link.ts';
import type { ClientSettings } from './client-options.ts';
import type { Random } from './random.ts';
import { formatEndpoint, type Endpoint } from './transport.ts';

export interface ControlRequestOptions {
  /** Ask this broker and no other; its address. */
  readonly endpoint?: Endpoint | undefined;
  /** How long the broker may wait on purpose, on top of requestTimeoutMs. */
  readonly extraTimeMs?: number;
  /**
   * When an answer fails to come the request may have been carried out. True (the default): ask the next broker
   * all the same, because asking twice does no harm. False: reject.
   */
  readonly isRepeatable?: boolean;
}

export class ControlChannel {
  readonly #settings: ClientSettings;
  readonly #links = new Map<string, BrokerLink>();
  #learned: readonly Endpoint[] = [];
  #preferred: string | undefined;
  #isClosed = false;

  constructor(settings: ClientSettings) {
    this.#settings = settings;
  }

  /** The brokers that the cluster has now. Links to addresses that are gone are closed. */
  setBrokers(endpoints: readonly Endpoint[]): void {
    this.#learned = endpoints;
    const wanted = new Set(this.#candidates().map(formatEndpoint));
    for (const [address, link] of this.#links) {
      if (wanted.has(address)) continue;
      link.close();
      this.#links.delete(address);
    }
  }

  /**
   * Asks brokers, one after the other, until one answers.
   * Rejects with the broker's error; CONNECTION_FAILED, which names every address and its reason, when none
   * could be reached; CLOSED.
   */
  async request<A extends ApiName>(
    api: A,
    body: RequestInputs[A],
    options: ControlRequestOptions = {},
  ): Promise<ResponseBodies[A]> {
    const failures: string[] = [];
    let cause: TidelogError | undefined;
    for (const endpoint of this.#order(options.endpoint)) {
      const address = formatEndpoint(endpoint);
      let wasSent = false;
      try {
        const connection = await this.#link(endpoint).open();
        wasSent = true;
        const answer = await connection.send(api, body, { extraTimeMs: options.extraTimeMs ?? 0 });
        this.#preferred = address;
        return answer;
      } catch (thrown) {
        const error = TidelogError.from(thrown);
        if (this.#isClosed) throw new TidelogError('CLOSED', 'the client was closed', { cause: error });
        if (!isAboutTheConnection(error) || (wasSent && options.isRepeatable === false)) throw error;
        cause = error;
        failures.push(`${address} (${reasonOf(error)})`);
      }
    }
    throw new TidelogError('CONNECTION_FAILED', `no broker could be reached: ${failures.join(', ')}`, {
      cause,
    });
  }

  /** Closes all connections; waiting requests reject with CLOSED. */
  close(): void {
    this.#isClosed = true;
    for (const link of this.#links.values()) link.close();
  }

  #link(endpoint: Endpoint): BrokerLink {
    if (this.#isClosed) throw new TidelogError('CLOSED', 'the client was closed');
    const address = formatEndpoint(endpoint);
    let link = this.#links.get(address);
    if (link === undefined) {
      link = new BrokerLink(endpoint, this.#settings);
      this.#links.set(address, link);
    }
    return link;
  }

  /** Every address once. */
  #candidates(): Endpoint[] {
    const byAddress = new Map<string, Endpoint>();
    for (const endpoint of [...this.#learned, ...this.#settings.bootstrap]) {
      byAddress.set(formatEndpoint(endpoint), endpoint);
    }
    return [...byAddress.values()];
  }

  #order(only: Endpoint | undefined): Endpoint[] {
    if (only !== undefined) return [only];
    const candidates = shuffled(this.#candidates(), this.#settings.random);
    const isPreferred = (endpoint: Endpoint): boolean => formatEndpoint(endpoint) === this.#preferred;
    return [...candidates.filter(isPreferred), ...candidates.filter((endpoint) => !isPreferred(endpoint))];
  }
}

/** True for an error of the way to the broker, false for one that the broker answered. */
export function isAboutTheConnection(error: TidelogError): boolean {
  return (
    error.code === 'NETWORK_EXCEPTION' ||
    error.code === 'CONNECTION_FAILED' ||
    error.code === 'REQUEST_TIMED_OUT' ||
    error.code === 'CLOSED'
  );
}

function reasonOf(error: TidelogError): string {
  return error.cause instanceof Error ? error.cause.message : error.message;
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last--) {
    const other = random.below(last + 1);
    [result[last], result[other]] = [result[other] as T, result[last] as T];
  }
  return result;
}
