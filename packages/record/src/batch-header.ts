/**
 * The header of a record batch: read as a whole, read field by field without an allocation, and patched in place.
 *
 * Nothing here looks at the records or checks the CRC: batch-validation.ts does. Positions are those of
 * batch-format.ts, relative to the batch's first byte at `position`.
 *
 * Invariant: only `patchLogAppendTime` changes bytes that the CRC covers, and it writes the new CRC.
 */
import {
  ATTRIBUTE_COMPRESSION_MASK,
  ATTRIBUTE_CONTROL,
  ATTRIBUTE_DELETE_HORIZON,
  ATTRIBUTE_LOG_APPEND_TIME,
  ATTRIBUTE_TRANSACTIONAL,
  ATTRIBUTES_POSITION,
  BASE_OFFSET_POSITION,
  BASE_SEQUENCE_POSITION,
  BASE_TIMESTAMP_POSITION,
  BATCH_HEADER_BYTES,
  BATCH_LENGTH_POSITION,
  BATCH_LOG_OVERHEAD_BYTES,
  CRC_POSITION,
  LAST_OFFSET_DELTA_POSITION,
  MAGIC_POSITION,
  MAGIC_V2,
  MAX_TIMESTAMP_POSITION,
  PARTITION_LEADER_EPOCH_POSITION,
  PRODUCER_EPOCH_POSITION,
  PRODUCER_ID_POSITION,
  RECORD_COUNT_POSITION,
} from './batch-format.ts';
import { compressionTypeOf, type CompressionType } from './compression/compression-type.ts';
import { crc32cOfRange } from './crc32c.ts';
import { TidelogError } from './errors.ts';
import { readSafeInt64, writeSafeInt64 } from './safe-int64.ts';

/** `CreateTime`: records carry the producer's time. `LogAppendTime`: all carry the time of the append. */
export type TimestampType = 'CreateTime' | 'LogAppendTime';

/** A decoded header. Every number is a safe integer. */
export interface BatchHeader {
  readonly baseOffset: number;
  /** The whole batch, header and length field included. */
  readonly sizeBytes: number;
  /** −1 when no leader has appended the batch. */
  readonly partitionLeaderEpoch: number;
  readonly magic: number;
  /** As stored; unsigned. Reading a header does not check it. */
  readonly crc: number;
  /** All 16 bits. */
  readonly attributes: number;
  readonly lastOffsetDelta: number;
  /** Milliseconds since the Unix epoch; −1: none. The delete horizon when `hasDeleteHorizon`. */
  readonly baseTimestampMs: number;
  /** Milliseconds since the Unix epoch; −1: none (some producers leave it so). */
  readonly maxTimestampMs: number;
  /** −1: not from an idempotent producer; epoch and sequence then mean nothing. */
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly baseSequence: number;
  /** May be 0 in a compacted log. */
  readonly recordCount: number;
  readonly compression: CompressionType;
  readonly timestampType: TimestampType;
  readonly isTransactional: boolean;
  readonly isControl: boolean;
  /** Compaction has put the delete horizon into `baseTimestampMs` (KIP-534). */
  readonly hasDeleteHorizon: boolean;
  /** Inclusive. */
  readonly lastOffset: number;
}

function corrupt(position: number, reason: string): TidelogError {
  return new TidelogError('CORRUPT_MESSAGE', `batch at byte ${position}: ${reason}`);
}

/**
 * Decodes the header of the batch that starts at `position`. The batch need not be there as a whole.
 * Throws CORRUPT_MESSAGE when fewer than 61 bytes are there, a size, count, delta, offset or timestamp is
 * impossible, or the codec is unknown; UNSUPPORTED_FOR_MESSAGE_FORMAT for a magic other than 2.
 */
export function readBatchHeader(bytes: Buffer, position: number = 0): BatchHeader {
  if (bytes.length - position < BATCH_HEADER_BYTES) {
    throw corrupt(
      position,
      `${Math.max(0, bytes.length - position)} bytes are fewer than the header's ${BATCH_HEADER_BYTES}`,
    );
  }
  const magic = bytes.readInt8(position + MAGIC_POSITION);
  if (magic !== MAGIC_V2) throw unsupportedMagic(position, magic);
  const sizeBytes = batchSizeBytesAt(bytes, position);
  const attributes = attributesAt(bytes, position);
  const compression = compressionTypeOf(attributes & ATTRIBUTE_COMPRESSION_MASK);
  if (compression === undefined) {
    throw corrupt(position, `codec ${attributes & ATTRIBUTE_COMPRESSION_MASK} in the attributes is unknown`);
  }
  const baseOffset = baseOffsetAt(bytes, position);
  const lastOffset = lastOffsetAt(bytes, position);
  const recordCount = recordCountAt(bytes, position);
  if (recordCount < 0) throw corrupt(position, `record count ${recordCount} is negative`);
  return {
    baseOffset,
    sizeBytes,
    partitionLeaderEpoch: partitionLeaderEpochAt(bytes, position),
    magic,
    crc: bytes.readUInt32BE(position + CRC_POSITION),
    attributes,
    lastOffsetDelta: lastOffset - baseOffset,
    baseTimestampMs: baseTimestampAt(bytes, position),
    maxTimestampMs: maxTimestampAt(bytes, position),
    producerId: producerIdAt(bytes, position),
    producerEpoch: producerEpochAt(bytes, position),
    baseSequence: baseSequenceAt(bytes, position),
    recordCount,
    compression,
    timestampType: (attributes & ATTRIBUTE_LOG_APPEND_TIME) === 0 ? 'CreateTime' : 'LogAppendTime',
    isTransactional: (attributes & ATTRIBUTE_TRANSACTIONAL) !== 0,
    isControl: (attributes & ATTRIBUTE_CONTROL) !== 0,
    hasDeleteHorizon: (attributes & ATTRIBUTE_DELETE_HORIZON) !== 0,
    lastOffset,
  };
}

/** The error for a batch of another version than 2. */
export function unsupportedMagic(position: number, magic: number): TidelogError {
  return new TidelogError(
    magic === 0 || magic === 1 ? 'UNSUPPORTED_FOR_MESSAGE_FORMAT' : 'CORRUPT_MESSAGE',
    `batch at byte ${position}: magic is ${magic}; only record batches of version 2 (Kafka 0.11 and later) are read`,
  );
}

/**
 * Bytes of the whole batch at `position`: its length field plus 12. At least 12 bytes must be there.
 * Throws CORRUPT_MESSAGE when the field is negative or too small for a header; nothing bounds it from above.
 */
export function batchSizeBytesAt(bytes: Buffer, position: number): number {
  const sizeBytes = bytes.readInt32BE(position + BATCH_LENGTH_POSITION) + BATCH_LOG_OVERHEAD_BYTES;
  if (sizeBytes < BATCH_HEADER_BYTES) {
    throw corrupt(
      position,
      `its length field gives ${sizeBytes} bytes; a batch has at least ${BATCH_HEADER_BYTES}`,
    );
  }
  return sizeBytes;
}

/** Offset of the first record. Throws CORRUPT_MESSAGE when it is negative or beyond 2^53 − 1. */
export function baseOffsetAt(bytes: Buffer, position: number): number {
  const baseOffset = readSafeInt64(bytes, position + BASE_OFFSET_POSITION, 'base offset');
  if (baseOffset < 0) throw corrupt(position, `base offset ${baseOffset} is negative`);
  return baseOffset;
}

/** Offset of the last record, inclusive. Throws CORRUPT_MESSAGE when the delta is negative or the offset beyond 2^53 − 1. */
export function lastOffsetAt(bytes: Buffer, position: number): number {
  const delta = bytes.readInt32BE(position + LAST_OFFSET_DELTA_POSITION);
  if (delta < 0) throw corrupt(position, `last offset delta ${delta} is negative`);
  const lastOffset = baseOffsetAt(bytes, position) + delta;
  if (!Number.isSafeInteger(lastOffset)) throw corrupt(position, 'its last offset lies beyond 2^53 − 1');
  return lastOffset;
}

/** Epoch of the leader that appended the batch; −1 from a producer. */
export function partitionLeaderEpochAt(bytes: Buffer, position: number): number {
  return bytes.readInt32BE(position + PARTITION_LEADER_EPOCH_POSITION);
}

/** The version byte. */
export function magicAt(bytes: Buffer, position: number): number {
  return bytes.readInt8(position + MAGIC_POSITION);
}

/** All 16 attribute bits, unsigned. */
export function attributesAt(bytes: Buffer, position: number): number {
  return bytes.readUInt16BE(position + ATTRIBUTES_POSITION);
}

/** Milliseconds since the Unix epoch, or −1. Throws CORRUPT_MESSAGE beyond ±(2^53 − 1). */
export function baseTimestampAt(bytes: Buffer, position: number): number {
  return readSafeInt64(bytes, position + BASE_TIMESTAMP_POSITION, 'base timestamp');
}

/** Milliseconds since the Unix epoch, or −1. Throws CORRUPT_MESSAGE beyond ±(2^53 − 1). */
export function maxTimestampAt(bytes: Buffer, position: number): number {
  return readSafeInt64(bytes, position + MAX_TIMESTAMP_POSITION, 'max timestamp');
}

/** −1: no idempotent producer. Throws CORRUPT_MESSAGE beyond ±(2^53 − 1). */
export function producerIdAt(bytes: Buffer, position: number): number {
  return readSafeInt64(bytes, position + PRODUCER_ID_POSITION, 'producer id');
}

/** Epoch of the producer, −1 … 32767. */
export function producerEpochAt(bytes: Buffer, position: number): number {
  return bytes.readInt16BE(position + PRODUCER_EPOCH_POSITION);
}

/** Sequence number of the first record; −1: none. */
export function baseSequenceAt(bytes: Buffer, position: number): number {
  return bytes.readInt32BE(position + BASE_SEQUENCE_POSITION);
}

/** Number of records in the batch, as claimed. */
export function recordCountAt(bytes: Buffer, position: number): number {
  return bytes.readInt32BE(position + RECORD_COUNT_POSITION);
}

/** Assigns the offset of the first record (0 … 2^53 − 1) in place. The CRC does not cover it. */
export function patchBaseOffset(bytes: Buffer, position: number, baseOffset: number): void {
  writeSafeInt64(bytes, position + BASE_OFFSET_POSITION, baseOffset);
}

/** Assigns the leader epoch (an int32) in place. The CRC does not cover it. */
export function patchPartitionLeaderEpoch(bytes: Buffer, position: number, epoch: number): void {
  bytes.writeInt32BE(epoch, position + PARTITION_LEADER_EPOCH_POSITION);
}

/**
 * Turns the batch into one of LogAppendTime: sets that attribute and the max timestamp, and writes a new CRC over
 * the whole batch, which must be there. The rare path, for topics with message.timestamp.type=LogAppendTime.
 */
export function patchLogAppendTime(bytes: Buffer, position: number, timestampMs: number): void {
  const end = position + batchSizeBytesAt(bytes, position);
  bytes.writeUInt16BE(
    attributesAt(bytes, position) | ATTRIBUTE_LOG_APPEND_TIME,
    position + ATTRIBUTES_POSITION,
  );
  writeSafeInt64(bytes, position + MAX_TIMESTAMP_POSITION, timestampMs);
  bytes.writeUInt32BE(crc32cOfRange(bytes, position + ATTRIBUTES_POSITION, end), position + CRC_POSITION);
}

/** The producer's identity in a batch. */
export interface ProducerFields {
  /** 0 … 2^53 − 1, or −1 for none. */
  readonly producerId: number;
  /** 0 … 32767, or −1. */
  readonly producerEpoch: number;
  /** 0 … 2^31 − 1, or −1. */
  readonly baseSequence: number;
}

/**
 * Writes producer id, epoch and base sequence and a new CRC: for a producer that resends a batch under a new epoch.
 * The whole batch must be there.
 */
export function patchProducer(bytes: Buffer, position: number, producer: ProducerFields): void {
  const end = position + batchSizeBytesAt(bytes, position);
  writeSafeInt64(bytes, position + PRODUCER_ID_POSITION, producer.producerId);
  bytes.writeInt16BE(producer.producerEpoch, position + PRODUCER_EPOCH_POSITION);
  bytes.writeInt32BE(producer.baseSequence, position + BASE_SEQUENCE_POSITION);
  bytes.writeUInt32BE(crc32cOfRange(bytes, position + ATTRIBUTES_POSITION, end), position + CRC_POSITION);
}
