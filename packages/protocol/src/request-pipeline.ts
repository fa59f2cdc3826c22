/**
 * The client's side of one connection: requests out, answers in, matched by correlation id. No socket, no timer
 * and no clock: bytes leave through `write`, arrive through `receive`, and the time arrives in `expire`.
 *
 * States of a request: in flight → answered, expired or failed. An expired one is remembered until its answer
 * comes, so that a late answer is dropped in silence while an answer to nothing is an error.
 * States of a pipeline: open → failed, for good. A new connection gets a new pipeline.
 *
 * Invariants: answers may come in any order; every promise settles at most once; at most `maxInFlight` requests
 * are without an answer, expired ones included.
 */
import { TidelogError } from '@tidelog/record/errors';
import type { ApiName, RequestInputs, ResponseBodies } from './apis.ts';
import { encodeRequest } from './frame-encoder.ts';
import { decodeResponseBody, decodeResponseHeader } from './message-decoder.ts';

/** Requests without an answer, unless the options say otherwise. */
export const DEFAULT_MAX_IN_FLIGHT = 1024;
const MAX_CORRELATION_ID = 0xffff_ffff;

export interface RequestPipelineOptions {
  /**
   * Puts the buffers of one frame on the wire, in order, in one gathered write; keeps frames in call order. When
   * it throws, the request is rejected; as part of the frame may have left, call `fail` and reconnect.
   */
  write(buffers: Buffer[]): void;
  /** The most requests without an answer; 1 or more, 1024 unless given. */
  readonly maxInFlight?: number;
  /** The first correlation id, 1 … 2^32 − 1; 1 unless given. */
  readonly firstCorrelationId?: number;
}

export interface SendOptions {
  /** When the answer is overdue, on the clock of `expire`; never unless given. */
  readonly deadlineMs?: number;
}

interface PendingRequest {
  readonly api: ApiName;
  readonly deadlineMs: number;
  readonly resolve: (body: ResponseBodies[ApiName]) => void;
  readonly reject: (error: TidelogError) => void;
  isExpired: boolean;
}

export class RequestPipeline {
  readonly #write: (buffers: Buffer[]) => void;
  readonly #maxInFlight: number;
  readonly #pending = new Map<number, PendingRequest>();
  #lastCorrelationId: number;
  #expiredCount = 0;
  /** At or below the earliest deadline in flight; exact unless #isDeadlineStale. */
  #earliestDeadlineMs = Infinity;
  #isDeadlineStale = false;
  #throttleMs = 0;
  #failure: TidelogError | undefined;

  constructor(options: RequestPipelineOptions) {
    this.#write = (buffers) => {
      options.write(buffers);
    };
    const { maxInFlight = DEFAULT_MAX_IN_FLIGHT, firstCorrelationId = 1 } = options;
    requireWithin('maxInFlight', maxInFlight);
    requireWithin('firstCorrelationId', firstCorrelationId);
    this.#maxInFlight = maxInFlight;
    this.#lastCorrelationId = firstCorrelationId - 1;
  }

  /** Requests whose promise is still open. */
  get inFlight(): number {
    return this.#pending.size - this.#expiredCount;
  }

  /** Requests that expired and whose answer has not come. A connection where this grows is best replaced. */
  get expired(): number {
    return this.#expiredCount;
  }

  /** False when `send` would reject with BUFFER_FULL, or the pipeline has failed. */
  get canSend(): boolean {
    return this.#failure === undefined && this.#pending.size < this.#maxInFlight;
  }

  /** The earliest deadline in flight: when `expire` has something to do. Undefined when there is none. */
  get nextDeadlineMs(): number | undefined {
    if (this.#isDeadlineStale) this.#findEarliestDeadline();
    return this.#earliestDeadlineMs === Infinity ? undefined : this.#earliestDeadlineMs;
  }

  /** How long the last answer asked the client to wait before its next request, in milliseconds; 0: not at all. */
  get throttleMs(): number {
    return this.#throttleMs;
  }

  /**
   * Writes a request and resolves with the body of its answer, whose `bytes` are views of the frame given to
   * `receive`.
   *
   * Rejects with the broker's error; REQUEST_TIMED_OUT when `expire` passes the deadline; NETWORK_EXCEPTION when
   * the connection fails (in both cases the outcome is unknown); MALFORMED_FRAME when the answer cannot be
   * decoded; BUFFER_FULL when maxInFlight requests are without an answer; INVALID_ARGUMENT when the request
   * cannot be encoded.
   */
  send<A extends ApiName>(
    api: A,
    body: RequestInputs[A],
    options: SendOptions = {},
  ): Promise<ResponseBodies[A]> {
    return new Promise<ResponseBodies[A]>((resolve, reject) => {
      this.#requireOpen(api);
      if (this.#pending.size >= this.#maxInFlight) throw this.#tooManyInFlight(api);
      const correlationId = this.#nextCorrelationId();
      const buffers = encodeRequest(api, correlationId, body);
      const deadlineMs = options.deadlineMs ?? Infinity;
      // Known before it is written: a `write` that calls `receive` or `fail` finds it.
      this.#pending.set(correlationId, {
        api,
        deadlineMs,
        resolve: resolve as PendingRequest['resolve'],
        reject,
        isExpired: false,
      });
      if (deadlineMs < this.#earliestDeadlineMs) this.#earliestDeadlineMs = deadlineMs;
      try {
        this.#write(buffers);
      } catch (error) {
        this.#forget(correlationId);
        reject(networkException(api, error));
      }
    });
  }

  /**
   * Writes a request that gets no answer at all: a produce with acks 0.
   *
   * @throws NETWORK_EXCEPTION when the pipeline has failed or the write throws; INVALID_ARGUMENT when the
   *   request cannot be encoded
   */
  sendOneWay<A extends ApiName>(api: A, body: RequestInputs[A]): void {
    this.#requireOpen(api);
    const buffers = encodeRequest(api, this.#nextCorrelationId(), body);
    try {
      this.#write(buffers);
    } catch (error) {
      throw networkException(api, error);
    }
  }

  /**
   * Takes one frame's payload from the broker and settles the request that it answers.
   *
   * @throws MALFORMED_FRAME when the frame cannot be decoded or answers no request; the broker's error when it is
   *   about the connection (correlation id 0). Either way close the connection and call `fail`. Frames that come
   *   after `fail` are ignored.
   */
  receive(frame: Buffer): void {
    if (this.#failure !== undefined) return;
    const { correlationId, error, throttleMs, body } = decodeResponseHeader(frame);
    this.#throttleMs = throttleMs;
    const request = this.#forget(correlationId);
    if (request === undefined) {
      if (correlationId === 0 && error !== undefined) throw error;
      throw new TidelogError(
        'MALFORMED_FRAME',
        `an answer has correlation id ${correlationId}, which is of no request in flight`,
      );
    }
    if (request.isExpired) return;
    if (error !== undefined) {
      request.reject(error);
      return;
    }
    let decoded: ResponseBodies[ApiName];
    try {
      decoded = decodeResponseBody(request.api, body);
    } catch (cause) {
      const malformed = TidelogError.from(cause, 'MALFORMED_FRAME');
      request.reject(malformed);
      throw malformed;
    }
    request.resolve(decoded);
  }

  /** Rejects every request whose deadline is at or before `nowMs` with REQUEST_TIMED_OUT. */
  expire(nowMs: number): void {
    if (nowMs < this.#earliestDeadlineMs) return;
    const overdue: PendingRequest[] = [];
    for (const request of this.#pending.values()) {
      if (!request.isExpired && request.deadlineMs <= nowMs) overdue.push(request);
    }
    for (const request of overdue) request.isExpired = true;
    this.#expiredCount += overdue.length;
    this.#isDeadlineStale = true;
    for (const { api, reject } of overdue) {
      reject(
        new TidelogError('REQUEST_TIMED_OUT', `${api} was not answered in time; its outcome is unknown`),
      );
    }
  }

  /**
   * Ends the pipeline: rejects all requests in flight, and all later ones, with NETWORK_EXCEPTION. Calling it
   * again changes nothing.
   *
   * @param reason why, when it is known; becomes the cause
   */
  fail(reason?: unknown): void {
    if (this.#failure !== undefined) return;
    this.#failure = networkException(undefined, reason);
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    this.#expiredCount = 0;
    this.#earliestDeadlineMs = Infinity;
    this.#isDeadlineStale = false;
    for (const { api, isExpired, reject } of pending) {
      if (!isExpired) reject(networkException(api, reason));
    }
  }

  #requireOpen(api: ApiName): void {
    if (this.#failure === undefined) return;
    throw new TidelogError('NETWORK_EXCEPTION', `${api} was not sent: the connection is closed`, {
      cause: this.#failure,
    });
  }

  #tooManyInFlight(api: ApiName): TidelogError {
    return new TidelogError(
      'BUFFER_FULL',
      `${api} was not sent: ${this.#pending.size} requests are without an answer, the limit of the connection`,
    );
  }

  #nextCorrelationId(): number {
    do {
      this.#lastCorrelationId =
        this.#lastCorrelationId >= MAX_CORRELATION_ID ? 1 : this.#lastCorrelationId + 1;
    } while (this.#pending.has(this.#lastCorrelationId));
    return this.#lastCorrelationId;
  }

  #forget(correlationId: number): PendingRequest | undefined {
    const request = this.#pending.get(correlationId);
    if (request === undefined) return undefined;
    this.#pending.delete(correlationId);
    if (request.isExpired) this.#expiredCount--;
    else if (request.deadlineMs === this.#earliestDeadlineMs) this.#isDeadlineStale = true;
    return request;
  }

  #findEarliestDeadline(): void {
    let earliestMs = Infinity;
    for (const { deadlineMs, isExpired } of this.#pending.values()) {
      if (!isExpired && deadlineMs < earliestMs) earliestMs = deadlineMs;
    }
    this.#earliestDeadlineMs = earliestMs;
    this.#isDeadlineStale = false;
  }
}

function requireWithin(name: string, value: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= MAX_CORRELATION_ID) return;
  throw new TidelogError(
    'INVALID_ARGUMENT',
    `${name} must be an integer from 1 to ${MAX_CORRELATION_ID}, got ${value}`,
  );
}

function networkException(api: ApiName | undefined, reason: unknown): TidelogError {
  const why = reason instanceof Error ? `: ${reason.message}` : '';
  const what =
    api === undefined
      ? 'the connection broke'
      : `the connection broke before ${api} was answered; its outcome is unknown`;
  return new TidelogError('NETWORK_EXCEPTION', `${what}${why}`, { cause: reason });
}
