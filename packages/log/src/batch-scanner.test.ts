import { describe, expect, test } from 'vitest';
import { textBatch } from '../test/log-fixture.ts';
import { BatchScanner, type ScanOptions, type ScanStep } from './batch-scanner.ts';

/** A file of bytes that counts what is read of it. */
function fileOf(bytes: Buffer): ScanOptions['file'] & { readBytes: number } {
  return {
    readBytes: 0,
    read(target: Uint8Array, position: number): Promise<number> {
      const part = bytes.subarray(position, position + target.length);
      target.set(part);
      this.readBytes += part.length;
      return Promise.resolve(part.length);
    },
  };
}

async function scan(bytes: Buffer, options: Partial<ScanOptions> = {}): Promise<ScanStep[]> {
  const scanner = new BatchScanner({
    file: fileOf(bytes),
    position: 0,
    endPosition: bytes.length,
    verifyCrc: true,
    ...options,
  });
  const steps: ScanStep[] = [];
  for (;;) {
    const step = scanner.next() ?? (await scanner.fill());
    steps.push(step);
    if (step.kind !== 'batch') return steps;
  }
}

const offsetsOf = (steps: readonly ScanStep[]): unknown[] =>
  steps.map((step) => (step.kind === 'batch' ? step.header.baseOffset : step.kind));

const batches = Array.from({ length: 40 }, (_, index) =>
  textBatch({ values: ['x'.repeat(index * 20), 'y'], baseOffset: index * 2 }),
);
const FILE = Buffer.concat(batches);

describe('a walk', () => {
  test.each([
    ['with CRCs', { verifyCrc: true }],
    ['through a buffer smaller than the batches', { verifyCrc: true, bufferBytes: 512 }],
    ['over headers', { verifyCrc: false }],
    ['over headers through a small buffer', { verifyCrc: false, bufferBytes: 512 }],
  ])('%s passes every batch', async (_how, options) => {
    expect(offsetsOf(await scan(FILE, options))).toEqual([...batches.map((_, index) => index * 2), 'end']);
  });

  test('over the headers of large batches leaves the records unread', async () => {
    const large = Buffer.concat(
      [0, 1, 2, 3].map((baseOffset) => textBatch({ values: ['z'.repeat(300_000)], baseOffset })),
    );
    const file = fileOf(large);
    await scan(large, { file, verifyCrc: false });
    expect(file.readBytes).toBeLessThan(70_000);
  });

  test('ends at the end position', async () => {
    const first = batches[0] as Buffer;
    expect(offsetsOf(await scan(FILE, { endPosition: first.length }))).toEqual([0, 'end']);
  });
});

describe('damage', () => {
  test.each([
    ['a buffer that holds it', 1 << 20],
    ['a small buffer', 512],
  ])('a flipped bit is found through %s', async (_how, bufferBytes) => {
    const bytes = Buffer.from(FILE);
    bytes[FILE.length - 3]! ^= 4;
    const steps = await scan(bytes, { bufferBytes });
    expect(steps.at(-1)).toMatchObject({
      kind: 'damage',
      position: FILE.length - (batches[39] as Buffer).length,
    });
  });

  test('every torn end is found', async () => {
    const two = Buffer.concat(batches.slice(0, 2));
    const first = (batches[0] as Buffer).length;
    for (let size = first + 1; size < two.length; size++) {
      expect((await scan(two.subarray(0, size))).at(-1)).toMatchObject({ kind: 'damage', position: first });
    }
  });

  test('a length field of 2 GB is refused, not allocated', async () => {
    const bytes = Buffer.from(FILE);
    bytes.writeInt32BE(0x7fffffff, 8);
    expect((await scan(bytes))[0]).toMatchObject({ kind: 'damage', position: 0 });
  });
});
