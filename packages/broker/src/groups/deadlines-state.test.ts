import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DeadlinesState } from './deadlines-state.ts';

test('groups come out in the order of their earliest moments, each once', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 1_000 }))),
      (asked) => {
        const deadlines = new DeadlinesState();
        const earliest = new Map<string, number>();
        for (const [group, atMs] of asked) {
          const groupId = `group-${String(group)}`;
          deadlines.schedule(groupId, atMs);
          earliest.set(groupId, Math.min(atMs, earliest.get(groupId) ?? Infinity));
        }
        expect(deadlines.nextMs()).toBe(Math.min(Infinity, ...earliest.values()));
        const taken: number[] = [];
        for (let id = deadlines.takeDue(1_000); id !== undefined; id = deadlines.takeDue(1_000)) {
          taken.push(earliest.get(id)!);
          earliest.delete(id);
        }
        expect(taken).toEqual(taken.toSorted((a, b) => a - b));
        expect([earliest.size, deadlines.count]).toEqual([0, 0]);
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
  expect(deadlines.takeDue(49)).toBeUndefined();
  expect(deadlines.takeDue(50)).toBe('billing');
  expect(deadlines.takeDue(1_000)).toBeUndefined();
});
