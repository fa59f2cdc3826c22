import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DeadlinesState } from './deadlines-state.ts';

test('groups come out in the order of their earliest moments, each once', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 1_000 }))),
      fc.array(fc.integer({ min: 0, max: 20 })),
      (asked, forgotten) => {
        const deadlines = new DeadlinesState();
        const earliest = new Map<string, number>();
        for (const [group, atMs] of asked) {
          const groupId = `group-${String(group)}`;
          deadlines.schedule(groupId, atMs);
          earliest.set(groupId, Math.min(atMs, earliest.get(groupId) ?? Infinity));
        }
        expect(deadlines.nextMs()).toBe(Math.min(Infinity, ...earliest.values()));
        for (const groupId of forgotten.map((group) => `group-${String(group)}`)) {
          deadlines.forget(groupId);
          earliest.delete(groupId);
        }
        expect(deadlines.nextMs()).toBe(Math.min(Infinity, ...earliest.values()));
        const early = deadlines.takeAllDue(500);
        const taken = [...early, ...deadlines.takeAllDue(1_000)].map((groupId) => earliest.get(groupId)!);
        expect(early).toHaveLength(taken.filter((atMs) => atMs <= 500).length);
        expect(taken).toEqual([...earliest.values()].toSorted((a, b) => a - b));
        expect(deadlines.count).toBe(0);
      },
    ),
  );
});

test('a group whose moment has not come stays, and asking for no moment asks for nothing', () => {
  const deadlines = new DeadlinesState();
  deadlines.schedule('billing', Infinity);
  expect(deadlines.nextMs()).toBe(Infinity);
  deadlines.schedule('billing', 50);
  deadlines.schedule('billing', 90);
  expect(deadlines.takeAllDue(49)).toEqual([]);
  expect(deadlines.takeAllDue(50)).toEqual(['billing']);
  expect(deadlines.takeAllDue(1_000)).toEqual([]);
});
