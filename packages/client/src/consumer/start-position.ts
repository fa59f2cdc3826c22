/**
 * Where in a partition reading starts, and what the native protocol calls it.
 */
import { TidelogError } from '@tidelog/record/errors';

/** The oldest record, the end (only records yet to come), or the first record at or after a time. */
export type StartFrom = 'earliest' | 'latest' | { readonly timestampMs: number };
/** As `StartFrom` in the words of a seek, or an offset. */
export type SeekTo = number | 'beginning' | 'end' | { readonly timestampMs: number };
/** A place that is known, or one that the leader has to be asked for. */
export type Target = number | StartFrom;

/** Special timestamps of a ListOffsets request. */
export const LATEST_TIMESTAMP_MS = -1;
export const EARLIEST_TIMESTAMP_MS = -2;

/** What to ask the leader for. */
export function lookupTimestampMs(target: StartFrom): number {
  if (target === 'earliest') return EARLIEST_TIMESTAMP_MS;
  if (target === 'latest') return LATEST_TIMESTAMP_MS;
  return target.timestampMs;
}

/** True for a value that `startFrom` takes. */
export function isStartFrom(value: unknown): value is StartFrom {
  return value === 'earliest' || value === 'latest' || isTimestamp(value);
}

/** The place that a seek names. Throws INVALID_ARGUMENT for anything else. */
export function targetOf(to: SeekTo, what: string): Target {
  if (to === 'beginning') return 'earliest';
  if (to === 'end') return 'latest';
  if (typeof to === 'number' ? Number.isSafeInteger(to) && to >= 0 : isTimestamp(to)) return to;
  throw new TidelogError(
    'INVALID_ARGUMENT',
    `${what} is ${typeof to === 'object' ? JSON.stringify(to) : String(to)}; it must be an offset (0 or more), 'beginning', 'end' or { timestampMs }`,
  );
}

function isTimestamp(value: unknown): value is { readonly timestampMs: number } {
  if (typeof value !== 'object' || value === null || !('timestampMs' in value)) return false;
  const { timestampMs } = value;
  return Number.isSafeInteger(timestampMs) && (timestampMs as number) >= 0;
}
