import { describe, expect, test } from 'vitest';
import { readBatchHeader } from '@tidelog/record';
import { producerBatch, textBatch } from '../test/log-fixture.ts';
import {
  planAppend,
  type ActiveSegment,
  type AppendBatches,
  type AppendPlan,
  type RollLimits,
} from './append-plan.ts';
import { ProducerState } from './producer-state.ts';

function request(...batches: Buffer[]): AppendBatches {
  return {
    headers: batches.map((batch) => readBatchHeader(batch)),
    sizeBytes: batches.reduce((sizeBytes, batch) => sizeBytes + batch.length, 0),
  };
}

function plan(
  requests: AppendBatches[],
  given: {
    segment?: Partial<ActiveSegment>;
    limits?: Partial<RollLimits>;
    producers?: ProducerState;
    nextOffset?: number;
    nowMs?: number;
  } = {},
): AppendPlan {
  return planAppend({
    requests,
    nextOffset: given.nextOffset ?? 0,
    producers: given.producers ?? new ProducerState(),
    segment: {
      baseOffset: 0,
      sizeBytes: 0,
      firstTimestampMs: undefined,
      createdMs: 0,
      indexRoomEntries: 1000,
      ...given.segment,
    },
    limits: { segmentBytes: 100_000, segmentMs: 1_000_000, ...given.limits },
    nowMs: given.nowMs ?? 0,
  });
}

const offsetsOf = (made: AppendPlan): unknown[] =>
  made.decisions.map((decision) =>
    decision.kind === 'reject'
      ? decision.error.code
      : [decision.kind, decision.baseOffset, decision.lastOffset],
  );

describe('offsets', () => {
  test('requests get dense offsets in their order', () => {
    const made = plan(
      [
        request(textBatch({ values: ['a', 'b'] })),
        request(textBatch({ values: ['c'] }), textBatch({ values: ['d', 'e'] })),
      ],
      {
        nextOffset: 10,
      },
    );
    expect(offsetsOf(made)).toEqual([
      ['append', 10, 11],
      ['append', 12, 14],
    ]);
    expect(made).toMatchObject({ nextOffset: 15, mustRoll: false });
  });

  test('a refused request takes no offset and no room', () => {
    const good = textBatch({ values: ['a'] });
    const made = plan([request(producerBatch({ producerId: 1, baseSequence: 5 })), request(good)]);
    expect(offsetsOf(made)).toEqual(['UNKNOWN_PRODUCER_ID', ['append', 0, 0]]);
    expect(made.sizeBytes).toBe(good.length);
  });
});

describe('idempotence within one turn', () => {
  test('several batches of one producer follow each other', () => {
    const made = plan(
      [0, 2, 4].map((baseSequence) =>
        request(producerBatch({ producerId: 1, baseSequence, recordCount: 2 })),
      ),
    );
    expect(offsetsOf(made)).toEqual([
      ['append', 0, 1],
      ['append', 2, 3],
      ['append', 4, 5],
    ]);
  });

  test('a batch sent twice in one turn is answered by the write of the first', () => {
    const twice = request(producerBatch({ producerId: 1, baseSequence: 0 }));
    const made = plan([twice, twice]);
    expect(made.decisions[1]).toMatchObject({ kind: 'duplicate', baseOffset: 0, isPending: true });
  });

  test('a duplicate of an earlier turn does not wait for this one', () => {
    const producers = new ProducerState();
    const first = request(producerBatch({ producerId: 1, baseSequence: 0 }));
    plan([first], { producers }).producers.commitTo(producers);
    expect(plan([first], { producers, nextOffset: 1 }).decisions[0]).toMatchObject({
      kind: 'duplicate',
      isPending: false,
    });
  });

  test('a plan that is not committed leaves the producers as they were', () => {
    const producers = new ProducerState();
    plan([request(producerBatch({ producerId: 1, baseSequence: 0 }))], { producers });
    expect(producers.size).toBe(0);
  });

  test('of several batches in one request all are new or all are duplicates', () => {
    const producers = new ProducerState();
    const [a, b, c] = [0, 1, 2].map((baseSequence) => producerBatch({ producerId: 1, baseSequence })) as [
      Buffer,
      Buffer,
      Buffer,
    ];
    plan([request(a, b)], { producers }).producers.commitTo(producers);
    expect(offsetsOf(plan([request(a, b)], { producers, nextOffset: 2 }))).toEqual([['duplicate', 0, 1]]);
    expect(offsetsOf(plan([request(b, c)], { producers, nextOffset: 2 }))).toEqual(['INVALID_RECORD']);
    expect(offsetsOf(plan([request(c)], { producers, nextOffset: 2 }))).toEqual([['append', 2, 2]]);
  });
});

describe('rolling', () => {
  const one = request(textBatch({ values: ['x'], timestampMs: 5000 }));

  test('the plan stops before the request that does not fit', () => {
    const made = plan([one, one, one], { limits: { segmentBytes: one.sizeBytes * 2 } });
    expect(made).toMatchObject({ decisions: { length: 2 }, nextOffset: 2, mustRoll: true });
  });

  test('a request that fits no segment is refused', () => {
    expect(offsetsOf(plan([one], { limits: { segmentBytes: one.sizeBytes - 1 } }))).toEqual([
      'RECORD_LIST_TOO_LARGE',
    ]);
  });

  test('a segment ends when a batch is too much younger than its first', () => {
    const segment = { sizeBytes: 100, firstTimestampMs: 1000 };
    expect(plan([one], { segment, limits: { segmentMs: 4000 } }).mustRoll).toBe(false);
    expect(plan([one], { segment, limits: { segmentMs: 3999 } }).mustRoll).toBe(true);
  });

  test('without timestamps the age of the segment counts', () => {
    const segment = { sizeBytes: 100, createdMs: 1000 };
    expect(plan([one], { segment, limits: { segmentMs: 500 }, nowMs: 1500 }).mustRoll).toBe(false);
    expect(plan([one], { segment, limits: { segmentMs: 500 }, nowMs: 1501 }).mustRoll).toBe(true);
  });

  test('a full index ends a segment, but never an empty one', () => {
    expect(plan([one, one], { segment: { sizeBytes: 1, indexRoomEntries: 1 } })).toMatchObject({
      decisions: { length: 1 },
      mustRoll: true,
    });
    expect(plan([one], { segment: { indexRoomEntries: 0 } }).mustRoll).toBe(false);
  });

  test('offsets relative to the segment stay below 2^31', () => {
    const made = plan([one, one], { segment: { sizeBytes: 1 }, nextOffset: 2147483647 });
    expect(made).toMatchObject({ decisions: { length: 1 }, nextOffset: 2147483648, mustRoll: true });
  });
});
