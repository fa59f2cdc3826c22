import { expect, test } from 'vitest';
import { ManualClock } from '@tidelog/log/testing';
import { ShardTimer } from './shard-timer.ts';

/** A clock of a process that can stand still: time goes on, and no timer fires. */
class StoppableClock extends ManualClock {
  #stoppedMs = 0;

  override monotonicMs(): number {
    return super.monotonicMs() + this.#stoppedMs;
  }

  standStill(ms: number): void {
    this.#stoppedMs += ms;
  }
}

function timerAt(clock: StoppableClock): { readonly timer: ShardTimer; readonly fired: number[] } {
  const fired: number[] = [];
  const timer = new ShardTimer({ clock, onDue: () => fired.push(clock.monotonicMs()) });
  return { timer, fired };
}

test('it fires at the earliest moment that was asked for, once', async () => {
  const clock = new StoppableClock();
  const { timer, fired } = timerAt(clock);
  timer.bringForward(Infinity);
  expect(clock.pendingTimerCount).toBe(0);
  timer.bringForward(80);
  timer.bringForward(50);
  timer.bringForward(70);
  await clock.advance(1_000);
  expect(fired).toEqual([50]);
  timer.set(1_200);
  timer.cancel();
  await clock.advance(1_000);
  expect(fired).toEqual([50]);
});

test('a moment in the past is due at once, and no sign of a process that stood still', async () => {
  const clock = new StoppableClock();
  const { timer, fired } = timerAt(clock);
  await clock.advance(60_000);
  timer.set(10);
  await clock.advance(1);
  expect(fired).toEqual([60_000]);
});

test.each([
  [3_000, 3_000],
  [60_000, 5_000],
])(
  'after %i ms in which the process stood still, what is due waits for %i ms',
  async (stoppedMs, waitsMs) => {
    const clock = new StoppableClock();
    const { timer, fired } = timerAt(clock);
    timer.set(10);
    clock.standStill(stoppedMs);
    await clock.advance(10);
    timer.bringForward(5);
    await clock.advance(waitsMs - 1);
    expect(fired).toEqual([]);
    await clock.advance(1);
    expect(fired).toEqual([10 + stoppedMs + waitsMs]);
  },
);

test('a process that stands still again and again does what is due all the same', async () => {
  const clock = new StoppableClock();
  const { timer, fired } = timerAt(clock);
  timer.set(10);
  clock.standStill(2_000);
  await clock.advance(10);
  clock.standStill(2_000);
  await clock.advance(2_000);
  expect(fired).toEqual([6_010]);
});
