import { expect, test } from 'vitest';
import { MemoryBudget } from './memory-budget.ts';
import type { Reservation } from './memory-budget.ts';

/** Asks for memory; what was granted is filled in when it was. */
function ask(budget: MemoryBudget, sizeBytes: number, signals: AbortSignal[] = []): { got?: Reservation } {
  const asked: { got?: Reservation } = {};
  void budget.reserve(sizeBytes, signals).then((reservation) => {
    if (reservation !== undefined) asked.got = reservation;
  });
  return asked;
}

test('who finds no room waits in line, and nobody overtakes', async () => {
  const budget = new MemoryBudget({ maxBytes: 100 });
  const first = await budget.reserve(80, []);
  const large = ask(budget, 50);
  const small = ask(budget, 10);
  await Promise.resolve();
  expect([large.got, small.got, budget.waitingCount]).toEqual([undefined, undefined, 2]);
  first?.resize(40);
  await Promise.resolve();
  expect([large.got?.sizeBytes, small.got?.sizeBytes, budget.takenBytes]).toEqual([50, 10, 100]);
  first?.release();
  first?.release();
  large.got?.release();
  expect(budget.takenBytes).toBe(10);
});

test('who wants more than there is gets all of it, once nothing is taken', async () => {
  const budget = new MemoryBudget({ maxBytes: 100 });
  const first = await budget.reserve(1, []);
  const all = ask(budget, 1_000_000);
  await Promise.resolve();
  expect(all.got).toBeUndefined();
  first?.release();
  await Promise.resolve();
  expect(all.got?.sizeBytes).toBe(100);
  all.got?.resize(150);
  expect(budget.takenBytes).toBe(150);
  all.got?.release();
  all.got?.resize(10);
  expect(budget.takenBytes).toBe(0);
});

test('who gives up leaves the line to those behind', async () => {
  const budget = new MemoryBudget({ maxBytes: 100 });
  const first = await budget.reserve(60, []);
  const connection = new AbortController();
  const gone = budget.reserve(90, [connection.signal]);
  const behind = ask(budget, 40);
  connection.abort();
  expect(await gone).toBeUndefined();
  expect(behind.got?.sizeBytes).toBe(40);
  expect(await budget.reserve(1, [connection.signal])).toBeUndefined();
  first?.release();
  behind.got?.release();
  expect(budget.takenBytes).toBe(0);
});
