/**
 * The names of the files in a partition's directory. Kafka's files are named by the offset that they start at (a
 * producer snapshot: by the offset up to which it holds), in 20 digits, so that names sort as offsets do.
 *
 * ```
 * 00000000000000000042.log                 batches from offset 42 on
 * 00000000000000000042.index               offset index of that segment
 * 00000000000000000042.timeindex           time index of that segment
 * 00000000000000000042.snapshot            producer state before offset 42 (Kafka's)
 * 00000000000000000042.producers.tidelog   what that snapshot cannot hold (ours)
 * leader-epoch-checkpoint                  leader epochs and their first offsets
 * damage.tidelog                           the quarantine mark (ours)
 * compaction.tidelog                       where offsets may be missing (ours)
 * *.deleted                                a file on its way out; removed when the log is opened
 * *.cleaned                                a cleaned segment that is being written; removed likewise
 * *.swap                                   a cleaned segment that is whole and about to replace others
 * ```
 */

export const LOG_SUFFIX = '.log';
export const OFFSET_INDEX_SUFFIX = '.index';
export const TIME_INDEX_SUFFIX = '.timeindex';
/** Kafka's index of aborted transactions; removed with its segment. */
export const TRANSACTION_INDEX_SUFFIX = '.txnindex';
export const SNAPSHOT_SUFFIX = '.snapshot';
export const PRODUCERS_SUFFIX = '.producers.tidelog';
export const DELETED_SUFFIX = '.deleted';
/** What an interrupted cleaning leaves, ours as Kafka's: one is thrown away, the other put in its place. */
export const CLEANED_SUFFIX = '.cleaned';
export const SWAP_SUFFIX = '.swap';
export const LEADER_EPOCH_FILE = 'leader-epoch-checkpoint';
export const DAMAGE_FILE = 'damage.tidelog';
export const COMPACTION_FILE = 'compaction.tidelog';

const OFFSET_DIGITS = 20;

/** `segmentFileName(42, '.log')` → `00000000000000000042.log`. */
export function segmentFileName(offset: number, suffix: string): string {
  return String(offset).padStart(OFFSET_DIGITS, '0') + suffix;
}

/** The offset in a file name with this suffix; undefined when the name is not of that form or beyond 2^53 − 1. */
export function offsetOfFileName(name: string, suffix: string): number | undefined {
  if (name.length !== OFFSET_DIGITS + suffix.length || !name.endsWith(suffix)) return undefined;
  const digits = name.slice(0, OFFSET_DIGITS);
  if (!/^\d+$/.test(digits)) return undefined;
  const offset = Number(digits);
  return Number.isSafeInteger(offset) ? offset : undefined;
}
