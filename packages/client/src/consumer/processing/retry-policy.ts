/**
 * What follows when the program could not handle a record. Pure.
 *
 *   call fails → again in place (maxAttempts calls, growing waits) → retry topic (maxRetryRounds times, each with
 *   maxAttempts calls in place) → dead-letter topic → the run fails
 *
 * Steps that are not configured are left out.
 */

export interface RetryPolicy {
  /** Calls in place, the first one included. */
  readonly maxAttempts: number;
  /** How often a record goes through the retry topic; 0 without one. */
  readonly maxRetryRounds: number;
  readonly hasDeadLetterTopic: boolean;
}

export interface Failure {
  /** Which call in place failed: 1, 2, … */
  readonly attempt: number;
  /** How often the record went through the retry topic. */
  readonly round: number;
  /** False: trying again would not help. */
  readonly isRetriable: boolean;
}

export type FailureStep = 'again' | 'retry-topic' | 'dead-letter' | 'fail';

/** The step after a failure. */
export function stepAfter({ attempt, round, isRetriable }: Failure, policy: RetryPolicy): FailureStep {
  if (isRetriable && attempt < policy.maxAttempts) return 'again';
  if (isRetriable && round < policy.maxRetryRounds) return 'retry-topic';
  return policy.hasDeadLetterTopic ? 'dead-letter' : 'fail';
}
