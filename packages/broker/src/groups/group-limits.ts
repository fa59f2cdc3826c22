/**
 * What clients can make grow is bounded here, so that no client can fill the memory of a coordinator: the length of
 * group ids, and groups and committed offsets of one partition of `__consumer_offsets`. The limits of one group are
 * options (`group.max.size`) and beside what they limit.
 */
import { TidelogError } from '@tidelog/record/errors';
import type { GroupCoordinatorState } from './group-coordinator-state.ts';

/** Characters of a group id. Kafka has no limit. */
export const GROUP_ID_MAX_LENGTH = 255;
/** Groups with members, or about to have some, of one partition of `__consumer_offsets`. */
export const MAX_GROUPS = 100_000;
/** Committed offsets of one partition of `__consumer_offsets`. */
export const MAX_COMMITTED_OFFSETS = 5_000_000;

/** INVALID_GROUP_ID for an id that is empty or too long. */
export function groupIdProblem(groupId: string): TidelogError | undefined {
  if (groupId !== '' && groupId.length <= GROUP_ID_MAX_LENGTH) return undefined;
  return new TidelogError(
    'INVALID_GROUP_ID',
    groupId === ''
      ? 'a group id must not be empty'
      : `a group id has at most ${GROUP_ID_MAX_LENGTH} characters; this one has ${groupId.length}`,
  );
}

/** Why the coordinator takes no further group. */
export function groupCountProblem(state: GroupCoordinatorState): TidelogError | undefined {
  if (state.groups.size < MAX_GROUPS) return undefined;
  return new TidelogError(
    'POLICY_VIOLATION',
    `the coordinator has ${MAX_GROUPS} groups; delete some, or spread them over more partitions of __consumer_offsets`,
  );
}
