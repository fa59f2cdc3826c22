/**
 * `--watch`: looks again and again. On a terminal each look takes the place of the one before, cut to the size of
 * the terminal; in a file or a pipe they follow each other, each under its time; with `--json` they are lines, each
 * with its time.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { write, type Output } from './output.ts';

/** What a look found: objects for `--json`, one a line, or the text of them all. */
export interface View {
  readonly json: readonly object[];
  readonly text: string;
}

export interface WatchSettings {
  readonly output: Output;
  /** Between two looks; undefined: there is only one. */
  readonly intervalSeconds: number | undefined;
  /** Ends the watching without an error. */
  readonly signal: AbortSignal;
}

const CURSOR_HOME = '\u001b[H';
const CLEAR_TO_END_OF_LINE = '\u001b[K';
const CLEAR_BELOW = '\u001b[J';
const CLEAR_SCREEN = '\u001b[2J';

/** Shows what `look` finds, once or until the signal aborts. Rejects with what it throws. */
export async function watch(
  { output, intervalSeconds, signal }: WatchSettings,
  look: (signal: AbortSignal) => Promise<View>,
): Promise<void> {
  if (intervalSeconds === undefined) return showOnce(output, await look(signal));
  const isInPlace = !output.json && output.stdout.isTTY === true;
  if (isInPlace) await write(output.stdout, CLEAR_SCREEN);
  try {
    while (!signal.aborted) {
      const view = await look(signal);
      await write(output.stdout, textOfLook(output, view, { isInPlace, time: new Date() }));
      await sleep(intervalSeconds * 1000, undefined, { signal });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

async function showOnce(output: Output, view: View): Promise<void> {
  const text = output.json ? jsonLines(view.json) : view.text === '' ? '' : `${view.text}\n`;
  if (text !== '') await write(output.stdout, text);
}

function jsonLines(rows: readonly object[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

/** One of many looks, written in one piece, so that a terminal never shows half of it. */
function textOfLook(
  { json, stdout }: Output,
  view: View,
  { isInPlace, time }: { readonly isInPlace: boolean; readonly time: Date },
): string {
  if (json) return jsonLines(view.json.map((row) => ({ timestampMs: time.getTime(), ...row })));
  const lines = [time.toISOString(), ...(view.text === '' ? [] : view.text.split('\n'))];
  if (!isInPlace) return `${lines.join('\n')}\n\n`;
  const { rows = Infinity, columns = Infinity } = stdout;
  const shown = fitted(lines, rows).map((line) => `${line.slice(0, columns)}${CLEAR_TO_END_OF_LINE}\n`);
  return `${CURSOR_HOME}${shown.join('')}${CLEAR_BELOW}`;
}

/** As many lines as a terminal of so many rows shows without scrolling; the last one tells how many are missing. */
function fitted(lines: readonly string[], rows: number): readonly string[] {
  if (lines.length < rows) return lines;
  const shownCount = Math.max(1, rows - 2);
  return [...lines.slice(0, shownCount), `… ${lines.length - shownCount} more lines`];
}
