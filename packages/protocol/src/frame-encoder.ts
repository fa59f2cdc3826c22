/**
 * Messages into frames. A frame is
 *
 *   uint32 big-endian length (itself excluded) | varint-delimited header | body
 *
 * returned as the list of buffers to hand to one gathered write. Record batches are not copied: the list
 * alternates between slices of one small head buffer and the caller's own buffers,
 *
 *   head[0..a]  records of partition 0  head[a..b]  records of partition 1  …
 *
 * (records of less than 1 KiB lie in the head: copying those is cheaper). All bytes that are not the caller's lie
 * in one buffer of exactly their size. Laid end to end the list is plain protobuf.
 *
 * Lifetime: the caller's record buffers must stay unchanged until the list has been written; everything else
 * belongs to the list.
 */
import type { ErrorCode } from '@tidelog/record/errors';
import { errorNumber, TidelogError } from '@tidelog/record/errors';
import { wire } from '../gen/wire.js';
import type { ApiName, RequestInputs, ResponseInputs } from './apis.ts';
import { APIS } from './apis.ts';
import type { FrameWriter } from './frame-writer.ts';
import { frameWriter } from './frame-writer.ts';

/** An error message in a header is cut to this many characters, which keeps the header within its limit. */
export const MAX_ERROR_MESSAGE_LENGTH = 8192;

/**
 * The frame of a request.
 *
 * @param correlationId 0 … 2^32 − 1, unique among the connection's requests in flight
 * @throws INVALID_ARGUMENT when a field has a value that cannot be encoded (a bigint, for one);
 *   FRAME_TOO_LARGE beyond 2^31 − 1 bytes
 */
export function encodeRequest<A extends ApiName>(
  api: A,
  correlationId: number,
  body: RequestInputs[A],
): Buffer[] {
  try {
    const writer = startRequest(APIS[api].api, correlationId);
    APIS[api].request.encode(body, writer);
    return writer.finishFrame();
  } catch (error) {
    throw encodingError(`${api} request`, error);
  }
}

/**
 * The frame of an answer.
 *
 * @param correlationId that of the request
 * @param options.throttleMs how long the client should wait before its next request; 0 unless given
 * @throws as `encodeRequest`
 */
export function encodeResponse<A extends ApiName>(
  correlationId: number,
  api: A,
  body: ResponseInputs[A],
  options: { throttleMs?: number } = {},
): Buffer[] {
  try {
    const writer = startResponse({ correlationId, throttleMs: options.throttleMs ?? 0 });
    APIS[api].response.encode(body, writer);
    return writer.finishFrame();
  } catch (error) {
    throw encodingError(`${api} response`, error);
  }
}

/**
 * The frame of an answer that says that the whole request failed: a header and no body.
 *
 * @param code travels as its number; a code without one (LOCAL_ERRORS) as UNKNOWN_SERVER_ERROR
 * @param message what was wrong, where, what to do; shown to the client's user; cut at 8192 characters
 */
export function encodeErrorResponse(correlationId: number, code: ErrorCode, message: string): Buffer[] {
  const errorMessage = message.slice(0, MAX_ERROR_MESSAGE_LENGTH);
  return startResponse({ correlationId, errorCode: errorNumber(code), errorMessage }).finishFrame();
}

function startRequest(api: number, correlationId: number): FrameWriter {
  const writer = frameWriter().startFrame();
  wire.RequestHeader.encode({ api, correlationId }, writer.fork()).ldelim();
  return writer;
}

function startResponse(header: wire.ResponseHeader.$Properties): FrameWriter {
  const writer = frameWriter().startFrame();
  wire.ResponseHeader.encode(header, writer.fork()).ldelim();
  return writer;
}

function encodingError(what: string, thrown: unknown): TidelogError {
  const { code, message } = TidelogError.from(thrown, 'INVALID_ARGUMENT');
  return new TidelogError(code, `cannot encode ${what}: ${message}`, { cause: thrown });
}
