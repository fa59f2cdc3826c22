import { describe, expect, test } from 'vitest';
import { ManualClock } from '@tidelog/log/testing';
import { MemoryBroker } from '../../test/memory-broker.ts';
import { batchOf } from '../../test/test-batches.ts';
import type { FetchResponse } from '../requests.ts';
import { MAX_WAITING_ROWS } from './handle-fetch.ts';

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

async function isPending(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  promise.then(
    () => (settled = true),
    () => (settled = true),
  );
  await turn();
  await turn();
  return !settled;
}

describe('what a fetch gives', () => {
  test('a fetch in the middle of a batch gives the whole batch', async () => {
    await using broker = await MemoryBroker.start({ topics: { orders: 1 } });
    await broker.produce('orders', ['a', 'b', 'c']);
    const { results, values } = await broker.fetch([{ topic: 'orders', fetchOffset: 2 }]);
    expect(values).toEqual([['a', 'b', 'c']]);
    expect(results[0]).toMatchObject({ highWatermark: 3, lastStableOffset: 3, logStartOffset: 0 });
  });

  test('the first batch comes whole however small the limits are; other partitions then wait', async () => {
    await using broker = await MemoryBroker.start({ topics: { a: 1, b: 1 } });
    await broker.produce('a', ['x'.repeat(1000)]);
    await broker.produce('b', ['y'.repeat(1000)]);
    const rows = [
      { topic: 'a', partitionMaxBytes: 10 },
      { topic: 'b', partitionMaxBytes: 10 },
    ];
    const seen = new Set<number>();
    for (let round = 0; round < 2; round++) {
      const { values } = await broker.fetch(rows, { maxBytes: 10 });
      const given = values.flatMap((of, index) => (of.length > 0 ? [index] : []));
      expect(given.length).toBe(1);
      seen.add(given[0] as number);
    }
    expect([...seen].sort(), 'each fetch begins with another partition').toEqual([0, 1]);
  });

  test('the limit of a partition and of the response hold beyond the first batch', async () => {
    await using broker = await MemoryBroker.start({ topics: { a: 1, b: 1 } });
    for (let index = 0; index < 5; index++) {
      await broker.produce('a', ['x'.repeat(1000)]);
      await broker.produce('b', ['y'.repeat(1000)]);
    }
    const { values } = await broker.fetch([{ topic: 'a', partitionMaxBytes: 2500 }, { topic: 'b' }], {
      maxBytes: 5000,
    });
    expect(values.map((of) => of.length).sort()).toEqual([2, 2]);
  });

  test('rows fail on their own, with what is wrong', async () => {
    await using broker = await MemoryBroker.start({ topics: { orders: 1 } });
    await broker.produce('orders', ['a']);
    const { results, values } = await broker.fetch([
      { topic: 'orders' },
      { topic: 'orders', fetchOffset: 9 },
      { topic: 'orders', fetchOffset: -1 },
      { topic: 'orders', partition: 1 },
      { topic: 'nothere' },
      { topic: 'orders', currentLeaderEpoch: 99 },
      { topic: 'orders', topicId: 'AAAAAAAAAAAAAAAAAAAAAg' },
      { topic: 'orders', partitionMaxBytes: -1 },
    ]);
    expect(results.map((row) => row.error?.code)).toEqual([
      undefined,
      'OFFSET_OUT_OF_RANGE',
      'OFFSET_OUT_OF_RANGE',
      'UNKNOWN_TOPIC_OR_PARTITION',
      'UNKNOWN_TOPIC_OR_PARTITION',
      'UNKNOWN_LEADER_EPOCH',
      'UNKNOWN_TOPIC_ID',
      'INVALID_REQUEST',
    ]);
    expect(values[0]).toEqual(['a']);
    expect(results[1]).toMatchObject({ highWatermark: -1, logStartOffset: 0 });
  });

  test('a topic can be named by its id', async () => {
    await using broker = await MemoryBroker.start({ topics: { orders: 1 } });
    await broker.produce('orders', ['a']);
    const topicId = broker.launched.core.metadata.view.topicNamed('orders')?.topicId;
    const response = await broker.dispatch('fetch', {
      maxWaitMs: 0,
      minBytes: 0,
      maxBytes: 1000,
      isolationLevel: 'read_committed',
      partitions: [{ topicId, partition: 0, fetchOffset: 0, partitionMaxBytes: 1000 }],
    });
    expect(response.partitions[0]?.records.length).toBeGreaterThan(0);
    response.release();
  });

  test('impossible limits refuse the request', async () => {
    await using broker = await MemoryBroker.start({ topics: { orders: 1 } });
    for (const bad of [{ maxWaitMs: -1 }, { minBytes: -1 }, { maxBytes: Number.NaN }, { maxBytes: 1.5 }]) {
      await expect(broker.fetch([{ topic: 'orders' }], bad)).rejects.toMatchObject({
        code: 'INVALID_REQUEST',
      });
    }
  });
});

describe('how a fetch waits', () => {
  test('it is answered when there is something to read', async () => {
    await using broker = await MemoryBroker.start({ topics: { orders: 2 } });
    const fetching = broker.fetch([{ topic: 'orders' }, { topic: 'orders', partition: 1 }], {
      maxWaitMs: 60_000,
    });
    expect(await isPending(fetching)).toBe(true);
    await broker.produce('orders', ['a'], { partition: 1 });
    expect((await fetching).values).toEqual([[], ['a']]);
  });

  test('it waits for minBytes over several batches', async () => {
    await using broker = await MemoryBroker.start({ topics: { orders: 1 } });
    await broker.produce('orders', ['a']);
    const fetching = broker.fetch([{ topic: 'orders' }], { maxWaitMs: 60_000, minBytes: 250 });
    expect(await isPending(fetching)).toBe(true);
    await broker.produce('orders', ['b']);
    expect(await isPending(fetching)).toBe(true);
    await broker.produce('orders', ['c'.repeat(150)]);
    expect((await fetching).values[0]?.map((value) => value[0])).toEqual(['a', 'b', 'c']);
  });

  test('it is answered with what there is when its time is over', async () => {
    const clock = new ManualClock({ nowMs: Date.now() });
    await using broker = await MemoryBroker.start({ topics: { orders: 1 }, environment: { clock } });
    await broker.produce('orders', batchOf(['a'], { timestampMs: clock.nowMs() }));
    const fetching = broker.fetch([{ topic: 'orders' }], { maxWaitMs: 500, minBytes: 10_000 });
    await clock.advance(499);
    expect(await isPending(fetching)).toBe(true);
    await clock.advance(1);
    expect((await fetching).values).toEqual([['a']]);
  });

  test('an error in any row is answered at once', async () => {
    await using broker = await MemoryBroker.start({ topics: { orders: 1 } });
    const { results } = await broker.fetch([{ topic: 'orders' }, { topic: 'nothere' }], {
      maxWaitMs: 60_000,
    });
    expect(results.map((row) => row.error?.code)).toEqual([undefined, 'UNKNOWN_TOPIC_OR_PARTITION']);
  });

  test('it ends when its connection closes, when its topic is deleted, and when the broker closes', async () => {
    await using broker = await MemoryBroker.start({ topics: { orders: 1, gone: 1 } });
    const dropped = broker.fetch([{ topic: 'orders' }], { maxWaitMs: 60_000 });
    expect(await isPending(dropped)).toBe(true);
    broker.dropConnection();
    expect((await dropped).values).toEqual([[]]);

    await using other = await MemoryBroker.start({ topics: { orders: 1, gone: 1 } });
    const deleted = other.fetch([{ topic: 'gone' }], { maxWaitMs: 60_000 });
    expect(await isPending(deleted)).toBe(true);
    await other.dispatch('deleteTopics', { topics: [{ topic: 'gone' }], timeoutMs: 1000 });
    expect((await deleted).results[0]?.error?.code).toBe('UNKNOWN_TOPIC_OR_PARTITION');

    const closed = other.fetch([{ topic: 'orders' }], { maxWaitMs: 60_000 });
    expect(await isPending(closed)).toBe(true);
    await other.launched.broker.close();
    expect((await closed).values).toEqual([[]]);
  });

  test('many rows wait only while few others do; a few rows always may', async () => {
    await using broker = await MemoryBroker.start({ topics: { orders: 1 } });
    const { fetchRowsWaiting } = broker.launched.core;
    const others = MAX_WAITING_ROWS - 150;
    fetchRowsWaiting.value += others;
    const manyRows = Array.from({ length: 101 }, () => ({ topic: 'orders' }));
    const first = broker.fetch(manyRows, { maxWaitMs: 60_000 });
    expect(await isPending(first)).toBe(true);
    expect((await broker.fetch(manyRows, { maxWaitMs: 60_000 })).results).toHaveLength(101);
    const few = broker.fetch([{ topic: 'orders' }], { maxWaitMs: 60_000 });
    expect(await isPending(few)).toBe(true);
    broker.dropConnection();
    await Promise.all([first, few]);
    expect(fetchRowsWaiting.value).toBe(others);
  });

  test('a wait longer than any timer can be asked for', async () => {
    await using broker = await MemoryBroker.start({ topics: { orders: 1 } });
    const fetching = broker.fetch([{ topic: 'orders' }], { maxWaitMs: 4_294_967_295 });
    expect(await isPending(fetching)).toBe(true);
    await broker.produce('orders', ['a']);
    expect((await fetching).values).toEqual([['a']]);
  });
});

describe('the memory of fetches', () => {
  const MEMORY = { topics: { orders: 1 }, maxInFlightBytes: 1024 * 1024 };
  const POLL = {
    maxWaitMs: 60_000,
    minBytes: 1,
    maxBytes: 500_000,
    isolationLevel: 'read_uncommitted',
    partitions: [{ topic: 'orders', partition: 0, fetchOffset: 0, partitionMaxBytes: 500_000 }],
  } as const;

  test.each([
    ['of many bytes', POLL],
    ['of one batch', { ...POLL, maxBytes: 10 }],
  ])('long polls %s that wake at once read only as fast as their answers leave', async (_what, poll) => {
    await using broker = await MemoryBroker.start(MEMORY);
    const { fetchMemory } = broker.launched.core;
    const answers: FetchResponse[] = [];
    const polls = Array.from({ length: 20 }, async () => {
      const answer = await broker.dispatch('fetch', poll);
      answers.push(answer);
    });
    expect(await isPending(Promise.any(polls))).toBe(true);
    await broker.produce('orders', ['x'.repeat(400_000)]);
    let released = 0;
    while (released < polls.length) {
      await isPending(Promise.all(polls));
      expect(answers.length - released).toBeGreaterThan(0);
      expect(answers.length - released, 'answers held at once').toBeLessThanOrEqual(2);
      expect(fetchMemory.takenBytes).toBeLessThanOrEqual(1_100_000);
      const answer = answers[released++] as FetchResponse;
      expect(answer.partitions[0]?.records.length).toBeGreaterThan(400_000);
      answer.release();
    }
    expect(fetchMemory.takenBytes).toBe(0);
  });

  test('a fetch that waits for more holds nothing', async () => {
    await using broker = await MemoryBroker.start(MEMORY);
    await broker.produce('orders', ['x'.repeat(100_000)]);
    const fetching = broker.dispatch('fetch', { ...POLL, minBytes: 300_000 });
    expect(await isPending(fetching)).toBe(true);
    expect(broker.launched.core.fetchMemory.takenBytes).toBe(0);
    await broker.produce('orders', ['x'.repeat(200_000)]);
    const { partitions, release } = await fetching;
    expect(partitions[0]?.records.length).toBeGreaterThan(300_000);
    release();
  });

  test('who waits for memory leaves the line when its connection closes', async () => {
    await using broker = await MemoryBroker.start(MEMORY);
    const { fetchMemory } = broker.launched.core;
    await broker.produce('orders', ['x'.repeat(400_000)]);
    const held = await fetchMemory.reserve(1024 * 1024, []);
    const fetching = broker.dispatch('fetch', POLL);
    expect(await isPending(fetching)).toBe(true);
    broker.dropConnection();
    expect((await fetching).partitions[0]?.records.length).toBe(0);
    expect(fetchMemory.waitingCount).toBe(0);
    held?.release();
  });
});
