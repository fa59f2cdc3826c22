/**
 * One consumer group (KIP-848): the coordinator assigns, and reconciles member by member.
 *
 * Three layers, each with an epoch that follows the one above it:
 *   group epoch        rises with every change of members, subscriptions or subscribed topics
 *   assignment epoch   the group epoch that the target assignment was computed for
 *   member epoch       the assignment epoch that the member has reached; −2: a static member that is away
 * A group whose three epochs agree, with every member `stable`, is Stable.
 *
 * `apply` of records is the only change. Records may come from a compacted log: a member's assignment before its
 * subscription, a member before its group. So whatever a record names is made when it is not there yet, and a
 * tombstone of what is not there says nothing.
 *
 * Invariants:
 * - `ownerOf` names the one member that has the partition assigned or still has to give it up.
 * - An instance id belongs to at most one member.
 * - A pattern is resolved (`patterns`) from when the first member subscribes to it until the last one has left it.
 *
 * Not written: when sessions and revocations end, and whether topics have changed since the last look at them.
 */
import type { TopicId } from '@tidelog/protocol';
import type { GroupStateName } from '../../group-requests.ts';
import type {
  ConsumerGroupMemberValue,
  CurrentAssignmentValue,
  PartitionsByTopic,
  RegularExpressionRecord,
} from '../group-records.ts';
import { NO_PARTITIONS } from './partitions-by-topic.ts';

/** The member epoch of a static member that left and may come back within its session. */
export const STATIC_MEMBER_AWAY_EPOCH = -2;

/** The assignment of a member that has joined and was told nothing yet. */
export const UNASSIGNED: CurrentAssignmentValue = {
  memberEpoch: 0,
  previousMemberEpoch: -1,
  state: 'stable',
  assignedPartitions: NO_PARTITIONS,
  partitionsPendingRevocation: NO_PARTITIONS,
};

const UNSUBSCRIBED: ConsumerGroupMemberValue = {
  instanceId: undefined,
  rackId: undefined,
  clientId: '',
  clientHost: '',
  subscribedTopicNames: [],
  subscribedTopicRegex: '',
  rebalanceTimeoutMs: 0,
  serverAssignor: undefined,
  classicMember: undefined,
};

/** Topics and pattern that at least one member subscribes to. Members that ask for the same share one. */
export interface Subscription {
  readonly topicNames: readonly string[];
  /** Empty: none. */
  readonly pattern: string;
  memberCount: number;
}

export class ConsumerGroupMember {
  readonly memberId: string;
  /** What the member said about itself. */
  value: ConsumerGroupMemberValue = UNSUBSCRIBED;
  /** Where the member is on its way to the target. */
  current: CurrentAssignmentValue = UNASSIGNED;
  /** When its session ends, by the monotonic clock. A heartbeat writes it and nothing else. */
  sessionDeadlineMs = Infinity;
  /** When it must have given up what it has to give up, by the monotonic clock; Infinity: nothing. */
  revocationDeadlineMs = Infinity;

  constructor(memberId: string) {
    this.memberId = memberId;
  }
}

/** Equal for members that subscribe to the same. */
export function subscriptionKey(
  value: Pick<ConsumerGroupMemberValue, 'subscribedTopicNames' | 'subscribedTopicRegex'>,
): string {
  return JSON.stringify([value.subscribedTopicRegex, value.subscribedTopicNames]);
}

/** What a pattern matched when it was last resolved. */
export type ResolvedPattern = NonNullable<RegularExpressionRecord['value']>;

export class ConsumerGroup {
  readonly type = 'consumer';
  readonly groupId: string;
  groupEpoch = 0;
  /** Of the subscribed topics when the group epoch began (subscription-metadata.ts). */
  metadataHash = 0;
  assignmentEpoch = 0;
  readonly members: Map<string, ConsumerGroupMember> = new Map();
  /** By `subscriptionKey`: what the members subscribe to, each once. */
  readonly subscriptions: Map<string, Subscription> = new Map();
  /** Characters that the different subscriptions take together. */
  subscriptionLength = 0;
  readonly targetAssignments: Map<string, PartitionsByTopic> = new Map();
  readonly patterns: Map<string, ResolvedPattern> = new Map();
  /** True when topics may have changed since the group last looked at them; so after a load. Not written. */
  isMetadataStale = true;
  /** By the monotonic clock: not before then is a new target computed. Not written. */
  nextTargetMs = -Infinity;
  readonly #memberIdsByInstance = new Map<string, string>();
  readonly #owners = new Map<TopicId, Map<number, string>>();

  constructor(groupId: string) {
    this.groupId = groupId;
  }

  /** Who has the partition, or still has to give it up. */
  ownerOf(topicId: TopicId, partition: number): string | undefined {
    return this.#owners.get(topicId)?.get(partition);
  }

  /** The member with this instance id. */
  staticMember(instanceId: string): ConsumerGroupMember | undefined {
    const memberId = this.#memberIdsByInstance.get(instanceId);
    return memberId === undefined ? undefined : this.members.get(memberId);
  }

  targetOf(memberId: string): PartitionsByTopic {
    return this.targetAssignments.get(memberId) ?? NO_PARTITIONS;
  }

  /** All topics that a member named, or that a member's pattern matched. */
  subscribedTopics(): Set<string> {
    const names = new Set<string>();
    for (const { topics } of this.patterns.values()) for (const topic of topics) names.add(topic);
    for (const { topicNames } of this.subscriptions.values())
      for (const topic of topicNames) names.add(topic);
    return names;
  }

  isReconciled(member: ConsumerGroupMember): boolean {
    return member.current.state === 'stable' && member.current.memberEpoch === this.assignmentEpoch;
  }

  /** Kafka's name of the group's state. */
  get state(): GroupStateName {
    if (this.members.size === 0) return 'Empty';
    if (this.groupEpoch > this.assignmentEpoch) return 'Assigning';
    for (const member of this.members.values()) if (!this.isReconciled(member)) return 'Reconciling';
    return 'Stable';
  }

  applyEpoch(value: { readonly epoch: number; readonly metadataHash: number }): void {
    this.groupEpoch = value.epoch;
    this.metadataHash = value.metadataHash;
    // Nobody begins an epoch without looking at the topics; after a load they are looked at again.
    this.isMetadataStale = false;
  }

  /** Returns the member when it is new. */
  applyMember(memberId: string, value: ConsumerGroupMemberValue | null): ConsumerGroupMember | undefined {
    const known = this.members.get(memberId);
    if (value === null) {
      if (known !== undefined) this.#remove(known);
      return undefined;
    }
    const member = known ?? this.#add(memberId);
    this.#forgetInstance(member);
    this.#unsubscribe(member);
    const shared = this.subscriptions.get(subscriptionKey(value));
    member.value = shared === undefined ? value : { ...value, subscribedTopicNames: shared.topicNames };
    this.#subscribe(member);
    if (value.instanceId !== undefined) this.#memberIdsByInstance.set(value.instanceId, memberId);
    return known === undefined ? member : undefined;
  }

  applyTarget(memberId: string, value: { readonly partitions: PartitionsByTopic } | null): void {
    if (value === null) this.targetAssignments.delete(memberId);
    else this.targetAssignments.set(memberId, value.partitions);
  }

  /** Returns the member, unless it is a tombstone of one that is not there. */
  applyCurrent(memberId: string, value: CurrentAssignmentValue | null): ConsumerGroupMember | undefined {
    const member = this.members.get(memberId) ?? (value === null ? undefined : this.#add(memberId));
    if (member !== undefined) this.#setCurrent(member, value ?? UNASSIGNED);
    return member;
  }

  applyPattern(pattern: string, value: ResolvedPattern | null): void {
    if (value === null) this.patterns.delete(pattern);
    else this.patterns.set(pattern, value);
  }

  /** The earliest moment at which time alone changes something, by the monotonic clock. */
  nextDeadlineMs(): number {
    let atMs = Infinity;
    for (const member of this.members.values()) {
      atMs = Math.min(atMs, member.sessionDeadlineMs, member.revocationDeadlineMs);
    }
    return atMs;
  }

  #add(memberId: string): ConsumerGroupMember {
    const member = new ConsumerGroupMember(memberId);
    this.members.set(memberId, member);
    this.#subscribe(member);
    return member;
  }

  #subscribe({ value }: ConsumerGroupMember): void {
    const key = subscriptionKey(value);
    const known = this.subscriptions.get(key);
    if (known !== undefined) known.memberCount++;
    else {
      this.subscriptionLength += key.length;
      this.subscriptions.set(key, {
        topicNames: value.subscribedTopicNames,
        pattern: value.subscribedTopicRegex,
        memberCount: 1,
      });
    }
  }

  #unsubscribe({ value }: ConsumerGroupMember): void {
    const key = subscriptionKey(value);
    const known = this.subscriptions.get(key)!;
    if (--known.memberCount > 0) return;
    this.subscriptions.delete(key);
    this.subscriptionLength -= key.length;
  }

  #remove(member: ConsumerGroupMember): void {
    this.#setCurrent(member, UNASSIGNED);
    this.#forgetInstance(member);
    this.#unsubscribe(member);
    this.members.delete(member.memberId);
  }

  #forgetInstance({ memberId, value: { instanceId } }: ConsumerGroupMember): void {
    if (instanceId !== undefined && this.#memberIdsByInstance.get(instanceId) === memberId) {
      this.#memberIdsByInstance.delete(instanceId);
    }
  }

  #setCurrent(member: ConsumerGroupMember, current: CurrentAssignmentValue): void {
    this.#release(member.memberId, member.current.assignedPartitions);
    this.#release(member.memberId, member.current.partitionsPendingRevocation);
    member.current = current;
    this.#acquire(member.memberId, current.assignedPartitions);
    this.#acquire(member.memberId, current.partitionsPendingRevocation);
  }

  #acquire(memberId: string, partitionsByTopic: PartitionsByTopic): void {
    for (const [topicId, partitions] of partitionsByTopic) {
      let owners = this.#owners.get(topicId);
      if (owners === undefined) {
        owners = new Map();
        this.#owners.set(topicId, owners);
      }
      for (const partition of partitions) owners.set(partition, memberId);
    }
  }

  #release(memberId: string, partitionsByTopic: PartitionsByTopic): void {
    for (const [topicId, partitions] of partitionsByTopic) {
      const owners = this.#owners.get(topicId);
      if (owners === undefined) continue;
      for (const partition of partitions) if (owners.get(partition) === memberId) owners.delete(partition);
      if (owners.size === 0) this.#owners.delete(topicId);
    }
  }
}
