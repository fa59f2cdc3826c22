/**
 * The configs of topics and brokers: describe, and alter in both forms.
 */
import type { RequestOf as KafkaRequestOf } from '@tidelog/kafka-protocol';
import { TidelogError } from '@tidelog/record/errors';
import type {
  AlterConfigOperation,
  AlterConfigsResource,
  ConfigEntry,
  ConfigResourceType,
  ConfigSource,
  ConfigType,
} from '../../../requests.ts';
import { errorOf, kafkaApi, type AnyKafkaApi, type KafkaCall } from '../kafka-api.ts';

/** Kafka's numbers of resources. */
const RESOURCE_TYPES: ReadonlyMap<number, ConfigResourceType> = new Map([
  [2, 'topic'],
  [4, 'broker'],
]);
/** Kafka's numbers of where a value comes from. */
export const CONFIG_SOURCES: Readonly<Record<ConfigSource, number>> = { topic: 1, broker: 4, default: 5 };
/** Kafka's numbers of types; an integer may be as large as its int64. */
const TYPES: Readonly<Record<ConfigType, number>> = {
  boolean: 1,
  string: 2,
  enum: 2,
  integer: 5,
  number: 6,
  list: 7,
};
/** Kafka's numbers of what is done to a value. */
const OPERATIONS: readonly AlterConfigOperation[] = ['set', 'delete', 'append', 'subtract'];

export const DESCRIBE_CONFIGS: AnyKafkaApi = kafkaApi({
  api: 'DescribeConfigs',
  minVersion: 1,
  maxVersion: 4,
  serve: async ({ request, dispatch }) => {
    const results = await rowByRow(request.resources, async (served) => {
      const { resources } = await dispatch('describeConfigs', {
        resources: served.map(({ type, resource: { resourceName, configurationKeys } }) => ({
          type,
          name: resourceName,
          configNames: configurationKeys ?? undefined,
        })),
      });
      return resources;
    });
    return {
      body: {
        throttleTimeMs: 0,
        results: results.map(({ resource, result }) => ({
          ...resource,
          configs: (result?.entries ?? []).map((entry) => configRow(entry, request)),
        })),
      },
    };
  },
  refuse: (request, error) => ({
    throttleTimeMs: 0,
    results: request.resources.map(({ resourceType, resourceName }) => ({
      ...errorOf(error),
      resourceType,
      resourceName,
      configs: [],
    })),
  }),
});

export const ALTER_CONFIGS: AnyKafkaApi = kafkaApi({
  api: 'AlterConfigs',
  minVersion: 0,
  maxVersion: 2,
  serve: async (call) => ({
    body: {
      throttleTimeMs: 0,
      responses: await alter(call, call.request.resources, ({ configs }) => ({
        // What is not named goes back to its default.
        replacesAll: true,
        configs: configs.flatMap(({ name, value }) =>
          value === null ? [] : [{ name, operation: 'set' as const, value }],
        ),
      })),
    },
  }),
  refuse: (request, error) => ({ throttleTimeMs: 0, responses: refusedRows(request.resources, error) }),
});

export const INCREMENTAL_ALTER_CONFIGS: AnyKafkaApi = kafkaApi({
  api: 'IncrementalAlterConfigs',
  minVersion: 0,
  maxVersion: 1,
  serve: async (call) => ({
    body: {
      throttleTimeMs: 0,
      responses: await alter(call, call.request.resources, ({ configs }) => ({
        configs: configs.map(({ name, configOperation, value }) => ({
          name,
          operation: operationOf(configOperation),
          value: value ?? '',
        })),
      })),
    },
  }),
  refuse: (request, error) => ({ throttleTimeMs: 0, responses: refusedRows(request.resources, error) }),
});

interface AskedResource {
  readonly resourceType: number;
  readonly resourceName: string;
}

async function alter<Resource extends AskedResource>(
  {
    request,
    dispatch,
  }: Pick<KafkaCall<'AlterConfigs'>, 'dispatch'> & { readonly request: { readonly validateOnly: boolean } },
  asked: readonly Resource[],
  changesOf: (resource: Resource) => Pick<AlterConfigsResource, 'configs' | 'replacesAll'>,
) {
  const results = await rowByRow(asked, async (served) => {
    const { resources } = await dispatch('alterConfigs', {
      resources: served.map(({ type, resource }) => ({
        type,
        name: resource.resourceName,
        ...changesOf(resource),
      })),
      validateOnly: request.validateOnly,
    });
    return resources;
  });
  return results.map(({ resource }) => resource);
}

/**
 * Serves the resources of the types that this broker has, in one request, and refuses each of the others by itself:
 * administrators ask for groups and topics together.
 */
async function rowByRow<
  Resource extends AskedResource,
  Result extends { readonly error?: TidelogError | undefined },
>(
  asked: readonly Resource[],
  serve: (
    served: readonly { readonly type: ConfigResourceType; readonly resource: Resource }[],
  ) => Promise<readonly Result[]>,
) {
  const results = await serve(
    asked.flatMap((resource) => {
      const type = RESOURCE_TYPES.get(resource.resourceType);
      return type === undefined ? [] : [{ type, resource }];
    }),
  );
  let next = 0;
  return asked.map(({ resourceType, resourceName }) => {
    const result = RESOURCE_TYPES.has(resourceType) ? results[next++] : undefined;
    const error = RESOURCE_TYPES.has(resourceType) ? result?.error : unknownType(resourceType);
    return { result, resource: { ...errorOf(error), resourceType, resourceName } };
  });
}

function refusedRows(resources: readonly AskedResource[], error: TidelogError) {
  return resources.map(({ resourceType, resourceName }) => ({
    ...errorOf(error),
    resourceType,
    resourceName,
  }));
}

function configRow(entry: ConfigEntry, request: KafkaRequestOf<'DescribeConfigs'>) {
  const { name, value, readOnly, source, type, documentation } = entry;
  const configSource = CONFIG_SOURCES[source];
  return {
    name,
    value,
    readOnly,
    configSource,
    isSensitive: false,
    synonyms: request.includeSynonyms ? [{ name, value, source: configSource }] : [],
    configType: TYPES[type],
    documentation: request.includeDocumentation ? documentation : null,
  };
}

function unknownType(number: number): TidelogError {
  return new TidelogError(
    'INVALID_REQUEST',
    `a resource has the type ${number}; this broker has configs of topics (2) and brokers (4)`,
  );
}

function operationOf(number: number): AlterConfigOperation {
  const operation = OPERATIONS[number];
  if (operation !== undefined) return operation;
  throw new TidelogError('INVALID_REQUEST', `${number} is no operation on a config; there are 0 to 3`);
}
