/** Tidelog's native wire protocol: messages, frames and request pipelining; no sockets. docs/formats/native-protocol.md */
export { wire } from '../gen/wire.js';
export { API_NAMES, APIS, apiNameOf, PROTOCOL_VERSION } from './apis.ts';
export type {
  Api,
  ApiName,
  FetchResponseInput,
  MessageCodec,
  ProduceRequestInput,
  RecordBytes,
  RequestBodies,
  RequestInputs,
  ResponseBodies,
  ResponseInputs,
} from './apis.ts';
export { MAX_FIELDS_PER_REQUEST, MAX_FIELDS_PER_RESPONSE } from './checked-reader.ts';
export { FrameDecoder } from './frame-decoder.ts';
export type { FrameDecoderOptions } from './frame-decoder.ts';
export {
  encodeErrorResponse,
  encodeRequest,
  encodeResponse,
  MAX_ERROR_MESSAGE_LENGTH,
} from './frame-encoder.ts';
export {
  BY_REFERENCE_BYTES,
  FRAME_LENGTH_BYTES,
  frameSizeBytes,
  MAX_ENCODED_FRAME_BYTES,
} from './frame-writer.ts';
export { fromSafeNumber, toSafeNumber } from './int64.ts';
export {
  decodeRequestBody,
  decodeRequestHeader,
  decodeResponseBody,
  decodeResponseHeader,
  MAX_HEADER_BYTES,
} from './message-decoder.ts';
export type { RequestHead, ResponseHead } from './message-decoder.ts';
export { DEFAULT_MAX_IN_FLIGHT, RequestPipeline } from './request-pipeline.ts';
export type { RequestPipelineOptions, SendOptions } from './request-pipeline.ts';
export {
  isTopicId,
  randomTopicId,
  TOPIC_ID_BYTES,
  topicIdFromBytes,
  topicIdToBytes,
  ZERO_TOPIC_ID,
} from './topic-id.ts';
export type { TopicId } from './topic-id.ts';
