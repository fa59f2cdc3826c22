/**
 * Topic configs: what may be set on a topic, in Kafka's dotted names, and what a topic's configs come to when the
 * broker's defaults and the built-in ones fill the gaps.
 *
 * The table is the log's option table and the rows that the broker itself honours. Values are text in the
 * metadata and on the wire; they are parsed when they are set (INVALID_CONFIG names the nearest name or the
 * range) and again when a log is opened.
 */
import { dottedName, LOG_CONFIG, parseLogConfigs } from '@tidelog/log';
import type { LogConfigInput } from '@tidelog/log';
import { TidelogError } from '@tidelog/record/errors';
import { describeOption, listItems, nearestName, parseOption } from '@tidelog/record/options';
import type { OptionDefinition, OptionTable } from '@tidelog/record/options';
import type { AlterConfig, ConfigEntry } from './requests.ts';

/** The configs that are the broker's affair, not the log's. */
export const BROKER_TOPIC_CONFIG = {
  minInsyncReplicas: {
    type: 'integer',
    min: 1,
    max: 2147483647,
    default: 1,
    kafka: 'min.insync.replicas',
    doc: 'Writes with acks=all are refused while fewer replicas are in sync.',
  },
  // What tools for Kafka set on every topic: what this broker does anyway may be said, anything else is refused.
  compressionType: {
    type: 'enum',
    values: ['producer'],
    default: 'producer',
    kafka: 'compression.type',
    doc: 'Batches are kept as the producer compressed them.',
  },
  uncleanLeaderElectionEnable: {
    type: 'enum',
    values: ['false'],
    default: 'false',
    kafka: 'unclean.leader.election.enable',
    doc: 'A replica that is not in sync never becomes leader.',
  },
  preallocate: {
    type: 'enum',
    values: ['false'],
    default: 'false',
    kafka: 'preallocate',
    doc: 'Segment files grow as they are written.',
  },
} as const satisfies OptionTable;

/** Every topic config by its dotted name. */
export const TOPIC_CONFIGS: ReadonlyMap<string, OptionDefinition> = new Map<string, OptionDefinition>(
  [
    ...(Object.keys(LOG_CONFIG) as (keyof typeof LOG_CONFIG)[]).map((name): [string, OptionDefinition] => [
      dottedName(name),
      LOG_CONFIG[name],
    ]),
    ...Object.values(BROKER_TOPIC_CONFIG).map((option): [string, OptionDefinition] => [option.kafka, option]),
  ].sort(([one], [two]) => (one < two ? -1 : 1)),
);

/** Configs by dotted name, as they are stored. */
export type TopicConfigs = ReadonlyMap<string, string>;

/** A topic's configs in the form in which the code uses them. */
export interface ResolvedTopicConfig {
  readonly log: LogConfigInput;
  readonly minInsyncReplicas: number;
}

/**
 * Refuses a config that no topic may have.
 *
 * @param where what is configured, for the message: `topic "orders"`
 * @throws INVALID_CONFIG
 */
export function checkTopicConfigs(configs: TopicConfigs, where: string): void {
  for (const [name, value] of configs) {
    parseOption(name, definitionOf(name, where), readableValue(value), { where, code: 'INVALID_CONFIG' });
  }
}

/** What a topic's own configs and the broker's defaults come to. */
export function resolveTopicConfig(configs: TopicConfigs, defaults: TopicConfigs): ResolvedTopicConfig {
  const merged = new Map([...defaults, ...configs]);
  const { kafka, default: builtIn } = BROKER_TOPIC_CONFIG.minInsyncReplicas;
  const minInsyncReplicas = Number(merged.get(kafka) ?? builtIn);
  for (const { kafka: name } of Object.values(BROKER_TOPIC_CONFIG)) merged.delete(name);
  return { log: parseLogConfigs(Object.fromEntries(merged)), minInsyncReplicas };
}

/** The rows of DescribeConfigs, in the order of their names. Unknown names in `names` have no row. */
export function describeTopicConfigs(
  configs: TopicConfigs,
  defaults: TopicConfigs,
  names: readonly string[] | undefined,
): ConfigEntry[] {
  const wanted = names === undefined || names.length === 0 ? undefined : new Set(names);
  const entries: ConfigEntry[] = [];
  for (const [name, option] of TOPIC_CONFIGS) {
    if (wanted !== undefined && !wanted.has(name)) continue;
    const own = configs.get(name);
    const byBroker = defaults.get(name);
    entries.push({
      name,
      value: own ?? byBroker ?? String(option.default),
      source: own !== undefined ? 'topic' : byBroker !== undefined ? 'broker' : 'default',
      readOnly: false,
      type: option.type === 'custom' ? 'string' : option.type,
      documentation: `${option.doc} Accepts ${describeOption(option)}.`,
    });
  }
  return entries;
}

/** What a request changes on a topic, checked. */
export interface TopicConfigChanges {
  readonly set: TopicConfigs;
  readonly deleted: ReadonlySet<string>;
}

/**
 * Checks the changes that a request makes.
 *
 * @param changes as in IncrementalAlterConfigs (KIP-339): a list grows by `append` and shrinks by `subtract`, from
 *   what `current` has, or else the default; items that are there, or are not, change nothing
 * @param context `where`: what is configured, for the message: `topic "orders"`; `current`: the topic's own
 *   configs; `defaults`: the broker's
 * @throws INVALID_CONFIG for an unknown name, a value outside its range, or a list operation on a config that is
 *   not a list; INVALID_REQUEST when a name appears twice
 */
export function planConfigChanges(
  changes: readonly AlterConfig[],
  context: { readonly where: string; readonly current: TopicConfigs; readonly defaults: TopicConfigs },
): TopicConfigChanges {
  const { where } = context;
  const set = new Map<string, string>();
  const deleted = new Set<string>();
  for (const { name, operation, value } of changes) {
    const option = definitionOf(name, where);
    if (set.has(name) || deleted.has(name)) {
      throw new TidelogError('INVALID_REQUEST', `${where}: ${name} is changed twice in one request`);
    }
    switch (operation) {
      case 'set':
        set.set(name, value);
        break;
      case 'delete':
        deleted.add(name);
        break;
      case 'append':
      case 'subtract': {
        if (option.type !== 'list') {
          throw new TidelogError(
            'INVALID_CONFIG',
            `${where}: ${name} is not a list; set it instead of appending to it or subtracting from it`,
          );
        }
        const known = listItems(
          context.current.get(name) ?? context.defaults.get(name) ?? String(option.default),
        );
        const named = listItems(value);
        const items =
          operation === 'append'
            ? new Set([...known, ...named])
            : known.filter((item) => !named.includes(item));
        set.set(name, [...items].join(','));
        break;
      }
    }
  }
  checkTopicConfigs(set, where);
  return { set, deleted };
}

function definitionOf(name: string, where: string): OptionDefinition {
  const option = TOPIC_CONFIGS.get(name);
  if (option !== undefined) return option;
  const nearest = nearestName(name.slice(0, 100), TOPIC_CONFIGS.keys());
  const hint = nearest === undefined ? '' : `; did you mean ${JSON.stringify(nearest)}?`;
  throw new TidelogError(
    'INVALID_CONFIG',
    `${where}: there is no config ${JSON.stringify(name.slice(0, 100))}${hint}`,
  );
}

/** Kafka writes "for ever" as the largest int64; the log reads it as the largest safe integer. */
function readableValue(value: string): string {
  return value === '9223372036854775807' ? String(Number.MAX_SAFE_INTEGER) : value;
}
