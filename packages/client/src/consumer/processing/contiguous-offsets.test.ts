import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ContiguousOffsets, type OffsetSlot } from './contiguous-offsets.ts';

describe('what may be committed', () => {
  test('is behind the first record only once that is finished, however many later ones are', () => {
    const offsets = new ContiguousOffsets();
    const [first, second, third] = [10, 11, 12].map((offset) => offsets.handOut(offset, undefined)) as [
      OffsetSlot,
      OffsetSlot,
      OffsetSlot,
    ];
    expect(offsets.finish(third)).toBeUndefined();
    expect(offsets.firstOpenOffset).toBe(10);
    expect(offsets.finish(first)?.nextOffset).toBe(11);
    expect(offsets.openCount).toBe(2);
    expect(offsets.finish(second)?.nextOffset).toBe(13);
    expect(offsets.openCount).toBe(0);
    expect(offsets.firstOpenOffset).toBeUndefined();
  });

  test('covers offsets without records at the end of a batch', () => {
    const offsets = new ContiguousOffsets();
    const slot = offsets.handOut(4, undefined);
    expect(offsets.skipTo(9, undefined)).toBeUndefined();
    expect(offsets.finish(slot)?.nextOffset).toBe(9);
    expect(offsets.skipTo(12, undefined)?.nextOffset).toBe(12);
  });

  test('equals the model for any order of endings, any records that never end, and any gaps', () => {
    const step = fc.oneof(
      { weight: 5, arbitrary: fc.record({ kind: fc.constant('hand-out' as const), gap: fc.nat(3) }) },
      { weight: 5, arbitrary: fc.record({ kind: fc.constant('finish' as const), which: fc.nat() }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('fail' as const), which: fc.nat() }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('skip' as const), gap: fc.nat(3) }) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const offsets = new ContiguousOffsets();
        /** Everything handed out, in order; a gap is an entry that is finished. */
        const model: { nextOffset: number; isDone: boolean }[] = [];
        const open: { slot: OffsetSlot; entry: (typeof model)[number] }[] = [];
        let nextOffset = 0;
        let committed = 0;
        const modelCommitted = (): number => {
          const first = model.findIndex(({ isDone }) => !isDone);
          const done = first < 0 ? model : model.slice(0, first);
          return done.at(-1)?.nextOffset ?? 0;
        };
        for (const each of steps) {
          let told: number | undefined;
          if (each.kind === 'hand-out') {
            nextOffset += each.gap;
            const entry = { nextOffset: nextOffset + 1, isDone: false };
            model.push(entry);
            open.push({ slot: offsets.handOut(nextOffset++, undefined), entry });
          } else if (each.kind === 'skip') {
            nextOffset += each.gap;
            model.push({ nextOffset, isDone: true });
            told = offsets.skipTo(nextOffset, undefined)?.nextOffset;
          } else if (open.length > 0) {
            const [item] = open.splice(each.which % open.length, 1);
            // One that failed stays open for good.
            if (each.kind === 'fail' || item === undefined) continue;
            item.entry.isDone = true;
            told = offsets.finish(item.slot)?.nextOffset;
          }
          committed = told ?? committed;
          expect(committed).toBe(modelCommitted());
          expect(offsets.openCount === 0).toBe(model.every(({ isDone }) => isDone));
        }
      }),
    );
  });

  test('needs no memory for what was committed', () => {
    const offsets = new ContiguousOffsets();
    const window: OffsetSlot[] = [];
    for (let offset = 0; offset < 100_000; offset++) {
      window.push(offsets.handOut(offset, undefined));
      if (window.length === 100) offsets.finish(window.shift() as OffsetSlot);
    }
    expect(offsets.openCount).toBe(99);
  });
});
