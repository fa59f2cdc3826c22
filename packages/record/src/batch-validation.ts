/**
 * What a batch must satisfy before it is appended, replicated or trusted.
 *
 * `validateBatch` reads the 61 header bytes and the CRC: the work of a broker per batch, with none per record.
 * `validateRecords` walks every record as well: for compacted topics, `verify` and tests. A batch that passes both
 * can be read by every consumer.
 *
 * The rules default to those for a batch that a client sends to be appended. `STORED_BATCH_RULES` are those for a
 * batch that a leader has appended before: compaction may have removed records, and markers may be in it.
 */
import {
  ATTRIBUTE_UNUSED_MASK,
  ATTRIBUTES_POSITION,
  BATCH_HEADER_BYTES,
  CRC_POSITION,
  MAGIC_POSITION,
  MAGIC_V2,
  RECORD_MIN_BYTES,
} from './batch-format.ts';
import { batchSizeBytesAt, readBatchHeader, unsupportedMagic, type BatchHeader } from './batch-header.ts';
import { compressionTypeOf } from './compression/compression-type.ts';
import { crc32cOfRange } from './crc32c.ts';
import { TidelogError, type ErrorCode } from './errors.ts';
import type { RecordBatch } from './record-batch.ts';

/** What `validateBatch` accepts beyond a plain batch from a client. Everything is refused unless allowed. */
export interface BatchRules {
  /** Largest batch in bytes, header included (Kafka: max.message.bytes). Unlimited unless given. */
  readonly maxBatchBytes?: number | undefined;
  /** Accept transaction markers. False by default: a client may not write them. */
  readonly allowControl?: boolean;
  /** Accept batches of a transaction. False by default. */
  readonly allowTransactional?: boolean;
  /** Accept fewer records than offsets, none included: compaction removes records. False by default. */
  readonly allowGaps?: boolean;
  /** Accept batches whose time a leader has set, and delete horizons. False by default. */
  readonly allowAppended?: boolean;
  /** Compare the CRC. True by default; false only where it was compared before. */
  readonly verifyCrc?: boolean;
}

/** Rules for a batch that was appended once: read from disk, or fetched from a leader. */
export const STORED_BATCH_RULES: BatchRules = {
  allowControl: true,
  allowTransactional: true,
  allowGaps: true,
  allowAppended: true,
};

function refuse(code: ErrorCode, position: number, reason: string): TidelogError {
  return new TidelogError(code, `batch at byte ${position}: ${reason}`);
}

/**
 * Checks the batch that starts at `position` and returns its header. More bytes may follow the batch.
 *
 * Throws CORRUPT_MESSAGE (truncated, impossible sizes or numbers, CRC), UNSUPPORTED_FOR_MESSAGE_FORMAT (magic 0 or
 * 1), UNSUPPORTED_COMPRESSION_TYPE, MESSAGE_TOO_LARGE (over `maxBatchBytes`), INVALID_TIMESTAMP (below −1) or
 * INVALID_RECORD (counts, flags or producer fields that contradict each other or the rules).
 */
export function validateBatch(bytes: Buffer, position: number = 0, rules: BatchRules = {}): BatchHeader {
  const availableBytes = bytes.length - position;
  if (availableBytes < BATCH_HEADER_BYTES) {
    throw refuse(
      'CORRUPT_MESSAGE',
      position,
      `only ${Math.max(0, availableBytes)} bytes of its ${BATCH_HEADER_BYTES}-byte header are there`,
    );
  }
  const magic = bytes.readInt8(position + MAGIC_POSITION);
  if (magic !== MAGIC_V2) throw unsupportedMagic(position, magic);
  const sizeBytes = batchSizeBytesAt(bytes, position);
  if (rules.maxBatchBytes !== undefined && sizeBytes > rules.maxBatchBytes) {
    throw refuse(
      'MESSAGE_TOO_LARGE',
      position,
      `${sizeBytes} bytes exceed the limit of ${rules.maxBatchBytes}`,
    );
  }
  if (sizeBytes > availableBytes) {
    throw refuse('CORRUPT_MESSAGE', position, `only ${availableBytes} of its ${sizeBytes} bytes are there`);
  }
  if (rules.verifyCrc !== false) verifyCrc(bytes, position, sizeBytes);
  const codec = bytes[position + ATTRIBUTES_POSITION + 1]! & 0x07;
  if (compressionTypeOf(codec) === undefined) {
    throw refuse('UNSUPPORTED_COMPRESSION_TYPE', position, `codec ${codec} is not assigned`);
  }
  const header = readBatchHeader(bytes, position);
  checkCounts(header, position, rules);
  checkTimestamps(header, position, rules);
  checkProducer(header, position, rules);
  return header;
}

function verifyCrc(bytes: Buffer, position: number, sizeBytes: number): void {
  const stored = bytes.readUInt32BE(position + CRC_POSITION);
  const computed = crc32cOfRange(bytes, position + ATTRIBUTES_POSITION, position + sizeBytes);
  if (stored === computed) return;
  throw refuse(
    'CORRUPT_MESSAGE',
    position,
    `CRC-32C is ${hex(computed)} where the header says ${hex(stored)}; the bytes were damaged on the way`,
  );
}

function hex(crc: number): string {
  return `0x${crc.toString(16).padStart(8, '0')}`;
}

function checkCounts(header: BatchHeader, position: number, rules: BatchRules): void {
  const { recordCount, lastOffsetDelta } = header;
  if (recordCount !== lastOffsetDelta + 1 && !(rules.allowGaps === true && recordCount <= lastOffsetDelta)) {
    throw refuse(
      'INVALID_RECORD',
      position,
      `record count ${recordCount} does not fit last offset delta ${lastOffsetDelta}`,
    );
  }
  const recordsBytes = header.sizeBytes - BATCH_HEADER_BYTES;
  if (header.compression === 'none' && recordCount * RECORD_MIN_BYTES > recordsBytes) {
    throw refuse('CORRUPT_MESSAGE', position, `${recordsBytes} bytes cannot hold ${recordCount} records`);
  }
  if (recordCount > 0 && recordsBytes === 0) {
    throw refuse('CORRUPT_MESSAGE', position, `it claims ${recordCount} records and has no bytes for them`);
  }
}

function checkTimestamps(header: BatchHeader, position: number, rules: BatchRules): void {
  if (header.baseTimestampMs < -1 || header.maxTimestampMs < -1) {
    throw refuse(
      'INVALID_TIMESTAMP',
      position,
      `base timestamp ${header.baseTimestampMs} and max timestamp ${header.maxTimestampMs} must be at least −1`,
    );
  }
  if (rules.allowAppended === true) return;
  if (header.timestampType === 'LogAppendTime') {
    throw refuse('INVALID_TIMESTAMP', position, 'only the leader may set the timestamp type LogAppendTime');
  }
  if (header.hasDeleteHorizon) {
    throw refuse('INVALID_RECORD', position, 'only compaction may set a delete horizon');
  }
}

function checkProducer(header: BatchHeader, position: number, rules: BatchRules): void {
  if ((header.attributes & ATTRIBUTE_UNUSED_MASK) !== 0) {
    throw refuse(
      'INVALID_RECORD',
      position,
      `attributes 0x${header.attributes.toString(16)} set bits that Kafka has not assigned`,
    );
  }
  if (header.isControl && rules.allowControl !== true) {
    throw refuse('INVALID_RECORD', position, 'clients may not write control batches');
  }
  if (header.isTransactional && rules.allowTransactional !== true) {
    throw refuse('INVALID_RECORD', position, 'a transactional batch is not accepted here');
  }
  const { producerId, producerEpoch, baseSequence } = header;
  if (producerId < -1) throw refuse('INVALID_RECORD', position, `producer id ${producerId} is below −1`);
  if (producerId === -1) {
    // Epoch and sequence mean nothing then; some clients leave 0 in them.
    if (header.isTransactional) {
      throw refuse('INVALID_RECORD', position, 'a transactional batch needs a producer id');
    }
    return;
  }
  if (producerEpoch < 0)
    throw refuse('INVALID_RECORD', position, `producer epoch ${producerEpoch} is negative`);
  if (baseSequence < 0 && !header.isControl) {
    throw refuse('INVALID_RECORD', position, `base sequence ${baseSequence} is negative`);
  }
}

/**
 * Walks every record of a batch whose records are readable (see `RecordBatch.decompress`) and checks that each is
 * well formed, that offsets rise within the batch's range, and that the records fill it exactly.
 * `requireKeys` refuses records without a key: compacted topics need one.
 * Throws CORRUPT_MESSAGE or, for a missing key, INVALID_RECORD.
 */
export function validateRecords(batch: RecordBatch, rules: { readonly requireKeys?: boolean } = {}): void {
  const cursor = batch.cursor();
  while (cursor.next()) {
    if (rules.requireKeys === true && cursor.keySizeBytes < 0 && !batch.header.isControl) {
      throw new TidelogError(
        'INVALID_RECORD',
        `record at offset ${cursor.offset}: a compacted topic takes only records with a key`,
      );
    }
  }
}
