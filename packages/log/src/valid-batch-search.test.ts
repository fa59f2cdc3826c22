import { expect, test } from 'vitest';
import { textBatch } from '../test/log-fixture.ts';
import { findValidBatch } from './valid-batch-search.ts';

function search(
  bytes: Buffer,
  range: Partial<Parameters<typeof findValidBatch>[1]> = {},
): ReturnType<typeof findValidBatch> {
  const file = {
    read(target: Uint8Array, position: number): Promise<number> {
      const part = bytes.subarray(position, position + target.length);
      target.set(part);
      return Promise.resolve(part.length);
    },
  };
  return findValidBatch(file, {
    position: 0,
    endPosition: bytes.length,
    minOffset: 1,
    maxOffset: 1_000_000,
    ...range,
  });
}

const NEXT = textBatch({ values: ['next'], baseOffset: 5 });

test('a valid batch is found at any position', async () => {
  for (let before = 1; before < 200; before += 7) {
    const { found } = await search(Buffer.concat([Buffer.alloc(before, 0xaa), NEXT, Buffer.alloc(9)]));
    expect(found).toEqual({ position: before, baseOffset: 5 });
  }
});

test('one that lies across the windows of the search is found', async () => {
  for (const before of [262_100, 262_144, 262_083, 524_200]) {
    expect((await search(Buffer.concat([Buffer.alloc(before, 2), NEXT]))).found?.position).toBe(before);
  }
});

test('a large one is compared with its CRC through a bounded buffer', async () => {
  const large = textBatch({ values: ['x'.repeat(700_000)], baseOffset: 5 });
  expect((await search(Buffer.concat([Buffer.alloc(10), large]))).found?.position).toBe(10);
  large[600_000]! ^= 1;
  expect((await search(Buffer.concat([Buffer.alloc(10), large]))).found).toBeUndefined();
});

test('the damaged batch itself, one with a wrong CRC and one with an impossible offset do not count', async () => {
  expect((await search(NEXT)).found).toBeUndefined();
  const wrong = Buffer.from(NEXT);
  wrong[wrong.length - 2]! ^= 1;
  expect((await search(Buffer.concat([Buffer.alloc(3), wrong]))).found).toBeUndefined();
  expect((await search(Buffer.concat([Buffer.alloc(3), NEXT]), { minOffset: 6 })).found).toBeUndefined();
  expect((await search(Buffer.concat([Buffer.alloc(3), NEXT]), { maxOffset: 4 })).found).toBeUndefined();
});

test.each<[string, boolean, Buffer]>([
  ['zeros up to the next batch', true, Buffer.concat([Buffer.alloc(50, 1), Buffer.alloc(5), NEXT])],
  [
    'zeros up to the end of a sector',
    true,
    Buffer.concat([Buffer.alloc(490, 1), Buffer.alloc(22), Buffer.alloc(9, 1), NEXT]),
  ],
  [
    'zeros from the start of a sector on',
    true,
    Buffer.concat([Buffer.alloc(512, 1), Buffer.alloc(30), Buffer.alloc(9, 1), NEXT]),
  ],
  [
    'a whole sector of zeros',
    true,
    Buffer.concat([Buffer.alloc(512, 1), Buffer.alloc(512), Buffer.alloc(600, 1), NEXT]),
  ],
  [
    'zeros inside a sector, as headers hold them',
    false,
    Buffer.concat([Buffer.alloc(50, 1), Buffer.alloc(17), Buffer.alloc(9, 1), NEXT]),
  ],
  ['the two zeros that end a batch', false, Buffer.concat([Buffer.alloc(50, 1), Buffer.alloc(2), NEXT])],
  ['no zeros', false, Buffer.concat([Buffer.alloc(1100, 1), NEXT])],
])('%s: a hole is %s', async (_what, isHole, bytes) => {
  expect(await search(bytes)).toMatchObject({ found: { baseOffset: 5 }, holdsHole: isHole });
});
