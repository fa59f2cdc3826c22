/**
 * The names of directories in a data directory, as in Kafka:
 *
 *     orders-3                                             partition 3 of the topic orders
 *     orders-3.6f1d0c5e8a9b4c3d9e2f1a0b7c6d5e4f-delete     the same, deleted, waiting to be removed
 */
export interface TopicPartitionName {
  readonly topic: string;
  readonly partition: number;
}

/** What most file systems allow for one name. */
const MAX_NAME_LENGTH = 255;
const MAX_TOPIC_LENGTH = 249;
const DELETE_SUFFIX = '-delete';

/** `{ topic: 'orders', partition: 3 }` → `orders-3`. */
export function partitionDirectoryName(name: TopicPartitionName): string {
  return `${name.topic}-${name.partition}`;
}

/** undefined for a name that is not of that form. */
export function parsePartitionDirectoryName(name: string): TopicPartitionName | undefined {
  const match = /^([a-zA-Z0-9._-]+)-(0|[1-9]\d{0,9})$/.exec(name);
  if (match === null) return undefined;
  const [, topic = '', digits = ''] = match;
  return isTopicName(topic) ? { topic, partition: Number(digits) } : undefined;
}

/** Kafka's rule: 1 to 249 of letters, digits, `.`, `_` and `-`, and not `.` or `..`, which are directories. */
export function isTopicName(topic: string): boolean {
  return (
    /^[a-zA-Z0-9._-]+$/.test(topic) && topic.length <= MAX_TOPIC_LENGTH && topic !== '.' && topic !== '..'
  );
}

/** The name that a partition's directory gets when it is deleted. `unique`: 32 hexadecimal digits. */
export function deletedDirectoryName(name: string, unique: string): string {
  const suffix = `.${unique}${DELETE_SUFFIX}`;
  return name.slice(0, MAX_NAME_LENGTH - suffix.length) + suffix;
}

/** A partition's name ends in a digit, so no topic looks like this. */
export function isDeletedDirectoryName(name: string): boolean {
  return name.endsWith(DELETE_SUFFIX) && name.includes('.');
}
