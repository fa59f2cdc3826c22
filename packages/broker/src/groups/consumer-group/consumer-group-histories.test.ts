/**
 * Random histories of a consumer group: members join, leave, come back, lose answers, send twice, fall silent; topics
 * come, go and grow; the coordinator's broker dies. What must hold is checked after every step.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  compacted,
  ConsumerGroupWorld,
  ScriptedMember,
  writtenState,
} from '../../../test/consumer-group-world.ts';
import type { GroupCoordinatorState } from '../group-coordinator-state.ts';
import { partitionCountOf } from './partitions-by-topic.ts';

const TOPICS = ['orders', 'payments', 'orders.eu', 'audit'];
const SUBSCRIPTIONS: readonly ScriptedMember['subscription'][] = [
  { subscribedTopicNames: ['orders'], subscribedTopicRegex: '' },
  { subscribedTopicNames: ['orders', 'payments', 'audit'], subscribedTopicRegex: '' },
  { subscribedTopicNames: [], subscribedTopicRegex: 'orders.*' },
  { subscribedTopicNames: ['payments'], subscribedTopicRegex: 'orders.*' },
];
const MEMBERS = 6;
/** These have an instance id. */
const STATIC_MEMBERS = 2;

type Step =
  | { readonly do: 'beat'; readonly m: number; readonly isAnswerLost: boolean; readonly times: number }
  | { readonly do: 'stop' | 'leave' | 'goAway' | 'restartAsOther'; readonly m: number }
  | { readonly do: 'subscribe'; readonly m: number; readonly s: number }
  | { readonly do: 'pass'; readonly durationMs: number }
  | { readonly do: 'topic'; readonly t: number; readonly partitionCount: number }
  | { readonly do: 'restart'; readonly isCompacted: boolean };

const m = fc.nat(MEMBERS - 1);
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 20,
      arbitrary: fc.record({
        do: fc.constant('beat' as const),
        m,
        isAnswerLost: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.boolean()),
        times: fc.constantFrom(1, 1, 1, 2),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({ do: fc.constantFrom('stop', 'leave', 'goAway', 'restartAsOther'), m }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constant('subscribe' as const), m, s: fc.nat(SUBSCRIPTIONS.length - 1) }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('pass' as const),
        durationMs: fc.integer({ min: 1, max: 30_000 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('topic' as const),
        t: fc.nat(TOPICS.length - 1),
        partitionCount: fc.integer({ min: 1, max: 8 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const), isCompacted: fc.boolean() }) },
  ),
  { minLength: 20, maxLength: 120 },
);

/** Much faster than `expect`, for what is checked thousands of times. */
function hold(isTrue: boolean, invariant: string): void {
  if (!isTrue) throw new Error(`broken: ${invariant}`);
}

class History {
  readonly world: ConsumerGroupWorld = new ConsumerGroupWorld();
  readonly members: readonly ScriptedMember[];
  #incarnations = 0;
  /** The highest epoch that a member id was at. */
  #epochs = new Map<string, number>();
  #groupEpoch = 0;

  constructor(assignor: string) {
    this.world.topics.create('orders', 5);
    this.members = Array.from(
      { length: MEMBERS },
      (_, i) =>
        new ScriptedMember(this.world, `member${String(i)}`, SUBSCRIPTIONS[i % SUBSCRIPTIONS.length]!, {
          serverAssignor: assignor,
          ...(i < STATIC_MEMBERS ? { instanceId: `instance${String(i)}` } : {}),
        }),
    );
  }

  take(step: Step): void {
    switch (step.do) {
      case 'beat':
        this.members[step.m]!.beat(step);
        return;
      case 'stop':
        this.members[step.m]!.stop();
        return;
      case 'leave':
        if (this.members[step.m]!.isJoined) this.members[step.m]!.leave();
        return;
      case 'goAway':
        if (step.m < STATIC_MEMBERS && this.members[step.m]!.isJoined) this.members[step.m]!.leave(-2);
        return;
      case 'restartAsOther':
        this.members[step.m]!.stop();
        this.members[step.m]!.memberId = `again${String(++this.#incarnations)}`;
        return;
      case 'subscribe':
        this.members[step.m]!.subscribe(SUBSCRIPTIONS[step.s]!);
        return;
      case 'pass':
        this.world.pass(step.durationMs);
        return;
      case 'topic':
        this.#changeTopic(TOPICS[step.t]!, step.partitionCount);
        return;
      case 'restart':
        if (step.isCompacted) this.world.records.splice(0, Infinity, ...compacted(this.world.records));
        this.world.restart();
    }
  }

  #changeTopic(topic: string, partitionCount: number): void {
    const { topics } = this.world;
    const known = topics.named(topic);
    if (known === undefined) topics.create(topic, partitionCount);
    else if (partitionCount > known.partitionCount) topics.grow(topic, partitionCount);
    else topics.delete(topic);
    this.world.topicsChanged(topic);
  }

  /** What holds after every step. */
  check(): void {
    const group = this.world.state.consumerGroup('billing');
    if (group === undefined) return;
    const owners = new Map<string, string>();
    for (const [memberId, { current }] of group.members) {
      for (const owned of [current.assignedPartitions, current.partitionsPendingRevocation]) {
        for (const [topicId, partitions] of owned) {
          for (const partition of partitions) {
            const key = `${topicId}-${String(partition)}`;
            hold(!owners.has(key), `${key} has one owner`);
            owners.set(key, memberId);
            hold(
              group.ownerOf(topicId, partition) === memberId,
              `${memberId} is known as the owner of ${key}`,
            );
          }
        }
      }
      this.#checkEpochs(memberId, current.memberEpoch, group.assignmentEpoch);
    }
    hold(group.groupEpoch >= this.#groupEpoch, 'the group epoch never goes back');
    hold(group.assignmentEpoch <= group.groupEpoch, 'a target belongs to an epoch that has begun');
    this.#groupEpoch = group.groupEpoch;
    this.#checkMembers(owners);
    hold(this.world.state.nextDeadlineMs() <= group.nextDeadlineMs(), 'no deadline is missed');
  }

  #checkEpochs(memberId: string, memberEpoch: number, assignmentEpoch: number): void {
    hold(memberEpoch <= assignmentEpoch, 'no member is ahead of the target');
    if (memberEpoch < 0) return;
    hold(memberEpoch >= (this.#epochs.get(memberId) ?? 0), `the epoch of ${memberId} never goes back`);
    this.#epochs.set(memberId, memberEpoch);
  }

  /** Two clients that the coordinator would not fence never own the same partition. */
  #checkMembers(owners: ReadonlyMap<string, string>): void {
    const group = this.world.group;
    for (const member of this.members) {
      const current = group.members.get(member.memberId)?.current;
      if (!member.isJoined || current?.memberEpoch !== member.memberEpoch) continue;
      for (const [topicId, partitions] of member.owned) {
        for (const partition of partitions) {
          const owner = owners.get(`${topicId}-${String(partition)}`);
          hold(owner === member.memberId, `${member.memberId} owns what the coordinator thinks it owns`);
        }
      }
    }
  }

  /** Everybody heartbeats, nothing else happens: the group comes to rest. */
  calmDown(): void {
    const { world } = this;
    for (let round = 0; round < 40; round++) {
      for (const member of this.members) {
        member.beat();
        this.check();
      }
      world.pass(5_000);
    }
    expect(world.group.state).toBe('Stable');
    expect(world.group.members.size).toBe(MEMBERS);
    const subscribed = TOPICS.flatMap((topic) => {
      const view = world.topics.named(topic);
      return view !== undefined && world.group.subscribedTopics().has(topic) ? [view] : [];
    });
    const ownedCount = this.members.reduce((sum, member) => sum + member.ownedCount, 0);
    expect(ownedCount).toBe(subscribed.reduce((sum, { partitionCount }) => sum + partitionCount, 0));
    for (const [memberId, { current }] of world.group.members) {
      const member = this.members.find((each) => each.memberId === memberId)!;
      expect(member.ownedCount).toBe(partitionCountOf(current.assignedPartitions));
    }
  }
}

function expectSameWritten(left: GroupCoordinatorState, right: GroupCoordinatorState): void {
  expect(writtenState(left)).toEqual(writtenState(right));
}

test.each(['uniform', 'range'])(
  'whatever happens, nobody owns what another owns, and in the end all is owned (%s)',
  (assignor) => {
    fc.assert(
      fc.property(steps, (drawn) => {
        const history = new History(assignor);
        for (const step of drawn) {
          history.take(step);
          history.check();
        }
        history.calmDown();
      }),
      { numRuns: 300 },
    );
  },
);

test('the log gives the state that lived, at every step, compacted or not', () => {
  fc.assert(
    fc.property(steps, (drawn) => {
      const { world, take } = historyOf();
      for (const step of drawn) {
        take(step);
        expectSameWritten(world.loaded(world.records), world.state);
        expectSameWritten(world.loaded(compacted(world.records)), world.state);
      }
    }),
    { numRuns: 60 },
  );
});

test('a log of which only the beginning was compacted gives the same state', () => {
  fc.assert(
    fc.property(steps, fc.nat(), (drawn, draw) => {
      const { world, take } = historyOf();
      for (const step of drawn) take(step);
      const cut = draw % (world.records.length + 1);
      const log = [...compacted(world.records.slice(0, cut)), ...world.records.slice(cut)];
      expectSameWritten(world.loaded(log), world.state);
    }),
    { numRuns: 100 },
  );
});

function historyOf(): { readonly world: ConsumerGroupWorld; readonly take: (step: Step) => void } {
  const history = new History('uniform');
  return {
    world: history.world,
    take: (step) => {
      history.take(step);
    },
  };
}
