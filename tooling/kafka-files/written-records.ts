/**
 * The records that every writer writes: keys and values of which some are null, headers, and timestamps that jump to
 * and fro, so that the largest of a batch is seldom its last. Half of each value is noise, so that segments roll
 * whatever the codec.
 */

export interface WrittenRecord {
  readonly key: string | null;
  readonly value: string | null;
  readonly headers: readonly (readonly [string, string])[];
  /** Undefined: the client stamps the record when it takes it. */
  readonly timestampMs: number | undefined;
}

const SPREAD_MS = 10_000;

/** The same for the same seed. */
export function recordsToWrite({
  count,
  firstMs,
  seed,
}: {
  count: number;
  firstMs: number;
  seed: number;
}): WrittenRecord[] {
  let state = seed;
  const next = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0);
  return Array.from({ length: count }, (_, index) => ({
    key: index % 7 === 3 ? null : `key-${index % 50}`,
    value:
      index % 11 === 5 ? null : `${index}:${Array.from({ length: 12 }, () => next().toString(36)).join('')}`,
    headers: index % 5 === 0 ? [['trace', String(index)]] : [],
    timestampMs: firstMs + index * 10 + (next() % SPREAD_MS),
  }));
}

/** The same with a key in each, as compacted topics want it. */
export function keyed(records: readonly WrittenRecord[]): WrittenRecord[] {
  return records.map((record, index) => ({ ...record, key: `key-${index % 40}` }));
}
