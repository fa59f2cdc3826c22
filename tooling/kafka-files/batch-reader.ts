/**
 * Reads record batches of Kafka's format version 2, one after the other, and every record in them
 * (https://kafka.apache.org/documentation/#recordbatch).
 *
 *   0 int64 base offset        8 int32 length of what follows   12 int32 partition leader epoch
 *  16 int8 magic, 2           17 uint32 CRC-32C from 21 on      21 int16 attributes
 *  23 int32 last offset delta 27 int64 base timestamp           35 int64 largest timestamp
 *  43 int64 producer id       51 int16 producer epoch           53 int32 base sequence
 *  57 int32 record count      61 records
 *
 * Attributes: bits 0–2 codec, 3 LogAppendTime, 4 transactional, 5 control, 6 the base timestamp is a delete horizon.
 * A record: varint size, int8 attributes, varint timestamp delta, varint offset delta, key and value as varint size
 * (−1: null) and bytes, varint header count, and per header key and value. Varints are zigzag.
 */
import { crc32c } from './crc32c.ts';
import { CODECS, decompress, type Codec } from './decompress.ts';

const HEADER_BYTES = 61;
/** What of a batch comes before the length ends to count. */
const LENGTH_END = 12;
const CRC_START = 21;

export interface FileRecord {
  readonly offset: number;
  readonly timestampMs: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: readonly { readonly key: string; readonly value: Buffer | null }[];
}

export interface FileBatch {
  /** In its file. */
  readonly position: number;
  readonly sizeBytes: number;
  readonly baseOffset: number;
  readonly lastOffset: number;
  readonly leaderEpoch: number;
  readonly isCrcRight: boolean;
  readonly codec: Codec;
  readonly isLogAppendTime: boolean;
  readonly hasDeleteHorizon: boolean;
  readonly maxTimestampMs: number;
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly baseSequence: number;
  readonly recordCount: number;
  readonly records: readonly FileRecord[];
}

/** All batches of a segment file. Throws where bytes are no batch, or a record does not end where it says. */
export function readBatches(file: Buffer): FileBatch[] {
  const batches: FileBatch[] = [];
  for (let position = 0; position < file.length;) {
    const batch = readBatch(file, position);
    batches.push(batch);
    position += batch.sizeBytes;
  }
  return batches;
}

function readBatch(file: Buffer, position: number): FileBatch {
  const sizeBytes = LENGTH_END + file.readInt32BE(position + 8);
  const bytes = file.subarray(position, position + sizeBytes);
  if (sizeBytes < HEADER_BYTES || bytes.length < sizeBytes) throw new Error(`no whole batch at ${position}`);
  if (bytes[16] !== 2) throw new Error(`the batch at ${position} has magic ${bytes[16]}`);
  const attributes = bytes.readInt16BE(21);
  const codec = CODECS[attributes & 7];
  if (codec === undefined) throw new Error(`the batch at ${position} has codec ${attributes & 7}`);
  const baseOffset = Number(bytes.readBigInt64BE(0));
  const head = {
    position,
    sizeBytes,
    baseOffset,
    lastOffset: baseOffset + bytes.readInt32BE(23),
    leaderEpoch: bytes.readInt32BE(12),
    isCrcRight: crc32c(bytes.subarray(CRC_START)) === bytes.readUInt32BE(17),
    codec,
    isLogAppendTime: (attributes & 8) !== 0,
    hasDeleteHorizon: (attributes & 64) !== 0,
    maxTimestampMs: Number(bytes.readBigInt64BE(35)),
    producerId: Number(bytes.readBigInt64BE(43)),
    producerEpoch: bytes.readInt16BE(51),
    baseSequence: bytes.readInt32BE(53),
    recordCount: bytes.readInt32BE(57),
  };
  return { ...head, records: readRecords(bytes, head) };
}

type BatchHead = Omit<FileBatch, 'records'>;

function readRecords(bytes: Buffer, head: BatchHead): FileRecord[] {
  const section = bytes.subarray(HEADER_BYTES);
  const cursor = new RecordCursor(section.length === 0 ? section : decompress(head.codec, section));
  const baseTimestampMs = Number(bytes.readBigInt64BE(27));
  const records: FileRecord[] = [];
  while (!cursor.isAtEnd) {
    const sizeBytes = cursor.varint();
    const end = cursor.position + sizeBytes;
    cursor.skip(1); // attributes, unused
    const timestampDeltaMs = cursor.varint();
    const offset = head.baseOffset + cursor.varint();
    const key = cursor.bytes();
    const value = cursor.bytes();
    const headers = Array.from({ length: cursor.varint() }, () => ({
      key: (cursor.bytes() ?? Buffer.alloc(0)).toString(),
      value: cursor.bytes(),
    }));
    if (cursor.position !== end) throw new Error(`the record at offset ${offset} does not end where it says`);
    const timestampMs = head.isLogAppendTime ? head.maxTimestampMs : baseTimestampMs + timestampDeltaMs;
    records.push({ offset, timestampMs, key, value, headers });
  }
  return records;
}

class RecordCursor {
  position = 0;
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.position >= this.#bytes.length;
  }

  skip(count: number): void {
    this.position += count;
  }

  varint(): number {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.#bytes.readUInt8(this.position++);
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    return Number((value >> 1n) ^ -(value & 1n));
  }

  bytes(): Buffer | null {
    const sizeBytes = this.varint();
    if (sizeBytes < 0) return null;
    const start = this.position;
    this.position += sizeBytes;
    if (this.position > this.#bytes.length) throw new Error('a field of a record ends behind its batch');
    return this.#bytes.subarray(start, this.position);
  }
}
