/**
 * What `run({ retry, deadLetterTopic })` takes: the one place that states it, and the names of the topics.
 */
import { TidelogError } from '@tidelog/record/errors';
import { resolveOptions, type OptionsInput, type ResolvedOptions } from '@tidelog/record/options';
import { MAX_TIMER_MS } from '../../clock.ts';
import { requireTopicName } from '../../topic-name.ts';
import type { ConsumerRecord } from '../consumer-record.ts';

type ShouldRetry = (error: unknown, record: ConsumerRecord<unknown, unknown>) => boolean;

const isTopicChoice = (value: unknown): boolean => value === true || typeof value === 'string';

export const RETRY_OPTIONS = {
  maxAttempts: {
    type: 'integer',
    default: 3,
    min: 1,
    max: 1_000,
    doc: 'How often a record is tried in place, the first call included. Its partition (or key, with concurrency by key) waits meanwhile.',
  },
  backoffMs: {
    type: 'integer',
    default: 100,
    min: 0,
    max: MAX_TIMER_MS,
    doc: 'The wait before the second try. It doubles with every failure, ±20 %.',
  },
  maxBackoffMs: {
    type: 'integer',
    default: 10_000,
    min: 0,
    max: MAX_TIMER_MS,
    doc: 'The longest wait between two tries in place.',
  },
  shouldRetry: {
    type: 'custom',
    shape: 'a function',
    check: (value: unknown): boolean => typeof value === 'function',
    as: undefined as unknown as ShouldRetry,
    doc: 'Called with the error and the record: false when trying again would not help; the record then goes to the dead-letter topic at once. Unless given, everything is tried again except bytes that a deserializer refused (SERIALIZATION_FAILED).',
  },
  retryTopic: {
    type: 'custom',
    shape: 'true or the name of a topic',
    check: isTopicChoice,
    as: undefined as unknown as true | string,
    doc: 'Where a record goes after maxAttempts, to be tried again retryDelayMs later by this consumer, which reads this topic too. true: `<group>.<topic>.retry`, without a group `<topic>.retry`.',
  },
  maxRetryRounds: {
    type: 'integer',
    default: 5,
    min: 1,
    max: 1_000,
    doc: 'How often a record goes through the retry topic, maxAttempts tries each time.',
  },
  retryDelayMs: {
    type: 'integer',
    default: 60_000,
    min: 0,
    max: MAX_TIMER_MS,
    doc: 'How long a record waits in the retry topic. All wait equally long, so that none waits behind one that is not due.',
  },
} as const;

type Input = OptionsInput<typeof RETRY_OPTIONS>;

/** How records that could not be handled are tried again. Options: docs/reference/client-options.md. */
export type RetryOptions<K = Buffer, V = Buffer> = Omit<Input, 'shouldRetry'> & {
  readonly shouldRetry?: ((error: unknown, record: ConsumerRecord<K, V>) => boolean) | undefined;
};

/** The options with defaults filled in. */
export type RetrySettings = ResolvedOptions<typeof RETRY_OPTIONS>;

/** Of a run without `retry`: one call, then the dead-letter topic. */
const NO_RETRY: Input = { maxAttempts: 1 };

/** Checks the options. Throws INVALID_ARGUMENT. */
export function resolveRetryOptions<K, V>(input: RetryOptions<K, V> | undefined): RetrySettings {
  return resolveOptions(RETRY_OPTIONS, (input ?? NO_RETRY) as Input, { where: 'run: retry' });
}

/** What a consumer reads, as far as it decides the names of its retry and dead-letter topics. */
export interface SubscribedTopics {
  readonly groupId: string | undefined;
  /** Undefined: partitions are assigned by the program, or topics are chosen by a pattern. */
  readonly topics: readonly string[] | undefined;
}

/** The topics that records of a topic go to when they cannot be handled. */
export class FailureTopics {
  readonly retryTopics: ReadonlySet<string>;
  readonly deadLetterTopics: ReadonlySet<string>;
  readonly #retryTopic: true | string | undefined;
  readonly #deadLetterTopic: true | string | undefined;
  readonly #prefix: string;

  /** Throws INVALID_ARGUMENT or INVALID_TOPIC_EXCEPTION for names that cannot be. */
  constructor(
    choice: {
      readonly retryTopic: true | string | undefined;
      readonly deadLetterTopic: true | string | undefined;
    },
    { groupId, topics }: SubscribedTopics,
  ) {
    this.#retryTopic = choice.retryTopic;
    this.#deadLetterTopic = choice.deadLetterTopic;
    this.#prefix = groupId === undefined ? '' : `${groupId}.`;
    requireNamed('retryTopic', choice.retryTopic, topics);
    requireNamed('deadLetterTopic', choice.deadLetterTopic, topics);
    this.retryTopics = namesOf(choice.retryTopic, topics, (topic) => this.#retryTopicName(topic));
    this.deadLetterTopics = namesOf(choice.deadLetterTopic, topics, (topic) =>
      this.#deadLetterTopicName(topic),
    );
    for (const topic of this.deadLetterTopics) {
      if (this.retryTopics.has(topic) || topics?.includes(topic) === true) throw readsItself(topic);
    }
    for (const topic of this.retryTopics) if (topics?.includes(topic) === true) throw readsItself(topic);
  }

  /** Where records go that were read from `originTopic` at first. */
  retryTopicOf(originTopic: string): string {
    return typeof this.#retryTopic === 'string' ? this.#retryTopic : this.#retryTopicName(originTopic);
  }

  deadLetterTopicOf(originTopic: string): string {
    return typeof this.#deadLetterTopic === 'string'
      ? this.#deadLetterTopic
      : this.#deadLetterTopicName(originTopic);
  }

  #retryTopicName(topic: string): string {
    return `${this.#prefix}${topic}.retry`;
  }

  #deadLetterTopicName(topic: string): string {
    return `${this.#prefix}${topic}.dead-letters`;
  }
}

function requireNamed(
  what: string,
  choice: true | string | undefined,
  topics: readonly string[] | undefined,
): void {
  if (choice === undefined || typeof choice === 'string' || topics !== undefined) return;
  throw new TidelogError(
    'INVALID_ARGUMENT',
    `run: ${what} is true, but its name comes from the topics of the consumer, and this one has no option topics; give ${what} a name`,
  );
}

function namesOf(
  choice: true | string | undefined,
  topics: readonly string[] | undefined,
  nameOf: (topic: string) => string,
): ReadonlySet<string> {
  if (choice === undefined) return new Set();
  const names = new Set(typeof choice === 'string' ? [choice] : (topics ?? []).map(nameOf));
  for (const name of names) requireTopicName(name);
  return names;
}

function readsItself(topic: string): TidelogError {
  return new TidelogError(
    'INVALID_ARGUMENT',
    `run: records that cannot be handled would go to topic ${JSON.stringify(topic)}, which this consumer reads anyway; name another retryTopic or deadLetterTopic`,
    { topic },
  );
}
