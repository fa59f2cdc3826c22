/**
 * Frames into messages: the header first, then the body once the api is known.
 *
 * Invariants: every function here throws TidelogError MALFORMED_FRAME and nothing else, whatever the bytes are.
 * Nothing is copied: a body, and each `bytes` field in it, is a view of the frame. It keeps the memory of the
 * frame alive and is spoilt when that memory is reused. What protobuf skips (unknown fields, known ones with
 * another wire type) is skipped here too; a 64-bit value outside ±(2^53 − 1) and invalid UTF-8 are errors.
 */
import { TidelogError } from '@tidelog/record/errors';
import { wire } from '../gen/wire.js';
import type { ApiName, MessageCodec, RequestBodies, ResponseBodies } from './apis.ts';
import { APIS } from './apis.ts';
import { CheckedReader, MAX_FIELDS_PER_REQUEST, MAX_FIELDS_PER_RESPONSE } from './checked-reader.ts';

/** A header longer than this is refused; it holds a few integers and, in an answer, an error message. */
export const MAX_HEADER_BYTES = 64 * 1024;

export interface RequestHead {
  /** The number of the api, known or not; see `apiNameOf`. Never 0. */
  readonly api: number;
  readonly correlationId: number;
  /** A view of the frame. */
  readonly body: Buffer;
}

export interface ResponseHead {
  readonly correlationId: number;
  /** Set when the whole request failed; then there is no body to decode. */
  readonly error: TidelogError | undefined;
  /** How long the client should wait before its next request, in milliseconds. */
  readonly throttleMs: number;
  /** A view of the frame. */
  readonly body: Buffer;
}

/**
 * The header of a request and the view of its body.
 *
 * @param frame a frame's payload, without the length before it
 * @throws MALFORMED_FRAME
 */
export function decodeRequestHeader(frame: Buffer): RequestHead {
  const { header, body } = decodeHeader<wire.RequestHeader>('request header', wire.RequestHeader, frame);
  if (header.api === 0) {
    throw malformed(
      'request header',
      'it names no api; is this a client of another protocol, Kafka perhaps?',
    );
  }
  return { api: header.api, correlationId: header.correlationId, body };
}

/**
 * The header of an answer and the view of its body.
 *
 * @param frame a frame's payload, without the length before it
 * @throws MALFORMED_FRAME
 */
export function decodeResponseHeader(frame: Buffer): ResponseHead {
  const { header, body } = decodeHeader<wire.ResponseHeader>('response header', wire.ResponseHeader, frame);
  const { correlationId, errorCode, errorMessage, throttleMs } = header;
  const error = errorCode === 0 ? undefined : TidelogError.fromWire(errorCode, errorMessage);
  return { correlationId, error, throttleMs, body };
}

/**
 * The body of a request.
 *
 * @param body the view that `decodeRequestHeader` gave
 * @throws MALFORMED_FRAME
 */
export function decodeRequestBody<A extends ApiName>(api: A, body: Buffer): RequestBodies[A] {
  const { request } = APIS[api];
  return decodeBody(
    `${api} request`,
    request,
    new CheckedReader(body, MAX_FIELDS_PER_REQUEST),
  ) as RequestBodies[A];
}

/**
 * The body of an answer.
 *
 * @param body the view that `decodeResponseHeader` gave
 * @throws MALFORMED_FRAME
 */
export function decodeResponseBody<A extends ApiName>(api: A, body: Buffer): ResponseBodies[A] {
  const { response } = APIS[api];
  return decodeBody(
    `${api} response`,
    response,
    new CheckedReader(body, MAX_FIELDS_PER_RESPONSE),
  ) as ResponseBodies[A];
}

function decodeHeader<T>(what: string, codec: MessageCodec, frame: Buffer): { header: T; body: Buffer } {
  try {
    const reader = new CheckedReader(frame, MAX_HEADER_BYTES);
    const sizeBytes = reader.size();
    if (sizeBytes > MAX_HEADER_BYTES) throw new RangeError(`it declares ${sizeBytes} bytes`);
    const header = codec.decode(reader, sizeBytes) as T;
    return { header, body: frame.subarray(reader.pos) };
  } catch (error) {
    throw malformed(what, error);
  }
}

function decodeBody(what: string, codec: MessageCodec, reader: CheckedReader): object {
  try {
    return codec.decode(reader);
  } catch (error) {
    throw malformed(what, error);
  }
}

function malformed(what: string, thrown: unknown): TidelogError {
  const { message } = TidelogError.from(thrown);
  const reason = message.startsWith('index out of range')
    ? `a field reaches beyond its end (${message})`
    : message;
  return new TidelogError('MALFORMED_FRAME', `${what} cannot be decoded: ${reason}`, { cause: thrown });
}
