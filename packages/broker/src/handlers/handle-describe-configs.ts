/** DescribeConfigs: what a topic or this broker is configured with, where each value comes from, and what it means. */
import { TidelogError } from '@tidelog/record/errors';
import { describeOption } from '@tidelog/record/options';
import type { OptionDefinition } from '@tidelog/record/options';
import type { BrokerCore, HandlerContext } from '../broker-core.ts';
import { BROKER_OPTIONS } from '../options.ts';
import { describeTopicConfigs } from '../topic-config.ts';
import type {
  ConfigEntry,
  DescribeConfigsRequest,
  DescribeConfigsResource,
  DescribeConfigsResponse,
  DescribeConfigsResult,
} from '../requests.ts';
import { checkNotRepeated, checkRowCount, findTopic, repeatedResources } from './request-checks.ts';

/** Rejects with INVALID_REQUEST. */
export async function handleDescribeConfigs(
  context: HandlerContext,
  { resources }: DescribeConfigsRequest,
): Promise<DescribeConfigsResponse> {
  checkRowCount('resources', resources);
  const repeated = repeatedResources(resources);
  return { resources: resources.map((resource) => describe(context, resource, repeated[resource.type])) };
}

function describe(
  context: HandlerContext,
  resource: DescribeConfigsResource,
  repeated: ReadonlySet<string>,
): DescribeConfigsResult {
  const { type, name, configNames } = resource;
  try {
    checkNotRepeated(name, repeated, type);
    if (type === 'broker') {
      const denial = context.denial({ type: 'Cluster' });
      if (denial !== undefined) throw denial;
      checkIsThisBroker(context.core, name);
      return { type, name, entries: describeBroker(context.core, configNames) };
    }
    const { found, error } = findTopic(context, { topic: name });
    if (found === undefined) return { type, name, error, entries: [] };
    const entries = describeTopicConfigs(found.configs, context.core.topicDefaults, configNames);
    return { type, name, entries };
  } catch (thrown) {
    return { type, name, error: context.failure(thrown), entries: [] };
  }
}

/** @throws INVALID_REQUEST for another broker than this one */
export function checkIsThisBroker({ brokerId }: BrokerCore, name: string): void {
  if (name === '' || name === String(brokerId)) return;
  throw new TidelogError(
    'INVALID_REQUEST',
    `the resource is broker ${JSON.stringify(name.slice(0, 40))}, this is broker ${brokerId}; ask that one`,
  );
}

/** The options of this broker that are plain values; they are set at its start and cannot be altered. */
function describeBroker({ options }: BrokerCore, names: readonly string[] | undefined): ConfigEntry[] {
  const wanted = names === undefined || names.length === 0 ? undefined : new Set(names);
  const entries: ConfigEntry[] = [];
  for (const [name, option] of Object.entries<OptionDefinition>(BROKER_OPTIONS)) {
    if (option.type === 'custom' || (wanted !== undefined && !wanted.has(name))) continue;
    const value: unknown = options[name as keyof typeof options];
    entries.push({
      name,
      value: value === undefined ? '' : String(value),
      source: value === option.default ? 'default' : 'broker',
      readOnly: true,
      type: option.type,
      documentation: `${option.doc} Accepts ${describeOption(option)}.`,
    });
  }
  return entries;
}
