/** Where `tidelog group reset` goes, from its options. Known before anything is loaded that talks to a broker. */
import type { ResetTarget, TopicPartition } from '@tidelog/client';

/** The options of which a command line has exactly one. */
export interface ResetTargetOptions {
  readonly toEarliest?: boolean;
  readonly toLatest?: boolean;
  readonly toOffset?: number;
  /** Milliseconds since the Unix epoch. */
  readonly toTimestamp?: number;
  readonly shiftBy?: number;
  readonly to?: readonly (TopicPartition & { readonly offset: number })[];
}

/** The one place to go to that the options name; undefined when they name none, or more than one. */
export function resetTargetOf(options: ResetTargetOptions): ResetTarget | undefined {
  const { toEarliest, toLatest, toOffset, toTimestamp, shiftBy, to } = options;
  const targets: readonly (ResetTarget | undefined)[] = [
    toEarliest === true ? 'earliest' : undefined,
    toLatest === true ? 'latest' : undefined,
    toOffset === undefined ? undefined : { offset: toOffset },
    toTimestamp === undefined ? undefined : { timestampMs: toTimestamp },
    shiftBy === undefined ? undefined : { shiftBy },
    to === undefined ? undefined : { offsets: to },
  ];
  const given = targets.filter((target) => target !== undefined);
  return given.length === 1 ? given[0] : undefined;
}
