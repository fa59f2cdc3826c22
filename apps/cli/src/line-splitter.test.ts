import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineSplitter } from './line-splitter.ts';

function linesOf(chunks: readonly Buffer[]): string[] {
  const splitter = new LineSplitter(1 << 20);
  const lines = chunks.flatMap((chunk) => [...splitter.push(chunk)].map((line) => line.toString('latin1')));
  return [...lines, ...[...splitter.end()].map((line) => line.toString('latin1'))];
}

test('lines are the bytes between newlines, however the stream is cut into chunks', () => {
  fc.assert(
    fc.property(
      fc.array(fc.stringMatching(/^[a-z\r \xff]{0,12}$/), { maxLength: 20 }),
      fc.boolean(),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 40 }),
      (lines, endsWithNewline, sizes) => {
        const text = lines.join('\n') + (endsWithNewline ? '\n' : '');
        const bytes = Buffer.from(text, 'latin1');
        const chunks: Buffer[] = [];
        for (let at = 0, turn = 0; at < bytes.length; turn++) {
          const size = sizes[turn % sizes.length] as number;
          chunks.push(bytes.subarray(at, at + size));
          at += size;
        }
        const expected = text.split('\n');
        if (expected.at(-1) === '') expected.pop();
        expect(linesOf(chunks)).toEqual(expected);
      },
    ),
  );
});

test('a carriage return belongs to the line', () => {
  expect(linesOf([Buffer.from('a\r\nb\r\n')])).toEqual(['a\r', 'b\r']);
});

test('a line beyond the limit is an error instead of a full memory', () => {
  const splitter = new LineSplitter(10);
  expect([...splitter.push(Buffer.from('12345678'))]).toEqual([]);
  expect(() => [...splitter.push(Buffer.from('90123'))]).toThrow(/longer than 10 bytes/);
});
