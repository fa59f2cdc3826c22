/**
 * Kafka's rules for the files of a partition: what its broker and its tools take for granted, and
 * `kafka.tools.DumpLogSegments` reports when it is not so. Each rule gives a sentence per violation.
 */
import type { FileBatch } from './batch-reader.ts';
import type { PartitionFiles, SegmentFiles } from './partition-files.ts';

export interface PartitionPromises {
  /** Below it offsets may be missing: the log was compacted. 0 unless given. */
  readonly gapsBelow?: number;
  /** Below it nothing can be read, and producers need not be known. 0 unless given. */
  readonly logStartOffset?: number;
}

/** Every rule that the files break; empty when Kafka would take them for its own. */
export function brokenRules(files: PartitionFiles, promises: PartitionPromises = {}): string[] {
  return [
    ...files.segments.flatMap((segment, index) => [
      ...segment.batches.flatMap((batch) => batchRules(batch)),
      ...offsetIndexRules(segment),
      ...timeIndexRules(segment, { isSealed: index < files.segments.length - 1 }),
    ]),
    ...offsetRules(files, promises),
    ...leaderEpochRules(files, promises),
    ...snapshotRules(files, promises),
  ].map((violation) => `${files.name}: ${violation}`);
}

function batchRules(batch: FileBatch): string[] {
  const { records, baseOffset, lastOffset, maxTimestampMs } = batch;
  const violations: string[] = [];
  const at = `the batch at offset ${baseOffset}`;
  if (!batch.isCrcRight) violations.push(`${at} has a wrong CRC`);
  if (records.length !== batch.recordCount)
    violations.push(`${at} counts ${batch.recordCount}, has ${records.length}`);
  let previous = baseOffset - 1;
  for (const { offset } of records) {
    if (offset <= previous || offset > lastOffset)
      violations.push(`${at} has offset ${offset} after ${previous}`);
    previous = offset;
  }
  const largest = Math.max(...records.map(({ timestampMs }) => timestampMs));
  if (records.length > 0 && largest !== maxTimestampMs) {
    violations.push(`${at} says ${maxTimestampMs} is its largest timestamp, which is ${largest}`);
  }
  return violations;
}

/** Batches continue each other, within segments that begin where their names say. */
function offsetRules({ segments }: PartitionFiles, { gapsBelow = 0 }: PartitionPromises): string[] {
  const violations: string[] = [];
  let nextOffset = segments[0]?.baseOffset ?? 0;
  segments.forEach(({ baseOffset, batches }, index) => {
    const endOffset = segments[index + 1]?.baseOffset ?? Infinity;
    if (batches.length === 0 && index < segments.length - 1)
      violations.push(`segment ${baseOffset} is empty`);
    for (const batch of batches) {
      const isGap = batch.baseOffset > nextOffset && batch.baseOffset > gapsBelow;
      if (batch.baseOffset < nextOffset || isGap) {
        violations.push(`offset ${batch.baseOffset} follows ${nextOffset - 1}`);
      }
      if (batch.baseOffset < baseOffset || batch.lastOffset >= endOffset) {
        violations.push(
          `offsets ${batch.baseOffset}–${batch.lastOffset} lie outside of segment ${baseOffset}`,
        );
      }
      nextOffset = batch.lastOffset + 1;
    }
  });
  return violations;
}

/** Each entry points at a batch, and has that batch's last offset; both fields rise. */
function offsetIndexRules({ baseOffset, batches, offsetIndex }: SegmentFiles): string[] {
  const violations: string[] = [];
  const byPosition = new Map(batches.map((batch) => [batch.position, batch]));
  let previous = { offset: baseOffset - 1, position: 0 };
  for (const entry of offsetIndex) {
    const at = `the index entry (${entry.offset}, ${entry.position}) of segment ${baseOffset}`;
    const batch = byPosition.get(entry.position);
    if (batch === undefined) violations.push(`${at} points at no batch`);
    else if (batch.lastOffset !== entry.offset)
      violations.push(`${at} points at a batch that ends at ${batch.lastOffset}`);
    // A position of 0 with offset 0 is what an unused entry of a file that was allocated beforehand looks like.
    if (entry.offset <= previous.offset || entry.position <= previous.position)
      violations.push(`${at} does not rise`);
    previous = entry;
  }
  return violations;
}

/**
 * Each entry has the last offset and the largest timestamp of one batch, which no batch before it surpasses; both
 * fields rise. The last entry of a sealed segment is the largest timestamp of its records.
 */
function timeIndexRules(
  { baseOffset, batches, timeIndex }: SegmentFiles,
  { isSealed }: { isSealed: boolean },
): string[] {
  const violations: string[] = [];
  const byLastOffset = new Map(batches.map((batch) => [batch.lastOffset, batch]));
  let previous = { timestampMs: -1, offset: baseOffset - 1 };
  for (const entry of timeIndex) {
    const at = `the time index entry (${entry.timestampMs}, ${entry.offset}) of segment ${baseOffset}`;
    const batch = byLastOffset.get(entry.offset);
    if (batch === undefined) violations.push(`${at} names no last offset of a batch`);
    else if (batch.maxTimestampMs !== entry.timestampMs)
      violations.push(`${at} is of a batch of ${batch.maxTimestampMs}`);
    const later = batches.find(
      ({ lastOffset, maxTimestampMs }) => lastOffset < entry.offset && maxTimestampMs > entry.timestampMs,
    );
    if (later !== undefined) violations.push(`${at} comes after the later batch at ${later.baseOffset}`);
    if (entry.timestampMs <= previous.timestampMs || entry.offset <= previous.offset)
      violations.push(`${at} does not rise`);
    previous = entry;
  }
  // A batch that compaction has emptied has no record that an entry could lead to.
  const largest = Math.max(
    -1,
    ...batches.flatMap((batch) => batch.records.map(({ timestampMs }) => timestampMs)),
  );
  if (isSealed && previous.timestampMs !== largest) {
    violations.push(
      `the time index of the sealed segment ${baseOffset} ends at ${previous.timestampMs}, not ${largest}`,
    );
  }
  return violations;
}

/** Epochs rise, and each batch that can be read has the one that its offsets lie in. */
function leaderEpochRules(
  { segments, leaderEpochs }: PartitionFiles,
  { logStartOffset = 0 }: PartitionPromises,
): string[] {
  const violations: string[] = [];
  leaderEpochs.forEach(({ epoch, startOffset }, index) => {
    const before = leaderEpochs[index - 1];
    if (before !== undefined && (epoch <= before.epoch || startOffset <= before.startOffset)) {
      violations.push(`the leader epoch ${epoch} from ${startOffset} on does not rise`);
    }
  });
  for (const { baseOffset, lastOffset, leaderEpoch } of segments.flatMap(({ batches }) => batches)) {
    if (lastOffset < logStartOffset) continue;
    const holds = leaderEpochs.filter(({ startOffset }) => startOffset <= lastOffset).at(-1);
    if (holds?.epoch !== leaderEpoch) {
      violations.push(
        `the batch at ${baseOffset} has leader epoch ${leaderEpoch}, the checkpoint ${holds?.epoch}`,
      );
    }
  }
  return violations;
}

/** A snapshot has every idempotent producer that wrote below its offset, with its last batch there. */
function snapshotRules(files: PartitionFiles, { logStartOffset = 0 }: PartitionPromises): string[] {
  const violations: string[] = [];
  const batches = files.segments
    .flatMap((segment) => segment.batches)
    .filter(({ producerId }) => producerId >= 0);
  for (const [offset, producers] of files.snapshots) {
    const last = new Map<number, FileBatch>();
    for (const batch of batches) {
      if (batch.lastOffset < offset && batch.lastOffset >= logStartOffset) last.set(batch.producerId, batch);
    }
    for (const [producerId, batch] of last) {
      const found = producers.find((producer) => producer.producerId === producerId);
      const expected = {
        producerId,
        epoch: batch.producerEpoch,
        lastSequence: batch.baseSequence + batch.lastOffset - batch.baseOffset,
        lastOffset: batch.lastOffset,
        offsetDelta: batch.lastOffset - batch.baseOffset,
        timestampMs: batch.maxTimestampMs,
        transactionFirstOffset: -1,
      };
      if (JSON.stringify(found) !== JSON.stringify(expected)) {
        violations.push(
          `the snapshot at ${offset} has ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`,
        );
      }
    }
    const isUnknown = ({ producerId }: { producerId: number }): boolean =>
      !last.has(producerId) &&
      logStartOffset === 0 &&
      batches.every((batch) => batch.producerId !== producerId);
    for (const producer of producers.filter(isUnknown)) {
      violations.push(
        `the snapshot at ${offset} has the producer ${producer.producerId}, which wrote nothing`,
      );
    }
  }
  return violations;
}
