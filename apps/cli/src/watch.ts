/**
 * `--watch`: looks again and again. On a terminal each look takes the place of the one before; in a file or a pipe
 * they follow each other, with `--json` as lines.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { write, type Output } from './output.ts';

/** What a look found: objects for `--json`, one a line, or the text of them all. */
export interface View {
  readonly json: readonly unknown[];
  readonly text: string;
}

export interface WatchSettings {
  readonly output: Output;
  /** Between two looks; undefined: there is only one. */
  readonly seconds: number | undefined;
  /** Ends the watching without an error. */
  readonly signal: AbortSignal;
}

const CURSOR_HOME = '\u001b[H';
const CLEAR_TO_END_OF_LINE = '\u001b[K';
const CLEAR_BELOW = '\u001b[J';
const CLEAR_SCREEN = '\u001b[2J';

/** Shows what `look` finds, once or until the signal aborts. Rejects with what it throws. */
export async function watch(
  { output, seconds, signal }: WatchSettings,
  look: (signal: AbortSignal) => Promise<View>,
): Promise<void> {
  const isInPlace = seconds !== undefined && !output.json && output.stdout.isTTY === true;
  if (isInPlace) await write(output.stdout, CLEAR_SCREEN);
  try {
    for (;;) {
      const view = await look(signal);
      await show(output, view, { isInPlace });
      if (seconds === undefined) return;
      await sleep(seconds * 1000, undefined, { signal });
    }
  } catch (error) {
    if (seconds === undefined || !signal.aborted) throw error;
  }
}

async function show(output: Output, view: View, { isInPlace }: { isInPlace: boolean }): Promise<void> {
  if (output.json) {
    for (const row of view.json) await write(output.stdout, `${JSON.stringify(row)}\n`);
  } else if (isInPlace) {
    const lines = [new Date().toISOString(), ...view.text.split('\n')];
    const text = lines.map((line) => `${line}${CLEAR_TO_END_OF_LINE}\n`).join('');
    await write(output.stdout, `${CURSOR_HOME}${text}${CLEAR_BELOW}`);
  } else if (view.text !== '') {
    await write(output.stdout, `${view.text}\n`);
  }
}
