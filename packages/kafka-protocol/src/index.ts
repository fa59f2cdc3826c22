export { messageCodec, MessageCodec, type DecodeOptions, type VersionedValue } from './message-codec.ts';
export { ZERO_UUID, UUID_BYTES, isUuid, uuidFromBytes, uuidToBytes, type Uuid } from './uuid.ts';
export * as schema from './schema.ts';
