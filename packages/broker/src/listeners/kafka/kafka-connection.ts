/**
 * One connection of the Kafka protocol: frames into requests, responses into frames, strictly in the order of the
 * requests.
 *
 * As in Kafka a connection has one request at work at a time, and what it sends meanwhile stays in its socket: a
 * long poll or a join that waits holds up what is behind it, and nothing piles up here. Produce requests alone run
 * side by side, up to the limit on requests in flight, where those of many partitions count as several: each of them
 * waits for the disk, and appends of one connection never overtake each other because they begin in the turn in which
 * they arrive.
 *
 * What goes wrong: a request whose handler fails is answered with its error, in the layout of its version. Where a
 * frame cannot be decoded, or names an API or version that was never advertised, there is no layout to answer in:
 * the connection is closed, as Kafka does, and the log says why. A Produce with acks=0 has no answer; an error
 * closes its connection, which is the only way to tell.
 */
import {
  decodeRequestBody,
  decodeRequestHeader,
  encodeResponse,
  type ApiName,
  type RequestFrame,
  type RequestOf as KafkaRequestOf,
} from '@tidelog/kafka-protocol';
import { TidelogError } from '@tidelog/record/errors';
import type { Router } from '../../router.ts';
import type { Lease } from '../chunk-pool.ts';
import type { ConnectionTable } from '../connection-table.ts';
import type { GatedFetch } from '../fetch-gate.ts';
import type { FramedConnection, FrameHandler } from '../framed-connection.ts';
import { produceWeight } from '../limits.ts';
import { Peer } from '../peer.ts';
import type { AnyKafkaApi, KafkaAnswer, KafkaCall } from './kafka-api.ts';
import { unsupportedApiVersions, type KafkaApis } from './kafka-apis.ts';

export interface KafkaConnectionOptions {
  /** The listener's name. */
  readonly listener: string;
  readonly connection: FramedConnection;
  readonly table: ConnectionTable;
  readonly router: Router;
  readonly apis: KafkaApis;
}

/** A request that is being served, and its place in the order of answers. */
interface Served {
  readonly row: AnyKafkaApi;
  readonly head: RequestFrame;
  readonly request: KafkaRequestOf<ApiName>;
  /** The memory of the frame, for a request that holds views of it. */
  readonly lease: Lease | undefined;
  /** The number of ordinary requests that it counts as. */
  readonly weight: number;
  /** Set when it is answered; an empty list is sent for a request that wants no answer. */
  answer: { readonly buffers: readonly Buffer[]; readonly release: (() => void) | undefined } | undefined;
}

export class KafkaConnection implements FrameHandler {
  readonly #peer: Peer;
  readonly #connection: FramedConnection;
  readonly #table: ConnectionTable;
  readonly #router: Router;
  readonly #apis: KafkaApis;
  /** In the order of their arrival; the first one's answer goes out next. */
  readonly #served: Served[] = [];

  constructor({ listener, connection, table, router, apis }: KafkaConnectionOptions) {
    this.#peer = new Peer({ listener, connection, table });
    this.#connection = connection;
    this.#table = table;
    this.#router = router;
    this.#apis = apis;
  }

  onFrame(frame: Buffer): void {
    // The bodies of other requests are copied out of the frame by their translation.
    const lease =
      frame.length >= 2 && frame.readInt16BE(0) === PRODUCE_KEY ? this.#connection.retain() : undefined;
    try {
      this.#onRequest(lease?.bytes ?? frame, lease);
    } catch (error) {
      lease?.release();
      this.#connection.loseFraming(TidelogError.from(error, 'INVALID_REQUEST'));
    }
  }

  /** The protocol has no frame for an error that belongs to no request. */
  lastWords(): readonly Buffer[] {
    return [];
  }

  onProgress(): void {
    this.#peer.onProgress();
  }

  onEnding(): void {
    this.#peer.onEnding();
  }

  onPeerGone(): void {
    this.#peer.onPeerGone();
  }

  /** Throws what makes it impossible to answer. */
  #onRequest(frame: Buffer, lease: Lease | undefined): void {
    const head = decodeRequestHeader(frame);
    const { api, apiKey, apiVersion, correlationId } = head;
    const row = api === undefined ? undefined : this.#apis.get(api);
    if (api === 'ApiVersions' && row !== undefined && !head.isKnown) {
      this.#answerInTurn(row, head, unsupportedApiVersions(this.#apis, correlationId));
      return;
    }
    if (head.clientId !== null && head.clientId !== this.#peer.clientId) {
      this.#peer.client.clientId = keptName(head.clientId);
    }
    if (api === undefined || row === undefined || !head.isKnown) {
      const isUnknown = api === undefined || row === undefined;
      const request = `${api ?? `API ${apiKey}`} v${apiVersion}`;
      this.#peer.missing({ request, reason: isUnknown ? 'unknown api' : 'version not served' });
      throw new TidelogError(
        'UNSUPPORTED_VERSION',
        `the client ${JSON.stringify(head.clientId)} sent version ${apiVersion} of the API with key ${apiKey} (${api ?? 'unknown'}), which ApiVersions does not offer`,
      );
    }
    // As Kafka does: librdkafka leaves three bytes behind a request for the metadata of all topics.
    const request = decodeRequestBody(api, apiVersion, head.body, { allowTrailingBytes: true });
    this.#peer.client.count(api, apiVersion);
    const weight =
      api === 'Produce'
        ? weightOf(request as KafkaRequestOf<'Produce'>)
        : this.#table.limits.maxInFlightRequestsPerConnection;
    const served: Served = { row, head, request, lease, weight, answer: undefined };
    this.#served.push(served);
    this.#connection.beginRequest(weight);
    if (api === 'Fetch') this.#enterGate(served);
    else void this.#serve(served, request);
  }

  /** A request whose body is not read. */
  #answerInTurn(row: AnyKafkaApi, head: RequestFrame, buffers: readonly Buffer[]): void {
    const request = {} as KafkaRequestOf<ApiName>;
    const served: Served = { row, head, request, lease: undefined, weight: 1, answer: undefined };
    this.#served.push(served);
    this.#connection.beginRequest(served.weight);
    this.#finish(served, { buffers, release: undefined });
  }

  /** Fetches wait while their answers would have no place; see FetchGate. */
  #enterGate(served: Served): void {
    const { gate } = this.#peer;
    const request = served.request as KafkaRequestOf<'Fetch'>;
    const answerBytes = gate.boundedBytes(Math.max(0, request.maxBytes));
    const fetch: GatedFetch = {
      answerBytes,
      start: () => {
        const bounded = { ...request, maxBytes: Math.min(request.maxBytes, answerBytes) };
        void this.#serve(served, bounded as KafkaRequestOf<ApiName>).then(() => gate.leave(fetch));
      },
      cancel: () => this.#finish(served, NO_ANSWER),
    };
    gate.enter(fetch);
  }

  async #serve(served: Served, request: KafkaRequestOf<ApiName>): Promise<void> {
    const { row, head } = served;
    let answer: KafkaAnswer<ApiName> | undefined;
    try {
      if (head.apiVersion < row.minVersion || head.apiVersion > row.maxVersion || isRefusedProduce(head)) {
        this.#peer.missing({ request: `${row.api} v${head.apiVersion}`, reason: 'version not served' });
        throw new TidelogError(
          'UNSUPPORTED_VERSION',
          `version ${head.apiVersion} of ${row.api} is not served; ApiVersions lists those that are`,
        );
      }
      answer = await row.serve(this.#call(head, request));
      this.#finish(served, this.#encode(served, answer));
    } catch (error) {
      answer?.release?.();
      this.#finishFailed(served, TidelogError.from(error));
    }
  }

  #call(head: RequestFrame, request: KafkaRequestOf<ApiName>): KafkaCall<ApiName> {
    return {
      request,
      version: head.apiVersion,
      dispatch: (kind, internal) => this.#router.dispatch(kind, internal, this.#peer),
      identify: (software) => this.#peer.client.identify(software),
      missing: (reason) => this.#peer.missing({ request: head.api as ApiName, reason }),
    };
  }

  #encode({ row, head }: Served, { body, release }: KafkaAnswer<ApiName>): NonNullable<Served['answer']> {
    const { apiVersion, correlationId } = head;
    return { buffers: encodeResponse(row.api, { apiVersion, correlationId }, body), release };
  }

  #finishFailed(served: Served, error: TidelogError): void {
    const { row, head, request } = served;
    if (wantsNoAnswer(served)) {
      this.#finish(served, NO_ANSWER);
      this.#closeUnacknowledged(error);
      return;
    }
    try {
      const body = row.refuse(request, error, head.apiVersion);
      this.#finish(served, this.#encode(served, { body }));
    } catch (unencodable) {
      this.#finish(served, NO_ANSWER);
      this.#connection.loseFraming(TidelogError.from(unencodable));
    }
  }

  /** The end of the connection is all that tells a producer with acks=0 that its records are lost. */
  #closeUnacknowledged(error: TidelogError): void {
    if (!this.#connection.isOpen) return;
    this.#table.log.warn('a produce request without acknowledgement failed; its connection is closed', {
      listener: this.#peer.listener,
      connectionId: this.#peer.connectionId,
      clientId: this.#peer.clientId,
      reason: error.message,
    });
    this.#connection.drain();
  }

  /** The request has its answer: it goes out once those before it have theirs. */
  #finish(served: Served, answer: NonNullable<Served['answer']>): void {
    served.answer = answer;
    served.lease?.release();
    for (let first = this.#served[0]; first?.answer !== undefined; first = this.#served[0]) {
      this.#served.shift();
      const { buffers, release } = first.answer;
      if (wantsNoAnswer(first) || buffers.length === 0) release?.();
      else this.#connection.send(buffers, release);
      this.#connection.finishRequest(first.weight);
    }
  }
}

const NO_ANSWER: NonNullable<Served['answer']> = { buffers: [], release: undefined };
/** What a client calls itself is kept as long as its connection. */
const MAX_KEPT_NAME_BYTES = 256;

/** The name, cut and copied when it is long: a cut string alone would keep the whole one in memory. */
function keptName(name: string): string {
  const bytes = Buffer.from(name);
  return bytes.length <= MAX_KEPT_NAME_BYTES ? name : bytes.toString('utf8', 0, MAX_KEPT_NAME_BYTES);
}

function weightOf({ topicData }: KafkaRequestOf<'Produce'>): number {
  let rows = 0;
  for (const { partitionData } of topicData) rows += partitionData.length;
  return produceWeight(rows);
}

const PRODUCE_KEY = 0;
/** Their record format is not served; they are advertised for the sake of clients that compare versions. */
const FIRST_PRODUCE_VERSION = 3;

function isRefusedProduce({ apiKey, apiVersion }: RequestFrame): boolean {
  return apiKey === PRODUCE_KEY && apiVersion < FIRST_PRODUCE_VERSION;
}

function wantsNoAnswer({ row, request }: Served): boolean {
  return row.api === 'Produce' && (request as KafkaRequestOf<'Produce'>).acks === 0;
}
