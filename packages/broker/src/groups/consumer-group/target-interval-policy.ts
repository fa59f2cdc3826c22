/**
 * How often the target assignment of a group may be computed. Nearly every group: whenever something changes. A large
 * one, at most about twice a second: when a thousand members start together, each of them would otherwise write a new
 * target for all.
 *
 * A change that has to wait is picked up by the next heartbeat of any member after that; members that wait for their
 * first partitions are the price.
 */

/** Members and topics' partitions together; computing and writing a target for these takes a few milliseconds. */
const FREE_SIZE = 2_000;
const SIZE_PER_MS = 20;
const MAX_INTERVAL_MS = 1_000;

/** Milliseconds. */
export function targetIntervalMs(size: {
  readonly memberCount: number;
  readonly partitionCount: number;
}): number {
  const total = size.memberCount + size.partitionCount;
  return total <= FREE_SIZE ? 0 : Math.min(total / SIZE_PER_MS, MAX_INTERVAL_MS);
}
