/**
 * Partitions as a group names them: by topic id, so that a topic that was deleted and made again is another one.
 */
import { topicIdFromBytes, topicIdToBytes, type TopicId, type wire } from '@tidelog/protocol';
import { TidelogError } from '@tidelog/record/errors';

/** `<topic id>:<partition>`; topic ids hold no colon. */
export type PartitionKey = string;

export function partitionKey(topicId: TopicId, partition: number): PartitionKey {
  return `${topicId}:${partition}`;
}

export function parsePartitionKey(key: PartitionKey): {
  readonly topicId: TopicId;
  readonly partition: number;
} {
  const colon = key.indexOf(':');
  return { topicId: key.slice(0, colon), partition: Number(key.slice(colon + 1)) };
}

/** The partitions that a message lists. Throws MALFORMED_FRAME for a topic id that is none. */
export function keysOfList(list: wire.TopicPartitionList.$Properties): PartitionKey[] {
  return (list.topics ?? []).flatMap(({ topicId, partitions = [] }) => {
    if (topicId === undefined) throw new TidelogError('MALFORMED_FRAME', 'an assignment names no topic id');
    const id = topicIdFromBytes(topicId);
    return partitions.map((partition) => partitionKey(id, partition));
  });
}

/** A message's list of partitions. */
export function listOfKeys(keys: readonly PartitionKey[]): wire.TopicPartitionList.$Properties {
  const byTopic = Map.groupBy(keys.map(parsePartitionKey), ({ topicId }) => topicId);
  return {
    topics: [...byTopic].map(([topicId, rows]) => ({
      topicId: topicIdToBytes(topicId),
      partitions: rows.map(({ partition }) => partition),
    })),
  };
}
