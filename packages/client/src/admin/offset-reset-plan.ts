/**
 * Where the partitions of a group go with a reset. Pure.
 *
 * What a program asks for in numbers is refused when it cannot be (an offset that the partition does not hold, a
 * shift from nowhere); a shift that leads past an end stops there.
 */
import { TidelogError } from '@tidelog/record/errors';
import type { ResetOffset, ResetTarget } from './group-shapes.ts';

/** One partition and what is known of it. */
export interface ResetCandidate {
  readonly topic: string;
  readonly partition: number;
  /** −1: nothing was committed. */
  readonly committedOffset: number;
  readonly logStartOffset: number;
  readonly logEndOffset: number;
  /** The first offset at or after the time that was asked for; −1: there is none. */
  readonly timestampOffset: number;
}

/** The new offset of a partition. Throws OFFSET_OUT_OF_RANGE or INVALID_ARGUMENT that names the partition. */
export function planReset(candidate: ResetCandidate, to: ResetTarget): ResetOffset {
  const { topic, partition, committedOffset } = candidate;
  return { topic, partition, previousOffset: committedOffset, offset: offsetOf(candidate, to) };
}

function offsetOf(candidate: ResetCandidate, to: ResetTarget): number {
  const { topic, partition, committedOffset, logStartOffset, logEndOffset, timestampOffset } = candidate;
  if (to === 'earliest') return logStartOffset;
  if (to === 'latest') return logEndOffset;
  if ('timestampMs' in to) return timestampOffset < 0 ? logEndOffset : timestampOffset;
  if ('shiftBy' in to) {
    if (committedOffset < 0) {
      throw new TidelogError(
        'INVALID_ARGUMENT',
        `resetOffsets: the group has committed nothing in ${placeOf(candidate)}, so there is nothing to shift from; leave the partition out, or reset it to 'earliest', 'latest', an offset or a time`,
        { topic, partition },
      );
    }
    return Math.min(logEndOffset, Math.max(logStartOffset, committedOffset + to.shiftBy));
  }
  if ('offset' in to) return inRange(candidate, to.offset);
  const named = to.offsets.find((each) => each.topic === topic && each.partition === partition);
  return inRange(candidate, named?.offset ?? committedOffset);
}

function inRange(candidate: ResetCandidate, offset: number): number {
  const { topic, partition, logStartOffset, logEndOffset } = candidate;
  if (offset >= logStartOffset && offset <= logEndOffset) return offset;
  throw new TidelogError(
    'OFFSET_OUT_OF_RANGE',
    `resetOffsets: offset ${offset} is outside of ${placeOf(candidate)}, which holds ${logStartOffset} to ${logEndOffset}`,
    { topic, partition, offset },
  );
}

function placeOf({ topic, partition }: ResetCandidate): string {
  return `topic ${JSON.stringify(topic)} partition ${partition}`;
}

/** Throws INVALID_ARGUMENT unless `to` is one of the ways to reset. */
export function requireResetTarget(to: ResetTarget): void {
  if (to === 'earliest' || to === 'latest') return;
  const isObject = typeof to === 'object' && (to as unknown) !== null;
  if (isObject && 'timestampMs' in to && isCount(to.timestampMs)) return;
  if (isObject && 'shiftBy' in to && Number.isSafeInteger(to.shiftBy)) return;
  if (isObject && 'offset' in to && isCount(to.offset)) return;
  if (
    isObject &&
    'offsets' in to &&
    Array.isArray(to.offsets) &&
    to.offsets.every(({ offset }) => isCount(offset))
  )
    return;
  throw new TidelogError(
    'INVALID_ARGUMENT',
    `resetOffsets: to is ${JSON.stringify(to)}; it must be 'earliest', 'latest', { timestampMs }, { shiftBy }, { offset } or { offsets: [{ topic, partition, offset }] }, in whole numbers`,
  );
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
