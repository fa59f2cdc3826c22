/**
 * The native protocol's messages ↔ the broker's requests and responses, api by api. The one place where the
 * broker knows both.
 *
 * Numbers are checked here as far as the wire allows more than the request does: enumerations, ids of 16 bytes,
 * safe integers. Whether a value makes sense is for the handler to say. Record bytes are views of the frame.
 */
import { TidelogError } from '@tidelog/record/errors';
import { fromSafeNumber, topicIdFromBytes, toSafeNumber, wire, type ApiName } from '@tidelog/protocol';
import type {
  Acks,
  AlterConfigOperation,
  ConfigResourceType,
  ConfigSource,
  IsolationLevel,
  RequestKind,
} from '../../requests.ts';
import {
  errorFields,
  invalid,
  leaderEpochOf,
  partitionFields,
  rows,
  topicFields,
  topicReferences,
  topicResult,
  type Translation,
} from './native-fields.ts';
import { BROKER_TRANSLATIONS, type BrokerKindOf } from './native-broker-translation.ts';
import { GROUP_TRANSLATIONS, type GroupKindOf } from './native-group-translation.ts';

const MAX_CLIENT_ID_LENGTH = 255;

interface KindOf extends GroupKindOf, BrokerKindOf {
  HELLO: 'hello';
  METADATA: 'metadata';
  PRODUCE: 'produce';
  FETCH: 'fetch';
  LIST_OFFSETS: 'listOffsets';
  INIT_PRODUCER_ID: 'initProducerId';
  CREATE_TOPICS: 'createTopics';
  DELETE_TOPICS: 'deleteTopics';
  CREATE_PARTITIONS: 'createPartitions';
  DESCRIBE_CONFIGS: 'describeConfigs';
  ALTER_CONFIGS: 'alterConfigs';
  DELETE_RECORDS: 'deleteRecords';
}

/** The translation of each api. */
export const TRANSLATIONS: { readonly [A in ApiName]: Translation<A, KindOf[A]> } = {
  HELLO: {
    kind: 'hello',
    request: ({ protocolVersion, clientId, clientSoftwareName, clientSoftwareVersion }) => ({
      protocolVersion,
      clientId: checkedClientId(clientId),
      clientSoftwareName,
      clientSoftwareVersion,
    }),
    response: (response) => ({ ...response, features: [...response.features] }),
  },
  METADATA: {
    kind: 'metadata',
    request: ({ allTopics, topicNames, topicIds, allowAutoTopicCreation }) => ({
      topics: allTopics ? 'all' : topicReferences(topicNames, topicIds),
      allowAutoTopicCreation,
    }),
    response: ({ clusterId, controllerId, brokers, topics }) => ({
      clusterId,
      controllerId,
      brokers: brokers.map(({ brokerId, host, port, rack }) => ({ brokerId, host, port, rack: rack ?? '' })),
      topics: topics.map((topic) => ({
        ...errorFields(topic.error),
        ...topicFields(topic),
        internal: topic.isInternal,
        partitions: topic.partitions.map(
          ({ error, partition, leaderId, leaderEpoch, replicaIds, isrIds }) => ({
            ...errorFields(error),
            partition,
            leaderId,
            leaderEpoch,
            replicaIds: [...replicaIds],
            isrIds: [...isrIds],
          }),
        ),
      })),
    }),
  },
  PRODUCE: {
    kind: 'produce',
    request: ({ acks, timeoutMs, partitions }) => ({
      acks: checkedAcks(acks),
      timeoutMs,
      partitions: rows(partitions).map(({ topicId, partition, records }) => ({
        topicId: topicIdFromBytes(topicId),
        partition,
        records: records as Buffer,
      })),
    }),
    response: ({ partitions }) => ({
      partitions: partitions.map(({ error, baseOffset, logAppendTimeMs, logStartOffset }) => ({
        ...errorFields(error),
        baseOffset: fromSafeNumber(baseOffset, 'baseOffset'),
        logAppendTimeMs: fromSafeNumber(logAppendTimeMs, 'logAppendTimeMs'),
        logStartOffset: fromSafeNumber(logStartOffset, 'logStartOffset'),
      })),
    }),
  },
  FETCH: {
    kind: 'fetch',
    request: ({ maxWaitMs, minBytes, maxBytes, isolationLevel, partitions }) => ({
      maxWaitMs,
      minBytes,
      maxBytes,
      isolationLevel: isolationLevelOf(isolationLevel),
      partitions: rows(partitions).map((asked) => ({
        topicId: topicIdFromBytes(asked.topicId),
        partition: asked.partition,
        fetchOffset: toSafeNumber(asked.fetchOffset, 'fetch_offset'),
        partitionMaxBytes: asked.partitionMaxBytes,
        currentLeaderEpoch: leaderEpochOf(asked.currentLeaderEpochPlusOne),
      })),
    }),
    response: ({ partitions }, request) => ({
      partitions: partitions.map(
        ({ error, highWatermark, lastStableOffset, logStartOffset, records }, index) => ({
          ...partitionFields(request.partitions[index]),
          ...errorFields(error),
          highWatermark: fromSafeNumber(highWatermark, 'highWatermark'),
          lastStableOffset: fromSafeNumber(lastStableOffset, 'lastStableOffset'),
          logStartOffset: fromSafeNumber(logStartOffset, 'logStartOffset'),
          records,
        }),
      ),
    }),
  },
  LIST_OFFSETS: {
    kind: 'listOffsets',
    request: ({ isolationLevel, partitions }) => ({
      isolationLevel: isolationLevelOf(isolationLevel),
      partitions: rows(partitions).map(({ topicId, partition, timestampMs }) => ({
        topicId: topicIdFromBytes(topicId),
        partition,
        timestampMs: toSafeNumber(timestampMs, 'timestamp_ms'),
      })),
    }),
    response: ({ partitions }, request) => ({
      partitions: partitions.map(({ error, offset, timestampMs, leaderEpoch }, index) => ({
        ...partitionFields(request.partitions[index]),
        ...errorFields(error),
        offset: fromSafeNumber(offset, 'offset'),
        timestampMs: fromSafeNumber(timestampMs, 'timestampMs'),
        leaderEpoch,
      })),
    }),
  },
  INIT_PRODUCER_ID: {
    kind: 'initProducerId',
    request: ({ transactionalId, transactionTimeoutMs }) => ({
      transactionalId: transactionalId === '' ? undefined : transactionalId,
      transactionTimeoutMs,
    }),
    response: ({ producerId, producerEpoch }) => ({
      producerId: fromSafeNumber(producerId, 'producerId'),
      producerEpoch,
    }),
  },
  CREATE_TOPICS: {
    kind: 'createTopics',
    request: ({ topics, validateOnly, timeoutMs }) => ({
      topics: rows(topics).map(({ name, partitionCount, replicationFactor, configs }) => ({
        topic: name,
        partitionCount,
        replicationFactor,
        configs: new Map(Object.entries(configs)),
      })),
      validateOnly,
      timeoutMs,
    }),
    response: ({ topics }) => ({
      topics: topics.map(({ topic, topicId, error, partitionCount, replicationFactor }) => ({
        ...errorFields(error),
        ...topicFields({ topic, topicId }),
        // The wire has no −1 here: with an error the counts are 0.
        partitionCount: Math.max(0, partitionCount),
        replicationFactor: Math.max(0, replicationFactor),
      })),
    }),
  },
  DELETE_TOPICS: {
    kind: 'deleteTopics',
    request: ({ names, topicIds, timeoutMs }) => ({ topics: topicReferences(names, topicIds), timeoutMs }),
    response: ({ topics }) => ({ topics: topics.map(topicResult) }),
  },
  CREATE_PARTITIONS: {
    kind: 'createPartitions',
    request: ({ topics, validateOnly, timeoutMs }) => ({
      topics: rows(topics).map(({ name, totalCount }) => ({ topic: name, totalCount })),
      validateOnly,
      timeoutMs,
    }),
    response: ({ topics }) => ({ topics: topics.map(topicResult) }),
  },
  DESCRIBE_CONFIGS: {
    kind: 'describeConfigs',
    request: ({ resources }) => ({
      resources: rows(resources).map(({ type, name, configNames }) => ({
        type: resourceTypeOf(type),
        name,
        configNames,
      })),
    }),
    response: ({ resources }) => ({
      resources: resources.map(({ type, name, error, entries }) => ({
        type: WIRE_RESOURCE_TYPES[type],
        name,
        ...errorFields(error),
        entries: entries.map((entry) => ({
          name: entry.name,
          value: entry.value,
          source: WIRE_CONFIG_SOURCES[entry.source],
          readOnly: entry.readOnly,
          documentation: entry.documentation,
        })),
      })),
    }),
  },
  ALTER_CONFIGS: {
    kind: 'alterConfigs',
    request: ({ resources, validateOnly }) => ({
      resources: rows(resources).map(({ type, name, configs }) => ({
        type: resourceTypeOf(type),
        name,
        configs: rows(configs).map((config) => ({
          name: config.name,
          operation: operationOf(config.operation),
          value: config.value,
        })),
      })),
      validateOnly,
    }),
    response: ({ resources }) => ({
      resources: resources.map(({ type, name, error }) => ({
        type: WIRE_RESOURCE_TYPES[type],
        name,
        ...errorFields(error),
      })),
    }),
  },
  DELETE_RECORDS: {
    kind: 'deleteRecords',
    request: ({ partitions, timeoutMs }) => ({
      partitions: rows(partitions).map(({ topicId, partition, beforeOffset }) => ({
        topicId: topicIdFromBytes(topicId),
        partition,
        beforeOffset: toSafeNumber(beforeOffset, 'before_offset'),
      })),
      timeoutMs,
    }),
    response: ({ partitions }, request) => ({
      partitions: partitions.map(({ error, logStartOffset }, index) => ({
        ...partitionFields(request.partitions[index]),
        ...errorFields(error),
        logStartOffset: fromSafeNumber(logStartOffset, 'logStartOffset'),
      })),
    }),
  },
  ...GROUP_TRANSLATIONS,
  ...BROKER_TRANSLATIONS,
};

/** The translation of an api whose name is known only at run time. */
export function translationOf(api: ApiName): Translation<ApiName, RequestKind> {
  return TRANSLATIONS[api] as unknown as Translation<ApiName, RequestKind>;
}

/** A connection keeps the name as long as it lasts: it must not be a way to make the broker hold megabytes. */
function checkedClientId(clientId: string): string {
  if (clientId.length <= MAX_CLIENT_ID_LENGTH) return clientId;
  throw invalid(
    `client_id has ${clientId.length} characters; the longest that is taken has ${MAX_CLIENT_ID_LENGTH}`,
  );
}

function checkedAcks(acks: number): Acks {
  if (acks === 0 || acks === 1 || acks === -1) return acks;
  throw new TidelogError('INVALID_REQUIRED_ACKS', `acks is ${acks}; it must be 0, 1 or -1 (all)`);
}

function isolationLevelOf(level: number): IsolationLevel {
  if (level === 0) return 'read_uncommitted';
  if (level === 1) return 'read_committed';
  throw invalid(`isolation_level is ${level}; it must be 0 (read uncommitted) or 1 (read committed)`);
}

const WIRE_RESOURCE_TYPES: Record<ConfigResourceType, wire.ConfigResourceType> = {
  topic: wire.ConfigResourceType.TOPIC,
  broker: wire.ConfigResourceType.BROKER,
};
const WIRE_CONFIG_SOURCES: Record<ConfigSource, wire.ConfigSource> = {
  topic: wire.ConfigSource.TOPIC_CONFIG,
  broker: wire.ConfigSource.BROKER_CONFIG,
  default: wire.ConfigSource.DEFAULT_CONFIG,
};

function resourceTypeOf(type: wire.ConfigResourceType): ConfigResourceType {
  if (type === wire.ConfigResourceType.TOPIC) return 'topic';
  if (type === wire.ConfigResourceType.BROKER) return 'broker';
  throw invalid(`config resource type is ${type}; it must be 2 (topic) or 4 (broker)`);
}

function operationOf(operation: wire.AlterConfigOperation): AlterConfigOperation {
  switch (operation) {
    case wire.AlterConfigOperation.SET:
      return 'set';
    case wire.AlterConfigOperation.DELETE:
      return 'delete';
    case wire.AlterConfigOperation.APPEND:
      return 'append';
    case wire.AlterConfigOperation.SUBTRACT:
      return 'subtract';
    default:
      throw invalid(
        `alter operation is ${String(operation)}; it must be 0 (set), 1 (delete), 2 (append) or 3 (subtract)`,
      );
  }
}
