/**
 * One change of a consumer group in the making: the group as it will be when the records written so far are applied,
 * without changing it. Used by one decision, then thrown away.
 *
 * The order of the steps is always the same: members, then `settle` (patterns, hash, group epoch), then
 * `updateTarget`. Each writes only what differs.
 */
import { TidelogError } from '@tidelog/record/errors';
import type { DecisionDraft } from '../decision-draft.ts';
import type { DecisionContext, TopicsView, TopicView } from '../group-decision.ts';
import type { ConsumerGroupMemberValue, PartitionsByTopic } from '../group-records.ts';
import { resolvePattern } from '../topic-pattern.ts';
import { subscriptionKey } from './consumer-group-state.ts';
import type { ConsumerGroup, ResolvedPattern } from './consumer-group-state.ts';
import { hasSamePartitions, NO_PARTITIONS } from './partitions-by-topic.ts';
import { metadataHashOf, subscribedTopics } from './subscription-metadata.ts';
import { computeTarget } from './target-assignment.ts';

interface SubscriptionInUse {
  readonly topicNames: readonly string[];
  readonly pattern: string;
  memberCount: number;
}

export class ConsumerGroupChange {
  groupEpoch: number;
  assignmentEpoch: number;
  memberCount: number;
  /** Partitions of the subscribed topics, once a target was computed. */
  partitionCount = 0;
  readonly #group: ConsumerGroup;
  readonly #draft: DecisionDraft;
  readonly #context: DecisionContext;
  /** What differs from the group; null: removed. */
  readonly #values = new Map<string, ConsumerGroupMemberValue | null>();
  readonly #patterns = new Map<string, ResolvedPattern | null>();
  readonly #targets = new Map<string, PartitionsByTopic>();

  constructor(group: ConsumerGroup, draft: DecisionDraft, context: DecisionContext) {
    this.#group = group;
    this.#draft = draft;
    this.#context = context;
    this.groupEpoch = group.groupEpoch;
    this.assignmentEpoch = group.assignmentEpoch;
    this.memberCount = group.members.size;
  }

  valueOf(memberId: string): ConsumerGroupMemberValue | undefined {
    const changed = this.#values.get(memberId);
    return changed === undefined ? this.#group.members.get(memberId)?.value : (changed ?? undefined);
  }

  targetOf(memberId: string): PartitionsByTopic {
    return this.#targets.get(memberId) ?? this.#group.targetOf(memberId);
  }

  /** The members as they will be. */
  *members(): IterableIterator<[string, ConsumerGroupMemberValue]> {
    for (const [memberId, member] of this.#group.members) {
      const value = this.#values.get(memberId) ?? member.value;
      if (this.#values.get(memberId) !== null) yield [memberId, value];
    }
    for (const [memberId, value] of this.#values) {
      if (value !== null && !this.#group.members.has(memberId)) yield [memberId, value];
    }
  }

  /** Adds a member, or changes what it said about itself. Returns true when it subscribes to something else. */
  putMember(memberId: string, value: ConsumerGroupMemberValue): boolean {
    const before = this.valueOf(memberId);
    if (before !== undefined && hasSameValue(before, value)) return false;
    if (before === undefined) this.memberCount++;
    this.#values.set(memberId, value);
    this.#draft.write({ type: 'consumerGroupMember', groupId: this.#group.groupId, memberId, value });
    return before === undefined || subscriptionKey(before) !== subscriptionKey(value);
  }

  /** Removes a member with all that it has. In this order, so that a log cut off between two never has a target of nobody. */
  removeMember(memberId: string): void {
    const { groupId } = this.#group;
    this.#values.set(memberId, null);
    this.#targets.set(memberId, NO_PARTITIONS);
    this.memberCount--;
    this.#draft.write(
      { type: 'currentAssignment', groupId, memberId, value: null },
      { type: 'targetAssignmentMember', groupId, memberId, value: null },
      { type: 'consumerGroupMember', groupId, memberId, value: null },
    );
  }

  /** Puts a static member that came back under a new id in the place of the old one. */
  replaceMember(oldMemberId: string, memberId: string): void {
    const value = this.valueOf(oldMemberId)!;
    const target = this.targetOf(oldMemberId);
    this.removeMember(oldMemberId);
    this.memberCount++;
    this.#values.set(memberId, value);
    this.#draft.write({ type: 'consumerGroupMember', groupId: this.#group.groupId, memberId, value });
    if (target.size > 0) this.#setTarget(memberId, target);
  }

  /**
   * Resolves patterns, and begins a new group epoch when asked to, or when the subscribed topics are not what they
   * were in this one. `isRefresh`: topics may have changed, so known patterns are resolved again.
   */
  settle(options: { readonly isRefresh: boolean; readonly mustBump: boolean }): void {
    const subscriptions = this.#subscriptions();
    this.#settlePatterns(new Set(subscriptions.map(({ pattern }) => pattern)), options);
    if (!options.isRefresh && !options.mustBump) return;
    const metadataHash = metadataHashOf(this.#topicsOf(subscriptions));
    if (!options.mustBump && metadataHash === this.#group.metadataHash) return;
    this.groupEpoch++;
    this.#draft.write({
      type: 'consumerGroup',
      groupId: this.#group.groupId,
      value: { epoch: this.groupEpoch, metadataHash },
    });
  }

  /** The target assignment of the group epoch, when there is none yet; what differs for a member is written. */
  updateTarget(): void {
    if (this.groupEpoch === this.assignmentEpoch) return;
    const { groupId } = this.#group;
    const topics = this.#topicsOf(this.#subscriptions());
    this.partitionCount = topics.reduce((sum, topic) => sum + topic.partitionCount, 0);
    const target = computeTarget(this, topics, (pattern) => this.#patternOf(pattern));
    for (const [memberId] of this.members()) {
      const partitions = target.get(memberId) ?? NO_PARTITIONS;
      if (!hasSamePartitions(partitions, this.targetOf(memberId))) this.#setTarget(memberId, partitions);
    }
    this.assignmentEpoch = this.groupEpoch;
    this.#draft.write({
      type: 'targetAssignment',
      groupId,
      value: { assignmentEpoch: this.assignmentEpoch },
    });
  }

  #setTarget(memberId: string, partitions: PartitionsByTopic): void {
    this.#targets.set(memberId, partitions);
    this.#draft.write({
      type: 'targetAssignmentMember',
      groupId: this.#group.groupId,
      memberId,
      value: { partitions },
    });
  }

  #patternOf(pattern: string): ResolvedPattern | undefined {
    return this.#patterns.get(pattern) ?? this.#group.patterns.get(pattern);
  }

  #topicsOf(subscriptions: readonly SubscriptionInUse[]): TopicView[] {
    return subscribedTopics(subscriptions, (pattern) => this.#patternOf(pattern), this.#context.topics);
  }

  /** Those that somebody has when the change is made. */
  #subscriptions(): SubscriptionInUse[] {
    const inUse = new Map<string, SubscriptionInUse>();
    for (const [key, subscription] of this.#group.subscriptions) inUse.set(key, { ...subscription });
    for (const [memberId, value] of this.#values) {
      const before = this.#group.members.get(memberId);
      if (before !== undefined) inUse.get(subscriptionKey(before.value))!.memberCount--;
      if (value === null) continue;
      const key = subscriptionKey(value);
      const known = inUse.get(key);
      if (known !== undefined) known.memberCount++;
      else
        inUse.set(key, {
          topicNames: value.subscribedTopicNames,
          pattern: value.subscribedTopicRegex,
          memberCount: 1,
        });
    }
    return [...inUse.values()].filter(({ memberCount }) => memberCount > 0);
  }

  #settlePatterns(inUse: ReadonlySet<string>, { isRefresh }: { readonly isRefresh: boolean }): void {
    for (const pattern of inUse) {
      if (pattern === '') continue;
      const known = this.#group.patterns.get(pattern);
      if (known !== undefined && !isRefresh) continue;
      const topics = resolvedTopics(pattern, this.#context.topics) ?? known?.topics ?? [];
      if (known === undefined || !hasSameItems(known.topics, topics)) {
        this.#setPattern(pattern, {
          topics,
          version: (known?.version ?? 0) + 1,
          timestampMs: this.#context.nowMs,
        });
      }
    }
    for (const pattern of this.#group.patterns.keys())
      if (!inUse.has(pattern)) this.#setPattern(pattern, null);
  }

  #setPattern(pattern: string, value: ResolvedPattern | null): void {
    this.#patterns.set(pattern, value);
    this.#draft.write({ type: 'regularExpression', groupId: this.#group.groupId, pattern, value });
  }
}

/** A pattern that this broker does not take, from a log that another wrote, matches what it matched there. */
function resolvedTopics(pattern: string, topics: TopicsView): string[] | undefined {
  try {
    return resolvePattern(pattern, topics);
  } catch (thrown) {
    if (thrown instanceof TidelogError) return undefined;
    throw thrown;
  }
}

function hasSameValue(left: ConsumerGroupMemberValue, right: ConsumerGroupMemberValue): boolean {
  return (
    left.instanceId === right.instanceId &&
    left.rackId === right.rackId &&
    left.clientId === right.clientId &&
    left.clientHost === right.clientHost &&
    left.subscribedTopicRegex === right.subscribedTopicRegex &&
    left.rebalanceTimeoutMs === right.rebalanceTimeoutMs &&
    left.serverAssignor === right.serverAssignor &&
    left.classicMember === right.classicMember &&
    hasSameItems(left.subscribedTopicNames, right.subscribedTopicNames)
  );
}

function hasSameItems(left: readonly string[], right: readonly string[]): boolean {
  return left === right || (left.length === right.length && left.every((item, i) => item === right[i]));
}
