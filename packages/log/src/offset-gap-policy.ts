/**
 * Where offsets may be missing. Appends leave none out, so a gap is damage, except where the log was compacted:
 * there records, and whole batches, are gone (docs/decisions/0005).
 *
 * Invariant: compaction has only ever touched offsets below `gapsBelow` of its log, and what begins at `gapsBelow` or
 * above it is dense. A log that was never compacted has 0.
 */

/** Whether a batch that begins at `baseOffset` may come where `expectedOffset` is next. */
export function mayFollow(
  baseOffset: number,
  at: { readonly expectedOffset: number; readonly gapsBelow: number },
): boolean {
  if (baseOffset === at.expectedOffset) return true;
  return baseOffset > at.expectedOffset && baseOffset <= at.gapsBelow;
}
