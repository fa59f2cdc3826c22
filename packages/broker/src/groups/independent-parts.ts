/**
 * Where the records of a decision may be written apart. A decision about one command is one group's and stays
 * whole; what time and topics decide concerns many groups at once and could be larger than any batch.
 */
import type { GroupRecord } from './group-records.ts';

/**
 * The records in parts, in order: each part is about one group. Removals of committed offsets are parts of their
 * own: a crash between two of them leaves offsets that are removed later.
 */
export function independentParts(records: readonly GroupRecord[]): GroupRecord[][] {
  const parts: GroupRecord[][] = [];
  let previous: GroupRecord | undefined;
  for (const record of records) {
    const part = parts.at(-1);
    if (part === undefined || previous === undefined || mayPart(previous, record)) parts.push([record]);
    else part.push(record);
    previous = record;
  }
  return parts;
}

function mayPart(previous: GroupRecord, next: GroupRecord): boolean {
  return previous.groupId !== next.groupId || (isOffsetRemoval(previous) && isOffsetRemoval(next));
}

function isOffsetRemoval(record: GroupRecord): boolean {
  return record.type === 'offsetCommit' && record.value === null;
}
