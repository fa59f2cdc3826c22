/**
 * What a topic may be called: Kafka's rules (org.apache.kafka.common.internals.Topic).
 */

/** The longest topic name, in characters; with the partition number it must fit a directory name. */
export const MAX_TOPIC_NAME_LENGTH = 249;

/** Topics that the broker keeps its own state in. Clients read them, and neither write, change nor create them. */
export const PRODUCER_IDS_TOPIC = '__producer_ids';
export const OFFSETS_TOPIC = '__consumer_offsets';
const INTERNAL_TOPICS: ReadonlySet<string> = new Set([PRODUCER_IDS_TOPIC, OFFSETS_TOPIC]);

/** True for a topic that belongs to the broker. */
export function isInternalTopic(topic: string): boolean {
  return INTERNAL_TOPICS.has(topic);
}

/**
 * True for the name of a topic that belongs to the broker, and for one that collides with it: nobody may take it,
 * also before that topic exists, or the broker could never create its own.
 */
export function isReservedTopicName(topic: string): boolean {
  return [...INTERNAL_TOPICS].some((internal) => collisionKey(internal) === collisionKey(topic));
}

/** Why a name is not valid, in words that follow "topic name …"; undefined when it is. */
export function topicNameProblem(topic: string): string | undefined {
  if (topic.length === 0) return 'is empty';
  if (topic === '.' || topic === '..') return `is "${topic}", which a directory cannot be called`;
  if (topic.length > MAX_TOPIC_NAME_LENGTH) {
    return `has ${topic.length} characters; the longest has ${MAX_TOPIC_NAME_LENGTH}`;
  }
  if (!/^[a-zA-Z0-9._-]+$/.test(topic)) {
    return 'has characters other than ASCII letters, digits, ".", "_" and "-"';
  }
  return undefined;
}

/** Two topics whose keys are equal collide in metric names, where `.` becomes `_`; only one of them may exist. */
export function collisionKey(topic: string): string {
  return topic.replaceAll('.', '_');
}

/** A name for messages: cut when it is long, with quotes. */
export function showTopic(topic: string): string {
  return JSON.stringify(topic.length > 80 ? `${topic.slice(0, 77)}...` : topic);
}
