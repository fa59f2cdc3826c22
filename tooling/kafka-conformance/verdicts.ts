/**
 * The verdicts of a run and the file that keeps those of the last one, `verdicts.json`, and likewise the counts of
 * kafkajs's own tests in `kafkajs-suite.json`: what the page docs/reference/kafka-compatibility.md is made from. They hold no version of a Debian package, no times: what differs
 * between two machines that are both right.
 */
import { readFileSync, writeFileSync } from 'node:fs';

/** It works, or the client has no such call and the note says what there is to say. Failures are never kept. */
export type Verdict = { readonly ok: true } | { readonly ok: false; readonly note: string };

export interface ClientVerdicts {
  readonly name: string;
  readonly version: string;
  /** By the title of the scenario. */
  readonly verdicts: Readonly<Record<string, Verdict>>;
}

export interface AdvertisedApi {
  readonly apiKey: number;
  readonly minVersion: number;
  readonly maxVersion: number;
}

export interface Verdicts {
  /** As the broker's ApiVersions lists them. */
  readonly apis: readonly AdvertisedApi[];
  readonly clients: readonly ClientVerdicts[];
}

/** What became of kafkajs's own tests, in the last run that was written down. */
export interface SuiteCounts {
  /** Of kafkajs. */
  readonly commit: string;
  readonly passed: number;
  /** By the suite itself. */
  readonly skipped: number;
  /** Failed, as kafkajs-left-out.ts expects. */
  readonly leftOutTests: number;
  readonly failed: number;
}

const FILE = new URL('verdicts.json', import.meta.url);
const SUITE_FILE = new URL('kafkajs-suite.json', import.meta.url);

export function readVerdicts(): Verdicts {
  return JSON.parse(readFileSync(FILE, 'utf8')) as Verdicts;
}

export function writeVerdicts(verdicts: Verdicts): void {
  writeFileSync(FILE, `${JSON.stringify(verdicts, undefined, 2)}\n`);
}

export function readSuiteCounts(): SuiteCounts {
  return JSON.parse(readFileSync(SUITE_FILE, 'utf8')) as SuiteCounts;
}

export function writeSuiteCounts(counts: SuiteCounts): void {
  writeFileSync(SUITE_FILE, `${JSON.stringify(counts, undefined, 2)}\n`);
}

/** A line for each verdict that is not as kept. Clients that did not run are not compared, nor versions of clients. */
export function differences(kept: Verdicts, found: Verdicts): string[] {
  const lines: string[] = [];
  if (JSON.stringify(kept.apis) !== JSON.stringify(found.apis)) {
    lines.push('the APIs that the broker advertises are not those of verdicts.json');
  }
  for (const { name, verdicts } of found.clients) {
    const before = kept.clients.find((client) => client.name === name)?.verdicts ?? {};
    for (const title of new Set([...Object.keys(before), ...Object.keys(verdicts)])) {
      const [was, is] = [before[title], verdicts[title]].map((verdict) => JSON.stringify(verdict));
      if (was !== is)
        lines.push(`${name}: ${title}: verdicts.json has ${was ?? 'nothing'}, now ${is ?? 'nothing'}`);
    }
  }
  if (lines.length > 0)
    lines.push('run `pnpm kafka:conformance --write`, then `pnpm reference`, and commit both');
  return lines;
}
