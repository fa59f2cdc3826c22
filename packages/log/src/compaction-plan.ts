/**
 * What a cleaning keeps, and into which segments it goes. Pure.
 *
 * Records: of each key the last one of the range that the key map covers; a tombstone (no value) only until its
 * batch's delete horizon, which the first cleaning whose range covers the batch sets to that time plus
 * delete.retention.ms (KIP-534); whatever lies above the range. A record without a key, from before the topic was compacted, goes.
 *
 * Batches: control batches stay as they are. A batch that loses its last record stays as an empty one when it is the
 * last one of its producer, whose sequence it tells; when it is of a transaction; and when it is the last one of its
 * segment, so that the segment still ends where the next one begins and readers come past it.
 *
 * Transactions: a record of one does not supersede others, since whether it was committed is not looked at here; it
 * is itself superseded by a later record outside any transaction, and its tombstones stay.
 */

export interface RecordFacts {
  readonly offset: number;
  readonly hasKey: boolean;
  readonly hasValue: boolean;
  /** The offset that the key map has for the key; −1: none. */
  readonly mappedOffset: number;
}

export interface BatchFacts {
  /** Exclusive: the key map covers records below it. */
  readonly mappedTo: number;
  /** The batch has a delete horizon, and it is past. */
  readonly areTombstonesExpired: boolean;
  readonly isTransactional: boolean;
}

export function keepsRecord(record: RecordFacts, batch: BatchFacts): boolean {
  if (record.offset >= batch.mappedTo) return true;
  if (!record.hasKey || record.offset < record.mappedOffset) return false;
  return record.hasValue || batch.isTransactional || !batch.areTombstonesExpired;
}

/** Whether a batch without records is kept for its header. */
export function keepsEmptyBatch(batch: {
  readonly isTransactional: boolean;
  readonly isLastOfProducer: boolean;
  readonly isLastOfSegment: boolean;
}): boolean {
  return batch.isTransactional || batch.isLastOfProducer || batch.isLastOfSegment;
}

export interface GroupableSegment {
  readonly baseOffset: number;
  readonly nextOffset: number;
  readonly sizeBytes: number;
  /** Bytes of the larger of its two indexes. */
  readonly indexBytes: number;
}

const MAX_RELATIVE_OFFSET = 2147483647;
/** While a group is replaced, searches by time and flushes wait: a few milliseconds per segment. */
const MAX_GROUP_SEGMENTS = 64;

/**
 * Puts neighbours together that fit into one segment: at most `segmentBytes` of batches and `segmentIndexBytes` of
 * index entries, as they are before the cleaning, and offsets that the indexes can hold. At most 64 of them.
 */
export function groupSegments<T extends GroupableSegment>(
  segments: readonly T[],
  limits: { readonly segmentBytes: number; readonly segmentIndexBytes: number },
): T[][] {
  const groups: T[][] = [];
  let group: T[] = [];
  let sizeBytes = 0;
  let indexBytes = 0;
  for (const segment of segments) {
    const [first] = group;
    const fits =
      first !== undefined &&
      group.length < MAX_GROUP_SEGMENTS &&
      sizeBytes + segment.sizeBytes <= limits.segmentBytes &&
      indexBytes + segment.indexBytes <= limits.segmentIndexBytes &&
      segment.nextOffset - 1 - first.baseOffset <= MAX_RELATIVE_OFFSET;
    if (!fits) {
      group = [];
      groups.push(group);
      sizeBytes = 0;
      indexBytes = 0;
    }
    group.push(segment);
    sizeBytes += segment.sizeBytes;
    indexBytes += segment.indexBytes;
  }
  return groups;
}
