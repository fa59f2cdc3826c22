/** What the policies of compaction are told of a sealed segment. */
import { BatchScanner } from './batch-scanner.ts';
import type { GroupableSegment } from './compaction-plan.ts';
import type { CompactableSegment } from './compaction-policy.ts';
import { OFFSET_INDEX_ENTRY_BYTES } from './offset-index.ts';
import type { Segment } from './segment.ts';
import { TIME_INDEX_ENTRY_BYTES } from './time-index.ts';

export async function compactable(segment: Segment): Promise<CompactableSegment> {
  const { timestampMs } = await segment.maxTimestamp();
  return {
    baseOffset: segment.baseOffset,
    nextOffset: segment.nextOffset,
    sizeBytes: segment.sizeBytes,
    maxTimestampMs: timestampMs,
    firstTimestampMs: await firstTimestampOf(segment),
    modifiedMs: segment.createdMs,
  };
}

export async function groupable(segment: Segment): Promise<GroupableSegment & { readonly segment: Segment }> {
  const { offset, time } = await segment.indexes();
  const { baseOffset, nextOffset, sizeBytes } = segment;
  const indexBytes = Math.max(offset.count * OFFSET_INDEX_ENTRY_BYTES, time.count * TIME_INDEX_ENTRY_BYTES);
  return { segment, baseOffset, nextOffset, sizeBytes, indexBytes };
}

/** Read once from the first batch of a segment that was found on disk. */
async function firstTimestampOf(segment: Segment): Promise<number> {
  if (segment.firstTimestampMs === undefined && segment.sizeBytes > 0) {
    const scanner = new BatchScanner({
      file: segment.file,
      position: 0,
      endPosition: segment.sizeBytes,
      verifyCrc: false,
    });
    const step = await scanner.fill();
    segment.firstTimestampMs = step.kind === 'batch' ? step.header.maxTimestampMs : -1;
  }
  return segment.firstTimestampMs ?? -1;
}
