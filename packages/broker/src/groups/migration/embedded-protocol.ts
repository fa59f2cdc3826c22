/**
 * Between the two protocols: partitions by topic id, as consumer groups have them, and partitions by topic name, as
 * classic members exchange them in bytes (KIP-848, online migration).
 */
import { ConsumerProtocolAssignment } from '@tidelog/kafka-protocol/consumer-protocol';
import type { TopicId } from '@tidelog/protocol';
import type { JoinGroupProtocol, TopicIdPartitions } from '../../group-requests.ts';
import { readSubscription } from '../classic-group/classic-subscriptions.ts';
import type { TopicsView } from '../group-decision.ts';
import type { PartitionsByTopic } from '../group-records.ts';

/** What a classic member says in the protocol that it likes best; the rest says the same about topics. */
export interface EmbeddedSubscription {
  readonly topics: readonly string[];
  readonly rackId: string | undefined;
  /** What it owns. Members that give up everything before they join own nothing. */
  readonly owned: readonly TopicIdPartitions[];
}

interface NamedPartitions {
  readonly topic: string;
  readonly partitions: readonly number[];
}

/** Undefined for metadata that cannot be read. Topics that do not exist are owned by nobody. */
export function embeddedSubscription(
  protocols: readonly JoinGroupProtocol[],
  topics: TopicsView,
): EmbeddedSubscription | undefined {
  const first = protocols[0];
  const subscription = first === undefined ? undefined : readSubscription(first.metadata);
  if (subscription === undefined) return undefined;
  return {
    topics: [...new Set(subscription.topics)].sort(),
    rackId: subscription.rackId ?? undefined,
    owned: byTopicId(subscription.ownedPartitions, topics),
  };
}

/** Lists by name as lists by id; topics that do not exist, and partitions they do not have, are left out. */
export function byTopicId(lists: readonly NamedPartitions[], topics: TopicsView): TopicIdPartitions[] {
  return lists.flatMap(({ topic, partitions }) => {
    const view = topics.named(topic);
    if (view === undefined) return [];
    const existing = partitions.filter((partition) => partition >= 0 && partition < view.partitionCount);
    return existing.length === 0 ? [] : [{ topicId: view.topicId, partitions: existing }];
  });
}

/** A set of what lists name, leaving out what `isTaken` says somebody else has. */
export function partitionSet(
  lists: readonly TopicIdPartitions[],
  isTaken: (topicId: TopicId, partition: number) => boolean,
): PartitionsByTopic {
  const sets = new Map<TopicId, Set<number>>();
  for (const { topicId, partitions } of lists) {
    const set = sets.get(topicId) ?? new Set();
    for (const partition of partitions) if (!isTaken(topicId, partition)) set.add(partition);
    if (set.size > 0) sets.set(topicId, set);
  }
  return new Map(Array.from(sets, ([topicId, set]) => [topicId, [...set].sort((a, b) => a - b)]));
}

/** The bytes of an assignment, in the version that the member's own metadata has. */
export function embeddedAssignment(
  partitionsByTopic: PartitionsByTopic,
  protocols: readonly JoinGroupProtocol[],
  topics: TopicsView,
): Buffer {
  const assignedPartitions: { topic: string; partitions: readonly number[] }[] = [];
  for (const [topicId, partitions] of partitionsByTopic) {
    const topic = topics.withId(topicId)?.topic;
    if (topic !== undefined) assignedPartitions.push({ topic, partitions });
  }
  const metadata = protocols[0]?.metadata;
  const version = metadata !== undefined && metadata.length >= 2 ? metadata.readInt16BE(0) : 0;
  const known = Math.max(0, Math.min(version, ConsumerProtocolAssignment.maxVersion));
  return ConsumerProtocolAssignment.encodeVersioned(known, { assignedPartitions, userData: null });
}
