/**
 * What an assignor is: a pure function from members and topics to who gets which partition. The same input gives the
 * same output, on every broker.
 *
 * Every assignor keeps to this: each partition of a subscribed topic goes to exactly one member that subscribes to
 * the topic; nothing else is assigned; an assignment that is computed again from its own outcome does not change.
 */
import type { TopicId } from '@tidelog/protocol';
import type { PartitionsByTopic } from '../group-records.ts';

export interface AssignorMember {
  readonly memberId: string;
  readonly instanceId: string | undefined;
  readonly rackId: string | undefined;
  /** The topics that it subscribes to and that exist. Members with the same subscription have the same array. */
  readonly topicIds: readonly TopicId[];
  /** What the last assignment gave to it; may name partitions that are gone. */
  readonly previous: PartitionsByTopic;
}

export interface AssignorTopic {
  readonly topicId: TopicId;
  readonly partitionCount: number;
  /** Racks that hold a replica; none when brokers have no racks. */
  racksOf(partition: number): readonly string[];
}

/** Every subscribed topic, in an order that does not depend on the members. */
export type AssignorTopics = ReadonlyMap<TopicId, AssignorTopic>;

export interface Assignor {
  /** As members name it. */
  readonly name: string;
  /** Members that get nothing may be missing in the outcome. At least one member. */
  assign(members: readonly AssignorMember[], topics: AssignorTopics): Map<string, PartitionsByTopic>;
}

/** True when reading the partition crosses no racks, or nothing is known about racks. */
export function fitsRack(member: AssignorMember, topic: AssignorTopic, partition: number): boolean {
  if (member.rackId === undefined) return true;
  const racks = topic.racksOf(partition);
  return racks.length === 0 || racks.includes(member.rackId);
}

/** Collects partitions of members and gives them the form of records. */
export class AssignmentBuilder {
  readonly #byMember = new Map<string, Map<TopicId, number[]>>();

  add(memberId: string, topicId: TopicId, partition: number): void {
    let byTopic = this.#byMember.get(memberId);
    if (byTopic === undefined) {
      byTopic = new Map();
      this.#byMember.set(memberId, byTopic);
    }
    const partitions = byTopic.get(topicId);
    if (partitions === undefined) byTopic.set(topicId, [partition]);
    else partitions.push(partition);
  }

  build(): Map<string, PartitionsByTopic> {
    for (const byTopic of this.#byMember.values()) {
      for (const partitions of byTopic.values()) partitions.sort((a, b) => a - b);
    }
    return this.#byMember;
  }
}
