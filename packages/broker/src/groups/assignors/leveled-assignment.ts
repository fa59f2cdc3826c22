/**
 * The uniform assignment of members with different subscriptions: no partition could move to a less loaded
 * subscriber of its topic and make the two more equal.
 *
 * 1. Members keep what they had and still subscribe to.
 * 2. Partitions without an owner go, topics with the fewest subscribers first, to the subscriber with the least.
 * 3. Topic by topic, the partitions of the topic are levelled among its subscribers, given what these have of other
 *    topics: like water that is poured over uneven ground. It is repeated until a round moves nothing; each move
 *    lowers the sum of the squared loads, so it ends.
 *
 * A member gives up no more than the level asks for. Racks decide between equals: who takes an orphan, which
 * partition is given up, which of them a member takes.
 */
import type { TopicId } from '@tidelog/protocol';
import type { PartitionsByTopic } from '../group-records.ts';
import { AssignmentBuilder, fitsRack } from './assignor.ts';
import type { AssignorMember, AssignorTopic } from './assignor.ts';

/** Far more than is ever needed; it bounds the time that an odd group can take. */
const MAX_ROUNDS = 50;

/** One subscriber of one topic. */
interface Share {
  readonly m: number;
  readonly partitions: number[];
}

interface Field {
  readonly topic: AssignorTopic;
  readonly shares: readonly Share[];
}

/** See above. */
export function assignLeveled(
  members: readonly AssignorMember[],
  topics: readonly AssignorTopic[],
): Map<string, PartitionsByTopic> {
  const loads = new Int32Array(members.length);
  const fields = fieldsOf(members, topics);
  for (const field of fields) keepPrevious(field, members, loads);
  fields.sort((a, b) => a.shares.length - b.shares.length);
  for (const field of fields) placeOrphans(field, members, loads);
  for (let round = 0, hasMoved = true; hasMoved && round < MAX_ROUNDS; round++) {
    hasMoved = false;
    for (const field of fields) if (level(field, members, loads)) hasMoved = true;
  }
  const builder = new AssignmentBuilder();
  for (const { topic, shares } of fields) {
    for (const { m, partitions } of shares) {
      for (const partition of partitions) builder.add(members[m]!.memberId, topic.topicId, partition);
    }
  }
  return builder.build();
}

function fieldsOf(members: readonly AssignorMember[], topics: readonly AssignorTopic[]): Field[] {
  const shares = new Map<TopicId, Share[]>(topics.map(({ topicId }) => [topicId, []]));
  members.forEach(({ topicIds }, m) => {
    for (const topicId of topicIds) shares.get(topicId)?.push({ m, partitions: [] });
  });
  return topics
    .map((topic) => ({ topic, shares: shares.get(topic.topicId)! }))
    .filter((field) => field.shares.length > 0);
}

function keepPrevious({ topic, shares }: Field, members: readonly AssignorMember[], loads: Int32Array): void {
  const taken = new Set<number>();
  for (const { m, partitions } of shares) {
    for (const partition of members[m]!.previous.get(topic.topicId) ?? []) {
      if (partition >= topic.partitionCount || taken.has(partition)) continue;
      taken.add(partition);
      partitions.push(partition);
    }
    loads[m]! += partitions.length;
  }
}

function placeOrphans({ topic, shares }: Field, members: readonly AssignorMember[], loads: Int32Array): void {
  const taken = new Set(shares.flatMap(({ partitions }) => partitions));
  for (let partition = 0; partition < topic.partitionCount; partition++) {
    if (taken.has(partition)) continue;
    let best = shares[0]!;
    let bestFits = fitsRack(members[best.m]!, topic, partition);
    for (const share of shares) {
      const difference = loads[share.m]! - loads[best.m]!;
      if (difference > 0 || (difference === 0 && bestFits)) continue;
      const fits = fitsRack(members[share.m]!, topic, partition);
      if (difference === 0 && !fits) continue;
      best = share;
      bestFits = fits;
    }
    best.partitions.push(partition);
    loads[best.m]!++;
  }
}

/** Returns true when something moved. */
function level({ topic, shares }: Field, members: readonly AssignorMember[], loads: Int32Array): boolean {
  const wanted = levelsOf(shares, loads);
  const offered: number[] = [];
  shares.forEach((share, i) => {
    const surplus = share.partitions.length - wanted[i]!;
    if (surplus <= 0) return;
    // What is not in the member's rack goes first.
    const member = members[share.m]!;
    share.partitions.sort(
      (a, b) => Number(fitsRack(member, topic, b)) - Number(fitsRack(member, topic, a)) || a - b,
    );
    offered.push(...share.partitions.splice(share.partitions.length - surplus));
    loads[share.m]! -= surplus;
  });
  if (offered.length === 0) return false;
  shares.forEach((share, i) => {
    const member = members[share.m]!;
    while (share.partitions.length < wanted[i]!) {
      const fitting = offered.findIndex((partition) => fitsRack(member, topic, partition));
      share.partitions.push(...offered.splice(Math.max(fitting, 0), 1));
      loads[share.m]!++;
    }
  });
  return true;
}

/** How many partitions of the topic each subscriber has when the topic is level. */
function levelsOf(shares: readonly Share[], loads: Int32Array): number[] {
  const grounds = shares.map(({ m, partitions }) => loads[m]! - partitions.length);
  let water = shares.reduce((sum, { partitions }) => sum + partitions.length, 0);
  const rising = grounds.toSorted((a, b) => a - b);
  let surface = rising[0]!;
  let wet = 1;
  // The surface rises to the next higher ground as long as there is water for it.
  while (wet < rising.length && (rising[wet]! - surface) * wet <= water) {
    water -= (rising[wet]! - surface) * wet;
    surface = rising[wet]!;
    wet++;
  }
  surface += Math.floor(water / wet);
  let drops = water % wet;
  const wanted = grounds.map((ground) => Math.max(0, surface - ground));
  // Who has one more already keeps it.
  for (const isHolder of [true, false]) {
    for (let i = 0; i < shares.length && drops > 0; i++) {
      if (grounds[i]! > surface || wanted[i]! !== surface - grounds[i]!) continue;
      if (shares[i]!.partitions.length > wanted[i]! !== isHolder) continue;
      wanted[i]!++;
      drops--;
    }
  }
  return wanted;
}
