import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeSnapshot, encodeSideFile, encodeSnapshot } from './producer-snapshot.ts';
import { MAX_SEQUENCE, type ProducerEntry, type RememberedBatch } from './producer-state.ts';

const ENTRY: ProducerEntry = {
  producerId: 4001,
  producerEpoch: 3,
  batches: [
    { firstSequence: 5, lastSequence: 7, baseOffset: 40, lastOffset: 42, maxTimestampMs: 1699 },
    { firstSequence: 8, lastSequence: 9, baseOffset: 50, lastOffset: 51, maxTimestampMs: 1700 },
  ],
  lastTimestampMs: 1700,
  lastSeenMs: 1800,
  coordinatorEpoch: -1,
  currentTransactionFirstOffset: -1,
};

describe("Kafka's snapshot", () => {
  test('an entry is 46 bytes in the order of the format', () => {
    const bytes = encodeSnapshot([ENTRY]);
    expect(bytes.subarray(0, 2).toString('hex')).toBe('0001');
    expect(bytes.subarray(6).toString('hex')).toBe(
      '00000001' +
        '0000000000000fa1' +
        '0003' +
        '00000009' +
        '0000000000000033' +
        '00000001' +
        '00000000000006a4' +
        'ffffffff' +
        'ffffffffffffffff',
    );
  });

  test('an entry without a batch has sequence and offset -1', () => {
    const bytes = encodeSnapshot([{ ...ENTRY, batches: [] }]);
    expect(bytes.subarray(20, 36).toString('hex')).toBe('ffffffff' + 'ffffffffffffffff' + '00000000');
    expect(decodeSnapshot(bytes, undefined, 0)?.entries[0]?.batches).toEqual([]);
  });

  test('alone it gives the last batch, across the wrap of the sequence too', () => {
    const wrapped = {
      firstSequence: MAX_SEQUENCE,
      lastSequence: 2,
      baseOffset: 60,
      lastOffset: 63,
      maxTimestampMs: 1700,
    };
    const decoded = decodeSnapshot(encodeSnapshot([{ ...ENTRY, batches: [wrapped] }]), undefined, 77);
    expect(decoded).toMatchObject({ isComplete: false, entries: [{ batches: [wrapped], lastSeenMs: 77 }] });
  });

  test.each([
    ['a flipped bit', (bytes: Buffer) => void (bytes[30]! ^= 1)],
    ['another version', (bytes: Buffer) => void bytes.writeInt16BE(2, 0)],
    ['a count that does not fit', (bytes: Buffer) => void bytes.writeInt32BE(1_000_000_000, 6)],
  ])('%s makes it unreadable', (_what, damage) => {
    const bytes = encodeSnapshot([ENTRY]);
    damage(bytes);
    expect(decodeSnapshot(bytes, undefined, 0)).toBeUndefined();
  });

  test('every torn snapshot is unreadable', () => {
    const bytes = encodeSnapshot([ENTRY, { ...ENTRY, producerId: 2 }]);
    for (let size = 0; size < bytes.length; size++)
      expect(decodeSnapshot(bytes.subarray(0, size), undefined, 0)).toBeUndefined();
  });
});

describe('the side file', () => {
  test('completes the snapshot', () => {
    expect(decodeSnapshot(encodeSnapshot([ENTRY]), encodeSideFile([ENTRY]), 0)).toEqual({
      entries: [ENTRY],
      isComplete: true,
    });
  });

  test('of another moment or torn is not used', () => {
    const later = { ...ENTRY, batches: ENTRY.batches.slice(0, 1) };
    expect(decodeSnapshot(encodeSnapshot([ENTRY]), encodeSideFile([later]), 0)?.isComplete).toBe(false);
    const side = encodeSideFile([ENTRY]);
    for (let size = 0; size < side.length; size++) {
      expect(decodeSnapshot(encodeSnapshot([ENTRY]), side.subarray(0, size), 0)?.isComplete).toBe(false);
    }
  });

  test('no producers, nothing to complete', () => {
    expect(decodeSnapshot(encodeSnapshot([]), undefined, 0)).toEqual({ entries: [], isComplete: true });
  });
});

test('any state survives encoding', () => {
  const sequence = fc.integer({ min: 0, max: MAX_SEQUENCE });
  const batches = fc.array(
    fc.tuple(sequence, fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 2 ** 40 })),
    { maxLength: 5 },
  );
  const entry = fc.record({
    producerId: fc.maxSafeNat(),
    producerEpoch: fc.integer({ min: 0, max: 32767 }),
    lastSeenMs: fc.maxSafeNat(),
    batches,
  });
  fc.assert(
    fc.property(fc.uniqueArray(entry, { selector: (made) => made.producerId, maxLength: 6 }), (made) => {
      const entries = made.map(({ batches: raw, ...rest }): ProducerEntry => {
        const remembered = raw.map(([firstSequence, delta, baseOffset]): RememberedBatch => ({
          firstSequence,
          lastSequence: (firstSequence + delta) % (MAX_SEQUENCE + 1),
          baseOffset,
          lastOffset: baseOffset + delta,
          maxTimestampMs: baseOffset,
        }));
        return { ...ENTRY, ...rest, batches: remembered };
      });
      expect(decodeSnapshot(encodeSnapshot(entries), encodeSideFile(entries), 0)).toEqual({
        entries,
        isComplete: true,
      });
    }),
  );
});
