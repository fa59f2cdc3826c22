export {
  APIS,
  API_NAMES,
  API_VERSIONS,
  apiNameOf,
  isFlexibleVersion,
  isKnownVersion,
  type ApiName,
  type ApiVersionRange,
  type RequestInput,
  type RequestOf,
  type ResponseInput,
  type ResponseOf,
} from './apis.ts';
export type { ApiDefinition } from './api-definition.ts';
export {
  decodeRequest,
  decodeRequestBody,
  decodeRequestHeader,
  encodeRequest,
  type AnyRequest,
  type DecodedRequest,
  type RequestFrame,
  type RequestHead,
} from './request-frame.ts';
export {
  decodeResponse,
  encodeResponse,
  responseCorrelationId,
  MAX_ELEMENTS_PER_RESPONSE,
  type DecodedResponse,
  type ResponseHead,
} from './response-frame.ts';
export {
  RequestHeader,
  ResponseHeader,
  requestHeaderVersion,
  responseHeaderVersion,
  type RequestHeaderInput,
  type RequestHeaderValue,
  type ResponseHeaderValue,
} from './headers.ts';
export {
  messageCodec,
  MessageCodec,
  MAX_ELEMENTS_PER_MESSAGE,
  type DecodeOptions,
  type VersionedValue,
} from './message-codec.ts';
export { MAX_ARRAY_ELEMENTS, MAX_STRING_BYTES } from './wire-reader.ts';
export { BY_REFERENCE_BYTES } from './wire-writer.ts';
export { ZERO_UUID, UUID_BYTES, isUuid, uuidFromBytes, uuidToBytes, type Uuid } from './uuid.ts';
export type {
  BytesInput,
  InputOf,
  MessageDefinition,
  TaggedFields,
  UnknownTaggedField,
  ValueOf,
} from './schema.ts';
/** The language of definitions, for messages of your own. */
export * as schema from './schema.ts';
