/** Which topic a row of a request means. */
import { TidelogError } from '@tidelog/record/errors';
import type { TopicReference } from '../../requests.ts';
import type { TopicsView, TopicView } from '../group-decision.ts';

/** The topic, by its id when that is given, else by its name; UNKNOWN_TOPIC_ID or UNKNOWN_TOPIC_OR_PARTITION. */
export function resolveTopic(topics: TopicsView, reference: TopicReference): TopicView | TidelogError {
  const { topicId, topic } = reference;
  if (topicId !== undefined) {
    return (
      topics.withId(topicId) ??
      new TidelogError('UNKNOWN_TOPIC_ID', `there is no topic with the id ${topicId}; refresh metadata`)
    );
  }
  return (
    (topic === undefined ? undefined : topics.named(topic)) ??
    new TidelogError('UNKNOWN_TOPIC_OR_PARTITION', `there is no topic '${topic ?? ''}'`)
  );
}
