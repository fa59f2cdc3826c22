import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PartitionsByTopic } from '../group-records.ts';
import { hasSamePartitions, NO_PARTITIONS } from '../consumer-group/partitions-by-topic.ts';
import { fitsRack } from './assignor.ts';
import type { Assignor, AssignorMember, AssignorTopic } from './assignor.ts';
import { rangeAssignor } from './range-assignor.ts';
import { preferredAssignor } from './server-assignors.ts';
import { uniformAssignor } from './uniform-assignor.ts';

const RACKS = ['east', 'west', 'north'];

interface Input {
  readonly members: readonly AssignorMember[];
  readonly topics: ReadonlyMap<string, AssignorTopic>;
}

function topicOf(
  topicId: string,
  partitionCount: number,
  racks?: (partition: number) => string[],
): AssignorTopic {
  return { topicId, partitionCount, racksOf: racks ?? (() => []) };
}

function memberOf(memberId: string, topicIds: readonly string[], rackId?: string): AssignorMember {
  return { memberId, instanceId: undefined, rackId, topicIds, previous: NO_PARTITIONS };
}

function inputOf(members: readonly AssignorMember[], topics: readonly AssignorTopic[]): Input {
  return { members, topics: new Map(topics.map((topic) => [topic.topicId, topic])) };
}

function assigned(assignor: Assignor, { members, topics }: Input): Map<string, PartitionsByTopic> {
  return assignor.assign(members, topics);
}

/** The same members with what they were assigned. */
function after(
  members: readonly AssignorMember[],
  outcome: ReadonlyMap<string, PartitionsByTopic>,
): AssignorMember[] {
  return members.map((member) => ({ ...member, previous: outcome.get(member.memberId) ?? NO_PARTITIONS }));
}

function ownersOf(outcome: ReadonlyMap<string, PartitionsByTopic>): Map<string, string> {
  const owners = new Map<string, string>();
  for (const [memberId, byTopic] of outcome) {
    for (const [topicId, partitions] of byTopic) {
      expect(partitions.length).toBeGreaterThan(0);
      for (const partition of partitions) {
        const key = `${topicId}-${String(partition)}`;
        expect(owners.has(key), `${key} has two owners`).toBe(false);
        owners.set(key, memberId);
      }
    }
  }
  return owners;
}

function loadsOf(
  members: readonly AssignorMember[],
  outcome: ReadonlyMap<string, PartitionsByTopic>,
): number[] {
  return members.map(({ memberId }) =>
    [...(outcome.get(memberId) ?? NO_PARTITIONS).values()].reduce((sum, { length }) => sum + length, 0),
  );
}

function expectCoverage({ members, topics }: Input, outcome: ReadonlyMap<string, PartitionsByTopic>): void {
  const byId = new Map(members.map((member) => [member.memberId, member]));
  const owners = ownersOf(outcome);
  const wanted = new Set(members.flatMap(({ topicIds }) => topicIds));
  let total = 0;
  for (const topic of topics.values()) {
    if (!wanted.has(topic.topicId)) continue;
    total += topic.partitionCount;
    for (let partition = 0; partition < topic.partitionCount; partition++) {
      const owner = owners.get(`${topic.topicId}-${String(partition)}`);
      expect(owner, `${topic.topicId}-${String(partition)} has no owner`).toBeDefined();
      expect(byId.get(owner!)!.topicIds).toContain(topic.topicId);
    }
  }
  expect(owners.size).toBe(total);
}

/** Groups in the middle of their life: members own some of what they were once given, or what is gone by now. */
function inputs(
  options: { readonly isHomogeneous?: boolean; readonly hasRacks?: boolean } = {},
): fc.Arbitrary<Input> {
  const topicCounts = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 5 });
  return topicCounts.chain((counts) => {
    const ids = counts.map((_, i) => `topic${String(i)}`);
    const member = fc.record({
      topicIds: options.isHomogeneous === true ? fc.constant(ids) : fc.subarray(ids),
      rackId: options.hasRacks === true ? fc.constantFrom(undefined, ...RACKS) : fc.constant(undefined),
      claims: fc.array(fc.tuple(fc.constantFrom(...ids), fc.integer({ min: 0, max: 14 })), { maxLength: 10 }),
    });
    return fc.array(member, { minLength: 1, maxLength: 8 }).map((drawn) => {
      const taken = new Set<string>();
      const members = drawn.map(({ topicIds, rackId, claims }, i) => {
        const previous = new Map<string, number[]>();
        for (const [topicId, partition] of claims) {
          const key = `${topicId}-${String(partition)}`;
          if (taken.has(key)) continue;
          taken.add(key);
          previous.set(
            topicId,
            [...(previous.get(topicId) ?? []), partition].sort((a, b) => a - b),
          );
        }
        return { ...memberOf(`member${String(i)}`, topicIds, rackId), previous };
      });
      const racks = (partition: number): string[] => [RACKS[partition % 3]!, RACKS[(partition + 1) % 3]!];
      return inputOf(
        members,
        counts.map((count, i) => topicOf(ids[i]!, count, options.hasRacks === true ? racks : undefined)),
      );
    });
  });
}

describe.each([uniformAssignor, rangeAssignor])('$name', (assignor) => {
  test.each([{ isHomogeneous: true }, {}, { hasRacks: true }, { isHomogeneous: true, hasRacks: true }])(
    'every partition of a subscribed topic has one owner, who subscribes to it (%o)',
    (options) => {
      fc.assert(
        fc.property(inputs(options), (input) => {
          expectCoverage(input, assigned(assignor, input));
        }),
        { numRuns: 300 },
      );
    },
  );

  test.each([{ isHomogeneous: true }, {}])(
    'computed again from its outcome, it moves nothing (%o)',
    (options) => {
      fc.assert(
        fc.property(inputs(options), ({ members, topics }) => {
          const first = assignor.assign(members, topics);
          const second = assignor.assign(after(members, first), topics);
          for (const { memberId } of members) {
            expect(
              hasSamePartitions(first.get(memberId) ?? NO_PARTITIONS, second.get(memberId) ?? NO_PARTITIONS),
            ).toBe(true);
          }
        }),
        { numRuns: 300 },
      );
    },
  );

  test('with racks, it comes to rest after a few repetitions', () => {
    fc.assert(
      fc.property(inputs({ isHomogeneous: true, hasRacks: true }), ({ members, topics }) => {
        let current = members;
        let isAtRest = false;
        for (let i = 0; i < 20 && !isAtRest; i++) {
          const next = after(current, assignor.assign(current, topics));
          isAtRest = next.every(({ previous }, m) => hasSamePartitions(previous, current[m]!.previous));
          current = next;
        }
        expect(isAtRest).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

describe('uniform', () => {
  test('members with one subscription differ by at most one partition', () => {
    fc.assert(
      fc.property(inputs({ isHomogeneous: true, hasRacks: true }), (input) => {
        const loads = loadsOf(input.members, assigned(uniformAssignor, input));
        expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 300 },
    );
  });

  test('with different subscriptions, no single move makes two members more equal', () => {
    fc.assert(
      fc.property(inputs(), (input) => {
        const outcome = assigned(uniformAssignor, input);
        const loads = loadsOf(input.members, outcome);
        input.members.forEach(({ memberId }, from) => {
          for (const topicId of outcome.get(memberId)?.keys() ?? []) {
            input.members.forEach(({ topicIds }, to) => {
              if (topicIds.includes(topicId)) expect(loads[from]! - loads[to]!).toBeLessThanOrEqual(1);
            });
          }
        });
      }),
      { numRuns: 500 },
    );
  });

  test('a member that joins takes its share, and nothing else moves', () => {
    fc.assert(
      fc.property(inputs({ isHomogeneous: true }), ({ members, topics }) => {
        const settled = after(members, uniformAssignor.assign(members, topics));
        const joined = [...settled, memberOf('newcomer', settled[0]!.topicIds)];
        const outcome = uniformAssignor.assign(joined, topics);
        const before = ownersOf(new Map(settled.map(({ memberId, previous }) => [memberId, previous])));
        for (const [partition, owner] of ownersOf(outcome)) {
          if (owner !== 'newcomer') expect(owner).toBe(before.get(partition));
        }
      }),
      { numRuns: 300 },
    );
  });

  test('when a member leaves, the others keep what they have', () => {
    fc.assert(
      fc.property(inputs({ isHomogeneous: true }), fc.nat(), ({ members, topics }, draw) => {
        fc.pre(members.length > 1);
        const settled = after(members, uniformAssignor.assign(members, topics));
        const remaining = settled.filter((_, m) => m !== draw % settled.length);
        const outcome = ownersOf(uniformAssignor.assign(remaining, topics));
        for (const { memberId, previous } of remaining) {
          for (const [topicId, partitions] of previous) {
            for (const partition of partitions)
              expect(outcome.get(`${topicId}-${String(partition)}`)).toBe(memberId);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test('a topic is spread over the members', () => {
    const input = inputOf(
      ['a', 'b', 'c'].map((memberId) => memberOf(memberId, ['busy', 'idle'])),
      [topicOf('busy', 3), topicOf('idle', 3)],
    );
    const outcome = assigned(uniformAssignor, input);
    expect([...outcome.values()].map((byTopic) => byTopic.get('busy')!.length)).toEqual([1, 1, 1]);
  });

  test('members read within their racks when balance allows it', () => {
    const topic = topicOf('orders', 9, (partition) => [RACKS[partition % 3]!]);
    const members = RACKS.map((rack) => memberOf(`in-${rack}`, ['orders'], rack));
    const scattered = members.map((member, m) => ({
      ...member,
      previous: new Map([['orders', [0, 1, 2].map((i) => m * 3 + i)]]),
    }));
    for (const input of [inputOf(members, [topic]), inputOf(scattered, [topic])]) {
      for (const [memberId, byTopic] of assigned(uniformAssignor, input)) {
        const member = members.find((each) => each.memberId === memberId)!;
        expect(byTopic.get('orders')!.every((partition) => fitsRack(member, topic, partition))).toBe(true);
      }
    }
  });
});

describe('range', () => {
  test('each subscriber has neighbouring partitions, the first of them one more where it does not divide', () => {
    const input = inputOf(
      ['c', 'a', 'b'].map((memberId) => memberOf(memberId, ['orders'])),
      [topicOf('orders', 10)],
    );
    expect(assigned(rangeAssignor, input)).toEqual(
      new Map([
        ['a', new Map([['orders', [0, 1, 2, 3]]])],
        ['b', new Map([['orders', [4, 5, 6]]])],
        ['c', new Map([['orders', [7, 8, 9]]])],
      ]),
    );
  });

  test('topics with as many partitions and the same subscribers are assigned alike', () => {
    fc.assert(
      fc.property(inputs({ isHomogeneous: true, hasRacks: true }), (input) => {
        const outcome = assigned(rangeAssignor, input);
        const topics = [...input.topics.values()];
        for (const left of topics) {
          for (const right of topics) {
            if (left.partitionCount !== right.partitionCount) continue;
            for (const byTopic of outcome.values()) {
              expect(byTopic.get(left.topicId)).toEqual(byTopic.get(right.topicId));
            }
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  test('static members keep their ranges by instance id, and come first', () => {
    const members = [
      { ...memberOf('x', ['orders']), instanceId: 'second' },
      { ...memberOf('y', ['orders']), instanceId: 'first' },
      memberOf('a', ['orders']),
    ];
    const outcome = assigned(rangeAssignor, inputOf(members, [topicOf('orders', 3)]));
    expect(['y', 'x', 'a'].map((id) => outcome.get(id)!.get('orders'))).toEqual([[0], [1], [2]]);
  });

  test('members keep the range that holds most of what they had when one joins', () => {
    const topics = [topicOf('orders', 10)];
    const two = ['b', 'c'].map((memberId) => memberOf(memberId, ['orders']));
    const settled = after(two, assigned(rangeAssignor, inputOf(two, topics)));
    const outcome = assigned(rangeAssignor, inputOf([...settled, memberOf('a', ['orders'])], topics));
    expect(['b', 'a', 'c'].map((id) => outcome.get(id)!.get('orders'))).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6],
      [7, 8, 9],
    ]);
  });

  test('newcomers get ranges in their racks', () => {
    const racks = (partition: number): string[] => [partition < 4 ? 'west' : 'east'];
    const members = [memberOf('a', ['orders'], 'east'), memberOf('b', ['orders'], 'west')];
    const outcome = assigned(rangeAssignor, inputOf(members, [topicOf('orders', 8, racks)]));
    expect(outcome.get('b')!.get('orders')).toEqual([0, 1, 2, 3]);
  });

  test('members beyond the number of partitions get nothing', () => {
    const members = ['a', 'b', 'c'].map((memberId) => memberOf(memberId, ['orders']));
    expect([...assigned(rangeAssignor, inputOf(members, [topicOf('orders', 2)])).keys()]).toEqual(['a', 'b']);
  });
});

test('the assignor with most votes wins, the default when there is none or a tie', () => {
  expect(preferredAssignor([undefined, undefined]).name).toBe('uniform');
  expect(preferredAssignor(['range', undefined]).name).toBe('range');
  expect(preferredAssignor(['range', 'uniform']).name).toBe('uniform');
  expect(preferredAssignor(['range', 'uniform', 'range']).name).toBe('range');
});
