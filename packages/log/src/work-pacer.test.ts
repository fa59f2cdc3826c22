import { expect, test } from 'vitest';
import { ManualClock } from './manual-clock.ts';
import { WorkPacer } from './work-pacer.ts';

const options = { sliceMs: 5, sliceBytes: 1000, bytesPerSecond: Infinity, timeShare: 0.25 };

test('a slice ends after some time, and the work then rests for its share', async () => {
  const clock = new ManualClock({ nowMs: 0 });
  const pacer = new WorkPacer({ ...options, clock });
  await clock.advance(4);
  expect(pacer.isDue).toBe(false);
  await clock.advance(1);
  expect(pacer.isDue).toBe(true);
  let isRested = false;
  const rest = pacer.rest().then(() => (isRested = true));
  await clock.advance(14);
  expect(isRested).toBe(false);
  await clock.advance(1);
  await rest;
  expect(pacer.isDue).toBe(false);
});

test('a slice ends after some bytes, and the work then rests for its rate', async () => {
  const clock = new ManualClock({ nowMs: 0 });
  const pacer = new WorkPacer({ ...options, clock, bytesPerSecond: 10_000 });
  pacer.note(1000);
  expect(pacer.isDue).toBe(true);
  const rest = pacer.rest();
  expect(clock.pendingTimerCount).toBe(1);
  await clock.advance(100);
  await rest;
});

test('stopping ends a rest', async () => {
  const clock = new ManualClock({ nowMs: 0 });
  const pacer = new WorkPacer({ ...options, clock, bytesPerSecond: 1 });
  pacer.note(1000);
  const rest = pacer.rest();
  pacer.stop();
  await rest;
  expect(clock.pendingTimerCount).toBe(0);
});
