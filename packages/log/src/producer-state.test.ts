import { describe, expect, test } from 'vitest';
import {
  MAX_SEQUENCE,
  ProducerDraft,
  ProducerState,
  sequenceAfter,
  type SequencedBatch,
  type SequenceVerdict,
} from './producer-state.ts';

function batch(fields: Partial<SequencedBatch> & { recordCount?: number } = {}): SequencedBatch {
  const { recordCount = 1, ...rest } = fields;
  return {
    producerId: 7,
    producerEpoch: 0,
    baseSequence: 0,
    lastOffsetDelta: recordCount - 1,
    maxTimestampMs: 1000,
    isTransactional: false,
    isControl: false,
    ...rest,
  };
}

/** Checks and applies; the verdict says why it was not applied. */
function offer(
  state: ProducerState,
  offered: SequencedBatch,
  at: { baseOffset: number; nowMs?: number },
): SequenceVerdict {
  const verdict = new ProducerDraft(state).check(offered);
  if (verdict.kind === 'append') state.apply(offered, { nowMs: 0, ...at });
  return verdict;
}

function codeOf(verdict: SequenceVerdict): string {
  return verdict.kind === 'reject' ? verdict.code : verdict.kind;
}

describe('sequences of a producer', () => {
  test('the next sequence appends, a gap and a step back do not', () => {
    const state = new ProducerState();
    expect(codeOf(offer(state, batch({ recordCount: 3 }), { baseOffset: 0 }))).toBe('append');
    expect(codeOf(offer(state, batch({ baseSequence: 4 }), { baseOffset: 3 }))).toBe(
      'OUT_OF_ORDER_SEQUENCE_NUMBER',
    );
    expect(codeOf(offer(state, batch({ baseSequence: 3, recordCount: 2 }), { baseOffset: 3 }))).toBe(
      'append',
    );
    expect(codeOf(offer(state, batch({ baseSequence: 4 }), { baseOffset: 5 }))).toBe(
      'DUPLICATE_SEQUENCE_NUMBER',
    );
    expect(codeOf(offer(state, batch({ baseSequence: 4, recordCount: 3 }), { baseOffset: 5 }))).toBe(
      'OUT_OF_ORDER_SEQUENCE_NUMBER',
    );
  });

  test('each of the last five batches is a duplicate with its own offsets, the sixth is too old', () => {
    const state = new ProducerState();
    for (let index = 0; index < 6; index++)
      offer(state, batch({ baseSequence: index * 2, recordCount: 2 }), { baseOffset: 100 + index * 2 });
    for (let index = 1; index < 6; index++) {
      const verdict = offer(state, batch({ baseSequence: index * 2, recordCount: 2 }), { baseOffset: 0 });
      expect(verdict).toMatchObject({ kind: 'duplicate', original: { baseOffset: 100 + index * 2 } });
    }
    expect(codeOf(offer(state, batch({ recordCount: 2 }), { baseOffset: 0 }))).toBe(
      'DUPLICATE_SEQUENCE_NUMBER',
    );
  });

  test('the sequence goes on at 0 after 2^31 - 1, inside a batch and between two', () => {
    expect(sequenceAfter(MAX_SEQUENCE, 1)).toBe(0);
    const state = new ProducerState();
    state.put({
      producerId: 7,
      producerEpoch: 0,
      batches: [
        {
          firstSequence: MAX_SEQUENCE - 9,
          lastSequence: MAX_SEQUENCE - 2,
          baseOffset: 0,
          lastOffset: 7,
          maxTimestampMs: 0,
        },
      ],
      lastTimestampMs: 0,
      lastSeenMs: 0,
      coordinatorEpoch: -1,
      currentTransactionFirstOffset: -1,
    });
    const across = batch({ baseSequence: MAX_SEQUENCE - 1, recordCount: 4 });
    expect(codeOf(offer(state, across, { baseOffset: 8 }))).toBe('append');
    expect(state.get(7)?.batches.at(-1)?.lastSequence).toBe(1);
    expect(offer(state, across, { baseOffset: 0 })).toMatchObject({
      kind: 'duplicate',
      original: { baseOffset: 8 },
    });
    expect(codeOf(offer(state, batch({ baseSequence: MAX_SEQUENCE - 4 }), { baseOffset: 0 }))).toBe(
      'DUPLICATE_SEQUENCE_NUMBER',
    );
    expect(codeOf(offer(state, batch({ baseSequence: 3 }), { baseOffset: 0 }))).toBe(
      'OUT_OF_ORDER_SEQUENCE_NUMBER',
    );
    expect(codeOf(offer(state, batch({ baseSequence: 2 }), { baseOffset: 12 }))).toBe('append');
  });

  test('an unknown producer starts at sequence 0 and nowhere else', () => {
    const state = new ProducerState();
    expect(codeOf(offer(state, batch({ baseSequence: 3 }), { baseOffset: 0 }))).toBe('UNKNOWN_PRODUCER_ID');
    expect(codeOf(offer(state, batch(), { baseOffset: 0 }))).toBe('append');
  });

  test('a new epoch starts at 0 and fences the old one', () => {
    const state = new ProducerState();
    offer(state, batch({ recordCount: 5 }), { baseOffset: 0 });
    expect(codeOf(offer(state, batch({ producerEpoch: 1, baseSequence: 5 }), { baseOffset: 5 }))).toBe(
      'OUT_OF_ORDER_SEQUENCE_NUMBER',
    );
    expect(codeOf(offer(state, batch({ producerEpoch: 1 }), { baseOffset: 5 }))).toBe('append');
    expect(codeOf(offer(state, batch({ baseSequence: 5 }), { baseOffset: 6 }))).toBe(
      'INVALID_PRODUCER_EPOCH',
    );
    expect(state.get(7)?.batches).toHaveLength(1);
  });

  test('a batch without a producer id leaves no trace', () => {
    const state = new ProducerState();
    expect(codeOf(offer(state, batch({ producerId: -1, baseSequence: -1 }), { baseOffset: 0 }))).toBe(
      'append',
    );
    expect(state.size).toBe(0);
  });

  test('the first offset of an open transaction is kept until its marker', () => {
    const state = new ProducerState();
    state.apply(batch({ isTransactional: true }), { baseOffset: 10, nowMs: 0 });
    state.apply(batch({ isTransactional: true, baseSequence: 1 }), { baseOffset: 11, nowMs: 0 });
    expect(state.get(7)?.currentTransactionFirstOffset).toBe(10);
    state.apply(batch({ isTransactional: true, isControl: true, baseSequence: -1 }), {
      baseOffset: 12,
      nowMs: 0,
    });
    expect(state.get(7)).toMatchObject({ currentTransactionFirstOffset: -1, batches: { length: 2 } });
  });
});

describe('memory of producers', () => {
  test('idle producers are forgotten by the time of the log, not by their own timestamps', () => {
    const state = new ProducerState();
    offer(state, batch({ producerId: 1, maxTimestampMs: 5 }), { baseOffset: 0, nowMs: 10_000 });
    offer(state, batch({ producerId: 2, maxTimestampMs: 99_000 }), { baseOffset: 1, nowMs: 1000 });
    expect(state.expire(11_000, 10_000)).toBe(1);
    expect(state.get(1)).toBeDefined();
    expect(state.get(2)).toBeUndefined();
  });

  test('a producer with an open transaction is not forgotten', () => {
    const state = new ProducerState();
    offer(state, batch({ isTransactional: true }), { baseOffset: 0, nowMs: 0 });
    expect(state.expire(1e9, 1)).toBe(0);
  });

  test('beyond its bound the state forgets the longest idle producer', () => {
    const state = new ProducerState({ maxProducers: 2 });
    offer(state, batch({ producerId: 1 }), { baseOffset: 0 });
    offer(state, batch({ producerId: 2 }), { baseOffset: 1 });
    offer(state, batch({ producerId: 1, baseSequence: 1 }), { baseOffset: 2 });
    offer(state, batch({ producerId: 3 }), { baseOffset: 3 });
    expect([...state.entries()].map((entry) => entry.producerId)).toEqual([1, 3]);
  });
});

describe('a draft', () => {
  test('plans several batches of a producer and changes nothing until it is committed', () => {
    const state = new ProducerState();
    const draft = new ProducerDraft(state);
    draft.apply(batch({ recordCount: 2 }), { baseOffset: 0, nowMs: 0 });
    expect(draft.check(batch({ baseSequence: 2 })).kind).toBe('append');
    expect(draft.check(batch({ recordCount: 2 }))).toMatchObject({ kind: 'duplicate' });
    expect(state.size).toBe(0);
    draft.commitTo(state);
    expect(state.get(7)?.batches).toHaveLength(1);
  });
});
