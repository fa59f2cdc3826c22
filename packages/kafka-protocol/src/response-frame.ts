/**
 * Responses as frames.
 *
 * Format: an int32 that counts the bytes after it, the header, the body. A response does not say what it answers:
 * its correlation id, the first four bytes, leads to the request that it belongs to.
 */
import { TidelogError, errorNumber } from '@tidelog/record/errors';
import { APIS, type ApiName, type ResponseInput, type ResponseOf } from './apis.ts';
import { ResponseHeader, responseHeaderVersion } from './headers.ts';
import type { MessageCodec } from './message-codec.ts';
import type { Fields, InputOfFields, TaggedFields, UnknownTaggedField } from './schema.ts';
import { finishFrame, startFrame } from './sized-frame.ts';
import { WireReader } from './wire-reader.ts';

/** More array elements than this in one response are refused: the metadata of a large cluster has many. */
export const MAX_ELEMENTS_PER_RESPONSE = 10_000_000;

/** What a response needs to know of its request. */
export interface ResponseHead extends TaggedFields {
  /** The version of the request, which is the version of the response. */
  readonly apiVersion: number;
  readonly correlationId: number;
}

/** A decoded response. */
export interface DecodedResponse<N extends ApiName> {
  readonly correlationId: number;
  readonly body: ResponseOf<N>;
  /** The version in which the body came; differs from the request's only after an ApiVersions that was refused. */
  readonly apiVersion: number;
  /** Tagged fields of the header, when there are any. */
  readonly headerTaggedFields: readonly UnknownTaggedField[];
}

/**
 * A response, size included, for one gathered write. Byte ranges of 1 KiB and more are in the list by reference.
 *
 * An ApiVersions request of an unknown version is answered in version 0, with the error UNSUPPORTED_VERSION and the
 * list of versions (KIP-511).
 *
 * @throws UNSUPPORTED_VERSION when the version is not defined or cannot express the body
 * @throws INVALID_ARGUMENT for a value that its field cannot hold
 */
export function encodeResponse<N extends ApiName>(
  api: N,
  head: ResponseHead,
  body: ResponseInput<N>,
): Buffer[] {
  const { apiVersion, correlationId, unknownTaggedFields } = head;
  const writer = startFrame();
  ResponseHeader.write(writer, responseHeaderVersion(api, apiVersion), {
    correlationId,
    unknownTaggedFields,
  });
  responseCodecOf(api).write(writer, apiVersion, body as InputOfFields<Fields>);
  return finishFrame(writer);
}

/**
 * The correlation id of a response.
 *
 * @param frame the response without its size
 * @throws MALFORMED_FRAME when there are fewer than four bytes
 */
export function responseCorrelationId(frame: Buffer): number {
  if (frame.length < 4) {
    throw new TidelogError(
      'MALFORMED_FRAME',
      `a response of ${frame.length} bytes is too short for a header`,
    );
  }
  return frame.readInt32BE(0);
}

/**
 * A response to a request of this API and version. Bytes and records are views of the frame; bytes behind the body
 * are left alone, as Kafka's own clients do.
 *
 * A broker that does not know the version of an ApiVersions request answers in version 0: such an answer is
 * recognised by its error and decoded so.
 *
 * @param frame the response without its size
 * @throws UNSUPPORTED_VERSION when the version is not defined
 * @throws MALFORMED_FRAME for bytes that are no such response
 */
export function decodeResponse<N extends ApiName>(
  api: N,
  requestVersion: number,
  frame: Buffer,
): DecodedResponse<N> {
  const reader = new WireReader(frame, MAX_ELEMENTS_PER_RESPONSE);
  const headerVersion = responseHeaderVersion(api, requestVersion);
  const header = ResponseHeader.read(reader, headerVersion, { allowTrailingBytes: true });
  const apiVersion = api === 'ApiVersions' && isVersionRefused(reader) ? 0 : requestVersion;
  const body = responseCodecOf(api).read(reader, apiVersion, { allowTrailingBytes: true }) as ResponseOf<N>;
  const { correlationId, unknownTaggedFields: headerTaggedFields = [] } = header;
  return { correlationId, body, apiVersion, headerTaggedFields };
}

/** Does an ApiVersions response begin with UNSUPPORTED_VERSION? */
function isVersionRefused(reader: WireReader): boolean {
  const { bytes, position, remaining } = reader;
  return remaining >= 2 && bytes.readInt16BE(position) === errorNumber('UNSUPPORTED_VERSION');
}

/** The codec without the types of its fields, which a name that is a variable has lost anyway. */
function responseCodecOf(api: ApiName): MessageCodec<Fields> {
  return APIS[api].response as unknown as MessageCodec<Fields>;
}
