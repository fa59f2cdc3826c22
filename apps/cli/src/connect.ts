/** The client that a command uses, from the options that all such commands share. */
import { Tidelog, type DescribedTopic } from '@tidelog/client';
import { TidelogError } from '@tidelog/record/errors';
import { nearestName } from '@tidelog/record/options';
import { brokerFlag } from './invocation.ts';
import type { Output } from './output.ts';

export interface BrokerOptions {
  /** `host:port` of one broker or more. */
  readonly broker: readonly string[];
  readonly json?: boolean;
}

/** A person waits: less than the client's defaults. */
const CONNECTION_TIMEOUT_MS = 5_000;
const METADATA_TIMEOUT_MS = 5_000;

export function connect(options: BrokerOptions): Tidelog {
  return new Tidelog({
    brokers: options.broker,
    clientId: 'tidelog-cli',
    connectionTimeoutMs: CONNECTION_TIMEOUT_MS,
    metadataTimeoutMs: METADATA_TIMEOUT_MS,
  });
}

interface Request {
  readonly options: BrokerOptions;
  readonly output: Output;
  readonly signal?: AbortSignal;
  /** False when a topic that is missing is not worth being created. */
  readonly isWorthCreating?: boolean;
}

/**
 * The topic of a command, asked for once and without waiting for it to appear. Rejects with CONNECTION_FAILED, or
 * with UNKNOWN_TOPIC_OR_PARTITION that names the nearest topic and the command that creates this one.
 */
export async function findTopic(tidelog: Tidelog, topic: string, request: Request): Promise<DescribedTopic> {
  const { options, output, signal } = request;
  const admin = tidelog.admin();
  const waits = signal === undefined ? {} : { signal };
  try {
    const [found] = await admin.describeTopics([topic], waits);
    return found as DescribedTopic;
  } catch (error) {
    if (!(error instanceof TidelogError) || error.code !== 'UNKNOWN_TOPIC_OR_PARTITION') throw error;
    const names = (await admin.listTopics(waits)).map((listed) => listed.topic);
    const nearest = nearestName(topic, names);
    throw new TidelogError(
      'UNKNOWN_TOPIC_OR_PARTITION',
      `there is no topic ${JSON.stringify(topic)}` +
        (nearest === undefined ? '' : ` (did you mean ${JSON.stringify(nearest)}?)`) +
        (request.isWorthCreating === false
          ? ''
          : `; to create it: ${output.program} topic create ${topic}${brokerFlag(options.broker)}`),
      { topic, cause: error },
    );
  }
}

/** Throws UNKNOWN_TOPIC_OR_PARTITION that says which partitions there are, unless the topic has this one. */
export function requirePartition({ topic, partitions }: DescribedTopic, partition: number | undefined): void {
  if (partition === undefined || partition < partitions.length) return;
  throw new TidelogError(
    'UNKNOWN_TOPIC_OR_PARTITION',
    `topic ${JSON.stringify(topic)} has no partition ${partition}; it has ` +
      (partitions.length === 1 ? 'only 0' : `0 to ${partitions.length - 1}`),
    { topic, partition },
  );
}
