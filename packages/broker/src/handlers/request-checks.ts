/**
 * Checks that handlers make before they use what a client sent, and the way from a topic or partition that a
 * request names to the one that the broker has.
 */
import { TidelogError } from '@tidelog/record/errors';
import type { HandlerContext } from '../broker-core.ts';
import type { TopicState } from '../metadata/metadata-state.ts';
import { showTopic } from '../metadata/topic-name.ts';
import type { Partition } from '../partitions/partition.ts';
import type { ConfigResourceType, PartitionReference, TopicReference } from '../requests.ts';

/** The largest wait that a timer takes; a longer one is cut to it, about 25 days. */
export const MAX_WAIT_MS = 0x7fff_ffff;
/** Rows of one request. Each costs the broker memory for its answer, whatever it asks. */
export const MAX_ROWS = 100_000;

/** What a lookup gives: exactly one of the two. */
export type Found<T> =
  | { readonly found: T; readonly error?: undefined }
  | { readonly found?: undefined; readonly error: TidelogError };

/**
 * An integer of a request.
 *
 * @throws INVALID_REQUEST that names the field, its value and its range
 */
export function checkedInteger(
  name: string,
  value: number,
  { min, max = Number.MAX_SAFE_INTEGER }: { min: number; max?: number },
): number {
  if (Number.isSafeInteger(value) && value >= min && value <= max) return value;
  throw new TidelogError(
    'INVALID_REQUEST',
    `${name} is ${value}; it must be an integer from ${min} to ${max}`,
  );
}

/** A wait of a request in milliseconds, at least 0; longer ones than a timer takes are cut. */
export function checkedWaitMs(name: string, value: number): number {
  return Math.min(checkedInteger(name, value, { min: 0 }), MAX_WAIT_MS);
}

/** @throws INVALID_REQUEST when a request names more than the broker answers at once, `maxRows` */
export function checkRowCount(name: string, rows: readonly unknown[], maxRows = MAX_ROWS): void {
  if (rows.length <= maxRows) return;
  throw new TidelogError(
    'INVALID_REQUEST',
    `the request names ${rows.length} ${name}; one request may name ${maxRows}: split it`,
  );
}

/** The names that appear more than once. */
export function repeatedNames(names: readonly (string | undefined)[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const name of names) {
    if (name === undefined) continue;
    if (seen.has(name)) repeated.add(name);
    seen.add(name);
  }
  return repeated;
}

/**
 * A row that is named twice is refused: the answer would contradict itself, and one of a hundred thousand times
 * the same long row would be gigabytes.
 *
 * @throws INVALID_REQUEST when `name` is one of `repeated`
 */
export function checkNotRepeated(
  name: string,
  repeated: ReadonlySet<string>,
  type: ConfigResourceType | 'group' = 'topic',
): void {
  if (!repeated.has(name)) return;
  throw new TidelogError(
    'INVALID_REQUEST',
    `the request names the ${type} ${showTopic(name)} more than once`,
  );
}

/** Of the resources of a request, by type, the names that appear more than once. */
export function repeatedResources(
  resources: readonly { readonly type: ConfigResourceType; readonly name: string }[],
): Readonly<Record<ConfigResourceType, ReadonlySet<string>>> {
  const namesOf = (wanted: ConfigResourceType): string[] =>
    resources.filter(({ type }) => type === wanted).map(({ name }) => name);
  return { topic: repeatedNames(namesOf('topic')), broker: repeatedNames(namesOf('broker')) };
}

/** The topic that a request names, if the principal may do with it what the request does. */
export function findTopic(context: HandlerContext, reference: TopicReference): Found<TopicState> {
  const { view } = context.core.metadata;
  const { topicId, topic } = reference;
  if (topicId !== undefined) {
    const found = view.topics.get(topicId);
    if (found === undefined) {
      return {
        error: new TidelogError(
          'UNKNOWN_TOPIC_ID',
          `there is no topic with the id ${topicId}; refresh metadata`,
        ),
      };
    }
    const denial = context.denial({ type: 'Topic', name: found.topic });
    return denial === undefined ? { found } : { error: denial };
  }
  if (topic === undefined) {
    return { error: new TidelogError('INVALID_REQUEST', 'a row names its topic neither by id nor by name') };
  }
  // Before the lookup: whether a topic exists is not told to those who may not see it.
  const denial = context.denial({ type: 'Topic', name: topic });
  if (denial !== undefined) return { error: denial };
  const found = view.topicNamed(topic);
  return found === undefined ? { error: unknownTopic(topic) } : { found };
}

/** The partition that a request names, if this broker leads it and the client's leader epoch, if any, is right. */
export function findLedPartition(
  context: HandlerContext,
  reference: PartitionReference,
  currentLeaderEpoch?: number,
): Found<Partition> {
  const topic = findTopic(context, reference);
  if (topic.error !== undefined) return topic;
  const { partition: number } = reference;
  const { partitions } = topic.found;
  if (!Number.isSafeInteger(number) || number < 0 || number >= partitions.length) {
    return {
      error: new TidelogError(
        'UNKNOWN_TOPIC_OR_PARTITION',
        `the topic ${showTopic(topic.found.topic)} has no partition ${number}; it has ${partitions.length}, from 0`,
        { topic: topic.found.topic, partition: number },
      ),
    };
  }
  const found = context.core.partitions.get(topic.found, number);
  if (found === undefined) {
    return {
      error: new TidelogError(
        'NOT_LEADER_OR_FOLLOWER',
        `this broker has no replica of ${showTopic(topic.found.topic)} partition ${number}; refresh metadata`,
        { topic: topic.found.topic, partition: number },
      ),
    };
  }
  const problem = found.leadershipProblem(currentLeaderEpoch);
  return problem === undefined ? { found } : { error: problem };
}

export function unknownTopic(topic: string): TidelogError {
  return new TidelogError(
    'UNKNOWN_TOPIC_OR_PARTITION',
    `there is no topic ${showTopic(topic)}; create it first`,
    {
      topic: topic.slice(0, 249),
    },
  );
}
