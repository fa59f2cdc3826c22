import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ManualClock } from '@tidelog/log/testing';
import { OutgoingBudget, OutgoingQueue, TurnFlusher } from './outgoing-queue.ts';

interface Write {
  readonly bytes: Buffer;
  readonly pieces: number;
  done(): void;
}

function makeQueue(maxBytes = 1_000_000): {
  queue: OutgoingQueue;
  budget: OutgoingBudget;
  clock: ManualClock;
  writes: Write[];
} {
  const clock = new ManualClock({ defer: 'manual' });
  const budget = new OutgoingBudget({ maxBytes });
  const writes: Write[] = [];
  const queue = new OutgoingQueue({
    flusher: new TurnFlusher(clock),
    budget,
    onProgress: () => undefined,
    write: (buffers, done) =>
      writes.push({ bytes: Buffer.concat(buffers), pieces: buffers.length, done: () => done(undefined) }),
  });
  return { queue, budget, clock, writes };
}

describe('sending', () => {
  test('gathers what a turn queued into one write, small pieces copied together', () => {
    const { queue, clock, writes } = makeQueue();
    for (const text of ['a', 'b', 'c']) queue.push([Buffer.from(text)]);
    queue.push([Buffer.from('head'), Buffer.alloc(5000, 'r'), Buffer.from('tail')]);
    expect(writes).toHaveLength(0);
    clock.runDeferred();
    expect(writes.map(({ bytes, pieces }) => [bytes.length, pieces])).toEqual([[5011, 3]]);
  });

  test('writes what came during a write when it is done', () => {
    const { queue, clock, writes } = makeQueue();
    queue.push([Buffer.from('a')]);
    clock.runDeferred();
    queue.push([Buffer.from('b')]);
    queue.push([Buffer.from('c')]);
    clock.runDeferred();
    expect(writes).toHaveLength(1);
    writes[0]?.done();
    expect(writes[1]?.bytes.toString()).toBe('bc');
  });

  test('keeps the order and loses nothing, whatever the sizes', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.array(fc.oneof(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 700_000 })), {
            minLength: 1,
            maxLength: 4,
          }),
          { maxLength: 8 },
        ),
        (sizes) => {
          const { queue, clock, writes, budget } = makeQueue();
          const sent: Buffer[] = [];
          const written: number[] = [];
          for (const [index, entry] of sizes.entries()) {
            const buffers = entry.map((sizeBytes, piece) => Buffer.alloc(sizeBytes, index * 8 + piece));
            sent.push(...buffers);
            queue.push(buffers, () => written.push(index));
            if (index % 3 === 2) clock.runDeferred();
          }
          clock.runDeferred();
          for (let index = 0; index < writes.length; index++) writes[index]?.done();
          expect(Buffer.concat(writes.map(({ bytes }) => bytes)).equals(Buffer.concat(sent))).toBe(true);
          expect(written).toEqual(sizes.map((_, index) => index));
          expect([queue.queuedBytes, budget.queuedBytes]).toEqual([0, 0]);
          expect(Math.max(0, ...writes.map(({ bytes }) => bytes.length))).toBeLessThanOrEqual(512 * 1024);
        },
      ),
      { numRuns: 30 },
    );
  });

  test('tells when the last byte of a response was taken, not before', () => {
    const { queue, clock, writes } = makeQueue();
    let written = 0;
    queue.push([Buffer.alloc(600 * 1024)], () => written++);
    clock.runDeferred();
    writes[0]?.done();
    expect(written).toBe(0);
    writes[1]?.done();
    expect(written).toBe(1);
  });
});

describe('closing', () => {
  test('tells once about each response that will not be sent, the one under way when its write ends', () => {
    const { queue, budget, clock, writes } = makeQueue();
    const events: string[] = [];
    queue.push([Buffer.from('a')], () => events.push('a'));
    clock.runDeferred();
    queue.push([Buffer.from('b')], () => events.push('b'));
    queue.close();
    expect(events).toEqual(['b']);
    queue.push([Buffer.from('c')], () => events.push('c'));
    writes[0]?.done();
    expect(events).toEqual(['b', 'c', 'a']);
    expect(budget.queuedBytes).toBe(0);
    expect(writes).toHaveLength(1);
  });
});

describe('the budget of all queues', () => {
  test('calls those who wait in their order as long as there is room', () => {
    const budget = new OutgoingBudget({ maxBytes: 100 });
    budget.add(150);
    const called: string[] = [];
    budget.whenRoom(() => {
      called.push('first');
      budget.add(60);
    });
    budget.whenRoom(() => called.push('second'));
    budget.subtract(50);
    expect(called).toEqual([]);
    budget.subtract(50);
    expect(called).toEqual(['first']);
    budget.subtract(20);
    expect(called).toEqual(['first', 'second']);
  });
});
