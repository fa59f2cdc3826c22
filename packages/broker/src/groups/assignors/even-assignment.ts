/**
 * The uniform assignment of members that all subscribe to the same topics. With P partitions and M members everybody
 * gets floor(P / M), and P mod M members get one more.
 *
 * 1. A member keeps what it had, up to its share; what it has too much comes from the topics of which it has most.
 *    Where racks are known it keeps only what is in its rack, as long as these steps find somebody for the rest:
 * 2. a partition without an owner goes to a member of one of its racks that has not got its share;
 * 3. else back to the one who had it;
 * 4. else to whoever has not got its share, in turn, so that a topic is spread over the members.
 *
 * Repeating it changes nothing once no step 2 finds anything, and every step 2 that does raises the number of
 * partitions that are read within a rack.
 */
import type { PartitionsByTopic } from '../group-records.ts';
import { AssignmentBuilder, fitsRack } from './assignor.ts';
import type { AssignorMember, AssignorTopic } from './assignor.ts';

const NOBODY = -1;

/** See above. Every member subscribes to every topic. */
export function assignEvenly(
  members: readonly AssignorMember[],
  topics: readonly AssignorTopic[],
): Map<string, PartitionsByTopic> {
  return new EvenAssignment(members, topics).assign();
}

class EvenAssignment {
  readonly #members: readonly AssignorMember[];
  readonly #topics: readonly AssignorTopic[];
  /** Partitions are numbered through: those of topic t begin at `#firstOf[t]`. */
  readonly #firstOf: number[] = [];
  readonly #topicOf: Int32Array;
  readonly #owners: Int32Array;
  readonly #previousOwners: Int32Array;
  readonly #counts: Int32Array;
  readonly #share: number;
  /** How many members may still get one more than the share. */
  #extrasLeft: number;

  constructor(members: readonly AssignorMember[], topics: readonly AssignorTopic[]) {
    this.#members = members;
    this.#topics = topics;
    let total = 0;
    for (const { partitionCount } of topics) {
      this.#firstOf.push(total);
      total += partitionCount;
    }
    this.#topicOf = new Int32Array(total);
    topics.forEach(({ partitionCount }, t) => {
      this.#topicOf.fill(t, this.#firstOf[t]!, this.#firstOf[t]! + partitionCount);
    });
    this.#owners = new Int32Array(total).fill(NOBODY);
    this.#previousOwners = new Int32Array(total).fill(NOBODY);
    this.#counts = new Int32Array(members.length);
    this.#share = Math.floor(total / members.length);
    this.#extrasLeft = total % members.length;
  }

  assign(): Map<string, PartitionsByTopic> {
    this.#readPrevious();
    this.#members.forEach((_, m) => {
      this.#keep(m);
    });
    this.#fillWithinRacks();
    this.#giveBack();
    this.#dealOut();
    const builder = new AssignmentBuilder();
    this.#owners.forEach((m, at) => {
      const t = this.#topicOf[at]!;
      builder.add(this.#members[m]!.memberId, this.#topics[t]!.topicId, at - this.#firstOf[t]!);
    });
    return builder.build();
  }

  #readPrevious(): void {
    this.#members.forEach(({ previous }, m) => {
      this.#topics.forEach(({ topicId, partitionCount }, t) => {
        for (const partition of previous.get(topicId) ?? []) {
          if (partition < partitionCount) this.#previousOwners[this.#firstOf[t]! + partition] = m;
        }
      });
    });
  }

  #keep(m: number): void {
    const member = this.#members[m]!;
    const byTopic: number[][] = [];
    let count = 0;
    this.#topics.forEach(({ topicId, partitionCount }, t) => {
      const kept: number[] = [];
      for (const partition of member.previous.get(topicId) ?? []) {
        const at = this.#firstOf[t]! + partition;
        if (partition < partitionCount && this.#previousOwners[at] === m && this.#fits(m, at)) kept.push(at);
      }
      if (kept.length > 0) byTopic.push(kept);
      count += kept.length;
    });
    let limit = this.#share;
    if (count > limit && this.#extrasLeft > 0) {
      limit++;
      this.#extrasLeft--;
    }
    dropFromLargest(byTopic, count - limit);
    for (const kept of byTopic) for (const at of kept) this.#owners[at] = m;
    this.#counts[m] = Math.min(count, limit);
  }

  #fillWithinRacks(): void {
    const byRack = new Map<string, number[]>();
    this.#members.forEach(({ rackId }, m) => {
      if (rackId === undefined) return;
      const sameRack = byRack.get(rackId);
      if (sameRack === undefined) byRack.set(rackId, [m]);
      else sameRack.push(m);
    });
    if (byRack.size === 0) return;
    for (let at = 0; at < this.#owners.length; at++) {
      if (this.#owners[at] !== NOBODY) continue;
      const t = this.#topicOf[at]!;
      for (const rack of this.#topics[t]!.racksOf(at - this.#firstOf[t]!)) {
        const m = this.#nextWithRoom(byRack.get(rack));
        if (m === undefined) continue;
        this.#give(at, m);
        break;
      }
    }
  }

  /** Takes the first of the queue that has room and puts it to the end; who has none leaves the queue. */
  #nextWithRoom(queue: number[] | undefined): number | undefined {
    while (queue !== undefined && queue.length > 0) {
      const m = queue.shift()!;
      if (!this.#hasRoom(m)) continue;
      queue.push(m);
      return m;
    }
    return undefined;
  }

  #giveBack(): void {
    this.#previousOwners.forEach((m, at) => {
      // What fits its owner's rack and was not kept is beyond that member's share.
      if (m === NOBODY || this.#owners[at] !== NOBODY || this.#fits(m, at)) return;
      if (this.#hasRoom(m)) this.#give(at, m);
    });
  }

  #dealOut(): void {
    const free: number[] = [];
    this.#owners.forEach((m, at) => {
      if (m === NOBODY) free.push(at);
    });
    const everybody = this.#members.map((_, m) => m);
    let dealt = 0;
    let open = everybody.filter((m) => this.#counts[m]! < this.#share);
    while (open.length > 0) {
      for (const m of open) this.#give(free[dealt++]!, m);
      open = open.filter((m) => this.#counts[m]! < this.#share);
    }
    for (const m of everybody) {
      if (dealt === free.length) return;
      if (this.#counts[m] === this.#share) this.#give(free[dealt++]!, m);
    }
  }

  #fits(m: number, at: number): boolean {
    const t = this.#topicOf[at]!;
    return fitsRack(this.#members[m]!, this.#topics[t]!, at - this.#firstOf[t]!);
  }

  #hasRoom(m: number): boolean {
    const count = this.#counts[m]!;
    return count < this.#share || (count === this.#share && this.#extrasLeft > 0);
  }

  #give(at: number, m: number): void {
    if (this.#counts[m] === this.#share) this.#extrasLeft--;
    this.#owners[at] = m;
    this.#counts[m]!++;
  }
}

/** Takes partitions out of the longest lists, one by one. */
function dropFromLargest(byTopic: readonly number[][], dropCount: number): void {
  for (let dropped = 0; dropped < dropCount; dropped++) {
    let largest = byTopic[0]!;
    for (const kept of byTopic) if (kept.length > largest.length) largest = kept;
    largest.pop();
  }
}
