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
    const asked = request.resources.map(({ resourceType, resourceName, configurationKeys }) => ({
      type: resourceTypeOf(resourceType),
      name: resourceName,
      configNames: configurationKeys ?? undefined,
    }));
    const { resources } = await dispatch('describeConfigs', { resources: asked });
    return {
      body: {
        throttleTimeMs: 0,
        results: resources.map(({ name, error, entries }, index) => ({
          ...errorOf(error),
          resourceType: request.resources[index]?.resourceType ?? 0,
          resourceName: name,
          configs: entries.map((entry) => configRow(entry, request)),
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
      responses: await alter(
        call,
        call.request.resources.map(({ resourceType, resourceName, configs }) => ({
          type: resourceTypeOf(resourceType),
          name: resourceName,
          // What is not named goes back to its default.
          replacesAll: true,
          configs: configs.flatMap(({ name, value }) =>
            value === null ? [] : [{ name, operation: 'set' as const, value }],
          ),
        })),
      ),
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
      responses: await alter(
        call,
        call.request.resources.map(({ resourceType, resourceName, configs }) => ({
          type: resourceTypeOf(resourceType),
          name: resourceName,
          configs: configs.map(({ name, configOperation, value }) => ({
            name,
            operation: operationOf(configOperation),
            value: value ?? '',
          })),
        })),
      ),
    },
  }),
  refuse: (request, error) => ({ throttleTimeMs: 0, responses: refusedRows(request.resources, error) }),
});

interface AskedResource {
  readonly resourceType: number;
  readonly resourceName: string;
}

async function alter(
  {
    request,
    dispatch,
  }: Pick<KafkaCall<'AlterConfigs'>, 'dispatch'> & {
    readonly request: { readonly resources: readonly AskedResource[]; readonly validateOnly: boolean };
  },
  resources: readonly AlterConfigsResource[],
) {
  const response = await dispatch('alterConfigs', { resources, validateOnly: request.validateOnly });
  return response.resources.map(({ name, error }, index) => ({
    ...errorOf(error),
    resourceType: request.resources[index]?.resourceType ?? 0,
    resourceName: name,
  }));
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

function resourceTypeOf(number: number): ConfigResourceType {
  const type = RESOURCE_TYPES.get(number);
  if (type !== undefined) return type;
  throw new TidelogError(
    'INVALID_REQUEST',
    `a resource has the type ${number}; this broker has configs of topics (2) and brokers (4)`,
  );
}

function operationOf(number: number): AlterConfigOperation {
  const operation = OPERATIONS[number];
  if (operation !== undefined) return operation;
  throw new TidelogError('INVALID_REQUEST', `${number} is no operation on a config; there are 0 to 3`);
}
