/**
 * One connection of the native protocol: frames into requests, responses into frames.
 *
 * Requests are dispatched in the order in which they arrive and in the turn in which they arrive, so appends of
 * one connection never overtake each other. They run side by side and are answered as they finish, told apart by
 * correlation id; a long poll holds up nobody. A ProduceRequest with acks=0 is not answered, not even with an
 * error.
 *
 * What goes wrong: a request whose body cannot be decoded, or that its handler rejects, gets an error response
 * and the connection goes on, since the next frame is known to begin behind it. Where the header cannot be
 * decoded, or the frame is too large, the peer does not speak the protocol: error response, with the correlation
 * id where it could be read and 0 where not, and the connection ends.
 */
import { TidelogError } from '@tidelog/record/errors';
import {
  apiNameOf,
  decodeRequestBody,
  decodeRequestHeader,
  encodeErrorResponse,
  encodeResponse,
  PROTOCOL_VERSION,
  type ApiName,
  type RequestHead,
  type ResponseInputs,
} from '@tidelog/protocol';
import type { FetchRequest, FetchResponse, ProduceRequest, RequestKind, RequestOf } from '../../requests.ts';
import type { Router } from '../../router.ts';
import { toWireFailure } from '../../wire-error.ts';
import type { Lease } from '../chunk-pool.ts';
import type { ConnectionTable } from '../connection-table.ts';
import type { GatedFetch } from '../fetch-gate.ts';
import type { FramedConnection, FrameHandler } from '../framed-connection.ts';
import { produceWeight } from '../limits.ts';
import { Peer } from '../peer.ts';
import type { Translation } from './native-fields.ts';
import { translationOf } from './native-translation.ts';

export interface NativeConnectionOptions {
  /** The listener's name. */
  readonly listener: string;
  readonly connection: FramedConnection;
  readonly table: ConnectionTable;
  readonly router: Router;
}

/** A request that is being served. */
interface Served {
  readonly api: ApiName;
  readonly correlationId: number;
  readonly translation: Translation<ApiName, RequestKind>;
  readonly request: RequestOf<RequestKind>;
  /** The memory of the frame, for a request that holds views of it. */
  readonly lease: Lease | undefined;
  /** The number of ordinary requests that it counts as. */
  readonly weight: number;
}

/** Decoded, a request takes up to fifteen times the memory that it took to send. */
const BYTES_PER_WEIGHT = 8 * 1024;

export class NativeConnection implements FrameHandler {
  readonly #peer: Peer;
  readonly #connection: FramedConnection;
  readonly #table: ConnectionTable;
  readonly #router: Router;
  /** What both sides speak. */
  #protocolVersion = PROTOCOL_VERSION;

  constructor({ listener, connection, table, router }: NativeConnectionOptions) {
    this.#peer = new Peer({ listener, connection, table });
    this.#connection = connection;
    this.#table = table;
    this.#router = router;
  }

  onFrame(frame: Buffer): void {
    let head: RequestHead;
    try {
      head = decodeRequestHeader(frame);
    } catch (error) {
      this.#connection.loseFraming(TidelogError.from(error));
      return;
    }
    const api = apiNameOf(head.api);
    if (api === undefined) {
      const request = `api ${head.api}`;
      this.#peer.missing({ request, reason: 'unknown api' });
      const reason = `this broker does not know api ${head.api} of the native protocol`;
      this.#refuse(head.correlationId, new TidelogError('UNSUPPORTED_VERSION', reason));
      return;
    }
    this.#onRequest(api, head, frame);
  }

  lastWords(error: TidelogError, pendingFrame: Buffer): readonly Buffer[] {
    let correlationId = 0;
    try {
      correlationId = decodeRequestHeader(pendingFrame).correlationId;
    } catch {
      // Not even a header came, or none that can be read: the peer learns the reason without the id.
    }
    return encodeErrorResponse(correlationId, toWireFailure(error).error.code, error.message);
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

  #onRequest(api: ApiName, { correlationId, body }: RequestHead, frame: Buffer): void {
    // Only record bytes outlive this call; everything else is copied out of the frame by its decoding.
    const lease = api === 'PRODUCE' ? this.#connection.retain() : undefined;
    let served: Served;
    try {
      const bytes = lease === undefined ? body : lease.bytes.subarray(frame.length - body.length);
      const translation = translationOf(api);
      const request = translation.request(decodeRequestBody(api, bytes));
      // What is not decoded but viewed, the record bytes of a produce request, counts by its lease; its batches count here.
      const weight =
        lease === undefined
          ? 1 + Math.floor(body.length / BYTES_PER_WEIGHT)
          : produceWeight((request as ProduceRequest).partitions.length);
      served = { api, correlationId, translation, request, lease, weight };
    } catch (error) {
      lease?.release();
      this.#refuse(correlationId, TidelogError.from(error, 'INVALID_REQUEST'));
      return;
    }
    this.#connection.beginRequest(served.weight);
    if (api === 'HELLO') this.#onHello(served.request as RequestOf<'hello'>);
    this.#peer.client.count(api, this.#protocolVersion);
    if (api === 'FETCH') this.#enterGate(served);
    else void this.#serve(served);
  }

  #onHello(hello: RequestOf<'hello'>): void {
    this.#protocolVersion = Math.min(hello.protocolVersion, PROTOCOL_VERSION);
    this.#peer.client.clientId = hello.clientId;
    this.#peer.client.identify({ name: hello.clientSoftwareName, version: hello.clientSoftwareVersion });
  }

  /** Fetches wait while their answers would have no place; see FetchGate. */
  #enterGate(served: Served): void {
    const { gate } = this.#peer;
    const request = served.request as FetchRequest;
    const answerBytes = gate.boundedBytes(request.maxBytes);
    const bounded = { ...served, request: { ...request, maxBytes: answerBytes } };
    const fetch: GatedFetch = {
      answerBytes,
      start: () => {
        void this.#serve(bounded).then(() => gate.leave(fetch));
      },
      cancel: () => this.#connection.finishRequest(served.weight),
    };
    gate.enter(fetch);
  }

  async #serve(served: Served): Promise<void> {
    const { translation, request, lease, weight } = served;
    try {
      const response = await this.#router.dispatch(translation.kind, request, this.#peer);
      if (!wantsNoAnswer(served)) this.#answer(served, response);
    } catch (error) {
      this.#answerError(served, TidelogError.from(error));
    }
    lease?.release();
    this.#connection.finishRequest(weight);
  }

  #answer({ api, correlationId, translation, request }: Served, response: object): void {
    const release = api === 'FETCH' ? (): void => (response as FetchResponse).release() : undefined;
    let buffers: Buffer[];
    try {
      const body = translation.response(response as never, request);
      buffers = encodeResponse(correlationId, api, body as ResponseInputs[typeof api]);
    } catch (error) {
      release?.();
      throw error;
    }
    this.#connection.send(buffers, release);
  }

  #answerError(served: Served, error: TidelogError): void {
    if (!wantsNoAnswer(served)) {
      this.#refuse(served.correlationId, error);
      return;
    }
    this.#table.log.debug('a produce request that wants no answer failed', {
      connectionId: this.#peer.connectionId,
      reason: error.message,
    });
  }

  #refuse(correlationId: number, error: TidelogError): void {
    const { code, message } = toWireFailure(error).error;
    this.#connection.send(encodeErrorResponse(correlationId, code, message));
  }
}

function wantsNoAnswer({ api, request }: Served): boolean {
  return api === 'PRODUCE' && (request as ProduceRequest).acks === 0;
}
