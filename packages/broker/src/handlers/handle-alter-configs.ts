/** AlterConfigs: changes single configs of topics; they take effect on open logs at once. */
import { TidelogError } from '@tidelog/record/errors';
import type { HandlerContext } from '../broker-core.ts';
import { showTopic } from '../metadata/topic-name.ts';
import { planConfigChanges, type TopicConfigs } from '../topic-config.ts';
import type {
  AlterConfig,
  AlterConfigsRequest,
  AlterConfigsResource,
  AlterConfigsResponse,
  AlterConfigsResult,
} from '../requests.ts';
import { checkNotRepeated, checkRowCount, findTopic, repeatedResources } from './request-checks.ts';
import { checkMayChange } from './topic-changes.ts';

/** Rejects with INVALID_REQUEST. */
export async function handleAlterConfigs(
  context: HandlerContext,
  { resources, validateOnly }: AlterConfigsRequest,
): Promise<AlterConfigsResponse> {
  checkRowCount('resources', resources);
  const repeated = repeatedResources(resources);
  const results: AlterConfigsResult[] = [];
  for (const resource of resources) {
    results.push(await alter(context, resource, { validateOnly, repeated: repeated[resource.type] }));
  }
  return { resources: results };
}

async function alter(
  context: HandlerContext,
  { type, name, configs, replacesAll = false }: AlterConfigsResource,
  { validateOnly, repeated }: { validateOnly: boolean; repeated: ReadonlySet<string> },
): Promise<AlterConfigsResult> {
  try {
    checkNotRepeated(name, repeated, type);
    if (type === 'broker') {
      throw new TidelogError(
        'INVALID_REQUEST',
        'the configs of a broker are the options that it was started with; change them there and start it again',
      );
    }
    const { found, error } = findTopic(context, { topic: name });
    if (found === undefined) return { type, name, error };
    checkMayChange(name);
    const changes = planConfigChanges(replacesAll ? withDeletions(configs, found.configs) : configs, {
      where: `topic ${showTopic(name)}`,
      current: found.configs,
      defaults: context.core.topicDefaults,
    });
    if (!validateOnly) {
      const { topicId } = found;
      const refusal = await context.core.metadata.execute({
        type: 'changeTopicConfigs',
        topicId,
        ...changes,
      });
      if (refusal !== undefined) throw refusal;
    }
    return { type, name };
  } catch (thrown) {
    return { type, name, error: context.failure(thrown) };
  }
}

/** The changes, and the deletion of every config of the topic that they do not name. */
function withDeletions(changes: readonly AlterConfig[], current: TopicConfigs): readonly AlterConfig[] {
  const named = new Set(changes.map(({ name }) => name));
  const unnamed = [...current.keys()].filter((name) => !named.has(name));
  return [...changes, ...unnamed.map((name): AlterConfig => ({ name, operation: 'delete', value: '' }))];
}
