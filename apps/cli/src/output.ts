/**
 * How a command speaks: results go to standard output, everything else to standard error. Writing honours
 * back-pressure, and a reader that goes away (`tidelog consume … | head`) ends the command quietly.
 */
import { once } from 'node:events';
import type { Writable } from 'node:stream';

export interface Output {
  /** True for `--json`: results are JSON, one object per line. */
  readonly json: boolean;
  /** How the user calls this program, for commands that are suggested: `tidelog`, `npx tidelog`. */
  readonly program: string;
  /** `columns` and `rows` are the size of a terminal. */
  readonly stdout: Writable & {
    readonly isTTY?: boolean;
    readonly columns?: number;
    readonly rows?: number;
  };
  readonly stderr: Writable & { readonly isTTY?: boolean };
}

/**
 * Resolves when the stream has room again; at once unless its buffer is full. Rejects when the stream broke, and
 * with an AbortError when the signal ends the wait; the bytes are on their way all the same.
 */
export async function write(
  stream: Writable,
  bytes: Uint8Array | string,
  options: { readonly signal?: AbortSignal } = {},
): Promise<void> {
  if (stream.destroyed) throw stream.errored ?? new BrokenPipe();
  if (!stream.write(bytes)) await once(stream, 'drain', options);
}

/**
 * As `write`, but resolves only once the system has taken the bytes: what a reader that went away did not take is
 * never counted as printed. Rejects as `write`.
 */
export async function writeThrough(
  stream: Writable,
  bytes: Uint8Array | string,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<void> {
  if (stream.destroyed) throw stream.errored ?? new BrokenPipe();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const abort = (): void => reject(signal?.reason as Error);
  stream.write(bytes, (error) => (error instanceof Error ? reject(error) : resolve()));
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted === true) abort();
  try {
    await promise;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

/** The reader of standard output went away. */
export class BrokenPipe extends Error {
  override readonly name = 'BrokenPipe';
}

export function isBrokenPipe(error: unknown): boolean {
  return error instanceof BrokenPipe || (error instanceof Error && 'code' in error && error.code === 'EPIPE');
}

/** Prints one result: the object as a JSON line with `--json`, else the text. */
export async function printResult(output: Output, result: { json: unknown; text: string }): Promise<void> {
  const line = output.json ? JSON.stringify(result.json) : result.text;
  if (line !== '') await write(output.stdout, `${line}\n`);
}

/** Says something that is not a result. */
export function say(output: Output, text: string): void {
  output.stderr.write(`${text}\n`);
}

/** Says what did not stop the command and should be looked at; with `--json` as a JSON line. */
export function warn(output: Output, message: string): void {
  say(output, output.json ? JSON.stringify({ event: 'warning', message }) : `tidelog: ${message}`);
}

/** `1 record`, `2 records` */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Control characters, which a terminal would obey. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/g;

/** A name that somebody else chose, on one line and with nothing in it that a terminal obeys. */
export function visible(text: string): string {
  return text.replaceAll(
    CONTROL,
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}

/**
 * Rows as an aligned table with a heading line; numbers belong right-aligned, so pass them as numbers. Text comes
 * out as `visible` makes it.
 */
export function table(heading: readonly string[], input: readonly (readonly (string | number)[])[]): string {
  const rows = input.map((row) => row.map((cell) => (typeof cell === 'number' ? cell : visible(cell))));
  const widths = heading.map((name, column) =>
    Math.max(name.length, ...rows.map((row) => String(row[column] ?? '').length)),
  );
  const line = (cells: readonly (string | number)[]): string =>
    cells
      .map((cell, column) => {
        const width = widths[column] as number;
        return typeof cell === 'number' ? String(cell).padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  return [line(heading), ...rows.map(line)].join('\n');
}
