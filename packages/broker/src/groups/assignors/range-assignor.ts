/**
 * The assignor `range`: each subscriber of a topic gets one range of neighbouring partitions; with P partitions and
 * S subscribers the first P mod S ranges have one partition more. Topics with the same number of partitions and the
 * same subscribers are assigned alike, so that a member has the same numbers of all of them: they can be joined.
 *
 * Which member gets which range, topics that are assigned alike together:
 * 1. a member takes the range that holds most of what it had;
 * 2. who is left takes a range of which most can be read in its rack, where racks are known;
 * 3. who is left takes what is left, in order: static members by instance id, then the others by member id.
 */
import type { TopicId } from '@tidelog/protocol';
import type { PartitionsByTopic } from '../group-records.ts';
import { AssignmentBuilder } from './assignor.ts';
import type { Assignor, AssignorMember, AssignorTopic, AssignorTopics } from './assignor.ts';

export const rangeAssignor: Assignor = { name: 'range', assign: assignRanges };

function assignRanges(
  members: readonly AssignorMember[],
  topics: AssignorTopics,
): Map<string, PartitionsByTopic> {
  const sorted = members.toSorted(compareMembers);
  const builder = new AssignmentBuilder();
  for (const { alike, subscribers } of coPartitionedTopics(sorted, topics)) {
    const ranges = new Ranges(alike[0]!.partitionCount, subscribers.length);
    const owners = new RangeMatching(subscribers, alike, ranges).match();
    for (const { topicId, partitionCount } of alike) {
      for (let partition = 0; partition < partitionCount; partition++) {
        builder.add(owners[ranges.indexOf(partition)]!.memberId, topicId, partition);
      }
    }
  }
  return builder.build();
}

function compareMembers(a: AssignorMember, b: AssignorMember): number {
  if (a.instanceId !== undefined && b.instanceId !== undefined)
    return compareText(a.instanceId, b.instanceId);
  if (a.instanceId !== undefined) return -1;
  if (b.instanceId !== undefined) return 1;
  return compareText(a.memberId, b.memberId);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Topics with one number of partitions and one set of subscribers. */
interface AlikeTopics {
  readonly alike: AssignorTopic[];
  readonly subscribers: readonly AssignorMember[];
}

function coPartitionedTopics(
  members: readonly AssignorMember[],
  topics: AssignorTopics,
): Iterable<AlikeTopics> {
  const subscriptions = [...new Set(members.map(({ topicIds }) => topicIds))];
  const subscriptionsOf = new Map<TopicId, number[]>();
  subscriptions.forEach((topicIds, i) => {
    for (const topicId of topicIds) {
      const known = subscriptionsOf.get(topicId);
      if (known === undefined) subscriptionsOf.set(topicId, [i]);
      else known.push(i);
    }
  });
  const groups = new Map<string, AlikeTopics>();
  for (const topic of topics.values()) {
    const wanted = subscriptionsOf.get(topic.topicId);
    if (wanted === undefined || topic.partitionCount === 0) continue;
    const key = `${String(topic.partitionCount)}:${wanted.join(',')}`;
    const known = groups.get(key);
    if (known !== undefined) {
      known.alike.push(topic);
      continue;
    }
    const lists = new Set(wanted.map((i) => subscriptions[i]!));
    groups.set(key, { alike: [topic], subscribers: members.filter(({ topicIds }) => lists.has(topicIds)) });
  }
  return groups.values();
}

/** `count` ranges over a topic's partitions, the first of them one longer where it does not divide. */
class Ranges {
  readonly count: number;
  readonly #size: number;
  readonly #longerCount: number;

  constructor(partitionCount: number, count: number) {
    this.count = count;
    this.#size = Math.floor(partitionCount / count);
    this.#longerCount = partitionCount % count;
  }

  indexOf(partition: number): number {
    const inLonger = this.#longerCount * (this.#size + 1);
    if (partition < inLonger) return Math.floor(partition / (this.#size + 1));
    return this.#longerCount + Math.floor((partition - inLonger) / this.#size);
  }
}

interface Claim {
  readonly m: number;
  readonly range: number;
  count: number;
}

/** Ranges and members, matched one to one. */
class RangeMatching {
  readonly #members: readonly AssignorMember[];
  readonly #topics: readonly AssignorTopic[];
  readonly #ranges: Ranges;
  readonly #owners: (AssignorMember | undefined)[];
  readonly #served: boolean[];

  constructor(members: readonly AssignorMember[], topics: readonly AssignorTopic[], ranges: Ranges) {
    this.#members = members;
    this.#topics = topics;
    this.#ranges = ranges;
    this.#owners = new Array<undefined>(ranges.count).fill(undefined);
    this.#served = new Array<boolean>(members.length).fill(false);
  }

  /** The owner of each range. */
  match(): readonly (AssignorMember | undefined)[] {
    for (const { m, range } of largestFirst(this.#claimsOfPrevious())) this.#give(range, m);
    this.#matchRacks();
    let range = 0;
    this.#served.forEach((isServed, m) => {
      if (isServed) return;
      while (this.#owners[range] !== undefined) range++;
      this.#give(range, m);
    });
    return this.#owners;
  }

  #give(range: number, m: number): void {
    if (this.#served[m] === true || this.#owners[range] !== undefined) return;
    this.#served[m] = true;
    this.#owners[range] = this.#members[m];
  }

  #claimsOfPrevious(): Claim[] {
    const claims: Claim[] = [];
    this.#members.forEach(({ previous }, m) => {
      const byRange = new Map<number, Claim>();
      for (const { topicId, partitionCount } of this.#topics) {
        for (const partition of previous.get(topicId) ?? []) {
          if (partition >= partitionCount) continue;
          const range = this.#ranges.indexOf(partition);
          const claim = byRange.get(range) ?? { m, range, count: 0 };
          claim.count++;
          byRange.set(range, claim);
        }
      }
      claims.push(...byRange.values());
    });
    return claims;
  }

  #matchRacks(): void {
    const waiting = new Map<string, number[]>();
    this.#members.forEach(({ rackId }, m) => {
      if (rackId === undefined || this.#served[m] === true) return;
      const sameRack = waiting.get(rackId);
      if (sameRack === undefined) waiting.set(rackId, [m]);
      else sameRack.push(m);
    });
    if (waiting.size === 0) return;
    for (const { rack, range } of largestFirst(this.#rackCounts(waiting))) {
      const members = waiting.get(rack)!;
      if (this.#owners[range] === undefined && members.length > 0) this.#give(range, members.shift()!);
    }
  }

  /** For each free range, how many of its partitions are in a rack that somebody waits in. */
  #rackCounts(
    racks: ReadonlyMap<string, unknown>,
  ): { readonly rack: string; readonly range: number; count: number }[] {
    const counts = new Map<string, { readonly rack: string; readonly range: number; count: number }>();
    for (const topic of this.#topics) {
      for (let partition = 0; partition < topic.partitionCount; partition++) {
        const range = this.#ranges.indexOf(partition);
        if (this.#owners[range] !== undefined) continue;
        for (const rack of topic.racksOf(partition)) {
          if (!racks.has(rack)) continue;
          const key = `${String(range)}:${rack}`;
          const known = counts.get(key) ?? { rack, range, count: 0 };
          known.count++;
          counts.set(key, known);
        }
      }
    }
    return [...counts.values()];
  }
}

/** Stable: equals stay in the order in which they were found, members first, then ranges. */
function largestFirst<T extends { readonly count: number }>(claims: T[]): T[] {
  return claims.sort((a, b) => b.count - a.count);
}
