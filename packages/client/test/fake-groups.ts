/**
 * The coordinator of consumer groups of a fake cluster: KIP-848 by its rules for members, without time. A member is
 * evicted when the test says so.
 *
 * Invariant: a partition is held by one member at a time. It goes to another when the first has told that it does
 * not own it any more, has left, or was evicted.
 */
import { fromSafeNumber, toSafeNumber, topicIdFromBytes, topicIdToBytes } from '@tidelog/protocol';
import type { RequestBodies, ResponseInputs } from '@tidelog/protocol';
import { errorNumber, TidelogError, type ErrorCode } from '@tidelog/record/errors';
import type { FakeCluster } from './fake-broker.ts';

type Heartbeat = RequestBodies['CONSUMER_GROUP_HEARTBEAT'];

interface FakeMember {
  epoch: number;
  readonly instanceId: string;
  topics: readonly string[];
  pattern: string;
  /** What it may own. */
  assigned: Set<string>;
  /** What it was to give up and has not yet. */
  revoking: Set<string>;
  /** As last answered. */
  sent: string;
}

export interface FakeCommit {
  readonly memberId: string;
  readonly memberEpoch: number;
  readonly partition: string;
  readonly offset: number;
  readonly leaderEpoch: number;
}

export class FakeGroup {
  epoch = 0;
  readonly members = new Map<string, FakeMember>();
  /** By `<topic>-<partition>`. */
  readonly offsets = new Map<string, { offset: number; leaderEpochPlusOne: number; metadata: string }>();
  /** Every commit that was accepted, in order. */
  readonly commits: FakeCommit[] = [];
  readonly heartbeats: Heartbeat[] = [];
  /** Who is to have which partitions (`<topic>-<partition>`) by member id; undefined: even shares. */
  pinned: ReadonlyMap<string, readonly string[]> | undefined;
}

export class FakeGroups {
  readonly #cluster: FakeCluster;
  readonly #groups = new Map<string, FakeGroup>();
  heartbeatIntervalMs = 1_000;
  sessionTimeoutMs = 9_000;
  /** Undefined: the first broker. */
  coordinatorId: number | undefined;

  constructor(cluster: FakeCluster) {
    this.#cluster = cluster;
  }

  group(groupId: string): FakeGroup {
    let group = this.#groups.get(groupId);
    if (group === undefined) this.#groups.set(groupId, (group = new FakeGroup()));
    return group;
  }

  /** The group goes on without the member, as after its session. */
  evict(groupId: string, memberId?: string): void {
    const group = this.group(groupId);
    for (const id of [...group.members.keys()])
      if (memberId === undefined || id === memberId) group.members.delete(id);
    group.epoch += 1;
  }

  /** A new epoch, as after a change of topics: every member hears of it with its next heartbeat. */
  changed(groupId: string): void {
    this.group(groupId).epoch += 1;
  }

  /** From now on these members are to have these partitions (`<topic>-<partition>`), and others none. */
  pin(groupId: string, pinned: Readonly<Record<string, readonly string[]>>): void {
    this.group(groupId).pinned = new Map(Object.entries(pinned));
    this.changed(groupId);
  }

  findCoordinator({ groupIds }: RequestBodies['FIND_COORDINATOR']): ResponseInputs['FIND_COORDINATOR'] {
    const brokerId = this.#coordinator();
    const [host = '', port] = (this.#cluster.brokers.get(brokerId) ?? '').split(':');
    return { coordinators: groupIds.map((groupId) => ({ groupId, brokerId, host, port: Number(port) })) };
  }

  heartbeat(brokerId: number, request: Heartbeat): ResponseInputs['CONSUMER_GROUP_HEARTBEAT'] {
    this.#requireCoordinator(brokerId);
    const group = this.group(request.groupId);
    group.heartbeats.push(request);
    const { memberId, memberEpoch } = request;
    const { heartbeatIntervalMs, sessionTimeoutMs } = this;
    if (memberEpoch < 0) {
      if (!group.members.delete(memberId)) throw new TidelogError('UNKNOWN_MEMBER_ID', 'no such member');
      group.epoch += 1;
      return { memberId, memberEpoch, heartbeatIntervalMs, sessionTimeoutMs };
    }
    const member = memberEpoch === 0 ? this.#join(group, request) : this.#known(group, request);
    const owned = keysOf(request.ownedPartitions);
    if (owned !== undefined) {
      for (const key of member.revoking) if (!owned.has(key)) member.revoking.delete(key);
    }
    this.#reconcile(group, memberId, member);
    const isFull = presentOf(request.subscribedTopicNames) !== undefined;
    const text = [...member.assigned].sort().join();
    const isTold = isFull || text !== member.sent;
    member.sent = text;
    return {
      ...{ memberId, memberEpoch: member.epoch, heartbeatIntervalMs, sessionTimeoutMs },
      ...(isTold ? { assignment: listOf(member.assigned) } : {}),
    };
  }

  commit(brokerId: number, request: RequestBodies['OFFSET_COMMIT']): ResponseInputs['OFFSET_COMMIT'] {
    this.#requireCoordinator(brokerId);
    const { memberId, memberEpoch } = request;
    const group = this.group(request.groupId);
    const problem = problemOf(group, memberId, memberEpoch);
    return {
      partitions: request.partitions.map((row) => {
        if (problem !== undefined)
          return { errorCode: errorNumber(problem), errorMessage: 'not as this member' };
        const topic = this.#cluster.topicById(topicIdFromBytes(row.topicId ?? new Uint8Array(0)));
        if (topic === undefined) return { errorCode: errorNumber('UNKNOWN_TOPIC_ID') };
        const partition = `${topic.name}-${row.partition ?? 0}`;
        const offset = toSafeNumber(row.committedOffset ?? 0);
        if (offset > (topic.partitions[row.partition ?? 0]?.nextOffset ?? 0)) {
          return { errorCode: errorNumber('OFFSET_OUT_OF_RANGE'), errorMessage: 'beyond the end' };
        }
        const leaderEpochPlusOne = row.committedLeaderEpochPlusOne ?? 0;
        group.offsets.set(partition, { offset, leaderEpochPlusOne, metadata: row.metadata ?? '' });
        group.commits.push({ memberId, memberEpoch, partition, offset, leaderEpoch: leaderEpochPlusOne - 1 });
        return {};
      }),
    };
  }

  fetchOffsets(brokerId: number, request: RequestBodies['OFFSET_FETCH']): ResponseInputs['OFFSET_FETCH'] {
    this.#requireCoordinator(brokerId);
    const group = this.group(request.groupId);
    const isMember = request.memberId !== '';
    const problem = isMember ? problemOf(group, request.memberId, request.memberEpoch) : undefined;
    if (problem !== undefined) throw new TidelogError(problem, 'not as this member');
    return {
      partitions: request.partitions.map(({ topicId = new Uint8Array(0), partition = 0 }) => {
        const topic = this.#cluster.topicById(topicIdFromBytes(topicId));
        if (topic === undefined) return { topicId, partition, errorCode: errorNumber('UNKNOWN_TOPIC_ID') };
        const place = group.offsets.get(`${topic.name}-${partition}`);
        return {
          ...{ topicId, partition, topicName: topic.name },
          committedOffset: fromSafeNumber(place?.offset ?? -1),
          committedLeaderEpochPlusOne: place?.leaderEpochPlusOne ?? 0,
          metadata: place?.metadata ?? '',
        };
      }),
    };
  }

  #coordinator(): number {
    return this.coordinatorId ?? ([...this.#cluster.brokers.keys()][0] as number);
  }

  #requireCoordinator(brokerId: number): void {
    if (brokerId !== this.#coordinator()) throw new TidelogError('NOT_COORDINATOR', 'somebody else is');
  }

  #join(group: FakeGroup, request: Heartbeat): FakeMember {
    const { memberId, instanceId } = request;
    for (const [otherId, other] of group.members) {
      if (instanceId === '' || other.instanceId !== instanceId || otherId === memberId) continue;
      throw new TidelogError('UNRELEASED_INSTANCE_ID', `member ${otherId} has the instance id`);
    }
    const member: FakeMember = {
      ...{ epoch: 0, instanceId, topics: [], pattern: '', sent: '' },
      assigned: new Set(),
      revoking: new Set(),
    };
    group.members.set(memberId, member);
    group.epoch += 1;
    subscribe(member, request);
    return member;
  }

  #known(group: FakeGroup, request: Heartbeat): FakeMember {
    const member = group.members.get(request.memberId);
    if (member === undefined) throw new TidelogError('UNKNOWN_MEMBER_ID', 'no such member');
    if (member.epoch !== request.memberEpoch) throw new TidelogError('FENCED_MEMBER_EPOCH', 'another epoch');
    if (subscribe(member, request)) group.epoch += 1;
    return member;
  }

  /** Even shares, with as few moves as possible. */
  #targets(group: FakeGroup): Map<string, Set<string>> {
    if (group.pinned !== undefined) {
      return new Map(
        [...group.pinned].map(([id, names]) => [id, new Set(names.map((name) => this.#keyOf(name)))]),
      );
    }
    const memberIds = [...group.members.keys()].sort();
    const targets = new Map(memberIds.map((id) => [id, new Set<string>()]));
    const keys = [...this.#cluster.topics.values()].flatMap((topic) => {
      const isWanted = [...group.members.values()].some(({ topics, pattern }) => {
        return (
          topics.includes(topic.name) || (pattern !== '' && new RegExp(`^(?:${pattern})$`).test(topic.name))
        );
      });
      return isWanted ? topic.partitions.map((_log, partition) => `${topic.topicId}:${partition}`) : [];
    });
    const share = Math.ceil(keys.length / memberIds.length);
    const isMine = (id: string, key: string): boolean => group.members.get(id)?.assigned.has(key) === true;
    const open = keys.filter((key) => {
      const owner = memberIds.find((id) => isMine(id, key) && (targets.get(id)?.size ?? 0) < share);
      targets.get(owner ?? '')?.add(key);
      return owner === undefined;
    });
    for (const key of open) {
      const [least] = memberIds.toSorted((a, b) => (targets.get(a)?.size ?? 0) - (targets.get(b)?.size ?? 0));
      targets.get(least ?? '')?.add(key);
    }
    return targets;
  }

  #keyOf(name: string): string {
    const dash = name.lastIndexOf('-');
    return `${this.#cluster.topics.get(name.slice(0, dash))?.topicId ?? ''}:${name.slice(dash + 1)}`;
  }

  #reconcile(group: FakeGroup, memberId: string, member: FakeMember): void {
    const target = this.#targets(group).get(memberId) ?? new Set();
    for (const key of member.assigned) {
      if (target.has(key)) continue;
      member.assigned.delete(key);
      member.revoking.add(key);
    }
    if (member.revoking.size > 0) return;
    member.epoch = group.epoch;
    for (const key of target) {
      const isHeld = [...group.members].some(
        ([otherId, other]) => otherId !== memberId && (other.assigned.has(key) || other.revoking.has(key)),
      );
      if (!isHeld) member.assigned.add(key);
    }
  }
}

function subscribe(member: FakeMember, request: Heartbeat): boolean {
  const names = presentOf(request.subscribedTopicNames)?.names ?? member.topics;
  const pattern = request.subscribedTopicPattern ?? member.pattern;
  const isChanged = names.join() !== member.topics.join() || pattern !== member.pattern;
  member.topics = names;
  member.pattern = pattern;
  return isChanged;
}

function problemOf(group: FakeGroup, memberId: string, memberEpoch: number): ErrorCode | undefined {
  if (memberId === '') return group.members.size > 0 ? 'UNKNOWN_MEMBER_ID' : undefined;
  const member = group.members.get(memberId);
  if (member === undefined) return 'UNKNOWN_MEMBER_ID';
  return member.epoch === memberEpoch ? undefined : 'STALE_MEMBER_EPOCH';
}

/** A message that may be absent, whatever its generated type says. */
function presentOf<T>(message: T | null | undefined): T | undefined {
  return message ?? undefined;
}

function keysOf(list: Heartbeat['ownedPartitions'] | null | undefined): Set<string> | undefined {
  if (list === null || list === undefined) return undefined;
  return new Set(
    (list.topics ?? []).flatMap(({ topicId = new Uint8Array(0), partitions = [] }) =>
      partitions.map((partition) => `${topicIdFromBytes(topicId)}:${partition}`),
    ),
  );
}

function listOf(
  keys: ReadonlySet<string>,
): NonNullable<ResponseInputs['CONSUMER_GROUP_HEARTBEAT']['assignment']> {
  return {
    topics: [...keys].map((key) => {
      const [topicId = '', partition] = key.split(':');
      return { topicId: topicIdToBytes(topicId), partitions: [Number(partition)] };
    }),
  };
}
