/**
 * Reads what members of a classic group of the protocol type `consumer` exchange. The coordinator passes these bytes
 * on whatever they are; what cannot be read says nothing, and nobody fails because of it.
 */
import {
  decodeConsumerAssignment,
  decodeConsumerSubscription,
} from '@tidelog/kafka-protocol/consumer-protocol';
import type { ConsumerAssignment, ConsumerSubscription } from '@tidelog/kafka-protocol/consumer-protocol';
import { CONSUMER_PROTOCOL_TYPE } from './classic-group-state.ts';
import type { ClassicGroup, ClassicMember } from './classic-group-state.ts';

/** A member's subscription; undefined for bytes that are none. */
export function readSubscription(metadata: Buffer): ConsumerSubscription | undefined {
  try {
    return decodeConsumerSubscription(metadata).value;
  } catch {
    return undefined;
  }
}

/** A member's assignment; undefined for bytes that are none. */
export function readAssignment(assignment: Buffer): ConsumerAssignment | undefined {
  try {
    return decodeConsumerAssignment(assignment).value;
  } catch {
    return undefined;
  }
}

/**
 * The topics that members subscribe to; `unknown` when the group does not say so in a way that can be read. A group
 * without members subscribes to none.
 */
export function subscribedTopics(group: ClassicGroup): ReadonlySet<string> | 'unknown' {
  const topics = new Set<string>();
  if (group.members.size > 0 && group.protocolType !== CONSUMER_PROTOCOL_TYPE) return 'unknown';
  for (const member of group.members.values()) {
    const subscription = readSubscription(group.metadataOf(member));
    if (subscription === undefined) return 'unknown';
    for (const topic of subscription.topics) topics.add(topic);
  }
  return topics;
}

/**
 * True when the last assignment took partitions from the member that it said it had (incremental rebalances, KIP-429):
 * it is to give them up and to join again, and only then does somebody get them.
 */
export function hasToGiveUp(group: ClassicGroup, member: ClassicMember): boolean {
  if (group.protocolType !== CONSUMER_PROTOCOL_TYPE) return false;
  const owned = readSubscription(group.metadataOf(member))?.ownedPartitions ?? [];
  if (owned.length === 0) return false;
  const assigned = new Map<string, Set<number>>();
  for (const { topic, partitions } of readAssignment(member.assignment)?.assignedPartitions ?? []) {
    assigned.set(topic, new Set(partitions));
  }
  return owned.some(({ topic, partitions }) =>
    partitions.some((partition) => assigned.get(topic)?.has(partition) !== true),
  );
}
