import { PassThrough, Writable } from 'node:stream';
import { expect, test } from 'vitest';
import type { Output } from './output.ts';
import { watch, type View } from './watch.ts';

const INTERVAL_SECONDS = 0.001;

/** A terminal: keeps each write on its own. */
class Terminal extends Writable {
  readonly isTTY = true;
  readonly columns: number;
  readonly rows: number;
  readonly writes: string[] = [];

  constructor({ columns, rows }: { columns: number; rows: number }) {
    super();
    this.columns = columns;
    this.rows = rows;
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.writes.push(chunk.toString());
    done();
  }
}

function outputTo(stdout: Output['stdout'], json = false): Output {
  return { json, program: 'tidelog', stdout, stderr: new PassThrough() };
}

/** Shows these views one after the other; the interrupt comes in the look after the last one. */
async function watched(output: Output, views: readonly View[]): Promise<void> {
  const interrupt = new AbortController();
  const { signal } = interrupt;
  let count = 0;
  await watch({ output, intervalSeconds: INTERVAL_SECONDS, signal }, () => {
    const view = views[count++];
    if (view !== undefined) return Promise.resolve(view);
    interrupt.abort();
    return Promise.reject(new Error('the request was aborted'));
  });
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

test('in a pipe each look follows the one before, under its time', async () => {
  const stdout = new PassThrough();
  await watched(outputTo(stdout), [
    { json: [], text: 'one\ntwo' },
    { json: [], text: '' },
  ]);
  const text = String(stdout.read());
  const [first = '', second = '', ...rest] = text.split('\n\n');
  expect(rest).toEqual(['']);
  expect(first.split('\n').slice(1)).toEqual(['one', 'two']);
  for (const look of [first, second]) expect(look.split('\n')[0]).toMatch(TIME);
  expect(text).not.toContain('\u001b');
});

test('with --json every object is a line with the time of its look', async () => {
  const stdout = new PassThrough();
  await watched(outputTo(stdout, true), [
    { json: [{ lag: 2 }, { lag: 3 }], text: 'x' },
    { json: [], text: '' },
    { json: [{ lag: 0 }], text: 'x' },
  ]);
  const rows = String(stdout.read())
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { timestampMs: number; lag: number });
  expect(rows.map(({ lag }) => lag)).toEqual([2, 3, 0]);
  expect(rows[0]?.timestampMs).toBe(rows[1]?.timestampMs);
  expect(rows[2]?.timestampMs).toBeGreaterThan(rows[0]?.timestampMs ?? Infinity);
});

test('on a terminal each look takes the place of the one before, in one write, and clears what was longer', async () => {
  const terminal = new Terminal({ columns: 80, rows: 24 });
  await watched(outputTo(terminal), [
    { json: [], text: 'lag 100\nfoot' },
    { json: [], text: 'lag 9' },
  ]);
  const [clear, first, second, ...rest] = terminal.writes.map((text) => text.replaceAll('\u001b', 'ESC'));
  expect(rest).toEqual([]);
  expect(clear).toBe('ESC[2J');
  expect(first).toMatch(/^ESC\[H\d{4}-.*ZESC\[K\nlag 100ESC\[K\nfootESC\[K\nESC\[J$/);
  expect(second).toMatch(/^ESC\[H\d{4}-.*ZESC\[K\nlag 9ESC\[K\nESC\[J$/);
});

test('what a terminal has no room for is cut, so that it never scrolls', async () => {
  const terminal = new Terminal({ columns: 10, rows: 5 });
  const text = Array.from({ length: 20 }, (_, index) => `row ${index} that is too long`).join('\n');
  await watched(outputTo(terminal), [{ json: [], text }]);
  const lines = (terminal.writes[1] ?? '')
    .replaceAll('\u001b', 'ESC')
    .replaceAll(/ESC\[[HKJ]/g, '')
    .split('\n');
  expect(lines.slice(1)).toEqual(['row 0 that', 'row 1 that', '… 18 more lines'.slice(0, 10), '']);
});

test('an interrupt between two looks ends it, one before the first shows nothing', async () => {
  const stdout = new PassThrough();
  const interrupt = new AbortController();
  const { signal } = interrupt;
  let looks = 0;
  const look = (): Promise<View> => {
    looks++;
    setImmediate(() => interrupt.abort());
    return Promise.resolve({ json: [], text: 'x' });
  };
  await watch({ output: outputTo(stdout), intervalSeconds: 3600, signal }, look);
  await watch({ output: outputTo(stdout), intervalSeconds: 3600, signal }, look);
  expect(looks).toBe(1);
});

test('a look that fails ends it with its error; so does one that is interrupted without --watch', async () => {
  const output = outputTo(new PassThrough());
  const { signal } = new AbortController();
  const failing = (): Promise<View> => Promise.reject(new Error('no such group'));
  await expect(watch({ output, intervalSeconds: INTERVAL_SECONDS, signal }, failing)).rejects.toThrow(
    'no such group',
  );
  const interrupted = AbortSignal.abort();
  await expect(watch({ output, intervalSeconds: undefined, signal: interrupted }, failing)).rejects.toThrow();
});

test('without --watch there is one look, without a time', async () => {
  for (const [json, expected] of [
    [false, 'text\n'],
    [true, '{"a":1}\n{"b":2}\n'],
  ] as const) {
    const stdout = new PassThrough();
    const { signal } = new AbortController();
    const view = { json: [{ a: 1 }, { b: 2 }], text: 'text' };
    await watch({ output: outputTo(stdout, json), intervalSeconds: undefined, signal }, () =>
      Promise.resolve(view),
    );
    expect(String(stdout.read())).toBe(expected);
  }
});
