/**
 * The committed offsets of all groups of one partition of `__consumer_offsets`, as a replicated state: `apply` of
 * an offset record is the only change, live and on load.
 *
 * Invariants:
 * - A group or a topic without offsets has no entry: what `groupIds` names has at least one offset.
 * - An offset belongs to the topic of the id that it was committed for. A topic that was deleted and created again
 *   under its name is another log: its readers never see that offset (`current`).
 * - Groups without members that committed offsets (administrators, consumers that assign partitions to themselves)
 *   exist by these entries alone: Kafka's "simple" groups.
 *
 * What is not written: when a group was last seen in use (`lastInUseMs`), which delays the expiry of its offsets.
 * A coordinator that has just loaded counts every group as in use now: offsets live longer then, never shorter.
 */
import type { CommittedOffset, OffsetCommitRecord } from '../group-records.ts';
import type { TopicsView } from '../group-decision.ts';

/** One committed offset with its place. */
export interface CommittedPartition {
  readonly topic: string;
  readonly partition: number;
  readonly committed: CommittedOffset;
}

class GroupOffsets {
  readonly byTopic: Map<string, Map<number, CommittedOffset>> = new Map();
  lastInUseMs: number | undefined;
}

/** How far the search for expired offsets is (offset-expiry.ts). Not written. */
export interface OffsetExpirySweep {
  /** When the next slice is due, by the monotonic clock; Infinity until the first decision. */
  nextMs: number;
  /** Ids of groups that the running sweep has yet to look at. */
  remaining: string[];
}

/** The state itself. Created empty and filled by `apply`. */
export class OffsetsState {
  readonly expiry: OffsetExpirySweep = { nextMs: Infinity, remaining: [] };
  readonly #groups = new Map<string, GroupOffsets>();
  #count = 0;

  /** Committed offsets of all groups together. */
  get count(): number {
    return this.#count;
  }

  /** The groups that have at least one committed offset. */
  groupIds(): IterableIterator<string> {
    return this.#groups.keys();
  }

  has(groupId: string): boolean {
    return this.#groups.has(groupId);
  }

  apply(record: OffsetCommitRecord): void {
    if (record.value === null) {
      this.#remove(record);
      return;
    }
    let group = this.#groups.get(record.groupId);
    if (group === undefined) {
      group = new GroupOffsets();
      this.#groups.set(record.groupId, group);
    }
    let partitions = group.byTopic.get(record.topic);
    if (partitions === undefined) {
      partitions = new Map();
      group.byTopic.set(record.topic, partitions);
    }
    const countBefore = partitions.size;
    partitions.set(record.partition, record.value);
    this.#count += partitions.size - countBefore;
  }

  /** What was committed under this name, whichever topic it was then. */
  committed(groupId: string, topic: string, partition: number): CommittedOffset | undefined {
    return this.#groups.get(groupId)?.byTopic.get(topic)?.get(partition);
  }

  /** What was committed for the topic that has this name now, or for one that is gone. */
  current(
    groupId: string,
    topic: string,
    partition: number,
    topics: TopicsView,
  ): CommittedOffset | undefined {
    const committed = this.committed(groupId, topic, partition);
    return committed === undefined || isOfAnotherTopic(topic, committed, topics) ? undefined : committed;
  }

  /** The topics of a group that have committed offsets. */
  topicsOf(groupId: string): IterableIterator<string> {
    return this.#groups.get(groupId)?.byTopic.keys() ?? [].values();
  }

  /** The committed offsets of one topic of a group. */
  *partitionsOf(groupId: string, topic: string): IterableIterator<CommittedPartition> {
    for (const [partition, committed] of this.#groups.get(groupId)?.byTopic.get(topic) ?? []) {
      yield { topic, partition, committed };
    }
  }

  /** All committed offsets of a group. */
  *offsetsOf(groupId: string): IterableIterator<CommittedPartition> {
    for (const topic of this.topicsOf(groupId)) yield* this.partitionsOf(groupId, topic);
  }

  /** When the group was last seen with members, in milliseconds since the epoch; undefined: never looked at. */
  lastInUseMs(groupId: string): number | undefined {
    return this.#groups.get(groupId)?.lastInUseMs;
  }

  /** Remembers that the group has members now. Not written; no effect on groups without offsets. */
  noteInUse(groupId: string, nowMs: number): void {
    const group = this.#groups.get(groupId);
    if (group !== undefined) group.lastInUseMs = nowMs;
  }

  #remove(record: OffsetCommitRecord): void {
    const group = this.#groups.get(record.groupId);
    const partitions = group?.byTopic.get(record.topic);
    if (group === undefined || partitions?.delete(record.partition) !== true) return;
    this.#count--;
    if (partitions.size === 0) group.byTopic.delete(record.topic);
    if (group.byTopic.size === 0) this.#groups.delete(record.groupId);
  }
}

/** True when the name belongs to another topic than the one that the offset was committed for. */
export function isOfAnotherTopic(topic: string, committed: CommittedOffset, topics: TopicsView): boolean {
  if (committed.topicId === undefined) return false;
  const now = topics.named(topic);
  return now !== undefined && now.topicId !== committed.topicId;
}
