import { expect, test } from 'vitest';
import { ManualClock } from './manual-clock.ts';

test('timers fire in the order of their due times, at their due times', async () => {
  const clock = new ManualClock({ nowMs: 1000 });
  const fired: string[] = [];
  const note = (name: string) => () => fired.push(`${name}@${clock.nowMs()}`);
  clock.setTimer(20, note('b'));
  clock.setTimer(10, note('a'));
  clock.setTimer(20, note('c'));
  clock.setTimer(15, note('cancelled')).cancel();
  clock.setTimer(10, () => clock.setTimer(5, note('nested')));
  await clock.advance(20);
  expect(fired).toEqual(['a@1010', 'nested@1015', 'b@1020', 'c@1020']);
  expect(clock.monotonicMs()).toBe(20);
  expect(clock.pendingTimerCount).toBe(0);
});

test('what a timer starts goes on before the next timer', async () => {
  const clock = new ManualClock();
  const events: string[] = [];
  clock.setTimer(1, () => {
    void Promise.resolve().then(() => events.push('continued'));
  });
  clock.setTimer(2, () => events.push('second'));
  await clock.advance(5);
  expect(events).toEqual(['continued', 'second']);
});

test('deferred calls run at the end of the turn', async () => {
  const clock = new ManualClock();
  const events: string[] = [];
  clock.defer(() => {
    events.push('first');
    clock.defer(() => events.push('next turn'));
  });
  clock.defer(() => events.push('second'));
  expect(events).toEqual([]);
  await clock.advance(0);
  expect(events.slice(0, 2)).toEqual(['first', 'second']);
  await clock.advance(0);
  expect(events).toEqual(['first', 'second', 'next turn']);
});

test('a manual clock runs deferred calls only when told', async () => {
  const clock = new ManualClock({ defer: 'manual' });
  const events: string[] = [];
  clock.defer(() => events.push('deferred'));
  await clock.advance(10);
  expect(events).toEqual([]);
  clock.runDeferred();
  expect(events).toEqual(['deferred']);
});
