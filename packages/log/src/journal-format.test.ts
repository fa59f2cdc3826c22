import { crc32c } from '@tidelog/record';
import { expect, test } from 'vitest';
import {
  JOURNAL_DATA_POSITION,
  decodeHeader,
  encodeHeader,
  entryRoomBytes,
  entrySeed,
  scanJournal,
  sealGroup,
  writeEntry,
  type JournalEntry,
  type JournalHeader,
  type JournalScan,
} from './journal-format.ts';

const header: JournalHeader = {
  sequence: 3,
  isActive: true,
  use: 2 ** 40 + 7,
  previousUse: 6,
  previousEndPosition: 12_345,
  directoryId: Buffer.from('0123456789abcdef'),
};

/** A file with these groups, each a list of payloads, and where each entry begins. */
function journalOf(groups: readonly (readonly string[])[]): { content: Buffer; positions: number[] } {
  const positions: number[] = [];
  const parts = [Buffer.alloc(JOURNAL_DATA_POSITION)];
  let at = JOURNAL_DATA_POSITION;
  for (const payloads of groups) {
    const group = Buffer.alloc(payloads.reduce((sum, text) => sum + entryRoomBytes(3, text.length), 0));
    let next = 0;
    for (const text of payloads) {
      positions.push(at + next);
      next = writeEntry(group, next, {
        kind: 'write',
        directoryName: Buffer.from('t-0'),
        segmentBaseOffset: 2 ** 41,
        position: positions.length,
        buffers: [Buffer.from(text.slice(0, 1)), Buffer.from(text.slice(1))],
        payloadBytes: text.length,
      });
    }
    sealGroup(group, { groupPosition: at, seed: entrySeed(header) });
    parts.push(group);
    at += group.length;
  }
  return { content: Buffer.concat([...parts, Buffer.alloc(512)]), positions };
}

function scan(
  content: Buffer,
  options: { header?: JournalHeader; expectedEnd?: number | undefined } = {},
): JournalScan & { entries: JournalEntry[] } {
  const entries: JournalEntry[] = [];
  const file = { header: options.header ?? header, path: 'j', expectedEnd: options.expectedEnd };
  return { ...scanJournal(content, file, (entry) => entries.push(entry)), entries };
}

function payloadsOf(content: Buffer, expectedEnd?: number): { payloads: string[]; damage: string[] } {
  const { entries, damage } = scan(content, { expectedEnd });
  return {
    payloads: entries.map((entry) =>
      content.toString('latin1', entry.bytesPosition, entry.bytesPosition + entry.bytesLength),
    ),
    damage: damage.map((range) => `${range.position}-${range.endPosition}`),
  };
}

test('a header is read back; of two slots the newer valid one counts', () => {
  const head = Buffer.alloc(JOURNAL_DATA_POSITION);
  expect(decodeHeader(head, 'j')).toBeUndefined();
  encodeHeader(header).copy(head, 4096);
  expect(decodeHeader(head, 'j')).toEqual(header);
  encodeHeader({ ...header, sequence: 4, isActive: false }).copy(head, 0);
  expect(decodeHeader(head, 'j')).toMatchObject({ sequence: 4, isActive: false });
  head[20] = 0xff;
  expect(decodeHeader(head, 'j')).toEqual(header);
  expect(decodeHeader(head.subarray(0, 100), 'j')).toBeUndefined();
});

test('a newer version is refused, a slot with a wrong CRC is not a slot', () => {
  const newer = encodeHeader(header);
  newer.writeUInt16BE(2, 8);
  expect(decodeHeader(newer, 'j')).toBeUndefined();
  newer.writeUInt32BE(crc32c(newer.subarray(0, 60)), 60);
  expect(() => decodeHeader(newer, 'j')).toThrow(/^j has journal version 2; this release reads 1/);
});

test('the worked example of the format', () => {
  const group = Buffer.alloc(entryRoomBytes(3, 3));
  const next = writeEntry(group, 0, {
    kind: 'write',
    directoryName: Buffer.from('t-0'),
    segmentBaseOffset: 0,
    position: 7,
    buffers: [Buffer.from('abc')],
    payloadBytes: 3,
  });
  sealGroup(group, { groupPosition: JOURNAL_DATA_POSITION, seed: entrySeed(header) });
  expect(next).toBe(48);
  expect(group.toString('hex', 8)).toBe(
    '0000002a' +
      '00002000' +
      '01000003' +
      '0000000000000000' +
      '0000000000000007' +
      '742d30' +
      '616263' +
      '000000000000',
  );
  expect(group.toString('hex', 0, 4)).toBe('544c4a45');
  expect(group.readUInt32BE(4)).toBe(crc32c(group.subarray(8, 42), entrySeed(header)));
});

test('entries are read back in order, with their places', () => {
  const { content } = journalOf([
    ['one', 'two'],
    ['', 'a longer payload'],
  ]);
  const { entries } = scan(content);
  expect(entries.map((entry) => entry.position)).toEqual([1, 2, 3, 4]);
  expect(entries[0]).toMatchObject({ kind: 'write', partitionDir: 't-0', segmentBaseOffset: 2 ** 41 });
  expect(payloadsOf(content)).toEqual({ payloads: ['one', 'two', '', 'a longer payload'], damage: [] });
});

test('a torn entry in the last group ends the journal, whatever of its group is valid behind it', () => {
  const { content, positions } = journalOf([
    ['a', 'b'],
    ['c', 'd', 'e'],
  ]);
  content[positions[3]! + 39]! ^= 1;
  expect(payloadsOf(content)).toEqual({ payloads: ['a', 'b', 'c'], damage: [] });
});

test('the first entry of the last group torn is no damage either', () => {
  const { content, positions } = journalOf([
    ['a', 'b'],
    ['c', 'd'],
  ]);
  content.fill(0, positions[2]!, positions[3]!);
  expect(payloadsOf(content)).toEqual({ payloads: ['a', 'b'], damage: [] });
});

test('an invalid entry with a later group behind it is damage; everything readable is still read', () => {
  const { content, positions } = journalOf([['a', 'b', 'c'], ['d'], ['e']]);
  content[positions[1]! + 8] = 0xff;
  expect(payloadsOf(content)).toEqual({
    payloads: ['a', 'c', 'd', 'e'],
    damage: [`${positions[1]}-${positions[2]}`],
  });
});

test('a whole group that is gone with a later one behind it is damage', () => {
  const { content, positions } = journalOf([['a'], ['b', 'c'], ['d']]);
  content.fill(0, positions[1]!, positions[3]!);
  expect(payloadsOf(content)).toEqual({
    payloads: ['a', 'd'],
    damage: [`${positions[1]}-${positions[3]}`],
  });
});

test('damage at the very end shows by the end that the next file names', () => {
  const { content, positions } = journalOf([['a'], ['b', 'c']]);
  const end = content.length - 512;
  expect(payloadsOf(content, end)).toEqual({ payloads: ['a', 'b', 'c'], damage: [] });
  content[positions[1]! + 30]! ^= 1;
  expect(payloadsOf(content, end)).toEqual({
    payloads: ['a', 'c'],
    damage: [`${positions[1]}-${positions[2]}`],
  });
  content.fill(0, positions[1]!);
  expect(payloadsOf(content, end)).toEqual({ payloads: ['a'], damage: [`${positions[1]}-${end}`] });
});

test('what lies behind the end that the next file names was given up', () => {
  const { content, positions } = journalOf([['a'], ['given up']]);
  expect(payloadsOf(content, positions[1])).toEqual({ payloads: ['a'], damage: [] });
});

test('entries of an earlier use of the file are not valid', () => {
  const { content } = journalOf([['old', 'old']]);
  const later = { ...header, use: header.use + 1 };
  expect(scan(content, { header: later })).toMatchObject({
    entries: [],
    damage: [],
    endPosition: JOURNAL_DATA_POSITION,
  });
});
