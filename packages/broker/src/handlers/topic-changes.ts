/**
 * What the handlers that change topics share: one command per topic, executed in the order of the request, and
 * the topics that nobody may change.
 */
import { randomTopicId } from '@tidelog/protocol';
import { TidelogError } from '@tidelog/record/errors';
import type { BrokerCore } from '../broker-core.ts';
import type { MetadataCommand } from '../metadata/metadata-state.ts';
import { isInternalTopic, isReservedTopicName, showTopic, topicNameProblem } from '../metadata/topic-name.ts';
import { checkTopicConfigs } from '../topic-config.ts';
import type { TopicConfigs } from '../topic-config.ts';

/** @throws INVALID_TOPIC_EXCEPTION for a topic that belongs to the broker */
export function checkMayChange(topic: string): void {
  if (!isInternalTopic(topic)) return;
  throw new TidelogError(
    'INVALID_TOPIC_EXCEPTION',
    `the topic ${showTopic(topic)} belongs to the broker; it cannot be changed or deleted`,
  );
}

/** The command that creates a topic; 0 stands for the broker's default. Throws INVALID_TOPIC_EXCEPTION or INVALID_CONFIG. */
export function createTopicCommand(
  { options, random }: Pick<BrokerCore, 'options' | 'random'>,
  topic: {
    readonly topic: string;
    readonly partitionCount: number;
    readonly replicationFactor: number;
    readonly configs: TopicConfigs;
  },
): Extract<MetadataCommand, { type: 'createTopic' }> {
  const problem = topicNameProblem(topic.topic);
  if (problem !== undefined) {
    throw new TidelogError('INVALID_TOPIC_EXCEPTION', `topic name ${showTopic(topic.topic)} ${problem}`);
  }
  if (isReservedTopicName(topic.topic)) {
    throw new TidelogError(
      'INVALID_TOPIC_EXCEPTION',
      `topic name ${showTopic(topic.topic)} belongs to the broker; choose another`,
    );
  }
  checkTopicConfigs(topic.configs, `topic ${showTopic(topic.topic)}`);
  return {
    type: 'createTopic',
    topicId: randomTopicId((sizeBytes) => random.bytes(sizeBytes)),
    topic: topic.topic,
    partitionCount: topic.partitionCount === 0 ? options.defaultPartitions : topic.partitionCount,
    replicationFactor:
      topic.replicationFactor === 0 ? options.defaultReplicationFactor : topic.replicationFactor,
    configs: topic.configs,
    maxPartitions: options.maxPartitions,
  };
}
