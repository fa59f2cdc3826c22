/**
 * The options of a consumer that concern its group: rows of the table in `consumer-options.ts`.
 */
import { TidelogError } from '@tidelog/record/errors';
import type { ResolvedOptions } from '@tidelog/record/options';
import { MAX_TIMER_MS } from '../../clock.ts';
import type { OnAssigned, OnRevoked } from './partition-handover.ts';

/** The broker's limit; Kafka has none. */
const MAX_GROUP_ID_LENGTH = 255;
const isFunction = (value: unknown): boolean => typeof value === 'function';
const isGroupId = (value: unknown): boolean =>
  typeof value === 'string' && value.length > 0 && value.length <= MAX_GROUP_ID_LENGTH;
const isPattern = (value: unknown): boolean =>
  typeof value === 'string' ? value.length > 0 : value instanceof RegExp && value.flags === '';

export const GROUP_OPTIONS = {
  groupId: {
    type: 'custom',
    shape: 'a string of 1 to 255 characters',
    check: isGroupId,
    as: '' as string,
    kafka: 'group.id',
    doc: 'The consumer group. With topics or topicPattern, the members of a group share the partitions, each read by one of them. With assign(), only offsets are kept for the group.',
  },
  topicPattern: {
    type: 'custom',
    shape: 'a regular expression as a string, or a RegExp without flags',
    check: isPattern,
    as: '' as string | RegExp,
    doc: 'Subscribes the group to every topic whose whole name matches, those that are made later included. The broker matches, in RE2 syntax: no look-around, no back-references. Needs groupId; may be given beside topics.',
  },
  autoCommit: {
    type: 'boolean',
    default: true,
    kafka: 'enable.auto.commit',
    doc: 'Whether the offsets of what was processed are committed by themselves: every autoCommitIntervalMs, when a partition is given up, and when the consumer is closed.',
  },
  autoCommitIntervalMs: {
    type: 'integer',
    default: 5_000,
    min: 1,
    max: MAX_TIMER_MS,
    kafka: 'auto.commit.interval.ms',
    doc: 'How often offsets are committed by themselves.',
  },
  commitTimeoutMs: {
    type: 'integer',
    default: 60_000,
    min: 1,
    max: MAX_TIMER_MS,
    kafka: 'default.api.timeout.ms',
    doc: 'How long a commit is tried again while the coordinator cannot be reached or is not ready.',
  },
  groupInstanceId: {
    type: 'string',
    pattern: /^.+$/su,
    maxLength: 255,
    kafka: 'group.instance.id',
    doc: 'Makes the consumer a static member: one that is closed and comes back within the session time-out gets its partitions again, and nobody else is disturbed. Unique in the group.',
  },
  rackId: {
    type: 'string',
    maxLength: 255,
    kafka: 'client.rack',
    doc: 'Where the consumer runs. The assignors prefer partitions with a replica there.',
  },
  assignor: {
    type: 'enum',
    values: ['uniform', 'range'],
    kafka: 'group.remote.assignor',
    doc: 'How the broker spreads the partitions: evenly and with as few moves as possible (uniform, the broker’s default), or so that equal partitions of different topics go to one member (range). Most members win.',
  },
  rebalanceTimeoutMs: {
    type: 'integer',
    default: 300_000,
    min: 1,
    max: MAX_TIMER_MS,
    kafka: 'max.poll.interval.ms',
    doc: 'How long the member may take to give up partitions: so long a handler under way is waited for. After it the group goes on without the member. How long a handler takes otherwise does not matter.',
  },
  onAssigned: {
    type: 'custom',
    shape: 'a function',
    check: isFunction,
    as: undefined as unknown as OnAssigned,
    doc: 'Called, and awaited, with partitions that were given to the consumer, before their first record is handed out; seek() works in it. What it throws ends the loops.',
  },
  onRevoked: {
    type: 'custom',
    shape: 'a function',
    check: isFunction,
    as: undefined as unknown as OnRevoked,
    doc: 'Called, and awaited, with partitions before they are given up ({ isLost: false }: commits still work), or after they were lost ({ isLost: true }: others may be reading them). What it throws ends the loops.',
  },
} as const;

type Resolved = ResolvedOptions<typeof GROUP_OPTIONS>;

/** The options with defaults filled in, and the pattern as the broker takes it. */
export interface GroupSettings extends Omit<Resolved, 'topicPattern'> {
  readonly topicPattern: string | undefined;
}

/** Options of other clients, and what they are called here. */
const ELSEWHERE_CALLED: Readonly<Record<string, string>> = {
  fromBeginning: "use startFrom: 'earliest'; it counts where the group has committed nothing",
  sessionTimeout: 'the broker sets it for its groups: group.consumer.session.timeout.ms',
  sessionTimeoutMs: 'the broker sets it for its groups: group.consumer.session.timeout.ms',
  heartbeatInterval: 'the broker sets it for its groups: group.consumer.heartbeat.interval.ms',
  heartbeatIntervalMs: 'the broker sets it for its groups: group.consumer.heartbeat.interval.ms',
  rebalanceTimeout: 'use rebalanceTimeoutMs',
  partitionAssigners: "the broker assigns; use assignor: 'uniform' or 'range'",
  autoCommitInterval: 'use autoCommitIntervalMs',
  autoCommitThreshold: 'offsets are committed every autoCommitIntervalMs; call commit() for more',
  maxBytesPerPartition: 'use maxPartitionFetchBytes',
  minBytes: 'use fetchMinBytes',
  maxBytes: 'use fetchMaxBytes',
  maxWaitTimeInMs: 'use fetchMaxWaitMs',
  metadataMaxAge: 'it is an option of new Tidelog(): metadataMaxAgeMs',
  allowAutoTopicCreation: 'a consumer never creates topics',
  pattern: 'use topicPattern',
  maxPollIntervalMs:
    'handlers may take as long as they like; rebalanceTimeoutMs is how long one may hold up the group',
};

/** Throws INVALID_ARGUMENT for an option of another client, with what it is called here. */
export function refuseForeignOptions(input: object): void {
  for (const name of Object.keys(input)) {
    if (!Object.hasOwn(ELSEWHERE_CALLED, name) || Reflect.get(input, name) === undefined) continue;
    throw new TidelogError(
      'INVALID_ARGUMENT',
      `consumer options: there is no ${name}: ${ELSEWHERE_CALLED[name] as string}`,
    );
  }
}

/** Checks the options of a group against each other. Throws INVALID_ARGUMENT. */
export function resolveGroupSettings(
  resolved: Resolved,
  topics: readonly string[] | undefined,
): GroupSettings {
  const { topicPattern, groupId, groupInstanceId, onAssigned, onRevoked, assignor } = resolved;
  const isMember = groupId !== undefined && (topics !== undefined || topicPattern !== undefined);
  const needsGroup = { topicPattern, groupInstanceId, assignor, onAssigned, onRevoked };
  for (const [name, value] of Object.entries(needsGroup)) {
    if (value === undefined || isMember) continue;
    const missing = groupId === undefined ? 'groupId' : 'topics or topicPattern';
    throw new TidelogError(
      'INVALID_ARGUMENT',
      `consumer options: ${name} is for members of a group; it needs ${missing}`,
    );
  }
  const pattern = topicPattern instanceof RegExp ? topicPattern.source : topicPattern;
  return { ...resolved, topicPattern: pattern };
}
