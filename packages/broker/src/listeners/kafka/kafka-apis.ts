/**
 * The APIs of the listener: every row that it serves, and ApiVersions, which lists them.
 *
 * What is not here is not advertised, and a client that asks for it all the same is disconnected, as by Kafka.
 */
import {
  APIS,
  encodeResponse,
  type ApiName,
  type RequestOf,
  type ResponseInput,
} from '@tidelog/kafka-protocol';
import { errorNumber, TidelogError } from '@tidelog/record/errors';
import { errorCodeOf, kafkaApi, type AnyKafkaApi, type ClientSoftware } from './kafka-api.ts';
import { DESCRIBE_CLUSTER, OFFSET_FOR_LEADER_EPOCH } from './translation/cluster.ts';
import { OFFSET_COMMIT, OFFSET_DELETE, OFFSET_FETCH } from './translation/committed-offsets.ts';
import { ALTER_CONFIGS, DESCRIBE_CONFIGS, INCREMENTAL_ALTER_CONFIGS } from './translation/configs.ts';
import {
  CONSUMER_GROUP_DESCRIBE,
  DELETE_GROUPS,
  DESCRIBE_GROUPS,
  LIST_GROUPS,
} from './translation/group-admin.ts';
import {
  CONSUMER_GROUP_HEARTBEAT,
  FIND_COORDINATOR,
  HEARTBEAT,
  JOIN_GROUP,
  LEAVE_GROUP,
  SYNC_GROUP,
} from './translation/groups.ts';
import { METADATA } from './translation/metadata.ts';
import { INIT_PRODUCER_ID, PRODUCE } from './translation/producing.ts';
import { FETCH, LIST_OFFSETS } from './translation/reading.ts';
import { CREATE_PARTITIONS, CREATE_TOPICS, DELETE_RECORDS, DELETE_TOPICS } from './translation/topics.ts';

/** The rows by name. */
export type KafkaApis = ReadonlyMap<ApiName, AnyKafkaApi>;

const SERVED: readonly AnyKafkaApi[] = [
  PRODUCE,
  FETCH,
  LIST_OFFSETS,
  METADATA,
  OFFSET_COMMIT,
  OFFSET_FETCH,
  FIND_COORDINATOR,
  JOIN_GROUP,
  HEARTBEAT,
  LEAVE_GROUP,
  SYNC_GROUP,
  DESCRIBE_GROUPS,
  LIST_GROUPS,
  CREATE_TOPICS,
  DELETE_TOPICS,
  DELETE_RECORDS,
  INIT_PRODUCER_ID,
  OFFSET_FOR_LEADER_EPOCH,
  DESCRIBE_CONFIGS,
  ALTER_CONFIGS,
  CREATE_PARTITIONS,
  DELETE_GROUPS,
  INCREMENTAL_ALTER_CONFIGS,
  OFFSET_DELETE,
  DESCRIBE_CLUSTER,
  CONSUMER_GROUP_HEARTBEAT,
  CONSUMER_GROUP_DESCRIBE,
];

/** All rows that this version of the broker serves. */
export function kafkaApis(): KafkaApis {
  const apis = new Map<ApiName, AnyKafkaApi>(SERVED.map((row) => [row.api, row]));
  apis.set('ApiVersions', apiVersionsOf(apis));
  return apis;
}

/**
 * The answer to an ApiVersions request of an unknown version: version 0, with the error and what there is, so that
 * the client can ask again (KIP-511).
 */
export function unsupportedApiVersions(apis: KafkaApis, correlationId: number): Buffer[] {
  const errorCode = errorNumber('UNSUPPORTED_VERSION');
  return encodeResponse('ApiVersions', { apiVersion: 0, correlationId }, responseOf(apis, errorCode));
}

function apiVersionsOf(apis: KafkaApis): AnyKafkaApi {
  return kafkaApi({
    api: 'ApiVersions',
    minVersion: 0,
    maxVersion: 4,
    serve: ({ request, version, identify }) => {
      if (version >= FIRST_VERSION_WITH_SOFTWARE) identify(softwareOf(request));
      return Promise.resolve({ body: responseOf(apis, 0) });
    },
    refuse: (_request, error) => responseOf(apis, errorCodeOf(error)),
  });
}

const FIRST_VERSION_WITH_SOFTWARE = 3;
/** As KIP-511 has it: nothing that could make a line of a log or a metric something else. */
const SOFTWARE_NAME = /^[a-zA-Z0-9](?:[a-zA-Z0-9\-.]*[a-zA-Z0-9])?$/;

function softwareOf(request: RequestOf<'ApiVersions'>): ClientSoftware {
  const { clientSoftwareName: name, clientSoftwareVersion: version } = request;
  if (SOFTWARE_NAME.test(name) && SOFTWARE_NAME.test(version)) return { name, version };
  throw new TidelogError(
    'INVALID_REQUEST',
    'the name or version of the client software is not made of letters, digits, "-" and "."',
  );
}

function responseOf(apis: KafkaApis, errorCode: number): ResponseInput<'ApiVersions'> {
  const rows = [...apis.values()].map(({ api, minVersion, maxVersion }) => ({
    apiKey: APIS[api].key,
    minVersion,
    maxVersion,
  }));
  return { errorCode, apiKeys: rows.sort((one, two) => one.apiKey - two.apiKey) };
}
