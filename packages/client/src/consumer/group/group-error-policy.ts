/**
 * What each error means to a member of a group.
 */
import type { ErrorCode, TidelogError } from '@tidelog/record/errors';

/**
 * - `fenced`: the group goes on without the member: everything is lost, join again.
 * - `find-coordinator`: somebody else may coordinate the group by now: look, then ask again.
 * - `retry`: the same coordinator will answer later.
 * - `unreleased`: another member has the instance id, perhaps an earlier life of this one: ask again for a while.
 * - `final`: no waiting changes it.
 */
export type HeartbeatVerdict = 'fenced' | 'find-coordinator' | 'retry' | 'unreleased' | 'final';

const COORDINATOR_ELSEWHERE: ReadonlySet<ErrorCode> = new Set([
  'NOT_COORDINATOR',
  'COORDINATOR_NOT_AVAILABLE',
  'NETWORK_EXCEPTION',
  'CONNECTION_FAILED',
  'REQUEST_TIMED_OUT',
  'CLOSED',
]);

/** True when the way to the coordinator failed, or it is not the coordinator (any more). */
export function isCoordinatorElsewhere({ code }: TidelogError): boolean {
  return COORDINATOR_ELSEWHERE.has(code);
}

/** What a failed heartbeat means. */
export function heartbeatVerdict(error: TidelogError): HeartbeatVerdict {
  if (isCoordinatorElsewhere(error)) return 'find-coordinator';
  switch (error.code) {
    case 'FENCED_MEMBER_EPOCH':
    case 'UNKNOWN_MEMBER_ID':
    case 'STALE_MEMBER_EPOCH':
      return 'fenced';
    case 'UNRELEASED_INSTANCE_ID':
      return 'unreleased';
    default:
      return error.retriable ? 'retry' : 'final';
  }
}

/**
 * - `retry`: later, and elsewhere if need be.
 * - `refresh`: with the member's present epoch, if it is a member still.
 * - `fenced`: the group goes on without the member: nothing can be committed.
 * - `fail`: no waiting changes it.
 */
export type CommitVerdict = 'retry' | 'refresh' | 'fenced' | 'fail';

/** What a failed commit means, of all its partitions or of one. */
export function commitVerdict(error: TidelogError): CommitVerdict {
  switch (error.code) {
    case 'STALE_MEMBER_EPOCH':
      return 'refresh';
    case 'FENCED_MEMBER_EPOCH':
    case 'UNKNOWN_MEMBER_ID':
    case 'FENCED_INSTANCE_ID':
    case 'ILLEGAL_GENERATION':
      return 'fenced';
    // The coordinator assigned it, so it knew it: the topic was deleted.
    case 'UNKNOWN_TOPIC_OR_PARTITION':
    case 'UNKNOWN_TOPIC_ID':
      return 'fail';
    default:
      return error.retriable || isCoordinatorElsewhere(error) ? 'retry' : 'fail';
  }
}
