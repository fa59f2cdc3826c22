/**
 * The batches of a sealed segment for a cleaning. Each is compared with its CRC and must continue the offsets as
 * offset-gap-policy.ts says, up to where the segment ends: what a cleaning copies without looking for damage, it would
 * hide for good.
 */
import type { BatchHeader } from '@tidelog/record';
import { BatchScanner, type ScanStep } from './batch-scanner.ts';
import { mayFollow } from './offset-gap-policy.ts';
import type { Segment } from './segment.ts';

export interface ReadBatch {
  readonly header: BatchHeader;
  /** Valid until the next batch is asked for. */
  readonly bytes: Buffer;
  readonly position: number;
}

/** The segment was deleted, replaced or cut while it was read. */
export class SegmentGone extends Error {}

/** The segment is damaged. */
export class SegmentDamage extends Error {
  readonly position: number;

  constructor(position: number, reason: string) {
    super(reason);
    this.position = position;
  }
}

export interface SealedSegmentRead {
  /** Where a batch begins. */
  readonly position: number;
  /** Offsets below it may be missing. */
  readonly gapsBelow: number;
  /** Bytes read at once; larger batches are read on their own. */
  readonly bufferBytes: number;
  /** Called, and waited for, before each batch; what it throws ends the reading. */
  readonly beforeBatch: () => Promise<void>;
}

/** Throws SegmentDamage, SegmentGone, and what the file system throws. */
export async function* sealedBatches(segment: Segment, read: SealedSegmentRead): AsyncGenerator<ReadBatch> {
  const { gapsBelow } = read;
  const { sizeBytes: endPosition, nextOffset } = segment;
  const scanner = new BatchScanner({
    file: segment.file,
    position: read.position,
    endPosition,
    verifyCrc: true,
    bufferBytes: read.bufferBytes,
  });
  let expectedOffset = read.position === 0 ? segment.baseOffset : undefined;
  for (;;) {
    await read.beforeBatch();
    const step = await nextStep(scanner, segment);
    if (step.kind === 'damage') throw new SegmentDamage(step.position, step.reason);
    const baseOffset = step.kind === 'end' ? nextOffset : step.header.baseOffset;
    if (expectedOffset !== undefined && !mayFollow(baseOffset, { expectedOffset, gapsBelow })) {
      const position = step.kind === 'end' ? endPosition : step.position;
      throw new SegmentDamage(position, `offset ${baseOffset} follows where ${expectedOffset} comes next`);
    }
    if (step.kind === 'end') return;
    const { header, position } = step;
    expectedOffset = header.lastOffset + 1;
    const bytes = scanner.lastBatch ?? (await readLarge(segment, position, header.sizeBytes));
    yield { header, bytes, position };
  }
}

/** A segment that was deleted or cut meanwhile is nobody's fault. */
async function nextStep(scanner: BatchScanner, segment: Segment): Promise<ScanStep> {
  try {
    const step = scanner.next() ?? (await scanner.fill());
    if (step.kind === 'damage' && segment.isDeleted) throw new SegmentGone();
    return step;
  } catch (error) {
    throw segment.isDeleted ? new SegmentGone() : error;
  }
}

/** A batch larger than what is read at once; its size is known to be right. */
async function readLarge(segment: Segment, position: number, sizeBytes: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafeSlow(sizeBytes);
  await segment.file.read(bytes, position);
  return bytes;
}
