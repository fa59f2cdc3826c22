import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TidelogError, type ErrorCode } from '@tidelog/record/errors';
import {
  newMembershipState,
  nextTickAtMs,
  step,
  type MembershipEffect,
  type MembershipEvent,
  type MembershipState,
} from './group-membership-state.ts';
import type { PartitionKey } from './partition-key.ts';

const POLICY = { isStatic: false, unreleasedTimeoutMs: 60_000 };
const INTERVAL_MS = 1_000;
const SESSION_MS = 9_000;

type TimelessEvent = MembershipEvent extends infer E ? (E extends unknown ? Omit<E, 'nowMs'> : never) : never;

/** A member whose time the test moves. */
class Member {
  readonly state: MembershipState = newMembershipState();
  nowMs = 0;

  apply(event: TimelessEvent, policy = POLICY): MembershipEffect[] {
    return step(this.state, { ...event, nowMs: this.nowMs } as MembershipEvent, policy);
  }

  at(nowMs: number): this {
    this.nowMs = nowMs;
    return this;
  }

  /** The coordinator answers the heartbeat on its way. */
  answer(memberEpoch: number, assignment?: readonly PartitionKey[]): MembershipEffect[] {
    return this.apply({
      kind: 'answered',
      requestId: this.state.lastRequestId,
      memberEpoch,
      heartbeatIntervalMs: INTERVAL_MS,
      sessionTimeoutMs: SESSION_MS,
      assignment,
    });
  }

  refuse(code: ErrorCode, retryInMs = 100, policy = POLICY): MembershipEffect[] {
    const error = new TidelogError(code, 'no');
    return this.apply({ kind: 'refused', requestId: this.state.lastRequestId, error, retryInMs }, policy);
  }
}

function joined(assignment: readonly PartitionKey[] = ['t:0', 't:1'], epoch = 3): Member {
  const member = new Member();
  member.apply({ kind: 'start' });
  member.answer(epoch, assignment);
  return member;
}

const kinds = (effects: readonly MembershipEffect[]): string[] => effects.map(({ kind }) => kind);

describe('joining', () => {
  test('says everything with epoch 0, and owns what the answer gives', () => {
    const member = new Member();
    expect(member.apply({ kind: 'start' })).toEqual([
      { kind: 'heartbeat', requestId: 1, memberEpoch: 0, isFull: true, owned: [] },
    ]);
    expect(member.answer(3, ['t:0'])).toEqual([
      { kind: 'joined' },
      { kind: 'epoch-changed' },
      { kind: 'assign', tenure: 0, partitions: ['t:0'] },
    ]);
    expect(nextTickAtMs(member.state)).toBe(INTERVAL_MS);
  });

  test('is tried again after errors that pass, elsewhere where it helps', () => {
    const member = new Member();
    member.apply({ kind: 'start' });
    expect(kinds(member.refuse('COORDINATOR_LOAD_IN_PROGRESS'))).toEqual([]);
    expect(kinds(member.at(100).apply({ kind: 'tick' }))).toEqual(['heartbeat']);
    expect(kinds(member.refuse('NOT_COORDINATOR'))).toEqual(['find-coordinator']);
    expect(kinds(member.at(200).apply({ kind: 'tick' }))).toEqual(['heartbeat']);
  });

  test.each([
    'INVALID_GROUP_ID',
    'GROUP_AUTHORIZATION_FAILED',
    'INVALID_REGULAR_EXPRESSION',
    'UNSUPPORTED_ASSIGNOR',
    'GROUP_MAX_SIZE_REACHED',
    'FENCED_INSTANCE_ID',
    'INCONSISTENT_GROUP_PROTOCOL',
  ] as const)('ends with %s', (code) => {
    const member = new Member();
    member.apply({ kind: 'start' });
    expect(member.refuse(code)).toMatchObject([{ kind: 'fail', error: { code } }]);
    expect(nextTickAtMs(member.state)).toBe(Infinity);
  });

  test('waits for an instance id that another life still holds, but not for ever', () => {
    const member = new Member();
    member.apply({ kind: 'start' });
    for (let nowMs = 0; nowMs < POLICY.unreleasedTimeoutMs; nowMs += 1_000) {
      expect(kinds(member.at(nowMs).refuse('UNRELEASED_INSTANCE_ID', 1_000))).toEqual([]);
      member.at(nowMs + 1_000).apply({ kind: 'tick' });
    }
    expect(kinds(member.refuse('UNRELEASED_INSTANCE_ID', 1_000))).toEqual(['fail']);
  });
});

describe('heartbeats', () => {
  test('go out every interval and say only what has changed', () => {
    const member = joined();
    expect(member.at(1_000).apply({ kind: 'tick' })).toEqual([
      { kind: 'heartbeat', requestId: 2, memberEpoch: 3, isFull: false, owned: ['t:0', 't:1'] },
    ]);
    member.answer(3);
    expect(member.at(2_000).apply({ kind: 'tick' })).toMatchObject([{ isFull: false, owned: undefined }]);
  });

  test('say everything after one that failed: what its answer would have told is not known', () => {
    const member = joined();
    member.at(1_000).apply({ kind: 'tick' });
    member.refuse('NETWORK_EXCEPTION');
    expect(member.at(1_100).apply({ kind: 'tick' })).toMatchObject([
      { memberEpoch: 3, isFull: true, owned: ['t:0', 't:1'] },
    ]);
  });

  test('say everything when the member subscribes to something else meanwhile', () => {
    const member = joined();
    member.at(1_000).apply({ kind: 'tick' });
    member.apply({ kind: 'subscription-changed' });
    expect(member.answer(3)).toMatchObject([{ kind: 'heartbeat', isFull: true }]);
  });

  test('are at most one on the way; a late answer to another changes nothing', () => {
    const member = joined();
    member.at(1_000).apply({ kind: 'tick' });
    expect(member.at(3_000).apply({ kind: 'tick' })).toEqual([]);
    const late = {
      requestId: 1,
      memberEpoch: 9,
      heartbeatIntervalMs: 1,
      sessionTimeoutMs: 1,
      assignment: [],
    };
    expect(member.apply({ kind: 'answered', ...late })).toEqual([]);
    expect(member.state.memberEpoch).toBe(3);
  });
});

describe('a new assignment', () => {
  test('leaves alone what stays, and takes up what is new at once', () => {
    const member = joined(['t:0', 't:1']);
    member.at(1_000).apply({ kind: 'tick' });
    expect(member.answer(4, ['t:1', 't:2'])).toEqual([
      { kind: 'epoch-changed' },
      { kind: 'revoke', tenure: 0, partitions: ['t:0'] },
      { kind: 'assign', tenure: 0, partitions: ['t:2'] },
    ]);
  });

  test('is acknowledged at once when the program is done with what was taken, not before', () => {
    const member = joined(['t:0', 't:1']);
    member.at(1_000).apply({ kind: 'tick' });
    member.answer(3, ['t:1']);
    expect(member.at(2_000).apply({ kind: 'tick' })).toMatchObject([{ owned: undefined }]);
    member.answer(3);
    expect(member.at(2_500).apply({ kind: 'revoked', tenure: 0, partitions: ['t:0'] })).toMatchObject([
      { kind: 'heartbeat', owned: ['t:1'] },
    ]);
  });
});

describe('losing everything', () => {
  test.each(['FENCED_MEMBER_EPOCH', 'UNKNOWN_MEMBER_ID'] as const)('%s: joins again at once', (code) => {
    const member = joined(['t:0']);
    member.at(1_000).apply({ kind: 'tick' });
    expect(member.refuse(code)).toMatchObject([
      { kind: 'lose', partitions: ['t:0'], error: { code: 'REBALANCE_IN_PROGRESS' } },
      { kind: 'heartbeat', memberEpoch: 0, isFull: true, owned: [] },
    ]);
    // Not at once again: nobody is served by a storm.
    expect(kinds(member.refuse(code))).toEqual([]);
    expect(nextTickAtMs(member.state)).toBe(1_100);
  });

  test('happens by itself, a session after the last heartbeat that was answered was sent', () => {
    const member = joined(['t:0']);
    member.at(1_000).apply({ kind: 'tick' });
    member.at(1_400).answer(3);
    expect(member.at(9_999).apply({ kind: 'tick' })).toMatchObject([{ kind: 'heartbeat', memberEpoch: 3 }]);
    expect(kinds(member.at(10_000).apply({ kind: 'tick' }))).toEqual(['lose', 'heartbeat']);
    expect(member.state.phase).toBe('joining');
  });

  test('is not undone by an answer that waited while the process stood still', () => {
    const member = joined(['t:0']);
    member.at(1_000).apply({ kind: 'tick' });
    expect(kinds(member.at(60_000).answer(3))).toEqual(['lose', 'heartbeat']);
    expect(member.state.owned.size).toBe(0);
  });

  test('makes what was begun before it meaningless', () => {
    const member = joined(['t:0']);
    member.at(1_000).apply({ kind: 'tick' });
    member.answer(3, []);
    member.at(20_000).apply({ kind: 'tick' });
    member.answer(7, ['t:0']);
    expect(member.apply({ kind: 'revoked', tenure: 0, partitions: ['t:0'] })).toEqual([]);
    expect([...member.state.owned]).toEqual(['t:0']);
  });
});

describe('leaving', () => {
  test('gives up everything first, with heartbeats meanwhile', () => {
    const member = joined(['t:0']);
    expect(member.apply({ kind: 'close' })).toMatchObject([{ kind: 'revoke', partitions: ['t:0'] }]);
    expect(member.at(1_000).apply({ kind: 'tick' })).toMatchObject([{ kind: 'heartbeat', memberEpoch: 3 }]);
    expect(kinds(member.answer(4, ['t:0', 't:1']))).toEqual(['epoch-changed']);
    expect(member.apply({ kind: 'revoked', tenure: 0, partitions: ['t:0'] })).toMatchObject([
      { kind: 'heartbeat', memberEpoch: -1, owned: undefined },
    ]);
    expect(kinds(member.answer(-1))).toEqual(['left']);
    expect(nextTickAtMs(member.state)).toBe(Infinity);
  });

  test('of a static member keeps its place for a session', () => {
    const member = joined([]);
    expect(member.apply({ kind: 'close' }, { ...POLICY, isStatic: true })).toMatchObject([
      { memberEpoch: -2 },
    ]);
  });

  test('at once drops everything', () => {
    const member = joined(['t:0']);
    expect(member.apply({ kind: 'leave' })).toMatchObject([{ kind: 'heartbeat', memberEpoch: -1 }]);
  });

  test('of one that never asked is silent', () => {
    expect(kinds(new Member().apply({ kind: 'close' }))).toEqual(['left']);
  });
});

/** What a run of random events may contain; `n` picks among what is possible at that moment. */
const happening = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('answer' as const), bits: fc.nat(63), epoch: fc.nat(3) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('answer-unchanged' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('refuse' as const),
      code: fc.constantFrom<ErrorCode>(
        'NETWORK_EXCEPTION',
        'COORDINATOR_LOAD_IN_PROGRESS',
        'FENCED_MEMBER_EPOCH',
        'UNKNOWN_MEMBER_ID',
        'GROUP_MAX_SIZE_REACHED',
      ),
    }),
  },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('program-done' as const), n: fc.nat(9) }) },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('time' as const), ms: fc.integer({ min: 1, max: 3_000 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('stop' as const), ms: fc.integer({ min: 9_000, max: 20_000 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom('heartbeat-wanted' as const, 'subscription-changed' as const),
    }),
  },
);

test('in any history: owns only what was given, tells of giving up only what the program is done with, commits nothing lost', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 120 }), fc.boolean(), (happenings, isClosedInTheEnd) => {
      const member = new Member();
      /** What the program works with, by the effects alone. */
      const working = new Set<PartitionKey>();
      const revoking: { tenure: number; partitions: readonly PartitionKey[] }[] = [];
      let given = new Set<PartitionKey>();
      let lastAnswerSentAtMs = -Infinity;
      let inFlight = 0;
      const carryOut = (effects: readonly MembershipEffect[]): void => {
        for (const effect of effects) {
          switch (effect.kind) {
            case 'assign':
              for (const key of effect.partitions) {
                expect(given.has(key), `${key} was not given`).toBe(true);
                expect(working.has(key), `${key} twice`).toBe(false);
                working.add(key);
              }
              break;
            case 'revoke':
              for (const key of effect.partitions) expect(working.has(key)).toBe(true);
              revoking.push({ tenure: effect.tenure, partitions: effect.partitions });
              break;
            case 'lose':
              expect(new Set(effect.partitions)).toEqual(working);
              working.clear();
              break;
            case 'heartbeat':
              inFlight = effect.requestId;
              // A partition that the program works with is never left out of what is told.
              if (effect.owned !== undefined) expect(new Set(effect.owned)).toEqual(working);
              if (effect.memberEpoch === 0) expect(effect.owned).toEqual([]);
              if (effect.memberEpoch > 0) expect(member.nowMs - lastAnswerSentAtMs).toBeLessThan(SESSION_MS);
              break;
          }
        }
        // Whatever may be committed is owned within a session that is alive.
        expect(new Set(member.state.owned)).toEqual(working);
        if (working.size > 0) expect(member.nowMs - lastAnswerSentAtMs).toBeLessThan(SESSION_MS);
      };
      const answer = (epoch: number, assignment: readonly PartitionKey[] | undefined): void => {
        const { request } = member.state;
        if (request === undefined || request.id !== inFlight) return;
        if (assignment !== undefined) given = new Set(assignment);
        lastAnswerSentAtMs = request.sentAtMs;
        carryOut(member.answer(epoch, assignment));
      };
      carryOut(member.apply({ kind: 'start' }));
      for (const each of happenings) {
        if (each.kind === 'answer') {
          const assignment = [0, 1, 2, 3, 4, 5].filter((n) => (each.bits >> n) & 1).map((n) => `t:${n}`);
          answer(Math.max(1, member.state.memberEpoch) + each.epoch, assignment);
        } else if (each.kind === 'answer-unchanged') {
          answer(Math.max(1, member.state.memberEpoch), undefined);
        } else if (each.kind === 'refuse') {
          if (member.state.request !== undefined) carryOut(member.refuse(each.code));
        } else if (each.kind === 'program-done') {
          const [job] = revoking.splice(each.n % Math.max(1, revoking.length), 1);
          if (job === undefined) continue;
          if (job.tenure === member.state.tenure) for (const key of job.partitions) working.delete(key);
          carryOut(member.apply({ kind: 'revoked', ...job }));
        } else if (each.kind === 'time' || each.kind === 'stop') {
          member.nowMs += each.ms;
          carryOut(member.apply({ kind: 'tick' }));
        } else {
          carryOut(member.apply({ kind: each.kind }));
        }
      }
      if (!isClosedInTheEnd) return;
      carryOut(member.apply({ kind: 'close' }));
      for (const job of revoking) {
        if (job.tenure === member.state.tenure) for (const key of job.partitions) working.delete(key);
        carryOut(member.apply({ kind: 'revoked', ...job }));
      }
      if (member.state.request !== undefined) member.refuse('UNKNOWN_MEMBER_ID');
      expect(working.size).toBe(0);
      expect(member.state.phase).toBe('left');
    }),
    { numRuns: 2_000 },
  );
});
