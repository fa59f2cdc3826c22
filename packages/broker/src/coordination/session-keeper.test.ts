import { expect, test } from 'vitest';
import { silentLogger } from '@tidelog/log';
import { ManualClock } from '@tidelog/log/testing';
import type { BrokerSession } from './coordination.ts';
import { SessionKeeper } from './session-keeper.ts';

function setUp(renew: () => Promise<boolean>): {
  clock: ManualClock;
  keeper: SessionKeeper;
  errors: string[];
  ends: () => number;
} {
  const clock = new ManualClock();
  const errors: string[] = [];
  let endCount = 0;
  const session: BrokerSession = {
    brokerId: 1,
    brokerEpoch: 5,
    leaseMs: 9000,
    renew,
    end: () => {
      endCount++;
      return Promise.resolve();
    },
  };
  const logger = { ...silentLogger, error: (_fields: object, message: string) => void errors.push(message) };
  const keeper = new SessionKeeper({ session, clock, logger });
  return { clock, keeper, errors, ends: () => endCount };
}

test('a lease is renewed three times before it would run out, also after a renewal that failed', async () => {
  let renewals = 0;
  const { clock, keeper } = setUp(() =>
    ++renewals === 2 ? Promise.reject(new Error('not reachable')) : Promise.resolve(true),
  );
  await clock.advance(9000);
  expect(renewals).toBe(3);
  await keeper.end();
  await clock.advance(9000);
  expect(renewals).toBe(3);
});

test('a session that is over is reported once, and is not renewed any more', async () => {
  let renewals = 0;
  const { clock, errors } = setUp(() => {
    renewals++;
    return Promise.resolve(false);
  });
  await clock.advance(30_000);
  expect(renewals).toBe(1);
  expect(errors).toEqual(['the session of this broker is over; start it again']);
});

test('ending twice ends once', async () => {
  const { keeper, ends, clock } = setUp(() => Promise.resolve(true));
  await Promise.all([keeper.end(), keeper.end()]);
  expect(ends()).toBe(1);
  expect(clock.pendingTimerCount).toBe(0);
});
