/**
 * What one append call brings, checked before it may wait for its turn: whole batches, each valid on its own by
 * its header and CRC. Records are looked at for a compacted log alone, where each needs a key. For LogAppendTime
 * this is where the time is set, in the caller's buffer.
 */
import {
  patchLogAppendTime,
  readBatchHeader,
  RecordBatch,
  validateBatch,
  validateRecords,
  type BatchHeader,
  type BatchRules,
} from '@tidelog/record';
import { RECORD_MIN_BYTES } from '@tidelog/record';
import { TidelogError } from '@tidelog/record/errors';
import type { AppendBatches } from './append-plan.ts';
import type { LogConfig } from './log-config.ts';

/**
 * More records than this cannot be decompressed within 128 MiB, the bound of every reader; a claim beyond it only
 * serves to use up offsets.
 */
const MAX_RECORDS_PER_BATCH = Math.floor(134217728 / RECORD_MIN_BYTES);

export interface AppendRequest extends AppendBatches {
  readonly bytes: Buffer;
  /** −1 unless the log sets the time. */
  readonly logAppendTimeMs: number;
  /**
   * The check of the keys in compressed batches of a compacted log, which are decompressed on another thread: the
   * request may be decided only once it has resolved. undefined when there is nothing left to check.
   */
  readonly keysChecked: Promise<void> | undefined;
}

/**
 * Reads and checks the batches in `bytes`. Throws as `validateBatch` does (CORRUPT_MESSAGE, MESSAGE_TOO_LARGE,
 * INVALID_RECORD, UNSUPPORTED_COMPRESSION_TYPE, UNSUPPORTED_FOR_MESSAGE_FORMAT), INVALID_TIMESTAMP when a batch's
 * largest timestamp is outside the configured bounds, INVALID_RECORD when there is no batch or, in a compacted log,
 * when a record has no key. `keysChecked` rejects with INVALID_RECORD, CORRUPT_MESSAGE, MESSAGE_TOO_LARGE (beyond
 * 128 MiB once decompressed), CODEC_UNAVAILABLE.
 */
export function readAppendRequest(bytes: Buffer, config: LogConfig, nowMs: number): AppendRequest {
  const isLogAppendTime = config.messageTimestampType === 'LogAppendTime';
  const rules: BatchRules = { maxBatchBytes: config.maxMessageBytes };
  const headers: BatchHeader[] = [];
  for (let position = 0; position < bytes.length;) {
    let header = validateBatch(bytes, position, rules);
    checkRecordCount(header, position);
    if (isLogAppendTime) {
      patchLogAppendTime(bytes, position, nowMs);
      header = readBatchHeader(bytes, position);
    } else {
      checkTimestamp(header, position, config, nowMs);
    }
    headers.push(header);
    position += header.sizeBytes;
  }
  if (headers.length === 0) throw new TidelogError('INVALID_RECORD', 'there is no batch to append');
  return {
    bytes,
    headers,
    sizeBytes: bytes.length,
    logAppendTimeMs: isLogAppendTime ? nowMs : -1,
    keysChecked: config.cleanupPolicy.includes('compact') ? checkKeys(bytes, headers) : undefined,
  };
}

/** Checks what can be read at once; gives the promise of the rest. */
function checkKeys(bytes: Buffer, headers: readonly BatchHeader[]): Promise<void> | undefined {
  const compressed: RecordBatch[] = [];
  let position = 0;
  for (const header of headers) {
    const batch = RecordBatch.read(bytes, position);
    if (batch.isReadable) validateRecords(batch, { requireKeys: true });
    else compressed.push(batch);
    position += header.sizeBytes;
  }
  return compressed.length === 0 ? undefined : checkCompressedKeys(compressed);
}

/** One batch after the other, so that no more than one is in memory decompressed. */
async function checkCompressedKeys(batches: RecordBatch[]): Promise<void> {
  for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) {
    await batch.decompress();
    validateRecords(batch, { requireKeys: true });
  }
}

function checkRecordCount(header: BatchHeader, position: number): void {
  if (header.recordCount > 0 && header.recordCount <= MAX_RECORDS_PER_BATCH) return;
  throw new TidelogError(
    'INVALID_RECORD',
    `batch at byte ${position}: it claims ${header.recordCount} records; from 1 to ${MAX_RECORDS_PER_BATCH} are accepted`,
  );
}

function checkTimestamp(header: BatchHeader, position: number, config: LogConfig, nowMs: number): void {
  const { maxTimestampMs } = header;
  if (maxTimestampMs < 0) return;
  const aheadMs = maxTimestampMs - nowMs;
  if (aheadMs > config.messageTimestampAfterMaxMs) {
    throw new TidelogError(
      'INVALID_TIMESTAMP',
      `batch at byte ${position}: timestamp ${maxTimestampMs} lies ${aheadMs} ms in the future; message.timestamp.after.max.ms allows ${config.messageTimestampAfterMaxMs}`,
    );
  }
  if (-aheadMs > config.messageTimestampBeforeMaxMs) {
    throw new TidelogError(
      'INVALID_TIMESTAMP',
      `batch at byte ${position}: timestamp ${maxTimestampMs} lies ${-aheadMs} ms in the past; message.timestamp.before.max.ms allows ${config.messageTimestampBeforeMaxMs}`,
    );
  }
}
