/**
 * Finds every process that a test started, however deep and whatever group or session it moved to: a process
 * inherits its environment, so a mark in there follows. Reads /proc, which only Linux has.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

export interface Mark {
  readonly text: string;
  /** To be spread into the environment of the first process. */
  readonly env: Record<string, string>;
}

export function uniqueMark(): Mark {
  const id = randomUUID();
  return { text: `MARK_OF_TEST=${id}`, env: { MARK_OF_TEST: id } };
}

export interface MarkedProcess {
  readonly pid: number;
  readonly command: string;
}

/** The live processes that carry the mark; zombies do not count, they hold nothing. */
export function processesWith(mark: Mark): MarkedProcess[] {
  const found: MarkedProcess[] = [];
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const environment = readFileSync(`/proc/${name}/environ`, 'latin1');
      if (!environment.split('\0').includes(mark.text)) continue;
      const command = readFileSync(`/proc/${name}/cmdline`, 'latin1').replaceAll('\0', ' ').trim();
      if (command !== '') found.push({ pid: Number(name), command });
    } catch {
      // The process ended between the listing and the reading, or belongs to someone else.
    }
  }
  return found;
}

/** Waits until the condition holds; the time-out of the test is the limit. */
export async function eventually(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await delay(20);
}
