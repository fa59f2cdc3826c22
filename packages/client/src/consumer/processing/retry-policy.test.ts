import { describe, expect, test } from 'vitest';
import { stepAfter, type RetryPolicy } from './retry-policy.ts';

const ALL: RetryPolicy = { maxAttempts: 3, maxRetryRounds: 2, hasDeadLetterTopic: true };

describe('after a failure', () => {
  test('a record is tried in place, then through the retry topic, then put away', () => {
    const at = (attempt: number, round: number): string =>
      stepAfter({ attempt, round, isRetriable: true }, ALL);
    expect([at(1, 0), at(2, 0), at(3, 0)]).toEqual(['again', 'again', 'retry-topic']);
    expect([at(2, 1), at(3, 1)]).toEqual(['again', 'retry-topic']);
    expect([at(2, 2), at(3, 2)]).toEqual(['again', 'dead-letter']);
  });

  test('one that is not to be tried again is put away at once', () => {
    expect(stepAfter({ attempt: 1, round: 0, isRetriable: false }, ALL)).toBe('dead-letter');
  });

  test('the run fails where there is no dead-letter topic', () => {
    const policy = { ...ALL, hasDeadLetterTopic: false };
    expect(stepAfter({ attempt: 3, round: 2, isRetriable: true }, policy)).toBe('fail');
    expect(stepAfter({ attempt: 1, round: 0, isRetriable: false }, policy)).toBe('fail');
    const inPlaceOnly = { ...policy, maxRetryRounds: 0 };
    expect(stepAfter({ attempt: 3, round: 0, isRetriable: true }, inPlaceOnly)).toBe('fail');
  });
});
