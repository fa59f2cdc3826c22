/**
 * Requests as frames.
 *
 * Format: an int32 that counts the bytes after it, the header, the body. What encodes writes the size; what decodes
 * takes the frame without it.
 *
 * A broker decodes in two steps, so that it can answer a version that it does not know: `decodeRequestHeader` reads
 * any request at all, `decodeRequestBody` those that are defined.
 */
import { TidelogError } from '@tidelog/record/errors';
import { APIS, apiNameOf, isKnownVersion, type ApiName, type RequestInput, type RequestOf } from './apis.ts';
import { RequestHeader, requestHeaderVersion, type RequestHeaderValue } from './headers.ts';
import type { DecodeOptions, MessageCodec } from './message-codec.ts';
import type { Fields, InputOfFields, TaggedFields } from './schema.ts';
import { finishFrame, startFrame } from './sized-frame.ts';
import { WireReader } from './wire-reader.ts';

/** The head of a request, and where its body lies. */
export interface RequestFrame extends TaggedFields {
  /** The number of the API. */
  readonly apiKey: number;
  /** Its name; undefined when the codec does not know the key. */
  readonly api: ApiName | undefined;
  readonly apiVersion: number;
  /** Whether body and response of this version are defined; if not, answer UNSUPPORTED_VERSION. */
  readonly isKnown: boolean;
  readonly correlationId: number;
  readonly clientId: string | null;
  /** A view of the rest of the frame. Behind the header only when `isKnown`; else where it begins is not certain. */
  readonly body: Buffer;
}

/** A decoded request of one API. */
export interface DecodedRequest<N extends ApiName> {
  readonly api: N;
  readonly header: RequestFrame;
  readonly body: RequestOf<N>;
}

/** A decoded request; `api` says which. */
export type AnyRequest = { readonly [N in ApiName]: DecodedRequest<N> }[ApiName];

/** What a request says about itself. */
export interface RequestHead extends TaggedFields {
  readonly apiVersion: number;
  /** Comes back with the response. An int32. */
  readonly correlationId: number;
  readonly clientId?: string | null;
}

/**
 * The head of any request, whether its API and version are known or not.
 *
 * @param frame the request without its size
 * @throws MALFORMED_FRAME when there is no header in these bytes
 */
export function decodeRequestHeader(frame: Buffer): RequestFrame {
  if (frame.length < 4) {
    throw new TidelogError('MALFORMED_FRAME', `a request of ${frame.length} bytes is too short for a header`);
  }
  const api = apiNameOf(frame.readInt16BE(0));
  const apiVersion = frame.readInt16BE(2);
  const isKnown = api !== undefined && isKnownVersion(api, apiVersion);
  const reader = new WireReader(frame, MAX_HEADER_TAGS);
  const version = isKnown ? requestHeaderVersion(api, apiVersion) : 1;
  const header: RequestHeaderValue = RequestHeader.read(reader, version, { allowTrailingBytes: true });
  const { requestApiKey: apiKey, correlationId, clientId, unknownTaggedFields } = header;
  const body = frame.subarray(reader.position);
  const request = { apiKey, api, apiVersion, isKnown, correlationId, clientId, body };
  return unknownTaggedFields === undefined ? request : { ...request, unknownTaggedFields };
}

const MAX_HEADER_TAGS = 1_000;

/**
 * The body of a request. Bytes and records are views of it.
 *
 * @throws UNSUPPORTED_VERSION when the version is not defined
 * @throws MALFORMED_FRAME for bytes that are no such request, also when bytes are left over and not allowed
 */
export function decodeRequestBody<N extends ApiName>(
  api: N,
  apiVersion: number,
  body: Buffer,
  options: DecodeOptions = {},
): RequestOf<N> {
  return requestCodecOf(api).decode(apiVersion, body, options) as RequestOf<N>;
}

/**
 * Header and body of a request whose API and version must be defined.
 *
 * @param frame the request without its size
 * @throws UNSUPPORTED_VERSION, MALFORMED_FRAME
 */
export function decodeRequest(frame: Buffer): AnyRequest {
  const header = decodeRequestHeader(frame);
  const { api, apiKey, apiVersion } = header;
  if (api === undefined) {
    throw new TidelogError(
      'UNSUPPORTED_VERSION',
      `there is no API with the key ${apiKey} (version ${apiVersion})`,
    );
  }
  return { api, header, body: decodeRequestBody(api, apiVersion, header.body) } as AnyRequest;
}

/**
 * A request, size included, for one gathered write. Byte ranges of 1 KiB and more are in the list by reference.
 *
 * @throws UNSUPPORTED_VERSION when the version is not defined or cannot express the body
 * @throws INVALID_ARGUMENT for a value that its field cannot hold
 */
export function encodeRequest<N extends ApiName>(api: N, head: RequestHead, body: RequestInput<N>): Buffer[] {
  const { apiVersion, correlationId, clientId = null, unknownTaggedFields } = head;
  const writer = startFrame();
  const header = { requestApiKey: APIS[api].key, requestApiVersion: apiVersion, correlationId, clientId };
  RequestHeader.write(writer, requestHeaderVersion(api, apiVersion), { ...header, unknownTaggedFields });
  requestCodecOf(api).write(writer, apiVersion, body as InputOfFields<Fields>);
  return finishFrame(writer);
}

/** The codec without the types of its fields, which a name that is a variable has lost anyway. */
function requestCodecOf(api: ApiName): MessageCodec<Fields> {
  return APIS[api].request as unknown as MessageCodec<Fields>;
}
