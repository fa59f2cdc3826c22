/** Record batches for tests, and what is in some. */
import { BatchBuilder, batchesOf } from '@tidelog/record';
import type { BuildOptions } from '@tidelog/record';

/** One batch of these values, without keys. The timestamps are the manual clock's first time unless given. */
export function batchOf(
  values: readonly string[],
  { timestampMs = 1_700_000_000_000, ...options }: BuildOptions & { timestampMs?: number } = {},
): Buffer {
  const builder = new BatchBuilder();
  for (const value of values) builder.append(timestampMs, null, value);
  return builder.buildSync(options);
}

/** The values of all records, in order. */
export function valuesIn(bytes: Buffer): string[] {
  return [...batchesOf(bytes)].flatMap((batch) => {
    batch.decompressSync();
    return [...batch.records()].map((record) => record.value?.toString() ?? 'null');
  });
}
