/** Members of consumer groups as the benchmarks need them: they join, take what they are assigned, and heartbeat. */
import type { ResponseBodies } from '@tidelog/protocol';
import type { NativeCalls } from './native-calls.ts';

type Owned = { topicId: Buffer; partitions: number[] }[];

export class GroupMember {
  readonly groupId: string;
  readonly memberId: string;
  readonly #calls: NativeCalls;
  #epoch = 0;
  #owned: Owned = [];
  /** What it owns has changed since the last heartbeat. */
  #isChanged = true;

  constructor(o: { groupId: string; memberId: string; calls: NativeCalls }) {
    this.groupId = o.groupId;
    this.memberId = o.memberId;
    this.#calls = o.calls;
  }

  /** Partitions that the member owns. */
  get ownedCount(): number {
    return this.#owned.reduce((count, { partitions }) => count + partitions.length, 0);
  }

  /** Joins with a subscription to one topic. */
  async join(topic: string): Promise<void> {
    this.#take(
      await this.#calls.call('CONSUMER_GROUP_HEARTBEAT', {
        groupId: this.groupId,
        memberId: this.memberId,
        memberEpoch: 0,
        rebalanceTimeoutMs: 60_000,
        subscribedTopicNames: { names: [topic] },
        ownedPartitions: { topics: [] },
      }),
    );
  }

  /** One heartbeat; true when it changed anything. */
  async heartbeat(): Promise<boolean> {
    const isAcknowledging = this.#isChanged;
    this.#isChanged = false;
    const epoch = this.#epoch;
    this.#take(
      await this.#calls.call('CONSUMER_GROUP_HEARTBEAT', {
        groupId: this.groupId,
        memberId: this.memberId,
        memberEpoch: epoch,
        ...(isAcknowledging ? { ownedPartitions: { topics: this.#owned } } : {}),
      }),
    );
    return this.#isChanged || this.#epoch !== epoch;
  }

  #take({ memberEpoch, assignment }: ResponseBodies['CONSUMER_GROUP_HEARTBEAT']): void {
    this.#epoch = memberEpoch;
    const topics = (assignment as typeof assignment | null)?.topics;
    if (topics === undefined) return;
    this.#owned = topics.map(({ topicId, partitions }) => ({
      topicId: Buffer.from(topicId ?? []),
      partitions: [...(partitions ?? [])],
    }));
    this.#isChanged = true;
  }
}

/** Groups of members over a few connections, all of whom have joined and own what they are to own. */
export async function joinGroups(
  calls: readonly NativeCalls[],
  o: { groups: number; membersPerGroup: number; topic: string; partitions: number },
): Promise<GroupMember[]> {
  const members = Array.from({ length: o.groups * o.membersPerGroup }, (_, index) => {
    const group = Math.floor(index / o.membersPerGroup);
    const memberId = memberIdOf(index);
    return new GroupMember({ groupId: `group-${group}`, memberId, calls: calls[index % calls.length]! });
  });
  await calls[0]?.call('FIND_COORDINATOR', { groupIds: ['group-0'] });
  await Promise.all(members.map((member) => member.join(o.topic)));
  for (let isMoving = true; isMoving;) {
    const changes = await Promise.all(members.map((member) => member.heartbeat()));
    const owned = members.reduce((count, { ownedCount }) => count + ownedCount, 0);
    isMoving = changes.includes(true) || owned < o.groups * o.partitions;
  }
  return members;
}

/** A member's id: 22 characters, as clients make them. */
function memberIdOf(index: number): string {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt32BE(index + 1, 12);
  return bytes.toString('base64url');
}
