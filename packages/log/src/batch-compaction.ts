/**
 * Rewrites one batch without the records that a cleaning takes out.
 *
 * Base offset, last offset, producer fields, leader epoch and timestamp type stay; records keep their offsets and
 * times. The record count, the largest timestamp (CreateTime) and the CRC are those of what is left. Records are copied
 * as they are; only where the batch gets a delete horizon, which takes the place of the base timestamp (KIP-534), are
 * the timestamp deltas written anew. A compressed batch is compressed again with its codec.
 */
import { compress } from '@tidelog/record/compression';
import {
  ATTRIBUTE_COMPRESSION_MASK,
  ATTRIBUTE_DELETE_HORIZON,
  ATTRIBUTES_POSITION,
  BASE_TIMESTAMP_POSITION,
  BATCH_HEADER_BYTES,
  BATCH_LENGTH_POSITION,
  BATCH_LOG_OVERHEAD_BYTES,
  crc32c,
  CRC_POSITION,
  MAX_TIMESTAMP_POSITION,
  readZigzagVarint,
  readZigzagVarlong,
  RECORD_COUNT_POSITION,
  VARINT_MAX_BYTES,
  VARLONG_MAX_BYTES,
  writeZigzagVarint,
  writeZigzagVarlong,
  zigzagVarlongSize,
  type BatchHeader,
  type ByteCursor,
  type RecordBatch,
} from '@tidelog/record';

/** What a record may grow by with another timestamp delta: by that, and by its own size. */
const MAX_GROWTH_BYTES = VARINT_MAX_BYTES + VARLONG_MAX_BYTES;
const RECORDS_PER_LOOK = 256;

/** A run of records that stay, back to back, in the uncompressed records. */
interface Run {
  readonly position: number;
  end: number;
}

/** What of a batch stays. */
export interface KeptRecords {
  readonly count: number;
  readonly hasTombstone: boolean;
  /** Largest timestamp of what stays; −1: none. */
  readonly maxTimestampMs: number;
  /** The uncompressed records. */
  readonly bytes: Buffer;
  readonly runs: readonly Run[];
}

/** Collects what stays of a batch, record by record, in order. */
export class KeptRecordsBuilder {
  readonly #bytes: Buffer;
  readonly #runs: Run[] = [];
  #count = 0;
  #hasTombstone = false;
  #maxTimestampMs = -1;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  keep(record: {
    readonly position: number;
    readonly end: number;
    readonly isTombstone: boolean;
    readonly timestampMs: number;
  }): void {
    const last = this.#runs.at(-1);
    if (last !== undefined && last.end === record.position) last.end = record.end;
    else this.#runs.push({ position: record.position, end: record.end });
    this.#count += 1;
    this.#hasTombstone ||= record.isTombstone;
    this.#maxTimestampMs = Math.max(this.#maxTimestampMs, record.timestampMs);
  }

  get kept(): KeptRecords {
    return {
      count: this.#count,
      hasTombstone: this.#hasTombstone,
      maxTimestampMs: this.#maxTimestampMs,
      bytes: this.#bytes,
      runs: this.#runs,
    };
  }
}

export interface RebuildOptions {
  /** The horizon that the batch gets; undefined: none, or the one that it has. */
  readonly deleteHorizonMs: number | undefined;
  /** Called, and waited for, every now and then. */
  readonly goOn: () => Promise<void>;
}

/** The batch with only those records. Throws CODEC_UNAVAILABLE, and what `goOn` throws. */
export async function rebuildBatch(
  batch: RecordBatch,
  kept: KeptRecords,
  options: RebuildOptions,
): Promise<Buffer> {
  const { header } = batch;
  const { deleteHorizonMs, goOn } = options;
  const copied = await copyRuns(kept, goOn);
  const records =
    deleteHorizonMs === undefined
      ? copied
      : await rebase(copied, { byMs: header.baseTimestampMs - deleteHorizonMs, count: kept.count, goOn });
  const stored = header.compression === 'none' ? records : await compress(header.compression, records);
  const head = Buffer.from(batch.bytes.subarray(0, BATCH_HEADER_BYTES));
  if (deleteHorizonMs !== undefined) {
    head.writeUInt16BE(header.attributes | ATTRIBUTE_DELETE_HORIZON, ATTRIBUTES_POSITION);
    head.writeBigInt64BE(BigInt(deleteHorizonMs), BASE_TIMESTAMP_POSITION);
  }
  if (header.timestampType === 'CreateTime') {
    head.writeBigInt64BE(BigInt(kept.maxTimestampMs), MAX_TIMESTAMP_POSITION);
  }
  return sealed(head, stored, kept.count);
}

/** The records that stay, back to back. */
async function copyRuns({ bytes, runs }: KeptRecords, goOn: () => Promise<void>): Promise<Buffer> {
  const sizeBytes = runs.reduce((sum, { position, end }) => sum + end - position, 0);
  const copied = Buffer.allocUnsafe(sizeBytes);
  let at = 0;
  for (const [index, { position, end }] of runs.entries()) {
    at += bytes.copy(copied, at, position, end);
    if ((index + 1) % RECORDS_PER_LOOK === 0) await goOn();
  }
  return copied;
}

/** The header alone: it tells of offsets and of the producer's sequence. */
export function emptyBatch(batchBytes: Buffer, header: BatchHeader): Buffer {
  const head = Buffer.from(batchBytes.subarray(0, BATCH_HEADER_BYTES));
  const cleared = ATTRIBUTE_COMPRESSION_MASK | ATTRIBUTE_DELETE_HORIZON;
  head.writeUInt16BE(header.attributes & ~cleared, ATTRIBUTES_POSITION);
  head.writeBigInt64BE(-1n, BASE_TIMESTAMP_POSITION);
  return sealed(head, Buffer.alloc(0), 0);
}

function sealed(head: Buffer, records: Buffer, recordCount: number): Buffer {
  const bytes = Buffer.concat([head, records]);
  bytes.writeInt32BE(bytes.length - BATCH_LOG_OVERHEAD_BYTES, BATCH_LENGTH_POSITION);
  bytes.writeInt32BE(recordCount, RECORD_COUNT_POSITION);
  bytes.writeUInt32BE(crc32c(bytes.subarray(ATTRIBUTES_POSITION)), CRC_POSITION);
  return bytes;
}

/** The records with `byMs` added to their timestamp deltas. */
async function rebase(
  records: Buffer,
  change: { readonly byMs: number; readonly count: number; readonly goOn: () => Promise<void> },
): Promise<Buffer> {
  const rebased = Buffer.allocUnsafe(records.length + change.count * MAX_GROWTH_BYTES);
  const reader: ByteCursor = { bytes: records, position: 0, end: records.length };
  let at = 0;
  for (let count = 1; reader.position < records.length; count++) {
    const sizeBytes = readZigzagVarint(reader);
    const start = reader.position;
    reader.position += 1;
    const deltaMs = readZigzagVarlong(reader) + change.byMs;
    const restBytes = start + sizeBytes - reader.position;
    at = writeZigzagVarint(rebased, at, 1 + zigzagVarlongSize(deltaMs) + restBytes);
    rebased[at] = records[start] as number;
    at = writeZigzagVarlong(rebased, at + 1, deltaMs);
    at += records.copy(rebased, at, reader.position, reader.position + restBytes);
    reader.position += restBytes;
    if (count % RECORDS_PER_LOOK === 0) await change.goOn();
  }
  return rebased.subarray(0, at);
}
