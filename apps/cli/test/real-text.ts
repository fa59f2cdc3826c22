/**
 * Real text to produce: the TypeScript compiler's source, some megabytes of lines of all lengths, many of them
 * empty or equal. Every line gets a key (its first word) and its number, so that each record can be told apart.
 */
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const require = createRequire(import.meta.url);

/** The bytes of the file as it is. */
export function realText(): Buffer {
  return readFileSync(require.resolve('typescript/lib/typescript.js'));
}

export interface KeyedLine {
  readonly key: string;
  readonly value: string;
}

/** The first `count` lines, keyed by their first word; the value begins with the line's number. */
export function keyedLines(count: number): KeyedLine[] {
  const lines = realText().toString('latin1').split('\n');
  return Array.from({ length: count }, (_, index) => {
    const line = lines[index % lines.length] as string;
    return { key: /\w+/.exec(line)?.[0] ?? 'none', value: `${index} ${line.replaceAll('|', '/')}` };
  });
}
