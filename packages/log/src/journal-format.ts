/**
 * The bytes of a journal file, `journal.tidelog/<index>.journal`. Numbers are big-endian.
 *
 * ```
 * 0      header slot 0      64 bytes used of 4,096
 * 4096   header slot 1      the same; the valid slot with the higher sequence counts
 * 8192   entries            each begins at a multiple of 8
 *
 * header slot                                  entry
 * 0   8  magic "TIDELOGJ"                      0   4  magic "TLJE"
 * 8   2  version, 1                            4   4  CRC-32C of bytes 8 … size, seeded by the file's use
 * 10  2  state: 0 free, 1 active               8   4  size in bytes, padding excluded
 * 12  4  position where the previous           12  4  position of the first entry of the same group
 *        file's entries end                    16  1  kind: 1 write, 2 forget segment, 3 forget partition
 * 16  8  sequence: header writes of this file  17  1  0
 * 24  8  use: a number that rises over all     18  2  length of the partition's directory name
 *        files with each activation            20  8  base offset of the segment
 * 32  8  use of the previous file, 0: none     28  8  position in the segment (forget: from there on)
 * 40 16  directory id                          36     directory name, then the bytes written
 * 60  4  CRC-32C of bytes 0 … 60
 * ```
 *
 * A worked example: 3 bytes `abc` for position 7 of `t-0/00000000000000000000.log`, first in the file, is
 * `544c4a45 <crc> 0000002a 00002000 01 00 0003 0000000000000000 0000000000000007 742d30 616263` and 6 bytes of
 * padding.
 *
 * What it is built for:
 * - A group is written by one call and then synced, and the next group is written only after that sync. So an
 *   invalid entry followed by a valid one of a later group (its group begins after the invalid entry) is damage;
 *   one followed by valid ones of its own group, or by nothing, is the torn end of the last write. What damage
 *   is at the very end of a file, the next file's header tells: it holds where the previous file's entries end.
 * - Files are used again without being erased. The CRC of an entry is seeded with directory id and use, so what
 *   an earlier use left behind is not valid.
 * - The two slots are written in turn: a torn header write leaves the other slot, which holds the state before.
 */
import { crc32c } from '@tidelog/record';
import { TidelogError } from '@tidelog/record/errors';

export const JOURNAL_VERSION = 1;
export const HEADER_BYTES = 64;
export const HEADER_SLOT_BYTES = 4096;
/** Where the entries begin. */
export const JOURNAL_DATA_POSITION: number = 2 * HEADER_SLOT_BYTES;
const HEADER_MAGIC = Buffer.from('TIDELOGJ', 'latin1');
const ENTRY_MAGIC = 0x544c4a45;
const ENTRY_MAGIC_BYTES = Buffer.from('TLJE', 'latin1');
const ENTRY_HEAD_BYTES = 36;
const ENTRY_CRC_FROM = 8;

export interface JournalHeader {
  readonly sequence: number;
  readonly isActive: boolean;
  readonly use: number;
  readonly previousUse: number;
  readonly previousEndPosition: number;
  /** 16 bytes. */
  readonly directoryId: Buffer;
}

export type JournalEntryKind = 'write' | 'forget-segment' | 'forget-partition';
const KIND_CODES: Readonly<Record<JournalEntryKind, number>> = {
  write: 1,
  'forget-segment': 2,
  'forget-partition': 3,
};
const KINDS_BY_CODE: readonly (JournalEntryKind | undefined)[] = [
  undefined,
  'write',
  'forget-segment',
  'forget-partition',
];

export interface JournalEntry {
  readonly kind: JournalEntryKind;
  readonly partitionDir: string;
  readonly segmentBaseOffset: number;
  /** In the segment: where the bytes go, or from where on they are forgotten. */
  readonly position: number;
  /** Where the bytes lie in the journal file, and how many they are. */
  readonly bytesPosition: number;
  readonly bytesLength: number;
}

export function encodeHeader(header: JournalHeader): Buffer {
  const slot = Buffer.alloc(HEADER_BYTES);
  HEADER_MAGIC.copy(slot);
  slot.writeUInt16BE(JOURNAL_VERSION, 8);
  slot.writeUInt16BE(header.isActive ? 1 : 0, 10);
  slot.writeUInt32BE(header.previousEndPosition, 12);
  writeUint64(slot, 16, header.sequence);
  writeUint64(slot, 24, header.use);
  writeUint64(slot, 32, header.previousUse);
  header.directoryId.copy(slot, 40, 0, 16);
  slot.writeUInt32BE(crc32c(slot.subarray(0, 60)), 60);
  return slot;
}

/**
 * The header of a file from its first 8,192 bytes (fewer when the file is shorter): the valid slot with the
 * higher sequence; undefined when none is valid. Throws DATA_DIR_FORMAT for a newer version.
 */
export function decodeHeader(head: Buffer, path: string): JournalHeader | undefined {
  const slots = [decodeSlot(head.subarray(0, HEADER_BYTES), path)];
  slots.push(decodeSlot(head.subarray(HEADER_SLOT_BYTES, HEADER_SLOT_BYTES + HEADER_BYTES), path));
  const [first, second] = slots;
  if (first === undefined || second === undefined) return first ?? second;
  return first.sequence > second.sequence ? first : second;
}

function decodeSlot(slot: Buffer, path: string): JournalHeader | undefined {
  if (slot.length < HEADER_BYTES || HEADER_MAGIC.compare(slot, 0, HEADER_MAGIC.length) !== 0)
    return undefined;
  if (slot.readUInt32BE(60) !== crc32c(slot.subarray(0, 60))) return undefined;
  const version = slot.readUInt16BE(8);
  if (version !== JOURNAL_VERSION) {
    throw new TidelogError(
      'DATA_DIR_FORMAT',
      `${path} has journal version ${version}; this release reads ${JOURNAL_VERSION}: use the release that wrote it`,
    );
  }
  return {
    isActive: slot.readUInt16BE(10) === 1,
    previousEndPosition: slot.readUInt32BE(12),
    sequence: readUint64(slot, 16),
    use: readUint64(slot, 24),
    previousUse: readUint64(slot, 32),
    directoryId: Buffer.from(slot.subarray(40, 56)),
  };
}

/** The seed of the CRCs of all entries that are written under this header. */
export function entrySeed(header: Pick<JournalHeader, 'use' | 'directoryId'>): number {
  const bytes = Buffer.alloc(24);
  writeUint64(bytes, 0, header.use);
  header.directoryId.copy(bytes, 8, 0, 16);
  return crc32c(bytes);
}

/** The bytes that an entry takes in the file, padding included. */
export function entryRoomBytes(directoryNameBytes: number, payloadBytes: number): number {
  return alignUp(ENTRY_HEAD_BYTES + directoryNameBytes + payloadBytes);
}

export interface EntryInput {
  readonly kind: JournalEntryKind;
  /** The partition's directory name in UTF-8. */
  readonly directoryName: Uint8Array;
  readonly segmentBaseOffset: number;
  readonly position: number;
  readonly buffers: readonly Uint8Array[];
  readonly payloadBytes: number;
}

/** Writes an entry, all but its group position and CRC, which `sealGroup` adds. Returns where the next one goes. */
export function writeEntry(target: Buffer, at: number, entry: EntryInput): number {
  const sizeBytes = ENTRY_HEAD_BYTES + entry.directoryName.length + entry.payloadBytes;
  target.writeUInt32BE(ENTRY_MAGIC, at);
  target.writeUInt32BE(sizeBytes, at + 8);
  target[at + 16] = KIND_CODES[entry.kind];
  target[at + 17] = 0;
  target.writeUInt16BE(entry.directoryName.length, at + 18);
  writeUint64(target, at + 20, entry.segmentBaseOffset);
  writeUint64(target, at + 28, entry.position);
  let position = at + ENTRY_HEAD_BYTES;
  target.set(entry.directoryName, position);
  position += entry.directoryName.length;
  for (const buffer of entry.buffers) {
    target.set(buffer, position);
    position += buffer.length;
  }
  const next = at + alignUp(sizeBytes);
  target.fill(0, position, next);
  return next;
}

/** Completes the entries of a group that will be written at `groupPosition` of a file with this seed. */
export function sealGroup(group: Buffer, place: { groupPosition: number; seed: number }): void {
  let at = 0;
  while (at < group.length) {
    const sizeBytes = group.readUInt32BE(at + 8);
    group.writeUInt32BE(place.groupPosition, at + 12);
    group.writeUInt32BE(crc32c(group.subarray(at + ENTRY_CRC_FROM, at + sizeBytes), place.seed), at + 4);
    at += alignUp(sizeBytes);
  }
}

/** A range of a journal file that was durable once and cannot be read. */
export interface JournalDamage {
  readonly path: string;
  readonly position: number;
  readonly endPosition: number;
  readonly reason: string;
}

export interface JournalScan {
  /** Where the last valid entry ends. */
  readonly endPosition: number;
  readonly damage: readonly JournalDamage[];
}

/**
 * Reads the entries of a file, in order, and gives each to `visit`. `expectedEnd` is what the next file's header
 * says about where they end; what lies beyond was given up. Damaged ranges are stepped over and reported.
 */
export function scanJournal(
  content: Buffer,
  file: { header: JournalHeader; path: string; expectedEnd: number | undefined },
  visit: (entry: JournalEntry) => void,
): JournalScan {
  const seed = entrySeed(file.header);
  const limit = Math.min(content.length, file.expectedEnd ?? content.length);
  const damage: JournalDamage[] = [];
  let at = JOURNAL_DATA_POSITION;
  while (at < limit) {
    const found = readEntry(content, at, { limit, seed });
    if (found !== undefined) {
      visit(found.entry);
      at = found.next;
      continue;
    }
    const place = { limit, seed };
    const wasSynced =
      file.expectedEnd !== undefined || findEntry(content, at, { ...place, groupAfter: at }) !== undefined;
    const next = wasSynced ? findEntry(content, at, { ...place, groupAfter: 0 }) : undefined;
    if (next === undefined) break;
    damage.push({
      path: file.path,
      position: at,
      endPosition: next,
      reason: 'an invalid entry with valid ones of a later sync behind it',
    });
    at = next;
  }
  if (file.expectedEnd !== undefined && at < file.expectedEnd) {
    damage.push({
      path: file.path,
      position: at,
      endPosition: file.expectedEnd,
      reason: 'the file ends before the place that its successor names',
    });
  }
  return { endPosition: at, damage };
}

/** The position of the first valid entry behind `from` whose group begins behind `groupAfter`. */
function findEntry(
  content: Buffer,
  from: number,
  place: { limit: number; seed: number; groupAfter: number },
): number | undefined {
  let at = content.indexOf(ENTRY_MAGIC_BYTES, from + 1);
  while (at >= 0 && at + ENTRY_HEAD_BYTES <= place.limit) {
    const isCandidate = at % 8 === 0 && content.readUInt32BE(at + 12) > place.groupAfter;
    if (isCandidate && readEntry(content, at, place) !== undefined) return at;
    at = content.indexOf(ENTRY_MAGIC_BYTES, at + 1);
  }
  return undefined;
}

function readEntry(
  content: Buffer,
  at: number,
  place: { limit: number; seed: number },
): { entry: JournalEntry; next: number } | undefined {
  if (at + ENTRY_HEAD_BYTES > place.limit || content.readUInt32BE(at) !== ENTRY_MAGIC) return undefined;
  const sizeBytes = content.readUInt32BE(at + 8);
  const nameLength = content.readUInt16BE(at + 18);
  const kind = KINDS_BY_CODE[content[at + 16] as number];
  if (sizeBytes < ENTRY_HEAD_BYTES + nameLength || at + sizeBytes > place.limit || kind === undefined) {
    return undefined;
  }
  const crc = crc32c(content.subarray(at + ENTRY_CRC_FROM, at + sizeBytes), place.seed);
  if (crc !== content.readUInt32BE(at + 4)) return undefined;
  const bytesPosition = at + ENTRY_HEAD_BYTES + nameLength;
  return {
    entry: {
      kind,
      partitionDir: content.toString('utf8', at + ENTRY_HEAD_BYTES, bytesPosition),
      segmentBaseOffset: readUint64(content, at + 20),
      position: readUint64(content, at + 28),
      bytesPosition,
      bytesLength: at + sizeBytes - bytesPosition,
    },
    next: at + alignUp(sizeBytes),
  };
}

function alignUp(sizeBytes: number): number {
  return (sizeBytes + 7) & ~7;
}

function writeUint64(target: Buffer, at: number, value: number): void {
  target.writeUInt32BE(Math.floor(value / 0x1_0000_0000), at);
  target.writeUInt32BE(value % 0x1_0000_0000, at + 4);
}

function readUint64(source: Buffer, at: number): number {
  return source.readUInt32BE(at) * 0x1_0000_0000 + source.readUInt32BE(at + 4);
}
