/**
 * Requests about partitions that only their leaders answer: finds the leaders, asks each once for all its
 * partitions, and asks again for those whose leader had moved or was not there, until metadataTimeoutMs.
 */
import type { TopicId } from '@tidelog/protocol';
import { TidelogError } from '@tidelog/record/errors';
import { delay } from './abortable.ts';
import { backoffMs } from './backoff-policy.ts';
import type { ClientSettings } from './client-options.ts';
import type { ClusterMetadata } from './cluster-metadata.ts';
import type { TopicInfo } from './metadata-state.ts';
import type { Endpoint } from './transport.ts';

export interface LeaderRequest {
  readonly endpoint: Endpoint;
  readonly topicId: TopicId;
  readonly partitions: readonly number[];
}

export interface PartitionAnswer {
  readonly partition: number;
  readonly error: TidelogError | undefined;
}

interface LeaderContext {
  readonly settings: ClientSettings;
  readonly metadata: ClusterMetadata;
  readonly topic: string;
  readonly signal?: AbortSignal;
}

/**
 * Asks the leaders of `partitions` (all of the topic when undefined). Returns the answers by partition number.
 * Rejects with the first error that does not pass, and with UNKNOWN_TOPIC_OR_PARTITION for a partition that the
 * topic does not have.
 */
export async function askLeaders<A extends PartitionAnswer>(
  context: LeaderContext,
  partitions: readonly number[] | undefined,
  ask: (request: LeaderRequest) => Promise<readonly A[]>,
): Promise<A[]> {
  const { settings, metadata, signal } = context;
  const { clock, random, metadataTimeoutMs, retryBackoffMs, retryBackoffMaxMs } = settings;
  const deadlineMs = clock.monotonicMs() + metadataTimeoutMs;
  const release = metadata.use(context.topic);
  try {
    const answers = new Map<number, A>();
    for (let tries = 1; ; tries++) {
      const topic = await metadata.findTopic(context.topic, { signal });
      const open = (partitions ?? topic.partitions.map(({ partition }) => partition)).filter(
        (partition) => !answers.has(partition),
      );
      const failure = await askOnce(context, { topic, partitions: open, answers, ask });
      if (failure === undefined) return [...answers.values()].sort((a, b) => a.partition - b.partition);
      const waitMs = backoffMs(tries, { initialMs: retryBackoffMs, maxMs: retryBackoffMaxMs }, random);
      if (!failure.retriable || clock.monotonicMs() + waitMs > deadlineMs) throw failure;
      await delay(clock, waitMs, signal);
      await metadata.refresh();
    }
  } finally {
    release();
  }
}

/** One round; fills `answers` and returns the error of a partition that has none yet. */
async function askOnce<A extends PartitionAnswer>(
  context: LeaderContext,
  round: {
    topic: TopicInfo;
    partitions: readonly number[];
    answers: Map<number, A>;
    ask: (request: LeaderRequest) => Promise<readonly A[]>;
  },
): Promise<TidelogError | undefined> {
  const { topic, answers } = round;
  const byLeader = new Map<number, number[]>();
  for (const partition of round.partitions) {
    const leaderId = leaderOf(topic, partition);
    const list = byLeader.get(leaderId);
    if (list === undefined) byLeader.set(leaderId, [partition]);
    else list.push(partition);
  }
  let failure: TidelogError | undefined;
  const asked = [...byLeader].map(async ([leaderId, partitions]) => {
    const endpoint = context.metadata.snapshot.brokers.get(leaderId)?.endpoint;
    if (endpoint === undefined) {
      failure ??= noLeader(topic.name, partitions[0] as number);
      return;
    }
    try {
      const rows = await round.ask({ endpoint, topicId: topic.topicId, partitions });
      for (const row of rows) {
        if (row.error === undefined) answers.set(row.partition, row);
        else failure = worse(failure, row.error);
      }
    } catch (error) {
      failure = worse(failure, TidelogError.from(error));
    }
  });
  await Promise.all(asked);
  return failure;
}

/** An error that does not pass counts more than one that may. */
function worse(known: TidelogError | undefined, error: TidelogError): TidelogError {
  return known === undefined || (known.retriable && !error.retriable) ? error : known;
}

function leaderOf(topic: TopicInfo, partition: number): number {
  const info = topic.partitions[partition];
  if (info !== undefined) return info.leaderId;
  throw new TidelogError(
    'UNKNOWN_TOPIC_OR_PARTITION',
    `topic ${JSON.stringify(topic.name)} has no partition ${partition}; it has 0 to ${topic.partitions.length - 1}`,
    { topic: topic.name, partition, retriable: false },
  );
}

function noLeader(topic: string, partition: number): TidelogError {
  return new TidelogError(
    'LEADER_NOT_AVAILABLE',
    `partition ${partition} of topic ${JSON.stringify(topic)} has no leader`,
    {
      topic,
      partition,
    },
  );
}
