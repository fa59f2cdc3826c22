/**
 * What a group's epoch depends on besides its members: the subscribed topics as they are now. A hash of them is kept
 * with the group epoch; when it differs, topics were created, deleted, grown or moved to other racks, and the group
 * needs a new target assignment.
 */
import type { TopicsView, TopicView } from '../group-decision.ts';
import type { ResolvedPattern } from './consumer-group-state.ts';

/** The topics, of those with these names and those that the patterns matched, that exist; sorted by name. */
export function subscribedTopics(
  subscriptions: Iterable<{ readonly topicNames: readonly string[]; readonly pattern: string }>,
  patternOf: (pattern: string) => ResolvedPattern | undefined,
  topics: TopicsView,
): TopicView[] {
  const names = new Set<string>();
  for (const { topicNames, pattern } of subscriptions) {
    for (const name of topicNames) names.add(name);
    for (const name of patternOf(pattern)?.topics ?? []) names.add(name);
  }
  return [...names].sort().flatMap((name) => topics.named(name) ?? []);
}

/** Of ids, partition counts and racks: 53 bits, and never 0 unless there are no topics. */
export function metadataHashOf(topics: readonly TopicView[]): number {
  if (topics.length === 0) return 0;
  const hash = new TextHash();
  for (const topic of topics) {
    hash.add(topic.topicId);
    hash.addNumber(topic.partitionCount);
    for (let partition = 0; partition < topic.partitionCount; partition++) {
      const racks = topic.racksOf(partition);
      if (racks.length === 0) continue;
      hash.addNumber(partition);
      // The order of replicas says nothing about where they are.
      for (const rack of racks.toSorted()) hash.add(rack);
    }
  }
  return hash.value() || 1;
}

/** Two multiplicative hashes (FNV-1a's step with two primes) side by side. */
class TextHash {
  #low = 0x811c9dc5;
  #high = 0x9e3779b9;

  add(text: string): void {
    for (let i = 0; i < text.length; i++) this.addNumber(text.charCodeAt(i));
    this.addNumber(-1);
  }

  addNumber(value: number): void {
    this.#low = Math.imul(this.#low ^ value, 0x01000193);
    this.#high = Math.imul(this.#high ^ value, 0x85ebca6b);
    this.#high ^= this.#high >>> 15;
  }

  value(): number {
    return (this.#high >>> 11) * 0x1_0000_0000 + (this.#low >>> 0);
  }
}
