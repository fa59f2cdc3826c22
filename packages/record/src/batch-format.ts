/**
 * The bytes of a record batch, version 2 (magic 2; KIP-98, "Message Format" in the Kafka documentation): the unit
 * in the client's accumulator, on the wire, on disk and in replication. All integers are big-endian.
 *
 * ```
 *  0  int64  baseOffset             assigned by the leader
 *  8  int32  batchLength            bytes after this field
 * 12  int32  partitionLeaderEpoch   assigned by the leader
 * 16  int8   magic                  2
 * 17  uint32 crc                    CRC-32C of everything from byte 21 to the end
 * 21  int16  attributes             see ATTRIBUTE_*
 * 23  int32  lastOffsetDelta        offset of the last record − baseOffset; kept when compaction removes records
 * 27  int64  baseTimestamp          of the first record; the delete horizon where that attribute is set (KIP-534)
 * 35  int64  maxTimestamp           largest of the records; the append time for LogAppendTime
 * 43  int64  producerId             −1: none
 * 51  int16  producerEpoch
 * 53  int32  baseSequence
 * 57  int32  recordCount
 * 61  records, compressed as one block when the attributes name a codec
 * ```
 * A record: varint length of what follows, int8 attributes (unused), varlong timestampDelta, varint offsetDelta,
 * varint keyLength (−1: null), key, varint valueLength (−1: null), value, varint headerCount, and for each header
 * varint keyLength, key in UTF-8, varint valueLength (−1: null), value.
 *
 * Invariant: `baseOffset` and `partitionLeaderEpoch` lie before the CRC's range, so that a leader can assign them
 * without touching the checksum.
 */

/** Bytes of the header, before the records. The smallest batch. */
export const BATCH_HEADER_BYTES = 61;
/** Bytes of `baseOffset` and `batchLength`: what the length field does not count. */
export const BATCH_LOG_OVERHEAD_BYTES = 12;
/** Fewest bytes of a record: seven one-byte fields. Bounds a claimed record count. */
export const RECORD_MIN_BYTES = 7;
/** The version of the format that this package reads and writes. */
export const MAGIC_V2 = 2;
/** Largest batch: `batchLength` is an int32. */
export const BATCH_MAX_BYTES = 0x7fffffff;

/** int64: offset of the first record. */
export const BASE_OFFSET_POSITION = 0;
/** int32: bytes of the batch after this field. */
export const BATCH_LENGTH_POSITION = 8;
/** int32: epoch of the leader that appended the batch; −1 from a producer. */
export const PARTITION_LEADER_EPOCH_POSITION = 12;
/** int8: version of the format. */
export const MAGIC_POSITION = 16;
/** uint32: CRC-32C of the bytes from `ATTRIBUTES_POSITION` to the end. */
export const CRC_POSITION = 17;
/** int16: codec, timestamp type and flags. The first byte that the CRC covers. */
export const ATTRIBUTES_POSITION = 21;
/** int32: offset of the last record minus the base offset. */
export const LAST_OFFSET_DELTA_POSITION = 23;
/** int64: milliseconds since the Unix epoch that timestamp deltas add to. */
export const BASE_TIMESTAMP_POSITION = 27;
/** int64: largest timestamp of the batch in milliseconds since the Unix epoch. */
export const MAX_TIMESTAMP_POSITION = 35;
/** int64: −1 for a batch of no idempotent producer. */
export const PRODUCER_ID_POSITION = 43;
/** int16: epoch of the producer. */
export const PRODUCER_EPOCH_POSITION = 51;
/** int32: sequence number of the first record. */
export const BASE_SEQUENCE_POSITION = 53;
/** int32: number of records in the batch. */
export const RECORD_COUNT_POSITION = 57;

/** Attributes, bits 0–2: the code of the compression codec. */
export const ATTRIBUTE_COMPRESSION_MASK = 0x07;
/** Attributes, bit 3: records carry the time of the append, not the producer's. */
export const ATTRIBUTE_LOG_APPEND_TIME = 0x08;
/** Attributes, bit 4: the batch belongs to a transaction. */
export const ATTRIBUTE_TRANSACTIONAL = 0x10;
/** Attributes, bit 5: the batch holds a transaction marker, never user records. */
export const ATTRIBUTE_CONTROL = 0x20;
/** Attributes, bit 6: `baseTimestamp` holds the time from which tombstones may be removed (KIP-534). */
export const ATTRIBUTE_DELETE_HORIZON = 0x40;
/** Attributes, bits 7–15: unused, zero. */
export const ATTRIBUTE_UNUSED_MASK = 0xff80;
