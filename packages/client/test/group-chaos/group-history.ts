/**
 * What happened to a group, as those who took part wrote it down: members, producer and whoever made the faults.
 *
 * A history is a list of events in the order of one clock that never goes back and is shared by all processes of
 * the machine (or is virtual); events of one instant keep the order in which they were written. Everything that
 * the checker knows, it knows from here.
 *
 * A member is one life of one process: who is started again has another name (`m1.1`, then `m1.2`).
 */

export interface PartitionName {
  readonly topic: string;
  readonly partition: number;
}

export interface PartitionOffset extends PartitionName {
  /** Of a record; in a commit: the next offset to be read. */
  readonly offset: number;
}

/** The producer was told that a record is at this offset. */
export interface RecordAcknowledged extends PartitionOffset {
  readonly type: 'acknowledged';
  readonly atMs: number;
  /** Unique within the history. */
  readonly value: string;
}

/** The member may read these partitions (`onAssigned` is called). */
export interface PartitionsAssigned {
  readonly type: 'assigned';
  readonly atMs: number;
  readonly member: string;
  readonly partitions: readonly PartitionName[];
}

/** The member has given the partitions up (`onRevoked` ends), or learned that they were lost to it. */
export interface PartitionsGone {
  readonly type: 'revoked' | 'lost';
  readonly atMs: number;
  readonly member: string;
  readonly partitions: readonly PartitionName[];
}

/** A record was handed to the member's program; written before the program works on it. */
export interface RecordDelivered extends PartitionOffset {
  readonly type: 'delivered';
  readonly atMs: number;
  readonly member: string;
  readonly value: string;
}

/** A commit was asked for; written before it is sent. */
export interface CommitAttempted {
  readonly type: 'commitAttempted';
  readonly atMs: number;
  readonly member: string;
  /** Unique within the member, rising. */
  readonly commitId: number;
  /** What the member knew at that moment. */
  readonly memberEpoch: number;
  readonly offsets: readonly PartitionOffset[];
}

/** The commit was accepted. */
export interface CommitAcknowledged {
  readonly type: 'commitAcknowledged';
  readonly atMs: number;
  readonly member: string;
  readonly commitId: number;
  /** What the member knew when the answer came: the commit was accepted under it or an earlier one. */
  readonly memberEpoch: number;
}

/** The commit failed, which leaves open whether an attempt of it was accepted. */
export interface CommitFailed {
  readonly type: 'commitFailed';
  readonly atMs: number;
  readonly member: string;
  readonly commitId: number;
  readonly code: string;
}

/** The group's committed offsets as someone outside read them; partitions without one are left out. */
export interface CommittedObserved {
  readonly type: 'committedObserved';
  readonly atMs: number;
  /** When the question was asked. */
  readonly askedAtMs: number;
  readonly offsets: readonly PartitionOffset[];
}

/** What was done to a member; `closed`: it left by itself. */
export interface MemberFault {
  readonly type: 'started' | 'killed' | 'stopped' | 'continued' | 'closed';
  readonly atMs: number;
  readonly member: string;
}

/** Something that concerns all. `settled`: every partition has its owner and the group does not move. */
export interface GroupMark {
  readonly type: 'settled' | 'brokerDown' | 'brokerUp';
  readonly atMs: number;
}

export type GroupEvent =
  | RecordAcknowledged
  | PartitionsAssigned
  | PartitionsGone
  | RecordDelivered
  | CommitAttempted
  | CommitAcknowledged
  | CommitFailed
  | CommittedObserved
  | MemberFault
  | GroupMark;

/** The name by which partitions are told apart: `orders-3`. */
export function keyOf({ topic, partition }: PartitionName): string {
  return `${topic}-${partition}`;
}

/** Joins what several have written into one history. */
export function mergeHistories(parts: readonly (readonly GroupEvent[])[]): GroupEvent[] {
  return parts.flat().sort((a, b) => a.atMs - b.atMs);
}
