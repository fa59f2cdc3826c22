import { expect, test } from 'vitest';
import fc from 'fast-check';
import { ManualClock } from '@tidelog/log/testing';
import { TidelogError } from '@tidelog/record/errors';
import { OffsetWaiters } from './offset-waiters.ts';

test('a wait ends when its offset is reached, and not before', async () => {
  const waiters = new OffsetWaiters(new ManualClock());
  const ended: number[] = [];
  const waits = [5, 3, 9].map((offset) =>
    waiters.wait({ offset, timeoutMs: 1000 }).then(() => ended.push(offset)),
  );
  waiters.reach(2);
  await Promise.resolve();
  expect(ended).toEqual([]);
  waiters.reach(5);
  await Promise.all(waits.slice(0, 2));
  expect(ended).toEqual([3, 5]);
  expect(waiters.size).toBe(1);
  waiters.reach(100);
  await waits[2];
  expect(waiters.size).toBe(0);
});

test('each wait has its own deadline, with one timer for all', async () => {
  const clock = new ManualClock();
  const waiters = new OffsetWaiters(clock);
  const outcomes: string[] = [];
  const wait = (timeoutMs: number): void => {
    waiters.wait({ offset: 1, timeoutMs }).catch((error: unknown) => {
      outcomes.push(`${timeoutMs}: ${(error as TidelogError).code}`);
    });
  };
  wait(500);
  wait(100);
  wait(300);
  expect(clock.pendingTimerCount).toBe(1);
  await clock.advance(100);
  expect(outcomes).toEqual(['100: REQUEST_TIMED_OUT']);
  await clock.advance(199);
  expect(outcomes.length).toBe(1);
  await clock.advance(1);
  expect(outcomes.length).toBe(2);
  await clock.advance(200);
  expect(outcomes.length).toBe(3);
  expect(clock.pendingTimerCount).toBe(0);
});

test('a wait longer than a timer can take does not end at once', async () => {
  const clock = new ManualClock();
  const waiters = new OffsetWaiters(clock);
  let isOver = false;
  waiters.wait({ offset: 1, timeoutMs: 2 ** 40 }).catch(() => (isOver = true));
  await clock.advance(2 ** 31);
  expect(isOver).toBe(false);
  expect(clock.pendingTimerCount).toBe(1);
});

test('a failure ends all waits with its reason', async () => {
  const waiters = new OffsetWaiters(new ManualClock());
  const wait = waiters.wait({ offset: 1, timeoutMs: 1000 });
  waiters.fail(new TidelogError('STORAGE_FAILED', 'the disk is gone'));
  await expect(wait).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
  expect(waiters.size).toBe(0);
});

test('in any order of waits and progress, exactly the waits that were reached have ended', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.boolean(), fc.nat({ max: 50 })), { maxLength: 60 }),
      async (steps) => {
        const waiters = new OffsetWaiters(new ManualClock());
        const ended = new Set<number>();
        const offsets: number[] = [];
        let reached = 0;
        for (const [isWait, offset] of steps) {
          if (isWait) {
            if (offset <= reached) continue;
            const index = offsets.push(offset) - 1;
            void waiters.wait({ offset, timeoutMs: 1 }).then(() => ended.add(index));
          } else {
            reached = Math.max(reached, offset);
            waiters.reach(reached);
          }
        }
        await Promise.resolve();
        const expected = offsets.flatMap((offset, index) => (offset <= reached ? [index] : []));
        expect([...ended].sort((a, b) => a - b)).toEqual(expected);
        expect(waiters.size).toBe(offsets.length - expected.length);
      },
    ),
  );
});
