/**
 * Cuts what was read from a segment at whole batches, with a few loads per batch and nothing allocated, and checks
 * that the batches follow each other as they must: magic, sizes, and offsets without a gap, except where the log was
 * compacted.
 */
import {
  BATCH_HEADER_BYTES,
  BATCH_LENGTH_POSITION,
  BATCH_LOG_OVERHEAD_BYTES,
  LAST_OFFSET_DELTA_POSITION,
  MAGIC_POSITION,
  MAGIC_V2,
} from '@tidelog/record';
import { mayFollow } from './offset-gap-policy.ts';

export interface BatchRange {
  /** Bytes of the whole batches from the start. */
  readonly sizeBytes: number;
  /** Offset after the last of them; the offset asked for when there is none. */
  readonly nextOffset: number;
  /** Bytes that the first batch needs, when it is not there as a whole and nothing is wrong with it so far. */
  readonly firstBatchBytes: number | undefined;
  /** What is wrong with the bytes at `sizeBytes`, if anything. */
  readonly fault: string | undefined;
}

/**
 * Measures the whole batches at the start of `bytes`. The first one must hold `fromOffset`; batches that reach
 * `upToOffset` or beyond are left out. `availableBytes` is what the segment holds from there on: a batch that
 * claims more is damaged. Below `gapsBelow` offsets may be missing before a batch.
 */
export function measureBatches(
  bytes: Buffer,
  range: {
    readonly fromOffset: number;
    readonly upToOffset: number;
    readonly availableBytes: number;
    readonly gapsBelow: number;
  },
): BatchRange {
  let position = 0;
  let nextOffset = range.fromOffset;
  let firstBatchBytes: number | undefined;
  let fault: string | undefined;
  while (position + BATCH_HEADER_BYTES <= bytes.length) {
    const sizeBytes = bytes.readInt32BE(position + BATCH_LENGTH_POSITION) + BATCH_LOG_OVERHEAD_BYTES;
    const baseOffset = bytes.readInt32BE(position) * 0x1_0000_0000 + bytes.readUInt32BE(position + 4);
    const lastOffset = baseOffset + bytes.readInt32BE(position + LAST_OFFSET_DELTA_POSITION);
    fault = faultOf(bytes, position, { sizeBytes, baseOffset, lastOffset, nextOffset, range });
    if (fault !== undefined || lastOffset >= range.upToOffset) break;
    if (position + sizeBytes > bytes.length) {
      if (position === 0) firstBatchBytes = sizeBytes;
      break;
    }
    position += sizeBytes;
    nextOffset = lastOffset + 1;
  }
  return { sizeBytes: position, nextOffset, firstBatchBytes, fault };
}

function faultOf(
  bytes: Buffer,
  position: number,
  batch: {
    readonly sizeBytes: number;
    readonly baseOffset: number;
    readonly lastOffset: number;
    readonly nextOffset: number;
    readonly range: { readonly availableBytes: number; readonly gapsBelow: number };
  },
): string | undefined {
  const { sizeBytes, baseOffset, lastOffset, nextOffset } = batch;
  if (bytes[position + MAGIC_POSITION] !== MAGIC_V2)
    return `magic is ${bytes.readInt8(position + MAGIC_POSITION)}`;
  if (sizeBytes < BATCH_HEADER_BYTES || position + sizeBytes > batch.range.availableBytes) {
    return `the size is ${sizeBytes} bytes where ${batch.range.availableBytes - position} are there`;
  }
  // The first batch may begin before the offset that was asked for; the others follow.
  const holdsFirst = position === 0 && baseOffset <= nextOffset && nextOffset <= lastOffset;
  const isExpected =
    holdsFirst || mayFollow(baseOffset, { expectedOffset: nextOffset, gapsBelow: batch.range.gapsBelow });
  if (isExpected && lastOffset >= baseOffset) return undefined;
  return `offsets ${baseOffset} to ${lastOffset} where ${nextOffset} comes next`;
}
