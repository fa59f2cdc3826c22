/** The topics of a cluster, for tests of groups: they can be created, grown and deleted. */
import type { TopicId } from '@tidelog/protocol';
import type { TopicsView, TopicView } from '../src/groups/group-decision.ts';

export class TestTopics implements TopicsView {
  readonly #byName = new Map<string, TopicView>();
  readonly #byId = new Map<TopicId, TopicView>();
  #created = 0;

  named(topic: string): TopicView | undefined {
    return this.#byName.get(topic);
  }

  withId(topicId: TopicId): TopicView | undefined {
    return this.#byId.get(topicId);
  }

  names(): Iterable<string> {
    return this.#byName.keys();
  }

  /** Creates a topic under a new id; replicas of partition p are in `racks[p % racks.length]`. */
  create(
    topic: string,
    partitionCount: number,
    options: { readonly isInternal?: boolean; readonly racks?: readonly (readonly string[])[] } = {},
  ): TopicView {
    const topicId = `topic${String(this.#created++).padStart(16, '0')}A`;
    return this.#put(topic, topicId, partitionCount, options);
  }

  /** Adds partitions to a topic. */
  grow(topic: string, partitionCount: number): TopicView {
    const known = this.#byName.get(topic)!;
    return this.#put(topic, known.topicId, partitionCount, known);
  }

  delete(topic: string): void {
    this.#byId.delete(this.#byName.get(topic)!.topicId);
    this.#byName.delete(topic);
  }

  #put(
    topic: string,
    topicId: TopicId,
    partitionCount: number,
    options: { readonly isInternal?: boolean; readonly racks?: readonly (readonly string[])[] },
  ): TopicView {
    const racks = options.racks ?? [];
    const view: TopicView = {
      topic,
      topicId,
      partitionCount,
      isInternal: options.isInternal === true,
      racksOf: (partition) => (racks.length === 0 ? [] : racks[partition % racks.length]!),
    };
    this.#byName.set(topic, view);
    this.#byId.set(topicId, view);
    return view;
  }
}
