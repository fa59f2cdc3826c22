/**
 * Walks the uncompressed records of one batch (format: batch-format.ts) and checks each as it comes by.
 *
 * The cursor is the cheapest way to read: one object serves the whole batch, numbers are decoded in passing, and a
 * Buffer is made only where `key`, `value` or `headers` is asked for. `RecordBatch` makes its record objects from it.
 *
 * Invariants: after `next()` returned true, every field describes a well-formed record that lies inside the batch;
 * no accessor throws. `next()` returns false only when all claimed records were there and no byte is left.
 */
import type { BatchHeader } from './batch-header.ts';
import { TidelogError } from './errors.ts';
import { readZigzagVarint, readZigzagVarlong, type ByteCursor } from './varint.ts';

/** One header of a record. The value is a view of the batch. */
export interface RecordHeader {
  readonly key: string;
  readonly value: Buffer | null;
}

/** A delta of one byte (at most 63) cannot leave the safe integers from here; longer ones are checked. */
const LAST_BASE_TIMESTAMP_MS = Number.MAX_SAFE_INTEGER - 63;

const NO_HEADERS: readonly RecordHeader[] = Object.freeze([]);

/** Decodes `count` headers that a cursor has checked. */
export function decodeHeaders(bytes: Buffer, position: number, count: number): readonly RecordHeader[] {
  if (count === 0) return NO_HEADERS;
  const reader: ByteCursor = { bytes, position, end: bytes.length };
  const headers: RecordHeader[] = [];
  for (let index = 0; index < count; index++) {
    const keyBytes = readZigzagVarint(reader);
    const key = bytes.toString('utf8', reader.position, reader.position + keyBytes);
    reader.position += keyBytes;
    const valueBytes = readZigzagVarint(reader);
    if (valueBytes < 0) {
      headers.push({ key, value: null });
      continue;
    }
    headers.push({ key, value: bytes.subarray(reader.position, reader.position + valueBytes) });
    reader.position += valueBytes;
  }
  return headers;
}

/** A position in the records of a batch. `RecordBatch.cursor()` makes one. */
export class RecordCursor implements ByteCursor {
  /** The bytes that positions refer to: the batch, or its decompressed records. */
  readonly bytes: Buffer;
  /** Where the next record starts. */
  position: number;
  /** End of the record that is being read; between records, of the records. */
  end: number;

  /** Offset of the current record minus the batch's base offset. */
  offsetDelta: number = -1;
  /** Timestamp of the current record minus the batch's base timestamp, in milliseconds; may be negative. */
  timestampDeltaMs: number = 0;
  /** Where the key starts in `bytes`; meaningless for a null key. */
  keyPosition: number = 0;
  /** −1: the key is null. */
  keySizeBytes: number = -1;
  /** −1: the value is null. */
  valueSizeBytes: number = -1;
  /** Where the value ends in `bytes`. */
  valueEnd: number = 0;
  /** Where the first header starts in `bytes`. */
  headersPosition: number = 0;
  headerCount: number = 0;

  readonly #header: BatchHeader;
  readonly #recordsEnd: number;
  #remaining: number;

  /**
   * `position` … `end` are the uncompressed records of the batch with this header.
   * Throws CORRUPT_MESSAGE for a base timestamp at the very end of what a number holds.
   */
  constructor(
    bytes: Buffer,
    range: { readonly position: number; readonly end: number },
    header: BatchHeader,
  ) {
    this.bytes = bytes;
    this.position = range.position;
    this.end = range.end;
    this.#recordsEnd = range.end;
    this.#header = header;
    this.#remaining = header.recordCount;
    if (header.baseTimestampMs > LAST_BASE_TIMESTAMP_MS) {
      throw this.#corrupt('the base timestamp leaves no room for the deltas of its records');
    }
  }

  /** Offset of the current record. */
  get offset(): number {
    return this.#header.baseOffset + this.offsetDelta;
  }

  /** Milliseconds since the Unix epoch: the producer's, or the append's for LogAppendTime; −1: none. */
  get timestampMs(): number {
    const header = this.#header;
    if (header.timestampType === 'LogAppendTime') return header.maxTimestampMs;
    return header.baseTimestampMs + this.timestampDeltaMs;
  }

  /** The key as a view of the batch, or null. */
  get key(): Buffer | null {
    if (this.keySizeBytes < 0) return null;
    return this.bytes.subarray(this.keyPosition, this.keyPosition + this.keySizeBytes);
  }

  /** The value as a view of the batch, or null. */
  get value(): Buffer | null {
    if (this.valueSizeBytes < 0) return null;
    return this.bytes.subarray(this.valueEnd - this.valueSizeBytes, this.valueEnd);
  }

  /** The headers, in order; a key may appear more than once. */
  get headers(): readonly RecordHeader[] {
    return decodeHeaders(this.bytes, this.headersPosition, this.headerCount);
  }

  /**
   * Moves to the next record. False after the last one.
   * Throws CORRUPT_MESSAGE when the record is malformed, when bytes are left over or records are missing.
   */
  next(): boolean {
    const { bytes } = this;
    this.end = this.#recordsEnd;
    if (this.#remaining === 0) return this.#finish();
    const sizeBytes = this.#varint();
    const end = this.position + sizeBytes;
    if (sizeBytes < 0 || end > this.end)
      throw this.#corrupt(`a length of ${sizeBytes} bytes does not fit the batch`);
    this.end = end;
    // The record's attributes: one byte, unused.
    this.position++;
    const timestampByte = bytes[this.position]!;
    if (timestampByte < 0x80) {
      this.timestampDeltaMs = (timestampByte >>> 1) ^ -(timestampByte & 1);
      this.position++;
    } else {
      this.timestampDeltaMs = readZigzagVarlong(this);
      if (!Number.isSafeInteger(this.#header.baseTimestampMs + this.timestampDeltaMs)) {
        throw this.#corrupt('its timestamp lies beyond ±(2^53 − 1) ms');
      }
    }
    const offsetDelta = this.#varint();
    if (offsetDelta <= this.offsetDelta || offsetDelta > this.#header.lastOffsetDelta) {
      throw this.#corrupt(`offset delta ${offsetDelta} does not follow ${this.offsetDelta} within the batch`);
    }
    this.offsetDelta = offsetDelta;
    this.keySizeBytes = this.#sizeOf('key');
    this.keyPosition = this.position;
    if (this.keySizeBytes > 0) this.position += this.keySizeBytes;
    this.valueSizeBytes = this.#sizeOf('value');
    if (this.valueSizeBytes > 0) this.position += this.valueSizeBytes;
    this.valueEnd = this.position;
    this.headerCount = this.#varint();
    this.headersPosition = this.position;
    if (this.headerCount !== 0) this.#skipHeaders();
    if (this.position !== end) throw this.#corrupt(`${end - this.position} bytes follow its last field`);
    this.#remaining--;
    return true;
  }

  /**
   * An int32 at the position. One and two bytes are the common cases; they may be read beyond the record's end, where
   * the checks of what follows refuse the record.
   */
  #varint(): number {
    const { bytes, position } = this;
    let zigzag = bytes[position]!;
    if (zigzag < 0x80) {
      this.position = position + 1;
      return (zigzag >>> 1) ^ -(zigzag & 1);
    }
    const second = bytes[position + 1]!;
    if (second === 0 || !(second < 0x80)) return readZigzagVarint(this);
    zigzag = (zigzag & 0x7f) | (second << 7);
    this.position = position + 2;
    return (zigzag >>> 1) ^ -(zigzag & 1);
  }

  /** The length of a nullable field, −1 or as many bytes as the record still has. */
  #sizeOf(field: string): number {
    const sizeBytes = this.#varint();
    if (sizeBytes < -1 || sizeBytes > this.end - this.position) {
      throw this.#corrupt(`its ${field} claims ${sizeBytes} bytes; ${this.end - this.position} are left`);
    }
    return sizeBytes;
  }

  #skipHeaders(): void {
    // A header takes two bytes at least; the count is refused before anything is walked.
    if (this.headerCount < 0 || this.headerCount * 2 > this.end - this.position) {
      throw this.#corrupt(
        `it claims ${this.headerCount} headers; ${this.end - this.position} bytes are left`,
      );
    }
    for (let index = 0; index < this.headerCount; index++) {
      const keyBytes = this.#sizeOf('header key');
      if (keyBytes < 0) throw this.#corrupt('a header key is null');
      this.position += keyBytes;
      const valueBytes = this.#sizeOf('header value');
      if (valueBytes > 0) this.position += valueBytes;
    }
  }

  #finish(): false {
    if (this.position === this.end) return false;
    throw this.#corrupt(
      `${this.end - this.position} bytes follow the last of ${this.#header.recordCount} records`,
    );
  }

  #corrupt(reason: string): TidelogError {
    const { baseOffset, recordCount } = this.#header;
    const index = recordCount - this.#remaining;
    return new TidelogError(
      'CORRUPT_MESSAGE',
      `record ${index} of the batch at offset ${baseOffset}, before byte ${this.position}: ${reason}`,
      { offset: baseOffset },
    );
  }
}
