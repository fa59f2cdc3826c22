/**
 * A history on its way to a file: one JSON object a line, written before the writer goes on, so that a process that
 * is killed has written what it has done. The last line of a killed process may be cut.
 *
 * Times are those of the machine's monotonic clock, which all its processes share.
 */
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import type { GroupEvent } from './group-history.ts';

/** An event whose time is that of its writing. */
export type UntimedEvent = GroupEvent extends infer E
  ? E extends GroupEvent
    ? Omit<E, 'atMs'>
    : never
  : never;

/** Milliseconds of the machine's monotonic clock, with a fraction. */
export function machineMs(): number {
  return Number(process.hrtime.bigint() / 1000n) / 1000;
}

export class HistoryWriter {
  readonly #file: number;

  constructor(path: string) {
    this.#file = openSync(path, 'a');
  }

  write(event: UntimedEvent): void {
    writeSync(this.#file, `${JSON.stringify({ atMs: machineMs(), ...event })}\n`);
  }
}

/** Reads a file that is still being written. */
export class HistoryReader implements Disposable {
  readonly events: GroupEvent[] = [];
  readonly #file: number;
  readonly #chunk = Buffer.alloc(64 * 1024);
  #rest = Buffer.alloc(0);

  /** Makes the file when it is missing. */
  constructor(path: string) {
    this.#file = openSync(path, 'a+');
  }

  /** Adds what was written since the last call to `events`; returns it. */
  readNew(): GroupEvent[] {
    const added: GroupEvent[] = [];
    for (;;) {
      const sizeBytes = readSync(this.#file, this.#chunk);
      if (sizeBytes === 0) break;
      const bytes = Buffer.concat([this.#rest, this.#chunk.subarray(0, sizeBytes)]);
      const end = bytes.lastIndexOf('\n') + 1;
      for (const line of bytes.toString('utf8', 0, end).split('\n')) {
        if (line !== '') added.push(JSON.parse(line) as GroupEvent);
      }
      this.#rest = bytes.subarray(end);
    }
    this.events.push(...added);
    return added;
  }

  [Symbol.dispose](): void {
    closeSync(this.#file);
  }
}
