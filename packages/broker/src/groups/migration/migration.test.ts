/**
 * Groups that change their protocol (KIP-848): empty ones, and ones with members of both protocols. Members are
 * played as clients behave, and whoever believes to own a partition is compared with everybody else.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assignment, join, memberSubscription, sync } from '../../../test/classic-members.ts';
import { GroupScript } from '../../../test/group-script.ts';
import type { JoinGroupMember, TopicIdPartitions } from '../../group-requests.ts';
import { readAssignment, readSubscription } from '../classic-group/classic-subscriptions.ts';

const PARTITIONS = 6;

interface Player {
  /** Takes its next step; true when it is where it wants to be. */
  step(): boolean;
  stop(): void;
  readonly owned: ReadonlySet<number>;
}

/** A classic client: `eager` gives up everything before it joins, else it keeps what it has. */
class ClassicPlayer implements Player {
  owned = new Set<number>();
  #memberId = '';
  #generationId = -1;
  #joining: number | undefined;
  #syncing: number | undefined;
  readonly #script: GroupScript;
  readonly #isEager: boolean;
  readonly #instanceId: string | undefined;

  constructor(script: GroupScript, options: { readonly isEager: boolean; readonly instanceId?: string }) {
    this.#script = script;
    this.#isEager = options.isEager;
    this.#instanceId = options.instanceId;
  }

  step(): boolean {
    if (this.#joining !== undefined) return this.#joined(this.#joining);
    if (this.#syncing !== undefined) return this.#synced(this.#syncing);
    if (this.#generationId < 0) return this.#join();
    const request = { groupId: 'g', generationId: this.#generationId, ...this.#identity };
    const answer = this.#script.answers.get(this.#script.send('heartbeat', request))!;
    if (!('error' in answer)) return true;
    if (answer.error.code !== 'REBALANCE_IN_PROGRESS') this.#loseAll(answer.error.code);
    return this.#join();
  }

  stop(): void {
    this.owned.clear();
    if (this.#instanceId !== undefined) return;
    this.#script.send('leaveGroup', { groupId: 'g', members: [this.#identity] });
  }

  /** Its connection broke: it repeats the join that it waits for. */
  reconnect(): void {
    if (this.#joining !== undefined || this.#syncing !== undefined) this.#generationId = -1;
    this.#joining = undefined;
    this.#syncing = undefined;
  }

  get #identity() {
    return { memberId: this.#memberId, groupInstanceId: this.#instanceId };
  }

  #loseAll(code: string): void {
    this.owned.clear();
    if (code !== 'ILLEGAL_GENERATION') this.#memberId = '';
    this.#generationId = -1;
  }

  #join(): boolean {
    if (this.#isEager) this.owned.clear();
    const metadata = memberSubscription({
      topics: ['orders'],
      owned: { orders: [...this.owned] },
      generationId: this.#generationId,
    });
    const protocols = [
      { name: this.#isEager ? 'range' : 'cooperative', metadata },
      { name: 'shared', metadata },
    ];
    this.#joining = this.#script.send('joinGroup', join({ ...this.#identity, protocols }));
    return this.#joined(this.#joining);
  }

  #joined(requestId: number): boolean {
    if (!this.#script.isAnswered(requestId)) return false;
    this.#joining = undefined;
    const { error, generationId, memberId, members, protocolName } = this.#script.answerTo(
      'joinGroup',
      requestId,
    );
    if (error !== undefined) {
      if (error.code === 'MEMBER_ID_REQUIRED') this.#memberId = memberId;
      else if (error.code !== 'REBALANCE_IN_PROGRESS') this.#loseAll(error.code);
      // Until it has joined it asks for nothing else.
      this.#generationId = -1;
      return false;
    }
    this.#memberId = memberId;
    this.#generationId = generationId;
    const assignments = dealtOut(members);
    const { groupInstanceId } = this.#identity;
    this.#syncing = this.#script.send(
      'syncGroup',
      sync(memberId, generationId, { groupInstanceId, protocolName, assignments }),
    );
    return this.#synced(this.#syncing);
  }

  #synced(requestId: number): boolean {
    if (!this.#script.isAnswered(requestId)) return false;
    this.#syncing = undefined;
    const { error, assignment: bytes } = this.#script.answerTo('syncGroup', requestId);
    if (error !== undefined) {
      if (error.code !== 'REBALANCE_IN_PROGRESS') this.#loseAll(error.code);
      else this.#join();
      return false;
    }
    const assigned = new Set(
      readAssignment(bytes)?.assignedPartitions.flatMap(({ partitions }) => partitions),
    );
    const revoked = [...this.owned].filter((partition) => !assigned.has(partition));
    this.owned = assigned;
    // A cooperative member that gave something up says so at once.
    return revoked.length === 0 ? true : this.#join();
  }
}

/** What a leader does: partitions one by one, except those that another member still has. */
function dealtOut(members: readonly JoinGroupMember[]): { memberId: string; assignment: Buffer }[] {
  const holders = new Map<number, string>();
  for (const { memberId, metadata } of members) {
    const owned = readSubscription(metadata)?.ownedPartitions.flatMap(({ partitions }) => partitions) ?? [];
    for (const partition of owned) holders.set(partition, memberId);
  }
  return members.map(({ memberId }, index) => {
    const partitions = Array.from({ length: PARTITIONS }, (_, partition) => partition).filter(
      (partition) =>
        partition % members.length === index && (holders.get(partition) ?? memberId) === memberId,
    );
    return { memberId, assignment: assignment('orders', partitions) };
  });
}

/** A client of the consumer protocol. */
class ConsumerPlayer implements Player {
  owned = new Set<number>();
  #epoch = 0;
  readonly #script: GroupScript;
  readonly #memberId: string;
  readonly #instanceId: string | undefined;

  constructor(script: GroupScript, memberId: string, instanceId?: string) {
    this.#script = script;
    this.#memberId = memberId;
    this.#instanceId = instanceId;
  }

  step(): boolean {
    const topicId = this.#script.topics.named('orders')!.topicId;
    const ownedPartitions: TopicIdPartitions[] =
      this.owned.size === 0 ? [] : [{ topicId, partitions: [...this.owned].sort() }];
    const requestId = this.#script.send('consumerGroupHeartbeat', {
      groupId: 'g',
      memberId: this.#memberId,
      memberEpoch: this.#epoch,
      instanceId: this.#instanceId,
      rebalanceTimeoutMs: 60_000,
      subscribedTopicNames: ['orders'],
      ownedPartitions,
    });
    const answer = this.#script.answers.get(requestId)!;
    if ('error' in answer) {
      this.owned.clear();
      this.#epoch = 0;
      return false;
    }
    const { memberEpoch, assignment: assigned } = this.#script.answerTo('consumerGroupHeartbeat', requestId);
    this.#epoch = memberEpoch;
    if (assigned !== undefined) this.owned = new Set(assigned.flatMap(({ partitions }) => [...partitions]));
    return true;
  }

  /** Stops, and keeps its place as a static member. */
  goAway(): void {
    this.stop(-2);
  }

  stop(memberEpoch = -1): void {
    const request = { groupId: 'g', memberId: this.#memberId, memberEpoch, instanceId: this.#instanceId };
    this.#script.send('consumerGroupHeartbeat', request);
    this.owned.clear();
    this.#epoch = 0;
  }
}

function expectNoSharing(players: Iterable<Player>): void {
  const owners = new Map<number, Player>();
  for (const player of players) {
    for (const partition of player.owned) {
      expect(owners.get(partition), `partition ${partition} has one owner`).toBeUndefined();
      owners.set(partition, player);
    }
  }
}

function play(script: GroupScript, players: readonly Player[], rounds = 40): void {
  for (let round = 0; round < rounds; round++) {
    for (const player of players) {
      player.step();
      expectNoSharing(players);
    }
    script.advance(1_000);
  }
}

function expectAllOwned(players: readonly Player[]): void {
  expect(players.flatMap(({ owned }) => [...owned]).sort()).toEqual([0, 1, 2, 3, 4, 5]);
}

function world(): GroupScript {
  const script = new GroupScript();
  script.topics.create('orders', PARTITIONS);
  return script;
}

function commitFive(script: GroupScript): void {
  const partitions = [
    { topic: 'orders', partition: 0, committedOffset: 5, committedLeaderEpoch: -1, metadata: '' },
  ];
  script.ask('offsetCommit', {
    groupId: 'g',
    memberId: '',
    memberEpoch: -1,
    partitions,
    refuseBeyondLogEnd: false,
  });
}

describe('a group without members', () => {
  test('changes its type with its next member, in both directions, and keeps its offsets', () => {
    const script = world();
    commitFive(script);
    for (const round of [1, 2]) {
      const classic = new ClassicPlayer(script, { isEager: true });
      play(script, [classic], 8);
      expectAllOwned([classic]);
      classic.stop();
      expect(script.state.classicGroup('g')?.phase).toBe('Empty');
      const consumer = new ConsumerPlayer(script, `m${round}`);
      play(script, [consumer], 3);
      expectAllOwned([consumer]);
      expect(script.loaded().groups.get('g')?.type).toBe('consumer');
      consumer.stop();
      expect(script.state.offsets.committed('g', 'orders', 0)?.offset).toBe(5);
    }
    script.ask('deleteGroups', { groupIds: ['g'] });
    expect(script.loaded().groups.size + script.loaded().offsets.count).toBe(0);
  });

  test('an empty consumer group stays one when the classic join is refused', () => {
    const script = world();
    const consumer = new ConsumerPlayer(script, 'm');
    play(script, [consumer], 2);
    consumer.stop();
    expect(script.ask('joinGroup', join({ protocols: [] })).error?.code).toBe('INCONSISTENT_GROUP_PROTOCOL');
    expect(script.state.groups.get('g')?.type).toBe('consumer');
  });
});

describe.each([{ isEager: true }, { isEager: false }])('members of both protocols ($isEager)', (options) => {
  test('a rolling restart to the consumer protocol and back never gives a partition to two', () => {
    const script = world();
    const classic = [1, 2, 3].map(() => new ClassicPlayer(script, options));
    play(script, classic);
    expectAllOwned(classic);
    const consumers = [1, 2, 3].map((index) => new ConsumerPlayer(script, `m${index}`));
    for (let i = 0; i < 3; i++) {
      classic[i]!.stop();
      const present = [...classic.slice(i + 1), ...consumers.slice(0, i + 1)];
      play(script, present);
      expectAllOwned(present);
      expect(script.state.groups.get('g')?.type).toBe('consumer');
    }
    const again = [1, 2, 3].map(() => new ClassicPlayer(script, options));
    for (let i = 0; i < 3; i++) {
      const during = [...consumers.slice(i), ...again.slice(0, i + 1)];
      play(script, during);
      expectAllOwned(during);
      consumers[i]!.stop();
      const after = [...consumers.slice(i + 1), ...again.slice(0, i + 1)];
      play(script, after);
      expectAllOwned(after);
    }
    expect(script.state.groups.get('g')?.type).toBe('classic');
    expect(script.loaded().groups.get('g')?.type).toBe('classic');
  });

  test('static members keep their instance ids through a change of protocol', () => {
    const script = world();
    const classic = ['i', 'j'].map((instanceId) => new ClassicPlayer(script, { ...options, instanceId }));
    play(script, classic);
    classic[0]!.stop();
    const consumer = new ConsumerPlayer(script, 'm', 'i');
    play(script, [consumer, classic[1]!]);
    expectAllOwned([consumer, classic[1]!]);
    expect(script.state.groups.get('g')?.members.size).toBe(2);
  });
});

test('members that wait for a join or a sync when the group is upgraded are told to join again', () => {
  const script = world();
  const { memberId } = script.ask('joinGroup', join());
  const joining = script.send('joinGroup', join({ memberId }));
  const consumer = new ConsumerPlayer(script, 'm');
  consumer.step();
  expect(script.answerTo('joinGroup', joining).error?.code).toBe('REBALANCE_IN_PROGRESS');
  expect(script.ask('joinGroup', join({ memberId })).generationId).toBeGreaterThan(0);
});

test('a group whose members are no consumers, or whose subscriptions cannot be read, is not upgraded', () => {
  for (const overrides of [
    { protocolType: 'connect' },
    { protocols: [{ name: 'range', metadata: Buffer.from('?') }] },
  ]) {
    const script = world();
    const joining = script.send('joinGroup', join({ requireKnownMemberId: false, ...overrides }));
    const refused = script.refused('consumerGroupHeartbeat', {
      groupId: 'g',
      memberId: 'm',
      memberEpoch: 0,
      rebalanceTimeoutMs: 60_000,
      subscribedTopicNames: ['orders'],
      ownedPartitions: [],
    });
    expect(refused.code).toBe('GROUP_ID_NOT_FOUND');
    expect(script.records).toEqual([]);
    script.advance(10_000);
    expect(script.answerTo('joinGroup', joining).generationId).toBe(1);
  }
});

test('a classic member of a consumer group is removed when it does not join again within its rebalance time-out', () => {
  const script = world();
  const classic = new ClassicPlayer(script, { isEager: true });
  const consumer = new ConsumerPlayer(script, 'm1');
  play(script, [consumer, classic]);
  const memberId = [...script.state.groups.get('g')!.members.keys()].find((id) => id !== 'm1')!;
  const generationId = script.state.consumerGroup('g')!.members.get(memberId)!.current.memberEpoch;
  const other = new ConsumerPlayer(script, 'm2');
  for (let round = 0; round < 62; round++) {
    other.step();
    consumer.step();
    script.send('heartbeat', { groupId: 'g', generationId, memberId });
    script.advance(1_000);
  }
  expect(script.state.groups.get('g')?.members.has(memberId)).toBe(false);
});

test('a mixed group loads as it lived', () => {
  const script = world();
  const players = [
    new ClassicPlayer(script, { isEager: false }),
    new ConsumerPlayer(script, 'm1'),
    new ClassicPlayer(script, { isEager: false }),
  ];
  play(script, players);
  expectAllOwned(players);
  const before = players.map(({ owned }) => [...owned]);
  script.reload();
  play(script, players);
  expect(players.map(({ owned }) => [...owned])).toEqual(before);
});

test.each([false, true])(
  'when the last member of the consumer protocol comes back as a classic one, the group is a classic one (reload: %s)',
  (isReloaded) => {
    const script = world();
    const other = new ClassicPlayer(script, { isEager: false });
    const consumer = new ConsumerPlayer(script, 'm1', 'i');
    play(script, [other, consumer]);
    consumer.goAway();
    const back = new ClassicPlayer(script, { isEager: false, instanceId: 'i' });
    back.step();
    expect(script.state.groups.get('g')?.type).toBe('classic');
    expect(script.state.classicGroup('g')?.members.size).toBe(2);
    if (isReloaded) {
      script.reload();
      expect(script.state.classicGroup('g')?.members.size).toBe(1);
      back.reconnect();
    }
    play(script, [other, back]);
    expectAllOwned([other, back]);
  },
);

test('what somebody left just before a static member brings about the upgrade does not stay without an owner', () => {
  const script = world();
  const [stays, goes] = [1, 2].map(() => new ClassicPlayer(script, { isEager: false }));
  const fixed = new ClassicPlayer(script, { isEager: false, instanceId: 'i' });
  play(script, [stays!, goes!, fixed]);
  goes!.stop();
  fixed.stop();
  const consumer = new ConsumerPlayer(script, 'm', 'i');
  play(script, [consumer, stays!]);
  expectAllOwned([consumer, stays!]);
});

test('a coordinator that dies right after a downgrade goes on with the rebalance, and nothing stays without an owner', () => {
  const script = world();
  const [classic, consumer] = [
    new ClassicPlayer(script, { isEager: false }),
    new ConsumerPlayer(script, 'm1'),
  ];
  play(script, [classic, consumer]);
  consumer.stop();
  expect(script.state.groups.get('g')?.type).toBe('classic');
  script.reload();
  play(script, [classic], 10);
  expectAllOwned([classic]);
});

test('a member that does not come back after such a load is removed at the end of its rebalance time-out', () => {
  const script = world();
  const members = [1, 2].map(() => new ClassicPlayer(script, { isEager: false }));
  const consumer = new ConsumerPlayer(script, 'm1');
  play(script, [...members, consumer]);
  consumer.stop();
  script.reload();
  play(script, [members[0]!], 70);
  expectAllOwned([members[0]!]);
});

test('what a leader gave to one member is not what another says it had before', () => {
  const script = world();
  const claims = memberSubscription({ topics: ['orders'], owned: { orders: [0, 1, 2] }, generationId: 1 });
  const protocols = [{ name: 'sticky', metadata: claims }];
  const joining = [1, 2].map(() =>
    script.send('joinGroup', join({ protocols, requireKnownMemberId: false })),
  );
  script.advance(10_000);
  const [first, second] = joining.map((requestId) => script.answerTo('joinGroup', requestId));
  const { generationId } = first!;
  const assignments = [first!, second!].map(({ memberId }, index) => ({
    memberId,
    assignment: assignment('orders', [index]),
  }));
  script.ask('syncGroup', sync(first!.memberId, generationId, { assignments }));
  script.ask('syncGroup', sync(second!.memberId, generationId));
  new ConsumerPlayer(script, 'm').step();
  const topicId = script.topics.named('orders')!.topicId;
  const owners = [0, 1, 2].map((partition) => script.state.consumerGroup('g')!.ownerOf(topicId, partition));
  expect(owners).toEqual([first!.memberId, second!.memberId, first!.memberId]);
});

test('any mix of members, static ones and crashes of the coordinator among them, never gives a partition to two, and ends with all of them owned', () => {
  const kinds = fc.constantFrom('eager', 'cooperative', 'consumer');
  const event = fc.record({
    index: fc.nat(4),
    kind: kinds,
    rounds: fc.nat(6),
    isReloaded: fc.nat(5).map((n) => n === 0),
  });
  fc.assert(
    fc.property(fc.array(event, { minLength: 1, maxLength: 12, size: 'max' }), (events) => {
      const script = world();
      const players: (Player | undefined)[] = [];
      for (const [serial, { index, kind, rounds, isReloaded }] of events.entries()) {
        const running = players[index];
        // The first two places belong to instance ids.
        const instanceId = index < 2 ? `i${index}` : undefined;
        if (running instanceof ConsumerPlayer && instanceId !== undefined) running.goAway();
        else running?.stop();
        players[index] =
          running !== undefined
            ? undefined
            : kind === 'consumer'
              ? new ConsumerPlayer(script, `m${serial}`, instanceId)
              : new ClassicPlayer(script, {
                  isEager: kind === 'eager',
                  ...(instanceId === undefined ? {} : { instanceId }),
                });
        if (isReloaded) {
          script.reload();
          for (const player of players) if (player instanceof ClassicPlayer) player.reconnect();
        }
        play(
          script,
          players.filter((player) => player !== undefined),
          rounds,
        );
      }
      const present = players.filter((player) => player !== undefined);
      play(script, present, 120);
      if (present.length > 0) expectAllOwned(present);
    }),
    { numRuns: 200 },
  );
});
