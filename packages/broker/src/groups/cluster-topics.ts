/** The cluster's topics as the group coordinator sees them: a view of the metadata, made on demand. */
import type { TopicId } from '@tidelog/protocol';
import type { MetadataView, TopicState } from '../metadata/metadata-state.ts';
import { isInternalTopic } from '../metadata/topic-name.ts';
import type { TopicsView, TopicView } from './group-decision.ts';

export class ClusterTopics implements TopicsView {
  readonly #view: () => MetadataView;
  /** A topic's state is replaced when it changes, so an entry is right as long as it is there. */
  readonly #seen = new WeakMap<TopicState, TopicView>();

  /** @param view the newest metadata, whenever it is asked for */
  constructor(view: () => MetadataView) {
    this.#view = view;
  }

  named(topic: string): TopicView | undefined {
    return this.#viewOf(this.#view().topicNamed(topic));
  }

  withId(topicId: TopicId): TopicView | undefined {
    return this.#viewOf(this.#view().topics.get(topicId));
  }

  *names(): IterableIterator<string> {
    for (const { topic } of this.#view().topics.values()) yield topic;
  }

  #viewOf(state: TopicState | undefined): TopicView | undefined {
    if (state === undefined) return undefined;
    const seen = this.#seen.get(state);
    if (seen !== undefined) return seen;
    const made: TopicView = {
      topic: state.topic,
      topicId: state.topicId,
      partitionCount: state.partitions.length,
      isInternal: isInternalTopic(state.topic),
      racksOf: (partition) => this.#racksOf(state, partition),
    };
    this.#seen.set(state, made);
    return made;
  }

  #racksOf({ partitions }: TopicState, partition: number): readonly string[] {
    const { brokers } = this.#view();
    const racks = new Set<string>();
    for (const brokerId of partitions[partition]?.replicaIds ?? []) {
      const rack = brokers.get(brokerId)?.rack ?? '';
      if (rack !== '') racks.add(rack);
    }
    return [...racks];
  }
}
